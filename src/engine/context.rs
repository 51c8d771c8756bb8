//! In what surroundings a page was opened: device, hour, weekday, season, the channel
//! it was entered by, language, connection. Each a word out of a few, read anew with
//! every page and never stored. Must not live here: how a page finds them out (the
//! package), or what they are worth (`artifact::contexts`).

use super::artifact::forest::Known;
use super::intern::{FeatureKey, Namespace};

/// More than there are kinds of facts: what comes after is not one.
const MOST_FACTS: usize = 16;

/// Facts, as keys of their kinds and of their values: those by which a model of
/// readiness to buy knows its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    facts: Vec<(FeatureKey, FeatureKey)>,
}

impl Context {
    /// From words, each kind followed by its value; without a value it is not known.
    pub fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let words: Vec<&str> = words.take(2 * MOST_FACTS).collect();
        let pairs = words.as_chunks::<2>().0.iter().filter(|[_, value]| !value.is_empty());
        let keys = |[kind, value]: &[&str; 2]| {
            (FeatureKey::new(Namespace::Statistic, kind), value_key(kind, value))
        };
        Self { facts: pairs.map(keys).collect() }
    }

    /// What a column of a model is to know.
    pub fn known(&self, column: u32) -> Option<Known> {
        let fact = self.facts.iter().find(|(kind, _)| kind.0 == column);
        fact.map(|(_, value)| Known::Value(value.0))
    }

    /// Whether this is one of the facts.
    pub fn has(&self, value: FeatureKey) -> bool {
        self.facts.iter().any(|(_, known)| *known == value)
    }
}

/// The key of a fact.
pub fn value_key(kind: &str, value: &str) -> FeatureKey {
    FeatureKey::pair(Namespace::Statistic, kind, Some(value))
}
