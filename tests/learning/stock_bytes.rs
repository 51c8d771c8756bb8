//! The sections that orders and the catalogue give, as bytes: one file that was written
//! in the past, and files that somebody damaged.

use crate::bytes::damaged;
use crate::shop::{Random, roomy};
use crate::stock::{ITEMS, baskets, pack, stock};
use reshelf::engine::artifact::container::SectionId;
use reshelf::engine::artifact::{Artifact, ArtifactError};
use reshelf::engine::recommend::again::{Purchase, buy_again};
use reshelf::engine::recommend::needs::next_need;
use reshelf::engine::recommend::together::{complete_cart, likely_together};
use reshelf::engine::recommend::trending::trending;
use reshelf::train::plan::Settings;
use std::path::PathBuf;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/artifact-orders.rsf")
}

fn written() -> Vec<u8> {
    pack(stock(&baskets(300, 60, 7)), Settings { budget: 2_500, ..roomy(2) })
}

#[test]
fn the_golden_file_is_written_and_read_to_the_byte() {
    if std::env::var_os("RESHELF_BLESS").is_some() {
        std::fs::write(path(), written()).expect("a writable folder");
    }
    let golden = std::fs::read(path()).expect("a golden file");
    assert_eq!(written(), golden);
    let artifact = Artifact::load(golden).unwrap();
    let sections: Vec<SectionId> = artifact.sections().map(|(id, _)| id).collect();
    for id in [SectionId::TOGETHER, SectionId::COLUMNS, SectionId::NEEDS, SectionId::REPEATS] {
        assert!(sections.contains(&id), "{sections:?}");
    }
}

#[test]
fn every_cut_and_every_flipped_bit_is_refused() {
    let mut bytes = written();
    for length in 1..bytes.len() {
        let cut = Artifact::load(bytes[..length].to_vec());
        assert_eq!(cut.map(|_| ()).unwrap_err(), ArtifactError::Truncated, "{length}");
    }
    for at in 0..bytes.len() * 8 {
        bytes[at / 8] ^= 1 << (at % 8);
        assert!(Artifact::load(bytes.clone()).is_err(), "bit {at}");
        bytes[at / 8] ^= 1 << (at % 8);
    }
}

/// Checksums can be made by anybody: whatever passes must be safe to ask.
#[test]
fn resealed_damage_is_refused_or_harmless() {
    let original = written();
    let mut random = Random(5);
    let (mut refused, mut accepted) = (0, 0);
    for _ in 0..20_000 {
        let Ok(artifact) = Artifact::load(damaged(&original, &mut random)) else {
            refused += 1;
            continue;
        };
        accepted += 1;
        let items: Vec<u32> = (0..4).map(|_| random.below(ITEMS) as u32).collect();
        let purchases: Vec<Purchase> =
            items.iter().map(|item| Purchase { item: *item, day: 1.0 }).collect();
        let answers = [
            likely_together(&artifact, items[0], &[], 9),
            complete_cart(&artifact, &items, &[], 9),
            next_need(&artifact, &purchases, 9.0, &[], 9),
            buy_again(&artifact, &purchases, 9.0, &[], 9),
            trending(&artifact, artifact.columns().category(items[0]), &[], 9),
        ];
        for (item, score) in answers.into_iter().flatten() {
            assert!(item < artifact.meta().items && !score.is_nan());
        }
    }
    assert!(refused > 1_000 && accepted > 1_000, "{refused} refused, {accepted} accepted");
}
