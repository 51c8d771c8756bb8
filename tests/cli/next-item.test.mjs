// `reshelf eval next-item`: what it prints, and that it counts what it says.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { folder, reshelf, visits, write } from "./command.mjs";

const FIELDS = ["task", "pairs", "sessions", "hr20", "mrr20", "hr10", "ci95", "artifact_bytes", "bytes_per_item", "p50_us", "p90_us"];

function trained(t) {
  const out = folder(t);
  const file = write(join(out, "train"), "session-lines", visits(3000, 1));
  const done = reshelf("train", "--sessions", file, "--format", "session-lines", "--k", "3", "--budget", "20kB", "--out", out);
  assert.equal(done.status, 0, done.stderr);
  return out;
}

test("prefixes of unseen sessions, the same by every format", t => {
  const out = trained(t);
  const sessions = visits(200, 2);
  const ask = (format, ...more) => {
    const { status, stderr, json } = reshelf("eval", "next-item", "--artifact", out, "--test", write(join(out, format), format, sessions), "--format", format, ...more);
    assert.equal(status, 0, stderr);
    assert.deepEqual(Object.keys(json), FIELDS);
    return json;
  };
  const pairs = sessions.reduce((sum, items) => sum + items.length - 1, 0);
  const events = ask("events", "--exclude-current");
  assert.equal(events.pairs, pairs);
  assert.equal(events.artifact_bytes, readFileSync(join(out, "reshelf.rsf")).length);
  // An aisle has 12 items, the shop 240: chance finds one of twelve.
  assert.ok(events.hr20 > 0.5, JSON.stringify(events));
  assert.ok(events.mrr20 <= events.hr10 && events.hr10 <= events.hr20);
  const [low, high] = events.ci95.hr20;
  assert.ok(low < events.hr20 && events.hr20 < high && high - low < 0.2);
  const same = json => [json.pairs, json.hr20, json.mrr20, json.hr10];
  for (const format of ["session-lines", "prefix-target", "category-sessions"]) {
    assert.deepEqual(same(ask(format, "--exclude-current")), same(events), format);
  }
  assert.notDeepEqual(same(ask("events")), same(events));
  assert.equal(ask("events", "--every", "7").pairs, Math.ceil(pairs / 7));
});

test("lines of prefix and target are put together to sessions", t => {
  const out = trained(t);
  const lines = ["a b\tc", "a\tb", "d\te", "a b c d\te", "a b c\td"];
  const test = join(out, "lines");
  writeFileSync(test, `${lines.join("\n")}\n`);
  const { json } = reshelf("eval", "next-item", "--artifact", out, "--test", test, "--format", "prefix-target");
  assert.deepEqual([json.pairs, json.sessions], [5, 3]);
});

test("files that are no artifact are told apart", t => {
  const out = trained(t);
  const file = join(out, "reshelf.rsf");
  const bytes = readFileSync(file);
  const damaged = Buffer.from(bytes);
  damaged[bytes.length - 1] ^= 1;
  const sessions = write(join(out, "test"), "session-lines", visits(5, 3));
  for (const [content, message] of [["<!doctype html>", /no artifact/], [bytes.subarray(0, 500), /cut off/], [damaged, /damaged/]]) {
    writeFileSync(file, content);
    const { status, stderr } = reshelf("eval", "next-item", "--artifact", out, "--test", sessions, "--format", "session-lines");
    assert.equal(status, 1);
    assert.match(stderr, message);
  }
});
