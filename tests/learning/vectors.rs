//! The file of vectors: it belongs to one artifact, and the search finds what is
//! nearest.

use crate::bytes::reseal;
use crate::shop::{Random, Shop, corpus, roomy};
use reshelf::engine::artifact::vectors::Vectors;
use reshelf::engine::artifact::{Artifact, ArtifactError};
use reshelf::engine::recommend::alike::{looks_like, vector};
use reshelf::engine::recommend::mix::Mix;
use reshelf::train::vectors::pack;

fn values(items: usize, dimensions: usize) -> Vec<f32> {
    let mut random = Random(9);
    (0..items * dimensions).map(|_| random.below(2_001) as f32 / 1_000.0 - 1.0).collect()
}

fn artifact(seed: u64) -> (Vec<String>, Artifact) {
    let shop = Shop::new(corpus(50, 100, seed));
    let artifact = shop.artifact(roomy(1), Mix::default());
    (shop.corpus.ids, artifact)
}

#[test]
fn the_nearest_are_found_in_any_number_of_dimensions() {
    let (ids, artifact) = artifact(1);
    for dimensions in [1usize, 15, 16, 17, 64, 256] {
        let mut values = values(50, dimensions);
        // One item has no vector.
        values[3 * dimensions..4 * dimensions].fill(0.0);
        let bytes = pack(&artifact, &ids, &values, dimensions as u16);
        let vectors = Vectors::load(bytes, &artifact).unwrap();
        let number = |id: usize| artifact.item(&ids[id]).unwrap();
        assert_eq!(vector(&vectors, number(3)), None);
        let wanted = vector(&vectors, number(7)).unwrap().to_vec();
        let found = looks_like(&vectors, &wanted, &[number(7)], 50);
        let of = |id: usize| &values[id * dimensions..][..dimensions];
        let cosine = |a: &[f32], b: &[f32]| {
            let dot = |a: &[f32], b: &[f32]| {
                a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>()
            };
            dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
        };
        for (item, score) in &found {
            let id = (0..50).find(|id| number(*id) == *item).unwrap();
            // A byte is off by half of a 127th a dimension at most.
            assert!((f64::from(*score) - cosine(of(7), of(id))).abs() < 0.05, "{dimensions}");
        }
        let alike = (0..50).filter(|id| ![3, 7].contains(id) && cosine(of(7), of(*id)) > 0.05);
        assert!(alike.clone().count() <= found.len(), "{dimensions}: {}", found.len());
        assert!(found.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        assert!(looks_like(&vectors, &wanted[1..], &[], 5).is_empty());
    }
}

#[test]
fn vectors_of_another_artifact_are_refused() {
    let ((ids, first), (_, second)) = (artifact(1), artifact(2));
    let bytes = pack(&first, &ids, &values(50, 8), 8);
    let refusal = |bytes, artifact| Vectors::load(bytes, artifact).map(|_| ()).unwrap_err();
    assert_eq!(refusal(bytes, &second), ArtifactError::Foreign);
    let plain = Shop::new(corpus(50, 100, 1)).pack(roomy(1), Mix::default());
    assert_eq!(refusal(plain, &first), ArtifactError::Damaged);
}

#[test]
fn damage_is_refused_or_harmless() {
    let (ids, artifact) = artifact(1);
    let mut bytes = pack(&artifact, &ids, &values(50, 8), 8);
    for length in 1..bytes.len() {
        assert!(Vectors::load(bytes[..length].to_vec(), &artifact).is_err(), "{length}");
    }
    for at in 0..bytes.len() * 8 {
        bytes[at / 8] ^= 1 << (at % 8);
        assert!(Vectors::load(bytes.clone(), &artifact).is_err(), "bit {at}");
        let mut resealed = bytes.clone();
        reseal(&mut resealed);
        if let Ok(vectors) = Vectors::load(resealed, &artifact) {
            let found = looks_like(&vectors, &[127; 8], &[], 50);
            assert!(found.iter().all(|(item, _)| *item < 50));
        }
        bytes[at / 8] ^= 1 << (at % 8);
    }
}
