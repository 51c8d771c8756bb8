//! Markov rows of categories: what is written is read, what few did is left out,
//! and no bytes make the reader stop.

use crate::shop::Random;
use reshelf::engine::artifact::transitions::Transitions;
use reshelf::engine::intern::{FeatureKey, Namespace};
use reshelf::train::transitions::section;

fn names() -> Vec<String> {
    ["Home > Candles", "Home > Lamps", "Garden"].map(String::from).to_vec()
}

fn row(bytes: &[u8], from: &str) -> Vec<(FeatureKey, f64)> {
    let from = FeatureKey::new(Namespace::Category, from);
    Transitions::read(bytes).unwrap().row(bytes, from).collect()
}

fn chance(row: &[(FeatureKey, f64)], namespace: Namespace, name: &str) -> f64 {
    let key = FeatureKey::new(namespace, name);
    row.iter().find(|(known, _)| *known == key).map_or(0.0, |(_, chance)| *chance)
}

#[test]
fn rows_are_shares_of_the_next_clicks() {
    // From candles: three times to lamps, once to the garden.
    let sessions = vec![vec![0, 1], vec![0, 1], vec![0, 1], vec![0, 2], vec![2]];
    let row = row(&section(&names(), &sessions, 1), "Home > Candles");
    assert_eq!(chance(&row, Namespace::Category, "Home > Lamps"), 191.0 / 255.0);
    assert_eq!(chance(&row, Namespace::Category, "Garden"), 64.0 / 255.0);
    // What stands above a category is gone to with it.
    assert_eq!(chance(&row, Namespace::ParentCategory, "Home"), 191.0 / 255.0);
}

#[test]
fn what_fewer_than_k_sessions_did_is_left_out() {
    let sessions = vec![vec![0, 1], vec![0, 1], vec![0, 2, 0, 2, 0, 2]];
    let row = row(&section(&names(), &sessions, 2), "Home > Candles");
    assert_eq!(chance(&row, Namespace::Category, "Home > Lamps"), 1.0);
    assert_eq!(chance(&row, Namespace::Category, "Garden"), 0.0);
}

#[test]
fn cuts_are_refused_and_damage_is_harmless() {
    let sessions = vec![vec![0, 1, 2, 0], vec![1, 0, 2], vec![2, 1]];
    let bytes = section(&names(), &sessions, 1);
    for length in 0..bytes.len() {
        assert!(Transitions::read(&bytes[..length]).is_none(), "{length}");
    }
    let mut random = Random(5);
    for _ in 0..20_000 {
        let mut damaged = bytes.clone();
        let at = random.below(bytes.len() as u64) as usize;
        damaged[at] = random.below(256) as u8;
        if let Some(rows) = Transitions::read(&damaged) {
            let from = FeatureKey::new(Namespace::Category, "Garden");
            assert!(rows.row(&damaged, from).all(|(_, chance)| (0.0..=1.0).contains(&chance)));
        }
    }
}
