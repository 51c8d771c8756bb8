//! Core and graph: what two files of one training say together, apart, and with
//! those of another.

use crate::bytes::damaged;
use crate::shop::{Random, Shop, corpus, roomy};
use reshelf::engine::artifact::container::Container;
use reshelf::engine::artifact::{Artifact, ArtifactError, Mode};
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::event::{Event, EventKind};
use reshelf::engine::journal::DocumentId;
use reshelf::engine::recommend::mix::Mix;
use reshelf::engine::recommend::{Query, Recommender};
use reshelf::engine::time::Millis;
use reshelf::engine::{Config, Session};
use reshelf::train::splitting::{BYTES, join, split};
use std::path::PathBuf;

const NOW: f64 = 1_767_268_800_000.0;

fn golden(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).expect("a golden file")
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn whole(seed: u64) -> Vec<u8> {
    Shop::new(corpus(60, 200, seed)).pack(roomy(1), Mix::default())
}

fn best(artifact: &Artifact, item: u32) -> Vec<(u32, f32)> {
    let mut recommender = Recommender::new(artifact, artifact.mix(Mode::Excluded));
    let query = Query { session: &[item], excluded: &[item], ..Query::default() };
    recommender.recommend(artifact, query, 20)
}

fn refusal(file: Vec<u8>, other: Option<Vec<u8>>) -> ArtifactError {
    join(std::iter::once(file).chain(other).collect()).map(|_| ()).unwrap_err()
}

/// A page that knows sixty items, of which one was looked at.
fn page() -> Session {
    let mut session = Session::new(Config { quota: 10.0, ..Config::default() }, DocumentId(1));
    for item in 0..60 {
        session.add_item(&ItemRow { id: format!("sku-{item}"), ..ItemRow::default() });
    }
    let at = Millis::from_js(NOW);
    let subject = session.item("sku-40");
    let view = Event { kind: EventKind::View, subject, at, dwell_ms: None, placement: None };
    session.track(view, at);
    session
}

fn order(session: &mut Session) -> Vec<u32> {
    let items: Vec<u32> = (0..60).filter_map(|item| session.item(&format!("sku-{item}"))).collect();
    session.order(None, &items, &[], None, Millis::from_js(NOW + 60_000.0))
}

#[test]
fn the_golden_files_are_written_and_read_to_the_byte() {
    for name in ["artifact", "artifact-orders"] {
        let file = golden(&format!("{name}.rsf"));
        let parts = split(file.clone()).unwrap();
        assert_eq!(parts.iter().map(Vec::len).sum::<usize>(), file.len() + BYTES);
        for (part, bytes) in ["core", "graph"].iter().zip(&parts) {
            let name = format!("{name}-{part}.rsf");
            if std::env::var_os("RESHELF_BLESS").is_some() {
                std::fs::write(path(&name), bytes).expect("a writable folder");
            }
            assert_eq!(bytes, &golden(&name), "{name}");
        }
    }
}

#[test]
fn two_files_in_any_order_say_what_the_one_says() {
    for name in ["artifact", "artifact-orders"] {
        let one = Artifact::load(golden(&format!("{name}.rsf"))).unwrap();
        let [core, graph] = split(golden(&format!("{name}.rsf"))).unwrap();
        for two in [join(vec![core.clone(), graph.clone()]), join(vec![graph, core])] {
            let two = two.unwrap();
            assert_eq!(two.meta(), one.meta());
            assert_eq!(two.fingerprint(), one.fingerprint());
            for item in 0..one.meta().items {
                assert_eq!(best(&two, item), best(&one, item));
                let bought = |artifact: &Artifact| -> Vec<(u32, u8)> {
                    artifact.together(item).into_iter().flat_map(|row| row.entries()).collect()
                };
                assert_eq!(bought(&two), bought(&one));
            }
        }
    }
}

#[test]
fn a_core_alone_knows_the_popular_and_no_neighbours() {
    let [core, graph] = split(golden("artifact.rsf")).unwrap();
    let artifact = Artifact::load(core).unwrap();
    assert!((0..150).all(|item| artifact.neighbours(item).is_none()));
    assert!(artifact.prototypes().is_empty());
    let popular: Vec<u32> = artifact.popular().iter().copied().filter(|item| *item != 7).collect();
    let best: Vec<u32> = best(&artifact, 7).into_iter().map(|(item, _)| item).collect();
    assert_eq!(best, popular[..20]);
    assert_eq!(refusal(graph, None), ArtifactError::Unpaired);
}

#[test]
fn a_page_takes_the_core_then_the_graph_and_nothing_of_another_training() {
    let [(core, graph), (other_core, other_graph)] = [1, 2].map(|seed| {
        let [core, graph] = split(whole(seed)).unwrap();
        (core, graph)
    });
    let mut one = page();
    one.load_artifact(whole(1)).unwrap();
    let trained = order(&mut one);
    let untrained = order(&mut page());
    assert_ne!(trained, untrained);

    let mut two = page();
    assert_eq!(two.load_artifact(graph.clone()), Err(ArtifactError::Unpaired));
    two.load_artifact(core.clone()).unwrap();
    assert_eq!(order(&mut two), untrained);
    assert_eq!(two.load_artifact(other_graph.clone()), Err(ArtifactError::Unpaired));
    two.load_artifact(graph.clone()).unwrap();
    assert_eq!(order(&mut two), trained);
    // What is refused changes nothing.
    assert_eq!(two.load_artifact(other_graph.clone()), Err(ArtifactError::Unpaired));
    assert!(two.load_artifact(graph[..graph.len() - 1].to_vec()).is_err());
    assert_eq!(order(&mut two), trained);
    // Another core ends what the graph belonged to.
    two.load_artifact(other_core.clone()).unwrap();
    assert_eq!(two.load_artifact(graph.clone()), Err(ArtifactError::Unpaired));

    assert_eq!(refusal(core.clone(), Some(other_graph)), ArtifactError::Unpaired);
    assert_eq!(refusal(graph.clone(), Some(other_core)), ArtifactError::Unpaired);
    assert_eq!(refusal(core.clone(), Some(core.clone())), ArtifactError::Unpaired);
    assert_eq!(refusal(whole(1), Some(graph)), ArtifactError::Unpaired);
    assert_eq!(split(core).unwrap_err(), ArtifactError::Unpaired);
}

#[test]
fn every_cut_and_flipped_bit_of_either_file_is_refused() {
    let parts = split(golden("artifact-orders.rsf")).unwrap();
    for (at, part) in parts.iter().enumerate() {
        let with = |bytes: Vec<u8>| {
            let other = parts[1 - at].clone();
            join(vec![bytes, other]).map(|_| ())
        };
        with(part.clone()).unwrap();
        for length in 1..part.len() {
            assert_eq!(with(part[..length].to_vec()), Err(ArtifactError::Truncated), "{length}");
        }
        let mut bytes = part.clone();
        for bit in 0..bytes.len() * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(Container::load(bytes.clone()).is_err(), "bit {bit}");
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
    }
}

#[test]
fn resealed_damage_of_either_file_is_refused_or_harmless() {
    let parts = split(golden("artifact.rsf")).unwrap();
    let mut random = Random(17);
    let (mut refused, mut accepted) = (0, 0);
    for round in 0..10_000 {
        let mut pair = parts.clone();
        pair[round % 2] = damaged(&pair[round % 2], &mut random);
        let [core, graph] = pair;
        let Ok(artifact) = join(vec![core, graph]) else {
            refused += 1;
            continue;
        };
        accepted += 1;
        let answers = best(&artifact, random.below(150) as u32);
        let items = artifact.meta().items;
        assert!(answers.iter().all(|(item, score)| *item < items && !score.is_nan()));
    }
    assert!(refused > 500 && accepted > 500, "{refused} refused, {accepted} accepted");
}
