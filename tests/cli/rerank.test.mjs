// `reshelf eval rerank`: what it prints, and its figures where they can be worked
// out by hand.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { folder, reshelf, visits, write } from "./command.mjs";

const FIELDS = ["task", "queries", "mrr_base", "mrr", "top10_base", "top10", "ndcg10_base", "ndcg10", "worse_share"];

/** Runs it; `categories` is an object, item: category. */
function rerank(t, training, tests, categories, ...more) {
  const out = folder(t);
  const file = (name, sessions) => write(join(out, name), "category-sessions", sessions);
  const edges = join(out, "edges");
  writeFileSync(edges, `itemId\tcategory\r\n${Object.entries(categories).map(pair => pair.join("\t")).join("\r\n")}\r\n`);
  const trains = training.flatMap((sessions, at) => ["--train", file(`train${at}.gz`, sessions)]);
  const { status, stderr, json } = reshelf("eval", "rerank", ...trains, "--test", file("test", tests), "--categories", edges, ...more);
  assert.equal(status, 0, stderr);
  assert.deepEqual(Object.keys(json), FIELDS);
  return json;
}

test("three lists, by hand", t => {
  // By popularity: a, b, c. Whoever looked at b has looked at c next, nobody at a.
  const training = [Array(9).fill(["a"]), Array(3).fill(["b", "c"])];
  // The third is the first again; the clicks that open a session ask nothing, and
  // neither does one on an item without a category.
  const tests = [["b", "c"], ["b", "a"], ["b", "c"], ["b", "x"]];
  const json = rerank(t, training, tests, { a: 1, b: 1, c: 1 });
  const third = 1 / Math.log2(4);
  assert.deepEqual(json, {
    task: "rerank",
    queries: 3,
    // c stands third, a first, c third.
    mrr_base: round((1 / 3 + 1 + 1 / 3) / 3),
    // c rises to the first place; b was looked at before, so that a is third.
    mrr: round((1 + 1 / 3 + 1) / 3),
    top10_base: 1,
    top10: 1,
    ndcg10_base: round((third + 1 + third) / 3),
    ndcg10: round((1 + third + 1) / 3),
    worse_share: round(1 / 3),
  });
});

test("the quota holds back what stands below the tenth", t => {
  // Twelve items by popularity; the last one goes with the first.
  const items = Array.from({ length: 12 }, (_, at) => `i${at}`);
  const popular = items.flatMap((item, at) => Array(at === 11 ? 1 : 60 - 4 * at).fill([item]));
  const training = [[...popular, ...Array(5).fill(["i0", "i11"])]];
  const categories = Object.fromEntries(items.map(item => [item, "all"]));
  const places = ["0", "1"].map(quota => rerank(t, training, [["i0", "i11"]], categories, "--quota", quota));
  assert.deepEqual(places.map(json => [json.top10_base, json.top10, json.mrr]), [[0, 0, round(1 / 11)], [0, 1, 1]]);
  assert.equal(places[0].mrr_base, round(1 / 12));
});

const round = number => Math.round(number * 1e4) / 1e4;

test("what goes together comes first in an invented shop", t => {
  const sessions = visits(1500, 1);
  const categories = Object.fromEntries([...new Set(sessions.flat())].map(item => [item, Number(item.slice(4)) % 3]));
  const json = rerank(t, [sessions], visits(200, 2), categories);
  assert.ok(json.queries > 400 && json.mrr > 2 * json.mrr_base && json.worse_share < 0.2, JSON.stringify(json));
});

test("files that are not there are named", t => {
  const out = folder(t);
  const train = write(join(out, "s"), "category-sessions", visits(10, 1));
  const { status, stderr } = reshelf("eval", "rerank", "--train", train, "--test", train, "--categories", join(out, "none"));
  assert.equal(status, 1);
  assert.match(stderr, /There is no file .*none/);
});
