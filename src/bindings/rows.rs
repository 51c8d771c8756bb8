//! Rows of products as the facade packs them: all texts in one and all numbers
//! beside them, so that a catalogue of thousands crosses in a few copies and no
//! decoder of objects has to be shipped.
//!
//! A row's texts end with `ROW_END` and are, ended by `FIELD_END` each: id,
//! category levels, brand, colour, tags, group, and flags: `o` for what is not
//! in stock, `r` for what is replenishable. Levels and tags end with
//! `VALUE_END` each. Vectors follow one another, as long as the field after the
//! flags says.

use crate::engine::catalog::ItemRow;

/// Ends a row, a field, and a value of a field: control characters that the
/// facade takes out of the shop's texts.
const ROW_END: char = '\u{1}';
const FIELD_END: char = '\u{2}';
const VALUE_END: char = '\u{3}';

/// The rows in these texts, with their prices and vectors.
pub fn unpack(texts: &str, prices: &[f64], mut vectors: &[i8]) -> impl Iterator<Item = ItemRow> {
    let rows = texts.split_terminator(ROW_END).zip(prices);
    rows.map(move |(texts, price)| item_row(texts, *price, &mut vectors))
}

fn item_row(texts: &str, price: f64, vectors: &mut &[i8]) -> ItemRow {
    let mut fields = texts.split_terminator(FIELD_END);
    let mut text = || fields.next().unwrap_or_default();
    let values =
        |field: &str| field.split_terminator(VALUE_END).map(str::to_owned).collect::<Vec<_>>();
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
    let flags = text();
    row.in_stock = Some(!flags.contains('o'));
    row.replenishable = flags.contains('r');
    let length = text().parse().unwrap_or_default();
    if let Some((vector, rest)) = vectors.split_at_checked(length) {
        row.vector = vector.to_owned();
        *vectors = rest;
    }
    row
}
