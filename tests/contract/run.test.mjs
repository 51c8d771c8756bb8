// Runs the contract fixtures of this folder through the npm package. The same
// files are run against the engine itself in Rust; both must agree.
//
// An expectation names only what it cares about: of objects the given keys, of
// arrays every entry. Numbers are equal within a millionth.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { FakeClock, createTestReshelf } from "../../pkg/dist/testing.js";

const folder = new URL(".", import.meta.url);

function agrees(actual, expected, path) {
  if (typeof expected === "number") {
    assert.equal(typeof actual, "number", path);
    assert.ok(Math.abs(actual - expected) <= 1e-6 * Math.max(Math.abs(actual), Math.abs(expected), 1e-300), `${path}: ${actual} is not ${expected}`);
  } else if (Array.isArray(expected)) {
    assert.ok(Array.isArray(actual), path);
    assert.equal(actual.length, expected.length, `${path}: ${JSON.stringify(actual)}`);
    expected.forEach((value, i) => agrees(actual[i], value, `${path}[${i}]`));
  } else if (typeof expected === "object" && expected !== null) {
    assert.ok(typeof actual === "object" && actual !== null, `${path} is ${actual}`);
    for (const [key, value] of Object.entries(expected)) agrees(actual[key], value, `${path}.${key}`);
  } else {
    assert.equal(actual, expected, path);
  }
}

const actions = {
  track: (shop, event) => shop.track(event),
  order(shop, { placement, ids, query }, expected, path) {
    agrees(Array.from(shop.order(placement, ids, { query }), index => ids[index]), expected, path);
  },
  explain(shop, { placement, id }, expected, path) {
    const explanation = shop.explain(placement, id);
    agrees(explanation, expected, path);
    if (explanation === null) return;
    const sum = explanation.contributions.reduce((total, { value }) => total + value, 0);
    assert.ok(Math.abs(sum - explanation.score) <= 1e-6 * Math.max(1, Math.abs(explanation.score)), `${path}: ${sum} is not the score ${explanation.score}`);
  },
  recommend: (shop, { kind, ...options }, expected, path) => agrees(shop.recommend(kind, options), expected, path),
  profile: (shop, _, expected, path) => agrees(shop.profile(), expected, path),
  // "order" is a value of the engine's; the facade has a method for it.
  mute: (shop, value) => ("order" in value ? shop.preferShopOrder(true) : shop.mute(value)),
  unmute: (shop, value) => ("order" in value ? shop.preferShopOrder(false) : shop.unmute(value)),
  correct: (shop, value) => shop.correct(value),
  forget: shop => shop.forget(),
  pause: shop => shop.pause(),
  resume: shop => shop.resume(),
};

for (const file of readdirSync(folder).filter(name => name.endsWith(".json")).sort()) {
  const { name, config, start, items, steps } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  test(`${file}: ${name}`, async () => {
    const clock = new FakeClock(start);
    const shop = await createTestReshelf({ ...config, store: "contract", clock });
    shop.addItems(items);
    for (const [index, { after, expect, ...rest }] of steps.entries()) {
      if (after !== undefined) clock.advance(after);
      const [action, ...others] = Object.keys(rest);
      const path = `steps[${index}].${action}`;
      assert.ok(Object.hasOwn(actions, action) && others.length === 0, `${path} is no step this runner knows`);
      await actions[action](shop, rest[action], expect, path);
    }
    shop.destroy();
  });
}
