// The folder of an artifact: a manifest, and the files that a page loads, in the
// order in which they are of use to it. Must not live here: what is in a file.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ARTIFACT, splitArtifact } from "./engine.mjs";
import { Stop } from "./stop.mjs";

/** Name of the manifest, by which a page finds the rest. */
export const MANIFEST = "reshelf.json";
const FORMAT = "reshelf";
/** Of a manifest without shards, and of one with them, which earlier releases cannot use. */
const VERSION = 1;
const WITH_SHARDS = 2;
/** Most files: a core and as many shards as the engine takes. */
const MOST_FILES = 33;

/**
 * Bytes from which an artifact is two files. What is smaller has arrived after two
 * round trips of a new connection (10 and 20 segments of 1,460 bytes, RFC 6928), and
 * a second request would take longer than the bytes that it saves.
 */
const SPLIT_FROM = 43_800;

/** A file of the folder that a manifest may name: nothing outside of it. */
const NAME = /^[\w-]+\.rsf$/;

const sha256 = bytes => createHash("sha256").update(bytes).digest("hex");

/**
 * The files of a packed artifact, each with its name: its contents' where there are
 * several. `shards` says of each what the manifest tells of it.
 */
export function filesOf(bytes, shards = []) {
  if (bytes.length < SPLIT_FROM && shards.length === 0) return [{ file: ARTIFACT, part: "whole", content: bytes }];
  const named = (part, content) => ({ file: `${part}-${sha256(content).slice(0, 16)}.rsf`, part, content });
  const [core, ...graphs] = splitArtifact(bytes);
  if (shards.length === 0) return [named("core", core), named("graph", graphs[0])];
  return [named("core", core), ...graphs.map((content, at) => ({ ...named("shard", content), holds: shards[at] }))];
}

/** Bytes that a page downloads at the least and, of shards, with the longest: its core and one graph or shard. */
export function pageBytesOf(files) {
  const [first, ...others] = files.map(({ content }) => content.length);
  return first + Math.max(0, ...others);
}

/** Makes the folder that is to be written to, before anything is learned in vain. */
export function prepareFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Stop(`--out: '${folder}' cannot be made a folder (${error.code}).`);
  }
}

/** Writes the files, then the manifest that names them, and removes those of a training before. */
export function writeFolder(folder, files) {
  const before = existsSync(join(folder, MANIFEST)) ? namedIn(folder) : [ARTIFACT];
  for (const { file, content } of files) writeFileSync(join(folder, file), content);
  const entries = files.map(({ file, part, content, holds }) => ({ file, part, bytes: content.length, sha256: sha256(content), ...holds }));
  const version = files.some(({ part }) => part === "shard") ? WITH_SHARDS : VERSION;
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify({ format: FORMAT, version, files: entries }, null, 2)}\n`);
  const gone = before.filter(name => !files.some(({ file }) => file === name));
  for (const name of gone) rmSync(join(folder, name), { force: true });
}

/** Names in the manifest of a folder; none where it cannot be read. */
function namedIn(folder) {
  try {
    return readManifest(folder).map(({ file }) => file);
  } catch {
    return [];
  }
}

function readManifest(folder) {
  const path = join(folder, MANIFEST);
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Stop(`${path} cannot be read: ${error.message}`);
  }
  if (manifest?.format !== FORMAT) throw new Stop(`${path} is not a manifest of an artifact.`);
  if (manifest.version > WITH_SHARDS) throw new Stop(`${path} is of a later release.`);
  const { files } = manifest;
  const isRight = Array.isArray(files) && files.length > 0 && files.length <= (manifest.version === WITH_SHARDS ? MOST_FILES : 2) && files.every(entry => NAME.test(entry?.file));
  if (!isRight) throw new Stop(`${path} is damaged.`);
  return files;
}

/** What a page loads of this folder, in its order: paths and contents. */
export function readFolder(folder) {
  const names = existsSync(join(folder, MANIFEST)) ? readManifest(folder).map(({ file }) => file) : [ARTIFACT];
  return names.map(name => {
    const path = join(folder, name);
    if (!existsSync(path)) throw new Stop(`There is no artifact ${path}: run 'reshelf train' first.`);
    return { path, content: readFileSync(path) };
  });
}

/** What is meant by these paths: the files of folders, and files. */
export function readPaths(paths) {
  return paths.flatMap(path => {
    if (!existsSync(path)) throw new Stop(`There is no file ${path}.`);
    return statSync(path).isDirectory() ? readFolder(path) : [{ path, content: readFileSync(path) }];
  });
}
