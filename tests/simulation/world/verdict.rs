//! The judgement: each event that was acknowledged counts exactly once in the
//! end, but for what the stated bounds allow. Must not live here: the truth
//! itself (`truth`).

use super::browser::World;
use super::origin::Number;
use super::outcome::Outcome;
use super::probe;
use super::tab::{COUNTED, Mirror, Tab};
use super::truth::Excuse;
use reshelf::engine::codec::LONGEST_TEXT;
use reshelf::engine::compaction::Pace;
use reshelf::engine::intern::{FeatureKey, Namespace};
use reshelf::engine::journal::{DocumentId, Journal};
use reshelf::engine::profile::Totals;
use reshelf::engine::room::LARGEST_STORE;
use reshelf::engine::time::Millis;
use std::collections::{BTreeMap, HashMap};

/// Evidence of an item put into the cart.
const WEIGHT: f64 = 5.0;

impl World {
    /// Every record there is, and where.
    fn all_records(&self) -> Vec<(String, String)> {
        let origin = self.origin.borrow();
        let stored = origin.process.iter();
        let stored = stored.map(|(key, text)| (format!("localStorage {key}"), text.to_string()));
        let mirror = self.database.records.iter();
        let mirror = mirror.map(|(key, text)| (format!("mirror {key}"), text.clone()));
        stored.chain(mirror).collect()
    }

    /// Records that hold what was forgotten.
    pub fn find_leftovers(&mut self) {
        for (place, text) in self.all_records() {
            let tokens = self.truth.tokens(&text);
            let is_forgotten = |token: &&u32| self.truth.facts[**token as usize].is_forgotten;
            let count = tokens.iter().filter(is_forgotten).count();
            if count > 0 {
                self.say(0, || format!("{count} forgotten events are left in {place}"));
                self.erased_left_bytes += text.len();
            }
        }
    }

    /// For whoever reads the trace: what counts now, by both stores together.
    pub fn tell_what_counts(&mut self) {
        if !self.trace {
            return;
        }
        let process = self.origin.borrow().process.clone();
        let storage = process.iter().map(|(key, text)| (key.to_string(), text.to_string()));
        let journals = probe::journals(storage.collect(), &self.database.lines());
        let counts = self.counted(&journals, &mut Outcome::default());
        let doubled = counts.values().filter(|count| **count > 1).count();
        self.say(0, || format!("{} events count, {doubled} of them not once", counts.len()));
    }

    /// After a kill: erasures that the disk had not heard of.
    pub fn note_undone(&mut self) {
        let mut earliest = u64::MAX;
        let texts: Vec<_> = self.origin.borrow().process.values().cloned().collect();
        for text in texts {
            for token in self.truth.tokens(&text) {
                earliest =
                    earliest.min(self.truth.facts[token as usize].kept_at.unwrap_or(u64::MAX));
            }
        }
        let now = self.now;
        for erasure in self.erasures.iter_mut().filter(|erasure| earliest < erasure.at) {
            erasure.undo(now);
        }
        for fact in &mut self.truth.facts {
            let is_forgotten =
                |kept_at| self.erasures.iter().any(|e| e.resolved_at.is_some() && kept_at < e.at);
            fact.is_forgotten = fact.kept_at.is_some_and(is_forgotten);
        }
    }

    /// Opens a last page, which takes in all there is and compacts until nothing
    /// changes.
    pub fn judge(mut self) -> Outcome {
        let mut outcome = Outcome::default();
        self.origin.borrow_mut().refusing = 0;
        let page = self.next_number as Number + 1;
        self.origin.borrow_mut().open(page);
        self.tabs.insert(page, Tab::new(page, 0, DocumentId(u64::MAX << 16)));
        self.attach(page);
        if let Some(tab) = self.tabs.get_mut(&page) {
            tab.mirror = Mirror::Open;
        }
        self.take_in(page);
        let first = self.counts(page, &mut outcome);
        // As many as fit are moved at once, and a store that nobody could compact has
        // many: without locks.
        for _ in 0..if self.plan.has_locks { 4 } else { 20 } {
            self.take_in(page);
            self.fold_away(page, Some(&[]), Pace::Settled);
        }
        // What a page wrote at the moment in which another shortened its journal.
        for id in self.truth.shed.clone() {
            let tokens = self.truth.all_of(id);
            self.truth.excuse(&tokens, Excuse::Shed);
        }
        let last = self.counts(page, &mut outcome);
        // What was given up may count until its last copy goes.
        let is_kept = |token: &u32| self.truth.facts[*token as usize].excuse != Some(Excuse::Shed);
        let kept = |counts: &HashMap<u32, u32>| {
            let kept = counts.iter().filter(|(token, _)| is_kept(token));
            kept.map(|(token, count)| (*token, *count)).collect::<HashMap<_, _>>()
        };
        if kept(&first) != kept(&last) {
            outcome.faults.push("a compaction changed what counts".to_owned());
        }
        self.judge_tokens(&last, &mut outcome);
        self.judge_sums(page, &last, &mut outcome);
        self.judge_stores(page, &last, &mut outcome);
        outcome
    }

    /// How often each token counts for a page.
    fn counts(&mut self, page: Number, outcome: &mut Outcome) -> HashMap<u32, u32> {
        let journals = self.tabs.get(&page).map(|tab| probe::decoded(&tab.session));
        let journals = journals.unwrap_or_default();
        self.counted(&journals, outcome)
    }

    fn counted(
        &mut self,
        journals: &[(DocumentId, Journal)],
        outcome: &mut Outcome,
    ) -> HashMap<u32, u32> {
        let mut counts = HashMap::new();
        for (id, journal) in journals {
            let tokens = self.truth.content(*id, journal.sequence);
            tokens.iter().for_each(|token| *counts.entry(*token).or_default() += 1);
            if tokens.len() != journal.acts as usize {
                let found = (tokens.len(), journal.acts);
                outcome.faults.push(format!("{:x}: {found:?} tokens and acts", id.0));
            }
        }
        counts
    }

    fn judge_tokens(&mut self, counts: &HashMap<u32, u32>, outcome: &mut Outcome) {
        for (token, fact) in self.truth.facts.iter().enumerate() {
            let count = counts.get(&(token as u32)).copied().unwrap_or(0);
            if count > 1 && fact.may_double {
                outcome.revived += 1;
            } else if count > 1 {
                outcome.doubled += 1;
                if outcome.doubled == 1 {
                    outcome.faults.push(format!("token {token} counts {count} times: {fact:?}"));
                }
            }
            let Some(kept_at) = fact.kept_at else {
                outcome.never_stored += 1;
                continue;
            };
            outcome.acknowledged += 1;
            outcome.shed += u64::from(fact.excuse == Some(Excuse::Shed));
            if fact.is_forgotten {
                outcome.remembered += u64::from(count > 0);
                if count > 0 && outcome.remembered == 1 {
                    outcome.faults.push(format!("token {token} was forgotten: {fact:?}"));
                }
                continue;
            }
            if count > 0 {
                continue;
            }
            let is_late = self.erasures.iter().any(|erasure| match kept_at < erasure.at {
                true => true,
                // Or its own withdrawal, whose last removal came after it was granted again.
                false => {
                    (erasure.page != fact.page || erasure.at < fact.since)
                        && erasure.may_concern(fact.since)
                }
            });
            match fact.excuse {
                Some(Excuse::Killed) => outcome.killed += 1,
                Some(Excuse::Damaged) => outcome.damaged += 1,
                Some(Excuse::Shed) => {}
                _ if is_late => outcome.late += 1,
                _ => {
                    outcome.lost += 1;
                    if outcome.lost == 1 {
                        outcome.faults.push(format!("token {token} is lost: {fact:?}"));
                    }
                }
            }
        }
    }

    /// The evidence itself: sums of the counted items.
    fn judge_sums(&mut self, page: Number, counts: &HashMap<u32, u32>, outcome: &mut Outcome) {
        // Of what was given up for want of room something is left.
        if !self.plan.keeps_time() || !self.truth.shed.is_empty() {
            return;
        }
        let now = Millis::from_js(self.wall());
        let journals = self.tabs.get(&page).map(|tab| probe::decoded(&tab.session));
        let cells: Vec<_> =
            journals.unwrap_or_default().iter().flat_map(|(_, journal)| journal.cells()).collect();
        let totals = Totals::read(cells.into_iter(), now.minute());
        let mut wanted = [0.0; COUNTED];
        for (token, count) in counts {
            let fact = &self.truth.facts[*token as usize];
            if let Some(sum) = wanted.get_mut(fact.item) {
                let days = (now.minute().to_js() - fact.wall) / 864e5;
                *sum += f64::from(*count) * WEIGHT * (-days / 90.0).exp2();
            }
        }
        for (at, wanted) in wanted.into_iter().enumerate() {
            let key = FeatureKey::new(Namespace::Category, &format!("category {at}"));
            let [.., found] = totals.get(key);
            if (found - wanted).abs() > 1e-4 * wanted.max(1.0) {
                outcome.wrong_sums += 1;
                if outcome.wrong_sums == 1 {
                    outcome.faults.push(format!("category {at}: {found} instead of {wanted}"));
                }
            }
        }
    }

    /// Either store alone holds all; nothing is over its cap or was forgotten.
    fn judge_stores(&mut self, page: Number, counts: &HashMap<u32, u32>, outcome: &mut Outcome) {
        let pending = self.tabs.get_mut(&page).map(|tab| std::mem::take(&mut tab.pending));
        let changes: Vec<_> = pending.unwrap_or_default().into_iter().collect();
        self.database.apply(&changes);
        let storage: BTreeMap<String, String> = {
            let view = self.origin.borrow().view(page);
            view.iter().map(|(key, text)| (key.to_string(), text.to_string())).collect()
        };
        let alone = probe::journals(storage, &[]);
        if self.counted(&alone, outcome) != *counts {
            outcome.faults.push("localStorage alone does not hold all".to_owned());
        }
        let alone = probe::journals(BTreeMap::new(), &self.database.lines());
        if self.counted(&alone, outcome) != *counts {
            outcome.faults.push("the mirror alone does not hold all".to_owned());
        }
        self.find_leftovers();
        outcome.pages = self.loads;
        outcome.largest_store = self.largest_store as u64;
        outcome.largest_record = self.largest_record as u64;
        outcome.erasures = self.erasures.len() as u64;
        outcome.undone = self.erasures.iter().filter(|e| e.resolved_at.is_none()).count() as u64;
        outcome.false_alarms = u64::from(self.false_alarms);
        outcome.shed_alarms = u64::from(self.shed_alarms);
        outcome.erased_left_bytes = self.erased_left_bytes as u64;
        if self.largest_store > LARGEST_STORE {
            outcome.faults.push(format!("the store grew to {}", self.largest_store));
        }
        if self.largest_record > LONGEST_TEXT {
            outcome.faults.push(format!("a record grew to {}", self.largest_record));
        }
        if self.erased_left_bytes > 0 {
            outcome.faults.push(format!("{} bytes outlived an erasure", self.erased_left_bytes));
        }
        if self.false_alarms > 0 {
            outcome.faults.push(format!("{} pages took it for an erasure", self.false_alarms));
        }
        outcome
            .faults
            .extend(self.truth.puzzles.iter().take(3).map(|puzzle| format!("puzzle: {puzzle}")));
    }
}
