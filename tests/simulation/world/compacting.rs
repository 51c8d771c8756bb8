//! What a page's driver does to compact and to erase: locks, time to settle, one
//! step that nothing interrupts. Must not live here: what a compaction does (the
//! engine).

use super::browser::{Duty, Task, World};
use super::driving::Removes;
use super::origin::Number;
use super::outcome::Erasure;
use super::tab::{Compaction, Mirror, Purpose};
use reshelf::engine::Session;
use reshelf::engine::compaction::{Crowd, Pace, SETTLE_MS};
use reshelf::engine::journal::DocumentId;
use reshelf::engine::vault::Vault;
use std::rc::Rc;

const SETTLE: u64 = SETTLE_MS as u64;
/// How long an erasure waits for the compactor's lock before it takes it.
const PATIENCE: u64 = 2_000;

impl World {
    /// Compacts if it is worth it and nobody else does.
    pub fn plan_compaction(&mut self, page: Number) {
        let has_locks = self.plan.has_locks;
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        let is_due = tab.attached_at.is_some()
            && tab.clearing.is_none()
            && tab.session.crowd() > Crowd::None;
        // An older page does not know who was open meanwhile and is gone.
        let is_young = tab.attached_at.is_some_and(|at| self.now < at + SETTLE) && !tab.has_slept;
        let is_urgent = tab.session.crowd() == Crowd::TooMany && is_young;
        if has_locks && is_due && tab.compaction.is_none() && self.locks.try_compact(page) {
            self.begin_compaction(page, if is_urgent { Purpose::Urgent } else { Purpose::Tidy });
            self.has_compactor_lock(page);
        }
    }

    fn begin_compaction(&mut self, page: Number, purpose: Purpose) -> u64 {
        let attempt = self.number();
        if let Some(tab) = self.tabs.get_mut(&page) {
            tab.compaction = Some(Compaction { attempt, purpose, began: None, live: Vec::new() });
        }
        attempt
    }

    /// The lock was granted: from now on it must be alone for a while.
    pub fn has_compactor_lock(&mut self, page: Number) {
        let (now, wall) = (self.now, self.wall());
        let throttled = if self.random.chance(300) { self.random.between(500, 8_000) } else { 0 };
        let delay = SETTLE + self.random.between(0, 40) + throttled;
        let live = self.look_who_is_open(page);
        let compaction = self.tabs.get_mut(&page).and_then(|tab| tab.compaction.as_mut());
        if let Some(compaction) = compaction {
            compaction.began = Some((now, wall));
            compaction.live = live;
            let attempt = compaction.attempt;
            let delay = match compaction.purpose {
                Purpose::Urgent => self.random.between(0, 3),
                // A late page learns of the erasure within that time, and what it
                // wrote just before takes as long again to be seen.
                Purpose::Sweep(_) => delay + SETTLE,
                Purpose::Tidy => delay,
            };
            self.duty(delay, page, Duty::Settled(attempt));
        }
    }

    /// Names of the open pages. One that was open when this page looked before may
    /// have written until just now.
    pub fn look_who_is_open(&mut self, page: Number) -> Vec<DocumentId> {
        let live = self.locks.live();
        if let Some(tab) = self.tabs.get_mut(&page) {
            let before = std::mem::replace(&mut tab.open, live.clone());
            let seen = before.into_iter().chain(live.iter().copied());
            tab.heard.extend(seen.map(|name| (name, self.now)));
        }
        live
    }

    /// Pages that were open or wrote within the time that a write may take to be seen.
    fn recently_heard_of(&self, page: Number) -> Vec<DocumentId> {
        let heard = self.tabs.get(&page).map(|tab| tab.heard.clone()).unwrap_or_default();
        let is_recent = |(_, at): &(_, u64)| at + SETTLE > self.now;
        heard.into_iter().filter(is_recent).map(|(name, _)| name).collect()
    }

    fn compaction(&self, page: Number, attempt: u64) -> Option<Compaction> {
        let compaction = self.tabs.get(&page).and_then(|tab| tab.compaction.clone());
        compaction.filter(|compaction| compaction.attempt == attempt)
    }

    pub fn settled(&mut self, page: Number, attempt: u64) {
        let Some(compaction) = self.compaction(page, attempt) else { return };
        let (began, wall) = compaction.began.unwrap_or_default();
        let longest = 10.0 * SETTLE as f64;
        let elapsed = (self.now - began) as f64;
        if elapsed > longest || (self.wall() - wall).abs() > longest {
            self.abandon_compaction(page);
            return;
        }
        let delay = self.random.between(0, 5);
        let mut live = self.look_who_is_open(page);
        // Whoever was open at any time meanwhile.
        live.extend(compaction.live);
        // And whoever has just written: it may be gone before its last change is seen.
        live.extend(self.recently_heard_of(page));
        self.duty(delay, page, Duty::Compact(attempt, live));
    }

    /// Gives the attempt up; an erasure tries again.
    pub fn abandon_compaction(&mut self, page: Number) {
        let compaction = self.tabs.get_mut(&page).and_then(|tab| tab.compaction.take());
        self.release_compactor_lock(page);
        if let Some(Purpose::Sweep(erasure)) = compaction.map(|compaction| compaction.purpose) {
            self.duty(1, page, Duty::SweepAgain(erasure));
        }
    }

    pub fn release_compactor_lock(&mut self, page: Number) {
        if let Some(next) = self.locks.release(page) {
            self.has_compactor_lock(next);
        }
    }

    pub fn compact(&mut self, page: Number, attempt: u64, live: &[DocumentId]) {
        let Some(compaction) = self.compaction(page, attempt) else { return };
        self.take_in(page);
        // Without locks nobody can tell who is open: only what was erased is swept.
        let is_urgent = compaction.purpose == Purpose::Urgent;
        let pace = if is_urgent { Pace::AtOnce } else { Pace::Settled };
        self.fold_away(page, self.plan.has_locks.then_some(live), pace);
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        if tab.attached_at.is_none() {
            return;
        }
        let Purpose::Sweep(erasure) = compaction.purpose else {
            self.plan_flush(page, false);
            return self.duty(SETTLE, page, Duty::Release(attempt));
        };
        tab.compaction = None;
        self.release_compactor_lock(page);
        self.take_in(page);
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        let has_nothing_to_tell = tab.pending.is_empty() && !tab.is_flushing;
        let has_found = tab.pending.values().any(Option::is_none);
        if !has_nothing_to_tell {
            tab.resolving = Some(erasure);
        }
        self.plan_flush(page, true);
        // Where something was found there may be more that is not visible yet.
        if has_found {
            if let Some(tab) = self.tabs.get_mut(&page) {
                tab.resolving = None;
            }
            return self.sweep(page, erasure);
        }
        if has_nothing_to_tell {
            self.resolve(page, erasure);
        }
    }

    /// Others have seen by now what was done under the lock.
    pub fn release(&mut self, page: Number, attempt: u64) {
        if self.compaction(page, attempt).is_none() {
            return;
        }
        if let Some(tab) = self.tabs.get_mut(&page) {
            tab.compaction = None;
        }
        self.release_compactor_lock(page);
        self.plan_compaction(page);
    }

    /// One compaction, and what the truth learns of it.
    pub fn fold_away(&mut self, page: Number, live: Option<&[DocumentId]>, pace: Pace) {
        let Some(tab) = self.tabs.get(&page) else { return };
        let name = tab.id.page();
        let before = self.origin.borrow().view(page);
        self.say(page, || format!("compacts {} records", before.len()));
        // The truth must know a fold before it is asked for it.
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        tab.session.compact(live, pace);
        let after = self.origin.borrow().view(page);
        let is_made = |(key, text): &(&Rc<str>, &Rc<str>)| {
            key.starts_with("reshelf.shop.s.") && before.get(*key) != Some(*text)
        };
        if let Some((_, text)) = after.iter().find(is_made) {
            let read = self.tabs.get(&page).map(|tab| tab.read.clone()).unwrap_or_default();
            self.truth.explain(name, &before, &self.database.lines(), &read, text);
        }
        self.call(page, Removes::OnPurpose, |_| ());
        self.tell_what_counts();
        if self
            .tabs
            .get(&page)
            .is_some_and(|tab| tab.attached_at.is_some() && !tab.session.is_attached())
        {
            self.note_detached(page);
        }
    }

    pub fn lost_lock(&mut self, page: Number, attempt: u64) {
        if self.compaction(page, attempt).is_some() {
            self.abandon_compaction(page);
        }
    }

    /// The lock is taken from whoever has it, who is told a little later.
    pub fn take_lock(&mut self, page: Number) {
        if let Some(before) = self.locks.steal(page) {
            let delay = self.random.between(0, 20);
            let attempt = self.tabs.get(&before).and_then(|tab| tab.compaction.as_ref());
            if let Some(compaction) = attempt {
                self.duty(delay, before, Duty::Lost(compaction.attempt));
            }
        }
        self.has_compactor_lock(page);
    }

    pub fn steal_lock(&mut self, page: Number, attempt: u64) {
        if self.compaction(page, attempt).is_some_and(|compaction| compaction.began.is_none()) {
            self.take_lock(page);
        }
    }

    /// Some page that is bold takes the lock.
    pub fn rob(&mut self) {
        let Some(page) = self.any_attached() else { return };
        if self.tabs.get(&page).is_some_and(|tab| tab.compaction.is_none()) {
            self.begin_compaction(page, Purpose::Tidy);
            self.take_lock(page);
        }
    }

    /// The shopper's word.
    pub fn erase(&mut self, deny: bool) {
        let Some(page) = self.any_attached() else { return };
        self.say(page, || format!("erases; consent withdrawn: {deny}"));
        let number = self.erasures.len();
        self.erasures.push(Erasure::new(self.now, page));
        if self.tabs.get(&page).is_some_and(|tab| tab.compaction.is_some()) {
            self.abandon_compaction(page);
        }
        if deny {
            return self.withdraw(page, number);
        }
        self.call(page, Removes::OnPurpose, |session| session.forget());
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        tab.unsaved.clear();
        tab.resolving = None;
        self.look_who_is_open(page);
        self.plan_clearing(page, number);
    }

    pub fn distrust(&mut self, page: Number, late: Option<Vec<DocumentId>>) {
        if let Some(tab) = self.tabs.get_mut(&page) {
            tab.distrusts = late.as_ref().is_some_and(|late| !late.is_empty());
            tab.session.distrust(late);
        }
    }

    /// The mirror was erased: now what late pages wrote is swept.
    pub fn cleared(&mut self, page: Number, erasure: usize) {
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        tab.clearing = None;
        tab.mirror = Mirror::Open;
        let name = tab.id.page();
        self.look_who_is_open(page);
        let mut late = self.recently_heard_of(page);
        late.retain(|page| *page != name);
        let is_alone = late.is_empty();
        self.distrust(page, Some(late));
        self.plan_flush(page, false);
        if !self.plan.has_locks || !is_alone {
            self.sweep(page, erasure);
        } else {
            self.resolve(page, erasure);
        }
    }

    pub fn sweep(&mut self, page: Number, erasure: usize) {
        if self.tabs.get(&page).is_none_or(|tab| tab.attached_at.is_none()) {
            return;
        }
        if self.tabs.get(&page).is_some_and(|tab| tab.compaction.is_some()) {
            self.abandon_compaction(page);
        }
        let attempt = self.begin_compaction(page, Purpose::Sweep(erasure));
        if !self.plan.has_locks || self.locks.wait_to_compact(page) {
            self.has_compactor_lock(page);
        } else {
            self.duty(PATIENCE, page, Duty::StealLock(attempt));
        }
    }

    /// The promise is kept: nothing of before is left anywhere.
    pub fn resolve(&mut self, page: Number, erasure: usize) {
        self.say(page, || "has erased".to_owned());
        self.distrust(page, None);
        let at = self.erasures[erasure].at;
        let is_whole = self.erasures[erasure].resolve(self.now);
        for fact in &mut self.truth.facts {
            fact.is_forgotten |= is_whole && fact.kept_at.is_some_and(|kept_at| kept_at < at);
        }
        // What was removed has reached the browser's process by then.
        self.after(60, Task::Inspect);
    }

    /// Consent withdrawn: the storage is given up at once, so that nobody sweeps; all
    /// there is goes once more after the time that a late write takes.
    fn withdraw(&mut self, page: Number, erasure: usize) {
        self.has_consent = false;
        let delay = self.random.about(4_000);
        self.after(delay, Task::Grant);
        self.call(page, Removes::OnPurpose, Session::detach);
        if let Some(tab) = self.tabs.get_mut(&page) {
            tab.has_consent = false;
        }
        let delay = self.random.between(1, 5);
        self.duty(delay, page, Duty::Wipe(erasure, 0));
    }

    pub fn wipe(&mut self, page: Number, erasure: usize, round: u32) {
        self.database.clear();
        if round == 0 {
            // A page that finds the mirror erased asks storage half a second later.
            return self.duty(3 * SETTLE, page, Duty::Wipe(erasure, 1));
        }
        // A key that cannot be removed is no matter here.
        let _ = Vault::new(Box::new(self.area(page)), "shop", 0).erase();
        self.origin.borrow_mut().removals.clear();
        self.take_errands();
        if round == 1 {
            // What it moved meanwhile takes as long again to be seen.
            return self.duty(SETTLE, page, Duty::Wipe(erasure, 2));
        }
        self.resolve(page, erasure);
    }
}
