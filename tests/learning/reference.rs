//! The score once more, slowly and from its description: floats of 64 bits, maps
//! instead of arrays, every item scored and sorted.

use crate::shop::{Shop, corpus, roomy};
use proptest::prelude::*;
use reshelf::engine::artifact::Artifact;
use reshelf::engine::artifact::neighbours::{Weights, largest};
use reshelf::engine::recommend::mix::Mix;
use reshelf::engine::recommend::{CONTEXT, Query, Recommender};
use std::collections::BTreeMap;

type Scores = BTreeMap<u32, f64>;

fn fading(age: usize, decay: f32) -> f64 {
    (-(age as f64) / f64::from(decay)).exp()
}

fn table(artifact: &Artifact, mix: &Mix, session: &[u32]) -> Scores {
    let mut scores = Scores::new();
    for (age, item) in session.iter().enumerate() {
        let row = artifact.neighbours(*item).unwrap();
        for (neighbour, nibble) in row.entries() {
            let weight = f64::from(largest(row.scale()) * Weights::default().of(nibble));
            *scores.entry(neighbour).or_default() += fading(age, mix.table_decay) * weight;
        }
    }
    scores
}

fn prototypes(artifact: &Artifact, mix: &Mix, session: &[u32]) -> Scores {
    let index = artifact.prototypes();
    let age_of = |item: &u32| session.iter().position(|own| own == item);
    let mut similar: Vec<(f64, Vec<u32>)> = Vec::new();
    let mut holding = Scores::new();
    for prototype in 0..index.len() as u32 {
        let items: Vec<u32> = index.items(prototype).to_vec();
        for item in &items {
            *holding.entry(*item).or_default() += 1.0;
        }
        let ages: Vec<usize> = items.iter().filter_map(age_of).collect();
        if ages.is_empty() {
            continue;
        }
        let sum: f64 = ages.iter().map(|age| fading(*age, mix.session_decay)).sum();
        let recency = (-f64::from(mix.ageing) * index.generation(prototype) as f64).exp();
        similar.push((sum * recency, items));
    }
    // A stable sort: the earlier prototype first among equals.
    similar.sort_by(|a, b| (b.0 as f32).total_cmp(&(a.0 as f32)));
    similar.truncate(mix.nearest as usize);
    let mut scores = Scores::new();
    for (similarity, items) in &similar {
        let (age, at) = items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| Some((age_of(item)?, at)))
            .min()
            .unwrap();
        for (place, item) in items.iter().enumerate() {
            let near = fading(place.abs_diff(at).saturating_sub(1), mix.proximity);
            let side = if place >= at { 1.0 } else { f64::from(mix.behind) };
            *scores.entry(*item).or_default() +=
                similarity * fading(age, mix.shared_decay) * near * side;
        }
    }
    let all = index.len() as f64 + 1.0;
    for (item, score) in &mut scores {
        let idf = (all / (holding[item] + 0.5)).ln().max(0.01);
        *score *= idf.powf(f64::from(mix.rarity));
    }
    scores
}

fn scores(artifact: &Artifact, mix: &Mix, query: Query) -> Scores {
    let session = &query.session[..query.session.len().min(CONTEXT)];
    let mut sum = Scores::new();
    let parts = [
        (f64::from(mix.table), table(artifact, mix, session)),
        (1.0 - f64::from(mix.table), prototypes(artifact, mix, session)),
    ];
    for (share, part) in parts {
        let largest = part.values().copied().fold(0.0, f64::max);
        for (item, score) in part {
            *sum.entry(item).or_default() += share * score / largest;
        }
    }
    for (age, item) in query.history.iter().enumerate() {
        if session.first() != Some(item) {
            *sum.entry(*item).or_default() +=
                f64::from(mix.reminder) * fading(age, mix.reminder_decay);
        }
    }
    if let Some(current) = session.first() {
        *sum.entry(*current).or_default() += f64::from(mix.current);
    }
    sum
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_engine_scores_as_described(
        seed in 0..1_000u64,
        k in 1..4u32,
        session in prop::collection::btree_set(0..60u32, 1..14),
        table in prop::sample::select(vec![0.0, 0.3, 1.0]),
        nearest in prop::sample::select(vec![1.0, 5.0, 100.0]),
        behind in prop::sample::select(vec![0.5, 1.0]),
        current in prop::sample::select(vec![-2.0, 0.0, 0.7]),
        ageing in prop::sample::select(vec![0.0, 0.1]),
    ) {
        let mix = Mix { table, nearest, behind, current, ageing, proximity: 2.0, ..Mix::default() };
        let artifact = Shop::new(corpus(60, 200, seed)).artifact(roomy(k), mix);
        let session: Vec<u32> = session.into_iter().rev().collect();
        let query = Query { session: &session, history: &session[..session.len() / 2 + 1], excluded: &session[1..2.min(session.len())] };
        let expected = scores(&artifact, &mix, query);
        let mut recommender = Recommender::new(&artifact, mix);
        let first = recommender.recommend(&artifact, query, 60);
        // Nothing is left over from one call to the next.
        prop_assert_eq!(&first, &recommender.recommend(&artifact, query, 60));
        prop_assert!(first.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        prop_assert!(first.iter().all(|(item, _)| !query.excluded.contains(item)));
        // Prototypes of equal similarity may be cut off differently by a last bit.
        if nearest == 100.0 {
            for (item, score) in &first {
                let expected = expected.get(item).copied().unwrap_or_default();
                prop_assert!((f64::from(*score) - expected).abs() < 1e-4, "{item}: {score}, {expected}");
            }
            let missing = expected.iter().filter(|(item, score)| {
                **score > 0.0 && !query.excluded.contains(item) && !first.iter().any(|(known, _)| known == *item)
            });
            prop_assert_eq!(missing.count(), 0);
        }
        let few = recommender.recommend(&artifact, query, 5);
        prop_assert_eq!(&few[..], &first[..5]);
    }
}
