//! Folding: many finished journals become one, so that the store stays small
//! for ever.
//!
//! A fold is named by what it is made of. Two pages that fold the same journals
//! at the same time make the same fold, and the union counts it once. Must not
//! live here: when folding is safe (`vault`).

use super::intern::FeatureKey;
use super::journal::{DocumentId, Journal};
use super::math;
use super::profile::{self, Cell};

/// Most cells a fold keeps; the least telling go first. Its encoded form, 192
/// covers and some unfolded journals fit under one key of 16 KB.
pub const MOST_CELLS: usize = 360;
/// Evidence older than this, counted from the newest, is dropped: 400 days.
const OLDEST: u32 = 400;
/// Cells of this many days become one; those of longer ago keep their day, so
/// that a clock that was once wrong makes nothing else old.
const NEAR: u32 = 30;

/// The fold of these journals, and its name. The order must be that of their
/// names, so that sums are the same to the last bit.
pub fn fold(members: &[(DocumentId, &Journal)]) -> (DocumentId, Journal) {
    let newest = members.iter().filter_map(|(_, journal)| journal.last_day()).max();
    let newest = newest.unwrap_or_default();
    let mut fold = Journal::restored(1, 0, [].into_iter());
    let mut name = 0x9e37_79b9_7f4a_7c15_u64;
    for (id, journal) in members {
        for number in [id.0, u64::from(journal.sequence)] {
            name = (name.rotate_left(5) ^ number).wrapping_mul(0xff51_afd7_ed55_8ccd);
            name ^= name >> 32;
        }
        fold.epoch = journal.epoch;
        fold.acts = fold.acts.saturating_add(journal.acts);
        fold.since = [fold.since, journal.first_day()].into_iter().flatten().min();
        for (day, key, cell) in journal.cells() {
            match newest.0 - day.0 {
                days @ ..=NEAR => fold.add(newest, key, moved(cell, key, days)),
                ..=OLDEST => fold.add(day, key, cell),
                _ => {}
            }
        }
    }
    fold.evict(MOST_CELLS);
    (DocumentId(name), fold)
}

/// A cell with a landmark that many days later: the same evidence, decayed to
/// there. Decay by half-lives makes this exact but for rounding.
fn moved(cell: Cell, key: FeatureKey, days: u32) -> Cell {
    let mut moved = cell;
    if days > 0 {
        for (counter, (half_life, _)) in moved.iter_mut().zip(profile::lanes(key.namespace())) {
            let age = f64::from(days) * profile::DAY;
            *counter = (f64::from(*counter) * math::exp2(-age / half_life)) as f32;
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::profile::Totals;
    use crate::engine::time::{Day, Millis};

    const KEY: FeatureKey = FeatureKey(0x1000_0007);
    const ITEM: FeatureKey = FeatureKey(7);

    fn journal(day: u32, weight: f32) -> Journal {
        let cells = [(Day(day), ITEM, [weight; 3]), (Day(day), KEY, [weight; 3])];
        Journal::restored(2, 3, cells.into_iter())
    }

    #[test]
    fn a_fold_reads_like_its_parts() {
        let parts = [(DocumentId(1), journal(100, 1.0)), (DocumentId(2), journal(103, 2.0))];
        let (_, folded) =
            fold(&parts.iter().map(|(id, journal)| (*id, journal)).collect::<Vec<_>>());
        let now = Millis::from_js(104.0 * 864e5);
        let cells: Vec<_> = parts.iter().flat_map(|(_, journal)| journal.cells()).collect();
        let apart = Totals::read(cells.into_iter(), now);
        let cells = folded.cells();
        assert_eq!(cells.len(), 2);
        let together = Totals::read(cells.into_iter(), now);
        for key in [KEY, ITEM] {
            for (a, b) in apart.get(key).into_iter().zip(together.get(key)) {
                assert!((a - b).abs() <= 1e-6 * a.abs(), "{a} or {b}");
            }
        }
        assert_eq!((folded.acts, folded.first_day(), folded.sequence), (6, Some(Day(100)), 1));
    }

    #[test]
    fn a_fold_is_named_by_its_parts() {
        let name = |parts: &[(u64, u32)]| {
            let parts: Vec<_> = parts
                .iter()
                .map(|(id, sequence)| {
                    (DocumentId(*id), Journal::restored(*sequence, 1, [].into_iter()))
                })
                .collect();
            fold(&parts.iter().map(|(id, journal)| (*id, journal)).collect::<Vec<_>>()).0
        };
        assert_eq!(name(&[(1, 1), (2, 5)]), name(&[(1, 1), (2, 5)]));
        let all = [&[(1, 1)][..], &[(1, 2)], &[(2, 1)], &[(1, 1), (2, 1)], &[(2, 1), (1, 1)], &[]];
        let names: std::collections::BTreeSet<_> = all.iter().map(|parts| name(parts)).collect();
        assert_eq!(names.len(), all.len());
    }

    #[test]
    fn a_fold_forgets_what_is_older_than_400_days_and_the_weakest() {
        let old = [(DocumentId(1), journal(100, 9.0)), (DocumentId(2), journal(501, 1.0))];
        let (_, folded) = fold(&old.iter().map(|(id, journal)| (*id, journal)).collect::<Vec<_>>());
        assert!(folded.cells().iter().all(|(.., cell)| *cell == [1.0; 3]));
        let cells =
            (0..MOST_CELLS as u32 + 1).map(|key| (Day(1), FeatureKey(key), [key as f32 + 1.0; 3]));
        let many = Journal::restored(1, 1, cells);
        let (_, folded) = fold(&[(DocumentId(1), &many)]);
        assert_eq!(folded.len(), MOST_CELLS * 7 / 8);
    }

    /// Pages of different releases fold the same journals at the same time, too.
    #[test]
    fn the_name_of_a_fold_is_the_same_in_every_release() {
        let parts = [1, 0xabcd_0000_0000_0007].map(|id| (DocumentId(id), journal(100, 1.0)));
        let parts: Vec<_> = parts.iter().map(|(id, journal)| (*id, journal)).collect();
        assert_eq!(fold(&parts).0, DocumentId(0x9ffd_080b_366b_5c22));
        assert_eq!(fold(&[]).0, DocumentId(0x9e37_79b9_7f4a_7c15));
    }

    #[test]
    fn near_days_become_one_and_old_ones_go() {
        let days = |day: u32| {
            let parts = [(DocumentId(1), journal(day, 1.0)), (DocumentId(2), journal(1_000, 1.0))];
            let parts: Vec<_> = parts.iter().map(|(id, journal)| (*id, journal)).collect();
            let mut days: Vec<_> =
                fold(&parts).1.cells().into_iter().map(|(day, ..)| day.0).collect();
            days.dedup();
            days
        };
        assert_eq!(days(1_000 - NEAR), [1_000]);
        assert_eq!(days(1_000 - NEAR - 1), [1_000 - NEAR - 1, 1_000]);
        assert_eq!(days(1_000 - OLDEST), [1_000 - OLDEST, 1_000]);
        assert_eq!(days(1_000 - OLDEST - 1), [1_000]);
    }
}
