//! What the trainer reads: sessions as lists of item numbers, oldest first. Must
//! not live here: texts and files.

use std::collections::HashMap;

/// Most items of a session that count, the newest: what is longer is a crawler,
/// or somebody who would outweigh a hundred others.
pub const LONGEST_SESSION: usize = 30;

/// One session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// Items, oldest first; repetitions are kept.
    pub items: Vec<u32>,
    /// Who it was, as a number; a person of its own where people are not known.
    pub person: u32,
    /// The day of its last event, as a number.
    pub day: i32,
}

impl Session {
    /// The items that count: the newest [`LONGEST_SESSION`].
    pub fn recent(&self) -> &[u32] {
        let start = self.items.len().saturating_sub(LONGEST_SESSION);
        self.items.get(start..).unwrap_or_default()
    }

    /// Distinct items in the order of their last appearance.
    pub fn distinct(&self) -> impl Iterator<Item = u32> {
        let recent = self.recent();
        let is_last = move |(at, item): &(usize, &u32)| {
            !recent.get(at + 1..).unwrap_or_default().contains(item)
        };
        recent.iter().enumerate().filter(is_last).map(|(_, item)| *item)
    }
}

/// Distinct items, the newest first.
pub fn newest_first(items: &[u32]) -> Vec<u32> {
    let mut distinct = Vec::with_capacity(items.len());
    for item in items.iter().rev() {
        if !distinct.contains(item) {
            distinct.push(*item);
        }
    }
    distinct
}

/// Sessions of a shop and the ids of its items.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// Ids, by number.
    pub ids: Vec<String>,
    /// Sessions, oldest first.
    pub sessions: Vec<Session>,
    numbers: HashMap<String, u32>,
}

impl Corpus {
    /// The number of an id, new if need be.
    pub fn number(&mut self, id: &str) -> u32 {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = self.ids.len() as u32;
        self.ids.push(id.to_owned());
        self.numbers.insert(id.to_owned(), number);
        number
    }

    /// Clicks in all sessions.
    pub fn clicks(&self) -> usize {
        self.sessions.iter().map(|session| session.items.len()).sum()
    }

    /// Sessions that each item appears in.
    pub fn counts(&self) -> Vec<u32> {
        counts(&self.sessions, self.ids.len())
    }
}

/// Sessions that each of so many items appears in.
pub fn counts(sessions: &[Session], items: usize) -> Vec<u32> {
    // Of each item also the last session, from 1, that it was counted in.
    let mut counts = vec![(0, 0); items];
    for (session, number) in sessions.iter().zip(1u32..) {
        for item in session.recent() {
            if let Some((count, last)) = counts.get_mut(*item as usize)
                && std::mem::replace(last, number) != number
            {
                *count += 1;
            }
        }
    }
    counts.into_iter().map(|(count, _)| count).collect()
}
