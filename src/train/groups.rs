//! Session prototypes. At k = 1 they are sessions themselves; above, groups of k
//! sessions of k people of which only what several have in common is kept
//! (micro-aggregation: Domingo-Ferrer and Mateo-Sanz, TKDE 2002).
//!
//! A group is the newest session that is in none yet and, of those nearest to it by
//! the items they share, rare ones counting more, one after another the one by which
//! most becomes common. Must not live here: how many prototypes a budget allows
//! (`plan`).

use super::corpus::Session;
use crate::engine::artifact::prototypes::LONGEST;
use crate::engine::math;
use crate::engine::recommend::top::Top;

/// Most items of a prototype of several people.
const MOST_ITEMS: usize = 16;
/// Members that must have an item for it to be kept.
const SHARED_BY: usize = 2;
/// Sessions that a group is chosen from, times k: more find no better ones.
const NEAR: usize = 8;
/// What it counts that one more member has what is common already, of what it counts
/// that something becomes common. With the nearest k in place of this choice, the last
/// 15,000 training sessions of Diginetica are foreseen worse at k = 5: a hit rate of
/// 0.459 against 0.478 (at 0 and at 1 it is 0.475 and 0.477).
const AGAIN: f32 = 0.3;
/// Newest sessions of an item that are compared, a bound on the time for items that everybody
/// looks at. With 500, what was held out of four public files at k = 5 is foreseen as well
/// (hit rate times reciprocal rank 1.3 % lower to 0.5 % higher), and ten million clicks are
/// grouped in 5 s in place of 3.
const CANDIDATES: usize = 250;

/// Hundredths of the sessions that are walked past below which those that are in a group
/// leave the list of their item.
const LEAST_UNUSED: usize = 80;
/// In place of how much a session shares with the present seed: it is in a group.
const USED: f32 = -1.0;

/// More prototypes than a page can afford, 7 bytes each among five hundred items and 11
/// among ten thousand. Beyond them only those are looked for whose first session has an
/// item that was in fewer first sessions than this: a budget takes the newest prototypes,
/// and older ones for the sake of rare items.
const ENOUGH: usize = 50_000;
const SOUGHT: u32 = 4;

/// Prototypes, the newest first.
pub fn prototypes(sessions: &[Session], items: usize, k: usize) -> Vec<Vec<u32>> {
    if k <= 1 {
        return sessions.iter().rev().filter_map(single).collect();
    }
    Grouping::new(sessions, items).run(k)
}

fn single(session: &Session) -> Option<Vec<u32>> {
    let mut items: Vec<u32> = session.distinct().collect();
    let start = items.len().saturating_sub(LONGEST);
    items.drain(..start);
    (items.len() >= 2).then_some(items)
}

/// Numbers in lists, all in one: millions of lists of a few would take longer to
/// allocate than to fill.
#[derive(Debug, Default)]
struct Lists {
    numbers: Vec<u32>,
    /// Where each list begins and ends.
    bounds: Vec<(u32, u32)>,
}

impl Lists {
    /// The distinct items of each session.
    fn distinct(sessions: &[Session]) -> Self {
        let mut lists = Self::default();
        for session in sessions {
            let start = lists.numbers.len() as u32;
            lists.numbers.extend(session.distinct());
            lists.bounds.push((start, lists.numbers.len() as u32));
        }
        lists
    }

    /// The lists that hold each of so many numbers, rising.
    fn holding(&self, numbers: usize) -> Self {
        let mut bounds = vec![(0u32, 0u32); numbers];
        for number in &self.numbers {
            if let Some((_, count)) = bounds.get_mut(*number as usize) {
                *count += 1;
            }
        }
        let mut start = 0;
        for bound in &mut bounds {
            let count = bound.1;
            *bound = (start, start);
            start += count;
        }
        let mut holding = Self { numbers: vec![0; start as usize], bounds };
        for list in 0..self.bounds.len() as u32 {
            for number in self.of(list) {
                let Some((_, end)) = holding.bounds.get_mut(*number as usize) else { continue };
                if let Some(slot) = holding.numbers.get_mut(*end as usize) {
                    *slot = list;
                }
                *end += 1;
            }
        }
        holding
    }

    fn of(&self, list: u32) -> &[u32] {
        let (start, end) = self.bounds.get(list as usize).copied().unwrap_or_default();
        self.numbers.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Of a list from this place on, only what is still wanted stays.
    fn keep(&mut self, list: u32, from: usize, wanted: impl Fn(u32) -> bool) {
        let Some((start, end)) = self.bounds.get_mut(list as usize) else { return };
        let numbers = self.numbers.get_mut(*start as usize..*end as usize).unwrap_or_default();
        let mut kept = from;
        for at in from..numbers.len() {
            let Some(number) = numbers.get(at).copied().filter(|number| wanted(*number)) else {
                continue;
            };
            if let Some(slot) = numbers.get_mut(kept) {
                *slot = number;
                kept += 1;
            }
        }
        *end = *start + kept as u32;
    }
}

struct Grouping<'a> {
    sessions: &'a [Session],
    /// Distinct items of each session.
    distinct: Lists,
    /// Sessions that hold an item, oldest first.
    holding: Lists,
    /// What it counts to share an item.
    weights: Vec<f32>,
    /// How much each session shares with the present seed, or [`USED`]: both in one, because
    /// what takes the time is to fetch them.
    similarity: Vec<f32>,
    /// Members of the present group that have an item.
    met: Vec<u8>,
}

impl<'a> Grouping<'a> {
    fn new(sessions: &'a [Session], items: usize) -> Self {
        let distinct = Lists::distinct(sessions);
        let holding = distinct.holding(items);
        let weight =
            |(start, end): &(u32, u32)| 1.0 / math::ln(f64::from(end - start) + 2.0) as f32;
        let weights = holding.bounds.iter().map(weight).collect();
        let is_short = |(start, end): &(u32, u32)| end - start < 2;
        let similarity = |bounds| if is_short(bounds) { USED } else { 0.0 };
        let similarity = distinct.bounds.iter().map(similarity).collect();
        Self { sessions, distinct, holding, weights, similarity, met: vec![0; items] }
    }

    fn run(mut self, k: usize) -> Vec<Vec<u32>> {
        let mut found = Vec::new();
        let mut sought = vec![0u32; self.holding.bounds.len()];
        for seed in (0..self.sessions.len()).rev() {
            if self.similarity.get(seed) == Some(&USED) {
                continue;
            }
            let mut has_rare = false;
            for item in self.distinct.of(seed as u32) {
                if let Some(sought) = sought.get_mut(*item as usize) {
                    has_rare |= *sought < SOUGHT;
                    *sought += 1;
                }
            }
            if found.len() >= ENOUGH && !has_rare {
                continue;
            }
            let near = self.near(seed, k);
            let members = self.group(seed, k, near);
            if members.len() < k {
                continue;
            }
            let items = self.common(&members);
            if items.len() < 2 {
                continue;
            }
            for member in members {
                if let Some(similarity) = self.similarity.get_mut(member) {
                    *similarity = USED;
                }
            }
            found.push(items);
        }
        found
    }

    /// The sessions nearest to this one, nearest first.
    fn near(&mut self, seed: usize, k: usize) -> Vec<usize> {
        let Self { distinct, holding, weights, similarity, .. } = self;
        let mut touched = Vec::new();
        for item in distinct.of(seed as u32) {
            let weight = weights.get(*item as usize).copied().unwrap_or_default();
            let list = holding.of(*item);
            let (mut from, mut found) = (list.len(), 0);
            for session in list.iter().rev() {
                if found == CANDIDATES {
                    break;
                }
                from -= 1;
                let Some(sum) = similarity.get_mut(*session as usize) else { continue };
                if *sum == USED {
                    continue;
                }
                if *sum == 0.0 {
                    touched.push(*session);
                }
                *sum += weight;
                found += 1;
            }
            // Walked past for each seed, used ones would take the square of the length.
            if found < (list.len() - from) * LEAST_UNUSED / 100 {
                holding
                    .keep(*item, from, |session| similarity.get(session as usize) != Some(&USED));
            }
        }
        let mut nearest = Top::new(k * NEAR);
        for session in touched {
            let Some(sum) = similarity.get_mut(session as usize) else { continue };
            // Newer first among equals: `Top` prefers the smaller number.
            nearest.offer(std::mem::take(sum), u32::MAX - session);
        }
        nearest
            .into_entries()
            .into_iter()
            .map(|(session, _)| (u32::MAX - session) as usize)
            .collect()
    }

    /// The seed and, of these sessions, those of other people by which most becomes
    /// common; k in all or fewer.
    fn group(&mut self, seed: usize, k: usize, mut near: Vec<usize>) -> Vec<usize> {
        let person = |member: usize| self.sessions.get(member).map(|session| session.person);
        let mut members = Vec::new();
        let mut next = Some(seed);
        while let Some(member) = next {
            members.push(member);
            near.retain(|session| person(*session) != person(member));
            for item in self.distinct.of(member as u32) {
                if let Some(met) = self.met.get_mut(*item as usize) {
                    *met = met.saturating_add(1);
                }
            }
            let mut best: Option<(f32, usize)> = None;
            for session in near.iter().filter(|_| members.len() < k) {
                let gain = self.gain(*session);
                if best.is_none_or(|(most, _)| gain > most) {
                    best = Some((gain, *session));
                }
            }
            next = best.map(|(_, session)| session);
        }
        for item in members.iter().flat_map(|member| self.distinct.of(*member as u32)) {
            if let Some(met) = self.met.get_mut(*item as usize) {
                *met = 0;
            }
        }
        members
    }

    /// What this session would make common, or confirm.
    fn gain(&self, session: usize) -> f32 {
        let worth = |item: &u32| {
            let weight = self.weights.get(*item as usize).copied().unwrap_or_default();
            match self.met.get(*item as usize) {
                None | Some(0) => 0.0,
                Some(1) => weight,
                Some(_) => AGAIN * weight,
            }
        };
        self.distinct.of(session as u32).iter().map(worth).sum()
    }

    /// What several members have in common, in the order in which they met it.
    fn common(&self, members: &[usize]) -> Vec<u32> {
        // Item, how often, sum of places in thousandths of the session's length.
        let mut shared: Vec<(u32, usize, usize)> = Vec::new();
        for member in members {
            let items = self.distinct.of(*member as u32);
            for (at, item) in items.iter().enumerate() {
                let place = 1000 * (at + 1) / items.len();
                match shared.iter_mut().find(|(known, ..)| known == item) {
                    Some((_, count, places)) => {
                        *count += 1;
                        *places += place;
                    }
                    None => shared.push((*item, 1, place)),
                }
            }
        }
        shared.retain(|(_, count, _)| *count >= SHARED_BY);
        shared.sort_by_key(|(item, count, _)| (usize::MAX - count, *item));
        shared.truncate(MOST_ITEMS);
        shared.sort_by_key(|(item, count, places)| (places / count, *item));
        shared.into_iter().map(|(item, ..)| item).collect()
    }
}
