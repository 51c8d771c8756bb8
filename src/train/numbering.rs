//! New numbers for items, so that neighbours have numbers near each other: reverse
//! Cuthill-McKee (1969) on the neighbour graph. Random numbers would make the
//! table 10 to 32 % longer. Must not live here: the coding of the gaps.

use super::table::Table;

/// Strongest neighbours that make an edge: weak ones would tie everything to
/// everything.
const EDGES: usize = 8;

/// The old number of each new one.
pub fn order(table: &Table) -> Vec<u32> {
    let items = table.rows.len();
    let mut edges: Vec<Vec<u32>> = vec![Vec::new(); items];
    for (from, row) in (0u32..).zip(&table.rows) {
        for neighbour in row.iter().take(EDGES) {
            for (a, b) in [(from, neighbour.item), (neighbour.item, from)] {
                if let Some(list) = edges.get_mut(a as usize) {
                    list.push(b);
                }
            }
        }
    }
    for list in &mut edges {
        list.sort_unstable();
        list.dedup();
    }
    let degree = |item: u32| edges.get(item as usize).map_or(0, Vec::len);
    let mut starts: Vec<u32> = (0..items as u32).collect();
    starts.sort_by_key(|item| (degree(*item), *item));
    let mut seen = vec![false; items];
    let mut order: Vec<u32> = Vec::with_capacity(items);
    for start in starts {
        let mut at = order.len();
        visit(start, &mut seen, &mut order);
        while let Some(item) = order.get(at).copied() {
            at += 1;
            let mut next = edges.get(item as usize).cloned().unwrap_or_default();
            next.sort_by_key(|item| (degree(*item), *item));
            for neighbour in next {
                visit(neighbour, &mut seen, &mut order);
            }
        }
    }
    order.reverse();
    order
}

fn visit(item: u32, seen: &mut [bool], order: &mut Vec<u32>) {
    if let Some(seen) = seen.get_mut(item as usize).filter(|seen| !**seen) {
        *seen = true;
        order.push(item);
    }
}

/// The new number of each old one.
pub fn inverse(order: &[u32]) -> Vec<u32> {
    let mut inverse = vec![0; order.len()];
    for (new, old) in (0u32..).zip(order) {
        if let Some(slot) = inverse.get_mut(*old as usize) {
            *slot = new;
        }
    }
    inverse
}
