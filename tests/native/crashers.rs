//! The fuzzer's targets, once over every input that is kept: the corpus, and what
//! once crashed. `scripts/fuzz.mjs` looks for new ones.

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder under `tests/fuzz`, which may be missing.
fn inputs(folder: &str, target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(folder).join(target);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn what_once_crashed_does_not_crash_again() {
    for (target, run) in fuzz::TARGETS {
        let corpus = inputs("corpus", target);
        assert!(!corpus.is_empty(), "no corpus for {target}");
        for path in corpus.into_iter().chain(inputs("crashers", target)) {
            let bytes = fs::read(&path).unwrap();
            let outcome = std::panic::catch_unwind(|| run(&bytes));
            assert!(outcome.is_ok(), "{target} crashes over {}", path.display());
        }
    }
}

/// Halves of inputs, and inputs glued together: a corpus alone would only walk
/// where the engine is known to stand.
#[test]
fn cut_and_glued_inputs_do_not_crash_either() {
    for (target, run) in fuzz::TARGETS {
        let all: Vec<_> =
            inputs("corpus", target).iter().map(|path| fs::read(path).unwrap()).collect();
        for (bytes, other) in all.iter().zip(all.iter().cycle().skip(1)) {
            let (start, end) = bytes.split_at(bytes.len() / 2);
            [start, end, &[start, other].concat(), &[end, start].concat()]
                .into_iter()
                .for_each(run);
        }
    }
}

/// A target that accepts nothing would never find anything.
#[test]
fn the_targets_reach_the_decoders() {
    for which in 0..3 {
        let bytes = fuzz::invented::golden(which);
        assert!(fuzz::envelope::read(&bytes).is_some());
        assert_eq!(fuzz::invented::resealed(&bytes), bytes);
    }
}
