// `reshelf inspect`: what is in an artifact, and what is wrong with a file that is
// none; and that the card it prints is the one that training printed.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { folder, reshelf, visits, write } from "./command.mjs";

function trained(t) {
  const out = folder(t);
  const sessions = write(join(out, "s.tsv"), "events", visits(2_000, 7));
  const { json, stderr, status } = reshelf("train", "--sessions", sessions, "--format", "events", "--k", "2", "--budget", "20kB", "--out", out);
  assert.equal(status, 0, stderr);
  return { file: join(out, "reshelf.rsf"), card: json, stderr };
}

test("an artifact tells its sections, counts and report card", t => {
  const { file, card, stderr } = trained(t);
  const { status, json, stderr: words } = reshelf("inspect", file);
  assert.equal(status, 0, words);
  assert.deepEqual([json.version, json.bytes, json.k], [1, readFileSync(file).length, 2]);
  const table = 12 + 16 * json.sections.length + 4;
  assert.equal(json.sections.reduce((sum, { bytes }) => sum + bytes, table), json.bytes);
  for (const name of ["items", "sessions", "clicks", "neighbours", "prototypes"]) assert.equal(json[name], card[name], name);
  const { data, ...printed } = card;
  assert.deepEqual(json.card, printed);
  // Measured, not made up: a shop of aisles of twelve is foreseen far better than by chance.
  const [allowed, excluded] = printed.heldOut;
  assert.ok(excluded.hr20 > 0.4 && excluded.hr20 <= 1 && excluded.mrr20 < excluded.hr20, JSON.stringify(excluded));
  assert.deepEqual([allowed.excluded, excluded.excluded], [false, true]);
  assert.ok(printed.coverage20 > 0.5 && printed.coverage20 <= 1, `${printed.coverage20}`);
  assert.equal(printed.clicksPerItem, Math.round((10_000 * printed.clicks) / printed.items) / 10_000);
  // In words, the same from both.
  for (const line of words.trimEnd().split("\n")) assert.ok(stderr.includes(line), line);
  assert.match(words, /clicks an item/);
});

test("what is wrong with a file is said", t => {
  const { file } = trained(t);
  const bytes = readFileSync(file);
  const damaged = Buffer.from(bytes);
  damaged[bytes.length - 700] ^= 1;
  const files = [
    [damaged, /is damaged/],
    [bytes.subarray(0, bytes.length - 1), /is cut off/],
    [Buffer.from("<!doctype html>"), /is no artifact/],
    [Buffer.alloc(0), /is no artifact/],
  ];
  for (const [content, message] of files) {
    writeFileSync(file, content);
    const { status, stdout, stderr } = reshelf("inspect", file);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, message);
    assert.ok(stderr.includes(file), stderr);
  }
  // A later release's: the version raised, the seal of the table made right again.
  const newer = Buffer.from(bytes);
  newer.writeUInt16LE(2, 4);
  const end = 12 + 16 * newer.readUInt16LE(6);
  newer.writeUInt32LE(crc32(newer.subarray(0, end)), end);
  writeFileSync(file, newer);
  assert.match(reshelf("inspect", file).stderr, /is of a later release/);
  assert.match(reshelf("inspect", `${file}.none`).stderr, /There is no file/);
  assert.match(reshelf("inspect").stderr, /Give one file/);
});

/** CRC-32 as gzip has it. */
function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
