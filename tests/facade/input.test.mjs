// Bad input: bounded time, a stable order, or an error that names the field.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ReshelfError, createTestReshelf, sampleItems } from "../../pkg/dist/testing.js";

const megabyte = "x".repeat(1_000_000);
const throwing = key => Object.defineProperty({ id: "a", type: "view", item: "a", store: "s" }, key, { get() { throw new Error("no"); }, enumerable: true });
const cycle = [];
cycle.push(cycle);
const { proxy: revoked, revoke } = Proxy.revocable([], {});
revoke();

const fails = (call, code, field) =>
  assert.throws(call, error => {
    assert.ok(error instanceof ReshelfError, String(error));
    assert.equal(error.code, code);
    assert.equal(error.field, field);
    assert.ok(error.message.startsWith(`${field} `), error.message);
    assert.ok(error.message.length < 400, "a message must not repeat the input");
    return true;
  });

const badOptions = [
  [undefined, "store"],
  [null, "options"],
  [[], "options"],
  [{ store: undefined }, "store"],
  [{ store: "" }, "store"],
  [{ store: 7 }, "store"],
  [{ store: "a.b" }, "store"],
  [{ store: megabyte.repeat(10) }, "store"],
  [{ store: cycle }, "store"],
  [throwing("store"), "store"],
  [{ consent: "yes" }, "consent"],
  [{ googleConsent: "ad_storage" }, "googleConsent"],
  [{ dataLayer: "" }, "dataLayer"],
  [{ dataLayer: [] }, "dataLayer"],
  [{ strength: -1 }, "strength"],
  [{ strength: 101 }, "strength"],
  [{ strength: NaN }, "strength"],
  [{ strength: "50" }, "strength"],
  [{ quota: 11 }, "quota"],
  [{ quota: 2.5 }, "quota"],
  [{ bots: true }, "bots"],
  [{ seed: -1 }, "seed"],
  [{ seed: 1.5 }, "seed"],
  [{ seed: 2 ** 53 }, "seed"],
  [{ wasm: 7 }, "wasm"],
  [{ wasm: {} }, "wasm"],
  [{ wasm: revoked }, "wasm"],
];

for (const [options, field] of badOptions) {
  const label = typeof options === "object" && options !== null && !Array.isArray(options) ? Object.keys(options).join() : String(options);
  test(`option: ${label} -> ${field}`, async () => {
    // The test entry supplies a store, so what has none is given to the other.
    const { createReshelf } = await import("../../pkg/dist/index.js");
    const create = field === "options" || field === "store" ? () => createReshelf(options) : () => createTestReshelf(options);
    const error = await create().then(() => assert.fail("accepted"), rejection => rejection);
    if (options === undefined) return fails(() => { throw error; }, "invalid-option", "options");
    fails(() => { throw error; }, "invalid-option", field);
  });
}

test("an option this version does not have is said to have no effect", async t => {
  const warn = t.mock.method(console, "warn", () => {});
  const shop = await createTestReshelf({ store: "unknown-option", strenght: 10 });
  assert.match(warn.mock.calls[0].arguments[0], /"strenght"/);
  shop.destroy();
});

const badRows = [
  [undefined, "items"],
  [{ id: "a" }, "items"],
  ["abc", "items"],
  [revoked, "items"],
  [[null], "items[0]"],
  [[{ id: "a" }, , { id: "b" }], "items[1]"],
  [[{ id: "a" }, { id: "b" }, { id: "c" }, { id: "x".repeat(257) }], "items[3].id"],
  [[{ id: megabyte }], "items[0].id"],
  [[{ id: "" }], "items[0].id"],
  [[{}], "items[0].id"],
  [[{ id: NaN }], "items[0].id"],
  [[{ id: {} }], "items[0].id"],
  [[{ id: Symbol("a") }], "items[0].id"],
  [[{ id: "a", category: "Home > Candles" }], "items[0].category"],
  [[{ id: "a", category: ["Home", 7] }], "items[0].category[1]"],
  [[{ id: "a", category: cycle }], "items[0].category[0]"],
  [[{ id: "a", category: revoked }], "items[0].category"],
  [[{ id: "a", tags: [null] }], "items[0].tags[0]"],
  [[{ id: "a", brand: 7 }], "items[0].brand"],
  [[{ id: "a", price: "2.55" }], "items[0].price"],
  [[{ id: "a", inStock: "yes" }], "items[0].inStock"],
  [[throwing("brand")], "items[0].brand"],
  [[throwing("id")], "items[0].id"],
];

for (const [index, [rows, field]] of badRows.entries()) {
  test(`rows ${index}: ${field}`, async () => {
    const shop = await createTestReshelf();
    fails(() => shop.addItems(rows), "invalid-items", field);
    assert.equal(shop.status, "ready");
    shop.destroy();
  });
}

test("a wrong row keeps the rows before it out too", async () => {
  const shop = await createTestReshelf({ strength: 100 });
  assert.throws(() => shop.addItems([...sampleItems, { id: "" }]), ReshelfError);
  view(shop, "stationery-1", 5);
  const ids = sampleItems.map(item => item.id);
  assert.deepEqual(indices(shop.order("search", ids)), ids.map((_, i) => i));
  shop.destroy();
});

const oddRows = {
  "NaN price": { price: NaN },
  "infinite price": { price: Infinity, listPrice: -Infinity },
  "negative price": { price: -1, listPrice: -0.01 },
  "megabyte brand": { brand: megabyte },
  "megabyte category": { category: [megabyte, "Candles"] },
  "ten thousand tags": { tags: Array.from({ length: 10_000 }, (_, i) => `tag:${i}`) },
  "ten thousand levels": { category: Array.from({ length: 10_000 }, () => "Home") },
  nulls: { category: null, brand: null, price: null, listPrice: null, currency: null, colour: null, tags: null, inStock: null },
  emoji: { category: ["🏠", "🕯️"], brand: "👩‍👩‍👧‍👦", tags: ["🎨:🔴"] },
  "lone surrogate": { brand: "\ud800", tags: ["\udfff"] },
  "unknown fields": { self: cycle, vector: [1, 2], toJSON: () => assert.fail() },
  "a prototype's fields": Object.create({ brand: "Inherited" }),
};

for (const [label, fields] of Object.entries(oddRows)) {
  test(`odd row: ${label}`, async () => {
    const shop = await createTestReshelf();
    shop.addItems([Object.assign(fields, { id: "odd" }), { id: "plain" }]);
    view(shop, "odd", 3);
    assertPermutation(shop.order("search", ["plain", "odd", "odd", "unknown"]), 4);
    JSON.stringify([shop.profile(), shop.export(), shop.explain("search", "odd")]);
    assert.equal(shop.status, "ready");
    shop.destroy();
  });
}

const oddIds = ["__proto__", "constructor", "toString", "hasOwnProperty", "🕯️", "\u0000", " ", "\ud800", "ﬁ", "ß", 0, -0, 7, 1e21, "7"];

test("odd ids are ids like any other", async () => {
  const shop = await createTestReshelf({ strength: 100 });
  shop.addItems(oddIds.map(id => ({ id, category: ["Odd"] })));
  shop.addItems(sampleItems);
  for (const id of oddIds) shop.track({ type: "view", item: id, dwellMs: 10_000 });
  assertPermutation(shop.order("__proto__", oddIds, { query: "__proto__" }), oddIds.length);
  assert.ok(shop.explain("__proto__", "__proto__"));
  assert.equal(shop.explain("__proto__", "absent"), null);
  assert.ok(shop.profile().recentlyViewed.includes("__proto__"));
  assert.equal({}.polluted, undefined);
  shop.destroy();
});

test("a number and its text are the same item", async () => {
  const shop = await createTestReshelf();
  shop.addItems([{ id: 7 }, { id: "8" }]);
  shop.order("search", ["7", 8]);
  assert.equal(shop.explain("search", 7).id, "7");
  assert.equal(shop.explain("search", "8").merchantRank, 1);
  shop.destroy();
});

const noEvents = [undefined, null, 7, "view", true, Symbol("view")];
for (const event of noEvents) {
  test(`event: ${String(event)}`, async () => {
    const shop = await createTestReshelf();
    fails(() => shop.track(event), "invalid-event", "event");
    shop.destroy();
  });
}

for (const type of [undefined, null, "", "View", "constructor", "__proto__", 1, {}, cycle, megabyte]) {
  test(`event type: ${String(type).slice(0, 20)}`, async () => {
    const shop = await createTestReshelf();
    fails(() => shop.track({ type, item: "a" }), "invalid-event", "event.type");
    shop.destroy();
  });
}

test("an event that cannot be read is the caller's mistake", async () => {
  const shop = await createTestReshelf();
  fails(() => shop.track(throwing("type")), "invalid-event", "event");
  fails(() => shop.track(throwing("item")), "invalid-event", "event");
  assert.equal(shop.status, "ready");
  shop.destroy();
});

const oddEvents = [
  { item: "never added" },
  { item: undefined },
  { item: {} },
  { item: megabyte },
  { item: Symbol("a") },
  { item: "candles-1", dwellMs: -5 },
  { item: "candles-1", dwellMs: NaN },
  { item: "candles-1", dwellMs: Infinity },
  { item: "candles-1", dwellMs: -Infinity },
  { item: "candles-1", dwellMs: 1e300 },
  { item: "candles-1", dwellMs: 5n },
  { item: "candles-1", dwellMs: "5" },
  { item: "candles-1", at: 8.64e15 },
  { item: "candles-1", at: Number.MAX_VALUE },
  { item: "candles-1", at: -1 },
  { item: "candles-1", at: NaN },
  { item: "candles-1", at: "yesterday" },
  { item: "candles-1", position: -1 },
  { item: "candles-1", position: 1.5 },
  { item: "candles-1", position: 1e300 },
  { item: "candles-1", placement: megabyte },
  { item: "candles-1", placement: "" },
  { item: "candles-1", placement: 7 },
];

test("rows that keep what is known add what it leaves open, and an unknown item whole", async () => {
  const brandsOf = async (...calls) => {
    const shop = await createTestReshelf();
    shop.addItems([{ id: "other", brand: "Z", colour: "blue" }]);
    for (const [row, options] of calls) shop.addItems([row], options);
    for (let i = 0; i < 5; i++) shop.track({ type: "addToCart", item: "a" });
    return shop.profile().interests.filter(({ kind }) => kind === "brand" || kind === "colour").map(({ value }) => value);
  };
  const [brand, both] = [{ id: "a", brand: "A" }, { id: "a", brand: "B", colour: "red" }];
  assert.deepEqual((await brandsOf([brand], [both, { keep: true }])).sort(), ["A", "red"]);
  assert.deepEqual((await brandsOf([both, { keep: true }])).sort(), ["B", "red"]);
  assert.deepEqual((await brandsOf([both], [brand])).sort(), ["A", "red"], "without it a row wins, where it says something");
});

test("odd events are taken, never thrown back, and the order stays a permutation", async () => {
  const shop = await createTestReshelf();
  shop.addItems(sampleItems);
  const ids = sampleItems.map(item => item.id);
  for (const type of ["view", "click", "purchase", "refund", "impression", "dismiss"]) {
    for (const event of oddEvents) {
      shop.track({ type, ...event });
      assertPermutation(shop.order("search", ids), ids.length);
    }
  }
  for (const type of ["search", "filter", "sort", "sectionView", "sectionClick", "bannerView", "bannerClick", "offerView", "offerClick"]) {
    for (const subject of ["", "__proto__", "🎁", megabyte, undefined, null, 7, {}]) {
      shop.track({ type, query: subject, value: subject, section: subject, banner: subject, offer: subject });
    }
  }
  const profile = shop.profile();
  for (const { score, share } of profile.interests) assert.ok(score >= 0 && score <= 1 && share >= 0 && share <= 1);
  assert.equal(shop.status, "ready");
  shop.destroy();
});

test("a future time counts as now, and a past one fades", async () => {
  const now = Date.UTC(2026, 5, 1);
  const { FakeClock } = await import("../../pkg/dist/testing.js");
  const interest = async at => {
    const shop = await createTestReshelf({ clock: new FakeClock(now) });
    shop.addItems(sampleItems);
    for (let i = 1; i <= 6; i++) shop.track({ type: "view", item: `candles-${i}`, dwellMs: 20_000, at });
    const found = shop.profile().interests.find(({ value }) => value.includes("Candles"));
    shop.destroy();
    return found?.score ?? 0;
  };
  const [present, future, past] = await Promise.all([interest(now), interest(now + 1e12), interest(now - 200 * 86_400_000)]);
  assert.equal(future, present);
  assert.ok(past < present, `${past} < ${present}`);
});

const wrongCalls = [
  ["placement", shop => shop.order(undefined, [])],
  ["placement", shop => shop.order("", [])],
  ["placement", shop => shop.order(7, [])],
  ["ids", shop => shop.order("search")],
  ["ids", shop => shop.order("search", "abc")],
  ["ids", shop => shop.order("search", { length: 3 })],
  ["list", shop => shop.rank("search", new Set())],
  ["options.id", shop => shop.rank("search", [], { id: "sku" })],
  ["placement", shop => shop.explain(7, "a")],
  ["id", shop => shop.explain("search", {})],
  ["root", shop => shop.arrange({})],
  ["root", shop => shop.arrange(null)],
  ["root", shop => shop.observe("body")],
  ["event", shop => shop.on("click", () => {})],
  ["event", shop => shop.on("constructor", () => {})],
  ["handler", shop => shop.on("status")],
];

for (const [index, [field, call]] of wrongCalls.entries()) {
  test(`argument ${index}: ${field}`, async () => {
    const shop = await createTestReshelf();
    fails(() => call(shop), "invalid-argument", field);
    assert.equal(shop.status, "ready");
    shop.destroy();
  });
}

test("lists of any length: empty, duplicates, 100,000", async () => {
  const shop = await createTestReshelf();
  assert.equal(shop.order("search", []).length, 0);
  assert.deepEqual(shop.rank("search", []), []);
  shop.addItems([]);
  assertPermutation(shop.order("search", ["a", "a", "a"]), 3);

  const many = Array.from({ length: 100_000 }, (_, i) => ({ id: `item-${i}`, category: ["All", `Shelf ${i % 40}`], price: i % 97 }));
  const start = performance.now();
  shop.addItems(many);
  view(shop, "item-99999", 5);
  const ids = many.map(item => item.id);
  const order = shop.order("search", ids);
  assertPermutation(order, ids.length);
  assert.deepEqual(order, shop.order("search", ids), "the same question has the same answer");
  assertPermutation(shop.order("search", ids.map(id => `unknown-${id}`)), ids.length);
  assert.ok(performance.now() - start < 20_000, "bounded time");
  assert.equal(shop.status, "ready");
  shop.destroy();
});

test("a megabyte of query or placement is no query and no placement", async () => {
  const shop = await createTestReshelf();
  shop.addItems(sampleItems);
  const ids = sampleItems.map(item => item.id);
  assertPermutation(shop.order(megabyte, ids, { query: megabyte }), ids.length);
  assertPermutation(shop.order("search", ids, { query: 7 }), ids.length);
  assert.equal(shop.status, "ready");
  shop.destroy();
});

function view(shop, item, times) {
  for (let i = 0; i < times; i++) shop.track({ type: "view", item, dwellMs: 20_000 });
}

function indices(order) {
  return Array.from(order);
}

function assertPermutation(order, length) {
  assert.ok(order instanceof Uint32Array);
  assert.equal(order.length, length);
  assert.deepEqual(Array.from(order).sort((a, b) => a - b), Array.from({ length }, (_, i) => i));
}
