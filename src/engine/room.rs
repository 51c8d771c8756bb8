//! Room: the cap of a store, and what goes when there is none left. The shop's
//! own data is never touched to make some.
//!
//! An open page makes do with less where room is scarce, and begins no journal that
//! does not fit. What is given up is of an earlier day, and something of it is left
//! there: its page, if it is open after all, writes it anew and does not take it for
//! an erasure. Must not live here: what is evicted within a journal
//! (`journal`, `fold`).

use super::codec::{self, MOST_COVERS, Record, Snapshot};
use super::compaction::TOO_MANY;
use super::journal::{DocumentId, Journal};
use super::ledger::Ledger;
use super::time::Day;
use super::vault::{Found, Vault};

/// Most characters all records of a store may take together.
pub const LARGEST_STORE: usize = 64 * 1024;
/// What is left free of it: one snapshot, or one journal of the largest size, and
/// what other pages have written that is not visible here yet.
const FREE: usize = codec::LONGEST_TEXT + LONGEST_KEY + UNSEEN;
const UNSEEN: usize = 4 * 1024;
/// Most words of removals that are kept, where no compaction takes them over.
const MOST_WORDS: usize = 64;
/// What a load leaves free for the page's own journal, and the word of what goes.
pub(super) const MARGIN: usize = 1_200;
/// Longest key: `reshelf.`, 64 characters of store, `.j.` and 16 digits.
const LONGEST_KEY: usize = 96;

impl Vault {
    /// Gives up old journals where `need` more characters would leave no room for
    /// one more snapshot: also beside a later release, or after its withdrawal
    /// nothing would ever go.
    /// What is left of journals that were given up before goes too, if `rests`.
    pub(super) fn shed_surplus(
        &mut self,
        ledger: &Ledger,
        found: &[Found],
        need: usize,
        rests: bool,
    ) {
        let size = self.size();
        if size > LARGEST_STORE / 3 {
            self.loose = self.loose.max(TOO_MANY);
        }
        let mut surplus = (size + need).saturating_sub(LARGEST_STORE - FREE);
        let mut removed = Vec::new();
        let mut journals = older(ledger, found);
        journals.retain(|old| rests || old.journal.len() > 1);
        while surplus > 0
            && let Some(old) = oldest(&mut journals)
        {
            let saved = match old.journal.len() {
                1 => old.key.len() + old.length,
                _ => self.give_up(&old),
            };
            if old.journal.len() == 1 {
                removed.push(old);
            }
            surplus = surplus.saturating_sub(saved);
        }
        self.remove_rests(ledger, &removed);
    }

    /// Gives up our own oldest journal to make room, never the shop's data. Whether
    /// there is more room now.
    pub(super) fn shed(&mut self, ledger: &Ledger) -> bool {
        let found = self.read();
        let mut journals = older(ledger, &found);
        // What is left of others is short, and there is no room for the word of it.
        journals.retain(|old| old.journal.len() > 1);
        !self.is_foreign && oldest(&mut journals).is_some_and(|old| self.give_up(&old) > 0)
    }

    /// Leaves one cell of an old journal, and its name: its page, if it is open, puts
    /// the rest back. Returns how many characters that saves.
    fn give_up(&mut self, old: &Old<'_>) -> usize {
        let Old { key, length, id, journal, .. } = old;
        let last = journal.cells().into_iter().next_back();
        let rest = Journal::restored(journal.sequence, journal.acts, last.into_iter());
        let text = codec::encode_journal(journal.epoch, *id, &rest);
        if self.write(key, &text).is_err() {
            return 0;
        }
        self.outbox.put(key, Some(&text));
        length.saturating_sub(text.len())
    }

    /// Removes what is left of journals. The word of it first, as of a fold that keeps
    /// nothing of them: a page whose journal is gone without one takes it for an
    /// erasure. Snapshots that hold such words only become one.
    fn remove_rests(&mut self, ledger: &Ledger, rests: &[Old<'_>]) {
        if rests.is_empty() {
            return;
        }
        let own = self.snapshot_key(ledger.id());
        let (mut journals, mut taken) = (Vec::new(), Vec::new());
        let mut union = Ledger::new(ledger.id());
        for (key, _, record) in self.read() {
            match record {
                Record::Snapshot(found) if key == own || found.journals.is_empty() => {
                    union.cover(&found.covers);
                    journals.extend(found.journals);
                    taken.push(key);
                }
                _ => {}
            }
        }
        let rest_of = |rest: &Old<'_>| (rest.id, rest.journal.sequence);
        union.cover(&rests.iter().map(rest_of).collect::<Vec<_>>());
        union.tidy(if journals.is_empty() { MOST_WORDS } else { MOST_COVERS });
        let snapshot = Snapshot { journals, covers: union.covers().to_vec() };
        let text = codec::encode_snapshot(self.epoch(), &snapshot);
        if text.len() > codec::LONGEST_TEXT || self.write(&own, &text).is_err() {
            return;
        }
        self.outbox.put(&own, Some(&text));
        taken.iter().filter(|key| **key != own).for_each(|key| self.remove(key));
        rests.iter().for_each(|rest| self.remove(rest.key));
    }

    /// Whether the page may begin another journal. Where it may not, what it saw
    /// stays in memory until a compaction has made room: what was stored is worth
    /// more than what is still there to be stored.
    pub(super) fn has_room_for(&mut self, key: &str, text: &str, ledger: &Ledger) -> bool {
        let need = key.len() + text.len();
        let has_room = |vault: &Self| vault.size() + need <= LARGEST_STORE - FREE;
        if has_room(self) {
            return true;
        }
        let found = self.read();
        // Not what is left of others: the words of all open pages that want room at once
        // would take more of it than they make.
        self.shed_surplus(ledger, &found, need, false);
        has_room(self)
    }

    /// Whether one page may leave more than one journal, and a long one: even if
    /// the next one grows as long as can be, all fits.
    pub(super) fn is_roomy(&self) -> bool {
        self.size() < LARGEST_STORE / 2
    }

    /// Whether the store stays below its cap while this record is written, whatever
    /// others have written that is not visible here yet.
    pub(super) fn fits(&self, key: &str, text: &str) -> bool {
        let before = self.length(key);
        self.size() + key.len() + text.len() <= LARGEST_STORE - UNSEEN + before
    }

    /// Characters that all keys and records of the store take.
    fn size(&self) -> usize {
        let keys = self.area.keys(&self.prefix).unwrap_or_default();
        keys.iter().filter(|key| self.owns(key)).map(|key| self.length(key)).sum()
    }

    /// Characters that a record takes with its key.
    fn length(&self, key: &str) -> usize {
        self.area.length(key).map_or(0, |length| if length > 0 { key.len() + length } else { 0 })
    }
}

/// A journal that may be given up.
struct Old<'a> {
    /// The last one with evidence.
    day: Day,
    key: &'a String,
    length: usize,
    id: DocumentId,
    journal: &'a Journal,
}

/// Journals of others that may be given up, by name. None of the last day:
/// its page may be open, and Firefox refuses writes for want of room that it has,
/// when several tabs write at once.
fn older<'a>(ledger: &Ledger, found: &'a [Found]) -> Vec<Old<'a>> {
    let journals = found.iter().filter_map(|(key, text, record)| match record {
        Record::Journal(id, journal) => {
            Some(Old { day: journal.last_day()?, key, length: text.len(), id: *id, journal })
        }
        _ => None,
    });
    let mut journals: Vec<_> = journals.collect();
    let days = journals.iter().map(|old| old.day);
    let today = days.chain(ledger.own().last_day()).max().unwrap_or_default();
    journals.retain(|old| {
        // An open page has had a day to hear of it, and to put back what was taken out.
        let days = 1 + u32::from(old.journal.len() == 1);
        old.day.0 + days <= today.0 && old.id != ledger.id()
    });
    journals
}

/// Takes the oldest journal out: one after the other instead of sorted, for the
/// standard library's sort is two kilobytes of WebAssembly for each type.
fn oldest<'a>(journals: &mut Vec<Old<'a>>) -> Option<Old<'a>> {
    let (at, _) = journals.iter().enumerate().min_by_key(|(_, old)| old.day)?;
    Some(journals.remove(at))
}
