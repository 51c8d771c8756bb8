// Rows of recommendations through the package: what the facade adds to the
// engine's answers, and what it makes of mistakes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeClock, createTestReshelf } from "../../pkg/dist/testing.js";

const mug = (id, more = {}) => ({ id, category: ["Kitchen", "Mugs"], tags: ["colour:red"], ...more });
const items = [mug("a", { title: "Red Mug" }), mug("b"), mug("c"), mug("d"), mug("e"), { id: "lamp", category: ["Home", "Lamps"], title: "Lamp" }];
const ids = row => row.map(({ id }) => id);

async function open(rows = items) {
  const shop = await createTestReshelf({ clock: new FakeClock(1_767_268_800_000) });
  shop.addItems(rows);
  return shop;
}

test("reasons are words, and name a product by its title", async () => {
  const shop = await open();
  const [first] = shop.recommend("related", { item: "a", limit: 1 });
  assert.deepEqual(first.reason, { code: "similar", text: "Similar to Red Mug", about: "a" });
  const [other] = shop.recommend("related", { item: "b", limit: 1, repeat: true });
  assert.deepEqual(other.reason, { code: "similar", text: "Much in common with this", about: "b" });
  shop.track({ type: "view", item: "lamp", dwellMs: 60_000 });
  assert.deepEqual(shop.recommend("recentlyViewed")[0].reason, { code: "seen", text: "You looked at this" });
  shop.destroy();
});

test("a row does not repeat what an earlier one shows; the same row may be asked for again", async () => {
  const shop = await open();
  const first = ids(shop.recommend("related", { item: "a", limit: 2 }));
  const second = ids(shop.recommend("trending", { item: "a" }));
  assert.equal(first.length, 2);
  assert.ok(second.length > 0 && !second.some(id => first.includes(id)), `${first} and ${second}`);
  assert.deepEqual(ids(shop.recommend("related", { item: "a", limit: 2 })), first, "asked for first, it has the first choice again");
  assert.deepEqual(ids(shop.recommend("trending", { item: "a" })), second);
  const repeated = ids(shop.recommend("trending", { item: "a", repeat: true }));
  assert.ok(first.every(id => repeated.includes(id)));
  const named = ids(shop.recommend("trending", { item: "a", placement: "footer" }));
  assert.deepEqual(named, [], "all is shown by rows of other names");
  shop.destroy();
});

test("what the page's filter refuses makes room for more", async () => {
  const many = Array.from({ length: 200 }, (_, i) => mug(`m${i}`));
  const shop = await open(many);
  const odd = id => Number(id.slice(1)) % 2 === 1;
  const row = shop.recommend("trending", { limit: 24, filter: odd });
  assert.equal(row.length, 24);
  assert.ok(ids(row).every(odd));
  assert.ok(row.every((entry, i) => i === 0 || entry.score <= row[i - 1].score));
  assert.deepEqual(shop.recommend("trending", { filter: () => false }), []);
  assert.throws(() => shop.recommend("trending", { filter: () => { throw new RangeError("the page's own"); } }), RangeError);
  assert.equal(shop.status, "ready");
  assert.ok(shop.recommend("trending", { repeat: true, filter: id => shop.order("x", [id]).length === 1 }).length > 0, "a filter may call the instance");
  shop.destroy();
});

test("exclude, the basket and limits are kept", async () => {
  const shop = await open();
  assert.ok(!ids(shop.recommend("related", { item: "a", exclude: ["b", "nobody"], repeat: true })).includes("b"));
  assert.ok(!ids(shop.recommend("related", { item: "a", items: ["c"], repeat: true })).includes("c"));
  assert.equal(shop.recommend("related", { item: "a", limit: 1, repeat: true }).length, 1);
  assert.deepEqual(shop.recommend("related", { item: "never seen" }), []);
  shop.destroy();
});

const revoked = Proxy.revocable([], {});
revoked.revoke();
const mistakes = [
  [["Related"], "kind"],
  [[undefined], "kind"],
  [["related", null], "options"],
  [["related", { limit: 0 }], "options.limit"],
  [["related", { limit: 25 }], "options.limit"],
  [["related", { limit: 1.5 }], "options.limit"],
  [["related", { item: {} }], "options.item"],
  [["related", { items: "a" }], "options.items"],
  [["related", { items: revoked.proxy }], "options.items"],
  [["related", { exclude: new Set() }], "options.exclude"],
  [["related", { exclude: Object.defineProperty([0], 0, { get() { throw new Error("no"); } }) }], "options.exclude"],
  [["related", { filter: "yes" }], "options.filter"],
  [["related", { placement: "" }], "options.placement"],
  [["related", { get item() { throw new Error("no"); } }], "options.item"],
];
for (const [index, [call, field]] of mistakes.entries()) {
  test(`mistake ${index}, of ${field}`, async () => {
    const shop = await open();
    assert.throws(() => shop.recommend(...call), { name: "ReshelfError", code: "invalid-argument", field });
    assert.equal(shop.status, "ready");
    shop.destroy();
  });
}

const rows = [
  [{ vector: "x" }, "items[0].vector"],
  [{ vector: [] }, "items[0].vector"],
  [{ vector: [1, NaN] }, "items[0].vector[1]"],
  [{ vector: new Array(2_000).fill(1) }, "items[0].vector"],
  [{ replenishable: 1 }, "items[0].replenishable"],
  [{ group: 7 }, "items[0].group"],
  [{ title: {} }, "items[0].title"],
];
for (const [more, field] of rows) {
  test(`a row with a wrong ${field}`, async () => {
    const shop = await open();
    assert.throws(() => shop.addItems([{ id: "x", ...more }]), { code: "invalid-items", field });
    shop.destroy();
  });
}

test("vectors cross with their rows, whatever their lengths", async () => {
  const shop = await open([
    { id: "no" },
    { id: "east", vector: [1, 0] },
    { id: "north", vector: Float32Array.of(0, 5) },
    { id: "northeast", vector: [3, 3] },
    { id: "elsewhere", vector: [1, 0, 0] },
    { id: "west", vector: [-1, 0] },
  ]);
  const row = shop.recommend("looksLike", { item: "east" });
  assert.deepEqual(ids(row), ["northeast"]);
  assert.ok(Math.abs(row[0].score - Math.SQRT1_2) < 0.01, String(row[0].score));
  shop.destroy();
});

test("without an engine every row is empty", async () => {
  const shop = await open();
  shop.destroy();
  assert.throws(() => shop.recommend("related"), { code: "destroyed" });
});
