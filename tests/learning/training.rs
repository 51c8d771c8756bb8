//! The trainer: what goes in comes out, within its budget, and the same each time.

use crate::shop::{Shop, corpus, roomy};
use proptest::prelude::*;
use reshelf::engine::artifact::{Artifact, Mode};
use reshelf::engine::recommend::mix::Mix;
use reshelf::train::corpus::{Corpus, Session};
use reshelf::train::evaluation::{Question, measure};
use reshelf::train::groups;
use reshelf::train::numbering;
use reshelf::train::pack;
use reshelf::train::pairs::{AFTER, BEFORE, count};
use reshelf::train::rehearsal::{HEATS, Rehearsal};
use reshelf::train::table::Table;
use reshelf::train::trainer::split;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_is_packed_is_read(items in 2..300u64, sessions in 1..300u64, seed in 0..1_000u64) {
        let shop = Shop::new(corpus(items, sessions, seed));
        let artifact = shop.artifact(roomy(1), Default::default());
        let ids = &shop.corpus.ids;
        let numbers: Vec<u32> = ids.iter().map(|id| artifact.item(id).unwrap()).collect();
        prop_assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), ids.len());

        // Rows: the best neighbours, and weights within half a step of the nibble.
        let table = Table::new(&shop.pairs, &shop.counts, 1).cut(24);
        for (row, number) in table.rows.iter().zip(&numbers) {
            let read = artifact.neighbours(*number).unwrap();
            let entries: Vec<(u32, u8)> = read.entries().collect();
            let mut expected: Vec<u32> =
                row.iter().map(|neighbour| numbers[neighbour.item as usize]).collect();
            expected.sort();
            prop_assert_eq!(entries.iter().map(|(item, _)| *item).collect::<Vec<_>>(), expected);
            for neighbour in row {
                let nibble = entries.iter().find(|e| e.0 == numbers[neighbour.item as usize]).unwrap().1;
                let loss = (row[0].weight / neighbour.weight).ln().min(4.0);
                prop_assert!((loss - f64::from(15 - nibble) * 4.0 / 15.0).abs() < 0.134);
            }
        }

        // Prototypes: every session of two items and more, in its order.
        let prototypes = artifact.prototypes();
        let mut read: Vec<Vec<u32>> =
            (0..prototypes.len() as u32).map(|p| prototypes.items(p).to_vec()).collect();
        let mut expected: Vec<Vec<u32>> = groups::prototypes(&shop.corpus.sessions, ids.len(), 1)
            .into_iter()
            .map(|items| items.iter().map(|item| numbers[*item as usize]).collect())
            .collect();
        for (prototype, items) in (0u32..).zip(&read) {
            prop_assert!(items.iter().all(|item| prototypes.with(*item).contains(&prototype)));
        }
        read.sort();
        expected.sort();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn lengths_are_those_of_rows_that_are_written(
        items in 2..300u64, sessions in 1..300u64, seed in 0..1_000u64, half in any::<bool>(),
    ) {
        let shop = Shop::new(corpus(items, sessions, seed));
        let table = Table::new(&shop.pairs, &shop.counts, 1).cut(24);
        // Of all rows, or of those of a shard, which keep their numbers.
        let order = numbering::order(&table);
        let first = if half { order.len() / 2 } else { 0 };
        let own = &order[first..];
        let rows = (0u32..).zip(&table.rows);
        let rows = rows.map(|(item, row)| if own.contains(&item) { row.clone() } else { Vec::new() });
        let table = Table { rows: rows.collect() };
        let numbers = numbering::inverse(&order);
        let kept = table.by_worth();
        let lengths = pack::lengths(&table, own, &numbers, &kept);
        prop_assert_eq!(lengths.len(), kept.len() + 1);
        for (most, length) in lengths.iter().enumerate().step_by(1 + kept.len() / 40) {
            let written = pack::rows(&table.with(&kept[..most]), own, first as u32, &numbers);
            prop_assert_eq!(*length, written.len());
        }
    }

    #[test]
    fn a_budget_is_kept(seed in 0..1_000u64, budget in 2_000..9_000usize, share in 0.0..1.0f64) {
        let shop = Shop::new(corpus(150, 400, seed));
        let settings = reshelf::train::plan::Settings { k: 1, budget, support: 1, share, shards: 1 };
        let bytes = shop.pack(settings, Default::default());
        prop_assert!(bytes.len() <= budget, "{} of {budget}", bytes.len());
        // And used: what is left is less than what the next neighbour a row costs.
        prop_assert!(bytes.len() + 700 > budget || bytes.len() == shop.pack(roomy(1), Default::default()).len());
    }
}

#[test]
fn pairs_count_the_nearest_once_a_session() {
    let session = Session { items: vec![1, 2, 1, 3, 3], person: 0, day: 0 };
    let pairs = count(&[session]);
    let weight = |from, to| {
        pairs.iter().find(|pair| (pair.from, pair.to) == (from, to)).map(|pair| pair.weight)
    };
    assert_eq!(weight(1, 2), Some(u64::from(AFTER[0])));
    assert_eq!(weight(2, 1), Some(u64::from(AFTER[0])));
    assert_eq!(weight(2, 3), Some(u64::from(AFTER[1])));
    assert_eq!(weight(3, 2), Some(u64::from(BEFORE[1])));
    assert_eq!(weight(3, 3), None);
}

#[test]
fn the_same_sessions_give_the_same_bytes() {
    let shop = || Shop::new(corpus(120, 1_500, 5));
    let first = shop().train(2, 6_000);
    let second = shop().train(2, 6_000);
    assert_eq!(first.bytes, second.bytes);
    assert!(first.bytes.len() <= 6_000);
    let artifact = Artifact::load(first.bytes).unwrap();
    assert_eq!(artifact.mix(Mode::Excluded), first.mixes[1]);
    assert_eq!(u32::from(artifact.meta().k), 2);
}

/// What was learned from some visits foresees others: sessions stay in an aisle
/// of 12 out of 240 items, so that chance finds one of twelve.
#[test]
fn a_trained_artifact_foresees_what_it_never_saw() {
    let shop = Shop::new(corpus(240, 3_000, 1));
    let trained = shop.train(3, 20_000);
    let inner = trained.quality.unwrap()[1];
    assert!(inner.hit_rate() > 0.5, "{inner:?}");
    let artifact = Artifact::load(trained.bytes).unwrap();
    let others = corpus(240, 300, 2);
    let questions = questions(&artifact, &others);
    let quality = measure(&artifact, artifact.mix(Mode::Excluded), Mode::Excluded, &questions);
    assert!(quality.hit_rate() > 0.5, "{quality:?}");
}

/// What every prefix of these sessions asks of an artifact.
fn questions(artifact: &Artifact, corpus: &Corpus) -> Vec<Question> {
    let known = |item: &u32| artifact.item(&corpus.ids[*item as usize]);
    let of_session = |session: &Session| -> Vec<Question> {
        let items: Vec<Option<u32>> = session.items.iter().map(known).collect();
        (1..items.len()).map(|at| Question::new(&items[..at], items[at])).collect()
    };
    corpus.sessions.iter().flat_map(of_session).collect()
}

/// The fit keeps parts of answers from mix to mix: whatever it went through before,
/// its places must be those of the engine.
#[test]
fn a_rehearsal_finds_what_the_engine_finds() {
    let shop = Shop::new(corpus(200, 900, 4));
    let artifact = shop.artifact(roomy(1), Mix::default());
    let others = corpus(230, 120, 9);
    let questions = questions(&artifact, &others);
    let (mut asked, mut ends) = (Vec::new(), Vec::new());
    for (first, every) in HEATS {
        asked.extend(questions.iter().skip(first).step_by(every).cloned());
        ends.push(asked.len());
    }
    assert_eq!(asked.len(), questions.len());
    let start = Mix::default();
    let changes: [fn(&mut Mix); 14] = [
        |mix| mix.table = 0.0,
        |mix| mix.table = 1.0,
        |mix| mix.current = -2.0,
        |mix| (mix.current, mix.reminder) = (0.0, 0.0),
        |mix| mix.reminder_decay = 0.5,
        |mix| mix.table_decay = 4.0,
        |mix| mix.session_decay = 0.5,
        |mix| mix.nearest = 3.0,
        |mix| mix.ageing = 0.1,
        |mix| mix.shared_decay = 0.5,
        |mix| mix.proximity = 1.0,
        |mix| mix.behind = 0.3,
        |mix| mix.rarity = 0.0,
        |mix| (mix.nearest, mix.reminder) = (1.0, 0.0),
    ];
    let mut rehearsal = Rehearsal::new(&artifact, &questions, start);
    let mut found = std::collections::HashSet::new();
    for change in changes {
        let mut mix = start;
        change(&mut mix);
        for kept in [start, mix, Mix { session_decay: 1.0, ..start }] {
            rehearsal.keep(kept);
            for mode in [Mode::Allowed, Mode::Excluded] {
                let mut heats = Vec::new();
                let told = |heat, quality| (heats.push((heat, quality)), true).1;
                let quality = rehearsal.race(mix, mode, told).unwrap();
                for (heat, so_far) in heats {
                    let expected = measure(&artifact, mix, mode, &asked[..ends[heat]]);
                    assert_eq!(so_far, expected, "{mix:?}");
                }
                assert_eq!(rehearsal.race(mix, mode, |heat, _| heat < 2), None);
                found.insert(quality.reciprocal.to_bits());
            }
        }
    }
    // The changes do change something.
    assert!(found.len() > 10, "{}", found.len());
}

/// Sessions of five clicks, of these days.
fn sessions_of(days: impl Iterator<Item = i32>) -> Vec<Session> {
    days.map(|day| Session { day, items: vec![0; 5], ..Session::default() }).collect()
}

#[test]
fn the_last_day_is_held_out() {
    assert_eq!(split(&sessions_of((0..1_000).map(|n| n / 250))), 750);
    // Also where it is most of what there is.
    assert_eq!(split(&sessions_of((0..1_000).map(|n| i32::from(n >= 300)))), 300);
    // One day only: the last thirtieth, or what has 800 questions.
    assert_eq!(split(&sessions_of((0..30_000).map(|_| 0))), 29_000);
    assert_eq!(split(&sessions_of((0..3_000).map(|_| 0))), 2_800);
    // A last day that has just begun says too little; the one before is too long.
    let begun = (0..3_000).map(|_| 0).chain([1]);
    assert_eq!(split(&sessions_of(begun)), 2_801);
}

#[test]
fn of_a_small_shop_several_days_are_held_out() {
    // Of 30 sessions a day it takes seven days to ask 800 questions.
    assert_eq!(split(&sessions_of((0..3_000).map(|n| n / 30))), 2_790);
    // A fifth at most; of that many sessions, whatever their days are.
    assert_eq!(split(&sessions_of((0..500).map(|n| n / 30))), 400);
    assert_eq!(split(&sessions_of(0..9)), 8);
    assert_eq!(split(&sessions_of(0..4)), 4);
    assert_eq!(split(&[]), 0);
    // Sessions of one click ask nothing: the newest that do are found before them.
    let mut looks = sessions_of((0..3_000).map(|n| n / 100));
    looks.iter_mut().skip(2_700).for_each(|session| session.items.truncate(1));
    assert_eq!(split(&looks), 2_500);
}

#[test]
fn too_few_questions_measure_but_are_not_fitted_to() {
    let shop = |sessions| Shop::new(corpus(60, sessions, 1)).train(1, 20_000);
    let small = shop(400);
    let [allowed, excluded] = small.quality.unwrap();
    assert!((100..800).contains(&allowed.questions) && excluded.hits > 0, "{allowed:?}");
    assert_eq!((small.fitted, small.mixes), (0, [Mix::default(); 2]));
    assert!(small.covered.is_some());
    let large = shop(2_000);
    assert!(large.fitted >= 800, "{}", large.fitted);
    assert_ne!(large.mixes, [Mix::default(); 2]);
}

#[test]
fn a_shop_without_sessions_gets_an_artifact_without_answers() {
    for sessions in [0, 1, 5] {
        let trained = Shop::new(corpus(10, sessions, 1)).train(5, 1_000);
        assert_eq!((trained.quality, trained.covered), (None, None));
        let artifact = Artifact::load(trained.bytes).unwrap();
        assert_eq!(artifact.meta().items, 10);
    }
}
