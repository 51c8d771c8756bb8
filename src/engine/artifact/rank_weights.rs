//! How much each part of a list's score weighs in a shop: section `rnkw`, four bytes,
//! one a weight, in the steps of [`STEPS`]. A file without it means the starting
//! values. Must not live here: what is weighed (`score`, `graph`), or how weights are
//! fitted.

/// Steps of each weight in 1, in the order of the fields.
pub const STEPS: [f32; 4] = [10.0, 500.0, 10.0, 10.0];

/// Weights beside that of the merchant's order, which is 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankWeights {
    /// What the best of a list that is all of this mission gains, 0 … 25.5. To begin
    /// with 4: with it the last of fifty reaches the first place, and no more.
    pub graph: f32,
    /// A list whose best says less than this, of the best of the whole shop, has next
    /// to nothing to do with the mission, and is believed by as much less; 0 … 0.51. To
    /// begin with 0.03, from the validation sessions of a shop with 5,400 items: up to
    /// there it costs 0.017 of a mean reciprocal rank of 0.44, and makes fewer queries
    /// worse.
    pub doubt: f32,
    /// What having looked at this very item gains, 0 … 25.5.
    pub reminder: f32,
    /// What taste in categories, brands, prices … counts, of its starting weights by
    /// kind (`score::weight`); 0 … 25.5.
    pub taste: f32,
}

impl Default for RankWeights {
    fn default() -> Self {
        Self { graph: 4.0, doubt: 0.03, reminder: 1.0, taste: 1.0 }
    }
}

impl RankWeights {
    /// Reads the section. More weights, of a later release, are passed over.
    pub fn read(section: &[u8]) -> Option<Self> {
        let (bytes, _) = section.split_first_chunk::<4>()?;
        let [graph, doubt, reminder, taste] = *bytes;
        let [of_graph, of_doubt, of_reminder, of_taste] = STEPS;
        Some(Self {
            graph: f32::from(graph) / of_graph,
            doubt: f32::from(doubt) / of_doubt,
            reminder: f32::from(reminder) / of_reminder,
            taste: f32::from(taste) / of_taste,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_four_bytes_or_more() {
        assert_eq!(RankWeights::read(&[40, 15, 10, 10]), Some(RankWeights::default()));
        assert_eq!(RankWeights::read(&[40, 15, 10, 10, 7]), Some(RankWeights::default()));
        let most = RankWeights { graph: 25.5, doubt: 0.51, reminder: 25.5, taste: 25.5 };
        assert_eq!(RankWeights::read(&[255; 4]), Some(most));
        assert_eq!(RankWeights::read(&[40, 15, 10]), None);
        assert_eq!(RankWeights::read(&[]), None);
    }
}
