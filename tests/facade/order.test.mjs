// What every order is, whatever was learned and whatever is asked.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FakeClock, createTestReshelf, personas, sampleItems } from "../../pkg/dist/testing.js";

const ids = sampleItems.map(item => item.id);
const identity = length => Array.from({ length }, (_, i) => i);
const types = ["impression", "view", "click", "dwell", "addToCart", "removeFromCart", "wishlist", "purchase", "refund", "dismiss"];

const anyId = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...ids) }, fc.string(), fc.string({ unit: "binary" }), fc.integer());
const anyEvent = fc.record({
  type: fc.constantFrom(...types),
  item: anyId,
  dwellMs: fc.option(fc.double(), { nil: undefined }),
  at: fc.option(fc.double(), { nil: undefined }),
  placement: fc.option(fc.string(), { nil: undefined }),
  position: fc.option(fc.double(), { nil: undefined }),
});
const anyOptions = fc.record({ strength: fc.double({ min: 0, max: 100, noNaN: true }), quota: fc.integer({ min: 0, max: 10 }), seed: fc.nat() });

async function shopAfter(events, options) {
  const shop = await createTestReshelf(options);
  shop.addItems(sampleItems);
  for (const event of events) shop.track(event);
  return shop;
}

test("an order is a permutation, and rank shows what order says", async () => {
  await fc.assert(
    fc.asyncProperty(anyOptions, fc.array(anyEvent, { maxLength: 60 }), fc.array(anyId, { maxLength: 80 }), fc.option(fc.string(), { nil: undefined }), async (options, events, list, query) => {
      const shop = await shopAfter(events, options);
      const order = Array.from(shop.order("search", list, { query }));
      assert.deepEqual([...order].sort((a, b) => a - b), identity(list.length));
      const entries = list.map((id, index) => ({ id, index }));
      const ranked = shop.rank("search", entries, { query });
      assert.deepEqual(ranked.map(entry => entry.index), order);
      assert.deepEqual(entries.map(entry => entry.index), identity(list.length), "the caller's list is left alone");
      assert.equal(shop.status, "ready");
      shop.destroy();
    }),
    { numRuns: 150 },
  );
});

test("strength 0 is the merchant's order, exactly", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyEvent, { maxLength: 60 }), fc.array(anyId, { maxLength: 60 }), async (events, list) => {
      const shop = await shopAfter(events, { strength: 0 });
      assert.deepEqual(Array.from(shop.order("search", list)), identity(list.length));
      shop.destroy();
    }),
    { numRuns: 60 },
  );
});

test("unknown items keep their place", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), async places => {
      const shop = await shopAfter(personas.find(({ name }) => name === "gardener who buys").events, { strength: 100 });
      const list = places.map((known, i) => (known ? ids[i % ids.length] : `unknown ${i}`));
      const order = Array.from(shop.order("search", list));
      places.forEach((known, i) => known || assert.equal(order[i], i));
      shop.destroy();
    }),
    { numRuns: 60 },
  );
});

test("the same history gives the same orders", async () => {
  await fc.assert(
    fc.asyncProperty(anyOptions, fc.array(anyEvent, { maxLength: 40 }), async (options, events) => {
      const answers = await Promise.all(
        [1, 2].map(async () => {
          const shop = await shopAfter(events, options);
          const answer = [Array.from(shop.order("search", ids)), shop.profile(), shop.export()];
          shop.destroy();
          return answer;
        }),
      );
      assert.deepEqual(answers[0], answers[1]);
    }),
    { numRuns: 40 },
  );
});

test("nothing learned, nothing moved", async () => {
  const shop = await shopAfter([]);
  assert.deepEqual(Array.from(shop.order("search", ids, { query: "candle" })), identity(ids.length));
  shop.destroy();
});

test("taste lifts what it likes, within the quota", async () => {
  for (const quota of [0, 1, 3]) {
    const shop = await shopAfter(
      Array.from({ length: 6 }, (_, i) => ({ type: "view", item: `stationery-${i + 1}`, dwellMs: 30_000 })),
      { strength: 100, quota },
    );
    const order = Array.from(shop.order("search", ids));
    const promoted = order.slice(0, 10).filter(index => index >= 10).length;
    assert.ok(promoted <= quota, `${promoted} from below the tenth with quota ${quota}`);
    if (quota > 0) assert.ok(promoted > 0, "the shopper's shelf rises");
    shop.destroy();
  }
});

test("an explanation adds up and says where the item stands", async () => {
  const shop = await shopAfter(personas.find(({ name }) => name === "candle lover").events, { strength: 100 });
  const order = Array.from(shop.order("search", ids));
  for (const id of ids) {
    const { rank, merchantRank, score, contributions } = shop.explain("search", id);
    assert.equal(merchantRank, ids.indexOf(id));
    assert.equal(order[rank], merchantRank);
    const sum = contributions.reduce((total, { value }) => total + value, 0);
    assert.ok(Math.abs(sum - score) <= 1e-6 * Math.max(1, Math.abs(score)), `${sum} is not ${score}`);
  }
  shop.destroy();
});

test("what is learned fades with time", async () => {
  const clock = new FakeClock();
  const shop = await shopAfter(personas.find(({ name }) => name === "candle lover").events, { clock });
  const strength = () => shop.profile().interests.find(({ value }) => value.includes("Candles"))?.score ?? 0;
  const fresh = strength();
  clock.advance(365 * 86_400_000);
  assert.ok(strength() < fresh);
  shop.destroy();
});

test("events keep the time of the task they were tracked in, though the clock moves on", async () => {
  const at = Date.UTC(2026, 2, 1);
  const clock = new FakeClock(at);
  const shop = await createTestReshelf({ clock });
  shop.addItems(sampleItems);
  shop.track({ type: "view", item: "candles-1", dwellMs: 9_000 });
  clock.advance(3_600_000);
  assert.equal(shop.profile().since, at);
  shop.destroy();
});

test("more events than the queue holds all arrive", async () => {
  const shop = await shopAfter([]);
  for (let i = 0; i < 1_000; i++) shop.track({ type: "click", item: ids[i % ids.length] });
  assert.equal(shop.profile().events, 1_000);
  shop.destroy();
});
