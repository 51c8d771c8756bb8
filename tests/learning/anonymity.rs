//! What an artifact gives away: it lies on a server that everybody can read.

use crate::shop::{Shop, corpus, roomy};
use proptest::prelude::*;
use reshelf::train::corpus::Session;
use reshelf::train::groups;
use reshelf::train::pairs;
use std::collections::BTreeSet;

fn people(sessions: &[Session], holds: impl Fn(&Session) -> bool) -> usize {
    sessions.iter().filter(|s| holds(s)).map(|s| s.person).collect::<BTreeSet<_>>().len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_pair_needs_k_people(seed in 0..1_000u64, k in 2..6u32) {
        let shop = Shop::new(corpus(40, 300, seed));
        let artifact = shop.artifact(roomy(k), Default::default());
        let number = |id: u32| artifact.item(&shop.corpus.ids[id as usize]).unwrap();
        let ids: Vec<u32> = (0..40).collect();
        for from in &ids {
            for (to, _) in artifact.neighbours(number(*from)).unwrap().entries() {
                let to = ids.iter().find(|id| number(**id) == to).unwrap();
                let both = |s: &Session| s.items.contains(from) && s.items.contains(to);
                prop_assert!(people(&shop.corpus.sessions, both) >= k as usize);
            }
        }
    }

    #[test]
    fn an_item_of_a_prototype_needs_two_of_k_people(seed in 0..1_000u64, k in 2..6usize) {
        let corpus = corpus(40, 300, seed);
        for items in groups::prototypes(&corpus.sessions, 40, k) {
            for item in &items {
                prop_assert!(people(&corpus.sessions, |s| s.items.contains(item)) >= 2);
            }
            let distinct: BTreeSet<_> = items.iter().collect();
            prop_assert_eq!(distinct.len(), items.len());
        }
    }
}

/// A session that is unlike all others leaves no trace but its items' hashes.
#[test]
fn a_loner_leaves_no_trace() {
    let mut crowd = corpus(60, 300, 3);
    let loner: Vec<u32> = ["a", "b", "c"].map(|id| crowd.number(id)).to_vec();
    crowd.sessions.push(Session { items: loner.clone(), person: 9_999, day: 99 });
    let shop = Shop::new(crowd);
    let artifact = shop.artifact(roomy(2), Default::default());
    let prototypes = artifact.prototypes();
    for item in ["a", "b", "c"].map(|id| artifact.item(id).unwrap()) {
        assert_eq!(artifact.neighbours(item).unwrap().entries().count(), 0);
        assert!(prototypes.with(item).is_empty());
    }
}

/// One person who comes back again and again is one person.
#[test]
fn repetition_is_no_support() {
    let session = |person| Session { items: vec![1, 2], person, day: 0 };
    let pairs = pairs::count(&[session(1), session(1), session(1), session(2)]);
    assert_eq!(pairs.iter().map(|pair| pair.support).collect::<Vec<_>>(), [2, 2]);
    let alone = [session(1), session(1), session(1)];
    assert!(groups::prototypes(&alone, 3, 2).is_empty());
}
