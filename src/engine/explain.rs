//! Why something stands where it stands: contributions that add up to the score.

use super::sorting::best_first;

/// One reason, in the order's own unit (natural logarithms): 0.7 doubles.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Stable name of the kind of reason, such as `category`.
    pub code: &'static str,
    /// The reason in the shop's words, such as `Home > Candles`.
    pub label: String,
    /// What it adds to the score.
    pub value: f64,
}

/// Where an item, section or banner stands, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The asked id.
    pub id: String,
    /// Place in the personal order, from 0.
    pub rank: usize,
    /// Place in the merchant's order, from 0.
    pub merchant_rank: usize,
    /// Sum of the contributions.
    pub score: f64,
    /// Largest first; the merchant's place is always among them.
    pub contributions: Vec<Contribution>,
    /// Rules that decided the place instead of the score: `pinned`, `unknown`, `quota`.
    pub rules: Vec<&'static str>,
}

impl Explanation {
    /// Puts an explanation together; the score is computed from the parts, so
    /// that it cannot say anything else.
    pub fn new(
        id: &str,
        rank: usize,
        merchant_rank: usize,
        contributions: Vec<Contribution>,
        rules: Vec<&'static str>,
    ) -> Self {
        let contributions = best_first(&contributions, |part| part.value.abs() as f32);
        let score = contributions.iter().map(|part| part.value).sum();
        Self { id: id.to_owned(), rank, merchant_rank, score, contributions, rules }
    }
}
