//! An artifact as two files: the core, which the first personal order needs, and the
//! graph, which rows and the graph score need. Must not live here: which of them a
//! page loads when, or how big a file must be to be worth two requests.
//!
//! Both carry the checksum of the whole, by which the engine tells the files of one
//! training from those of another.

use super::writing::container;
use crate::engine::artifact::container::{Container, ENTRY, HEADER, SEAL, SectionId};
use crate::engine::artifact::{Artifact, ArtifactError};
use crate::engine::checksum::checksum;

/// What goes with what. All else is the core's: a section that nobody thought of
/// here is there from the beginning.
const GRAPH: [SectionId; 5] = [
    SectionId::NEIGHBOURS,
    SectionId::PROTOTYPES,
    SectionId::TOGETHER,
    SectionId::NEEDS,
    SectionId::REPEATS,
];

/// Bytes by which two files are longer than the one: a second header, and in each
/// the name of the training.
pub const BYTES: usize = HEADER + SEAL + 2 * (ENTRY + size_of::<u32>());

/// Core and graph of a whole artifact.
///
/// # Errors
/// [`ArtifactError`] when the file is none, or a part already.
pub fn split(file: Vec<u8>) -> Result<[Vec<u8>; 2], ArtifactError> {
    let name = checksum(&file).to_le_bytes().to_vec();
    let whole = Container::load(file)?;
    if whole.section(SectionId::PART).is_some() {
        return Err(ArtifactError::Unpaired);
    }
    Ok([false, true].map(|is_graph| {
        let own = whole.sections().filter(|(id, _)| GRAPH.contains(id) == is_graph);
        let body = |(id, _)| (id, whole.section(id).unwrap_or_default().to_vec());
        let mut sections = vec![(SectionId::PART, name.clone())];
        sections.extend(own.map(body));
        container(&sections)
    }))
}

/// The artifact of one file, or of two in any order.
///
/// # Errors
/// [`ArtifactError`] when this release cannot use them together.
pub fn join(file: Vec<u8>, other: Option<Vec<u8>>) -> Result<Artifact, ArtifactError> {
    let mut files = vec![Container::load(file)?];
    if let Some(other) = other {
        files.push(Container::load(other)?);
    }
    files.sort_by_key(Container::is_graph);
    let mut files = files.into_iter();
    let mut artifact = Artifact::open(files.next().ok_or(ArtifactError::Foreign)?)?;
    for graph in files {
        artifact.join(graph)?;
    }
    Ok(artifact)
}
