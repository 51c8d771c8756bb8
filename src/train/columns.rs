//! The bytes of what the catalogue says of items, and orders of categories; the
//! formats are described where they are read. Must not live here: pairs of items.

use super::pack::neighbours;
use super::stock::Stock;
use super::table::{Neighbour, Table};
use crate::engine::artifact::columns::{BANDS, UNKNOWN, is_wide};
use crate::engine::artifact::items::hash;
use crate::engine::artifact::repeats::STEPS;
use crate::engine::math;

/// Categories that a category's buyers go on to, at most.
const MOST_NEEDS: usize = 4;
/// Buyers that a category's share is shrunken by, as with items (`together`).
const SHRINKAGE: f64 = 20.0;

/// The columns of all items.
pub fn columns(stock: &Stock, order: &[u32]) -> Vec<u8> {
    let categories = stock.categories.len() as u32;
    let mut bytes = Vec::new();
    super::writing::varint(&mut bytes, categories);
    super::writing::varint(&mut bytes, stock.brands);
    bytes.extend(stock.categories.iter().flat_map(|path| hash(path, 0).to_le_bytes()));
    let bands = bands(stock);
    for (values, count) in
        [(&stock.category, categories), (&stock.brand, stock.brands), (&bands, u32::from(BANDS))]
    {
        for old in order {
            let value = values.get(*old as usize).copied().flatten();
            if is_wide(count) {
                bytes.extend(value.map_or(u16::MAX, |value| value as u16).to_le_bytes());
            } else {
                bytes.push(value.map_or(UNKNOWN, |value| value as u8));
            }
        }
    }
    bytes
}

/// Price bands by item: eighths of its category, by price, then by number.
fn bands(stock: &Stock) -> Vec<Option<u32>> {
    let mut priced: Vec<(Option<u32>, f64, usize)> = stock
        .price
        .iter()
        .enumerate()
        .filter_map(|(item, price)| Some((stock.category_of(item as u32), (*price)?, item)))
        .collect();
    priced.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut bands = vec![None; stock.price.len()];
    for kind in priced.chunk_by(|a, b| a.0 == b.0) {
        for (at, (_, price, item)) in kind.iter().enumerate() {
            // Equal prices are in one band: that of the first of them.
            let first = kind.partition_point(|(_, other, _)| other < price).min(at);
            if let Some(band) = bands.get_mut(*item) {
                *band = Some((first * usize::from(BANDS) / kind.len()) as u32);
            }
        }
    }
    bands
}

/// Rows of categories: what is bought from next, by the share of buyers that went
/// on to it, times how much more than by chance (nats); of at least `k` people.
pub fn needs(stock: &Stock, k: u32) -> Vec<u8> {
    let count = stock.categories.len();
    let buyers = |category: u32| {
        f64::from(stock.returning.get(category as usize).map_or(0, |returning| returning.buyers))
    };
    let all = stock.returning.last().map_or(0.0, |shop| f64::from(shop.buyers));
    let mut rows: Vec<Vec<Neighbour>> = vec![Vec::new(); count];
    for need in stock.needs.iter().filter(|need| need.buyers >= k && need.from != need.to) {
        let both = f64::from(need.buyers);
        let lift = math::ln(both * all / (buyers(need.from) * buyers(need.to)).max(1.0));
        let weight = both / (buyers(need.from) + SHRINKAGE) * lift;
        let row = rows.get_mut(need.from as usize).filter(|_| (need.to as usize) < count);
        if let Some(row) = row.filter(|_| weight > 0.0) {
            row.push(Neighbour { item: need.to, weight, worth: u64::from(need.buyers) });
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.item.cmp(&b.item)));
        row.truncate(MOST_NEEDS);
    }
    let order: Vec<u32> = (0..count as u32).collect();
    neighbours(&Table { rows }, &order, &order)
}

/// How categories and the shop are bought from again; nothing where fewer than `k`
/// people bought again.
pub fn repeats(stock: &Stock, k: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    for returning in &stock.returning {
        if returning.people < k.max(1) {
            bytes.extend([0, 0]);
            continue;
        }
        let share = f64::from(returning.again) / f64::from(returning.items.max(1));
        let days = STEPS * math::log2(returning.interval.max(1.0));
        bytes.extend([
            (255.0 * share).round().clamp(1.0, 255.0) as u8,
            days.round().min(255.0) as u8,
        ]);
    }
    bytes
}
