//! The file: one that was written in the past, and files that somebody damaged.

use crate::shop::{Random, Shop, corpus, roomy};
use reshelf::engine::artifact::container::{HEADER, VERSION};
use reshelf::engine::artifact::{Artifact, ArtifactError, Mode};
use reshelf::engine::checksum::checksum;
use reshelf::engine::recommend::mix::Mix;
use reshelf::engine::recommend::{Query, Recommender};
use std::path::PathBuf;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/artifact.rsf")
}

fn golden() -> Vec<u8> {
    std::fs::read(path()).expect("a golden file")
}

fn written() -> Vec<u8> {
    Shop::new(corpus(150, 60, 7)).pack(roomy(1), Mix::default())
}

fn refusal(bytes: Vec<u8>) -> ArtifactError {
    Artifact::load(bytes).map(|_| ()).unwrap_err()
}

#[test]
fn the_golden_file_is_written_and_read_to_the_byte() {
    if std::env::var_os("RESHELF_BLESS").is_some() {
        std::fs::write(path(), written()).expect("a writable folder");
    }
    assert_eq!(written(), golden());
    let artifact = Artifact::load(golden()).unwrap();
    let meta = artifact.meta();
    assert_eq!((meta.k, meta.items, meta.sessions), (1, 150, 60));
    assert_eq!(artifact.mix(Mode::Excluded), Mix::default());
    let item = artifact.item("sku-3").unwrap();
    assert_eq!(artifact.item("sku-150"), None);
    let query = Query { session: &[item], excluded: &[item], ..Query::default() };
    let mut recommender = Recommender::new(&artifact, artifact.mix(Mode::Excluded));
    let best = recommender.recommend(&artifact, query, 3);
    let names: Vec<String> = (0..150).map(|n| format!("sku-{n}")).collect();
    let name = |item: u32| names.iter().find(|name| artifact.item(name) == Some(item)).unwrap();
    let best: Vec<&str> = best.iter().map(|(item, _)| name(*item).as_str()).collect();
    assert_eq!(best, GOLDEN_ANSWER);
}

const GOLDEN_ANSWER: [&str; 3] = ["sku-1", "sku-145", "sku-148"];

#[test]
fn every_cut_is_refused() {
    let bytes = golden();
    for length in 1..bytes.len() {
        assert_eq!(refusal(bytes[..length].to_vec()), ArtifactError::Truncated, "{length}");
    }
    assert_eq!(refusal(Vec::new()), ArtifactError::Foreign);
    for start in 1..bytes.len() {
        assert_eq!(refusal(bytes[start..].to_vec()), ArtifactError::Foreign, "{start}");
    }
}

#[test]
fn every_flipped_bit_is_refused() {
    let mut bytes = golden();
    for at in 0..bytes.len() * 8 {
        bytes[at / 8] ^= 1 << (at % 8);
        assert!(Artifact::load(bytes.clone()).is_err(), "bit {at}");
        bytes[at / 8] ^= 1 << (at % 8);
    }
}

#[test]
fn what_is_added_is_refused() {
    let mut bytes = golden();
    bytes.push(0);
    assert_eq!(refusal(bytes), ArtifactError::Damaged);
    assert_eq!(refusal(b"<!doctype html>".to_vec()), ArtifactError::Foreign);
}

/// Where the table of sections ends.
fn table_end(bytes: &[u8]) -> usize {
    HEADER + 16 * usize::from(u16::from_le_bytes([bytes[6], bytes[7]]))
}

fn seal_table(bytes: &mut [u8]) {
    let end = table_end(bytes);
    let sum = checksum(&bytes[..end]).to_le_bytes();
    bytes[end..end + 4].copy_from_slice(&sum);
}

#[test]
fn a_later_version_is_told_from_damage() {
    let mut bytes = golden();
    bytes[4..6].copy_from_slice(&(VERSION + 1).to_le_bytes());
    assert_eq!(refusal(bytes.clone()), ArtifactError::Damaged);
    seal_table(&mut bytes);
    assert_eq!(refusal(bytes), ArtifactError::Newer);
}

/// Whoever makes a file can make its checksums: what is behind them is checked
/// too, and whatever passes must be safe to ask.
#[test]
fn resealed_damage_is_refused_or_harmless() {
    let original = golden();
    let mut random = Random(11);
    let (mut refused, mut accepted) = (0, 0);
    for _ in 0..20_000 {
        match Artifact::load(damaged(&original, &mut random)) {
            Err(_) => refused += 1,
            Ok(artifact) => {
                accepted += 1;
                let session: Vec<u32> = (0..12).map(|_| random.below(150) as u32).collect();
                let query = Query { session: &session, history: &session, excluded: &[] };
                let mut recommender = Recommender::new(&artifact, artifact.mix(Mode::Allowed));
                let best = recommender.recommend(&artifact, query, 20);
                assert!(best.iter().all(|(item, _)| *item < artifact.meta().items));
                assert!(best.iter().all(|(_, score)| !score.is_nan()));
            }
        }
    }
    assert!(refused > 1_000 && accepted > 1_000, "{refused} refused, {accepted} accepted");
}

/// The file with one to four bytes replaced and its checksums made right.
pub fn damaged(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len() as u64) as usize;
        bytes[at] = random.below(256) as u8;
    }
    reseal(&mut bytes);
    bytes
}

/// Makes all checksums right, as far as the table makes sense.
pub fn reseal(bytes: &mut [u8]) {
    let end = table_end(bytes);
    if end + 4 > bytes.len() {
        return;
    }
    let word = |bytes: &[u8], at: usize| {
        u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
    };
    for entry in (HEADER..end).step_by(16) {
        let (start, length) = (word(bytes, entry + 4), word(bytes, entry + 8));
        let Some(body) = bytes.get(start..start.saturating_add(length)) else { continue };
        let sum = checksum(body).to_le_bytes();
        bytes[entry + 12..entry + 16].copy_from_slice(&sum);
    }
    seal_table(bytes);
}
