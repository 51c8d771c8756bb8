//! An artifact as several files: the core, which the first personal order needs, and
//! the graph, which rows and the graph score need, whole or in shards. Must not live
//! here: which of them a page loads when, where a graph is cut (`plan`), or how big a
//! file must be to be worth two requests.
//!
//! All carry the checksum of the whole, by which the engine tells the files of one
//! training from those of another.

use super::pack::{self, Generation};
use super::sharding::home;
use super::writing::container;
use crate::engine::artifact::container::{Container, ENTRY, HEADER, SEAL, SectionId};
use crate::engine::artifact::links::read_ends;
use crate::engine::artifact::neighbours::{BLOCK, Neighbours};
use crate::engine::artifact::{Artifact, ArtifactError};
use crate::engine::checksum::checksum;
use std::ops::Range;

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

/// What a shard has of its own items; the rest of a graph that is cut is the core's.
const CUT: [SectionId; 3] = [SectionId::NEIGHBOURS, SectionId::PROTOTYPES, SectionId::TOGETHER];

/// Core and graph of a whole artifact.
///
/// # Errors
/// [`ArtifactError`] when the file is none, or a part already.
pub fn split(file: Vec<u8>) -> Result<[Vec<u8>; 2], ArtifactError> {
    let (name, whole) = open(file)?;
    Ok([false, true]
        .map(|is_graph| container(&having(&whole, &name, |id| GRAPH.contains(&id) == is_graph))))
}

/// Core and shards of a whole artifact, where it says how it is cut; none where it
/// does not.
///
/// # Errors
/// [`ArtifactError`] when the file is none, or a part already.
pub fn cut(file: Vec<u8>) -> Result<Vec<Vec<u8>>, ArtifactError> {
    let artifact = Artifact::load(file.clone())?;
    let (name, whole) = open(file)?;
    let Some(cuts) = whole.section(SectionId::CUTS) else { return Ok(Vec::new()) };
    let items = artifact.meta().items;
    let ends = read_ends(cuts, items).ok_or(ArtifactError::Damaged)?;
    let mut prototypes = prototypes_by_shard(&artifact, &ends);
    let numbers: Vec<u32> = (0..items).collect();
    let mut files = vec![container(&having(&whole, &name, |id| !CUT.contains(&id)))];
    let mut start = 0;
    for (shard, end) in (0u32..).zip(ends) {
        let mut sections = having(&whole, &name, |id| CUT.contains(&id));
        for (id, body) in &mut sections {
            *body = match *id {
                SectionId::PART => continue,
                SectionId::PROTOTYPES => {
                    let own = prototypes.get_mut(shard as usize).map(std::mem::take);
                    pack::prototypes(&own.unwrap_or_default(), &numbers)
                }
                _ => rows(body, start..end, items).ok_or(ArtifactError::Damaged)?,
            };
        }
        sections.insert(1, (SectionId::SHARD, shard.to_le_bytes().to_vec()));
        files.push(container(&sections));
        start = end;
    }
    Ok(files)
}

/// The name of this training, and its file.
fn open(file: Vec<u8>) -> Result<(Vec<u8>, Container), ArtifactError> {
    let name = checksum(&file).to_le_bytes().to_vec();
    let whole = Container::load(file)?;
    if whole.section(SectionId::PART).is_some() {
        return Err(ArtifactError::Unpaired);
    }
    Ok((name, whole))
}

/// The name, and then the sections of this kind.
fn having(
    whole: &Container,
    name: &[u8],
    is_own: impl Fn(SectionId) -> bool,
) -> Vec<(SectionId, Vec<u8>)> {
    let own = whole.sections().filter(|(id, _)| is_own(*id));
    let body = |(id, _)| (id, whole.section(id).unwrap_or_default().to_vec());
    std::iter::once((SectionId::PART, name.to_vec())).chain(own.map(body)).collect()
}

/// The rows of these items, of the section of a table of all.
fn rows(section: &[u8], own: Range<u32>, items: u32) -> Option<Vec<u8>> {
    let starts = Neighbours::check(section, 0..items, items)?;
    let rows = section.get((items as usize).div_ceil(BLOCK) * size_of::<u32>()..)?;
    let start = |item: u32| starts.get(item as usize).map_or(rows.len(), |at| *at as usize);
    let first = start(own.start);
    let blocks = own.clone().step_by(BLOCK);
    let mut bytes: Vec<u8> =
        blocks.flat_map(|item| ((start(item) - first) as u32).to_le_bytes()).collect();
    bytes.extend(rows.get(first..start(own.end))?);
    Some(bytes)
}

/// The prototypes of each shard, by generation: each is where most of its items are.
fn prototypes_by_shard(artifact: &Artifact, ends: &[u32]) -> Vec<Vec<Generation>> {
    let all = artifact.prototypes();
    let mut shards: Vec<Vec<Generation>> = vec![Vec::new(); ends.len()];
    for prototype in 0..all.len() as u32 {
        let items = all.items(prototype);
        let shard = |item: &u32| ends.partition_point(|end| end <= item);
        let generation = all.generation(prototype);
        let Some(own) = shards.get_mut(home(items.iter().map(shard))) else { continue };
        if own.len() <= generation {
            own.resize(generation + 1, Vec::new());
        }
        if let Some(own) = own.get_mut(generation) {
            own.push(items.to_vec());
        }
    }
    shards
}

/// The artifact of these files, in any order: one, core and graph, or a core and any
/// of its shards.
///
/// # Errors
/// [`ArtifactError`] when this release cannot use them together.
pub fn join(files: Vec<Vec<u8>>) -> Result<Artifact, ArtifactError> {
    let mut files = files.into_iter().map(Container::load).collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(Container::is_graph);
    let mut files = files.into_iter();
    let mut artifact = Artifact::open(files.next().ok_or(ArtifactError::Foreign)?)?;
    for graph in files {
        artifact.join(graph)?;
    }
    Ok(artifact)
}
