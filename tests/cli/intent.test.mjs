// `reshelf eval intent`: what it prints, on tables whose truth is known.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { folder, reshelf } from "./command.mjs";

/** Rows whose label depends on a number and a text, by chance; the same seed gives the same rows. */
function rows(count, seed) {
  let state = seed;
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  return Array.from({ length: count }, () => {
    const [views, kind, noise] = [Math.floor(random() * 20), random() < 0.3 ? "new" : "back", random()];
    const chance = (views > 12 ? 0.5 : 0.1) + (kind === "back" ? 0.3 : 0);
    return { views, kind, noise: noise.toFixed(3), bought: random() < chance, chance };
  });
}

function write(t, table, columns = ["views", "kind", "noise", "bought"]) {
  const file = join(folder(t), "table.csv");
  const text = value => (typeof value === "boolean" ? String(value).toUpperCase() : value);
  writeFileSync(file, `${columns}\n${table.map(row => columns.map(name => text(row[name]))).join("\n")}\n`);
  return file;
}

const evaluate = (train, test, ...more) => reshelf("eval", "intent", "--train", train, "--test", test, "--label", "bought", ...more);

/** How often a row that came true is more probable than one that did not. */
function area(table) {
  const [hits, misses] = [true, false].map(label => table.filter(row => row.bought === label));
  const sum = hits.flatMap(hit => misses.map(miss => (hit.chance > miss.chance ? 1 : hit.chance === miss.chance ? 0.5 : 0)));
  return sum.reduce((a, b) => a + b) / sum.length;
}

test("comes near the truth of an invented table, and is calibrated", t => {
  const test = rows(1500, 2);
  const [train, file] = [write(t, rows(3000, 1)), write(t, test)];
  const { status, stderr, json } = evaluate(train, file);
  assert.equal(status, 0, stderr);
  assert.deepEqual(Object.keys(json), ["task", "auc", "auprc", "ece"]);
  // Nobody who does not know the draws can be better than the truth, but for chance.
  assert.ok(Math.abs(json.auc - area(test)) < 0.02, `${json.auc}, ${area(test)}`);
  assert.ok(json.ece < 0.05 && json.auprc > 0.5, JSON.stringify(json));
  assert.deepEqual(evaluate(train, file).json, json);
  // Without the columns that say something, chance is left.
  const blind = evaluate(train, file, "--drop", "views,kind").json;
  assert.ok(Math.abs(blind.auc - 0.5) < 0.06, JSON.stringify(blind));
});

test("by hand: one column that tells all, a test of four rows", t => {
  const train = write(t, Array.from({ length: 200 }, (_, at) => ({ views: at % 2, bought: at % 2 === 1 })), ["views", "bought"]);
  // Three are told right. The miss that is taken for a hit ties with the only hit.
  const test = write(t, [[1, true], [0, false], [0, false], [1, false]].map(([views, bought]) => ({ views, bought })), ["views", "bought"]);
  const { json } = evaluate(train, test);
  assert.equal(json.auc, Math.round((2.5 / 3) * 1e4) / 1e4);
  assert.equal(json.auprc, 0.5);
  // Nearly certain both ways: of two rows near 1 one came true.
  assert.ok(json.ece > 0.2 && json.ece < 0.3, JSON.stringify(json));
});

test("values that the training never saw, and cells without one, are no mistake", t => {
  const train = write(t, rows(500, 1));
  const odd = rows(100, 2).map((row, at) => ({ ...row, kind: at % 2 ? "other" : "", views: at % 3 ? row.views : "" }));
  const { status, stderr, json } = evaluate(train, write(t, odd));
  assert.equal(status, 0, stderr);
  assert.ok(json.auc > 0.4);
});

test("mistakes are told in a sentence", t => {
  const train = write(t, rows(100, 1));
  const mistakes = [
    [["--train", train, "--test", train, "--label", "sold"], /no column 'sold'; it has views, kind, noise, bought/],
    [["--train", train, "--test", train, "--label", "kind"], /must hold true or false/],
    [["--train", train, "--test", train, "--label", "bought", "--drop", "x"], /--drop names 'x'/],
    [["--train", train, "--test", write(t, rows(9, 1), ["views", "bought"]), "--label", "bought"], /has no column 'kind'/],
    [["--train", write(t, rows(9, 1).map(row => ({ ...row, bought: true }))), "--test", train, "--label", "bought"], /too few rows/],
    [["--train", join(folder(t), "none"), "--test", train, "--label", "bought"], /There is no file/],
  ];
  for (const [args, message] of mistakes) {
    const { status, stdout, stderr } = reshelf("eval", "intent", ...args);
    assert.equal(status, 1);
    assert.equal(stdout, "");
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n {4}at /);
  }
});
