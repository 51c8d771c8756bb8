//! The mix, fitted to a shop: a coarse grid, a field at a time, on packed bytes
//! and on sessions that these bytes know nothing of. Must not live here: which
//! sessions those are.

use super::evaluation::Quality;
use super::rehearsal::{HEATS, Rehearsal};
use crate::engine::artifact::Mode;
use crate::engine::recommend::mix::Mix;

/// Rounds over all fields; a third changes next to nothing.
const ROUNDS: usize = 2;

/// What is behind the best after a heat by more than this loses: answers to the same
/// questions differ by less by chance, the less the more questions there were. Of the 287
/// mixes that were the best so far in the fits of five public files none had been further
/// behind (0.021, 0.023 and 0.012 at the most).
const BEHIND: [f64; HEATS.len()] = [0.05, 0.035, 0.025, 0.0];

/// What a mix reached after each heat.
type Reached = [f64; HEATS.len()];

type Field = (fn(&mut Mix) -> &mut f32, &'static [f32]);

/// Fields in the order of what they change; the first does so only where the
/// current item is allowed.
const GRID: [Field; 12] = [
    (|mix| &mut mix.current, &[-2.0, 0.0, 0.2, 0.35, 0.5, 0.7, 1.0, 1.5]),
    (|mix| &mut mix.table, &[0.0, 0.15, 0.3, 0.5, 0.7, 0.85, 1.0]),
    (|mix| &mut mix.reminder, &[0.0, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0]),
    (|mix| &mut mix.reminder_decay, &[0.5, 1.0, 2.0, 4.0, 8.0]),
    (|mix| &mut mix.session_decay, &[0.5, 1.0, 1.5, 2.5, 4.0, 8.0]),
    (|mix| &mut mix.table_decay, &[0.5, 1.0, 1.5, 2.5, 4.0]),
    (|mix| &mut mix.nearest, &[30.0, 60.0, 100.0, 200.0, 400.0, 800.0]),
    (|mix| &mut mix.proximity, &[1.0, 2.0, 4.0, 10.0, 100.0]),
    (|mix| &mut mix.behind, &[0.3, 0.6, 0.8, 1.0]),
    (|mix| &mut mix.ageing, &[0.0, 0.01, 0.02, 0.05, 0.1]),
    (|mix| &mut mix.shared_decay, &[0.5, 1.0, 2.0, 4.0, 10.0, 100.0]),
    (|mix| &mut mix.rarity, &[0.0, 0.5, 1.0, 1.5]),
];

/// Hit rate times mean reciprocal rank: the same relative gain of either counts
/// the same.
fn objective(quality: Quality) -> f64 {
    quality.hit_rate() * quality.mean_reciprocal_rank()
}

/// The best mix found from this start, and its objective.
pub fn fit(rehearsal: &mut Rehearsal, start: Mix, mode: Mode) -> (Mix, f64) {
    climb(rehearsal, start, mode, fields(mode, GRID.len()), ROUNDS)
}

/// The same by the three fields that matter most, once: enough to compare plans.
pub fn fit_coarsely(rehearsal: &mut Rehearsal, start: Mix, mode: Mode) -> (Mix, f64) {
    climb(rehearsal, start, mode, fields(mode, 3), 1)
}

/// Of the first so many fields those that matter in this mode.
fn fields(mode: Mode, most: usize) -> &'static [Field] {
    let skipped = usize::from(mode == Mode::Excluded);
    GRID.get(skipped..most).unwrap_or_default()
}

fn last(reached: Reached) -> f64 {
    let [.., last] = reached;
    last
}

/// What a mix reaches, if it does not fall behind.
fn race(rehearsal: &mut Rehearsal, mix: Mix, mode: Mode, best: Reached) -> Option<Reached> {
    let mut reached = Vec::new();
    rehearsal.race(mix, mode, |heat, quality| {
        let found = objective(quality);
        reached.push(found);
        let stays = |(best, behind): (&f64, &f64)| found >= best * (1.0 - behind);
        best.get(heat).zip(BEHIND.get(heat)).is_none_or(stays)
    })?;
    reached.try_into().ok()
}

/// Goes through the fields so many times, and keeps the best value of each; until all of them
/// have been gone through since the best changed.
fn climb(
    rehearsal: &mut Rehearsal,
    start: Mix,
    mode: Mode,
    fields: &[Field],
    rounds: usize,
) -> (Mix, f64) {
    let nothing = [0.0; HEATS.len()];
    let mut best = (start, race(rehearsal, start, mode, nothing).unwrap_or(nothing));
    // Fields gone through since the best changed, with the one that it changed in.
    let mut settled = 0;
    for (field, values) in fields.iter().cycle().take(rounds * fields.len()) {
        if settled == fields.len() {
            break;
        }
        let from = best.0;
        rehearsal.keep(from);
        for value in *values {
            let mut mix = from;
            if std::mem::replace(field(&mut mix), *value) == *value {
                continue;
            }
            if let Some(reached) = race(rehearsal, mix, mode, best.1)
                && last(reached) > last(best.1)
            {
                best = (mix, reached);
            }
        }
        settled = if best.0 == from { settled + 1 } else { 1 };
    }
    (best.0, last(best.1))
}
