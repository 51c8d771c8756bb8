//! Models of trees: what is written is read as it was grown, and no bytes make the
//! reader stop.

use crate::shop::Random;
use reshelf::engine::artifact::forest::{Forest, Known};
use reshelf::train::intent::{Contents, Named, column_key, section, value_key};

/// Rows whose label depends on a number and a text.
fn table(rows: usize) -> (Vec<Named>, Vec<u8>) {
    let mut random = Random(3);
    let (mut numbers, mut texts, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rows {
        let (number, text, luck) = (random.below(50), random.below(3), random.below(100));
        numbers.push(if number == 49 { f32::NAN } else { number as f32 });
        texts.push(value_key("kind", ["a", "b", "c"][text as usize]));
        labels.push(u8::from(luck < if number > 30 { 70 } else { 10 } + 10 * text));
    }
    let named = |name, contents| Named { key: column_key(name), contents };
    let columns =
        vec![named("number", Contents::Numbers(numbers)), named("kind", Contents::Values(texts))];
    (columns, labels)
}

fn chances(bytes: &[u8], columns: &[Named], rows: usize) -> Vec<f64> {
    let forest = Forest::read(bytes).unwrap();
    let known = |key: u32, row: usize| -> Option<Known> {
        columns.iter().find(|column| column.key == key)?.known(row)
    };
    (0..rows).map(|row| forest.probability(bytes, |key| known(key, row))).collect()
}

#[test]
fn probabilities_are_near_how_often_it_came_true() {
    let (columns, labels) = table(4_000);
    let bytes = section(&columns, &labels).unwrap();
    assert_eq!(bytes, section(&columns, &labels).unwrap());
    let chances = chances(&bytes, &columns, labels.len());
    let group = |number: std::ops::Range<f32>, text: &str| {
        let Contents::Numbers(numbers) = &columns[0].contents else { unreachable!() };
        let Contents::Values(texts) = &columns[1].contents else { unreachable!() };
        let rows: Vec<usize> = (0..labels.len())
            .filter(|row| number.contains(&numbers[*row]) && texts[*row] == value_key("kind", text))
            .collect();
        rows.iter().map(|row| chances[*row]).sum::<f64>() / rows.len() as f64
    };
    for (numbers, text, expected) in [
        (0.0..31.0, "a", 0.1),
        (0.0..31.0, "c", 0.3),
        (31.0..49.0, "a", 0.7),
        (31.0..49.0, "b", 0.8),
    ] {
        let found = group(numbers.clone(), text);
        assert!((found - expected).abs() < 0.05, "{numbers:?} {text}: {found}");
    }
}

#[test]
fn nothing_known_is_an_answer_too() {
    let (columns, labels) = table(500);
    let bytes = section(&columns, &labels).unwrap();
    let chance = Forest::read(&bytes).unwrap().probability(&bytes, |_| None);
    assert!(chance > 0.0 && chance < 1.0);
}

#[test]
fn cuts_are_refused_and_damage_is_harmless() {
    let (columns, labels) = table(300);
    let bytes = section(&columns, &labels).unwrap();
    for length in 0..bytes.len() {
        assert!(Forest::read(&bytes[..length]).is_none(), "{length}");
    }
    let mut random = Random(5);
    let mut accepted = 0;
    for _ in 0..20_000 {
        let mut damaged = bytes.clone();
        let at = random.below(bytes.len() as u64) as usize;
        damaged[at] = random.below(256) as u8;
        let Some(forest) = Forest::read(&damaged) else { continue };
        accepted += 1;
        let chance = forest.probability(&damaged, |_| Some(Known::Number(20.0)));
        assert!((0.0..=1.0).contains(&chance), "{chance}");
    }
    assert!(accepted > 1_000, "{accepted}");
}

#[test]
fn labels_that_are_all_the_same_make_no_model() {
    let (columns, labels) = table(100);
    assert_eq!(section(&columns, &vec![1; labels.len()]), None);
}
