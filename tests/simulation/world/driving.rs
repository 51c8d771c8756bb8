//! What a page's driver does with its session: each call, and what the truth
//! learns from it. Must not live here: the mirror (`mirroring`), compaction and
//! erasures (`compacting`).

use super::browser::{Duty, World};
use super::origin::{Change, Number, Removal};
use super::tab::{COUNTED, Mirror, OTHERS};
use super::truth::{Excuse, Fact};
use reshelf::engine::Session;
use reshelf::engine::codec::{self, Record};
use reshelf::engine::event::{Event, EventKind};
use reshelf::engine::journal::DocumentId;
use reshelf::engine::time::Millis;
use reshelf::engine::vault::Vault;
use std::collections::HashMap;
use std::rc::Rc;

/// What a call may remove from storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removes {
    /// A journal that is removed is gone for want of room.
    ForRoom,
    /// The own journal, or any other for want of room.
    OwnOrForRoom,
    /// What it moved elsewhere, or erased.
    OnPurpose,
}

impl World {
    /// Calls a page's session and sees what came of it.
    pub fn call<R>(
        &mut self,
        page: Number,
        removes: Removes,
        call: impl FnOnce(&mut Session) -> R,
    ) -> Option<R> {
        let tab = self.tabs.get_mut(&page)?;
        let was_attached = tab.session.is_attached();
        let result = call(&mut tab.session);
        let is_attached = tab.session.is_attached();
        for (key, text) in tab.session.take_out() {
            tab.pending.insert(key, text);
        }
        let (old, new) = (tab.id, tab.session.document());
        if old != new {
            tab.id = new;
            let mut known = HashMap::new();
            for text in tab.session.journals() {
                if let Ok((_, Record::Journal(id, journal))) = codec::decode(&text) {
                    known.insert(id, journal.sequence);
                }
            }
            self.truth.follow(old, new, &known);
        }
        self.note_removals(page, old, if is_attached { removes } else { Removes::OnPurpose });
        if was_attached && !is_attached {
            self.note_detached(page);
        }
        self.plan_flush(page, false);
        self.take_errands();
        Some(result)
    }

    fn note_removals(&mut self, page: Number, own: DocumentId, removes: Removes) {
        let removals = std::mem::take(&mut self.origin.borrow_mut().removals);
        let distrusts = self.tabs.get(&page).is_some_and(|tab| tab.distrusts);
        let is_own = |removal: &Removal| removal.source == page && !distrusts;
        for removal in removals.into_iter().filter(is_own) {
            let Ok((_, Record::Journal(id, _))) = codec::decode(&removal.text) else {
                continue;
            };
            let is_shed = match removes {
                Removes::ForRoom => id != own,
                Removes::OwnOrForRoom => id.page() != own.page(),
                Removes::OnPurpose => false,
            };
            if is_shed {
                // What its page has written since is not visible here yet, and goes with it.
                let tokens = self.truth.all_of(id);
                self.say(page, || format!("sheds {:x}: {} tokens", id.0, tokens.len()));
                self.truth.excuse(&tokens, Excuse::Shed);
                self.truth.shed.insert(id);
            }
        }
    }

    /// The session took itself off storage: somebody erased it, or it thinks so.
    pub fn note_detached(&mut self, page: Number) {
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        let since = tab.attached_at.take().unwrap_or(0);
        tab.pending.clear();
        tab.unsaved.clear();
        tab.mirror = Mirror::Closed;
        let name = tab.id.page();
        self.take_back(page, name);
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        tab.compaction = None;
        let now = self.now;
        let concerns = self.erasures.iter_mut().filter(|erasure| erasure.may_concern(since));
        let justified = concerns.map(|erasure| erasure.echo(now)).count() > 0;
        self.locks.release(page).into_iter().for_each(|next| self.has_compactor_lock(next));
        self.say(page, || format!("takes the store for erased ({justified})"));
        let is_shed = self.truth.shed.iter().any(|id| id.page() == name);
        if !justified && is_shed {
            // Its own journal goes with it.
            self.truth.excuse_page(page, Excuse::Shed);
            self.shed_alarms += 1;
        } else if !justified {
            self.false_alarms += 1;
        }
        if self.random.chance(3_000) {
            let delay = self.random.about(3_000);
            self.duty(delay, page, Duty::Consent);
        }
    }

    pub fn attach(&mut self, page: Number) {
        self.note_read(page);
        let area = self.area(page);
        let epoch = self.random.next() as u32;
        let now = self.now;
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        tab.attached_at = Some(now);
        tab.has_consent = true;
        tab.mirror = Mirror::Opening;
        tab.marker = None;
        self.call(page, Removes::ForRoom, |session| {
            session.attach(Vault::new(Box::new(area), "shop", epoch));
        });
        self.acknowledge(page);
        let delay = self.random.between(3, 40);
        self.duty(delay, page, Duty::MirrorOpens);
    }

    /// One task of the page: some events, then a save.
    pub fn batch(&mut self, page: Number, count: u64) {
        let wall = self.wall();
        let (random, truth) = (&mut self.random, &mut self.truth);
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        let now = Millis::from_js(wall);
        for _ in 0..count {
            let item = random.index(COUNTED);
            let is_counted = random.chance(7_000);
            let (kind, subject) = match is_counted {
                true => (EventKind::AddToCart, Some(tab.counted[item])),
                false => {
                    let other = random.index(OTHERS);
                    (EventKind::Click, tab.session.item(&format!("other {other}")))
                }
            };
            let item = if is_counted { item } else { COUNTED };
            let fact = Fact {
                page,
                item,
                wall,
                kept_at: None,
                since: 0,
                excuse: None,
                may_double: false,
                is_forgotten: false,
            };
            tab.unsaved.push(truth.track(tab.id, fact));
            let event = Event { kind, subject, at: now, dwell_ms: None, placement: None };
            tab.session.track(event, now);
        }
        self.tracked += count as u32;
        self.save(page);
        self.plan_compaction(page);
    }

    pub fn save(&mut self, page: Number) {
        if self.tabs.get(&page).is_some_and(|tab| tab.attached_at.is_some()) {
            self.call(page, Removes::ForRoom, Session::save);
            self.acknowledge(page);
        }
    }

    /// What storage took is acknowledged.
    pub fn acknowledge(&mut self, page: Number) {
        let written = std::mem::take(&mut self.origin.borrow_mut().written);
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        let own = format!("reshelf.shop.j.{:012x}", tab.id.0 >> 16);
        let is_own = |(by, key): &(Number, Rc<str>)| *by == page && key.starts_with(&own);
        let is_written = written.iter().any(is_own);
        let Some(since) = tab.attached_at.filter(|_| is_written) else { return };
        for token in tab.unsaved.drain(..) {
            let fact = &mut self.truth.facts[token as usize];
            (fact.kept_at, fact.since) = (Some(self.now), since);
        }
    }

    /// What a page reads tells it which journals are folded.
    pub fn note_read(&mut self, page: Number) {
        let is_snapshot = |key: &str| key.contains(".s.");
        let origin = self.origin.borrow();
        let stored = origin.view(page).into_iter().filter(|(key, _)| is_snapshot(key));
        let mirror = self.database.records.iter().filter(|(key, _)| is_snapshot(key));
        let Some(tab) = self.tabs.get_mut(&page) else { return };
        tab.read.extend(stored.map(|(_, text)| text));
        tab.read.extend(mirror.map(|(_, text)| Rc::from(text.as_str())));
    }

    /// Reads all of the mirror.
    pub fn take_in(&mut self, page: Number) {
        let lines = self.database.lines();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        self.note_read(page);
        self.call(page, Removes::ForRoom, |session| session.take_in(&lines));
    }

    /// Another page changed something.
    pub fn hear(&mut self, page: Number, change: &Change) {
        let is_removed = change.value.is_none();
        if is_removed {
            self.say(page, || format!("hears that {} is gone", change.key));
        }
        let name = &change.key[change.key.len().saturating_sub(16)..];
        let name = u64::from_str_radix(name, 16);
        if let (Ok(name), Some(tab)) = (name, self.tabs.get_mut(&page)) {
            tab.heard.insert(DocumentId(name).page(), self.now);
        }
        self.call(page, Removes::OwnOrForRoom, |session| {
            session.changed_elsewhere(Some(&change.key), is_removed);
        });
    }

    /// After a time in which it did not run.
    pub fn check(&mut self, page: Number) {
        self.call(page, Removes::ForRoom, Session::check);
    }

    pub fn rest(&mut self, page: Number) {
        if self.tabs.get(&page).is_some_and(|tab| tab.attached_at.is_some()) {
            self.call(page, Removes::ForRoom, Session::rest);
            self.acknowledge(page);
        }
    }

    pub fn attend(&mut self, page: Number, duty: Duty) {
        match duty {
            Duty::HasOwnerLock => {
                let name = self.tabs.get(&page).map(|tab| tab.id.page());
                name.into_iter().for_each(|name| self.locks.own(page, name));
            }
            Duty::MirrorOpens => self.open_mirror(page),
            Duty::Flush => self.flush(page),
            Duty::Flushed(is_same, changes) => self.flushed(page, is_same, changes),
            Duty::Doubt => self.doubt(page),
            Duty::Cleared(erasure) => self.cleared(page, erasure),
            Duty::Consent => {
                if self.has_consent
                    && self.tabs.get(&page).is_some_and(|tab| tab.attached_at.is_none())
                {
                    self.say(page, || "has consent".to_owned());
                    self.attach(page);
                }
            }
            Duty::Settled(attempt) => self.settled(page, attempt),
            Duty::Compact(attempt, live) => self.compact(page, attempt, &live),
            Duty::Release(attempt) => self.release(page, attempt),
            Duty::Lost(attempt) => self.lost_lock(page, attempt),
            Duty::StealLock(attempt) => self.steal_lock(page, attempt),
            Duty::SweepAgain(erasure) => self.sweep(page, erasure),
            Duty::Wipe(erasure, round) => self.wipe(page, erasure, round),
        }
    }
}
