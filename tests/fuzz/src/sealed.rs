//! Any payload in an envelope that is right: refused, or exactly what would be
//! written for it, and harmless in a ledger, a fold and the totals.
//!
//! An input is a record without magic, length and checksum.

use super::envelope::{HEAD, read, seal};
use reshelf::engine::codec::{self, MOST_COVERS, Record, Snapshot};
use reshelf::engine::fold;
use reshelf::engine::intern::Namespace;
use reshelf::engine::journal::{DocumentId, Journal};
use reshelf::engine::ledger::Ledger;
use reshelf::engine::profile::Totals;
use reshelf::engine::time::Millis;

pub fn run(bytes: &[u8]) {
    let Some((head, payload)) = bytes.split_first_chunk::<HEAD>() else { return };
    if let Some((_, record)) = read(&seal(head, payload)) {
        count(&record);
    }
}

/// Puts a record through everything that counts evidence.
fn count(record: &Record) {
    let mut ledger = Ledger::new(DocumentId(0xf00d_0000));
    match record {
        Record::Meta(_) => return,
        Record::Journal(id, journal) => ledger.merge(*id, journal.clone()),
        Record::Snapshot(snapshot) => {
            ledger.cover(&snapshot.covers);
            for (id, journal) in &snapshot.journals {
                ledger.merge(*id, journal.clone());
            }
        }
    }
    let version = ledger.version();
    let again = ledger.clone();
    ledger.join(&again);
    assert_eq!(ledger.journals(), again.journals(), "taking the same in twice changes nothing");
    assert!(ledger.version() >= version);
    totals_are_finite(&ledger);

    let members = ledger.journals();
    let covers: Vec<_> = members.iter().map(|(id, journal)| (*id, journal.sequence)).collect();
    let (name, mut folded) = fold::fold(&members);
    assert_eq!(fold::fold(&members).1, folded);
    is_finite(&folded);
    assert_eq!(folded.acts, ledger.acts());
    assert!(folded.len() <= fold::MOST_CELLS);
    // As stored, where no day and 1970-01-01 are the same.
    folded.since = folded.since.filter(|day| day.0 > 0);
    // A fold fits under one key together with as many covers as are kept.
    let mut union = Ledger::new(DocumentId(u64::MAX));
    union.cover(ledger.covers());
    union.cover(&covers);
    union.merge(name, folded.clone());
    union.tidy(MOST_COVERS);
    let snapshot =
        Snapshot { journals: vec![(name, folded.clone())], covers: union.covers().to_vec() };
    let text = codec::encode_snapshot(1, &snapshot);
    assert_eq!(codec::decode(&text), Ok((1, Record::Snapshot(snapshot))), "{}", text.len());
    totals_are_finite(&union);

    for (_, journal) in ledger.journals() {
        is_finite(&journal.since_copy(&folded));
        let mut rest = folded.since_copy(journal);
        is_finite(&rest);
        for (day, key, cell) in journal.cells() {
            rest.add(day, key, cell);
        }
        rest.touch(true);
        is_finite(&rest);
    }
}

fn is_finite(journal: &Journal) {
    let mut counters = journal.cells().into_iter().flat_map(|(.., cell)| cell);
    assert!(counters.all(f32::is_finite), "{journal:?}");
}

fn totals_are_finite(ledger: &Ledger) {
    for now in [0.0, 1e9, 1_767_268_800_000.0, f64::MAX] {
        let totals = Totals::read(ledger.cells().into_iter(), Millis::from_js(now));
        for (_, key, _) in ledger.cells() {
            assert!(totals.get(key).into_iter().all(f64::is_finite), "{key:?}");
        }
        for namespace in [Namespace::Item, Namespace::Category, Namespace::SectionArm] {
            assert!(totals.namespace(namespace).into_iter().all(f64::is_finite));
        }
    }
}
