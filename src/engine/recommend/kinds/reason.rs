//! Why an item is in a row, as a code and what it is about. The words are the
//! facade's, which knows the products' titles.

use crate::engine::catalog::Catalog;

/// A reason. The codes are shared with the facade: add at the end only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Others looked at it and at this item.
    LookedAtTogether(u32),
    /// The shopper looked at this item, and others went on to it from there.
    LookedAt(u32),
    /// It has much in common with this item.
    Similar(u32),
    /// Others whose visits were like this one looked at it.
    SimilarVisits,
    /// The shopper likes this attribute.
    Taste(u32),
    /// Many look at it.
    Popular,
    /// The shop puts it first.
    ShopOrder,
    /// The shopper looked at it.
    Seen,
    /// The shopper bought it.
    BoughtBefore,
    /// The shopper buys it at intervals, and one has nearly passed.
    Due,
    /// It goes with this item of the basket.
    GoesWith(u32),
    /// It looks like this item.
    LooksLike(u32),
    /// Others bought it together with this item.
    BoughtTogether(u32),
    /// Others went on to buy such a thing after what the shopper bought.
    NextNeed,
}

impl Reason {
    /// The code's number.
    pub fn code(self) -> u8 {
        match self {
            Self::LookedAtTogether(_) => 0,
            Self::LookedAt(_) => 1,
            Self::Similar(_) => 2,
            Self::SimilarVisits => 3,
            Self::Taste(_) => 4,
            Self::Popular => 5,
            Self::ShopOrder => 6,
            Self::Seen => 7,
            Self::BoughtBefore => 8,
            Self::Due => 9,
            Self::GoesWith(_) => 10,
            Self::LooksLike(_) => 11,
            Self::BoughtTogether(_) => 12,
            Self::NextNeed => 13,
        }
    }

    /// The handle of the item, or the index of the attribute, it is about.
    pub fn about(self) -> Option<u32> {
        match self {
            Self::LookedAtTogether(item)
            | Self::LookedAt(item)
            | Self::Similar(item)
            | Self::GoesWith(item)
            | Self::LooksLike(item)
            | Self::BoughtTogether(item) => Some(item),
            Self::Taste(feature) => Some(feature),
            _ => None,
        }
    }

    /// The id of that item, or the value of that attribute; else empty.
    pub fn subject(self, catalog: &Catalog) -> &str {
        let Some(about) = self.about() else { return "" };
        let text = match self {
            Self::Taste(_) => catalog.label(about),
            _ => catalog.id(about),
        };
        text.unwrap_or_default()
    }
}
