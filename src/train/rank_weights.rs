//! How much each part of a list's score weighs, fitted to a shop. At each click of
//! sessions that were held out two lists are asked for, by popularity: the best of the
//! clicked item's category, and what is clicked about as often as it in all of the shop. Weights go up and down one at a time; what
//! does not gain for sure, or makes more lists worse, stays as it was. Must not live
//! here: what an order is made of (`engine`), or how the bytes are read
//! (`engine::artifact::rank_weights`).

use super::corpus::Session;
use super::rerank::{Reranked, ask, best_of_each};
use super::section_questions::{HELD_OUT, gain, places};
use super::shopping::{Page, Shelves};
use super::trainer::train as learn;
use super::writing::extended;
use crate::engine::Config;
use crate::engine::artifact::ArtifactError;
use crate::engine::artifact::container::SectionId;
use crate::engine::artifact::rank_weights::{RankWeights, STEPS};

/// Items of the whole shop in a list, above the clicked one and below.
const AROUND: usize = 25;
/// Sessions that teach, the newest: more change the second digit of nothing.
const MOST_TEACHING: usize = 50_000;
/// Sessions that are asked about, of each half: every second one chooses.
const MOST_ASKED: usize = 300;
/// Bytes of the artifact that is asked: a usual budget, or as many an item as leave room
/// for neighbours. Without them taste and reminders would be fitted to stand in for them.
const BUDGET: usize = 300_000;
const BYTES_AN_ITEM: usize = 32;

/// A weight, and what is tried of it. Against popularity, which is a weak order, more of
/// anything personal would always gain, and the order of a shop's own search is better
/// than that: so the graph, which says most, is not tried above its starting value, and
/// the others not above twice theirs.
type Trial = (fn(&mut RankWeights, f32), &'static [f32]);
const TRIALS: [Trial; 4] = [
    (|weights, value| weights.graph = value, &[0.5, 1.0, 2.0, 3.0]),
    (|weights, value| weights.doubt = value, &[0.01, 0.06, 0.12, 0.3]),
    (|weights, value| weights.taste = value, &[0.0, 0.5, 1.5, 2.0]),
    (|weights, value| weights.reminder = value, &[0.0, 0.5, 1.5, 2.0]),
];

/// What was chosen, and measured on sessions that neither taught nor chose.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Report {
    /// The weights.
    pub weights: RankWeights,
    /// Lists by the merchant and with the starting weights.
    pub plain: Reranked,
    /// Lists by the merchant and with the fitted weights.
    pub with: Reranked,
}

/// What came of all lists.
struct Answers {
    /// Reciprocal place of the clicked item, by list.
    reciprocal: Vec<f64>,
    sums: Reranked,
}

struct Questions<'a> {
    shelves: &'a Shelves<'a>,
    file: Vec<u8>,
    of_category: Vec<Vec<u32>>,
    /// Items by how often they were clicked, best first.
    of_shop: Vec<u32>,
    /// Where each stands there.
    places: Vec<usize>,
    held_out: &'a [Session],
}

impl Questions<'_> {
    /// The items of the whole shop that are clicked about as often as this one.
    fn around(&self, item: u32) -> Option<Vec<u32>> {
        let place = *self.places.get(item as usize)?;
        let start = place.saturating_sub(AROUND);
        self.of_shop.get(start..(place + AROUND + 1).min(self.of_shop.len())).map(<[u32]>::to_vec)
    }

    /// Asks every second session, from the first or from the second.
    fn ask(&self, half: usize, weights: RankWeights) -> Result<Answers, ArtifactError> {
        let file = extended(self.file.clone(), &[(SectionId::RANK_WEIGHTS, section(weights))])?;
        let mut page = Page::new(self.shelves, file, Config::default().quota)?;
        let mut answers = Answers { reciprocal: Vec::new(), sums: Reranked::default() };
        let long = self.held_out.iter().filter(|session| session.items.len() > 1);
        let asked = long.skip(half).step_by(2).take(MOST_ASKED);
        // Who looks at the same again was not sent there by a list.
        let sessions: Vec<Vec<u32>> = asked
            .map(|session| {
                let mut items = session.recent().to_vec();
                items.dedup();
                items
            })
            .collect();
        let mut found = |merchant, personal: usize| {
            answers.sums.add(merchant, personal);
            answers.reciprocal.push(1.0 / (personal as f64 + 1.0));
        };
        let own = |item| self.of_category.get(self.shelves.category(item)? as usize).cloned();
        ask(&mut page, &sessions, own, &mut found);
        let around = |item| self.around(item);
        ask(&mut page, &sessions, around, &mut found);
        Ok(answers)
    }
}

/// Fits weights to a shop's sessions, oldest first; the section is empty where the
/// starting values are as good.
///
/// # Errors
/// When the engine cannot use what was trained.
pub fn train(
    shelves: &Shelves,
    sessions: &[Session],
    k: u32,
) -> Result<(Vec<u8>, Report), ArtifactError> {
    let (teaching, held_out) = sessions.split_at(sessions.len() - sessions.len() / HELD_OUT);
    let newest = teaching.len().saturating_sub(MOST_TEACHING);
    let teaching = teaching.get(newest..).unwrap_or_default();
    let clicks = shelves.clicks(teaching.iter().map(|session| &session.items));
    let budget = BUDGET.max(BYTES_AN_ITEM * shelves.ids.len());
    let trained = learn(shelves.ids, teaching, k, budget);
    let places = places(&clicks);
    let mut of_shop: Vec<u32> = (0..).take(places.len()).collect();
    of_shop.sort_by_key(|item| places.get(*item as usize).copied());
    let questions = Questions {
        shelves,
        file: trained.map(|trained| trained.bytes).unwrap_or_default(),
        of_category: best_of_each(shelves, &clicks),
        of_shop,
        places,
        held_out,
    };
    let start = RankWeights::default();
    let plain = questions.ask(0, start)?;
    let mut best = (start, plain.sums.reciprocal);
    for (set, values) in TRIALS {
        for value in values {
            let mut tried = best.0;
            set(&mut tried, *value);
            let found = questions.ask(0, tried)?;
            let is_sure = gain(&plain.reciprocal, &found.reciprocal).is_sure();
            let is_better = found.sums.reciprocal[1] > best.1[1];
            if is_sure && is_better && found.sums.worse <= plain.sums.worse {
                best = (tried, found.sums.reciprocal);
            }
        }
    }
    let (weights, _) = best;
    let plain = questions.ask(1, start)?.sums;
    if weights == start {
        return Ok((Vec::new(), Report { weights, plain, with: plain }));
    }
    Ok((section(weights), Report { weights, plain, with: questions.ask(1, weights)?.sums }))
}

/// The section of these weights.
pub fn section(weights: RankWeights) -> Vec<u8> {
    let RankWeights { graph, doubt, reminder, taste } = weights;
    // `as` saturates.
    let step = |(weight, steps): (f32, f32)| (weight * steps).round() as u8;
    [graph, doubt, reminder, taste].into_iter().zip(STEPS).map(step).collect()
}
