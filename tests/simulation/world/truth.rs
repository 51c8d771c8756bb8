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
    /// It may count twice: the killed browser's storage came back from before more
    /// was folded than a snapshot remembers.
    pub may_double: bool,
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

    /// How many copies became part of some fold so far.
    pub fn folded(&self) -> usize {
        self.folded.len()
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

    /// The same for all that a page has stored.
    pub fn excuse_page(&mut self, page: Number, excuse: Excuse) {
        for fact in self.facts.iter_mut().filter(|fact| fact.page == page) {
            fact.excuse.get_or_insert(excuse);
        }
    }

    /// Finds out what new folds in a snapshot are made of. A fold's name is
    /// computed from its members, so that this is either right or noticed.
    /// `before` is what the page saw when it made the snapshot, `mirrored` what the
    /// mirror had, `read` are the snapshots it had read.
    pub fn explain(
        &mut self,
        page: DocumentId,
        before: &Map,
        mirrored: &[String],
        read: &[Rc<str>],
        text: &str,
    ) {
        let Ok((_, Record::Snapshot(snapshot))) = codec::decode(text) else { return };
        let is_new = |(id, _): &&(DocumentId, Journal)| !self.ghosts.contains_key(id);
        let names: Vec<_> = snapshot.journals.iter().filter(is_new).map(|(id, _)| *id).collect();
        if names.is_empty() {
            return;
        }
        let (mut seen, mut covered) = (HashSet::new(), HashSet::new());
        let mut stored: HashMap<DocumentId, u32> = HashMap::new();
        let mut note = |id, sequence| {
            let known = stored.entry(id).or_insert(sequence);
            *known = (*known).max(sequence);
        };
        for text in before.values() {
            match codec::decode(text) {
                Ok((_, Record::Snapshot(snapshot))) => {
                    snapshot.journals.iter().for_each(|(id, journal)| note(*id, journal.sequence));
                    seen.extend(snapshot.journals.iter().map(|(id, _)| *id));
                    covered.extend(snapshot.covers);
                }
                Ok((_, Record::Journal(id, journal))) => note(id, journal.sequence),
                _ => {}
            }
        }
        // What only the mirror had is taken as what was in a snapshot before.
        for text in mirrored {
            let journals = match codec::decode(text) {
                Ok((_, Record::Journal(id, journal))) => vec![(id, journal)],
                Ok((_, Record::Snapshot(snapshot))) => snapshot.journals,
                _ => Vec::new(),
            };
            let news = journals.iter().filter(|(id, copy)| stored.get(id) < Some(&copy.sequence));
            seen.extend(news.map(|(id, _)| *id));
        }
        let mut known = covered.clone();
        for text in read {
            if let Ok((_, Record::Snapshot(snapshot))) = codec::decode(text) {
                known.extend(snapshot.covers);
            }
        }
        let new = |covered: &HashSet<Cover>| {
            let new = snapshot.covers.iter().filter(|cover| !covered.contains(cover));
            let new: BTreeMap<DocumentId, u32> = new.copied().collect();
            new.into_iter().collect::<Vec<_>>()
        };
        for new in [new(&known), new(&covered)] {
            self.unravel(page, &new, &seen, &names);
        }
        for name in names.iter().filter(|name| !self.ghosts.contains_key(name)) {
            self.puzzles.push(format!("{:x} is a fold of nothing known", name.0));
        }
    }

    /// Finds folds among what is newly covered, and folds of these: what was in a
    /// snapshot before is folded together, so are the page's own, and one that is
    /// too long is folded alone.
    fn unravel(
        &mut self,
        page: DocumentId,
        new: &[Cover],
        seen: &HashSet<DocumentId>,
        names: &[DocumentId],
    ) {
        let mut used = HashSet::new();
        loop {
            let inner = new.iter().filter(|(_, sequence)| *sequence == 1).map(|(id, _)| *id);
            let unknown: Vec<_> = names.iter().copied().chain(inner).collect();
            let unknown = unknown.into_iter().filter(|id| !self.ghosts.contains_key(id));
            let is_free = |(id, _): &&Cover| self.ghosts.contains_key(id) && !used.contains(id);
            let free: Vec<Cover> = new.iter().filter(is_free).copied().collect();
            let some = |is_member: &dyn Fn(DocumentId) -> bool| -> Vec<Cover> {
                free.iter().copied().filter(|(id, _)| is_member(*id)).collect()
            };
            let mut groups = vec![
                some(&|id| seen.contains(&id)),
                some(&|id| id.page() == page),
                some(&|id| id.page() == page || self.folds.contains(&id)),
                some(&|id| id.page() != page),
                free.clone(),
            ];
            groups.extend(free.iter().map(|cover| vec![*cover]));
            let mut guesses = groups.iter().flat_map(|group| self.guesses(group));
            let unknown: HashSet<_> = unknown.collect();
            let Some(found) = guesses.find(|members| unknown.contains(&name_of(members))) else {
                return;
            };
            drop(guesses);
            used.extend(found.iter().map(|(id, _)| *id));
            self.note_fold(name_of(&found), &found);
        }
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
