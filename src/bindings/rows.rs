//! Rows of products as the facade packs them: all texts in one and all numbers
//! beside them, so that a catalogue of thousands crosses in a few copies and no
//! decoder of objects has to be shipped.
//!
//! A row's texts are, ended by `FIELD_END` each: id, category levels, brand,
//! colour, tags, group, flags (`o` for what is not in stock, `r` for what is
//! replenishable), and the length of its vector. Levels and tags end with
//! `VALUE_END` each. Vectors follow one another.

use crate::engine::catalog::ItemRow;

/// Ends a field, and a value of a field: control characters that the facade
/// takes out of the shop's texts.
const FIELD_END: u8 = 2;
const VALUE_END: u8 = 3;

/// The rows in these texts, one a price, with their vectors.
pub fn unpack(
    mut texts: &str,
    prices: &[f64],
    mut vectors: &[i8],
) -> impl Iterator<Item = ItemRow> {
    prices.iter().map(move |price| item_row(&mut texts, *price, &mut vectors))
}

fn item_row(texts: &mut &str, price: f64, vectors: &mut &[i8]) -> ItemRow {
    let mut text = || take(texts, FIELD_END);
    let optional = |field: &str| (!field.is_empty()).then(|| field.to_owned());
    let mut row = ItemRow {
        id: text().to_owned(),
        category: values(text()),
        brand: optional(text()),
        price: Some(price),
        colour: optional(text()),
        tags: values(text()),
        group: optional(text()),
        ..ItemRow::default()
    };
    let flags = text().as_bytes();
    row.in_stock = Some(!flags.contains(&b'o'));
    row.replenishable = flags.contains(&b'r');
    let length = text().parse().unwrap_or_default();
    if let Some((vector, rest)) = vectors.split_at_checked(length) {
        row.vector = vector.to_owned();
        *vectors = rest;
    }
    row
}

fn values(mut field: &str) -> Vec<String> {
    let mut values = Vec::new();
    while !field.is_empty() {
        values.push(take(&mut field, VALUE_END).to_owned());
    }
    values
}

/// What stands before the next `end`; both are taken off.
#[inline(never)]
fn take<'t>(texts: &mut &'t str, end: u8) -> &'t str {
    let at = texts.bytes().position(|byte| byte == end).unwrap_or(texts.len());
    let taken = texts.get(..at).unwrap_or_default();
    *texts = texts.get(at + 1..).unwrap_or_default();
    taken
}
