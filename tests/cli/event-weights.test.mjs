// `reshelf train` on sessions that tell what was done: looks are learned from, and all
// acts say what they are worth by the purchases that follow.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { Database } from "../../cli/src/database.mjs";
import { readSessions } from "../../cli/src/reading/inputs.mjs";
import { emptyTables } from "../../cli/src/stock.mjs";
import { folder, reshelf, visits, write } from "./command.mjs";

const DAY = 86_400;
const START = 1_700_006_400;

/** Events as a file: `[session, person, item, day, what]` each. */
function events(path, rows) {
  const lines = rows.map(([session, person, item, day, what]) => [session, person, item, START + day * DAY, what].join("\t"));
  writeFileSync(path, ["SessionId\tUserId\tItemId\tTime\tEventType", ...lines, ""].join("\n"));
  return path;
}

/** People by the hundred: all look, some put it into the basket, and who does buys more often. */
function shoppers(people) {
  return Array.from({ length: people }, (_, at) => {
    const [item, basket, buys] = [`sku-${at % 7}`, at % 5 === 0, at % 20 === 0 || at % 10 === 5];
    const row = (day, what) => [`s${at}`, `p${at}`, item, (at % 3) + day, what];
    return [row(0, "view_item"), row(0.01, "view_item_list"), ...(basket ? [row(0.1, "add_to_cart")] : []), ...(buys ? [row(2, "purchase")] : []), row(20, "view_item")];
  }).flat();
}

test("the SQL counts who buys within a week, by kind of event", async t => {
  const file = events(join(folder(t), "events.tsv"), [
    ["1", "x", "a", 0, "view"], ["1", "x", "a", 0.2, "view"], // one look of a day
    ["1", "x", "a", 0.3, "addtocart"], ["1", "x", "a", 0.4, "transaction"],
    ["1", "x", "b", 0.41, "transaction"], // of the same order
    ["2", "x", "a", 2, "view"], ["2", "x", "a", 10, "purchase"], // eight days: too late for the look
    ["3", "y", "a", 1, "view"], ["3", "y", "c", 1, "cart"], ["3", "y", "a", 1.1, "impression"],
    ["4", "z", "a", 30, "view"], ["4", "z", "a", 30.5, "buy"], // the last week says nothing
  ]);
  const database = await Database.open();
  t.after(() => database.close());
  await readSessions(database, file, "events");
  await emptyTables(database);
  await database.execute("INSERT INTO catalog(item, category) VALUES ('a', 'Lamps'), ('b', 'Lamps')");
  const counted = async k => (await database.rowsOf("event-weights", { k })).map(row => row.map(Number));
  assert.deepEqual(await counted(1), [[1, 3, 1], [4, 2, 1], [7, 2, 0]]);
  assert.deepEqual(await counted(2), [[1, 3, 1], [4, 2, 1]]);
  const [[clicks]] = await database.rows("SELECT count(*) FROM clicks");
  assert.equal(Number(clicks), 5);
});

test("purchases of the same day follow where only days are known, and none follows in a session", async t => {
  const rows = Array.from({ length: 3 }, (_, at) => ["view", "cart", "purchase"].map(what => [`s${at}`, `p${at}`, "a", at, what])).flat();
  const late = ["9", "z", "a", 20, "view"];
  const path = events(join(folder(t), "events.tsv"), [...rows, late]);
  const counted = async () => {
    const database = await Database.open();
    t.after(() => database.close());
    await readSessions(database, path, "events");
    await emptyTables(database);
    return (await database.rowsOf("event-weights", { k: 1 })).map(row => row.map(Number));
  };
  assert.deepEqual(await counted(), [[1, 3, 3], [4, 3, 3], [7, 3, 0]]);
  writeFileSync(path, readFileSync(path, "utf8").replace("UserId", "Colour"));
  assert.deepEqual(await counted(), [[1, 3, 3], [4, 3, 3]]);
});

test("weights are fitted, told and shipped", t => {
  const out = folder(t);
  const file = events(join(out, "events.tsv"), shoppers(2_000));
  const { status, stderr, json } = reshelf("train", "--sessions", file, "--format", "events", "--out", out);
  assert.equal(status, 0, stderr);
  // Of 2,000 who look 300 buy, all of them of the 400 with a basket, whose starting value
  // of 5 (a rate of 0.9) counts for 20: 1 + ln((300 + 18) / 420 / 0.15) = 2.62.
  assert.deepEqual(json.eventWeights.addToCart, 2.6);
  assert.match(stderr, /fitted weights of acts, where a look is 1: addToCart 2\.6/);
  assert.match(stderr, /kept: 2,700 rows that are no looks/);
  assert.equal(json.clicks, 4_000);
  const { json: inspected } = reshelf("inspect", out);
  assert.deepEqual(inspected.card.eventWeights, json.eventWeights);
  assert.ok(inspected.sections.some(({ id, bytes }) => id === "evnt" && bytes % 2 === 0), JSON.stringify(inspected.sections));
});

test("looks alone, or purchases alone, are learned from as before", t => {
  const out = folder(t);
  const plain = write(join(out, "plain.tsv"), "events", visits(300, 3));
  const train = file => reshelf("train", "--sessions", file, "--format", "events", "--out", out);
  const before = train(plain).json;
  assert.equal(before.eventWeights, undefined);
  for (const what of ["view", "purchase"]) {
    const rows = visits(300, 3).flatMap((items, session) => items.map((item, at) => [session, `p${session}`, item, (session * 600 + at) / DAY, what]));
    const { json, stderr } = train(events(join(out, `${what}.tsv`), rows));
    assert.ok(json, stderr);
    assert.deepEqual([json.clicks, json.items, json.eventWeights], [before.clicks, before.items, undefined], what);
  }
});

test("one item is one item", t => {
  const out = folder(t);
  const { stderr } = reshelf("train", "--sessions", write(join(out, "s.tsv"), "events", [["a"]]), "--format", "events", "--out", out);
  assert.match(stderr, /learned from 1 click in 1 session on 1 item:/);
});

test("a column that names no look keeps no row from being learned from", t => {
  const out = folder(t);
  const train = of => {
    const rows = visits(300, 3).flatMap((items, session) => items.map((item, at) => [session, `p${session}`, item, (session * 600 + at) / DAY, of(session + at)]));
    const { json, stderr } = reshelf("train", "--sessions", events(join(out, "events.tsv"), rows), "--format", "events", "--out", out);
    assert.ok(json, stderr);
    return { json, stderr };
  };
  const before = train(() => "view").json;
  const things = train(at => ["bags", "shoes", "baskets"][at % 3]);
  const bought = train(at => (at % 50 === 0 ? "exchange" : "purchase"));
  for (const { json } of [things, bought]) assert.deepEqual([json.clicks, json.heldOut], [before.clicks, before.heldOut]);
  assert.match(things.stderr, /do not say by a known name what was done: they count as looks: shoes/);
  assert.match(things.stderr, /that name an act, in a file that names hardly a look: all are learned from alike/);
  assert.match(bought.stderr, /they count as looks: exchange/);
});

test("events as public shops write them", t => {
  const out = folder(t);
  const written = {
    rees: ["event_time,event_type,product_id,category_code,brand,price,user_id,user_session", (session, item, at) => `2019-10-01 00:${String(session % 60).padStart(2, "0")}:0${at} UTC,view,${item},lamps.desk,,9.90,${session},u-${session}`],
    otto: ["session,aid,ts,type", (session, item, at) => `${session},${item},${(START + session * 600 + at) * 1_000},clicks`],
  };
  for (const [name, [header, line]] of Object.entries(written)) {
    const path = join(out, `${name}.csv`);
    writeFileSync(path, [header, ...visits(60, 3).flatMap((items, session) => items.map((item, at) => line(session, item, at))), ""].join("\n"));
    const { json, stderr } = reshelf("train", "--sessions", path, "--format", "events", "--out", join(out, name));
    assert.ok(json, stderr);
    assert.deepEqual([json.data.sessions.kept, json.data.sessions.problems], [json.data.sessions.rows, []], stderr);
  }
});
