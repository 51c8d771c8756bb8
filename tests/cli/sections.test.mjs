// `reshelf eval sections`: what it prints, and its figures where they can be worked
// out by hand.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { folder, reshelf, visits, write } from "./command.mjs";

function sections(t, training, tests, categories) {
  const out = folder(t);
  const file = (name, sessions) => write(join(out, name), "category-sessions", sessions);
  const edges = join(out, "edges");
  writeFileSync(edges, `${Object.entries(categories).map(pair => pair.join("\t")).join("\n")}\n`);
  const { status, stderr, json } = reshelf("eval", "sections", "--train", file("train", training), "--test", file("test", tests), "--categories", edges);
  assert.equal(status, 0, stderr);
  assert.deepEqual(Object.keys(json), ["task", "queries", "mrr", "hr1", "hr3", "mrr_popular", "mrr_last"]);
  return json;
}

const round = number => Math.round(number * 1e4) / 1e4;

test("two clicks, by hand", t => {
  // Popular: lamps, mugs, candles. From mugs all have gone to candles.
  const training = [...Array(9).fill(["a"]), ...Array(3).fill(["b", "c"])];
  const json = sections(t, training, [["b", "c"], ["b", "a"]], { a: "lamps", b: "mugs", c: "candles" });
  // The page after b: candles, mugs, lamps.
  assert.deepEqual(json, {
    task: "sections",
    queries: 2,
    mrr: round((1 + 1 / 3) / 2),
    hr1: 0.5,
    hr3: 1,
    mrr_popular: round((1 / 3 + 1) / 2),
    // Mugs, lamps, candles.
    mrr_last: round((1 / 3 + 1 / 2) / 2),
  });
});

test("rows say more than the last category where shoppers move on", t => {
  const next = session => session.map((id, at) => `sku-${(Number(id.slice(4)) + 12 * at) % 240}`);
  const sessions = visits(1500, 1).map(next);
  const categories = Object.fromEntries([...new Set(sessions.flat())].map(id => [id, `aisle ${Math.floor(Number(id.slice(4)) / 12)}`]));
  const json = sections(t, sessions, visits(200, 2).map(next), categories);
  assert.ok(json.mrr > json.mrr_last + 0.2 && json.mrr > json.mrr_popular + 0.2, JSON.stringify(json));
});

test("a trained artifact carries the rows, within its budget", t => {
  const out = folder(t);
  const sessions = visits(900, 1);
  const file = write(join(out, "s"), "session-lines", sessions);
  const edges = join(out, "edges");
  writeFileSync(edges, `${[...new Set(sessions.flat())].map(id => `${id}\tHome > Aisle ${Math.floor(Number(id.slice(4)) / 12)}`).join("\n")}\n`);
  const intent = join(out, "intent.csv");
  writeFileSync(intent, `addToCart,bought\n${Array.from({ length: 200 }, (_, at) => `${at % 2},${at % 2}`).join("\n")}\n`);
  const train = (...more) => reshelf("train", "--sessions", file, "--format", "session-lines", "--k", "2", "--budget", "12kB", "--out", out, ...more);
  const { status, stderr, json } = train("--categories", edges, "--intent", intent, "--label", "bought");
  assert.equal(status, 0, stderr);
  const bytes = readFileSync(join(out, "reshelf.rsf"));
  assert.ok(bytes.length === json.bytes && bytes.length <= 12_000, String(bytes.length));
  // The table of sections, 16 bytes each, follows 12 bytes of header.
  const ids = Array.from({ length: bytes.readUInt16LE(6) }, (_, at) => bytes.toString("latin1", 12 + 16 * at, 16 + 16 * at));
  assert.deepEqual(ids.slice(-3), ["mark", "intn", "rnkw"]);
  assert.match(train("--intent", intent).stderr, /Missing: --label/);
});
