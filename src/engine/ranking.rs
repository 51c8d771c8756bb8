//! The latest order of a placement, kept so that it can be explained as it was
//! computed, even after the shopper has done more.

use super::affinity::Affinity;
use super::catalog::Catalog;
use super::explain::{Contribution, Explanation};
use super::graph::Graph;
use super::query::QueryLifts;
use super::rank::{self, WINDOW};
use super::score::{self, Basis};
use std::rc::Rc;

/// What a marked container holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Sections of a page.
    Sections,
    /// A list of items.
    Products,
    /// Banners, of which the first few are shown.
    Banners,
}

/// What an order was made of.
#[derive(Debug)]
pub enum Entries {
    /// Items, and what their scores came from.
    Items {
        /// Handles in the merchant's order.
        items: Vec<u32>,
        /// Which of them were pinned; empty for none.
        fixed: Vec<bool>,
        /// The taste that scored them.
        affinity: Rc<Affinity>,
        /// How well they went with what was looked at last.
        graph: Graph,
        /// Symbol of the query, for a search.
        words: Option<u32>,
        /// What its words led to before.
        query: Option<QueryLifts>,
    },
    /// Sections or banners in the merchant's order.
    Arms(Vec<ScoredArm>),
}

/// A section or banner with the parts of its score.
#[derive(Debug)]
pub struct ScoredArm {
    /// Its id.
    pub id: String,
    /// Whether it never moves.
    pub pinned: bool,
    /// The parts; their sum is the score.
    pub parts: Vec<Contribution>,
}

/// The latest order of each placement; a page has a handful.
#[derive(Debug, Default)]
pub struct Rankings(Vec<(Kind, u32, Ranking)>);

impl Rankings {
    /// The latest order of a placement, by the symbol of its name.
    pub fn get(&self, kind: Kind, placement: u32) -> Option<&Ranking> {
        self.0.iter().find(|(k, p, _)| (*k, *p) == (kind, placement)).map(|(.., ranking)| ranking)
    }

    /// Keeps an order in place of the one before; of too many placements, the
    /// oldest goes.
    pub fn put(&mut self, kind: Kind, placement: u32, ranking: Ranking) {
        const MOST_PLACEMENTS: usize = 64;
        self.0.retain(|(k, p, _)| (*k, *p) != (kind, placement));
        if self.0.len() == MOST_PLACEMENTS {
            self.0.remove(0);
        }
        self.0.push((kind, placement, ranking));
    }
}

/// One placement's latest order.
#[derive(Debug)]
pub struct Ranking {
    /// Place in the personal order, by place in the merchant's.
    places: Vec<u32>,
    entries: Entries,
}

impl Ranking {
    /// Keeps an order; `order[i]` is the merchant's place of what shows at `i`.
    pub fn new(order: &[u32], entries: Entries) -> Self {
        Self { places: rank::inverse(order), entries }
    }

    /// Symbol of the query this list answered, if it was a search.
    pub fn words(&self) -> Option<u32> {
        match self.entries {
            Entries::Items { words, .. } => words,
            Entries::Arms(_) => None,
        }
    }

    /// Why an entry stands where it stands; `None` if it is not in this order.
    pub fn explain(&self, id: &str, catalog: &Catalog, strength: f32) -> Option<Explanation> {
        match &self.entries {
            Entries::Arms(arms) => {
                let merchant_rank = arms.iter().position(|arm| arm.id == id)?;
                let arm = arms.get(merchant_rank)?;
                let rules = if arm.pinned { vec!["pinned"] } else { Vec::new() };
                Some(Explanation::new(
                    id,
                    self.place(merchant_rank)?,
                    merchant_rank,
                    arm.parts.clone(),
                    rules,
                ))
            }
            Entries::Items { items, fixed, affinity, graph, query, .. } => {
                let item = catalog.find(id)?;
                let merchant_rank = items.iter().position(|listed| *listed == item)?;
                let rank = self.place(merchant_rank)?;
                let query = query.as_ref();
                let basis = Basis { affinity, query, graph, catalog, strength };
                let traits = catalog.traits(item);
                let parts = basis.contributions(item, merchant_rank, traits.unwrap_or_default());
                let mut rules = Vec::new();
                if fixed.get(merchant_rank).copied().unwrap_or(false) {
                    rules.push("pinned");
                }
                if traits.is_none() {
                    rules.push("unknown");
                }
                if merchant_rank >= WINDOW && self.held_back(rank, merchant_rank, &basis, items) {
                    rules.push("quota");
                }
                Some(Explanation::new(id, rank, merchant_rank, parts, rules))
            }
        }
    }

    /// Whether an entry from below the window scored higher than one shown
    /// inside it: only the quota does that.
    fn held_back(&self, rank: usize, merchant_rank: usize, basis: &Basis, items: &[u32]) -> bool {
        let weighted = basis.weighted();
        let score = |place: usize| {
            let item = *items.get(place)?;
            let traits = basis.catalog.traits(item)?;
            Some(score::merchant(place) + basis.personal(item, traits, &weighted))
        };
        let Some(own) = score(merchant_rank) else { return false };
        let natives = self.places.iter().take(WINDOW).enumerate();
        rank >= WINDOW
            && natives
                .filter(|(_, shown)| (**shown as usize) < WINDOW)
                .filter_map(|(place, _)| score(place))
                .any(|native| native < own)
    }

    fn place(&self, merchant_rank: usize) -> Option<usize> {
        self.places.get(merchant_rank).map(|place| *place as usize)
    }
}
