//! The rows a shop can ask for. Must not live here: what any of them is made of;
//! each has its own file.

pub mod basis;
mod bought_together;
mod buy_again;
mod complete_cart;
mod for_you;
mod likeness;
mod looks_like;
mod next_need;
pub mod reason;
mod recently_viewed;
mod related;
pub mod suppression;
mod trending;

use basis::Basis;
use reason::Reason;

/// A kind of row. The numbers are shared with the facade: add at the end only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// What goes with the product on the screen, or could take its place.
    Related,
    /// What this shopper may like next.
    ForYou,
    /// What others bought with the product on the screen.
    BoughtTogether,
    /// What is missing in the basket.
    CompleteCart,
    /// What this shopper looked at, the latest first.
    RecentlyViewed,
    /// What this shopper bought and may need again.
    BuyAgain,
    /// What is liked in this shop.
    Trending,
    /// What looks like the product on the screen.
    LooksLike,
    /// What runs out, or comes next after what was bought.
    NextNeed,
}

impl Kind {
    /// All kinds, each at the index of its number.
    pub const ALL: [Self; 9] = [
        Self::Related,
        Self::ForYou,
        Self::BoughtTogether,
        Self::CompleteCart,
        Self::RecentlyViewed,
        Self::BuyAgain,
        Self::Trending,
        Self::LooksLike,
        Self::NextNeed,
    ];

    /// The name the public API uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Related => "related",
            Self::ForYou => "forYou",
            Self::BoughtTogether => "boughtTogether",
            Self::CompleteCart => "completeCart",
            Self::RecentlyViewed => "recentlyViewed",
            Self::BuyAgain => "buyAgain",
            Self::Trending => "trending",
            Self::LooksLike => "looksLike",
            Self::NextNeed => "nextNeed",
        }
    }

    /// Items and scores above 0, in any order, an item once.
    pub fn candidates(self, basis: &mut Basis) -> Vec<(u32, f32)> {
        match self {
            Self::Related => related::candidates(basis),
            Self::ForYou => for_you::candidates(basis),
            Self::BoughtTogether => bought_together::candidates(basis),
            Self::CompleteCart => complete_cart::candidates(basis),
            Self::RecentlyViewed => recently_viewed::candidates(basis),
            Self::BuyAgain => buy_again::candidates(basis),
            Self::Trending => trending::candidates(basis),
            Self::LooksLike => looks_like::candidates(basis),
            Self::NextNeed => next_need::candidates(basis),
        }
    }

    /// Why these candidates are some: a reason each, all at once because most of what
    /// is looked up for one is what the others need.
    pub fn reasons(self, basis: &Basis, items: &[u32]) -> Vec<Reason> {
        let reason = |item: &u32| match self {
            Self::BuyAgain => buy_again::reason(basis, *item),
            Self::NextNeed => next_need::reason(basis, *item),
            Self::LooksLike => looks_like::reason(basis, *item),
            Self::Trending => trending::reason(basis),
            _ => Reason::Seen,
        };
        match self {
            Self::Related => related::reasons(basis, items),
            Self::BoughtTogether => bought_together::reasons(basis, items),
            Self::ForYou => for_you::reasons(basis, items),
            Self::CompleteCart => complete_cart::reasons(basis, items),
            _ => items.iter().map(reason).collect(),
        }
    }

    /// Whether the row is a choice among many; the others are lists of the
    /// shopper's own, or by one measure, and stay in its order.
    pub fn is_varied(self) -> bool {
        use Kind::{BoughtTogether, CompleteCart, ForYou, Related, Trending};
        matches!(self, Related | ForYou | BoughtTogether | CompleteCart | Trending)
    }

    /// Whether the row follows the shopper's mix of categories.
    pub fn follows_taste(self) -> bool {
        self == Self::ForYou
    }

    /// Whether the row is about what was bought, which others leave out.
    pub fn is_about_purchases(self) -> bool {
        matches!(self, Self::BuyAgain | Self::NextNeed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_at_its_number() {
        for (index, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, index, "{}", kind.name());
        }
    }
}
