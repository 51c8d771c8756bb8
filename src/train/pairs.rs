//! Which items are looked at in one session, how near, and by how many people.
//! `cli/sql/pairs.sql` computes the same table; this is what it is tested against.
//! Must not live here: which pairs are kept (`table`).

use super::corpus::Session;
use std::collections::HashMap;

/// Items further apart than this in a session say nothing of each other.
pub const WINDOW: usize = 8;
/// Thousandths of a pair at distance 1, 2 …: e^(−(distance − 1)/2), rounded.
pub const AFTER: [u32; WINDOW] = [1000, 607, 368, 223, 135, 82, 50, 30];
/// The same for what stands before: 0.7 of it.
pub const BEFORE: [u32; WINDOW] = [700, 425, 258, 156, 95, 57, 35, 21];

/// A pair of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The item that was looked at.
    pub from: u32,
    /// The item that is recommended then.
    pub to: u32,
    /// Distinct people behind it.
    pub support: u32,
    /// Thousandths, of each person its nearest, summed over people. An integer,
    /// because a sum of floats depends on its order, and a database promises none.
    pub weight: u64,
}

/// All pairs, rising by `from`, then `to`.
pub fn count(sessions: &[Session]) -> Vec<Pair> {
    let mut found: Vec<(u64, u32, u32)> = Vec::new();
    let mut best: HashMap<u64, u32> = HashMap::new();
    for session in sessions {
        let items = session.recent();
        for (at, from) in items.iter().enumerate() {
            let later = items.get(at + 1..).unwrap_or_default();
            for (to, (after, before)) in later.iter().zip(AFTER.iter().zip(BEFORE)) {
                if from == to {
                    continue;
                }
                for (a, b, weight) in [(*from, *to, *after), (*to, *from, before)] {
                    let entry = best.entry(u64::from(a) << 32 | u64::from(b)).or_default();
                    *entry = weight.max(*entry);
                }
            }
        }
        found.extend(best.drain().map(|(key, weight)| (key, session.person, weight)));
    }
    // Of each person the nearest counts: it stands last.
    found.sort_unstable();
    let mut pairs: Vec<Pair> = Vec::new();
    for (at, (key, person, weight)) in found.iter().enumerate() {
        if found.get(at + 1).is_some_and(|next| (next.0, next.1) == (*key, *person)) {
            continue;
        }
        let (from, to) = ((key >> 32) as u32, *key as u32);
        match pairs.last_mut().filter(|pair| (pair.from, pair.to) == (from, to)) {
            Some(pair) => {
                pair.support += 1;
                pair.weight += u64::from(*weight);
            }
            None => pairs.push(Pair { from, to, support: 1, weight: u64::from(*weight) }),
        }
    }
    pairs
}
