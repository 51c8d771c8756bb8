//! Any configuration, catalogue and stream of events, with orders, explanations
//! and the profile asked in between; and any signals of a page with any readings
//! of its clocks.

use super::invented::{Moment, Number, Value, Word};
use arbitrary::{Arbitrary, Unstructured};
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::codec;
use reshelf::engine::dwell::{Dwell, Reading, Signal};
use reshelf::engine::event::{Event, EventKind};
use reshelf::engine::explain::Explanation;
use reshelf::engine::journal::DocumentId;
use reshelf::engine::ranking::Kind;
use reshelf::engine::time::Millis;
use reshelf::engine::{ArmRow, Config, Session};

const MOST_STEPS: usize = 96;
/// Places of the window the quota guards.
const WINDOW: usize = 10;

#[derive(Arbitrary, Debug)]
struct Story<'a> {
    strength: Number,
    quota: Number,
    rows: Vec<Row<'a>>,
    steps: Vec<Step<'a>>,
    signals: Vec<(u8, Clocks)>,
}

#[derive(Arbitrary, Debug)]
struct Row<'a> {
    /// Twice the same id replaces the row.
    id: u8,
    category: Vec<Word<'a>>,
    brand: Option<Word<'a>>,
    price: Option<Number>,
    colour: Option<Word<'a>>,
    tags: Vec<Word<'a>>,
}

impl Row<'_> {
    fn row(&self) -> ItemRow {
        let own = |words: &[Word]| words.iter().map(|word| word.0.to_owned()).collect();
        ItemRow {
            id: format!("i{}", self.id % 64),
            category: own(&self.category),
            brand: self.brand.map(|word| word.0.to_owned()),
            price: self.price.map(|number| number.0),
            colour: self.colour.map(|word| word.0.to_owned()),
            tags: own(&self.tags),
            ..ItemRow::default()
        }
    }
}

#[derive(Arbitrary, Debug)]
enum Subject<'a> {
    Item(u8),
    Symbol(Word<'a>),
    Any(Option<u32>),
}

#[derive(Arbitrary, Debug)]
enum Step<'a> {
    Add(Row<'a>),
    Track {
        kind: u8,
        subject: Subject<'a>,
        at: Moment,
        now: Moment,
        dwell: Option<Number>,
        placement: Option<Word<'a>>,
        /// The same again, so often.
        times: u8,
    },
    Order {
        placement: Option<Word<'a>>,
        items: Vec<u8>,
        fixed: Vec<bool>,
        words: Option<Word<'a>>,
        now: Moment,
    },
    Arms {
        kind: u8,
        placement: Word<'a>,
        arms: Vec<(Vec<Word<'a>>, bool)>,
        shown: Option<u8>,
        now: Moment,
    },
    Explain(Word<'a>, Word<'a>),
    Profile(Moment),
    TakeIn(Value<'a>),
    Pause(bool),
    Forget,
}

/// Two readings, each as far from the last one as this, or as this itself.
#[derive(Arbitrary, Debug)]
enum Clocks {
    Tick(i16),
    Apart(i32, i32),
    Any(Number, Number),
}

pub fn run(bytes: &[u8]) {
    let Ok(story) = Story::arbitrary_take_rest(Unstructured::new(bytes)) else { return };
    let config = Config { strength: story.strength.0, quota: story.quota.0, ..Config::default() };
    let mut shop = Shop { session: Session::new(config.clone(), DocumentId(1 << 16)), config };
    for row in &story.rows {
        shop.session.add_item(&row.row());
    }
    story.steps.iter().take(MOST_STEPS).for_each(|step| shop.step(step));
    for text in shop.session.journals() {
        assert!(codec::decode(&text).is_ok(), "a counter is not a number, or out of range");
    }
    dwell(&story.signals);
}

struct Shop {
    session: Session,
    config: Config,
}

impl Shop {
    fn step(&mut self, step: &Step) {
        match step {
            Step::Add(row) => drop(self.session.add_item(&row.row())),
            Step::Track { kind, subject, at, now, dwell, placement, times } => {
                let subject = match subject {
                    Subject::Item(item) => self.session.item(&format!("i{item}")),
                    Subject::Symbol(word) => self.session.symbol(word.0),
                    Subject::Any(number) => *number,
                };
                let event = Event {
                    kind: EventKind::ALL[usize::from(*kind) % EventKind::ALL.len()],
                    subject,
                    at: Millis::from_js(at.0),
                    dwell_ms: dwell.map(|number| number.0 as f32),
                    placement: placement.and_then(|word| self.session.symbol(word.0)),
                };
                for _ in 0..=times % 32 {
                    self.session.track(event, Millis::from_js(now.0));
                }
            }
            Step::Order { placement, items, fixed, words, now } => {
                let words = words.and_then(|words| self.session.symbol(words.0));
                self.order(*placement, items, fixed, words, Millis::from_js(now.0));
            }
            Step::Arms { kind, placement, arms, shown, now } => {
                let kind = if kind % 2 == 0 { Kind::Sections } else { Kind::Banners };
                let arm = |(at, (category, pinned)): (usize, &(Vec<Word>, bool))| ArmRow {
                    id: format!("a{at}"),
                    category: category.iter().map(|word| word.0.to_owned()).collect(),
                    pinned: *pinned,
                };
                let arms: Vec<_> = arms.iter().enumerate().map(arm).collect();
                let (shown, now) = (shown.map(usize::from), Millis::from_js(now.0));
                let order = self.session.order_arms(kind, placement.0, &arms, shown, now);
                let fixed: Vec<_> = arms.iter().map(|arm| arm.pinned).collect();
                self.is_order(&order, arms.len(), &fixed);
                for id in order.iter().map(|place| &arms[*place as usize].id) {
                    // Unless a list of products or of sections has the same name.
                    if let Some(why) = self.session.explain(placement.0, id) {
                        adds_up(&why);
                    }
                }
            }
            Step::Explain(placement, id) => {
                self.session.explain(placement.0, id.0).iter().for_each(adds_up);
            }
            Step::Profile(now) => {
                let profile = self.session.profile(Millis::from_js(now.0));
                assert!(profile.since.is_none_or(f64::is_finite), "{profile:?}");
                for interest in &profile.interests {
                    assert!((0.0..=1.0).contains(&interest.score), "{interest:?}");
                    assert!((0.0..=1.0).contains(&interest.share), "{interest:?}");
                }
            }
            Step::TakeIn(value) => {
                self.session.take_in(&["reshelf.shop.j.0000000000050000", &value.text()]);
            }
            Step::Pause(paused) => self.session.set_paused(*paused),
            Step::Forget => self.session.forget().expect("there is no storage to refuse"),
        }
    }

    fn order(
        &mut self,
        placement: Option<Word>,
        items: &[u8],
        fixed: &[bool],
        words: Option<u32>,
        now: Millis,
    ) {
        let ids: Vec<_> = items.iter().map(|item| format!("i{item}")).collect();
        let handles: Vec<_> =
            ids.iter().map(|id| self.session.item(id).unwrap_or(u32::MAX)).collect();
        let symbol = placement.and_then(|word| self.session.symbol(word.0));
        let order = self.session.order(symbol, &handles, fixed, words, now);
        assert_eq!(order, self.session.order(symbol, &handles, fixed, words, now), "twice");
        let stays = |(at, id): (usize, &String)| {
            fixed.get(at).copied().unwrap_or(false) || !self.session.has_row(id)
        };
        let stays: Vec<_> = ids.iter().enumerate().map(stays).collect();
        self.is_order(&order, ids.len(), &stays);
        let promoted = order.iter().take(WINDOW).filter(|place| **place as usize >= WINDOW);
        let most = self.config.quota as usize;
        assert!(promoted.count() <= most, "{order:?} with a quota of {most}");
        let Some(Word(placement)) = placement.filter(|_| symbol.is_some()) else { return };
        for id in &ids {
            let why = self.session.explain(placement, id).expect("it was ordered");
            assert!(why.contributions.iter().any(|part| part.code == "position"), "{why:?}");
            assert_eq!(ids[why.merchant_rank], *id);
            assert_eq!(order[why.rank] as usize, why.merchant_rank);
            adds_up(&why);
        }
    }

    fn is_order(&self, order: &[u32], length: usize, stays: &[bool]) {
        let mut places = order.to_vec();
        places.sort_unstable();
        assert!(places.iter().copied().eq(0..length as u32), "{order:?} is no permutation");
        let moved = order.iter().enumerate().filter(|(at, place)| *at != **place as usize);
        for (at, _) in moved {
            assert!(!stays[at], "{at} stays, but: {order:?}");
            assert!(self.config.strength > 0.0, "strength {}", self.config.strength);
        }
    }
}

fn adds_up(why: &Explanation) {
    let sum: f64 = why.contributions.iter().map(|part| part.value).sum();
    assert!((sum - why.score).abs() <= 1e-9, "{why:?}");
    assert!(why.contributions.iter().all(|part| part.value.is_finite()), "{why:?}");
}

fn dwell(signals: &[(u8, Clocks)]) {
    const SIGNALS: [Signal; 10] = [
        Signal::Visible,
        Signal::Hidden,
        Signal::PageShow,
        Signal::PageHide,
        Signal::Freeze,
        Signal::Resume,
        Signal::Prerender,
        Signal::Activate,
        Signal::Input,
        Signal::Tick,
    ];
    // A reading that is no number is taken for 0.
    let finite = |ms: f64| if ms.is_finite() { ms } else { 0.0 };
    let mut dwell = Dwell::default();
    let mut last = Reading { monotonic: 0.0, wall: 0.0 };
    let (mut credited, mut passed) = (0.0, 0.0);
    for (signal, clocks) in signals {
        let now = match clocks {
            Clocks::Tick(ms) => {
                let ms = f64::from(*ms);
                Reading { monotonic: last.monotonic + ms, wall: last.wall + ms }
            }
            Clocks::Apart(monotonic, wall) => Reading {
                monotonic: last.monotonic + f64::from(*monotonic),
                wall: last.wall + f64::from(*wall),
            },
            Clocks::Any(monotonic, wall) => Reading { monotonic: monotonic.0, wall: wall.0 },
        };
        passed += (finite(now.monotonic) - finite(last.monotonic)).max(0.0);
        match SIGNALS.get(usize::from(*signal % 14)) {
            Some(signal) => dwell.signal(*signal, now),
            None => {
                let taken = dwell.take(now);
                assert!(taken >= 0.0, "{taken}");
                credited += taken;
                assert!(credited <= passed * (1.0 + 1e-9), "{credited} of {passed}");
            }
        }
        last = now;
    }
    let rest = dwell.take(last);
    assert!(rest >= 0.0 && credited + rest <= passed * (1.0 + 1e-9), "{rest} more of {passed}");
}
