//! The boundary: the one class JavaScript sees. The only `#[wasm_bindgen]` code.
//!
//! Lives here: turning JavaScript values into the engine's and back. Must not
//! live here: any decision. No export runs the page's code while the engine is
//! borrowed: `arrange` lets go of it before elements move, and the tracker never
//! holds it.

use crate::engine::catalog::ItemRow;
use crate::engine::event::{Event, EventKind};
use crate::engine::ledger::DocumentId;
use crate::engine::ranking::Kind;
use crate::engine::time::Millis;
use crate::engine::vault::Vault;
use crate::engine::{ArmRow, Config, Session};
use crate::ports::{Clock as _, Entropy as _};
use crate::web::arrange::{Arranger, Shelf};
use crate::web::clock::BrowserClock;
use crate::web::entropy::BrowserEntropy;
use crate::web::listener::Listener;
use crate::web::markup;
use crate::web::storage::LocalArea;
use crate::web::tracker::{Sink, Tracker};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Node, StorageEvent};

/// "No item", "no query": the facade's word for an absent handle.
const NONE: u32 = u32::MAX;
/// Numbers of one event in a batch.
const STRIDE: usize = 6;
/// Longest id or text, in UTF-16 units, as the facade documents it.
const LONGEST_TEXT: usize = 256;

/// The engine of one document.
#[wasm_bindgen]
pub struct Core {
    store: String,
    session: Rc<RefCell<Session>>,
    arranger: Arranger,
    trackers: RefCell<Vec<Option<Tracker>>>,
    elsewhere: RefCell<Option<Listener>>,
}

impl std::fmt::Debug for Core {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Core").field("store", &self.store).finish()
    }
}

#[derive(Deserialize)]
struct Seed {
    seed: Option<f64>,
}

#[derive(Serialize)]
struct ArrangedPlacement<'a> {
    placement: &'a str,
    kind: &'static str,
    before: &'a [String],
    after: &'a [String],
}

#[wasm_bindgen]
impl Core {
    /// An engine with nothing known and nothing stored.
    ///
    /// # Errors
    /// When `config` is not of the documented shape.
    #[wasm_bindgen(constructor)]
    pub fn new(config: JsValue) -> Result<Core, JsError> {
        let seed: Seed = serde_wasm_bindgen::from_value(config.clone())?;
        let config: Config = serde_wasm_bindgen::from_value(config)?;
        let store = config.store.clone();
        let session = Rc::new(RefCell::new(Session::new(config, document_id(seed.seed))));
        let (trackers, elsewhere) = (RefCell::default(), RefCell::default());
        Ok(Self { store, session, arranger: Arranger::default(), trackers, elsewhere })
    }

    /// Registers or replaces rows; one handle a row.
    ///
    /// # Errors
    /// When a row is not of the documented shape.
    #[wasm_bindgen(js_name = addItems)]
    pub fn add_items(&self, rows: JsValue, now: f64) -> Result<Vec<u32>, JsError> {
        let rows: Vec<ItemRow> = serde_wasm_bindgen::from_value(rows)?;
        let mut session = self.session.borrow_mut();
        let handles = rows.iter().map(|row| session.add_item(row).unwrap_or(NONE)).collect();
        drop(session);
        self.persist(now);
        Ok(handles)
    }

    /// Handle of an item id, known or not.
    pub fn item(&self, id: &str) -> u32 {
        short(id).and_then(|id| self.session.borrow_mut().item(id)).unwrap_or(NONE)
    }

    /// Handle of any other text.
    pub fn symbol(&self, text: &str) -> u32 {
        short(text).and_then(|text| self.session.borrow_mut().symbol(text)).unwrap_or(NONE)
    }

    /// Takes a batch of events in.
    pub fn track(&self, events: &[f64], now: f64) {
        let mut session = self.session.borrow_mut();
        let (events, _) = events.as_chunks::<STRIDE>();
        for [kind, subject, at, dwell_ms, placement, _position] in events {
            let Some(kind) = EventKind::ALL.get(*kind as usize) else { continue };
            let dwell_ms = (*dwell_ms >= 0.0).then_some(*dwell_ms as f32);
            let event = Event {
                kind: *kind,
                subject: handle(*subject as u32),
                at: Millis::from_js(*at),
                dwell_ms,
                placement: handle(*placement as u32),
            };
            session.track(event, Millis::from_js(now));
        }
    }

    /// The personal order of a list of item handles.
    pub fn order(&self, placement: u32, items: &[u32], query: u32, now: f64) -> Vec<u32> {
        let mut session = self.session.borrow_mut();
        session.order(handle(placement), items, &[], handle(query), Millis::from_js(now))
    }

    /// Orders the marked placements under `root`.
    ///
    /// # Errors
    /// When the report cannot be built.
    pub fn arrange(&self, root: &Node, refresh: bool, now: f64) -> Result<JsValue, JsError> {
        let report = js_sys::Array::new();
        for shelf in self.arranger.shelves(root, refresh) {
            let order = order_shelf(&mut self.session.borrow_mut(), &shelf, Millis::from_js(now));
            // From here on the engine is free: moving elements can run page code.
            let arranged = self.arranger.apply(shelf, &order);
            report.push(&plain(&ArrangedPlacement {
                placement: &arranged.placement.name,
                kind: arranged.placement.kind_name(),
                before: &arranged.before,
                after: &arranged.after,
            })?);
        }
        Ok(report.into())
    }

    /// Starts a tracker; its token.
    pub fn observe(&self, root: &Node, sink: js_sys::Function) -> u32 {
        let tracker = Tracker::start(root, Sink::new(sink));
        let mut trackers = self.trackers.borrow_mut();
        trackers.push(tracker);
        trackers.len() as u32 - 1
    }

    /// Stops a tracker.
    pub fn unobserve(&self, token: u32) {
        let stopped = self.trackers.borrow_mut().get_mut(token as usize).and_then(Option::take);
        // Outside of the borrow: the last dwell goes through the facade.
        drop(stopped);
    }

    /// Why an id stands where it stands, or null.
    ///
    /// # Errors
    /// When the answer cannot be built.
    pub fn explain(&self, placement: &str, id: &str) -> Result<JsValue, JsError> {
        match self.session.borrow().explain(placement, id) {
            Some(explanation) => plain(&explanation),
            None => Ok(JsValue::NULL),
        }
    }

    /// What the device knows.
    ///
    /// # Errors
    /// When the answer cannot be built.
    pub fn profile(&self, now: f64) -> Result<JsValue, JsError> {
        plain(&self.session.borrow_mut().profile(Millis::from_js(now)))
    }

    /// Everything stored or storable.
    ///
    /// # Errors
    /// When the answer cannot be built.
    pub fn export(&self, now: f64) -> Result<JsValue, JsError> {
        plain(&self.session.borrow_mut().export(Millis::from_js(now)))
    }

    /// Stops or resumes learning.
    #[wasm_bindgen(js_name = setPaused)]
    pub fn set_paused(&self, paused: bool) {
        self.session.borrow_mut().set_paused(paused);
    }

    /// Consent given; false when this browser offers no storage.
    pub fn grant(&self, _now: f64) -> bool {
        let Some(area) = LocalArea::open() else { return false };
        self.session.borrow_mut().attach(Vault::new(Box::new(area), &self.store));
        *self.elsewhere.borrow_mut() = watch_other_tabs(&self.session);
        true
    }

    /// Consent withdrawn: storage and memory are wiped, nothing is touched again.
    pub fn deny(&self) {
        self.elsewhere.borrow_mut().take();
        // A key that storage keeps is unreadable to us from now on.
        let _ = self.session.borrow_mut().detach();
    }

    /// Wipes storage and memory; consent stays.
    pub fn forget(&self) {
        let _ = self.session.borrow_mut().forget();
    }

    /// Writes the journal if it changed and storage is granted.
    pub fn persist(&self, _now: f64) {
        self.session.borrow_mut().save();
    }
}

/// Notices when another tab changes or erases the store.
fn watch_other_tabs(session: &Rc<RefCell<Session>>) -> Option<Listener> {
    let session = session.clone();
    let window = web_sys::window()?;
    Listener::new(&window, "storage", move |event| {
        let Some(event) = event.dyn_ref::<StorageEvent>() else { return };
        let Ok(mut session) = session.try_borrow_mut() else { return };
        // No key: everything was cleared.
        let ours = event.key().is_none_or(|key| session.owns_key(&key));
        if ours && event.new_value().is_none() {
            session.reload();
        }
    })
}

fn order_shelf(session: &mut Session, shelf: &Shelf, now: Millis) -> Vec<u32> {
    let placement = &shelf.placement;
    if placement.kind != Kind::Products {
        let arms: Vec<_> = shelf
            .entries
            .iter()
            .map(|entry| {
                let arm = markup::arm(entry.id.clone(), &entry.element);
                ArmRow { pinned: entry.fixed, ..arm }
            })
            .collect();
        return session.order_arms(placement.kind, &placement.name, &arms, placement.show, now);
    }
    let mut items = Vec::with_capacity(shelf.entries.len());
    for entry in &shelf.entries {
        // A row the shop registered itself knows more than the markup.
        let item = match session.has_row(&entry.id) {
            true => session.item(&entry.id),
            false => session.add_item(&markup::item(entry.id.clone(), &entry.element)),
        };
        items.push(item.unwrap_or(NONE));
    }
    let fixed: Vec<bool> = shelf.entries.iter().map(|entry| entry.fixed).collect();
    let words = placement.query.as_deref().and_then(|query| session.symbol(query));
    let name = session.symbol(&placement.name);
    session.order(name, &items, &fixed, words, now)
}

/// Names this document's journal: random, or repeatable in tests.
fn document_id(seed: Option<f64>) -> DocumentId {
    let clock = || {
        let now = BrowserClock.read();
        now.wall.to_bits() ^ now.monotonic.to_bits().rotate_left(32)
    };
    // Without a random source the clocks still keep two documents apart.
    DocumentId(seed.map_or_else(|| BrowserEntropy.random().unwrap_or_else(clock), f64::to_bits))
}

fn plain(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

fn handle(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}

fn short(text: &str) -> Option<&str> {
    // UTF-16 units are at least a third of the UTF-8 bytes.
    let long = text.len() > LONGEST_TEXT && text.encode_utf16().nth(LONGEST_TEXT).is_some();
    (!long).then_some(text)
}
