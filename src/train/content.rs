//! Which items are alike by what the catalogue says of them, for items that nobody
//! has looked at enough: words of the title, leaf category, brand, price. Must not
//! live here: what is done with it (`extras`).

use super::stock::Stock;
use crate::engine::math;
use crate::engine::recommend::top::Top;
use std::collections::{BTreeMap, BTreeSet};

/// Items alike that are kept for each.
pub const MOST: usize = 12;
/// Items of a word or a category that are compared, so that "set" and "pack" do
/// not compare everything with everything.
const CANDIDATES: usize = 400;
/// Words shorter than this are sizes and particles.
const SHORTEST_WORD: usize = 3;
/// What each sign of likeness counts; all of them together are 1.
const TITLE: f64 = 0.55;
const CATEGORY: f64 = 0.25;
const BRAND: f64 = 0.1;
const PRICE: f64 = 0.1;
/// Less likeness than this is none.
const LEAST: f64 = 0.12;

/// Items alike by item, best first, with their likeness 0 … 1.
pub fn alike<'a>(ids: &'a [String], stock: &'a Stock) -> Vec<Vec<(u32, f64)>> {
    let words: Vec<BTreeSet<String>> = (0..ids.len())
        .map(|at| {
            let text = |texts: &'a [String]| texts.get(at).map_or("", String::as_str);
            words(text(ids), text(&stock.titles))
        })
        .collect();
    let mut holding: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (item, words) in (0u32..).zip(&words) {
        for word in words {
            holding.entry(word).or_default().push(item);
        }
    }
    let rarity = |items: &Vec<u32>| math::ln(ids.len() as f64 / items.len() as f64);
    let lengths: Vec<f64> = words
        .iter()
        .map(|words| {
            let square =
                |word: &String| holding.get(word.as_str()).map_or(0.0, |i| rarity(i) * rarity(i));
            words.iter().map(square).sum::<f64>().sqrt()
        })
        .collect();
    let mut aisles: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for item in 0..ids.len() as u32 {
        if let Some(category) = stock.category_of(item) {
            aisles.entry(category).or_default().push(item);
        }
    }
    // The most bought of an aisle first: the others are found by their words.
    for items in aisles.values_mut() {
        items.sort_by_key(|item| (u32::MAX - stock.baskets_of(*item), *item));
        items.truncate(CANDIDATES);
    }
    let mut sums = vec![0.0; ids.len()];
    (0..ids.len() as u32)
        .map(|item| {
            let at = item as usize;
            let mut touched: Vec<u32> = Vec::new();
            for word in words.get(at).into_iter().flatten() {
                let Some(items) = holding.get(word.as_str()).filter(|i| i.len() <= CANDIDATES)
                else {
                    continue;
                };
                let weight = rarity(items) * rarity(items);
                for other in items {
                    if let Some(sum) = sums.get_mut(*other as usize) {
                        *sum += weight;
                        touched.push(*other);
                    }
                }
            }
            if let Some(aisle) = stock.category_of(item).and_then(|aisle| aisles.get(&aisle)) {
                touched.extend(aisle);
            }
            touched.sort_unstable();
            touched.dedup();
            let mut top = Top::new(MOST);
            for other in touched {
                let length = |at: usize| lengths.get(at).copied().unwrap_or_default();
                let product = sums.get_mut(other as usize).map(std::mem::take).unwrap_or_default();
                let cosine = product / (length(at) * length(other as usize)).max(f64::MIN_POSITIVE);
                let likeness = TITLE * cosine + columns(stock, item, other);
                if other != item && likeness >= LEAST {
                    top.offer(likeness as f32, other);
                }
            }
            top.into_entries().into_iter().map(|(other, score)| (other, f64::from(score))).collect()
        })
        .collect()
}

/// What category, brand and price say.
fn columns(stock: &Stock, a: u32, b: u32) -> f64 {
    let same = |values: &[Option<u32>]| {
        let value = |item: u32| values.get(item as usize).copied().flatten();
        value(a).is_some() && value(a) == value(b)
    };
    let price = |item: u32| stock.price.get(item as usize).copied().flatten().filter(|p| *p > 0.0);
    let mut likeness = 0.0;
    if same(&stock.category) {
        likeness += CATEGORY;
        // Prices say something among things of a kind only.
        if let (Some(a), Some(b)) = (price(a), price(b)) {
            likeness += PRICE * math::exp(-math::ln(a / b).abs());
        }
    }
    likeness + if same(&stock.brand) { BRAND } else { 0.0 }
}

/// Words of a title in lower case; and the number that an id starts with, because
/// shops tell colours and sizes of one article apart by a letter after it.
fn words(id: &str, title: &str) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= SHORTEST_WORD)
        .map(str::to_lowercase)
        .collect();
    let digits = id.bytes().take_while(u8::is_ascii_digit).count();
    if digits >= 4 && id.len() - digits <= 2 {
        words.insert(format!("#{}", id.get(..digits).unwrap_or_default()));
    }
    words
}
