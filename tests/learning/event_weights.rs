//! What acts are worth, as an artifact says it: the file, and what a page files.

use crate::shop::{Shop, corpus, roomy};
use reshelf::engine::artifact::container::SectionId;
use reshelf::engine::artifact::{Artifact, ArtifactError};
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::event::{Event, EventKind};
use reshelf::engine::journal::DocumentId;
use reshelf::engine::recommend::mix::Mix;
use reshelf::engine::time::Millis;
use reshelf::engine::{Config, Session};
use reshelf::train::event_weights::section;
use reshelf::train::writing::extended;
use std::path::PathBuf;

const NOW: f64 = 1_767_268_800_000.0;

fn written(body: Vec<u8>) -> Vec<u8> {
    let plain = Shop::new(corpus(40, 30, 7)).pack(roomy(1), Mix::default());
    extended(plain, &[(SectionId::EVENT_WEIGHTS, body)]).unwrap()
}

fn fitted(wishlist: f32) -> Vec<u8> {
    section(&[(EventKind::AddToCart, 3.6), (EventKind::Wishlist, wishlist)])
}

#[test]
fn the_golden_file_is_written_and_read_to_the_byte() {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/artifact-event-weights.rsf");
    if std::env::var_os("RESHELF_BLESS").is_some() {
        std::fs::write(&path, written(fitted(1.4))).expect("a writable folder");
    }
    let golden = std::fs::read(path).expect("a golden file");
    assert_eq!(written(fitted(1.4)), golden);
    let weights = Artifact::load(golden).unwrap().event_weights();
    assert_eq!(weights.of(EventKind::Wishlist), 1.4);
    assert_eq!(weights.of(EventKind::Purchase), EventKind::Purchase.weight());
}

#[test]
fn a_weight_out_of_bounds_is_damage() {
    let file = Artifact::load(written(vec![EventKind::Wishlist as u8, 120]));
    assert_eq!(file.map(|_| ()).unwrap_err(), ArtifactError::Damaged);
}

/// Two candles are looked at, two lamps are wished for.
fn interests(artifact: Option<Vec<u8>>) -> Vec<(String, f64)> {
    let mut session = Session::new(Config::default(), DocumentId(1));
    if let Some(bytes) = artifact {
        session.load_artifact(bytes).unwrap();
    }
    let acts = [("Candles", EventKind::View), ("Lamps", EventKind::Wishlist)];
    for (category, kind) in acts {
        for each in 0..2 {
            let id = format!("{category} {each}");
            let row = ItemRow { id, category: vec![category.to_owned()], ..ItemRow::default() };
            let subject = session.add_item(&row);
            let at = Millis::from_js(NOW);
            session.track(Event { kind, subject, at, dwell_ms: None, placement: None }, at);
        }
    }
    let profile = session.profile(Millis::from_js(NOW));
    let categories = profile.interests.iter().filter(|each| each.kind == "category");
    categories.map(|each| (each.value.clone(), each.share)).collect()
}

#[test]
fn a_page_files_acts_with_the_weights_of_its_shop() {
    let share = |artifact, name: &str| {
        let interests = interests(artifact);
        interests.iter().find(|(value, _)| value == name).map_or(0.0, |(_, share)| *share)
    };
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 0.01, "{found}");
    let shop = |wishlist| Some(written(fitted(wishlist)));
    // Three views against one, unless the shop says that wishes are worth half a view.
    near(share(None, "Lamps"), 0.75);
    near(share(shop(3.0), "Lamps"), 0.75);
    near(share(shop(0.5), "Candles"), 2.0 / 3.0);
}
