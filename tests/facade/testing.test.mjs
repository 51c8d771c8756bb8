// What `reshelf/testing` promises, and what docs/testing.md says of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FakeClock, createTestReshelf, persona, personas, play, sampleItems } from "../../pkg/dist/testing.js";

const documentation = readFileSync(new URL("../../docs/testing.md", import.meta.url), "utf8");
const ids = sampleItems.map(({ id }) => id);

async function shopOf(name, options) {
  const clock = new FakeClock();
  const shop = await createTestReshelf({ clock, strength: 100, quota: 10, ...options });
  shop.addItems(sampleItems);
  play(shop, persona(name), { clock });
  return { shop, clock };
}

test("the documentation names every persona, and no other", () => {
  const [, table] = documentation.split("| Persona | What they do |");
  assert.deepEqual([...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name), personas.map(({ name }) => name));
});

test("the same persona makes the same profile and order, every time", async () => {
  for (const { name } of personas) {
    const [first, second] = [(await shopOf(name)).shop, (await shopOf(name)).shop];
    assert.deepEqual(first.profile(), second.profile());
    assert.deepEqual(first.order("search", ids), second.order("search", ids));
    assert.deepEqual(first.export(), second.export());
  }
});

// What each is a fixture of: the shelf that comes first, or nothing at all.
const tastes = {
  newcomer: undefined,
  "candle lover": "Home > Candles",
  "gardener who buys": "Home > Garden",
  comparer: "Home > Kitchen",
  "bargain hunter": "Home > Stationery",
  "regular with a new hobby": "Home > Garden",
};
for (const [name, taste] of Object.entries(tastes)) {
  test(`${name}: ${taste ?? "the merchant's order"}`, async () => {
    const { shop } = await shopOf(name);
    assert.equal(shop.profile().interests.find(({ kind }) => kind === "category")?.value, taste);
    if (taste === undefined) assert.deepEqual([...shop.order("search", ids)], ids.map((_, i) => i));
  });
}

test("the passer-by's looks weigh less than the comparer's, and the hard to please like no candles", async () => {
  const strongest = async name => (await shopOf(name)).shop.profile().interests[0]?.score ?? 0;
  assert.ok((await strongest("passer-by")) < (await strongest("comparer")) / 2);
  const { shop } = await shopOf("hard to please");
  assert.ok(!shop.profile().interests.some(({ value }) => value.includes("Candles")));
});

test("time passes between events and visits, and only where there is a clock", async () => {
  const [clock, told] = [new FakeClock(0), []];
  play({ track: ({ type }) => told.push([type, clock.now]) }, persona("bargain hunter"), { clock, pauseMs: 1_000, betweenVisitsMs: 60_000 });
  assert.deepEqual(told.map(([, at]) => at), [0, 1, 2, 3, 4, 5, 6, 67, 68, 69, 70, 71].map(seconds => seconds * 1_000));
  play({ track: () => {} }, persona("bargain hunter"));
  assert.equal(clock.now, 72_000);
});

test("a persona that is not there says which are", () => {
  assert.throws(() => persona("nobody"), /"candle lover"/);
});
