// Reads what the engine stores, by a hand of its own: how often each item was
// acted on is nowhere in the public interface, and a test that asked the engine
// would believe the code it tests.
//
// The format is src/engine/codec.rs; the keys are src/engine/intern.rs; what a
// counter means is src/engine/profile.rs. Everything that depends on them is in
// this file and nowhere else of this folder.

const DAY_MS = 86_400_000;
const SLOWEST_HALF_LIFE_MS = 90 * DAY_MS;
const MAGIC = "RSH";
const HEADER_BYTES = 17;
const CHECKSUM_BYTES = 4;
const LANES = 3;
const ITEM_NAMESPACE = 0;

/** Stored key of an item id: FNV-1a of 64 bits, folded to 28, below 4 bits of namespace. */
export function itemKey(id) {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (const byte of [...new TextEncoder().encode(id), 0xff]) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x0100_0000_01b3n);
  }
  const folded = Number(BigInt.asUintN(28, hash ^ (hash >> 28n) ^ (hash >> 56n)));
  return ((ITEM_NAMESPACE << 28) | folded) >>> 0;
}

/** Takes numbers off the front of bytes, as postcard writes them. */
class Reader {
  #bytes;
  #view;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left() {
    return this.#bytes.length - this.#at;
  }

  byte() {
    if (this.left < 1) throw new RangeError("a record ends too early");
    return this.#bytes[this.#at++];
  }

  /** A whole number in groups of seven bits, low ones first. */
  varint() {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("a number in a record is too long");
  }

  number() {
    return Number(this.varint());
  }

  float() {
    if (this.left < 4) throw new RangeError("a record ends too early");
    const value = this.#view.getFloat32(this.#at, true);
    this.#at += 4;
    return value;
  }
}

/** Reads a record's envelope; undefined for anything that is not one. */
function open(text) {
  if (typeof text !== "string" || !/^[A-Za-z0-9+/]+$/.test(text)) return undefined;
  const bytes = Buffer.from(text, "base64");
  if (bytes.length < HEADER_BYTES + CHECKSUM_BYTES || bytes.toString("latin1", 0, 3) !== MAGIC) return undefined;
  return {
    kind: String.fromCharCode(bytes[3]),
    version: bytes[4],
    epoch: bytes.readUInt32LE(5),
    sequence: bytes.readUInt32LE(9),
    payload: new Uint8Array(bytes.subarray(HEADER_BYTES, bytes.length - CHECKSUM_BYTES)),
  };
}

function cells(reader) {
  const found = [];
  for (let left = reader.number(); left > 0; left--) {
    const day = reader.number();
    const key = reader.number();
    found.push({ day, key, lanes: Array.from({ length: LANES }, () => reader.float()) });
  }
  return found;
}

function journal(reader) {
  const document = reader.varint().toString(16).padStart(16, "0");
  const acts = reader.number();
  return { document, acts, cells: cells(reader) };
}

/** Journals of many documents, each with the epoch, sequence and first day that a record's envelope or cells would tell. */
function snapshot(reader) {
  const journals = [];
  for (let left = reader.number(); left > 0; left--) {
    const [epoch, sequence] = [reader.number(), reader.number()];
    reader.number();
    journals.push({ ...journal(reader), epoch, sequence });
  }
  const covers = [];
  for (let left = reader.number(); left > 0; left--) {
    covers.push({ document: reader.varint().toString(16).padStart(16, "0"), sequence: reader.number() });
  }
  return { journals, covers };
}

/**
 * The journals a stored text holds: one, or those of a snapshot, or none for
 * the store's own record; and which journals are part of a fold, up to which
 * sequence. Undefined where the text is no record of ours.
 */
export function readRecord(text) {
  const record = open(text);
  if (!record) return undefined;
  const { kind, version, epoch, sequence } = record;
  const reader = new Reader(record.payload);
  const held = { journals: [], covers: [] };
  if (kind === "j") held.journals.push({ ...journal(reader), epoch, sequence });
  if (kind === "s") Object.assign(held, snapshot(reader));
  return { kind, version, epoch, sequence, ...held, understood: "jms".includes(kind) };
}

/**
 * One copy of each journal that counts, the newest, out of any number of stored
 * texts: what is part of a fold counts there.
 */
export function newestJournals(texts) {
  const records = texts.flatMap(text => readRecord(text) ?? []);
  const newest = new Map();
  for (const journal of records.flatMap(({ journals }) => journals)) {
    const known = newest.get(journal.document);
    if (!known || known.sequence < journal.sequence) newest.set(journal.document, journal);
  }
  for (const { document, sequence } of records.flatMap(({ covers }) => covers)) {
    if (newest.get(document)?.sequence <= sequence) newest.delete(document);
  }
  return [...newest.values()];
}

/** Acts counted by all journals together. */
export const actsIn = texts => newestJournals(texts).reduce((acts, journal) => acts + journal.acts, 0);

/** Item keys that any of the texts, old copies included, still holds a cell of. */
export const keysIn = texts => new Set(texts.flatMap(text => readRecord(text)?.journals ?? []).flatMap(journal => journal.cells.map(cell => cell.key)));

/**
 * How often each item was acted on, from the counter that decays slowest: a sum
 * of `weight · 2^(age of the day / 90 days)`. Within one test the age hardly
 * changes, so dividing by both gives a whole number but for rounding.
 *
 * @param weight what one act of the kind used adds, from src/engine/event.rs
 * @param at about when the acts happened
 */
export function itemCounts(texts, ids, { weight, at = Date.now() }) {
  const counts = new Map(ids.map(id => [id, 0]));
  const ofKey = new Map(ids.map(id => [itemKey(id), id]));
  for (const { day, key, lanes } of newestJournals(texts).flatMap(journal => journal.cells)) {
    const id = ofKey.get(key);
    if (id === undefined) continue;
    const growth = 2 ** ((at - day * DAY_MS) / SLOWEST_HALF_LIFE_MS);
    counts.set(id, counts.get(id) + lanes[2] / (weight * growth));
  }
  return new Map([...counts].map(([id, count]) => [id, Math.round(count)]));
}

/** Evidence of one `addToCart`. */
export const CART_WEIGHT = 5;
