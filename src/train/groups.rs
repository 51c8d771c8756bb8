//! Session prototypes. At k = 1 they are sessions themselves; above, groups of k
//! sessions of k people of which only what several have in common is kept
//! (micro-aggregation: Domingo-Ferrer and Mateo-Sanz, TKDE 2002).
//!
//! A group is the newest session that is in none yet, and those nearest to it by
//! the items they share, rare ones counting more. Must not live here: how many
//! prototypes a budget allows (`plan`).

use super::corpus::{Session, counts};
use crate::engine::artifact::prototypes::LONGEST;
use crate::engine::math;
use crate::engine::recommend::top::Top;

/// Most items of a prototype of several people.
const MOST_ITEMS: usize = 16;
/// Members that must have an item for it to be kept.
const SHARED_BY: usize = 2;
/// Newest sessions of an item that are compared: enough to find near ones, and a
/// bound on the time for items that everybody looks at.
const CANDIDATES: usize = 500;

/// More prototypes than a page can afford, some 20 bytes each. Beyond them only
/// those are looked for whose first session has an item that was in fewer first
/// sessions than this: a budget takes the newest prototypes, and older ones for the
/// sake of rare items.
const ENOUGH: usize = 50_000;
const SOUGHT: u32 = 16;

/// Prototypes, the newest first.
pub fn prototypes(sessions: &[Session], items: usize, k: usize) -> Vec<Vec<u32>> {
    if k <= 1 {
        return sessions.iter().rev().filter_map(single).collect();
    }
    Grouping::new(sessions, items).run(k)
}

fn single(session: &Session) -> Option<Vec<u32>> {
    let mut items = session.distinct();
    let start = items.len().saturating_sub(LONGEST);
    items.drain(..start);
    (items.len() >= 2).then_some(items)
}

/// The newest sessions of a list that are not used yet. The used ones among them
/// leave the list: walked past for each seed, they would take the square of its
/// length.
fn newest_unused<'a>(holding: &'a mut Vec<u32>, used: &[bool]) -> &'a [u32] {
    let unused = |session: &u32| used.get(*session as usize) == Some(&false);
    let mut found = 0;
    let seen = holding
        .iter()
        .rev()
        .take_while(|session| {
            let more = found < CANDIDATES;
            found += usize::from(unused(session));
            more
        })
        .count();
    let start = holding.len() - seen;
    if found < seen {
        let newest: Vec<u32> = holding.drain(start..).filter(unused).collect();
        holding.extend(newest);
    }
    holding.get(start..).unwrap_or_default()
}

struct Grouping<'a> {
    sessions: &'a [Session],
    /// Distinct items of each session.
    distinct: Vec<Vec<u32>>,
    /// Sessions that hold an item, oldest first.
    holding: Vec<Vec<u32>>,
    /// What it counts to share an item.
    weights: Vec<f32>,
    used: Vec<bool>,
}

impl<'a> Grouping<'a> {
    fn new(sessions: &'a [Session], items: usize) -> Self {
        let distinct: Vec<Vec<u32>> = sessions.iter().map(Session::distinct).collect();
        let mut holding = vec![Vec::new(); items];
        for (session, items) in (0u32..).zip(&distinct) {
            for item in items {
                if let Some(list) = holding.get_mut(*item as usize) {
                    list.push(session);
                }
            }
        }
        let weight = |count: u32| 1.0 / math::ln(f64::from(count) + 2.0) as f32;
        let weights = counts(sessions, items).into_iter().map(weight).collect();
        let used = distinct.iter().map(|items| items.len() < 2).collect();
        Self { sessions, distinct, holding, weights, used }
    }

    fn run(mut self, k: usize) -> Vec<Vec<u32>> {
        let mut found = Vec::new();
        let mut similarity = vec![0f32; self.sessions.len()];
        let mut sought = vec![0u32; self.holding.len()];
        for seed in (0..self.sessions.len()).rev() {
            if self.used.get(seed) != Some(&false) {
                continue;
            }
            let mut has_rare = false;
            for item in self.distinct.get(seed).into_iter().flatten() {
                if let Some(sought) = sought.get_mut(*item as usize) {
                    has_rare |= *sought < SOUGHT;
                    *sought += 1;
                }
            }
            if found.len() >= ENOUGH && !has_rare {
                continue;
            }
            let members = self.group(seed, k, &mut similarity);
            if members.len() < k {
                continue;
            }
            let items = self.common(&members);
            if items.len() < 2 {
                continue;
            }
            for member in members {
                if let Some(used) = self.used.get_mut(member) {
                    *used = true;
                }
            }
            found.push(items);
        }
        found
    }

    /// The seed and the sessions of other people nearest to it, k in all or fewer.
    fn group(&mut self, seed: usize, k: usize, similarity: &mut [f32]) -> Vec<usize> {
        let mut touched = Vec::new();
        for item in self.distinct.get(seed).into_iter().flatten() {
            let weight = self.weights.get(*item as usize).copied().unwrap_or_default();
            let Some(holding) = self.holding.get_mut(*item as usize) else { continue };
            for session in newest_unused(holding, &self.used) {
                let Some(sum) = similarity.get_mut(*session as usize) else { continue };
                if *sum == 0.0 {
                    touched.push(*session);
                }
                *sum += weight;
            }
        }
        // More than k, because several may be of one person.
        let mut nearest = Top::new(k * 8);
        for session in touched {
            let Some(sum) = similarity.get_mut(session as usize) else { continue };
            // Newer first among equals: `Top` prefers the smaller number.
            nearest.offer(std::mem::take(sum), u32::MAX - session);
        }
        let mut members = vec![seed];
        for (session, _) in nearest.into_entries() {
            let session = (u32::MAX - session) as usize;
            let person = |member: usize| self.sessions.get(member).map(|session| session.person);
            if members.len() < k && members.iter().all(|member| person(*member) != person(session))
            {
                members.push(session);
            }
        }
        members
    }

    /// What several members have in common, in the order in which they met it.
    fn common(&self, members: &[usize]) -> Vec<u32> {
        // Item, how often, sum of places in thousandths of the session's length.
        let mut shared: Vec<(u32, usize, usize)> = Vec::new();
        for member in members {
            let Some(items) = self.distinct.get(*member) else { continue };
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
