//! What the shopper says about the profile itself: values that do not count until
//! they are let in again, and values of which the wrong thing was learnt.
//!
//! A muted value counts as if nobody had ever looked at what has it: its evidence is
//! left out where totals are read, and stays in the ledger. Correcting takes back what
//! was learnt so far, by evidence of the same size and the opposite sign, which fades
//! as the rest does. Must not live here: where evidence is filed (`evidence`).

use super::catalog::{Catalog, Feature};
use super::intern::{FeatureKey, Namespace};
use super::journal::Journal;
use super::profile::{LANES, Totals};
use super::time::Millis;

/// What the shopper says of a value; the numbers are those of the facade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It does not count from now on.
    Mute = 0,
    /// It counts again.
    Unmute = 1,
    /// What was learnt of it is wrong.
    Correct = 2,
}

impl Word {
    /// All words, each at the index of its number.
    pub const ALL: [Self; 3] = [Self::Mute, Self::Unmute, Self::Correct];
}

/// Weight of a word: times compare at any, and a journal short of room gives up
/// what weighs least.
const WEIGHT: f32 = 1024.0;
/// Kinds of values, each at the number that the facade has for it; the last stands for
/// the personal order as a whole. Pairs follow from the one and the other.
pub const KINDS: [Namespace; 7] = [
    Namespace::Category,
    Namespace::ParentCategory,
    Namespace::Brand,
    Namespace::PriceBand,
    Namespace::Colour,
    Namespace::Tag,
    Namespace::Muting,
];
/// The one value of the last kind.
const ORDER: Value<'static> = Value { namespace: Namespace::Muting, text: "" };
/// What a correction adds to the evidence it takes back, so that rounding leaves
/// nothing of it.
const MARGIN: f64 = 1.0 + 1e-5;

/// A value of a kind that the public API names.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    namespace: Namespace,
    text: &'a str,
}

impl<'a> Value<'a> {
    /// `None` for a kind that there is not.
    pub fn new(kind: usize, text: &'a str) -> Option<Self> {
        Some(Self { namespace: *KINDS.get(kind)?, text: text.trim_ascii() })
    }

    /// Where it is filed that this value is muted. A category is one value, whether
    /// it has products of its own or categories below it.
    #[inline(never)]
    fn key(self) -> FeatureKey {
        let namespace = match self.namespace {
            Namespace::ParentCategory => Namespace::Category,
            namespace => namespace,
        };
        // Values of all kinds share a namespace: all bits of the key are mixed
        // (Fibonacci hashing, Knuth, The Art of Computer Programming 3, 6.4).
        let key = FeatureKey::new(namespace, self.text).0.wrapping_mul(0x9e37_79b1);
        FeatureKey(key >> 4).within(Namespace::Muting)
    }

    fn is_muted(self, totals: &Totals) -> bool {
        let [counts, muted, _] = totals.get(self.key());
        muted > counts
    }

    /// Whether a feature is this value, or has it as a part or above it.
    #[inline(never)]
    fn covers(self, feature: &Feature) -> bool {
        use Namespace::{Brand, Category, CategoryBrand, CategoryPrice, ParentCategory, PriceBand};
        let (label, text) = (feature.label.as_bytes(), self.text.as_bytes());
        let rest = || {
            let (start, rest) = label.split_at_checked(text.len())?;
            start.eq_ignore_ascii_case(text).then_some(rest)
        };
        let ends = || {
            let (start, end) = label.split_at_checked(label.len().checked_sub(text.len())?)?;
            Some(start.ends_with(b", ") && end.eq_ignore_ascii_case(text))
        };
        match (self.namespace, feature.namespace) {
            (Category | ParentCategory, Category | ParentCategory) => {
                rest().is_some_and(|rest| rest.is_empty() || rest.starts_with(b" > "))
            }
            (Category | ParentCategory, CategoryBrand | CategoryPrice) => {
                rest().is_some_and(|rest| rest.starts_with(b", ") || rest.starts_with(b" > "))
            }
            (Brand, CategoryBrand) | (PriceBand, CategoryPrice) => ends().unwrap_or(false),
            (own, other) => own == other && rest().is_some_and(<[u8]>::is_empty),
        }
    }

    /// Files what the shopper says of this value. `totals` are those of `at`.
    pub fn file(
        self,
        word: Word,
        journal: &mut Journal,
        totals: &Totals,
        catalog: &Catalog,
        at: Millis,
    ) {
        match word {
            Word::Mute => journal.credit(self.key(), at, [0.0, WEIGHT, 0.0]),
            Word::Unmute => journal.credit(self.key(), at, [WEIGHT, 0.0, 0.0]),
            Word::Correct => {
                for feature in catalog.features().iter().filter(|feature| self.covers(feature)) {
                    let learnt = totals.get(feature.key);
                    let back = learnt.map(|counter| (-counter.max(0.0) * MARGIN) as f32);
                    if back != [0.0; LANES] {
                        journal.credit(feature.key, at, back);
                    }
                }
            }
        }
        journal.touch(false);
    }
}

/// What is muted of a catalogue.
#[derive(Debug, Default)]
pub struct Muted {
    /// The features that were muted themselves.
    pub named: Vec<u32>,
    /// Those and all that have one of them as a part or above them.
    pub all: Vec<u32>,
    /// The shopper wants the shop's own order.
    pub order: bool,
}

impl Muted {
    /// Reads what is muted, and takes the evidence for it out of `totals`.
    pub fn apply(totals: &mut Totals, catalog: &Catalog) -> Self {
        let mut muted = Self::default();
        if totals.namespace(Namespace::Muting) == [0.0; LANES] {
            return muted;
        }
        muted.order = ORDER.is_muted(totals);
        let all = catalog.features();
        let mut values: Vec<Value> = Vec::new();
        for (index, feature) in (0u32..).zip(all) {
            let value = Value { namespace: feature.namespace, text: &feature.label };
            let is_new = || values.iter().all(|known| known.key() != value.key());
            if KINDS.contains(&feature.namespace) && value.is_muted(totals) && is_new() {
                values.push(value);
                muted.named.push(index);
            }
        }
        let mut keys: Vec<FeatureKey> = Vec::new();
        for (index, feature) in (0u32..).zip(all) {
            if values.iter().any(|value| value.covers(feature)) {
                muted.all.push(index);
                keys.push(feature.key);
            }
        }
        // Also the products: what others went on to from them is of the same taste.
        for item in 0..catalog.len() as u32 {
            let mut traits = catalog.traits(item).unwrap_or_default().iter();
            if traits.any(|(feature, _)| muted.all.contains(feature)) {
                keys.extend(catalog.key(item));
            }
        }
        totals.silence(&keys);
        muted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::ItemRow;

    fn catalog() -> Catalog {
        let mut catalog = Catalog::default();
        for (id, path, brand) in [
            ("a", ["Home", "Candles"], "Wick, Inc."),
            ("b", ["Home", "Candles & Lights"], "Inc."),
            ("c", ["Homes", "Candles"], "Other"),
        ] {
            catalog.add(&ItemRow {
                id: id.into(),
                category: path.map(str::to_owned).into(),
                brand: Some(brand.into()),
                price: Some(3.0),
                ..ItemRow::default()
            });
        }
        catalog
    }

    /// What a muted value takes along, in the catalogue's words.
    fn covered(namespace: Namespace, text: &str) -> Vec<String> {
        let value = Value { namespace, text };
        let catalog = catalog();
        let covered = catalog.features().iter().filter(|feature| value.covers(feature));
        covered.map(|feature| feature.label.to_string()).collect()
    }

    #[test]
    fn a_category_takes_all_below_it_along_and_none_beside_it() {
        let labels = covered(Namespace::Category, "home > candles");
        assert_eq!(labels.len(), 3, "{labels:?}");
        assert!(labels.iter().all(|label| label.starts_with("Home > Candles")), "{labels:?}");
        assert!(labels.iter().all(|label| !label.contains('&')), "{labels:?}");
        let labels = covered(Namespace::ParentCategory, "Home");
        assert!(labels.contains(&"Home > Candles & Lights, Inc.".to_owned()), "{labels:?}");
        assert!(labels.iter().all(|label| !label.starts_with("Homes")), "{labels:?}");
    }

    #[test]
    fn a_brand_takes_its_pairs_along() {
        assert_eq!(covered(Namespace::Brand, "Other"), ["Other", "Homes > Candles, Other"]);
        assert_eq!(covered(Namespace::Brand, "unheard of"), [""; 0]);
        assert_eq!(covered(Namespace::Muting, ""), [""; 0]);
    }

    /// The stored format depends on these numbers.
    #[test]
    fn keys_are_pinned_and_a_category_has_one() {
        let key = |kind, text| Value::new(kind, text).unwrap().key();
        assert_eq!(key(0, "Home > Candles"), key(1, " home > candles "));
        assert_eq!((key(2, "Acme").0, ORDER.key().0), (3_310_558_984, 3_481_331_299));
        assert!(key(2, "x") != key(4, "x") && key(2, "x").is(Namespace::Muting));
        assert!(Value::new(KINDS.len(), "x").is_none());
    }
}
