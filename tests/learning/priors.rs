//! Segments and stages as a page uses them: whose rates count, what they are worth,
//! and that no bytes make the readers stop.

use crate::shop::{Random, Shop, corpus, roomy};
use reshelf::engine::artifact::container::SectionId;
use reshelf::engine::artifact::segments::Segments;
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::event::{Event, EventKind};
use reshelf::engine::intent::Stage;
use reshelf::engine::intern::{FeatureKey, Namespace};
use reshelf::engine::journal::DocumentId;
use reshelf::engine::ranking::Kind;
use reshelf::engine::recommend::mix::Mix;
use reshelf::engine::time::Millis;
use reshelf::engine::{ArmRow, Config, Session};
use reshelf::train::intent::{self, Contents, Named, column_key};
use reshelf::train::segments::{Arm, section};
use reshelf::train::writing::extended;

const NOW: f64 = 1_767_268_800_000.0;

fn category(name: &str) -> FeatureKey {
    FeatureKey::new(Namespace::Category, name)
}

/// Two segments: who likes hats clicks the second section, who likes socks the third.
fn segments() -> Vec<u8> {
    let arm = |name: &str, rates: [f64; 2]| Arm {
        key: FeatureKey::pair(Namespace::SectionArm, "home", Some(name)),
        rates: rates.map(|rate| (rate, 10.0)).to_vec(),
    };
    let arms = vec![arm("a", [0.1, 0.1]), arm("b", [0.4, 0.02]), arm("c", [0.02, 0.4])];
    section(&[category("hats"), category("socks")], &[vec![1.0, -0.5], vec![-0.5, 1.0]], arms)
}

fn page(more: &[(SectionId, Vec<u8>)]) -> Session {
    let bytes = Shop::new(corpus(24, 50, 1)).pack(roomy(1), Mix::default());
    let mut session = Session::new(Config::default(), DocumentId(1));
    session.load_artifact(extended(bytes, more).unwrap()).unwrap();
    for name in ["hats", "socks"] {
        let category = vec![name.to_owned()];
        session.add_item(&ItemRow { id: name.into(), category, ..ItemRow::default() });
    }
    session
}

fn tell(session: &mut Session, kind: EventKind, item: &str, second: u32) {
    let at = Millis::from_js(NOW + 1_000.0 * f64::from(second));
    let subject = session.item(item);
    session.track(Event { kind, subject, at, dwell_ms: None, placement: None }, at);
}

fn home(session: &mut Session) -> Vec<u32> {
    let arm = |id: &str| ArmRow { id: id.into(), ..ArmRow::default() };
    let arms = ["a", "b", "c"].map(arm);
    session.order_arms(Kind::Sections, "home", &arms, None, Millis::from_js(NOW + 60_000.0))
}

#[test]
fn the_nearest_segment_orders_the_sections() {
    for (liked, first, last) in [("hats", 1, 2), ("socks", 2, 1)] {
        let mut session = page(&[(SectionId::SEGMENTS, segments())]);
        assert_eq!(home(&mut session), [0, 1, 2]);
        (0..4).for_each(|second| tell(&mut session, EventKind::View, liked, second));
        assert_eq!(home(&mut session), [first, 0, last], "{liked}");
        let why = session.explain("home", if first == 1 { "b" } else { "c" }).unwrap();
        let sum: f64 = why.contributions.iter().map(|part| part.value).sum();
        assert!((sum - why.score).abs() < 1e-9);
        // Rates are kept in steps of a 32nd of a nat.
        let base = why.contributions.iter().filter(|part| part.code != "next");
        let rate = base.map(|part| part.value).sum::<f64>().exp();
        assert!((rate / 0.4 - 1.0).abs() < 0.02, "{why:?}");
    }
}

#[test]
fn cuts_of_segments_are_refused_and_damage_is_harmless() {
    let bytes = segments();
    for length in 0..bytes.len() {
        assert!(Segments::read(&bytes[..length]).is_none(), "{length}");
    }
    let mut random = Random(5);
    for _ in 0..20_000 {
        let mut damaged = bytes.clone();
        let at = random.below(bytes.len() as u64) as usize;
        damaged[at] = random.below(256) as u8;
        let Some(segments) = Segments::read(&damaged) else { continue };
        let own = segments.nearest(&damaged, |_| 1.0);
        let arm = FeatureKey::pair(Namespace::SectionArm, "home", Some("b"));
        if let Some((rate, visits)) = own.and_then(|own| segments.prior(&damaged, arm, own)) {
            assert!(rate > 0.0 && rate <= 1.0 && (6.0..=20.0).contains(&visits));
        }
    }
}

/// Bought by whoever put something into the cart.
fn model() -> Vec<u8> {
    let carts = |row: usize| f32::from(u8::from(row.is_multiple_of(4)));
    let column = Named {
        key: column_key("addToCart"),
        contents: Contents::Numbers((0..2_000).map(carts).collect()),
    };
    let labels: Vec<u8> =
        (0..2_000u32).map(|row| u8::from(row.is_multiple_of(8) || row % 37 == 5)).collect();
    intent::section(&[column], &labels).unwrap()
}

#[test]
fn stages_follow_the_model() {
    let now = Millis::from_js(NOW + 60_000.0);
    let mut without = page(&[]);
    tell(&mut without, EventKind::AddToCart, "hats", 1);
    assert_eq!(without.intent(now), (Stage::Unknown, 0.0));
    let mut session = page(&[(SectionId::INTENT, model())]);
    assert_eq!(session.intent(now), (Stage::Unknown, 0.0));
    tell(&mut session, EventKind::View, "hats", 1);
    let (stage, low) = session.intent(now);
    assert_eq!(stage, Stage::Browse);
    tell(&mut session, EventKind::AddToCart, "hats", 2);
    let (stage, high) = session.intent(now);
    assert!(stage >= Stage::Compare && high > 0.4 && low < 0.1, "{stage:?} {low} {high}");
    session.forget().unwrap();
    assert_eq!(session.intent(now), (Stage::Unknown, 0.0));
}
