//! Packs sessions for the benchmark of rows: 16 neighbours an item, and the newest
//! 10,000 sessions as prototypes. What is measured is how long an answer takes, so
//! that nothing is fitted and nobody's privacy is at stake: the sessions are invented.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop at a surprise")]

use reshelf::engine::artifact::meta::Meta;
use reshelf::engine::recommend::mix::Mix;
use reshelf::train::corpus::{Corpus, Session};
use reshelf::train::pack::{Parts, pack};
use reshelf::train::{numbering, pairs, table::Table};

const NEIGHBOURS: usize = 16;
const PROTOTYPES: usize = 10_000;
const GENERATIONS: usize = 16;

fn main() {
    let [from, to] = [1, 2].map(|at| std::env::args().nth(at).unwrap());
    let mut corpus = Corpus::default();
    for (number, line) in std::fs::read_to_string(from).unwrap().lines().enumerate() {
        let items = line.split(' ').map(|id| corpus.number(id)).collect();
        corpus.sessions.push(Session { items, person: number as u32, day: 0 });
    }
    let Corpus { ids, sessions, .. } = &corpus;
    let counts = corpus.counts();
    let table = Table::new(&pairs::count(sessions), &counts, 1).cut(NEIGHBOURS);
    let order = numbering::order(&table);
    let newest: Vec<Vec<u32>> = sessions
        .iter()
        .rev()
        .take(PROTOTYPES)
        .map(|session| session.distinct().collect())
        .collect();
    let generations: Vec<_> = newest.chunks(PROTOTYPES / GENERATIONS).map(<[_]>::to_vec).collect();
    let parts = Parts {
        ids,
        order: &order,
        counts: &counts,
        extras: &[],
        table: &table,
        generations: &generations,
        mixes: [Mix::default(); 2],
        meta: Meta { k: 1, sessions: sessions.len() as u32, ..Meta::default() },
    };
    let bytes = pack(&parts).unwrap();
    println!(
        "{{\"items\":{},\"bytes\":{},\"neighbours\":{},\"prototypes\":{}}}",
        ids.len(),
        bytes.len(),
        table.len(),
        newest.len()
    );
    std::fs::write(to, bytes).unwrap();
}
