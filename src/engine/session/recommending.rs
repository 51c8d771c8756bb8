//! Rows of recommendations. Must not live here: what a kind is made of
//! (`recommend`), or which of many are shown together (`diversity`).

use super::{Session, Taste};
use crate::engine::affinity::Affinity;
use crate::engine::diversity::{self, CANDIDATES, LONGEST_ROW, MOST_CATEGORIES, Wishes};
use crate::engine::fatigue::Fatigue;
use crate::engine::holdings::Holdings;
use crate::engine::recommend::kinds::Kind;
use crate::engine::recommend::kinds::basis::{self, Basis};
use crate::engine::recommend::kinds::reason::Reason;
use crate::engine::recommend::kinds::suppression::Suppression;
use crate::engine::recommend::top::Top;
use crate::engine::time::Millis;

/// What a page asks for. Items are handles.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The row.
    pub kind: Kind,
    /// The item on the screen.
    pub item: Option<u32>,
    /// What is in the basket, the latest first; empty: as far as the profile knows.
    pub basket: &'a [u32],
    /// Items that the page does not want.
    pub excluded: &'a [u32],
    /// Most entries, up to [`LONGEST_ROW`].
    pub limit: usize,
}

/// One entry of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recommended {
    /// Its handle.
    pub item: u32,
    /// How good it is, in the kind's own measure; never rises along the row.
    pub score: f32,
    /// Why it is there.
    pub reason: Reason,
}

impl Session {
    /// A row, best first: no item twice, only items with a row of the shop's.
    pub fn recommend(&mut self, request: Request, now: Millis) -> Vec<Recommended> {
        self.read_taste(now);
        let Taste { totals, affinity, shopper, muted, .. } = &mut self.taste;
        let catalog = &self.catalog;
        let (holdings, visit) = shopper.get_or_insert_with(|| {
            (Holdings::read(totals, catalog), basis::visit(totals, catalog))
        });
        // Who wants the shop's own order gets what anybody would, beside their own lists.
        let anybody = Affinity::default();
        let (affinity, visit): (&Affinity, &[u32]) =
            if muted.order { (&anybody, &[]) } else { (affinity, visit) };
        let basket = if request.basket.is_empty() { &holdings.basket } else { request.basket };
        if let Some(trained) = &mut self.trained {
            trained.meet(catalog);
            trained.want(request.item.iter().chain(basket));
        }
        let mut basis = Basis {
            catalog,
            totals,
            affinity,
            holdings,
            trained: self.trained.as_mut(),
            item: request.item,
            basket,
            visit,
        };
        let kind = request.kind;
        let candidates = kind.candidates(&mut basis);
        let suppression = Suppression::of(&basis, kind, request.excluded);
        let mix = if kind.follows_taste() && !muted.order {
            basis::mix(totals, catalog, MOST_CATEGORIES)
        } else {
            Vec::new()
        };
        let wishes = Wishes { limit: request.limit, mix: &mix };
        let mut chosen = if kind.is_varied() {
            let best = best(&candidates, &suppression, Some(&self.fatigue), wishes.candidates());
            diversity::choose(catalog, &best, wishes)
        } else {
            // A list of the shopper's own is not tiring.
            let best = best(&candidates, &suppression, None, CANDIDATES);
            diversity::distinct(catalog, &best)
        };
        chosen.truncate(request.limit.min(LONGEST_ROW));
        let items: Vec<u32> = chosen.iter().map(|(item, _)| *item).collect();
        let reasons = kind.reasons(&basis, &items);
        let reasoned = |((item, score), reason)| Recommended { item, score, reason };
        chosen.into_iter().zip(reasons).map(reasoned).collect()
    }
}

/// The best of the candidates that the row may show, by their scores and what fatigue
/// leaves of them.
#[inline(never)]
fn best(
    candidates: &[(u32, f32)],
    suppression: &Suppression,
    fatigue: Option<&Fatigue>,
    limit: usize,
) -> Vec<(u32, f32)> {
    let mut top = Top::new(limit);
    for (item, score) in candidates {
        // Nobody's worth is more than its score: most are passed over by that.
        if top.takes(*score, *item) && suppression.allows(*item) {
            let factor = fatigue.map_or(1.0, |fatigue| fatigue.factor(*item));
            top.offer(score * factor, *item);
        }
    }
    top.into_entries()
}
