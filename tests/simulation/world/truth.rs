//! The truth, kept outside of the storage: every event is a token, and for each
//! copy of each journal the truth knows which tokens it holds. Must not live
//! here: what may be missing in the end (`verdict`).

use super::origin::{Map, Number};
use reshelf::engine::codec::{self, Record};
use reshelf::engine::fold::fold;
use reshelf::engine::journal::{DocumentId, Journal};
use reshelf::engine::ledger::Cover;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

pub type Token = u32;

/// Why a token may be missing in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excuse {
    /// In the last moments before the browser was killed.
    Killed,
    /// Given up for want of room.
    Shed,
    /// In a record that was damaged or evicted, and nowhere else.
    Damaged,
}

/// What is known of an event.
#[derive(Clone, Debug)]
pub struct Fact {
    pub page: Number,
    /// Which of the counted items it was about.
    pub item: usize,
    /// The wall clock then.
    pub wall: f64,
    /// When `save` returned and storage had taken it.
    pub kept_at: Option<u64>,
    /// When its page had been given the storage.
    pub since: u64,
    pub excuse: Option<Excuse>,
    /// It was forgotten by the shopper's own word, and that is finished.
    pub is_forgotten: bool,
}

#[derive(Debug, Default)]
pub struct Truth {
    pub facts: Vec<Fact>,
    /// Tokens by journal, in the order of its sequence numbers; all of a fold.
    ghosts: HashMap<DocumentId, Vec<Token>>,
    folds: HashSet<DocumentId>,
    /// Copies that became part of some fold.
    folded: HashSet<Cover>,
    /// Journals of which some copy was given up for want of room.
    pub shed: HashSet<DocumentId>,
    /// What the simulation itself could not explain: it is then wrong.
    pub puzzles: Vec<String>,
}

impl Truth {
    /// An event that the journal takes in as its next sequence number.
    pub fn track(&mut self, journal: DocumentId, fact: Fact) -> Token {
        let token = self.facts.len() as Token;
        self.facts.push(fact);
        self.ghosts.entry(journal).or_default().push(token);
        token
    }

    /// The page's journal was `old` and is `new`; `known` are the sequence
    /// numbers of the page's journals. A later journal begins with what the
    /// one before held beyond the copy that was folded.
    pub fn follow(&mut self, old: DocumentId, new: DocumentId, known: &HashMap<DocumentId, u32>) {
        let before = self.ghosts.get(&old).cloned().unwrap_or_default();
        let mut id = old;
        while id != new {
            id = id.next();
            let length = known.get(&id).copied().unwrap_or(0) as usize;
            let from = before.len().saturating_sub(length);
            self.ghosts.insert(id, before.get(from..).unwrap_or_default().to_vec());
        }
    }

    /// The tokens in a copy of a journal.
    pub fn content(&mut self, id: DocumentId, sequence: u32) -> &[Token] {
        let Some(tokens) = self.ghosts.get(&id) else {
            self.puzzles.push(format!("nobody wrote {:x}", id.0));
            return &[];
        };
        let length = if self.folds.contains(&id) { tokens.len() } else { sequence as usize };
        tokens.get(..length).unwrap_or_else(|| {
            self.puzzles.push(format!("{:x} is said to be at {sequence}", id.0));
            tokens
        })
    }

    /// All that a journal ever held.
    pub fn all_of(&self, id: DocumentId) -> Vec<Token> {
        self.ghosts.get(&id).cloned().unwrap_or_default()
    }

    /// All tokens in a record.
    pub fn tokens(&mut self, text: &str) -> Vec<Token> {
        let journals = match codec::decode(text) {
            Ok((_, Record::Journal(id, journal))) => vec![(id, journal)],
            Ok((_, Record::Snapshot(snapshot))) => snapshot.journals,
            _ => Vec::new(),
        };
        let mut tokens = Vec::new();
        for (id, journal) in journals {
            tokens.extend_from_slice(self.content(id, journal.sequence));
        }
        tokens
    }

    pub fn excuse(&mut self, tokens: &[Token], excuse: Excuse) {
        for token in tokens {
            self.facts[*token as usize].excuse.get_or_insert(excuse);
        }
    }

    /// Finds out what new folds in a snapshot are made of. A fold's name is
    /// computed from its members, so that this is either right or noticed.
    /// `before` is what the page saw when it made the snapshot, `read` are the
    /// snapshots it had read.
    pub fn explain(&mut self, before: &Map, read: &[Rc<str>], text: &str) {
        let Ok((_, Record::Snapshot(snapshot))) = codec::decode(text) else { return };
        let is_new = |(id, _): &&(DocumentId, Journal)| !self.ghosts.contains_key(id);
        let Some((name, _)) = snapshot.journals.iter().find(is_new) else { return };
        let name = *name;
        let (mut seen, mut covered) = (HashSet::new(), HashSet::new());
        for text in before.values() {
            if let Ok((_, Record::Snapshot(snapshot))) = codec::decode(text) {
                seen.extend(snapshot.journals.iter().map(|(id, _)| *id));
                covered.extend(snapshot.covers);
            }
        }
        let mut known = covered.clone();
        for text in read {
            if let Ok((_, Record::Snapshot(snapshot))) = codec::decode(text) {
                known.extend(snapshot.covers);
            }
        }
        for covered in [known, covered] {
            let new = snapshot.covers.iter().filter(|cover| !covered.contains(cover));
            let new: BTreeMap<DocumentId, u32> = new.copied().collect();
            if self.is_fold_of(name, &new.into_iter().collect::<Vec<_>>(), &seen) {
                return;
            }
        }
        self.puzzles.push(format!("{:x} is a fold of nothing known", name.0));
    }

    fn is_fold_of(&mut self, name: DocumentId, new: &[Cover], seen: &HashSet<DocumentId>) -> bool {
        let first: Vec<_> = new.iter().copied().filter(|(id, _)| seen.contains(id)).collect();
        for members in self.guesses(&first) {
            let inner = name_of(&members);
            if inner == name {
                self.note_fold(name, &members);
                return true;
            }
            // That fold was folded at once with all others.
            if new.contains(&(inner, 1)) {
                self.note_fold(inner, &members);
                let rest = new.iter().copied().filter(|cover| !members.contains(cover));
                let rest: Vec<_> = rest.collect();
                return self.is_fold_of_some(name, &rest);
            }
        }
        self.is_fold_of_some(name, new)
    }

    fn is_fold_of_some(&mut self, name: DocumentId, members: &[Cover]) -> bool {
        let found = self.guesses(members).into_iter().find(|members| name_of(members) == name);
        found.iter().for_each(|members| self.note_fold(name, members));
        found.is_some()
    }

    /// Members, with and without those that the page may have known to be part
    /// of another fold.
    fn guesses(&self, members: &[Cover]) -> Vec<Vec<Cover>> {
        let doubtful = members.iter().filter(|cover| self.folded.contains(cover));
        let doubtful: Vec<_> = doubtful.copied().take(12).collect();
        let without = |mask: usize| {
            let is_left_out = |cover: &Cover| {
                doubtful
                    .iter()
                    .position(|known| known == cover)
                    .is_some_and(|at| mask >> at & 1 == 1)
            };
            members.iter().copied().filter(|cover| !is_left_out(cover)).collect()
        };
        (0..1 << doubtful.len()).map(without).collect()
    }

    fn note_fold(&mut self, name: DocumentId, members: &[Cover]) {
        let mut tokens = Vec::new();
        for (id, sequence) in members {
            tokens.extend_from_slice(self.content(*id, *sequence));
        }
        self.folded.extend(members);
        self.ghosts.insert(name, tokens);
        self.folds.insert(name);
    }
}

/// The engine's own name for a fold of these copies.
fn name_of(members: &[Cover]) -> DocumentId {
    let empty = |sequence| Journal::restored(sequence, 0, std::iter::empty());
    let journals: Vec<_> = members.iter().map(|(id, sequence)| (*id, empty(*sequence))).collect();
    fold(&journals.iter().map(|(id, journal)| (*id, journal)).collect::<Vec<_>>()).0
}
