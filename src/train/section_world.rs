//! A world of sections: shoppers of a few segments visit a page again and again, and
//! click what they like and see. Asks how many of the clicks that an order by their
//! true taste would get the engine gets, with the segments' rates in its artifact.
//! Must not live here: what an order is made of (`engine`).

use super::corpus::Session as Visit;
use super::segments::{Arm, section};
use super::simulation::{Chance, HOUR, START, falling, tell};
use super::trainer::train;
use super::writing::extended;
use crate::engine::artifact::ArtifactError;
use crate::engine::artifact::container::SectionId;
use crate::engine::catalog::ItemRow;
use crate::engine::event::EventKind;
use crate::engine::intern::{FeatureKey, Namespace};
use crate::engine::journal::DocumentId;
use crate::engine::math;
use crate::engine::ranking::Kind;
use crate::engine::time::Millis;
use crate::engine::{ArmRow, Config, Session};

const SECTIONS: usize = 10;
const SEGMENTS: usize = 8;
/// How near shoppers are to their segment's mean: pseudo-visits.
pub const CONCENTRATIONS: [f64; 3] = [3.0, 6.0, 20.0];
/// Visits after which the clicks are counted.
pub const VISITS: [usize; 3] = [3, 10, 40];
/// A section is clicked with a probability of 0.2 by the mean shopper of the mean
/// segment that sees it, spread as Beta(2, 8).
const MEAN: f64 = 0.2;
const SPREAD: f64 = 10.0;
/// Each place is seen by so many of those that saw the one before.
const SEEN: f64 = 0.7;
/// Between two visits.
const GAP: f64 = 8.0 * HOUR;
const SHOPPERS: usize = 240;
/// Looks by which a shopper's segment is known.
const LOOKS: usize = 6;

/// Clicks in parts of those of an order by true taste, by concentration and visits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shares {
    /// The engine's.
    pub engine: [[f64; 3]; 3],
    /// By the shop's own order, the most popular section first.
    pub popular: [[f64; 3]; 3],
    /// By the segment's rates, never changed.
    pub segment: [[f64; 3]; 3],
}

/// Expected clicks of an order.
fn clicks(order: &[usize], taste: &[f64]) -> f64 {
    let rate = |at: &usize| taste.get(*at).copied().unwrap_or_default();
    order.iter().map(rate).zip(0..).map(|(rate, place)| rate * seen(place)).sum()
}

fn seen(place: i32) -> f64 {
    math::exp(f64::from(place) * math::ln(SEEN))
}

/// Runs the world.
///
/// # Errors
/// When the artifact that it makes cannot be used: a fault.
pub fn run(seed: u32) -> Result<Shares, ArtifactError> {
    let mut shares = Shares::default();
    let rows = CONCENTRATIONS.into_iter().zip(&mut shares.engine);
    let rows = rows.zip(&mut shares.popular).zip(&mut shares.segment);
    for (((concentration, engine), popular), segment) in rows {
        let mut chance = Chance::new(seed);
        let world = World::new(&mut chance, concentration);
        let sums = world.run(&mut chance)?;
        for (at, [best, own, shop, fixed]) in sums.into_iter().enumerate() {
            for (row, sum) in [(&mut *engine, own), (&mut *popular, shop), (&mut *segment, fixed)] {
                if let Some(slot) = row.get_mut(at) {
                    *slot = sum / best;
                }
            }
        }
    }
    Ok(shares)
}

struct World {
    /// A segment's rates.
    rates: Vec<Vec<f64>>,
    concentration: f64,
    /// Sections, the most popular first.
    popular: Vec<usize>,
}

impl World {
    fn new(chance: &mut Chance, concentration: f64) -> Self {
        let rates: Vec<Vec<f64>> = (0..SEGMENTS)
            .map(|_| (0..SECTIONS).map(|_| chance.around(MEAN, SPREAD)).collect())
            .collect();
        let mean = |at: usize| rates.iter().filter_map(|rates| rates.get(at)).sum::<f64>();
        let popular = falling(&(0..SECTIONS).map(mean).collect::<Vec<f64>>());
        Self { rates, concentration, popular }
    }

    /// Sums of clicks by visits: the best order, the engine's, the shop's, the segment's.
    fn run(&self, chance: &mut Chance) -> Result<[[f64; 4]; 3], ArtifactError> {
        let artifact = self.artifact()?;
        let arms: Vec<ArmRow> = self.popular.iter().map(|at| row(*at)).collect();
        let mut sums = [[0.0; 4]; 3];
        let mut session = Session::new(Config::default(), DocumentId(1));
        session.load_artifact(artifact)?;
        let items: Vec<Option<u32>> = (0..SEGMENTS).map(|at| session.add_item(&item(at))).collect();
        for shopper in 0..SHOPPERS {
            let segment = shopper % SEGMENTS;
            // Nothing is stored, so nothing can fail to be removed.
            let _ = session.forget();
            for look in 0..LOOKS {
                let at = START + 60_000.0 * look as f64;
                let subject = items.get(segment).copied().flatten();
                tell(&mut session, EventKind::View, subject, None, at);
            }
            let rates = self.rates.get(segment).map(Vec::as_slice).unwrap_or_default();
            let taste: Vec<f64> =
                rates.iter().map(|mean| chance.around(*mean, self.concentration)).collect();
            let fixed = [&falling(&taste), &self.popular, &falling(rates)]
                .map(|order| clicks(order, &taste));
            let mut own = 0.0;
            for visit in 1..=VISITS.into_iter().max().unwrap_or_default() {
                let now = START + GAP * visit as f64;
                own += self.visit(&mut session, &arms, &taste, chance, now);
                for (sums, _) in sums.iter_mut().zip(VISITS).filter(|(_, last)| *last == visit) {
                    let [best, popular, segment] = fixed.map(|clicks| clicks * visit as f64);
                    for (sum, more) in sums.iter_mut().zip([best, own, popular, segment]) {
                        *sum += more;
                    }
                }
            }
        }
        Ok(sums)
    }

    /// One visit; the expected clicks of the engine's order.
    fn visit(
        &self,
        session: &mut Session,
        arms: &[ArmRow],
        taste: &[f64],
        chance: &mut Chance,
        now: f64,
    ) -> f64 {
        let order = session.order_arms(Kind::Sections, "home", arms, None, Millis::from_js(now));
        let shown: Vec<usize> =
            order.iter().filter_map(|place| self.popular.get(*place as usize).copied()).collect();
        let home = session.symbol("home");
        for (section, place) in shown.iter().zip(0..) {
            let subject = session.symbol(&row(*section).id);
            if chance.happens(seen(place)) {
                tell(session, EventKind::SectionView, subject, home, now);
                if chance.happens(taste.get(*section).copied().unwrap_or_default()) {
                    tell(session, EventKind::SectionClick, subject, home, now);
                }
            }
        }
        clicks(&shown, taste)
    }

    /// An artifact with the segments' rates; of the rest there is next to nothing.
    fn artifact(&self) -> Result<Vec<u8>, ArtifactError> {
        let ids: Vec<String> = (0..SEGMENTS).map(|at| item(at).id).collect();
        let trained = train(&ids, &[Visit::default()], 1, 100_000);
        let file = trained.map(|trained| trained.bytes).unwrap_or_default();
        let lift = |own: usize, other: usize| if own == other { 1.5 } else { -0.2 };
        let lifts: Vec<Vec<f64>> = (0..SEGMENTS)
            .map(|own| (0..SEGMENTS).map(|other| lift(own, other)).collect())
            .collect();
        let keys: Vec<FeatureKey> =
            (0..SEGMENTS).map(|at| FeatureKey::new(Namespace::Category, &category(at))).collect();
        let arm = |at: usize| Arm {
            key: FeatureKey::pair(Namespace::SectionArm, "home", Some(&row(at).id)),
            rates: self
                .rates
                .iter()
                .map(|rates| (rates.get(at).copied().unwrap_or_default(), self.concentration))
                .collect(),
        };
        let bytes = section(&keys, &lifts, (0..SECTIONS).map(arm).collect());
        extended(file, &[(SectionId::SEGMENTS, bytes)])
    }
}

fn category(at: usize) -> String {
    format!("category {at}")
}

fn item(at: usize) -> ItemRow {
    ItemRow { id: format!("item {at}"), category: vec![category(at)], ..ItemRow::default() }
}

fn row(at: usize) -> ArmRow {
    ArmRow { id: format!("section {at}"), ..ArmRow::default() }
}
