// How far a training is: a bar on a terminal, plain lines elsewhere, and nothing of
// either on stdout.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { Progress } from "../../cli/src/progress.mjs";
import { folder, reshelf, visits, write } from "./command.mjs";

const stream = fields => {
  const written = [];
  return { ...fields, write: text => written.push(text), written };
};

test("on a terminal one line is drawn over and over, never longer than it", () => {
  const terminal = stream({ isTTY: true, columns: 40 });
  const progress = new Progress(2, terminal);
  progress.step("reading a file with quite a long name.tsv");
  progress.step("packing");
  progress.say("a remark");
  progress.end();
  const text = terminal.written.join("");
  assert.equal(text.split("\n").length, 2);
  const drawn = text.split("\r\x1b[K").filter(line => line.includes("/2"));
  assert.equal(drawn.length, 3);
  for (const line of drawn) assert.ok(line.length < 40, line);
  assert.match(drawn[0], /^░{24} 0\/2 reading/);
  assert.match(drawn[1], /^█{12}░{12} 1\/2 packing/);
  assert.ok(text.endsWith("\r\x1b[K"));
});

test("elsewhere a line a step, without escapes", t => {
  const out = folder(t);
  const sessions = write(join(out, "s.tsv"), "events", visits(100, 1));
  const { stderr, stdout } = reshelf("train", "--sessions", sessions, "--format", "events", "--k", "1", "--out", out);
  const steps = stderr.split("\n").filter(line => line.startsWith("["));
  assert.deepEqual(steps.map(line => line.replace(/ \(.*/, "").replaceAll(out, "")), [
    "[1/4] reading /s.tsv", "[2/4] counting pairs", "[3/4] fitting and packing", "[4/4] writing /reshelf.rsf",
  ]);
  assert.doesNotMatch(stderr, /[\r\x1b]/);
  assert.equal(stdout.trimEnd().split("\n").length, 1);
});

test("rows in any order, threads and memory change nothing", t => {
  const out = folder(t);
  // Sessions that end at one time, clicks of one session at one time, people.
  const lines = visits(3_000, 9).flatMap((items, session) => items.map((item, at) => `s${session}\t${item}\t${1_600_000_000 + 300 * Math.floor(session / 3) + Math.floor(at / 2)}\tp${session % 700}`));
  const header = "SessionId\tItemId\tTime\tUserId";
  const shuffled = lines.map((line, at) => [(at * 7_919) % lines.length, line]).sort(([a], [b]) => a - b).map(([, line]) => line);
  const [plain, other] = [lines, shuffled].map((rows, at) => {
    const path = join(out, `${at}.tsv`);
    writeFileSync(path, `${[header, ...rows].join("\n")}\n`);
    return path;
  });
  assert.notDeepEqual(shuffled, lines);
  const runs = [[plain, "--threads", "1"], [plain, "--threads", "2"], [other, "--threads", "2", "--memory", "200MB"]];
  const [first, ...others] = runs.map(([path, ...rest], at) => {
    const done = reshelf("train", "--sessions", path, "--format", "events", "--k", "3", "--budget", "20kB", ...rest, "--out", join(out, `out${at}`));
    assert.equal(done.status, 0, done.stderr);
    return readFileSync(join(out, `out${at}`, "reshelf.rsf"));
  });
  for (const bytes of others) assert.deepEqual(bytes, first);
});
