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

pub mod container;
pub mod forest;
pub mod items;
pub mod meta;
pub mod neighbours;
pub mod popularity;
pub mod prototypes;
pub mod reading;
pub mod segments;
pub mod transitions;

use super::intern::FeatureKey;
use super::recommend::mix::{MIX_BYTES, Mix};
use container::{Container, SectionId};
use forest::Forest;
use items::Items;
use meta::Meta;
use neighbours::Neighbours;
use popularity::Popularity;
use prototypes::Prototypes;
use reading::Reader;
use segments::Segments;
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
    container: Container,
    meta: Meta,
    items: Items,
    prototypes: Prototypes,
    popular: Vec<u32>,
    mixes: [Mix; 2],
    transitions: Option<Transitions>,
    intent: Option<Forest>,
    segments: Option<Segments>,
}

impl Artifact {
    /// Checks these bytes and takes them over.
    ///
    /// # Errors
    /// [`ArtifactError`] when this release cannot use them.
    pub fn load(bytes: Vec<u8>) -> Result<Self, ArtifactError> {
        let container = Container::load(bytes)?;
        let damaged = ArtifactError::Damaged;
        let section = |id| container.section(id).ok_or(damaged);
        let meta = Meta::read(section(SectionId::META)?).ok_or(damaged)?;
        let items = Items::read(section(SectionId::ITEMS)?, meta.items).ok_or(damaged)?;
        Neighbours::check(section(SectionId::NEIGHBOURS)?, meta.items).ok_or(damaged)?;
        let prototypes =
            Prototypes::read(section(SectionId::PROTOTYPES)?, meta.items).ok_or(damaged)?;
        let popular =
            Popularity::read(section(SectionId::POPULARITY)?, meta.items).ok_or(damaged)?.best();
        let mixes = read_mixes(section(SectionId::MIX)?).ok_or(damaged)?;
        let transitions = match container.section(SectionId::TRANSITIONS) {
            Some(section) => Some(Transitions::read(section).ok_or(damaged)?),
            None => None,
        };
        let intent = match container.section(SectionId::INTENT) {
            Some(section) => Some(Forest::read(section).ok_or(damaged)?),
            None => None,
        };
        let segments = match container.section(SectionId::SEGMENTS) {
            Some(section) => Some(Segments::read(section).ok_or(damaged)?),
            None => None,
        };
        Ok(Self {
            meta,
            items,
            prototypes,
            popular,
            mixes,
            transitions,
            intent,
            segments,
            container,
        })
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

    /// Rows of the item-item table.
    pub fn neighbours(&self) -> Neighbours<'_> {
        Neighbours::of(self.bytes(SectionId::NEIGHBOURS), self.meta.items)
    }

    /// The session prototypes, and the bytes they lie in.
    pub fn prototypes(&self) -> (&Prototypes, &[u8]) {
        (&self.prototypes, self.bytes(SectionId::PROTOTYPES))
    }

    /// How popular an item is.
    pub fn popularity(&self) -> Popularity<'_> {
        Popularity::of(self.bytes(SectionId::POPULARITY))
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

    /// The file's sections, in its order: id and length.
    pub fn sections(&self) -> impl Iterator<Item = (SectionId, usize)> {
        self.container.sections()
    }

    fn bytes(&self, id: SectionId) -> &[u8] {
        self.container.section(id).unwrap_or_default()
    }
}

fn read_mixes(section: &[u8]) -> Option<[Mix; 2]> {
    let mut reader = Reader::new(section);
    let mixes = [Mix::read(reader.take(MIX_BYTES)?)?, Mix::read(reader.take(MIX_BYTES)?)?];
    reader.is_at_end().then_some(mixes)
}
