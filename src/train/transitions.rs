//! Markov rows of categories: counted, fitted and packed. Must not live here: how
//! they are read (`engine::artifact::transitions`).

use super::writing::varint;
use crate::engine::artifact::transitions::{CERTAIN, MOST_ENTRIES};
use crate::engine::intern::{FeatureKey, Namespace};
use crate::engine::math;
use std::collections::BTreeMap;

/// Parts of the own share that are tried.
const OWN_SHARES: [f64; 6] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.7];
/// Looks after which a category of the session counts half.
const HALF_LIFE: f64 = 16.0;
/// One session of so many is held out for the fit.
const HELD_OUT: usize = 10;
/// Clicks held out below which the fit says nothing, and what stands then.
const LEAST_CLICKS: usize = 100;
const OWN_SHARE: f64 = 0.3;

/// Clicks from one category to another, and the sessions they were in.
#[derive(Clone, Debug, Default)]
struct Counts {
    /// By category from, then to.
    rows: BTreeMap<u32, BTreeMap<u32, (u32, u32)>>,
}

impl Counts {
    fn of<'a>(sessions: impl Iterator<Item = &'a Vec<u32>>) -> Self {
        let mut counts = Self::default();
        for session in sessions {
            let mut met: BTreeMap<(u32, u32), u32> = BTreeMap::new();
            for (from, to) in session.iter().zip(session.iter().skip(1)) {
                *met.entry((*from, *to)).or_default() += 1;
            }
            for ((from, to), clicks) in met {
                let entry = counts.rows.entry(from).or_default().entry(to).or_default();
                *entry = (entry.0 + clicks, entry.1 + 1);
            }
        }
        counts
    }

    /// Where shoppers go, by 255ths of all clicks from there, best first, ties by
    /// number; only what at least k sessions did.
    fn row(&self, from: u32, k: u32) -> Vec<(u32, u8)> {
        let Some(row) = self.rows.get(&from) else { return Vec::new() };
        let kept = row.iter().filter(|(_, (_, sessions))| *sessions >= k.max(1));
        let kept: Vec<(u32, u32)> = kept.map(|(to, (clicks, _))| (*to, *clicks)).collect();
        let all: u32 = kept.iter().map(|(_, clicks)| clicks).sum();
        let part =
            |clicks: u32| (CERTAIN * f64::from(clicks) / f64::from(all.max(1))).round() as u8;
        let mut row: Vec<(u32, u8)> =
            kept.iter().map(|(to, clicks)| (*to, part(*clicks))).collect();
        row.retain(|(_, part)| *part > 0);
        row.sort_by_key(|(to, part)| (u8::MAX - part, *to));
        row.truncate(MOST_ENTRIES);
        row
    }
}

/// The section. Sessions are lists of categories, oldest first; names are whole
/// paths, joined as the catalogue joins them.
pub fn section(names: &[String], sessions: &[Vec<u32>], k: u32) -> Vec<u8> {
    let own_share = fit(sessions, k);
    let counts = Counts::of(sessions.iter());
    let rows = names.iter().zip(0u32..).map(|(name, from)| (name, counts.row(from, k)));
    // Of each category and those above it: where one goes from it.
    let mut by_key: BTreeMap<FeatureKey, BTreeMap<FeatureKey, u32>> = BTreeMap::new();
    for (name, row) in rows {
        for key in keys(name) {
            by_key.entry(key).or_default();
        }
        let Some(entries) = keys(name).next().and_then(|leaf| by_key.get_mut(&leaf)) else {
            continue;
        };
        for (to, part) in row {
            for key in names.get(to as usize).into_iter().flat_map(|to| keys(to)) {
                *entries.entry(key).or_default() += u32::from(part);
            }
        }
    }
    write(own_share, &by_key)
}

fn write(own_share: f64, rows: &BTreeMap<FeatureKey, BTreeMap<FeatureKey, u32>>) -> Vec<u8> {
    let mut bytes = vec![(CERTAIN * own_share).round() as u8];
    varint(&mut bytes, rows.len() as u32);
    for key in rows.keys() {
        bytes.extend(key.0.to_le_bytes());
    }
    let numbers: BTreeMap<FeatureKey, u32> = rows.keys().copied().zip(0..).collect();
    for row in rows.values() {
        let mut entries: Vec<(u32, u32)> =
            row.iter().filter_map(|(key, part)| Some((*part, *numbers.get(key)?))).collect();
        entries.sort_by_key(|(part, number)| (u32::MAX - part, *number));
        entries.truncate(MOST_ENTRIES);
        bytes.push(entries.len() as u8);
        for (part, number) in entries {
            varint(&mut bytes, number);
            bytes.push(part.min(CERTAIN as u32) as u8);
        }
    }
    bytes
}

/// The key of a category, then those of the paths above it.
pub(super) fn keys(name: &str) -> impl Iterator<Item = FeatureKey> {
    let above = name.match_indices(" > ").filter_map(|(end, _)| name.get(..end));
    let above = above.map(|path| FeatureKey::new(Namespace::ParentCategory, path));
    std::iter::once(FeatureKey::new(Namespace::Category, name)).chain(above)
}

/// The own share's part by which sessions that were held out are foreseen best.
fn fit(sessions: &[Vec<u32>], k: u32) -> f64 {
    let is_held_out = |at: usize| at % HELD_OUT == HELD_OUT - 1;
    let before = sessions.iter().enumerate().filter(|(at, _)| !is_held_out(*at));
    let counts = Counts::of(before.map(|(_, session)| session));
    let rows: BTreeMap<u32, Vec<(u32, u8)>> =
        counts.rows.keys().map(|from| (*from, counts.row(*from, k))).collect();
    let mut sums = [0.0; OWN_SHARES.len()];
    let mut clicks = 0;
    let fading = math::exp2(-1.0 / HALF_LIFE);
    for (_, session) in sessions.iter().enumerate().filter(|(at, _)| is_held_out(*at)) {
        let mut own: BTreeMap<u32, f64> = BTreeMap::new();
        for (from, to) in session.iter().zip(session.iter().skip(1)) {
            own.values_mut().for_each(|share| *share *= fading);
            *own.entry(*from).or_default() += 1.0;
            let all: f64 = own.values().sum();
            let row = rows.get(from).map(Vec::as_slice).unwrap_or_default();
            for (sum, part) in sums.iter_mut().zip(OWN_SHARES) {
                let mut chances: BTreeMap<u32, f64> =
                    own.iter().map(|(category, share)| (*category, part * share / all)).collect();
                for (category, share) in row {
                    *chances.entry(*category).or_default() +=
                        (1.0 - part) * f64::from(*share) / CERTAIN;
                }
                let chance = chances.get(to).copied().unwrap_or_default();
                if chance > 0.0 {
                    let above = chances.values().filter(|other| **other > chance).count();
                    *sum += 1.0 / (above as f64 + 1.0);
                }
            }
            clicks += 1;
        }
    }
    let mut best = (0.0, OWN_SHARE);
    for (sum, part) in sums.into_iter().zip(OWN_SHARES) {
        if sum > best.0 && clicks >= LEAST_CLICKS {
            best = (sum, part);
        }
    }
    best.1
}
