// `reshelf eval bandit`: estimates where they can be worked out by hand.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { folder, reshelf } from "./command.mjs";

/** Item, position, click, propensity. */
const ROUNDS = [
  [0, 1, 1, 0.5],
  [1, 1, 0, 0.5],
  [1, 2, 1, 0.25],
  [0, 2, 1, 0.5],
  [0, 1, 0, 0.5],
  [2, 2, 0, 0.25],
];
/** The policy shows item 0 first and item 1 second, as good as always. */
const PRIOR = "men:\n  alpha: [900.0, 500.0, 1.0]\n  beta: [100.0, 500.0, 999.0]\n";

function files(t, { rounds = ROUNDS, prior = PRIOR } = {}) {
  const out = folder(t);
  mkdirSync(join(out, "men"));
  const lines = [",timestamp,item_id,position,click,propensity_score", ...rounds.map((round, at) => `${at},2019-11-24,${round}`)];
  writeFileSync(join(out, "men", "men.csv.gz"), gzipSync(`${lines.join("\n")}\n`));
  writeFileSync(join(out, "prior.yaml"), prior);
  return ["--log", join(out, "men"), "--policy", join(out, "prior.yaml")];
}

const evaluate = (args, ...more) => reshelf("eval", "bandit", ...args, "--simulations", "500", ...more);
const round6 = number => Math.round(number * 1e6) / 1e6;

/** Of each round: how probable the policy is to show its item there, over the log's. */
const weights = ROUNDS.map(([item, position, , propensity]) => (item === position - 1 ? 1 / propensity : 0));

test("inverse propensities, plain and self-normalised", t => {
  const args = files(t);
  const logged = 3 / 6;
  // Rounds 1 and 5 (weight 2) and 3 (weight 4) are the policy's; clicks in 1 and 3.
  assert.deepEqual(weights, [2, 0, 4, 0, 2, 0]);
  for (const [estimator, value] of [["ipw", 6 / 6], ["snipw", 6 / 8]]) {
    const { status, stderr, json } = evaluate(args, "--estimator", estimator);
    assert.equal(status, 0, stderr);
    assert.deepEqual(json, { task: "bandit", rounds: 6, value: round6(value), logged, relative: round6(value / logged) });
  }
});

test("doubly robust: rates of the other thirds, corrected by weighted residuals", t => {
  const rate = (item, fold) => {
    const others = ROUNDS.filter((_, at) => at % 3 !== fold);
    const mean = rounds => rounds.reduce((sum, round) => sum + round[2], 0);
    const own = others.filter(round => round[0] === item);
    return (mean(own) + (250 * mean(others)) / others.length) / (own.length + 250);
  };
  const parts = ROUNDS.map(([item, position, click], at) => rate(position - 1, at % 3) + weights[at] * (click - rate(item, at % 3)));
  const value = parts.reduce((a, b) => a + b) / 6;
  const { json } = evaluate(files(t), "--estimator", "dr");
  assert.equal(json.value, round6(value));
});

test("the same seed gives the same estimate, another one nearly so", t => {
  const close = "men:\n  alpha: [11, 10, 9]\n  beta: [90, 90, 90]\n";
  const args = files(t, { prior: close });
  const [first, again, other] = ["1", "1", "2"].map(seed => evaluate(args, "--seed", seed).json.value);
  assert.equal(first, again);
  assert.ok(first !== other && Math.abs(first - other) < 0.2, `${first} ${other}`);
});

test("mistakes are told in a sentence", t => {
  const [, log, , policy] = files(t);
  const mistakes = [
    [["--log", join(log, "none"), "--policy", policy], /There is no log none\.csv/],
    [["--log", log, "--policy", join(log, "none")], /There is no file/],
    [["--log", log, "--policy", policy, "--estimator", "dm"], /--estimator must be one of/],
    [files(t, { prior: "all:\n  alpha: [1]\n  beta: [1]\n" }), /must hold 'men'/],
    [files(t, { prior: "men:\n  alpha: [1, 2]\n  beta: [1, 2]\n" }), /shows 3 items, and .* knows 2/],
    [files(t, { prior: "men: [" }), /is no YAML/],
  ];
  for (const [args, message] of mistakes) {
    const { status, stdout, stderr } = evaluate(args);
    assert.equal(status, 1);
    assert.equal(stdout, "");
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n {4}at /);
  }
});
