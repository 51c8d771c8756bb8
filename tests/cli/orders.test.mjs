// What orders and a catalogue give: `reshelf train --orders --catalog`, `reshelf eval
// baskets` and `eval rules`, and that their SQL counts what it says.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { Database, floats, texts, unsigned } from "../../cli/src/database.mjs";
import { Alike, Baskets } from "../../cli/src/engine.mjs";
import { readCatalog, readOrders } from "../../cli/src/reading/inputs.mjs";
import { numberStock } from "../../cli/src/stock.mjs";
import { folder, reshelf, visits, write } from "./command.mjs";

const HEADER = "Invoice,StockCode,InvoiceDate,Customer ID,Quantity,Price";

/** Lines of orders: `[invoice, customer, day, items]` each. */
function orders(path, baskets) {
  const lines = baskets.flatMap(([invoice, customer, day, items]) => items.map(item => `${invoice},${item},2026-01-${String(day).padStart(2, "0")} 12:00:00,${customer},1,2.50`));
  writeFileSync(path, [HEADER, ...lines, ""].join("\n"));
  return path;
}

/** A catalogue of these items: two of a category, titles that tell them apart. */
function catalogue(path, items, more = () => "") {
  const lines = items.map((item, at) => `${item},Lantern ${at},Home > Aisle ${Math.floor(at / 2)},Maker ${at % 3},${at + 1}.00${more(at)}`);
  writeFileSync(path, [`id,title,category,brand,price${more() === "" ? "" : ",vector"}`, ...lines, ""].join("\n"));
  return path;
}

/** Baskets out of invented visits: everybody buys what they looked at. */
const invented = (count, seed) => visits(count, seed).map((items, at) => [`i${at}`, `c${at % 400}`, 1 + (at % 28), [...new Set(items)]]);

const done = ({ status, stderr, json }) => {
  assert.equal(status, 0, stderr);
  return json;
};

test("the SQL counts pairs of baskets by people, baskets and size", async t => {
  const file = orders(join(folder(t), "orders.csv"), [
    ["1", "x", 1, ["a", "b"]],
    ["2", "x", 2, ["a", "b", "c"]],
    ["3", "y", 3, ["b", "a", "a"]],
    ["4", "", 4, ["a", "c"]],
    ["5", "", 31, ["a", "c"]],
    ["6", "z", 5, ["c"]],
    ["7", "z", 6, Array.from({ length: 201 }, (_, at) => (at === 0 ? "a" : at === 1 ? "b" : `other${at}`))],
  ]);
  const database = await Database.open();
  t.after(() => database.close());
  await readOrders(database, file, {});
  await numberStock(database);
  const [ids] = await database.columns("SELECT item_id FROM items ORDER BY item", [texts]);
  const pairs = async k => {
    const [a, b, buyers, weight, baskets] = await database.columnsOf("order-pairs", { k }, [unsigned, unsigned, unsigned, floats, unsigned]);
    return Object.fromEntries(Array.from(a, (item, at) => [`${ids[item]}${ids[b[at]]}`, [buyers[at], baskets[at], weight[at]]]));
  };
  const three = Math.round(1e6 * 2 ** -0.7);
  // The basket of 201 is left out; who has no name is somebody else each time.
  assert.deepEqual(await pairs(1), { ab: [2, 3, 2e6 + three], ac: [3, 3, 2e6 + three], bc: [1, 1, three] });
  assert.deepEqual(Object.keys(await pairs(2)), ["ab", "ac"]);
  assert.deepEqual(Object.keys(await pairs(3)), ["ac"]);
  const [baskets, lately] = await database.columnsOf("order-items", {}, [unsigned, floats]);
  assert.equal(baskets[ids.indexOf("a")], 6);
  const aged = [30, 29, 28, 27, 0, 25].reduce((sum, days) => sum + Math.round(1000 * Math.exp(-days / 30)), 0);
  assert.equal(lately[ids.indexOf("a")], aged);
});

test("the SQL tells what is bought next, and what again", async t => {
  const out = folder(t);
  const items = ["a1", "a2", "b1", "b2"];
  const file = orders(join(out, "orders.csv"), [
    ["1", "x", 1, ["a1"]], ["2", "x", 5, ["a1", "b1"]], ["3", "x", 15, ["a1"]],
    ["4", "y", 1, ["a2"]], ["5", "y", 2, ["b1"]], ["6", "y", 2, ["b1"]],
    ["7", "z", 9, ["b2", "a2"]],
  ]);
  const database = await Database.open();
  t.after(() => database.close());
  await readOrders(database, file, {});
  await readCatalog(database, catalogue(join(out, "catalogue.csv"), items));
  await numberStock(database);
  const rows = async (name, k) => (await database.rowsOf(name, { k })).map(row => row.map(Number));
  // x and y went from aisle 0 to aisle 1; z bought of both at once.
  assert.deepEqual(await rows("order-needs", 1), [[0, 1, 2]]);
  assert.deepEqual(await rows("order-needs", 3), []);
  // Aisle 0: x bought a1 on days 1, 5 and 15; aisle 1: nothing twice, on two days.
  assert.deepEqual(await rows("order-repeats", 1), [[3, 3, 1, 1, 7], [3, 3, 0, 0, 0], [3, 6, 1, 1, 7]]);
});

test("orders and a catalogue make an artifact, with sessions or without, the same each time", t => {
  const out = folder(t);
  const file = orders(join(out, "orders.csv"), invented(3000, 1));
  const items = Array.from({ length: 240 }, (_, at) => `sku-${at}`);
  const catalog = catalogue(join(out, "catalogue.csv"), items);
  const sessions = write(join(out, "sessions"), "session-lines", visits(900, 2));
  const train = (name, ...args) => {
    const json = done(reshelf("train", ...args, "--k", "2", "--budget", "40kB", "--out", join(out, name)));
    const bytes = readFileSync(join(out, name, "reshelf.rsf"));
    assert.equal(json.bytes, bytes.length);
    assert.ok(bytes.length <= 40_000);
    return { json, bytes, asked: new Baskets(bytes) };
  };
  const both = ["--orders", file, "--catalog", catalog];
  const alone = train("alone", ...both);
  assert.deepEqual(train("again", ...both).bytes, alone.bytes);
  assert.deepEqual([alone.json.items, alone.json.sessions], [240, 0]);
  assert.equal(alone.json.fallback, 1);
  const whole = train("whole", ...both, "--sessions", sessions, "--format", "session-lines");
  assert.ok(whole.json.fallback < 0.5, JSON.stringify(whole.json));
  assert.equal(train("catalogue", "--catalog", catalog).json.items, 240);
  assert.equal(train("orders", "--orders", file).json.items, 240);
  // Visits stay in aisles of 12, and so do baskets.
  for (const { asked } of [alone, whole]) {
    const [numbers] = [asked.numbers(items)];
    const near = Array.from(asked.together(numbers[100], 5), item => numbers.indexOf(item));
    assert.equal(near.length, 5);
    assert.ok(near.filter(item => Math.floor(item / 12) === 8).length >= 4, String(near));
    // What completes a cart is of no category that is in it.
    const completing = Array.from(asked.completing(numbers.slice(100, 102), 8), item => numbers.indexOf(item));
    assert.ok(completing.length === 8 && completing.every(item => item >> 1 !== 50), String(completing));
  }
});

test("a thin shop is told so", t => {
  const out = folder(t);
  const sessions = write(join(out, "sessions"), "session-lines", visits(300, 2));
  const catalog = catalogue(join(out, "catalogue.csv"), Array.from({ length: 240 }, (_, at) => `sku-${at}`));
  const { stderr } = reshelf("train", "--sessions", sessions, "--format", "session-lines", "--catalog", catalog, "--out", out);
  assert.match(stderr, /\d clicks an item: with fewer than 20/);
  assert.match(stderr, /% of the items have neighbours by their content alone/);
});

test("vectors of the catalogue become a file of their own", t => {
  const out = folder(t);
  const items = ["a", "b", "c", "d"];
  const catalog = catalogue(join(out, "catalogue.csv"), items, at => (at === 3 ? "," : `,"[${at}, 0.5, -1]"`));
  done(reshelf("train", "--catalog", catalog, "--out", out));
  const bytes = readFileSync(join(out, "vectors.rsf"));
  assert.equal(bytes.subarray(1, 4).toString(), "RSF");
  // Header, two sections and a checksum; facts; hash, dimensions, three bytes an item.
  assert.equal(bytes.length, 12 + 2 * 16 + 4 + 16 + 6 + 4 * 3);
  // Compiled for SIMD, where the tests in Rust are not; longer than a register.
  const wide = Array.from({ length: 40 }, (_, item) => Array.from({ length: 37 }, (_, at) => Math.round(100 * Math.sin(item * 1.7 + at * at)) / 100));
  const names = wide.map((_, at) => `w${at}`);
  done(reshelf("train", "--catalog", catalogue(catalog, names, at => (at === undefined ? "x" : `,"${wide[at]}"`)), "--out", out));
  const artifact = readFileSync(join(out, "reshelf.rsf"));
  const alike = new Alike(readFileSync(join(out, "vectors.rsf")), artifact);
  const numbers = new Baskets(artifact).numbers(names);
  const dot = (a, b) => a.reduce((sum, value, at) => sum + value * b[at], 0);
  const cosine = (a, b) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  for (const item of [0, 13, 39]) {
    const expected = wide.map((vector, other) => [other, cosine(vector, wide[item])]).filter(([other]) => other !== item).sort((a, b) => b[1] - a[1]);
    const [first] = alike.like(numbers[item], 1);
    // Up to the rounding of the vectors to bytes.
    assert.ok(expected.some(([other, value]) => numbers[other] === first && value > expected[0][1] - 0.02));
    const positive = expected.filter(([, value]) => value > 0.02).map(([other]) => numbers[other]);
    const found = new Set(alike.like(numbers[item], 40));
    assert.ok(positive.every(other => found.has(other)));
  }
  writeFileSync(catalog, `id,vector\na,${wide.concat(wide).flat().slice(0, 257).join(" ")}\n`);
  const { status, stderr } = reshelf("train", "--catalog", catalog, "--out", out);
  assert.equal(status, 1);
  assert.match(stderr, /may have 256 values at most; most have 257/);
});

test("a vector that cannot be compared is left out, and told", t => {
  const out = folder(t);
  const vectors = { a: "1 0 0", b: "0.9 0.1 0", c: "1 NaN 0", d: "1 0", e: "1 x 0", f: "", g: "0 1 0", h: "1 0 inf" };
  const lines = Object.entries(vectors).map(([id, vector]) => `${id},${id.toUpperCase()},${vector}`);
  writeFileSync(join(out, "catalogue.csv"), `id,title,vector\n${lines.join("\n")}\n`);
  const json = done(reshelf("train", "--catalog", join(out, "catalogue.csv"), "--out", out));
  const told = json.data.catalog.problems.filter(({ problem }) => problem.includes("vector"));
  assert.deepEqual(told.map(({ problem, count, examples }) => [problem, count, examples]), [
    ["with a vector that is left out: it has a value that is no number", 3, ["c: 3 values", "e: 3 values", "h: 3 values"]],
    ["with a vector that is left out: it is of another length than most", 1, ["d: 2 values"]],
  ]);
  const artifact = readFileSync(join(out, "reshelf.rsf"));
  const numbers = new Baskets(artifact).numbers(Object.keys(vectors));
  const alike = new Alike(readFileSync(join(out, "vectors.rsf")), artifact);
  assert.deepEqual([...alike.like(numbers[0], 8)].slice(0, 1), [numbers[1]]);
  assert.deepEqual([...alike.like(numbers[2], 8)], []);
});

test("baskets: hidden items are found where they can be, the same each time", t => {
  const out = folder(t);
  const [train, later] = [orders(join(out, "train.csv"), invented(3000, 1)), orders(join(out, "test.csv"), invented(400, 2))];
  const ask = (...more) => done(reshelf("eval", "baskets", "--train", train, "--test", later, "--k", "2", ...more));
  const json = ask();
  assert.deepEqual(Object.keys(json), ["task", "queries", "hr10", "mrr10", "hr10_popular", "hr10_cooccurrence", "hr10_lift", "ci95", "k", "artifact_bytes"]);
  assert.equal(json.queries, invented(400, 2).filter(([, , , items]) => items.length > 1).length);
  // An aisle has 12 items, the shop 240: popularity finds one of 24.
  assert.ok(json.hr10 > 0.5 && json.hr10_cooccurrence > 0.5 && json.hr10_lift > 0.5 && json.hr10_popular < 0.15, JSON.stringify(json));
  assert.ok(json.mrr10 < json.hr10);
  assert.deepEqual(ask(), json);
  assert.equal(ask("--draws", "3").queries, 3 * json.queries);
});

test("baskets: every number is right where it can be counted by hand", t => {
  const out = folder(t);
  // a goes with b, c with d; e is the most popular. Unknown items are missed.
  const pairs = (...lists) => lists.flatMap(([items, times]) => Array.from({ length: times }, () => items));
  const baskets = pairs([["a", "b"], 6], [["c", "d"], 6], [["e"], 9], ...Array.from("fghijklmnop", item => [[item], 8]));
  const train = orders(join(out, "train.csv"), baskets.map((items, at) => [`i${at}`, `c${at}`, 1, items]));
  const later = orders(join(out, "test.csv"), [["1", "", 9, ["a", "b"]], ["2", "", 9, ["d", "c"]], ["3", "", 9, ["a", "new"]], ["4", "", 9, ["e"]], ["5", "", 9, ["e", "a"]]]);
  const json = done(reshelf("eval", "baskets", "--train", train, "--test", later));
  // Of {e, a} one half is popular, one is not: either is asked for.
  const either = Number(json.hr10 === 0.75);
  assert.deepEqual([json.queries, json.hr10, json.mrr10 >= 0.5, json.hr10_popular], [4, either ? 0.75 : 0.5, true, either ? 0.25 : 0]);
  assert.deepEqual([json.hr10_cooccurrence, json.hr10_lift], [json.hr10, json.hr10]);
});

test("again: what is due is found, counted a customer", t => {
  const out = folder(t);
  // Everybody buys an item of their own each week, and others once.
  const people = Array.from({ length: 60 }, (_, at) => at);
  const weekly = people.flatMap(at => [1, 8, 15].map(day => [`w${at}-${day}`, `c${at}`, day, [`own${at % 12}`, ...Array.from({ length: 5 }, (_, n) => `once${(at * 7 + day * 3 + n) % 90}`)]]));
  const later = people.slice(0, 40).map(at => [`l${at}`, `c${at}`, 22, [`own${at % 12}`]]);
  const strangers = [["s", "new", 22, ["own1"]], ["t", "", 22, ["own1"]]];
  const json = done(reshelf("eval", "again", "--train", orders(join(out, "train.csv"), weekly), "--test", orders(join(out, "test.csv"), [...later, ...strangers]), "--k", "2"));
  assert.deepEqual(Object.keys(json), ["task", "queries", "hr10", "recall10", "hr10_counting", "ci95"]);
  assert.deepEqual([json.queries, json.hr10, json.recall10, json.hr10_counting], [40, 1, 1, 1]);
});

test("columns are named by flags, in CSV as in Parquet", async t => {
  const out = folder(t);
  const [train, later] = ["train", "test"].map((name, at) => orders(join(out, `${name}.csv`), invented(800, at + 1)));
  const expected = done(reshelf("eval", "baskets", "--train", train, "--test", later, "--k", "2"));
  const database = await Database.open();
  for (const name of ["train", "test"]) {
    await database.execute(
      `COPY (SELECT Invoice AS bon, StockCode AS ware, InvoiceDate AS wann, "Customer ID" AS wer FROM read_csv('${join(out, name)}.csv', all_varchar = true))
       TO '${join(out, name)}.parquet' (FORMAT parquet)`,
    );
  }
  database.close();
  const flags = ["--invoice", "bon", "--item", "ware", "--time", "wann", "--customer", "wer"];
  const found = done(reshelf("eval", "baskets", "--train", join(out, "train.parquet"), "--test", join(out, "test.parquet"), "--k", "2", ...flags));
  assert.deepEqual(found, expected);
});

test("the groceries have 150 rules of two items", () => {
  const file = fileURLToPath(new URL("data/groceries.csv.gz", import.meta.url));
  const json = done(reshelf("eval", "rules", "--train", file, "--support", "0.006", "--confidence", "0.25"));
  assert.deepEqual([json.baskets, json.items, json.rules], [9835, 169, 150]);
  assert.deepEqual(json.strongest[0], { from: "baking powder", to: "whole milk", support: 0.0093, confidence: 0.523 });
});
