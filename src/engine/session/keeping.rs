//! What a session keeps: consent, storage, and the shopper's right to have it
//! all forgotten. Must not live here: which record is where (`vault`).

use super::{Session, Taste};
use crate::engine::codec::{self, Meta, Record};
use crate::engine::compaction::{Crowd, Pace};
use crate::engine::evidence::Evidence;
use crate::engine::intent::Stage;
use crate::engine::journal::DocumentId;
use crate::engine::ledger::Ledger;
use crate::engine::outbox::Change;
use crate::engine::ranking::Rankings;
use crate::engine::vault::{Saved, Vault};
use crate::ports::StorageError;

impl Session {
    /// The evidence: every journal that counts, as it is stored. Taking these in
    /// again gives the same profile.
    pub fn journals(&self) -> Vec<String> {
        let journals = self.ledger.journals().into_iter();
        journals.map(|(id, journal)| codec::encode_journal(0, id, journal)).collect()
    }

    /// Keys of stored records that could not be read.
    pub fn unreadable(&self) -> Vec<String> {
        self.vault.as_ref().map(|vault| vault.unreadable().to_vec()).unwrap_or_default()
    }

    /// Stops or resumes learning.
    pub fn set_paused(&mut self, paused: bool) {
        self.paused = paused;
        if let Some(vault) = &mut self.vault {
            vault.save_meta(Meta { paused });
        }
    }

    /// The name of this document's journal.
    pub fn document(&self) -> DocumentId {
        self.ledger.id()
    }

    /// Takes a vault the shopper consented to: merges what it holds and writes
    /// what this document saw so far. A pause made before counts.
    pub fn attach(&mut self, mut vault: Vault) {
        let meta = vault.load(&mut self.ledger);
        self.vault = Some(vault);
        self.note_newest();
        if self.paused && !meta.paused {
            self.set_paused(true);
        }
        self.paused |= meta.paused;
        self.save();
    }

    /// Consent withdrawn: wipes storage and memory and gives the vault up, so
    /// that nothing is read or written from now on.
    ///
    /// # Errors
    /// [`StorageError`] when storage kept a key.
    pub fn detach(&mut self) -> Result<(), StorageError> {
        let erased = self.forget();
        self.vault = None;
        erased
    }

    /// Whether storage was consented to, and nobody erased it since.
    pub fn is_attached(&self) -> bool {
        self.vault.is_some()
    }

    /// Writes the journal if there is a vault and something changed.
    pub fn save(&mut self) {
        let saved = self.vault.as_mut().map(|vault| vault.save(&mut self.ledger));
        self.obey(saved);
    }

    /// Looks whether storage still has what this document knows of it: after a
    /// time in which others may have erased it.
    pub fn check(&mut self) {
        let known = self.vault.as_mut().map(|vault| vault.verify(&mut self.ledger));
        self.obey(known.map(|known| if known { Saved::Yes } else { Saved::Erased }));
    }

    /// Another tab removed this key (`None`: all of them), or changed it.
    pub fn changed_elsewhere(&mut self, key: Option<&str>, is_removed: bool) {
        let Some(vault) = &mut self.vault else { return };
        let Some(key) = key else { return self.check() };
        if !vault.owns(key) {
            return;
        }
        if is_removed {
            let erased = vault.was_erased(key, &mut self.ledger);
            self.obey(erased.then_some(Saved::Erased));
            return;
        }
        vault.hear(key);
        if key.ends_with(".m") {
            // Journals of other tabs count from the next page on.
            self.paused = vault.load(&mut Ledger::new(self.ledger.id())).paused;
        }
    }

    /// Moves finished journals into a snapshot; see [`Vault::compact`].
    pub fn compact(&mut self, live: Option<&[DocumentId]>, pace: Pace) {
        let saved = self.vault.as_mut().map(|vault| vault.compact(&mut self.ledger, live, pace));
        self.obey(saved);
    }

    /// Other pages that were open when this one erased, or `None` when that is over;
    /// see [`Vault::distrust`] and [`Vault::trust`].
    pub fn distrust(&mut self, others: Option<Vec<DocumentId>>) {
        match (&mut self.vault, others) {
            (Some(vault), Some(others)) => vault.distrust(others),
            (Some(vault), None) => vault.trust(),
            (None, _) => {}
        }
    }

    /// How much [`Session::compact`] has to do.
    pub fn crowd(&self) -> Crowd {
        self.vault.as_ref().map_or(Crowd::None, Vault::crowd)
    }

    /// Writes the journal and ends it: from now on others may fold it. For a
    /// document that cannot say for a while that it is open.
    pub fn rest(&mut self) {
        // Twice: what storage refused of the one is in the next.
        for _ in 0..2 {
            self.save();
            if let Some(vault) = &mut self.vault {
                vault.finish(&mut self.ledger);
            }
        }
    }

    /// Takes records from the mirror in: key, text, key, text …
    pub fn take_in(&mut self, records: &[&str]) {
        match &mut self.vault {
            Some(vault) => vault.take_in(&mut self.ledger, records),
            // Without consent: what this page itself had in memory, given back
            // to an engine that takes the place of one that stopped.
            None => {
                for text in records {
                    if let Ok((_, Record::Journal(id, journal))) = codec::decode(text) {
                        self.ledger.merge(id, journal);
                    }
                }
            }
        }
        self.note_newest();
    }

    /// Takes exported journals back, all of them or none. What is known already does not
    /// count again.
    ///
    /// # Errors
    /// The place of the first text that is no journal of this or an earlier release.
    pub fn import(&mut self, texts: &[&str]) -> Result<(), usize> {
        let journal = |text: &str| match codec::decode(text) {
            Ok((_, Record::Journal(id, journal))) => Some((id, journal)),
            _ => None,
        };
        if let Some(odd) = texts.iter().position(|text| journal(text).is_none()) {
            return Err(odd);
        }
        for (id, journal) in texts.iter().filter_map(|text| journal(text)) {
            match &mut self.vault {
                Some(vault) => vault.adopt(&mut self.ledger, id, journal),
                None => self.ledger.merge(id, journal),
            }
        }
        self.note_newest();
        Ok(())
    }

    /// Changes for the mirror since the last call.
    pub fn take_out(&mut self) -> Vec<Change> {
        self.vault.as_mut().map(Vault::take_out).unwrap_or_default()
    }

    /// Wipes storage and memory.
    ///
    /// # Errors
    /// [`StorageError`] when storage kept a key; memory is empty all the same.
    pub fn forget(&mut self) -> Result<(), StorageError> {
        self.forget_memory();
        self.vault.as_mut().map_or(Ok(()), Vault::erase)
    }

    /// The mirror was erased by another tab. If storage was not, it was the
    /// browser's doing, and the mirror is to be filled again: true then.
    pub fn outlives_mirror(&mut self) -> bool {
        let Some(vault) = &mut self.vault else { return false };
        let outlives = vault.outlives_mirror(&mut self.ledger);
        self.obey((!outlives).then_some(Saved::Erased));
        outlives
    }

    /// Wipes what this document learnt. Catalogue and configuration stay.
    pub fn forget_memory(&mut self) {
        self.ledger = Ledger::new(self.ledger.id().next());
        self.evidence = Evidence::default();
        self.taste = Taste::default();
        self.stage = Stage::default();
        self.rankings = Rankings::default();
        self.newest = Default::default();
    }

    /// After an erasure elsewhere, what this document had learnt goes too:
    /// forgetting wins. It was perhaps a withdrawal of consent, so nothing is
    /// written any more until consent is given again.
    fn obey(&mut self, saved: Option<Saved>) {
        if saved == Some(Saved::Erased) {
            if let Some(mut vault) = self.vault.take() {
                vault.remove_own(&self.ledger);
            }
            self.forget_memory();
        }
    }

    fn note_newest(&mut self) {
        self.newest = self.ledger.last_day().unwrap_or_default();
    }
}
