// `reshelf simulate`: what it prints; that a seed is repeatable; and the figures that
// hold in every such world.
import assert from "node:assert/strict";
import test from "node:test";
import { reshelf } from "./command.mjs";

function simulate(world, seed) {
  const { status, stderr, json } = reshelf("simulate", world, "--seed", String(seed));
  assert.equal(status, 0, stderr);
  assert.equal(json.task, world);
  assert.equal(json.seed, seed);
  return json;
}

test("sections: between what never learns and the oracle", () => {
  const json = simulate("sections", 5);
  assert.deepEqual(Object.keys(json), ["task", "seed", "visits", "share_of_oracle", "popularity", "segment_prior"]);
  assert.deepEqual(json.visits, [3, 10, 40]);
  for (const kind of ["concentration_3", "concentration_6", "concentration_20", "mean"]) {
    const [engine, popular, segment] = [json.share_of_oracle[kind], json.popularity[kind], json.segment_prior[kind]];
    // Learning pays more the more visits there are, and never costs what the segment knew.
    assert.ok(engine[0] < engine[1] && engine[1] < engine[2] && engine[2] < 1, kind);
    engine.forEach((share, at) => assert.ok(share > popular[at] && share > segment[at] - 0.01, `${kind} ${at}`));
  }
  assert.deepEqual(simulate("sections", 5), json);
  assert.notDeepEqual(simulate("sections", 6).share_of_oracle, json.share_of_oracle);
});

test("taste: few are made worse, and fewer gain nothing the longer they look", () => {
  const { outcomes } = simulate("taste", 5);
  assert.deepEqual(outcomes.map(outcome => outcome.events), [1, 3, 10, 30, 100]);
  const limits = [0.06, 0.12, 0.18, 1, 1];
  outcomes.forEach((outcome, at) => {
    assert.ok(outcome.worse_share <= limits[at] && outcome.ndcg24 >= outcome.ndcg24_base, JSON.stringify(outcome));
    assert.ok(at === 0 || outcome.ndcg24 > outcomes[at - 1].ndcg24);
  });
});

test("tabs: each event counts once", () => {
  assert.deepEqual(simulate("tabs", 5), { task: "tabs", seed: 5, events: 16_000, lost: 0, double: 0 });
});

test("mistakes are told in a sentence", () => {
  for (const [args, message] of [[["simulate"], /Say which world/], [["simulate", "weather"], /Say which world/], [["simulate", "tabs", "--seed", "x"], /--seed must be/]]) {
    const { status, stdout, stderr } = reshelf(...args);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, message);
  }
});
