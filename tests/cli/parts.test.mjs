// An artifact of two files: what the command writes, what it makes of a folder,
// and what it says when the files do not belong together.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { reshelf, visits, write } from "./command.mjs";

const BUDGET = 60_000;

/** Visits of a shop of twenty streets, each with aisles of its own: thousands of items. */
const streets = (count, seed) => visits(count, seed).map((items, at) => items.map(id => `${at % 20}-${id}`));

let folder;
let tests;
const trainings = {};
before(() => {
  folder = mkdtempSync(join(tmpdir(), "reshelf-"));
  tests = write(join(folder, "test"), "session-lines", streets(60, 1));
  for (const [name, seed] of [["one", 1], ["again", 1], ["other", 2]]) {
    const sessions = write(join(folder, `${name}.tsv`), "events", streets(5_000, seed));
    trainings[name] = train(sessions, join(folder, name));
  }
});
after(() => rmSync(folder, { recursive: true }));

function train(sessions, out, budget = BUDGET) {
  const { status, stderr, json } = reshelf("train", "--sessions", sessions, "--format", "events", "--k", "1", "--budget", String(budget), "--out", out);
  assert.equal(status, 0, stderr);
  const { files, ...manifest } = JSON.parse(readFileSync(join(out, "reshelf.json"), "utf8"));
  assert.deepEqual(manifest, { format: "reshelf", version: 1 });
  return { out, card: json, files, paths: files.map(({ file }) => join(out, file)) };
}

const evaluate = out => reshelf("eval", "next-item", "--artifact", out, "--test", tests, "--format", "session-lines");

/** A copy of a training's folder, for a test to spoil. */
function copyOf({ out }, name) {
  const copy = join(folder, name);
  mkdirSync(copy);
  for (const file of readdirSync(out)) copyFileSync(join(out, file), join(copy, file));
  return copy;
}

test("core and graph are named by their contents, within the budget together, and the same for the same input", () => {
  const { out, card, files } = trainings.one;
  assert.deepEqual(files.map(({ part }) => part), ["core", "graph"]);
  assert.deepEqual(readdirSync(out).sort(), [...files.map(({ file }) => file), "reshelf.json"].sort());
  for (const { file, part, bytes, sha256 } of files) {
    const content = readFileSync(join(out, file));
    assert.equal(bytes, content.length);
    assert.equal(sha256, createHash("sha256").update(content).digest("hex"));
    assert.equal(file, `${part}-${sha256.slice(0, 16)}.rsf`);
    assert.deepEqual(readFileSync(join(trainings.again.out, file)), content);
  }
  const sum = files[0].bytes + files[1].bytes;
  assert.equal(card.bytes, sum);
  assert.ok(sum <= BUDGET && sum > 43_800, `${sum}`);
  assert.ok(files[0].bytes < files[1].bytes);
  assert.notDeepEqual(trainings.other.files, files);
});

test("the evaluation counts and uses both files; the core alone foresees less", () => {
  const { out, card, files } = trainings.one;
  const { status, stderr, json } = evaluate(out);
  assert.equal(status, 0, stderr);
  assert.equal(json.artifact_bytes, card.bytes);
  const alone = copyOf(trainings.one, "alone");
  rmSync(join(alone, files[1].file));
  assert.match(evaluate(alone).stderr, /There is no artifact .*graph-/);
  // One file in a folder without a manifest.
  rmSync(join(alone, "reshelf.json"));
  copyFileSync(join(alone, files[0].file), join(alone, "reshelf.rsf"));
  const core = evaluate(alone).json;
  assert.equal(core.artifact_bytes, files[0].bytes);
  assert.ok(core.hr20 < json.hr20 / 2, `${core.hr20} and ${json.hr20}`);
});

test("an inspection of both tells what is in both, of one what is in that", () => {
  const { out, card, paths } = trainings.one;
  const { data, ...printed } = card;
  const whole = reshelf("inspect", out).json;
  assert.deepEqual(whole.card, printed);
  assert.deepEqual([whole.bytes, whole.neighbours, whole.prototypes], [card.bytes, card.neighbours, card.prototypes]);
  assert.deepEqual(reshelf("inspect", ...paths).json, whole);
  assert.deepEqual(reshelf("inspect", ...[...paths].reverse()).json.card, printed);
  const [core, graph] = paths.map(path => reshelf("inspect", path).json);
  assert.deepEqual([core.items, core.neighbours, core.prototypes], [card.items, 0, 0]);
  assert.equal(graph.card, null);
  assert.deepEqual(graph.sections.map(({ id }) => id), ["part", "near", "sess"]);
  assert.deepEqual(whole.sections, [...core.sections, ...graph.sections]);
  assert.match(reshelf("inspect", ...paths, ...trainings.other.paths).stderr, /of several artifacts/);
});

test("files of two trainings are refused, whichever is the other", () => {
  const [one, other] = [trainings.one, trainings.other];
  for (const at of [0, 1]) {
    const mixed = copyOf(one, `mixed-${at}`);
    copyFileSync(other.paths[at], join(mixed, one.files[at].file));
    const { status, stdout, stderr } = evaluate(mixed);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /The graph is of another training than the core/);
    assert.match(reshelf("inspect", mixed).stderr, /The graph is of another training than the core/);
  }
});

test("damage in either file, and in the manifest, is told", () => {
  const { files } = trainings.one;
  const spoilt = copyOf(trainings.one, "spoilt");
  for (const { file } of files) {
    const path = join(spoilt, file);
    const content = readFileSync(path);
    const flipped = Buffer.from(content);
    flipped[content.length - 9] ^= 16;
    for (const [bytes, message] of [[flipped, /is damaged/], [content.subarray(0, content.length - 1), /is cut off/], ["<!doctype html>", /is no artifact/]]) {
      writeFileSync(path, bytes);
      const { status, stderr } = evaluate(spoilt);
      assert.equal(status, 1);
      assert.match(stderr, message);
    }
    writeFileSync(path, content);
  }
  const manifests = [["{", /cannot be read/], ["{}", /is not a manifest/], ['{"format":"reshelf","version":3}', /of a later release/], ['{"format":"reshelf","version":1,"files":[{"file":"../x.rsf"}]}', /is damaged/]];
  for (const [text, message] of manifests) {
    writeFileSync(join(spoilt, "reshelf.json"), text);
    const { status, stderr } = evaluate(spoilt);
    assert.equal(status, 1);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n {4}at /);
  }
});

test("a smaller artifact is one file; a training removes the files of the one before, and nothing else", () => {
  const again = copyOf(trainings.one, "smaller");
  writeFileSync(join(again, "core-own.rsf"), "a shop's own");
  const { files, card } = train(join(folder, "one.tsv"), again, 20_000);
  assert.deepEqual(files.map(({ file, part }) => [file, part]), [["reshelf.rsf", "whole"]]);
  assert.deepEqual(readdirSync(again).sort(), ["core-own.rsf", "reshelf.json", "reshelf.rsf"]);
  assert.equal(evaluate(again).json.artifact_bytes, card.bytes);
  train(join(folder, "other.tsv"), again);
  assert.deepEqual(readdirSync(again).sort(), ["core-own.rsf", "reshelf.json", ...trainings.other.files.map(({ file }) => file)].sort());
});
