//! A trained artifact, `.rsf`: what a shop's own sessions taught the trainer,
//! as bytes that are used where they lie.
//!
//! Lives here: the container, its sections, and the checks that make every later
//! read safe. Must not live here: what a score is made of (`recommend`), or how
//! the bytes come about (`train`).
//!
//! Every count and offset is checked once, at load. A file that passes is read
//! without errors; one that does not pass is refused as a whole, and the page
//! keeps its own order.
//!
//! An artifact is one file or several: the core, which orders need, and the graph,
//! whole or in shards, which may come later or never. All name their training; a graph
//! or shard of another one is refused, and what is in use stays.

pub mod columns;
pub mod container;
pub mod contexts;
pub mod event_weights;
pub mod forest;
pub mod items;
pub mod links;
pub mod meta;
pub mod neighbours;
pub mod popularity;
pub mod prototypes;
pub mod rank_weights;
pub mod reading;
pub mod repeats;
pub mod segments;
pub mod transitions;
pub mod vectors;

use super::intern::FeatureKey;
use super::recommend::mix::{MIX_BYTES, Mix};
use crate::engine::checksum::checksum;
use columns::Columns;
use container::{Container, SectionId};
use contexts::Contexts;
use event_weights::EventWeights;
use forest::Forest;
use items::Items;
use links::Links;
use meta::Meta;
use neighbours::{Neighbours, Row};
use popularity::Popularity;
use prototypes::Prototypes;
use rank_weights::RankWeights;
use reading::Reader;
use repeats::Repeats;
use segments::Segments;
use std::rc::Rc;
use transitions::Transitions;

/// Why a file is no artifact that this release can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArtifactError {
    /// Something else: not even the first bytes are those of an artifact.
    Foreign,
    /// Of a later release.
    Newer,
    /// The end is missing: a transfer that broke off.
    Truncated,
    /// A checksum, count or offset is wrong.
    Damaged,
    /// A graph, but the core in use is of another training, or there is none.
    Unpaired,
}

/// The two things a shop asks for: its rows differ in whether the product on the
/// screen may be among the answers, and the best mix differs with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The current item may be recommended, as the literature's protocol has it.
    Allowed,
    /// Never the item that is being looked at.
    Excluded,
}

/// A loaded artifact.
#[derive(Debug)]
pub struct Artifact {
    container: Rc<Container>,
    meta: Meta,
    items: Items,
    links: Links,
    popular: Vec<u32>,
    mixes: [Mix; 2],
    transitions: Option<Transitions>,
    intent: Option<Forest>,
    segments: Option<Segments>,
    contexts: Option<Contexts>,
    event_weights: EventWeights,
    rank_weights: RankWeights,
}

impl Artifact {
    /// Checks these bytes and takes them over.
    ///
    /// # Errors
    /// [`ArtifactError`] when this release cannot use them.
    pub fn load(bytes: Vec<u8>) -> Result<Self, ArtifactError> {
        Self::open(Container::load(bytes)?)
    }

    /// Takes over a file whose sections were not looked into yet: a whole artifact,
    /// or the core of one.
    ///
    /// # Errors
    /// [`ArtifactError`] when this release cannot use it.
    pub fn open(container: Container) -> Result<Self, ArtifactError> {
        if container.is_graph() {
            return Err(ArtifactError::Unpaired);
        }
        let container = Rc::new(container);
        let damaged = ArtifactError::Damaged;
        let section = |id| container.section(id).ok_or(damaged);
        let meta = Meta::read(section(SectionId::META)?).ok_or(damaged)?;
        let items = Items::read(section(SectionId::ITEMS)?, meta.items).ok_or(damaged)?;
        let popular =
            Popularity::read(section(SectionId::POPULARITY)?, meta.items).ok_or(damaged)?.best();
        let mixes = read_mixes(section(SectionId::MIX)?).ok_or(damaged)?;
        let columns = match container.section(SectionId::COLUMNS) {
            Some(section) => Columns::read(section, meta.items).ok_or(damaged)?,
            None => Columns::default(),
        };
        let links = Links::open(&container, meta.items, columns.categories()).ok_or(damaged)?;
        Ok(Self {
            meta,
            items,
            links,
            popular,
            mixes,
            transitions: optional(&container, SectionId::TRANSITIONS, Transitions::read)?,
            intent: optional(&container, SectionId::INTENT, Forest::read)?,
            segments: optional(&container, SectionId::SEGMENTS, Segments::read)?,
            contexts: optional(&container, SectionId::CONTEXTS, Contexts::read)?,
            event_weights: optional(&container, SectionId::EVENT_WEIGHTS, EventWeights::read)?
                .unwrap_or_default(),
            rank_weights: optional(&container, SectionId::RANK_WEIGHTS, RankWeights::read)?
                .unwrap_or_default(),
            container,
        })
    }

    /// Takes the graph in, or a shard of it, in place of the same before; one that
    /// cannot be used changes nothing.
    ///
    /// # Errors
    /// [`ArtifactError`]; [`ArtifactError::Unpaired`] where it is of another training.
    pub fn join(&mut self, graph: Container) -> Result<(), ArtifactError> {
        let part = graph.section(SectionId::PART);
        if !graph.is_graph() || part != self.container.section(SectionId::PART) {
            return Err(ArtifactError::Unpaired);
        }
        let categories = self.columns().categories();
        let joined = self.links.join(Rc::new(graph), self.meta.items, categories);
        joined.ok_or(ArtifactError::Damaged)
    }

    /// What the trainer wrote about itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The item with this id.
    pub fn item(&self, id: &str) -> Option<u32> {
        self.items.find(items::hash(id, self.meta.salt))
    }

    /// The item that the ledger files under this key.
    pub fn item_of(&self, key: FeatureKey) -> Option<u32> {
        self.items.find_key(key)
    }

    /// What goes with what, of the files that are there.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// The item's row of the item-item table.
    pub fn neighbours(&self, item: u32) -> Option<Row<'_>> {
        self.links.neighbours(item)
    }

    /// What is bought together with the item; nothing without orders.
    pub fn together(&self, item: u32) -> Option<Row<'_>> {
        self.links.together(item)
    }

    /// The session prototypes.
    pub fn prototypes(&self) -> &Prototypes {
        self.links.prototypes()
    }

    /// How popular an item is.
    pub fn popularity(&self) -> Popularity<'_> {
        Popularity::of(self.bytes(SectionId::POPULARITY))
    }

    /// What the catalogue says of the items; nothing without one.
    pub fn columns(&self) -> Columns<'_> {
        Columns::of(self.bytes(SectionId::COLUMNS), self.meta.items)
    }

    /// Rows of categories: from which one shoppers buy next.
    pub fn needs(&self) -> Neighbours<'_> {
        Neighbours::of(self.linked(SectionId::NEEDS), 0..self.columns().categories())
    }

    /// What is known about buying again.
    pub fn repeats(&self) -> Repeats<'_> {
        Repeats::of(self.linked(SectionId::REPEATS))
    }

    /// Tells this artifact's items and their order from those of others.
    pub fn fingerprint(&self) -> u32 {
        checksum(self.bytes(SectionId::ITEMS))
    }

    /// The most popular items, best first.
    pub fn popular(&self) -> &[u32] {
        &self.popular
    }

    /// The mix the trainer fitted to this shop.
    pub fn mix(&self, mode: Mode) -> Mix {
        let [allowed, excluded] = self.mixes;
        if mode == Mode::Allowed { allowed } else { excluded }
    }

    /// Where shoppers go from a category, and the bytes it lies in; not in every file.
    pub fn transitions(&self) -> Option<(&Transitions, &[u8])> {
        Some((self.transitions.as_ref()?, self.bytes(SectionId::TRANSITIONS)))
    }

    /// The model of readiness to buy, and the bytes it lies in; not in every file.
    pub fn intent(&self) -> Option<(&Forest, &[u8])> {
        Some((self.intent.as_ref()?, self.bytes(SectionId::INTENT)))
    }

    /// Segments of shoppers, and the bytes they lie in; not in every file.
    pub fn segments(&self) -> Option<(&Segments, &[u8])> {
        Some((self.segments.as_ref()?, self.bytes(SectionId::SEGMENTS)))
    }

    /// What a visit's surroundings say, and the bytes it lies in; not in every file.
    pub fn contexts(&self) -> Option<(&Contexts, &[u8])> {
        Some((self.contexts.as_ref()?, self.bytes(SectionId::CONTEXTS)))
    }

    /// What acts say of taste: as fitted to this shop, or the starting values.
    pub fn event_weights(&self) -> EventWeights {
        self.event_weights
    }

    /// How much each part of a list's score weighs: fitted, or the starting values.
    pub fn rank_weights(&self) -> RankWeights {
        self.rank_weights
    }

    /// The first file's sections, in its order: id and length.
    pub fn sections(&self) -> impl Iterator<Item = (SectionId, usize)> {
        self.container.sections()
    }

    fn bytes(&self, id: SectionId) -> &[u8] {
        self.container.section(id).unwrap_or_default()
    }

    /// A section of the graph that is not cut; beside shards it is the core's.
    fn linked(&self, id: SectionId) -> &[u8] {
        self.links.section(id).unwrap_or_else(|| self.bytes(id))
    }
}

/// A section that a file may do without.
fn optional<T>(
    container: &Container,
    id: SectionId,
    read: impl Fn(&[u8]) -> Option<T>,
) -> Result<Option<T>, ArtifactError> {
    let section = container.section(id).map(|bytes| read(bytes).ok_or(ArtifactError::Damaged));
    section.transpose()
}

fn read_mixes(section: &[u8]) -> Option<[Mix; 2]> {
    let mut reader = Reader::new(section);
    let mixes = [Mix::read(reader.take(MIX_BYTES)?)?, Mix::read(reader.take(MIX_BYTES)?)?];
    reader.is_at_end().then_some(mixes)
}
