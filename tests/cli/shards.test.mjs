// A graph in shards: what the command writes where a catalogue is too large for the
// budget, and what evaluation and inspection make of the folder.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { reshelf, visits, write } from "./command.mjs";

const BUDGET = 66_000;
const STREETS = 20;

/** Visits of a shop of twenty streets, each with aisles of its own: thousands of items. */
const streets = (count, seed) => visits(count, seed).map((items, at) => items.map(id => `${at % STREETS}-${id}`));

let folder;
let catalog;
let tests;
let sessions;
const trainings = {};
before(() => {
  folder = mkdtempSync(join(tmpdir(), "reshelf-"));
  sessions = write(join(folder, "sessions.tsv"), "events", streets(9_000, 1));
  tests = write(join(folder, "test"), "session-lines", streets(200, 5));
  const rows = Array.from({ length: STREETS * 240 }, (_, at) => `${Math.floor(at / 240)}-sku-${at % 240},Street ${String(Math.floor(at / 240)).padStart(2, "0")} > Aisle ${Math.floor((at % 240) / 12)}`);
  catalog = join(folder, "catalogue.csv");
  writeFileSync(catalog, `id,category\n${rows.join("\n")}\n`);
  for (const [name, most] of [["one", 1], ["some", 5], ["again", 5]]) trainings[name] = train(join(folder, name), most);
});
after(() => rmSync(folder, { recursive: true }));

function train(out, most) {
  const { status, stderr, json } = reshelf("train", "--sessions", sessions, "--format", "events", "--catalog", catalog, "--k", "1", "--budget", String(BUDGET), "--shards", String(most), "--out", out);
  assert.equal(status, 0, stderr);
  const { files, ...manifest } = JSON.parse(readFileSync(join(out, "reshelf.json"), "utf8"));
  return { out, card: json, stderr, manifest, files };
}

const evaluate = out => reshelf("eval", "next-item", "--artifact", out, "--test", tests, "--format", "session-lines");

/** A copy of the folder of shards, for a test to spoil. */
function copyOf(name) {
  const copy = join(folder, name);
  cpSync(trainings.some.out, copy, { recursive: true });
  return copy;
}

test("core and any shard are within the budget, named by their contents, and the same for the same input", () => {
  const { out, card, manifest, files, stderr } = trainings.some;
  assert.deepEqual(manifest, { format: "reshelf", version: 2 });
  const [core, ...shards] = files;
  assert.equal(core.part, "core");
  assert.ok(shards.length > 1 && shards.length <= 5 && shards.every(({ part }) => part === "shard"));
  const longest = Math.max(...shards.map(({ bytes }) => bytes));
  assert.deepEqual([card.shards, card.pageBytes], [shards.length, core.bytes + longest]);
  assert.ok(card.pageBytes <= BUDGET && card.pageBytes > BUDGET * 0.9, `${card.pageBytes}`);
  assert.equal(card.bytes, files.reduce((sum, { bytes }) => sum + bytes, 0));
  assert.ok(card.bytes > BUDGET);
  assert.match(stderr, new RegExp(`the graph is in ${shards.length} shards by category`));
  for (const { file, part, bytes, sha256 } of files) {
    const content = readFileSync(join(out, file));
    assert.deepEqual([bytes, sha256], [content.length, createHash("sha256").update(content).digest("hex")]);
    assert.equal(file, `${part}-${sha256.slice(0, 16)}.rsf`);
  }
  assert.deepEqual(trainings.again.files, files);
  assert.deepEqual(readdirSync(out).sort(), [...files.map(({ file }) => file), "reshelf.json"].sort());
});

test("the manifest says which categories are in which shard: each in one, and all items", () => {
  const shards = trainings.some.files.slice(1);
  assert.equal(shards.reduce((sum, { items }) => sum + items, 0), trainings.some.card.items);
  const bounds = shards.flatMap(({ categories }) => categories);
  assert.deepEqual(bounds, [...bounds].sort());
  assert.equal(new Set(bounds).size, bounds.length);
  assert.match(bounds[0], /^Street 00 > Aisle /);
});

test("an evaluation loads what a page would, and more is known than in one graph of the same budget", () => {
  const { status, stderr, json } = evaluate(trainings.some.out);
  assert.equal(status, 0, stderr);
  assert.deepEqual([json.artifact_bytes, json.shards], [trainings.some.card.bytes, trainings.some.card.shards]);
  // Visits stay in a street: a page has the core and one shard, rarely two.
  assert.ok(json.page_bytes <= BUDGET * 1.1 && json.page_bytes < json.artifact_bytes, `${json.page_bytes}`);
  assert.ok(json.page_bytes_most <= json.artifact_bytes);
  const one = evaluate(trainings.one.out).json;
  assert.ok(!("shards" in one) && trainings.one.card.bytes <= BUDGET);
  assert.ok(json.hr20 > one.hr20 + 0.03, `${json.hr20} with shards, ${one.hr20} without`);
});

test("an inspection tells what is in all of them, and in each", () => {
  const { out, card, files } = trainings.some;
  const whole = reshelf("inspect", out).json;
  const { data, pageBytes, ...printed } = card;
  assert.deepEqual(whole.card, printed);
  assert.deepEqual([whole.bytes, whole.items, whole.neighbours, whole.prototypes], [card.bytes, card.items, card.neighbours, card.prototypes]);
  assert.deepEqual(whole.files.map(({ bytes }) => bytes), files.map(({ bytes }) => bytes));
  assert.deepEqual(whole.files[1].sections.map(({ id }) => id), ["part", "shrd", "near", "sess"]);
  const shard = reshelf("inspect", join(out, files[1].file)).json;
  assert.equal(shard.card, null);
  assert.ok(!("items" in shard));
});

test("a shard that is damaged, missing or of another training is told", () => {
  const { files } = trainings.some;
  const spoilt = copyOf("spoilt");
  const path = join(spoilt, files[2].file);
  const content = readFileSync(path);
  const flipped = Buffer.from(content);
  flipped[content.length - 9] ^= 16;
  const stranger = readFileSync(join(trainings.one.out, trainings.one.files[1].file));
  for (const [bytes, message] of [[flipped, /is damaged/], [content.subarray(0, -1), /is cut off/], [stranger, /of another training/]]) {
    writeFileSync(path, bytes);
    for (const { status, stderr } of [evaluate(spoilt), reshelf("inspect", spoilt)]) {
      assert.equal(status, 1);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
  }
  rmSync(path);
  assert.match(evaluate(spoilt).stderr, /There is no artifact .*shard-/);
});

test("a budget that the core fills is told, and no shards are made of what is left", () => {
  const out = join(folder, "full");
  const { status, stderr } = reshelf("train", "--sessions", sessions, "--format", "events", "--catalog", catalog, "--k", "1", "--budget", "46000", "--shards", "5", "--out", out);
  assert.equal(status, 0, stderr);
  assert.match(stderr, /the core, which no page can do without, takes \d+ bytes of a budget of 46000/);
  assert.deepEqual(JSON.parse(readFileSync(join(out, "reshelf.json"), "utf8")).files.map(({ part }) => part), ["core", "graph"]);
});

test("the next training removes the shards of the one before; --shards is checked", () => {
  const again = copyOf("smaller");
  const { manifest, files } = train(again, 1);
  assert.equal(manifest.version, 1);
  assert.deepEqual(readdirSync(again).sort(), [...files.map(({ file }) => file), "reshelf.json"].sort());
  for (const wrong of ["0", "33", "many", "2.5"]) {
    const { status, stderr } = reshelf("train", "--sessions", sessions, "--format", "events", "--shards", wrong, "--out", again);
    assert.equal(status, 1);
    assert.match(stderr, /--shards must be/);
  }
});
