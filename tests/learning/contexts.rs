//! What surroundings say of categories: found where it is planted, nothing where it
//! is not, never of fewer than k people; no bytes make the reader stop.

use crate::shop::Random;
use reshelf::engine::artifact::contexts::Contexts;
use reshelf::engine::context::{Context, value_key};
use reshelf::engine::intern::{FeatureKey, Namespace};
use reshelf::train::contexts::{Report, Visit, section};
use reshelf::train::segmentation;
use reshelf::train::shopping::Shelves;
use std::rc::Rc;

const CATEGORIES: u64 = 8;

fn names() -> Vec<String> {
    (0..CATEGORIES).map(|at| format!("aisle {at}")).collect()
}

/// Visits of people; on phones they go to the last category as often as `planted`
/// says, in percent. The hour says nothing.
fn visits(count: u32, planted: u64) -> Vec<Visit> {
    let mut random = Random(7);
    let visit = |person| {
        let phone = random.below(2) == 0;
        // The lower of two draws: some categories are more popular than others.
        let usual = random.below(CATEGORIES).min(random.below(CATEGORIES)) as u32;
        let drawn = phone && random.below(100) < planted;
        let first = if drawn { CATEGORIES as u32 - 1 } else { usual };
        let hour = ["night", "morning", "afternoon", "evening"][random.below(4) as usize];
        let device = if phone { "phone" } else { "desktop" };
        let facts = [("device", device), ("hour", hour)];
        let facts = facts.map(|(kind, value)| (kind.to_owned(), value.to_owned()));
        let categories = vec![first, usual];
        Visit { items: categories.clone(), categories, person, facts: Rc::new(facts.to_vec()) }
    };
    (0..count).map(visit).collect()
}

fn weight(report: &Report, kind: &str) -> f64 {
    report.gains.iter().find(|gain| gain.kind == kind).map_or(f64::NAN, |gain| gain.weight)
}

fn lift(bytes: &[u8], words: [&str; 2], category: &str) -> f64 {
    let context = Context::new(words.into_iter());
    let key = FeatureKey::new(Namespace::Category, category);
    let contexts = Contexts::read(bytes).unwrap();
    let found = contexts.lifts(bytes, |fact| context.has(fact)).find(|(known, _)| *known == key);
    found.map_or(0.0, |(_, lift)| lift)
}

#[test]
fn a_planted_context_is_found_and_what_says_nothing_weighs_nothing() {
    let (bytes, report) = section(&names(), &visits(6_000, 60), 5);
    assert!(weight(&report, "device") > 0.0, "{report:?}");
    assert_eq!(weight(&report, "hour"), 0.0);
    assert_eq!(report.questions, 600);
    assert!(report.with > report.plain + 0.05, "{report:?}");
    assert!(lift(&bytes, ["device", "phone"], "aisle 7") > 0.1);
    assert!(lift(&bytes, ["device", "desktop"], "aisle 7") < -0.1);
    assert_eq!(lift(&bytes, ["hour", "night"], "aisle 7"), 0.0);
    assert_eq!(section(&names(), &visits(6_000, 60), 5), (bytes, report));
}

#[test]
fn a_shop_without_one_gets_no_section() {
    let (bytes, report) = section(&names(), &visits(6_000, 0), 5);
    assert!(bytes.is_empty());
    assert!(report.gains.len() == 2 && report.gains.iter().all(|gain| gain.weight == 0.0));
    assert_eq!(report.with, report.plain);
}

#[test]
fn fewer_than_k_people_say_nothing() {
    // All of it is one person's: many sessions, and nobody else.
    let mut visits = visits(6_000, 60);
    visits.iter_mut().for_each(|visit| visit.person = 1);
    assert!(section(&names(), &visits, 2).0.is_empty());
}

#[test]
fn cuts_are_refused_and_damage_is_harmless() {
    let (bytes, _) = section(&names(), &visits(6_000, 60), 5);
    for length in 0..bytes.len() {
        assert!(Contexts::read(&bytes[..length]).is_none(), "{length}");
    }
    let flip = |at: usize, bit: usize| {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << bit;
        damaged
    };
    let all = (0..bytes.len()).flat_map(|at| (0..8).map(move |bit| (at, bit)));
    for damaged in all.map(|(at, bit)| flip(at, bit)) {
        if let Some(contexts) = Contexts::read(&damaged) {
            assert!(contexts.lifts(&damaged, |_| true).all(|(_, lift)| lift.abs() <= 1.0));
        }
    }
    let [fact, other] = [value_key("device", "phone"), value_key("device", "desktop")];
    let mut keys = [fact.0, other.0];
    keys.sort_unstable_by(|a, b| b.cmp(a));
    // Facts that do not rise: somebody else's file.
    let falling: Vec<u8> = [2]
        .into_iter()
        .chain(keys.iter().flat_map(|key| key.to_le_bytes()))
        .chain([0, 0, 0])
        .collect();
    assert!(Contexts::read(&falling).is_none());
}

/// Two kinds of people: each begins in its own half of the shop and goes on to one
/// category that the beginning does not show.
fn halves(told: bool) -> Vec<Visit> {
    let mut random = Random(3);
    let visit = |person| {
        let half = random.below(2) as u32;
        let first = half * 3 + random.below(3) as u32;
        let shown = if told { half } else { random.below(2) as u32 };
        let categories = vec![first, first, 6 + shown, 6 + shown];
        Visit { items: categories.clone(), categories, person, facts: Rc::default() }
    };
    (0..3_000).map(visit).collect()
}

#[test]
fn segments_are_found_where_there_are_some_and_not_where_there_are_none() {
    let (ids, names, categories): (Vec<String>, _, Vec<u32>) =
        ((0..8).map(|at| format!("item {at}")).collect(), names(), (0..8).collect());
    let shelves =
        Shelves { ids: &ids, names: &names, categories: &categories, brands: &[], prices: &[] };
    let (bytes, report) = segmentation::train(&shelves, &halves(true), 5, &[]).unwrap();
    assert!(report.segments >= 2 && !bytes.is_empty(), "{report:?}");
    assert!(report.with > report.plain, "{report:?}");
    let again = segmentation::train(&shelves, &halves(true), 5, &[]).unwrap();
    assert_eq!(again, (bytes, report));
    let mut one_person = halves(true);
    one_person.iter_mut().for_each(|visit| visit.person = 1);
    let (bytes, report) = segmentation::train(&shelves, &one_person, 5, &[]).unwrap();
    assert!(bytes.is_empty() && report.segments == 0, "{report:?}");
}
