//! What fits into a budget of bytes: how many shards, and within each what `choice`
//! chooses. Must not live here: the coding (`pack`) or the choice of the mix (`fit`).

use super::choice::{Choice, Chosen, Shares};
use super::corpus::Session;
use super::extras::Extras;
use super::numbering;
use super::pack::{Parts, neighbours, pack};
use super::pairs::Pair;
use super::sharding::{Shard, home, shards};
use super::table::Table;
use crate::engine::artifact::container::{ENTRY, HEADER, SEAL, SectionId};
use crate::engine::artifact::items::HASH_BYTES;
use crate::engine::artifact::meta::Meta;
use crate::engine::recommend::mix::{MIX_BYTES, Mix};

/// Bytes by which a core and one shard are longer than core and graph, without the
/// ends of the shards: what says where they end, and which one it is.
const CUT: usize = 2 * ENTRY + size_of::<u32>();
/// A shard of less than this part of the budget, 1 of so many, is not worth a request:
/// the core has taken what there is.
const LEAST_PART: usize = 16;
/// Most neighbours a row; more add nothing to the first twenty.
const MOST_NEIGHBOURS: usize = 24;
/// Bytes of the header, the table of sections, facts and mixes.
const FRAME: usize = HEADER + 6 * ENTRY + SEAL + 16 + 2 * MIX_BYTES;
/// Bytes an item: hash and popularity.
const COLUMNS: usize = HASH_BYTES + 1;

/// What a plan starts from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Ids, by number.
    pub ids: &'a [String],
    /// Sessions, oldest first.
    pub sessions: &'a [Session],
    /// Pairs of these sessions.
    pub pairs: &'a [Pair],
    /// Sessions an item appears in.
    pub counts: &'a [u32],
    /// What orders and the catalogue add.
    pub extras: Option<&'a Extras>,
}

/// What is fixed by the caller, and what is fitted to the shop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// People behind every pair and prototype.
    pub k: u32,
    /// Bytes of the file; where the graph is cut, of the core and any one shard.
    pub budget: usize,
    /// People behind a pair, at least k.
    pub support: u32,
    /// Share of the table in what is left for table and prototypes.
    pub share: f64,
    /// Most shards that the graph may be cut into, 1 to 32.
    pub shards: usize,
}

/// What a plan chose.
#[derive(Clone, Debug)]
pub struct Plan {
    order: Vec<u32>,
    chosen: Chosen,
    sections: Vec<(SectionId, Vec<u8>)>,
    shards: Vec<Shard>,
    alone: usize,
    settings: Settings,
}

impl Plan {
    /// Chooses within the budget. One that is too small for the columns of all
    /// items gives an artifact without table and prototypes. Where the whole graph
    /// would not fit, and it may be cut, each shard fills what the core leaves.
    pub fn new(source: &Source, groups: &[Vec<u32>], settings: Settings) -> Self {
        let mut full = Table::new(source.pairs, source.counts, settings.support.max(settings.k))
            .cut(MOST_NEIGHBOURS);
        let alone = source.extras.map_or(0, |extras| extras.fill(&mut full));
        let order = match source.extras {
            Some(extras) => numbering::order(&extras.near(&full)),
            None => numbering::order(&full),
        };
        let items = source.ids.len();
        let room = settings.budget.saturating_sub(FRAME + items * COLUMNS);
        let core = |order: &[u32]| source.extras.map(|extras| extras.sections(order));
        let sections = core(&order).unwrap_or_default();
        let taken = sections.iter().map(|(_, bytes)| bytes.len()).sum();
        let room = room.saturating_sub(taken);
        let entries = sections.len() * ENTRY;
        let share = source.extras.map_or(0.0, Extras::share);
        let together = source.extras.map(|extras| extras.together()).cloned().unwrap_or_default();
        let graph = Graph {
            together,
            groups,
            shares: Shares { together: share, table: settings.share, entries },
            full,
        };

        let left = room.saturating_sub(entries + CUT);
        let may_cut = settings.shards > 1 && left > settings.budget / LEAST_PART;
        let shards = match source.extras.filter(|_| may_cut) {
            Some(extras) => {
                let most = graph.bytes(&order).div_ceil(left).min(settings.shards);
                shards(|item| extras.category(item), &graph.weights(), most)
            }
            None => Vec::new(),
        };
        if shards.len() < 2 {
            let chosen = graph.whole(&order, room);
            return Self { order, chosen, sections, shards: Vec::new(), alone, settings };
        }
        let room = room.saturating_sub(CUT + shards.len() * size_of::<u32>());
        let (order, chosen, cuts) = graph.cut(order, &shards, room);
        let mut sections = core(&order).unwrap_or_default();
        sections.push((SectionId::CUTS, cuts));
        Self { order, chosen, sections, shards, alone, settings }
    }

    /// Items whose row of the table has content neighbours only.
    pub fn alone(&self) -> usize {
        self.alone
    }

    /// Neighbours and prototypes that were chosen.
    pub fn sizes(&self) -> (usize, usize) {
        (self.chosen.table.len(), self.chosen.generations.iter().map(Vec::len).sum())
    }

    /// The shards, in their order; none where the graph is whole.
    pub fn shards(&self) -> &[Shard] {
        &self.shards
    }

    /// The file; see [`pack`]. Where there are shards, it holds all of them, is longer
    /// than the budget, and is to be cut (`splitting`).
    pub fn pack(&self, source: &Source, mixes: [Mix; 2]) -> Option<Vec<u8>> {
        let clicks: usize = source.sessions.iter().map(|session| session.items.len()).sum();
        let Chosen { table, together, generations, .. } = &self.chosen;
        let mut sections = self.sections.clone();
        if !together.is_empty() {
            let numbers = numbering::inverse(&self.order);
            sections.push((SectionId::TOGETHER, neighbours(together, &self.order, &numbers)));
        }
        pack(&Parts {
            ids: source.ids,
            order: &self.order,
            counts: source.extras.map_or(source.counts, |extras| extras.popularity(source.counts)),
            extras: &sections,
            table,
            generations,
            mixes,
            meta: Meta {
                k: self.settings.k.max(1) as u16,
                sessions: source.sessions.len() as u32,
                clicks: clicks as u32,
                ..Meta::default()
            },
        })
    }
}

/// All that there is to choose from.
struct Graph<'a> {
    full: Table,
    together: Table,
    groups: &'a [Vec<u32>],
    shares: Shares,
}

impl Graph<'_> {
    /// Bytes of all of it, in one file.
    fn bytes(&self, order: &[u32]) -> usize {
        self.choice(order, &numbering::inverse(order)).bytes()
    }

    /// What an item weighs in a shard, about: its row.
    fn weights(&self) -> Vec<u64> {
        self.full.rows.iter().map(|row| row.len() as u64 + 1).collect()
    }

    /// What is worth most of all items.
    fn whole(&self, order: &[u32], room: usize) -> Chosen {
        self.choice(order, &numbering::inverse(order)).within(room, self.shares)
    }

    fn choice<'b>(&'b self, order: &'b [u32], numbers: &'b [u32]) -> Choice<'b> {
        Choice::new(&self.full, &self.together, self.groups.iter().collect(), order, 0, numbers)
    }

    /// What is worth most of the items of each shard, with so much room for each: the
    /// items in an order by shards, what was chosen, and where each shard ends.
    fn cut(
        &self,
        mut order: Vec<u32>,
        shards: &[Shard],
        room: usize,
    ) -> (Vec<u32>, Chosen, Vec<u8>) {
        let mut places = vec![0; order.len()];
        for (at, shard) in shards.iter().enumerate() {
            for item in &shard.items {
                if let Some(place) = places.get_mut(*item as usize) {
                    *place = at;
                }
            }
        }
        let shard = |item: &u32| places.get(*item as usize).copied().unwrap_or_default();
        order.sort_by_key(shard);
        let numbers = numbering::inverse(&order);
        let mut homes: Vec<Vec<&Vec<u32>>> = vec![Vec::new(); shards.len()];
        for group in self.groups {
            if let Some(home) = homes.get_mut(home(group.iter().map(shard))) {
                home.push(group);
            }
        }
        let mut chosen = Chosen::of(order.len());
        let mut cuts: Vec<u8> = Vec::new();
        for (own, groups) in order.chunk_by(|a, b| shard(a) == shard(b)).zip(homes) {
            let first = chosen.items;
            let choice = Choice::new(&self.full, &self.together, groups, own, first, &numbers);
            chosen.add(own, choice.within(room, self.shares));
            cuts.extend(chosen.items.to_le_bytes());
        }
        (order, chosen, cuts)
    }
}
