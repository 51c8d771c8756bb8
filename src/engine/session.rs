//! One document's engine: takes events, gives orders. The bindings, the command
//! line and the tests differ only in who calls it.
//!
//! Must not live here: how anything is computed; each concept has its own file.

use super::affinity::Affinity;
use super::catalog::{Catalog, ItemRow};
use super::context::Context;
use super::event::{Event, EventKind, Subject};
use super::evidence::{self, Evidence};
use super::explain::Explanation;
use super::fatigue::Fatigue;
use super::graph::Graph;
use super::holdings::Holdings;
use super::intent::Stage;
use super::intern::{FeatureKey, Interner, Namespace};
use super::journal::DocumentId;
use super::ledger::Ledger;
use super::muting::{Muted, Value, Word};
use super::profile::Totals;
use super::query::QueryLifts;
use super::rank;
use super::ranking::{Entries, Kind, Ranking, Rankings, ScoredArm};
use super::report::{self, Profile};
use super::score::{self, Basis, Scorer};
use super::sections;
use super::time::{Day, Millis};
use super::trained::Trained;
use super::vault::Vault;
use serde::Deserialize;
use std::rc::Rc;

mod keeping;
mod learned;
pub mod recommending;

/// What the merchant configured.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Config {
    /// Namespace of all that is stored.
    pub store: String,
    /// 0 = the merchant's order exactly … 100.
    pub strength: f64,
    /// At most so many of the first ten from below the merchant's tenth.
    pub quota: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { store: "shop".to_owned(), strength: 50.0, quota: 3.0 }
    }
}

/// A section or banner as the page marks it.
#[derive(Clone, Debug, Default)]
pub struct ArmRow {
    /// Id within its placement.
    pub id: String,
    /// Category path of what it shows; may be empty.
    pub category: Vec<String>,
    /// Never moves.
    pub pinned: bool,
}

/// Entries of a list that are ordered; later ones keep their place.
const LONGEST_LIST: usize = 1 << 20;
/// Days after the newest evidence at which a later time is taken for a clock that
/// is wrong.
const LONGEST_ABSENCE: u32 = 400;

/// The engine of one document.
#[derive(Debug)]
pub struct Session {
    config: Config,
    catalog: Catalog,
    symbols: Interner,
    ledger: Ledger,
    evidence: Evidence,
    vault: Option<Vault>,
    trained: Option<Trained>,
    context: Context,
    paused: bool,
    /// The newest day with evidence.
    newest: Day,
    taste: Taste,
    rankings: Rankings,
    fatigue: Fatigue,
    /// The stage of the shopper that was told last.
    stage: Stage,
    /// The merchant's scores by place, filled as lists get longer.
    merchant: Vec<f32>,
}

/// The profile read at one minute, and what was derived from it.
#[derive(Debug, Default)]
struct Taste {
    /// Minute, and versions of the ledger and of the catalogue it was read at; `None` when it must be read again.
    read_at: Option<(Millis, u32, u32)>,
    totals: Totals,
    muted: Muted,
    affinity: Rc<Affinity>,
    /// Graph scores by handle, from the first list that asks for them.
    graph: Option<Rc<Vec<f32>>>,
    /// What taste adds to an item's score, by handle; NaN until it is asked.
    personal: Vec<f32>,
    /// What the shopper has, and the visit, from the first row that asks for them.
    shopper: Option<(Holdings, Vec<u32>)>,
}

impl Session {
    /// An engine with nothing known. `own` names this document's journal.
    pub fn new(mut config: Config, own: DocumentId) -> Self {
        // A broken number must not personalise: NaN becomes the merchant's order.
        config.strength = config.strength.clamp(0.0, 100.0).max(0.0);
        Self {
            config,
            catalog: Catalog::default(),
            symbols: Interner::default(),
            ledger: Ledger::new(own),
            evidence: Evidence::default(),
            vault: None,
            trained: None,
            context: Context::default(),
            paused: false,
            newest: Day::default(),
            taste: Taste::default(),
            rankings: Rankings::default(),
            fatigue: Fatigue::default(),
            stage: Stage::default(),
            merchant: Vec::new(),
        }
    }

    /// The shop's items, as far as this page told of them.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Handle of an item id, known or not.
    pub fn item(&mut self, id: &str) -> Option<u32> {
        self.catalog.handle(id)
    }

    /// Handle of any other text.
    pub fn symbol(&mut self, text: &str) -> Option<u32> {
        self.symbols.intern(text)
    }

    /// Registers or replaces a row; evidence that waited for it is filed now.
    pub fn add_item(&mut self, row: &ItemRow) -> Option<u32> {
        let item = self.catalog.add(row);
        self.file_waiting(item)
    }

    /// Takes what the page's marks say of an item: it fills what the item's row leaves out.
    pub fn mark_item(&mut self, row: &ItemRow) -> Option<u32> {
        let item = self.catalog.fill(row);
        self.file_waiting(item)
    }

    fn file_waiting(&mut self, item: Option<u32>) -> Option<u32> {
        let journal = self.ledger.own_mut();
        if self.evidence.file_waiting(journal, &self.catalog, item?) {
            journal.touch(false);
        }
        item
    }

    /// Whether a row of this id was registered.
    pub fn has_row(&self, id: &str) -> bool {
        self.catalog.find(id).is_some_and(|item| self.catalog.traits(item).is_some())
    }

    /// Whether the category of this id is known, which is what marks mostly add.
    pub fn has_category(&self, id: &str) -> bool {
        let category = |item| self.catalog.first_of(item, Namespace::Category);
        self.catalog.find(id).and_then(category).is_some()
    }

    /// Takes an event in. Times in the future become `now`.
    pub fn track(&mut self, mut event: Event, now: Millis) {
        if let (Subject::Item, Some(item), false) =
            (event.kind.subject(), event.subject, self.paused)
        {
            self.fatigue.note(event.kind, item);
        }
        // Being shown an item leaves no trace in the ledger, so there is nothing to write.
        if self.paused || event.kind == EventKind::Impression {
            return;
        }
        event.at = self.plausible(event.at.min(now));
        let placement = event.placement.and_then(|symbol| self.symbols.text(symbol)).unwrap_or("");
        let arm_key = |namespace, subject| {
            self.symbols.text(subject).map(|id| arm_key(namespace, placement, id))
        };
        let clicked = matches!(event.kind, EventKind::SectionClick | EventKind::BannerClick);
        let arm = event.subject.and_then(|subject| match event.kind.subject() {
            Subject::Section => arm_key(Namespace::SectionArm, subject),
            Subject::Banner => arm_key(Namespace::BannerArm, subject),
            Subject::Item | Subject::Query | Subject::Other => None,
        });
        let journal = self.ledger.own_mut();
        if let Some(key) = arm {
            evidence::file_arm(journal, key, clicked, event.at);
        }
        if let (Subject::Item, Some(item)) = (event.kind.subject(), event.subject) {
            let list = event.placement.and_then(|symbol| self.rankings.get(Kind::Products, symbol));
            let words = list.and_then(Ranking::words).and_then(|words| self.symbols.text(words));
            self.evidence.file_item(journal, &self.catalog, &event, item, words);
        }
        // Dwell belongs to the view that was counted when the page opened.
        let is_act = event.kind.is_act() && event.kind != EventKind::Dwell;
        if is_act {
            evidence::file_act(journal, event.kind, event.at);
        }
        journal.touch(is_act);
    }

    /// A clock that jumps ahead by years must not make all that is known old: no
    /// event is later than 400 days after the newest evidence.
    fn plausible(&mut self, at: Millis) -> Millis {
        let latest = Day(self.newest.0.saturating_add(LONGEST_ABSENCE)).start();
        let at = if self.newest == Day::default() { at } else { at.min(latest) };
        self.newest = self.newest.max(at.day());
        at
    }

    /// The personal order of a list: at place `i` shows `items[order[i]]`. What
    /// is `fixed` (by place; may be shorter) or has no row keeps its place.
    pub fn order(
        &mut self,
        placement: Option<u32>,
        items: &[u32],
        fixed: &[bool],
        words: Option<u32>,
        now: Millis,
    ) -> Vec<u32> {
        self.read_taste(now);
        let known = self.merchant.len();
        self.merchant.extend((known..items.len().min(LONGEST_LIST)).map(score::merchant));
        let strength = self.strength() as f32;
        let affinity = self.taste.affinity.clone();
        let query = words.and_then(|words| self.symbols.text(words)).and_then(|words| {
            let Taste { totals, muted, .. } = &self.taste;
            QueryLifts::new(words, totals, &self.catalog, &muted.all)
        });
        let graph = Graph::new(self.graph(), items, affinity.weights);
        let order = if strength == 0.0 || affinity.is_blank() && graph.is_blank() {
            rank::unchanged(items.len())
        } else {
            let basis = Basis {
                affinity: &affinity,
                query: query.as_ref(),
                graph: &graph,
                catalog: &self.catalog,
                strength,
            };
            let mut scorer = Scorer::new(basis, &mut self.taste.personal);
            let score = |(place, item): (usize, &u32)| {
                let pinned = fixed.get(place).copied().unwrap_or(false);
                let taste = if pinned { None } else { scorer.personal(*item) };
                self.merchant
                    .get(place)
                    .zip(taste)
                    .map_or(rank::FIXED, |(base, taste)| base + taste)
            };
            let scores: Vec<f32> = items.iter().enumerate().map(score).collect();
            // `as` saturates and maps NaN to 0, the strictest quota.
            rank::permute(&scores, self.config.quota as usize)
        };
        if let Some(placement) = placement {
            let (items, fixed) = (items.to_vec(), fixed.to_vec());
            let entries = Entries::Items { items, fixed, affinity, graph, words, query };
            self.rankings.put(Kind::Products, placement, Ranking::new(&order, entries));
        }
        order
    }

    /// The personal order of sections or banners; see [`Session::order`]. Where
    /// only the first `shown` are seen, the others keep the merchant's order.
    pub fn order_arms(
        &mut self,
        kind: Kind,
        placement: &str,
        arms: &[ArmRow],
        shown: Option<usize>,
        now: Millis,
    ) -> Vec<u32> {
        let categories: Vec<Option<u32>> =
            arms.iter().map(|arm| self.catalog.category(&arm.category)).collect();
        self.read_taste(now);
        let trained = self.trained.as_ref();
        let next = trained.map(|known| known.next_category(&self.taste.totals, &self.catalog));
        let next = next.unwrap_or_default();
        let segment = trained
            .and_then(|known| known.segment(&self.taste.affinity, &self.context, &self.catalog));
        let tires = kind == Kind::Banners;
        let namespace = if tires { Namespace::BannerArm } else { Namespace::SectionArm };
        let score = |(rank, (row, category)): (usize, (&ArmRow, Option<u32>))| {
            let feature = category.and_then(|index| self.catalog.features().get(index as usize));
            let key = arm_key(namespace, placement, &row.id);
            let is_muted = category.is_some_and(|index| self.taste.muted.all.contains(&index));
            let arm = sections::Arm {
                rank,
                // The rate of the arm itself, else that of what it shows.
                prior: trained.and_then(|known| {
                    let shown = || known.prior(feature?.key, segment);
                    known.prior(key, segment).or_else(shown)
                }),
                context: category.map_or(0.0, |at| self.taste.affinity.context(at).into()),
                next: feature.map_or(0.0, |feature| next.chance(feature.key)),
                lift: category.map_or(0.0, |index| f64::from(self.taste.affinity.lift(index))),
                counters: if is_muted { Default::default() } else { self.taste.totals.get(key) },
                tires,
                trust: f64::from(self.taste.affinity.confidence),
            };
            let label = feature.map_or("", |feature| &feature.label);
            let parts = sections::contributions(&arm, label, self.strength());
            ScoredArm { id: row.id.clone(), pinned: row.pinned, parts }
        };
        let scored: Vec<ScoredArm> = arms.iter().zip(categories).enumerate().map(score).collect();
        let order = if self.strength() == 0.0 {
            rank::unchanged(arms.len())
        } else {
            let score = |arm: &ScoredArm| match arm.pinned {
                true => rank::FIXED,
                false => arm.parts.iter().map(|part| part.value as f32).sum(),
            };
            let scores: Vec<f32> = scored.iter().map(score).collect();
            // The quota guards long lists; a page's few sections need none.
            let order = rank::permute(&scores, usize::MAX);
            shown.map_or_else(|| order.clone(), |shown| rank::choose(&order, &scores, shown))
        };
        if let Some(symbol) = self.symbols.intern(placement) {
            self.rankings.put(kind, symbol, Ranking::new(&order, Entries::Arms(scored)));
        }
        order
    }

    /// Why an item, section or banner stands where the latest order of this
    /// placement put it; `None` where there was none or it was not in it.
    pub fn explain(&self, placement: &str, id: &str) -> Option<Explanation> {
        let symbol = self.symbols.get(placement)?;
        [Kind::Products, Kind::Sections, Kind::Banners]
            .into_iter()
            .filter_map(|kind| self.rankings.get(kind, symbol))
            .find_map(|ranking| ranking.explain(id, &self.catalog, self.strength() as f32))
    }

    /// What the device knows.
    pub fn profile(&mut self, now: Millis) -> Profile {
        self.read_taste(now);
        let taste = &self.taste;
        let (affinity, muted) = (&taste.affinity, &taste.muted);
        report::profile(&self.ledger, &taste.totals, affinity, &self.catalog, self.paused, muted)
    }

    /// How strongly lists follow the shopper, who may want none of it.
    fn strength(&self) -> f64 {
        if self.taste.muted.order { 0.0 } else { self.config.strength }
    }

    /// Takes what the shopper says of a value of the profile, also while learning is
    /// paused. A kind that there is not says nothing.
    pub fn amend(&mut self, kind: usize, value: &str, word: Word, now: Millis) {
        let Some(value) = Value::new(kind, value) else { return };
        // The totals are those of the minute; a word holds from now on.
        let at = if word == Word::Correct { now.minute() } else { now };
        let at = self.plausible(at);
        // As they are, also where something is muted.
        let totals = Totals::read(self.ledger.cells().iter().copied(), now.minute());
        value.file(word, self.ledger.own_mut(), &totals, &self.catalog, at);
    }

    /// Reads the profile again when the minute, the evidence or the catalogue
    /// changed.
    fn read_taste(&mut self, now: Millis) {
        let minute = now.minute();
        let read_at = Some((minute, self.ledger.version(), self.catalog.version()));
        if self.taste.read_at != read_at {
            let mut totals = Totals::read(self.ledger.cells().iter().copied(), minute);
            let muted = Muted::apply(&mut totals, &self.catalog);
            let mut affinity = Affinity::new(&totals, &self.catalog);
            if let Some(known) = &self.trained {
                affinity.context = known.context(&self.context, &self.catalog);
                affinity.weights = known.artifact().rank_weights();
            }
            let affinity = Rc::new(affinity);
            let personal = vec![f32::NAN; self.catalog.len()];
            self.taste =
                Taste { read_at, totals, muted, affinity, graph: None, personal, shopper: None };
        }
    }
}

/// The ledger's key of a section or banner.
fn arm_key(namespace: Namespace, placement: &str, id: &str) -> FeatureKey {
    FeatureKey::pair(namespace, placement, Some(id))
}
