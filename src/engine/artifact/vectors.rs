//! Vectors of the items, from the merchant's own encoder of pictures or texts: a
//! file of its own, so that only pages that ask for look-alikes pay for it.
//!
//! A container with the sections `meta`, as in the artifact it belongs to, and
//! `vect`: the checksum of that artifact's item hashes, the number of dimensions
//! as two bytes, then a signed byte a dimension and item; each vector has a length
//! of about 127, or 0 where the item has none. Must not live here: the search.

use super::container::{Container, SectionId};
use super::meta::Meta;
use super::reading::Reader;
use super::{Artifact, ArtifactError};

/// Most dimensions; with more a page waits longer for the file than it is worth.
pub const MOST_DIMENSIONS: u16 = 256;
/// Bytes before the vectors.
const HEAD: usize = 6;

/// A loaded file of vectors.
#[derive(Debug)]
pub struct Vectors {
    container: Container,
    dimensions: usize,
}

impl Vectors {
    /// Checks these bytes against the artifact they belong to, and takes them over.
    ///
    /// # Errors
    /// [`ArtifactError`]; [`ArtifactError::Foreign`] where they belong to another.
    pub fn load(bytes: Vec<u8>, artifact: &Artifact) -> Result<Self, ArtifactError> {
        let container = Container::load(bytes)?;
        let damaged = ArtifactError::Damaged;
        let meta = container.section(SectionId::META).and_then(Meta::read).ok_or(damaged)?;
        let section = container.section(SectionId::VECTORS).ok_or(damaged)?;
        let mut reader = Reader::new(section);
        let items = reader.u32().ok_or(damaged)?;
        let dimensions = reader.u16().ok_or(damaged)?;
        if meta.items != artifact.meta().items || items != artifact.fingerprint() {
            return Err(ArtifactError::Foreign);
        }
        let length = (meta.items as usize).checked_mul(usize::from(dimensions));
        if !(1..=MOST_DIMENSIONS).contains(&dimensions) || length != Some(reader.left()) {
            return Err(damaged);
        }
        Ok(Self { container, dimensions: usize::from(dimensions) })
    }

    /// Dimensions of a vector.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// All vectors, one after another, in the order of the items.
    pub fn all(&self) -> &[u8] {
        let section = self.container.section(SectionId::VECTORS).unwrap_or_default();
        section.get(HEAD..).unwrap_or_default()
    }
}
