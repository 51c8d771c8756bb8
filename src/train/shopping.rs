//! Shoppers of a test file on a page: the engine's own session, told of each click,
//! with a trained artifact. Must not live here: what is asked of it (`rerank`,
//! `next_category`).

use crate::engine::artifact::ArtifactError;
use crate::engine::catalog::ItemRow;
use crate::engine::event::{Event, EventKind};
use crate::engine::journal::DocumentId;
use crate::engine::time::Millis;
use crate::engine::{Config, Session};

/// "No category", in lists of category numbers.
pub const NONE: u32 = u32::MAX;
/// Noon of a day: visits begin here.
const START: f64 = 1_767_268_800_000.0;
/// Between two clicks: about the median of real shops.
const GAP_MS: f64 = 50_000.0;

/// Items with their categories, as a shop hands them to the page.
#[derive(Clone, Copy, Debug)]
pub struct Shelves<'a> {
    /// Ids, by number.
    pub ids: &'a [String],
    /// Name of each category, by number.
    pub names: &'a [String],
    /// Category of each item, or [`NONE`].
    pub categories: &'a [u32],
    /// Brand of each item; empty where there is none, and may be shorter.
    pub brands: &'a [String],
    /// Price of each item; not finite where it is not known, and may be shorter.
    pub prices: &'a [f64],
}

impl Shelves<'_> {
    /// The category of an item, if it has one.
    pub fn category(&self, item: u32) -> Option<u32> {
        self.categories.get(item as usize).copied().filter(|category| *category != NONE)
    }

    /// The categories of a session's items, oldest first.
    pub fn categories(&self, session: &[u32]) -> Vec<u32> {
        session.iter().filter_map(|item| self.category(*item)).collect()
    }

    /// Clicks of these sessions on each item.
    pub fn clicks<'s>(&self, sessions: impl IntoIterator<Item = &'s Vec<u32>>) -> Vec<u32> {
        let mut clicks = vec![0; self.ids.len()];
        for item in sessions.into_iter().flatten() {
            if let Some(count) = clicks.get_mut(*item as usize) {
                *count += 1;
            }
        }
        clicks
    }
}

/// One page that one shopper after another comes to.
#[derive(Debug)]
pub struct Page {
    /// The engine.
    pub session: Session,
    /// Handle of each item, by number.
    handles: Vec<u32>,
    clicks: u32,
}

impl Page {
    /// A page that knows all items, and this artifact.
    ///
    /// # Errors
    /// When the artifact cannot be used.
    pub fn new(shelves: &Shelves, artifact: Vec<u8>, quota: f64) -> Result<Self, ArtifactError> {
        let config = Config { quota, ..Config::default() };
        let mut session = Session::new(config, DocumentId(1));
        session.load_artifact(artifact)?;
        let row = |(id, item): (&String, u32)| {
            let category = shelves.category(item).and_then(|at| shelves.names.get(at as usize));
            let category = category.into_iter().cloned().collect();
            let brand = shelves.brands.get(item as usize).filter(|brand| !brand.is_empty());
            let price = shelves.prices.get(item as usize).copied();
            let brand = brand.cloned();
            ItemRow { id: id.clone(), category, brand, price, ..ItemRow::default() }
        };
        let rows = shelves.ids.iter().zip(0u32..).map(row);
        let handles = rows.map(|row| session.add_item(&row).unwrap_or(NONE)).collect();
        Ok(Self { session, handles, clicks: 0 })
    }

    /// Another shopper, of whom nothing is known.
    pub fn welcome(&mut self) {
        // Nothing is stored, so nothing can fail to be removed.
        let _ = self.session.forget();
        self.clicks = 0;
    }

    /// The shopper looks at an item.
    pub fn click(&mut self, item: u32) {
        self.clicks += 1;
        let at = self.now();
        let subject = self.handle(item);
        let view = Event { kind: EventKind::View, subject, at, dwell_ms: None, placement: None };
        self.session.track(view, at);
    }

    /// The personal order of these items; see [`Session::order`].
    pub fn order(&mut self, items: &[u32]) -> Vec<u32> {
        let handles: Vec<u32> = items.iter().filter_map(|item| self.handle(*item)).collect();
        let now = self.now();
        self.session.order(None, &handles, &[], None, now)
    }

    /// The time of the last click.
    pub fn now(&self) -> Millis {
        Millis::from_js(START + GAP_MS * f64::from(self.clicks))
    }

    fn handle(&self, item: u32) -> Option<u32> {
        self.handles.get(item as usize).copied()
    }
}
