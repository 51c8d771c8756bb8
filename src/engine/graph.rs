//! The graph score: how well an item goes with what the shopper looked at last, by
//! what the shop's other sessions taught the trainer. Must not live here: the sums
//! over table and prototypes (`recommend`), or the bytes they come from.

use super::artifact::rank_weights::RankWeights;
use std::rc::Rc;

/// Graph scores of one list.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// 0 … 1 by handle, relative to the best of the whole shop.
    scores: Rc<Vec<f32>>,
    /// What doubt and the best score within the list come to.
    full: f32,
    /// What a score as high as that gains.
    weight: f32,
}

impl Graph {
    /// Scores by handle, for a list of these items.
    pub fn new(scores: Rc<Vec<f32>>, items: &[u32], weights: RankWeights) -> Self {
        let score = |item: &u32| scores.get(*item as usize).copied().unwrap_or_default();
        let best = items.iter().map(score).fold(0.0, f32::max);
        let weight = if best > 0.0 { weights.graph } else { 0.0 };
        Self { scores, full: best + weights.doubt, weight }
    }

    /// Whether nothing in the list has a score.
    pub fn is_blank(&self) -> bool {
        self.weight <= 0.0
    }

    /// What it adds to an item's score, before the strength. The root lets what is
    /// met less often than the best, but is met, stand before what never is.
    pub fn of(&self, item: u32) -> f32 {
        let score = self.scores.get(item as usize).copied().unwrap_or_default().max(0.0);
        if self.is_blank() { 0.0 } else { self.weight * (score / self.full).sqrt() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(scores: &[f32], items: &[u32]) -> Graph {
        Graph::new(Rc::new(scores.to_vec()), items, RankWeights::default())
    }

    #[test]
    fn only_the_list_and_how_much_it_is_of_this_mission_count() {
        let shop = [1.0, 0.5, 0.002, 0.0];
        let (near, far) = (graph(&shop, &[0, 1, 3]), graph(&shop, &[2, 3]));
        assert!(
            near.of(0) > near.of(1)
                && near.of(1) > 2.0
                && near.of(0) < RankWeights::default().graph
        );
        assert_eq!((near.of(3), near.of(9)), (0.0, 0.0));
        // The best of a list that is far from the mission gains little.
        assert!(far.of(2) < 0.3 * near.of(0) && far.of(2) > 0.0);
        assert!(graph(&shop, &[3]).is_blank() && graph(&[], &[0]).is_blank());
    }
}
