//! How pages come and go, and what happens to the whole browser. Must not live
//! here: how often (`plan`).

use super::browser::{Duty, Task, World};
use super::locks::Locks;
use super::origin::Number;
use super::plan::Mark;
use super::probe;
use super::tab::{Mirror, Phase, Purpose, Tab};
use super::truth::Excuse;
use reshelf::engine::codec::MOST_COVERS;
use reshelf::engine::journal::DocumentId;

/// What a kill may cost, in milliseconds of events.
const BOUND: u64 = 250;
/// And more where the mirror had just been erased by another page.
const DOUBT: u64 = 600;

impl World {
    /// The browser is started: what happened to its files meanwhile has happened.
    pub fn start(&mut self) {
        self.is_closing = false;
        for slot in 0..self.slots.len() {
            let delay = self.random.about(500);
            self.after(delay, Task::Step(slot));
        }
    }

    /// Something happens in a tab of the browser.
    pub fn step(&mut self, slot: usize) {
        if self.is_closing {
            return;
        }
        while self.plan.marks.get(self.next_mark).is_some_and(|(at, _)| *at <= self.tracked) {
            let (_, mark) = self.plan.marks[self.next_mark];
            self.next_mark += 1;
            self.bring_about(mark);
            if self.is_closing {
                return;
            }
        }
        let mean = self.plan.pause * if self.random.chance(100) { 60 } else { 1 };
        let pause = self.random.about(mean);
        let Some(page) = self.slots[slot].page else {
            if self.slots[slot].left > 0 {
                self.open(slot);
                self.after(pause, Task::Step(slot));
            }
            return;
        };
        let Some(tab) = self.tabs.get(&page).filter(|tab| !tab.is_asleep()) else { return };
        let is_erasing = tab.clearing.is_some()
            || tab.resolving.is_some()
            || tab.compaction.as_ref().is_some_and(|it| matches!(it.purpose, Purpose::Sweep(_)));
        if is_erasing && (!tab.has_consent || tab.left == 0) && !self.random.chance(300) {
            return self.after(pause, Task::Step(slot));
        }
        if tab.left == 0 || self.slots[slot].left == 0 {
            self.end_visit(slot, page);
            return self.after(pause, Task::Step(slot));
        }
        if self.random.chance(self.plan.hidden) {
            self.hide(page);
            let delay = self.random.about(8_000);
            return self.after(delay, Task::Wake(page));
        }
        let most = tab.left.min(u64::from(self.slots[slot].left));
        let count = match self.random.chance(8_000) {
            true => self.random.between(1, 12).min(most),
            false => self.random.between(10, 60).min(most),
        };
        self.slots[slot].left -= count as u32;
        if let Some(tab) = self.tabs.get_mut(&page) {
            tab.left -= count;
        }
        self.batch(page, count);
        self.after(pause, Task::Step(slot));
    }

    fn open(&mut self, slot: usize) {
        let name = DocumentId(self.random.next() << 16);
        let number = self.number() as Number;
        self.origin.borrow_mut().open(number);
        self.loads += 1;
        let mut tab = Tab::new(number, slot, name);
        tab.left = self.random.about(self.plan.stay);
        self.tabs.insert(number, tab);
        self.look_who_is_open(number);
        self.slots[slot].page = Some(number);
        self.say(number, || format!("opens as {:x}", name.0));
        if self.has_consent {
            self.attach(number);
        } else {
            let delay = self.random.about(4_000);
            self.duty(delay, number, Duty::Consent);
        }
        let delay = self.random.between(1, 30);
        self.duty(delay, number, Duty::HasOwnerLock);
    }

    /// The shopper goes to another page.
    fn end_visit(&mut self, slot: usize, page: Number) {
        self.slots[slot].page = None;
        let is_last = self.slots[slot].left == 0;
        if self.random.chance(self.plan.crashes) {
            self.crash(page);
        } else if !is_last && self.random.chance(self.plan.cached) {
            self.cache(page);
            self.slots[slot].cached.push(page);
            if self.slots[slot].cached.len() > 3 {
                let oldest = self.slots[slot].cached.remove(0);
                self.vanish(oldest);
            }
        } else {
            self.unload(page);
        }
        if is_last {
            let cached = std::mem::take(&mut self.slots[slot].cached);
            cached.into_iter().for_each(|page| self.vanish(page));
        } else if self.random.chance(3_000)
            && let Some(back) = self.slots[slot].cached.pop()
        {
            self.slots[slot].page = Some(back);
            if let Some(tab) = self.tabs.get_mut(&back) {
                tab.left = self.random.about(self.plan.stay);
            }
            let delay = self.random.between(1, 20);
            self.after(delay, Task::Wake(back));
        }
    }

    /// Nobody sees it; perhaps it is frozen before long.
    fn hide(&mut self, page: Number) {
        self.plan_flush(page, true);
        let is_frozen = self.random.chance(self.plan.frozen);
        self.say(page, || format!("is hidden; frozen: {is_frozen}"));
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        tab.phase = if is_frozen { Phase::Frozen } else { Phase::Hidden };
        if is_frozen {
            self.pause_compaction(page);
        }
    }

    /// What holds the compactor's lock must run, and whoever was late has heard of an
    /// erasure when this page runs again; but it may have been moved by then.
    fn pause_compaction(&mut self, page: Number) {
        self.distrust(page, Some(Vec::new()));
        self.erasures.iter_mut().for_each(|erasure| erasure.interrupt(page));
        if self.tabs.get(&page).is_some_and(|tab| tab.compaction.is_some()) {
            self.abandon_compaction(page);
        }
    }

    /// Into the back-forward cache.
    fn cache(&mut self, page: Number) {
        self.say(page, || "is cached".to_owned());
        self.rest(page);
        self.plan_flush(page, true);
        self.pause_compaction(page);
        self.locks.disown(page);
        if let Some(tab) = self.tabs.get_mut(&page) {
            tab.phase = Phase::Cached;
        }
    }

    pub fn unload(&mut self, page: Number) {
        self.say(page, || "unloads".to_owned());
        self.rest(page);
        self.begin_transaction(page, true);
        // Left before its database was open: a compaction will mirror it.
        if self.tabs.get(&page).is_some_and(|tab| !tab.pending.is_empty()) {
            self.crashed.insert(page, self.now);
        }
        self.vanish(page);
    }

    pub fn crash(&mut self, page: Number) {
        self.say(page, || "crashes".to_owned());
        let own = self.transactions.values_mut().filter(|transaction| transaction.page == page);
        own.for_each(|transaction| transaction.is_orphan = true);
        self.crashed.insert(page, self.now);
        self.vanish(page);
    }

    /// It is gone, and all it held is free.
    fn vanish(&mut self, page: Number) {
        let clearing = self.tabs.remove(&page).and_then(|tab| tab.clearing);
        if clearing.is_some() && self.random.chance(5_000) {
            self.database.clear();
        }
        let now = self.now;
        self.erasures.iter_mut().for_each(|erasure| erasure.give_up(page, now));
        // A browser reads what a process has sent before it finds it dead.
        let sent_until = self.origin.borrow_mut().close(page);
        self.at(sent_until, Task::Gone(page));
    }

    /// It runs again.
    pub fn wake(&mut self, page: Number) {
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        let (phase, slot) = (tab.phase, tab.slot);
        tab.phase = Phase::Running;
        let deferred = std::mem::take(&mut tab.deferred);
        self.say(page, || format!("runs again after {phase:?}"));
        if matches!(phase, Phase::Frozen | Phase::Cached) {
            if let Some(tab) = self.tabs.get_mut(&page) {
                tab.has_slept = true;
            }
            self.check(page);
        }
        if phase == Phase::Cached {
            let delay = self.random.between(1, 30);
            self.duty(delay, page, Duty::HasOwnerLock);
        }
        deferred.into_iter().for_each(|task| self.after(0, task));
        self.after(1, Task::Step(slot));
    }

    pub fn bring_about(&mut self, mark: Mark) {
        match mark {
            Mark::Kill => self.kill(),
            Mark::Close => self.close(),
            Mark::Erase(deny) => self.erase(deny),
            Mark::Refuse(refusing) => self.origin.borrow_mut().refusing = refusing,
            Mark::Jump(by) => self.wall_offset += by,
            Mark::Steal => self.rob(),
        }
    }

    fn close(&mut self) {
        self.say(0, || "the browser is closed".to_owned());
        self.is_closing = true;
        let pages: Vec<Number> = self.tabs.keys().copied().collect();
        for page in pages {
            let is_asleep = self.tabs.get(&page).is_some_and(Tab::is_asleep);
            if is_asleep || self.random.chance(self.plan.crashes) {
                self.crash(page);
            } else {
                self.unload(page);
            }
        }
        self.forget_slots();
        self.after(2_000, Task::Start);
        // Everything has arrived by then.
        self.after(1_999, Task::Damage);
    }

    fn forget_slots(&mut self) {
        for slot in &mut self.slots {
            slot.page = None;
            slot.cached.clear();
        }
    }

    fn kill(&mut self) {
        self.say(0, || "the browser is killed".to_owned());
        self.is_closing = true;
        let now = self.now;
        for fact in &mut self.truth.facts {
            let end = self.crashed.get(&fact.page).copied().unwrap_or(now);
            let is_doubted =
                self.tabs.get(&fact.page).is_some_and(|tab| tab.mirror == Mirror::Doubted);
            let bound = BOUND + if is_doubted { DOUBT } else { 0 };
            if fact.kept_at.is_some_and(|kept_at| kept_at + bound >= end) {
                fact.excuse.get_or_insert(Excuse::Killed);
            }
        }
        let folded = self.truth.folded() - self.folded_on_disk;
        self.say(0, || format!("{folded} were folded that the disk has not heard of"));
        if self.truth.folded() > self.folded_on_disk + MOST_COVERS {
            self.truth.facts.iter_mut().for_each(|fact| fact.may_double = true);
        }
        for (_, transaction) in std::mem::take(&mut self.transactions) {
            let is_same =
                transaction.marker.is_some() && transaction.marker == self.database.marker;
            if is_same && self.random.chance(3_000) {
                self.database.apply(&transaction.changes);
            }
        }
        let pages: Vec<Number> = self.tabs.keys().copied().collect();
        pages.into_iter().for_each(|page| self.vanish(page));
        self.origin.borrow_mut().kill();
        self.drop_tasks();
        self.locks = Locks::default();
        self.forget_slots();
        self.note_undone();
        self.tell_what_counts();
        self.after(2_000, Task::Start);
    }

    /// Between two sessions: a record is damaged, or a store evicted.
    pub fn damage(&mut self) {
        self.origin.borrow_mut().commit();
        let of_storage = self.random.chance(5_000);
        if self.random.chance(self.plan.damaged) {
            let keys: Vec<String> = match of_storage {
                true => self.origin.borrow().process.keys().map(|key| key.to_string()).collect(),
                false => self.database.records.keys().cloned().collect(),
            };
            if !keys.is_empty() {
                let key = &keys[self.random.index(keys.len())];
                self.damage_record(of_storage, key);
            }
        }
        if self.random.chance(self.plan.evicted) {
            let texts = self.texts(of_storage);
            self.say(0, || format!("evicts; localStorage: {of_storage}"));
            if of_storage {
                let mut origin = self.origin.borrow_mut();
                origin.process.clear();
                origin.disk.clear();
            } else {
                self.database.clear();
            }
            self.note_damage(&texts);
        }
    }

    fn damage_record(&mut self, of_storage: bool, key: &str) {
        let mut origin = self.origin.borrow_mut();
        let text = match of_storage {
            true => origin.process.get(key).map(|text| text.to_string()),
            false => self.database.records.get(key).cloned(),
        };
        let Some(text) = text else { return };
        let damaged = probe::damage(&text, &mut self.random);
        if of_storage {
            origin.process.insert(key.into(), damaged.into());
            origin.disk = origin.process.clone();
        } else {
            self.database.records.insert(key.to_owned(), damaged);
        }
        drop(origin);
        self.say(0, || format!("damages {key}; localStorage: {of_storage}"));
        self.note_damage(&[text]);
    }

    fn texts(&self, of_storage: bool) -> Vec<String> {
        match of_storage {
            true => self.origin.borrow().process.values().map(|text| text.to_string()).collect(),
            false => self.database.records.values().cloned().collect(),
        }
    }

    /// What was in these texts and is in no record any more may be missing.
    fn note_damage(&mut self, texts: &[String]) {
        let left: Vec<String> = self.texts(true).into_iter().chain(self.texts(false)).collect();
        let mut kept = std::collections::HashSet::new();
        left.iter().for_each(|text| kept.extend(self.truth.tokens(text)));
        for text in texts {
            let mut tokens = self.truth.tokens(text);
            tokens.retain(|token| !kept.contains(token));
            self.truth.excuse(&tokens, Excuse::Damaged);
        }
    }
}
