// Many rows at once: taken in slices, and nobody can tell from an answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeClock, createTestReshelf } from "../../pkg/dist/testing.js";

const SHELVES = ["Candles", "Mugs", "Garden", "Toys", "Bags"];
const MANY = 3_000;
const row = i => ({ id: `p${i}`, category: ["Home", SHELVES[i % SHELVES.length]], brand: `brand ${i % 7}`, price: 1 + (i % 40), tags: [`colour:${i % 3}`] });
const many = Array.from({ length: MANY }, (_, i) => row(i));
const lately = many.slice(-60).map(({ id }) => id);

const open = () => createTestReshelf({ clock: new FakeClock(1_767_268_800_000) });

/** All that can be asked, after the shopper looked at something. */
function answers(shop, looked = `p${MANY - 1}`) {
  for (let i = 0; i < 6; i++) shop.track({ type: "view", item: looked, dwellMs: 20_000 });
  const order = [...shop.order("search", lately)];
  return { order, profile: shop.profile(), row: shop.recommend("related", { item: looked }), why: shop.explain("search", looked) };
}

/** An instance that was told the rows one at a time, each in use before the next. */
async function told(rows = many) {
  const shop = await open();
  for (const row of rows) shop.addItems([row]);
  return shop;
}

test("what is asked right after addItems, and after itemsAdded, is answered as if rows had been told one by one", async () => {
  const expected = answers(await told());
  assert.notDeepEqual(expected.order, lately.map((_, i) => i), "the shopper's taste must show, or this compares nothing");
  const atOnce = await open();
  atOnce.addItems(many);
  assert.deepEqual(answers(atOnce), expected);
  const waited = await open();
  waited.addItems(many);
  await waited.itemsAdded();
  assert.deepEqual(answers(waited), expected);
});

test("the page has its turn before many rows are in use, and a few need none", async () => {
  const shop = await open();
  let turns = 0;
  shop.addItems(many);
  setTimeout(() => turns++);
  await shop.itemsAdded();
  assert.equal(turns, 1);
  shop.addItems(many.slice(0, 20));
  setTimeout(() => turns++);
  await shop.itemsAdded();
  assert.equal(turns, 1, "nothing waited");
});

test("what is asked between two slices is answered with all rows", async () => {
  const expected = answers(await told());
  const shop = await open();
  shop.addItems(many);
  await new Promise(done => setTimeout(done));
  assert.deepEqual(answers(shop), expected);
  await shop.itemsAdded();
});

test("rows keep their order over calls, and the later row of an item holds", async () => {
  const again = { ...row(5), category: ["Home", "Clocks"], title: "Clock" };
  const expected = answers(await told([...many, again, row(MANY)]), "p5");
  const shop = await open();
  shop.addItems(many);
  shop.addItems([again]);
  shop.addItems([row(MANY)]);
  assert.deepEqual(answers(shop, "p5"), expected);
  assert.ok(shop.profile().interests.some(({ value }) => value === "Home > Clocks"));
});

test("events about items whose rows wait are filed by those rows, however many they are", async () => {
  // More than the engine keeps for items without a row.
  const history = many.slice(-400).map(({ id }) => ({ type: "purchase", item: id }));
  const expected = await told();
  history.forEach(event => expected.track(event));
  const shop = await open();
  shop.addItems(many);
  history.forEach(event => shop.track(event));
  assert.deepEqual(shop.export(), expected.export());
});

test("a wrong row registers none of many", async () => {
  const shop = await open();
  assert.throws(() => shop.addItems([...many, { id: "" }]), { code: "invalid-items", field: `items[${MANY}].id` });
  await shop.itemsAdded();
  assert.deepEqual(shop.recommend("trending"), []);
});

test("an instance that is destroyed while rows wait lets go of them", async () => {
  const shop = await open();
  shop.addItems(many);
  const added = shop.itemsAdded();
  shop.destroy();
  await added;
  await assert.rejects(shop.itemsAdded(), { code: "destroyed" });
});
