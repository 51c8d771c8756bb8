//! The boundary: the one class JavaScript sees. The only `#[wasm_bindgen]` code.
//!
//! Lives here: turning JavaScript values into the engine's and back. Must not
//! live here: any decision. No export runs the page's code while the engine is
//! borrowed: `arrange` lets go of it before elements move, and the tracker never
//! holds it.

#[cfg(feature = "train")]
pub mod command;
mod marks;
mod recommending;
mod rows;

use crate::engine::compaction::Pace;
use crate::engine::digits::{hexadecimal, number};
use crate::engine::event::{Event, EventKind};
use crate::engine::journal::DocumentId;
use crate::engine::muting::Word;
use crate::engine::time::Millis;
use crate::engine::vault::Vault;
use crate::engine::{Config, Session};
use crate::ports::{Clock as _, Entropy as _};
use crate::web::arrange::Arranger;
use crate::web::callback::Guard;
use crate::web::clock::BrowserClock;
use crate::web::entropy::BrowserEntropy;
use crate::web::sink::Sink;
use crate::web::storage::LocalArea;
use crate::web::tracker::Tracker;
use serde::Serialize;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Node;

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
    arranger: RefCell<Arranger>,
    seed: Option<f64>,
    trackers: RefCell<Vec<Option<Tracker>>>,
}

impl std::fmt::Debug for Core {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Core").field("store", &self.store).finish()
    }
}

#[wasm_bindgen]
impl Core {
    /// An engine with nothing known and nothing stored. Without a seed the
    /// journal's name is random.
    #[wasm_bindgen(constructor)]
    pub fn new(store: String, strength: f64, quota: f64, seed: Option<f64>) -> Core {
        let config = Config { store: store.clone(), strength, quota };
        let session = Rc::new(RefCell::new(Session::new(config, document_id(seed))));
        Self { store, session, arranger: RefCell::default(), seed, trackers: RefCell::default() }
    }

    /// Registers or replaces rows; one handle a row. All texts come as one and
    /// all prices as one: a catalogue of thousands crosses in two copies, and no
    /// decoder of objects has to be shipped.
    /// See `rows` for how they are packed.
    #[wasm_bindgen(js_name = addItems)]
    pub fn add_items(&self, texts: &str, prices: &[f64], vectors: &[i8]) -> Vec<u32> {
        let mut session = self.session.borrow_mut();
        let rows = rows::unpack(texts, prices, vectors);
        let handles = rows.map(|row| session.add_item(&row).unwrap_or(NONE)).collect();
        session.save();
        handles
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

    /// Orders the marked placements under `root`. The report is flat: name, kind,
    /// ids before and ids after of each container.
    pub fn arrange(&self, root: &Node, refresh: bool, now: f64) -> js_sys::Array {
        let report = js_sys::Array::new();
        marks::register_products(&mut self.session.borrow_mut(), root);
        let shelves = self.arranger.borrow().shelves(root, refresh);
        for shelf in shelves {
            let order = marks::order(&mut self.session.borrow_mut(), &shelf, Millis::from_js(now));
            // From here on the engine is free: moving elements can run page code.
            let arranged = shelf.apply(&order);
            self.arranger.borrow_mut().remember(&arranged);
            report.push(&JsValue::from_str(&arranged.placement.name));
            report.push(&JsValue::from_str(arranged.placement.kind_name()));
            for ids in [&arranged.before, &arranged.after] {
                let ids: js_sys::Array = ids.iter().map(|id| JsValue::from_str(id)).collect();
                report.push(&ids);
            }
        }
        report
    }

    /// Starts a tracker; its token. `guard` wraps what the browser is to call.
    pub fn observe(&self, root: &Node, sink: js_sys::Function, guard: Guard) -> u32 {
        // First: the tracker tells of the product at once.
        marks::register_products(&mut self.session.borrow_mut(), root);
        let tracker = Tracker::start(root, Sink::new(sink), &guard);
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

    /// Why an id stands where it stands: rank, merchant's rank, score,
    /// contributions (code, label, value) and rules; undefined where unknown.
    ///
    /// # Errors
    /// When the answer cannot be built.
    pub fn explain(&self, placement: &str, id: &str) -> Result<JsValue, JsValue> {
        let explanation = self.session.borrow().explain(placement, id);
        plain(&explanation.map(|why| {
            let parts =
                why.contributions.into_iter().map(|part| (part.code, part.label, part.value));
            (why.rank, why.merchant_rank, why.score, parts.collect::<Vec<_>>(), why.rules)
        }))
    }

    /// What the device knows: events, since, paused, interests (kind, value,
    /// score, share), recently viewed ids, what is muted (kind, value),
    /// and whether the shop's own order is wanted.
    ///
    /// # Errors
    /// When the answer cannot be built.
    pub fn profile(&self, now: f64) -> Result<JsValue, JsValue> {
        let profile = self.session.borrow_mut().profile(Millis::from_js(now));
        let interests = profile.interests.into_iter().map(|i| (i.kind, i.value, i.score, i.share));
        let interests = interests.collect::<Vec<_>>();
        plain(&(
            profile.events,
            profile.since,
            profile.paused,
            interests,
            profile.recently_viewed,
            profile.muted,
            profile.shop_order,
        ))
    }

    /// The shopper's word on a value of the profile, by its number in `Word::ALL`, and the
    /// kind's in `muting::KINDS`.
    pub fn amend(&self, kind: u32, value: &str, word: u32, now: f64) {
        let Some(word) = Word::ALL.get(word as usize) else { return };
        self.session.borrow_mut().amend(kind as usize, value, *word, Millis::from_js(now));
    }

    /// Takes exported journals back, a line each: all of them, or none where one cannot
    /// be read; the place of that one.
    pub fn import(&self, journals: &str) -> u32 {
        let journals: Vec<&str> = journals.lines().collect();
        self.session.borrow_mut().import(&journals).map_or_else(|place| place as u32, |()| NONE)
    }

    /// How ready the shopper is to buy: the stage's number, and the probability.
    pub fn intent(&self, now: f64) -> Vec<f64> {
        let (stage, probability) = self.session.borrow_mut().intent(Millis::from_js(now));
        vec![f64::from(stage as u8), probability]
    }

    /// The evidence as it is stored, a text for each page load.
    ///
    /// # Errors
    /// When the answer cannot be built.
    pub fn journals(&self) -> Result<JsValue, JsValue> {
        plain(&self.session.borrow().journals())
    }

    /// Stops or resumes learning.
    #[wasm_bindgen(js_name = setPaused)]
    pub fn set_paused(&self, paused: bool) {
        self.session.borrow_mut().set_paused(paused);
    }

    /// Keys of stored records that could not be read.
    ///
    /// # Errors
    /// When the answer cannot be built.
    pub fn unreadable(&self) -> Result<JsValue, JsValue> {
        plain(&self.session.borrow().unreadable())
    }

    /// Consent given; false when this browser offers no storage.
    pub fn grant(&self) -> bool {
        let Some(area) = LocalArea::open() else { return false };
        let epoch = (document_id(self.seed).0 >> 32) as u32;
        self.session.borrow_mut().attach(Vault::new(Box::new(area), &self.store, epoch));
        true
    }

    /// Whether consent was given and nobody erased the store since.
    pub fn attached(&self) -> bool {
        self.session.borrow().is_attached()
    }

    /// Consent withdrawn: storage and memory are wiped, nothing is touched again.
    pub fn deny(&self) {
        self.forget_reading();
        // A key that storage keeps is unreadable to us from now on.
        let _ = self.session.borrow_mut().detach();
    }

    /// Wipes storage and memory; consent stays.
    pub fn forget(&self) {
        self.forget_reading();
        let _ = self.session.borrow_mut().forget();
    }

    /// Writes the journal if it changed and storage is granted.
    pub fn persist(&self) {
        self.session.borrow_mut().save();
    }

    /// Looks whether the store was erased meanwhile.
    pub fn check(&self) {
        self.session.borrow_mut().check();
    }

    /// Writes the journal and ends it, before this page stops saying that it is open.
    pub fn rest(&self) {
        self.session.borrow_mut().rest();
    }

    /// Another tab changed this key, or removed it; without a key, all of them.
    #[wasm_bindgen(js_name = changedElsewhere)]
    pub fn changed_elsewhere(&self, key: Option<String>, removed: bool) {
        self.session.borrow_mut().changed_elsewhere(key.as_deref(), removed);
    }

    /// The name of this page among the open ones, 16 hexadecimal digits.
    pub fn page(&self) -> String {
        hexadecimal(self.session.borrow().document().page().0)
    }

    /// How much a compaction has to do: 0 not enough, 1 enough, 2 so much that it
    /// must not wait.
    pub fn crowd(&self) -> u32 {
        self.session.borrow().crowd() as u32
    }

    /// Moves finished journals into a snapshot; `live` names the open pages, a
    /// line each. Undefined where nobody can tell: then only erased evidence is
    /// removed. `at_once`: without having been alone for a while before.
    pub fn compact(&self, live: Option<String>, at_once: bool) {
        let live = live.map(|live| pages(&live));
        let pace = if at_once { Pace::AtOnce } else { Pace::Settled };
        self.session.borrow_mut().compact(live.as_deref(), pace);
    }

    /// After an erasure: what is stored in the name of these other pages, a line each, is
    /// removed whenever it is met; undefined: the erasure is over.
    pub fn distrust(&self, late: Option<String>) {
        self.session.borrow_mut().distrust(late.map(|late| pages(&late)));
    }

    /// Takes the mirror's records in: key, text, key, text … a line each.
    #[wasm_bindgen(js_name = takeIn)]
    pub fn take_in(&self, records: &str) {
        let records: Vec<&str> = records.lines().collect();
        self.session.borrow_mut().take_in(&records);
    }

    /// Changes for the mirror since the last call: key, text (empty: removed),
    /// key, text … each ended by a line feed.
    #[wasm_bindgen(js_name = takeOut)]
    pub fn take_out(&self) -> String {
        let mut lines = String::new();
        for (key, text) in self.session.borrow_mut().take_out() {
            for line in [&key, &text.unwrap_or_default()] {
                lines.push_str(line);
                lines.push('\n');
            }
        }
        lines
    }

    /// The mirror was erased: whether storage was not, so that it is to be filled again.
    #[wasm_bindgen(js_name = outlivesMirror)]
    pub fn outlives_mirror(&self) -> bool {
        self.session.borrow_mut().outlives_mirror()
    }
}

impl Core {
    /// The dwell on an open page belongs to what is forgotten.
    fn forget_reading(&self) {
        self.trackers.borrow().iter().flatten().for_each(Tracker::forget);
    }
}

/// Names this document's journal: random, or repeatable in tests.
fn document_id(seed: Option<f64>) -> DocumentId {
    let clock = || {
        let now = BrowserClock.read();
        now.wall.to_bits() ^ now.monotonic.to_bits().rotate_left(32)
    };
    // Without a random source the clocks still keep two documents apart.
    let name = seed.map_or_else(|| BrowserEntropy.random().unwrap_or_else(clock), f64::to_bits);
    DocumentId(name).page()
}

fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(serde_wasm_bindgen::to_value(value)?)
}

fn handle(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}

fn short(text: &str) -> Option<&str> {
    // UTF-16 units are at least a third of the UTF-8 bytes.
    let long = text.len() > LONGEST_TEXT && text.encode_utf16().nth(LONGEST_TEXT).is_some();
    (!long).then_some(text)
}

/// Names of pages, a line each.
#[inline(never)]
fn pages(names: &str) -> Vec<DocumentId> {
    names.lines().filter_map(number).map(DocumentId).collect()
}
