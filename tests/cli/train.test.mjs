// `reshelf train`: the same input gives the same bytes, whatever it is wrapped in;
// the SQL counts what its description says; mistakes are told in a sentence.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { Database } from "../../cli/src/database.mjs";
import { folder, reshelf, visits, write } from "./command.mjs";

test("the same clicks give the same bytes, gzipped or not, in any order", t => {
  const out = folder(t);
  const plain = write(join(out, "a.tsv"), "events", visits(900, 1));
  const gzipped = write(join(out, "a.tsv.gz"), "events", visits(900, 1));
  const [header, ...lines] = readFileSync(plain, "utf8").trimEnd().split("\n");
  const reversed = join(out, "reversed.tsv");
  writeFileSync(reversed, `${[header, ...lines.reverse()].join("\n")}\n`);
  const bytes = [plain, gzipped, reversed].map((file, at) => {
    const done = reshelf("train", "--sessions", file, "--format", "events", "--k", "2", "--budget", "12kB", "--out", join(out, String(at)));
    assert.equal(done.status, 0, done.stderr);
    const artifact = readFileSync(join(out, String(at), "reshelf.rsf"));
    assert.equal(done.json.bytes, artifact.length);
    assert.ok(artifact.length <= 12_000);
    return artifact;
  });
  assert.deepEqual(bytes[1], bytes[0]);
  assert.deepEqual(bytes[2], bytes[0]);
});

test("every format is read", t => {
  const out = folder(t);
  const sessions = visits(300, 2);
  const clicks = sessions.flat().length;
  const items = new Set(sessions.flat()).size;
  for (const format of ["events", "session-lines", "category-sessions"]) {
    const file = write(join(out, format), format, sessions);
    const { status, stderr, json } = reshelf("train", "--sessions", file, "--format", format, "--k", "1", "--out", out);
    assert.equal(status, 0, stderr);
    assert.deepEqual([json.items, json.sessions, json.clicks, json.k], [items, 300, clicks, 1], format);
  }
});

/** Pairs as src/train/pairs.rs describes them: `{ "low high": [support, up, down] }`. */
function pairsOf(sessions, people) {
  const after = [1000, 607, 368, 223, 135, 82, 50, 30];
  const before = [700, 425, 258, 156, 95, 57, 35, 21];
  const nearest = new Map();
  sessions.forEach((all, session) => {
    const items = all.slice(-30);
    items.forEach((from, i) => items.forEach((to, j) => {
      const weight = (j > i ? after : before)[Math.abs(j - i) - 1];
      const key = `${from} ${to} ${people[session]}`;
      if (from !== to && weight) nearest.set(key, Math.max(weight, nearest.get(key) ?? 0));
    }));
  });
  const pairs = {};
  for (const [key, weight] of nearest) {
    const [from, to] = key.split(" ");
    const pair = (pairs[[from, to].sort().join(" ")] ??= [0, 0, 0]);
    pair[0] += from < to ? 1 : 0;
    pair[from < to ? 1 : 2] += weight;
  }
  return pairs;
}

test("the SQL counts pairs of people as described, also of sessions longer than 30", async t => {
  const sessions = [...visits(1500, 3), visits(30, 4).flat(), ["sku-1", "sku-2", "sku-1"]];
  const people = sessions.map((_, at) => `person-${at % 3 === 0 ? at : at - 1}`);
  const rows = sessions.flatMap((items, at) => items.map((item, place) => [at, item, 1_600_000_000 + 600 * at + place, people[at]].join("\t")));
  const path = join(folder(t), "events.tsv");
  writeFileSync(path, `SessionId\tItemId\tTime\tPersonId\n${rows.join("\n")}\n`);
  const database = await Database.of(path, "events");
  const ids = (await database.rows("SELECT item_id FROM items ORDER BY item")).flat();
  for (const k of [1, 2, 3]) {
    const [all, before] = [{}, {}];
    await database.chunksOf("pairs", { k, before: 700 }, (pair, support, up, down, supportBefore, upBefore, downBefore) => {
      pair.forEach((number, at) => {
        const key = [number >> 22n, number & 0x3fffffn].map(item => ids[Number(item)]).join(" ");
        assert.equal(all[key], undefined);
        all[key] = [support[at], Number(up[at]), Number(down[at])];
        if (supportBefore[at] > 0) before[key] = [supportBefore[at], Number(upBefore[at]), Number(downBefore[at])];
      });
    });
    const expected = pairsOf(sessions, people);
    const kept = Object.keys(expected).filter(key => expected[key][0] >= k);
    assert.ok(kept.length > 20);
    assert.deepEqual(all, Object.fromEntries(kept.map(key => [key, expected[key]])));
    const earlier = pairsOf(sessions.slice(0, 700), people);
    assert.deepEqual(before, Object.fromEntries(kept.filter(key => earlier[key]).map(key => [key, earlier[key]])));
  }
  database.close();
});

test("mistakes are told in a sentence", t => {
  const out = folder(t);
  const file = write(join(out, "s"), "session-lines", visits(10, 5));
  const mistakes = [
    [["train", "--sessions", file, "--format", "lines", "--out", out], /--format must be one of/],
    [["train", "--sessions", join(out, "none"), "--format", "events", "--out", out], /There is no file/],
    [["train", "--sessions", file, "--format", "session-lines", "--k", "0", "--out", out], /--k must be/],
    [["train", "--sessions", file, "--format", "session-lines", "--budget", "much", "--out", out], /--budget must be/],
    [["train", "--format", "session-lines"], /Missing: --out/],
    [["train", "--out", out], /Nothing to learn from/],
    [["train", "--sessions", file, "--out", out], /Missing: --format/],
    [["train", "--sessions", file, "--format", "events", "--out", out], /could not be read as events/],
    [["teach"], /There is no command 'teach'/],
  ];
  for (const [args, message] of mistakes) {
    const { status, stdout, stderr } = reshelf(...args);
    assert.equal(status, 1, args.join(" "));
    assert.equal(stdout, "");
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n {4}at /);
  }
});

test("a trainer refuses to begin before all clicks are there, and clicks that cannot be", async () => {
  const { Trainer } = await import("../../cli/src/engine.mjs");
  const trainer = new Trainer(["a", "b"], Uint32Array.of(2, 1), Uint32Array.of(0, 1), Int32Array.of(1, 1));
  const add = (...columns) => trainer.addClicks(...columns.map(column => Int32Array.of(...column)));
  add([1, 0], [1, 2], [0, 1]);
  assert.throws(() => trainer.group(1), /do not fit together/);
  assert.throws(() => trainer.begin(1, 1_000), /do not fit together/);
  // A place that is taken, no such place, no such session, no such item.
  for (const [session, place, item] of [[1, 1, 0], [0, 3, 0], [0, 0, 0], [2, 1, 0], [0, 1, 2], [-1, 1, 0]]) {
    assert.throws(() => add([session], [place], [item]), /do not fit together/);
  }
  add([0], [1], [0]);
  trainer.begin(1, 1_000);
  assert.deepEqual(trainer.searches(), []);
  assert.equal(trainer.finish().clicks, 3);
  assert.throws(() => trainer.finish(), /do not fit together/);
  assert.throws(() => new Trainer(["a"], Uint32Array.of(1), new Uint32Array(), new Int32Array()), /do not fit together/);
});

test("a plan that fails while searches are made tells its own error", async () => {
  const { fit } = await import("../../cli/src/fit.mjs");
  const trainer = {
    begin: () => {},
    searches: () => [new Uint8Array()],
    plan: () => {
      throw new Error("no room for a plan");
    },
  };
  await assert.rejects(fit(trainer, { k: 1, room: 1_000, threads: 1 }), /no room for a plan/);
});
