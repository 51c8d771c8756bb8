// Algolia InstantSearch: hits and results as documented at
// algolia.com/doc/api-reference/widgets/hits/js and …/infinite-hits/js
import assert from "node:assert/strict";
import { test } from "node:test";
import { types } from "node:util";
import { instantsearch } from "../../pkg/dist/adapters/instantsearch.js";
import { createTestReshelf, personas, sampleItems } from "../../pkg/dist/testing.js";
import { fuzz, kept, put, recorder } from "./support.mjs";

const fan = await createTestReshelf({ strength: 100, quota: 10 });
for (const event of personas.find(({ name }) => name === "gardener who buys").events) fan.track(event);
for (let i = 0; i < 5; i++) fan.track({ type: "view", item: "garden-2", dwellMs: 30_000 });

const hits = sampleItems.slice(0, 18).map(({ id, category, brand, price }, index) => ({
  objectID: id,
  name: id,
  brand,
  categories: category,
  price,
  __position: index + 1,
  __queryID: "43b15df305339e827f0ac0bdc5ebcaa7",
  _highlightResult: { name: { value: id, matchLevel: "none", matchedWords: [] } },
}));
const results = { query: "gift", page: 0, hitsPerPage: 20, nbHits: 18, index: "instant_search" };
const row = hit => ({ category: hit.categories, brand: hit.brand, price: hit.price });

test("the same hits, those of the shopper's taste first", () => {
  const { transformItems } = kept(instantsearch(fan, { row }));
  const before = structuredClone(hits);
  const shown = transformItems(hits, { results });
  assert.deepEqual(hits, before, "the list that was given is as it was");
  assert.deepEqual(new Set(shown), new Set(hits), "the same objects");
  assert.equal(shown.length, hits.length);
  assert.match(shown[0].objectID, /^garden/);
  assert.equal(fan.explain("search", "garden-1").merchantRank, 12);
});

test("a list that is rendered again keeps its order, whatever was learnt meanwhile", async () => {
  const shop = await createTestReshelf({ strength: 100, quota: 10 });
  const { transformItems } = kept(instantsearch(shop, { row }));
  const first = transformItems(hits, { results });
  for (let i = 0; i < 9; i++) shop.track({ type: "view", item: "garden-1", dwellMs: 60_000 });
  assert.deepEqual(transformItems(hits, { results }), first);
  assert.notDeepEqual(transformItems(hits, { results: { ...results, query: "other" } }), first, "another search is another list");
});

for (const [word, act] of [
  ["the shop's own order", shop => shop.preferShopOrder(true)],
  ["forgetting", shop => shop.forget()],
  ["consent withdrawn", shop => shop.consent.deny()],
]) {
  test(`a list that is rendered again heeds the shopper's word: ${word}`, async () => {
    const shop = await createTestReshelf({ strength: 100, quota: 10 });
    const { transformItems } = kept(instantsearch(shop, { row }));
    shop.addItems(sampleItems);
    for (let i = 0; i < 9; i++) shop.track({ type: "view", item: "garden-1", dwellMs: 60_000 });
    const first = transformItems(hits, { results });
    assert.match(first[0].objectID, /^garden/);
    const done = act(shop);
    assert.deepEqual(transformItems(hits, { results }), hits);
    await done;
    shop.preferShopOrder(false);
    if (word === "the shop's own order") assert.deepEqual(transformItems(hits, { results }), first, "and its being taken back");
  });
}

test("a profile that was forgotten and grew again has its own orders", async () => {
  const shop = await createTestReshelf({ strength: 100, quota: 10 });
  const { transformItems } = kept(instantsearch(shop, { row }));
  const look = item => Array.from({ length: 9 }, () => shop.track({ type: "view", item, dwellMs: 60_000 }));
  shop.addItems(sampleItems);
  look("garden-1");
  assert.match(transformItems(hits, { results })[0].objectID, /^garden/);
  await shop.forget();
  look("candles-1");
  look("candles-2");
  assert.match(transformItems(hits, { results })[0].objectID, /^candles/);
});

test("a list that the shopper sorted, by a replica of the index, stays as it comes", () => {
  const { transformItems } = kept(instantsearch(fan, { row, indices: ["instant_search"] }));
  const sorted = { ...results, query: "sorted", index: "instant_search_price_asc" };
  assert.equal(transformItems(hits, { results: sorted }), hits);
  assert.equal(transformItems(hits, {}), hits, "of an index that is not told neither");
  assert.match(transformItems(hits, { results: { ...sorted, index: "instant_search" } })[0].objectID, /^garden/);
});

test("stopped, destroyed or failing, hits stay as they come", () => {
  const bridge = kept(instantsearch(fan, { row }));
  bridge();
  assert.equal(bridge.transformItems(hits, { results }), hits);
  assert.equal(kept(instantsearch({ ...recorder(), order: () => assert.fail() })).transformItems(hits), hits);
  assert.equal(kept(instantsearch(fan, { id: () => assert.fail() })).transformItems(hits), hits);
  assert.equal(kept(instantsearch(fan, { row: () => assert.fail() })).transformItems(hits), hits);
});

test("rows that the shop refuses do not keep the list from being ordered", () => {
  const { transformItems } = kept(instantsearch(fan, { row: () => ({ category: "no path" }) }));
  assert.match(transformItems(hits, { results: { query: "again" } })[0].objectID, /^garden/);
});

test("Algolia is told nothing unless asked, allowed, and by more than a few looks", () => {
  const told = (share, consent = "granted", shop = fan) => kept(instantsearch({ ...recorder(), profile: () => shop.profile(), consent: { state: consent } }, share && { share })).optionalFilters();
  const share = { brand: "brand", category: "categories.lvl1" };
  assert.deepEqual(told(share), ["categories.lvl1:Home > Garden", "brand:Greenhouse"]);
  assert.deepEqual(told({ brand: "maker" }), ["maker:Greenhouse"]);
  assert.deepEqual(told(undefined), []);
  assert.deepEqual(told(share, "denied"), []);
  const newcomer = { profile: () => ({ ...fan.profile(), events: 4 }) };
  assert.deepEqual(told(share, "granted", newcomer), []);
  const divided = { profile: () => ({ events: 9, interests: [{ kind: "brand", value: "A", share: 0.4, score: 0.9 }, { kind: "brand", value: "-B", share: 0.6, score: 0.1 }] }) };
  assert.deepEqual(told(share, "granted", divided), ["brand:\\-B"], "a leading minus would be a negation");
  const asTheShop = { profile: () => ({ ...fan.profile(), shopOrder: true }) };
  assert.deepEqual(told(share, "granted", asTheShop), [], "who wants the shop's own order");
  put("navigator", { globalPrivacyControl: true });
  assert.deepEqual(told(share), []);
});

test("5,000 lists, documented ones with parts replaced and anything: none throws, none loses or invents a hit", () => {
  const shop = recorder();
  const { transformItems } = kept(instantsearch(shop, { row: hit => ({ category: hit.categories, brand: hit.brand, price: hit.price }) }));
  let moved = 0;
  fuzz([[hits.slice(0, 6), { results }]], given => {
    // What is no list of hits is handed back as it came.
    const isPair = types.isProxy(given) ? false : Array.isArray(given);
    const [list, metadata] = isPair ? given : [given, given];
    const shown = transformItems(list, metadata);
    if (Object.is(shown, list)) return;
    moved++;
    assert.deepEqual(new Set(shown), new Set(list));
    assert.equal(shown.length, list.length);
  });
  assert.ok(moved > 1_000, `${moved} lists were ordered`);
});
