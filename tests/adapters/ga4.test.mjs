// Google's data layer. Fields as documented at
// developers.google.com/analytics/devguides/collection/ga4/ecommerce and
// developers.google.com/analytics/devguides/collection/ga4/reference/events
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ga4 } from "../../pkg/dist/adapters/ga4.js";
import { becomes, documented, fuzz, kept, recorder } from "./support.mjs";

const tee = {
  item_id: "SKU_12345",
  item_name: "Stan and Friends Tee",
  affiliation: "Google Merchandise Store",
  coupon: "SUMMER_FUN",
  discount: 2.22,
  index: 0,
  item_brand: "Google",
  item_category: "Apparel",
  item_category2: "Adult",
  item_category3: "Shirts",
  item_category4: "Crew",
  item_category5: "Short sleeve",
  item_list_id: "related_products",
  item_list_name: "Related Products",
  item_variant: "green",
  location_id: "ChIJIQBpAG2ahYAR_6128GcTUEo",
  price: 10.01,
  quantity: 3,
};
const womens = { ...tee, item_id: "SKU_12346", item_name: "Google Grey Women's Tee", index: 1, item_variant: "gray", price: "21.01", discount: "5.99", promotion_id: "P_12345", promotion_name: "Summer Sale" };
const money = { currency: "USD", value: 30.03 };
const items = [tee, womens];

/** Every event with the parameters that its documentation shows. */
const samples = {
  view_item_list: { item_list_id: "related_products", item_list_name: "Related products", items },
  select_item: { item_list_id: "related_products", item_list_name: "Related products", items: [tee] },
  view_item: { ...money, items: [tee] },
  add_to_cart: { ...money, items: [tee] },
  remove_from_cart: { ...money, items: [tee] },
  add_to_wishlist: { ...money, items: [tee] },
  view_cart: { ...money, items },
  begin_checkout: { ...money, coupon: "SUMMER_FUN", items },
  add_shipping_info: { ...money, coupon: "SUMMER_FUN", shipping_tier: "Ground", items },
  add_payment_info: { ...money, coupon: "SUMMER_FUN", payment_type: "Credit Card", items },
  purchase: { ...money, transaction_id: "T_12345", tax: 3.6, shipping: 5.99, coupon: "SUMMER_SALE", customer_type: "new", items },
  refund: { ...money, transaction_id: "T_12345", tax: 3.6, shipping: 5.99, items: [tee] },
  view_promotion: { creative_name: "Summer Banner", creative_slot: "featured_app_1", promotion_id: "P_12345", promotion_name: "Summer Sale", items: [tee] },
  select_promotion: { creative_name: "Summer Banner", creative_slot: "featured_app_1", promotion_id: "P_12345", promotion_name: "Summer Sale", items: [tee] },
  search: { search_term: "t-shirts" },
  view_search_results: { search_term: "Clothing" },
  login: { method: "Google" },
  sign_up: { method: "Google" },
  page_view: { page_title: "Home", page_location: "https://example.com/" },
  screen_view: { screen_name: "Screen name" },
  user_engagement: { engagement_time_msec: 100 },
  exception: { description: "error_description", fatal: false },
  select_content: { content_type: "product", content_id: "C_12345" },
  share: { method: "Twitter", content_type: "image", item_id: "C_12345" },
  generate_lead: { ...money, lead_source: "Trade show" },
  qualify_lead: money,
  disqualify_lead: { ...money, disqualified_lead_reason: "Not looking to buy" },
  working_lead: { ...money, lead_status: "Started conversation" },
  close_convert_lead: money,
  close_unconvert_lead: { ...money, unconvert_lead_reason: "Customer switched to competitor" },
  earn_virtual_currency: { virtual_currency_name: "Gems", value: 5 },
  spend_virtual_currency: { value: 5, virtual_currency_name: "Gems", item_name: "Starter Boost" },
  join_group: { group_id: "G_12345" },
  level_end: { level_name: "The journey begins...", success: true },
  level_start: { level_name: "The journey begins..." },
  level_up: { level: 5, character: "Player 1" },
  post_score: { level: 5, character: "Player 1", score: 10000 },
  tutorial_begin: {},
  tutorial_complete: {},
  unlock_achievement: { achievement_id: "A_12345" },
};

/** What gtag.js defines. */
function gtag() {
  (window.dataLayer ??= []).push(arguments);
}
const row = ({ rows }, id = "SKU_12345") => rows.find(row => row.id === id);
const table = documented("GA4");

test("every documented event is in the table, and no other", () => {
  assert.deepEqual([...table.keys()].sort(), Object.keys(samples).sort());
});

for (const [name, parameters] of Object.entries(samples)) {
  test(`${name} becomes what the table says, in both shapes`, () => {
    const shapes = [
      () => gtag("event", name, parameters),
      () => window.dataLayer.push({ event: name, ecommerce: parameters }),
      () => window.dataLayer.push({ event: name, ...parameters }),
    ];
    const [first, ...others] = shapes.map(push => {
      window.dataLayer = [];
      const shop = recorder();
      kept(ga4(shop));
      push();
      return shop;
    });
    assert.equal(becomes(first.events), table.get(name));
    for (const other of others) assert.deepEqual(other, { ...first, ...Object.fromEntries(Object.entries(other).filter(([, value]) => typeof value === "function")) });
    assert.deepEqual(first.refused, []);
  });
}

test("an item's row, and its list, place and price", () => {
  window.dataLayer = [];
  const shop = recorder();
  kept(ga4(shop));
  gtag("event", "view_item_list", { currency: "USD", item_list_id: "best", items: [tee, { ...womens, item_list_id: undefined, item_list_name: undefined, index: undefined }] });
  assert.deepEqual(row(shop), {
    id: "SKU_12345",
    title: "Stan and Friends Tee",
    category: ["Apparel", "Adult", "Shirts", "Crew", "Short sleeve"],
    brand: "Google",
    price: 10.01,
    listPrice: 10.01 + 2.22,
    currency: "USD",
    tags: ["variant:green"],
  });
  assert.equal(row(shop, "SKU_12346").price, 21.01);
  assert.deepEqual(shop.events, [
    { type: "impression", item: "SKU_12345", placement: "related_products", position: 0 },
    { type: "impression", item: "SKU_12346", placement: "best", position: 1 },
  ]);
});

test("a whole order that is refunded names no items, whatever was pushed before", () => {
  window.dataLayer = [];
  const shop = recorder();
  kept(ga4(shop));
  window.dataLayer.push({ event: "add_to_cart", ecommerce: { items: [tee] } }, { event: "refund", transaction_id: "T_12345" });
  assert.deepEqual(shop.events.map(({ type }) => type), ["addToCart"]);
});

test("what was pushed before is heard, with `ecommerce: null` in between", () => {
  window.dataLayer = [{ "gtm.start": 1, event: "gtm.js" }, { ecommerce: null }, { event: "view_item", ecommerce: samples.view_item }];
  gtag("event", "add_to_cart", samples.add_to_cart);
  const shop = recorder();
  kept(ga4(shop));
  assert.deepEqual(shop.events.map(({ type }) => type), ["view", "addToCart"]);
});

test("an event without ecommerce takes the last one, until it is cleared", () => {
  window.dataLayer = [];
  const shop = recorder();
  kept(ga4(shop));
  window.dataLayer.push({ ecommerce: samples.add_to_cart });
  window.dataLayer.push({ event: "add_to_cart" });
  window.dataLayer.push({ ecommerce: null });
  window.dataLayer.push({ event: "add_to_cart" });
  assert.deepEqual(shop.events, [{ type: "addToCart", item: "SKU_12345", placement: "related_products", position: 0 }]);
});

test("an order counts once, and so do the words of one search", () => {
  window.dataLayer = [];
  const shop = recorder();
  kept(ga4(shop));
  for (let i = 0; i < 2; i++) gtag("event", "purchase", samples.purchase);
  gtag("event", "search", { search_term: "lamp" });
  gtag("event", "view_search_results", { search_term: "lamp" });
  gtag("event", "search", { search_term: "table" });
  assert.deepEqual(shop.events.map(({ type, item, query }) => [type, item ?? query]), [
    ["purchase", "SKU_12345"],
    ["purchase", "SKU_12346"],
    ["search", "lamp"],
    ["search", "table"],
  ]);
});

test("a promotion on the item wins over the event's", () => {
  window.dataLayer = [];
  const shop = recorder();
  kept(ga4(shop));
  gtag("event", "view_promotion", { ...samples.view_promotion, items: [{ ...tee, promotion_id: "P_1", creative_slot: "hero" }, tee] });
  assert.deepEqual(shop.events, [
    { type: "bannerView", banner: "P_1", placement: "hero" },
    { type: "bannerView", banner: "P_12345", placement: "featured_app_1" },
  ]);
});

test("another name of the layer, another id, fewer events, no rows", () => {
  window.layer = [];
  const shop = recorder();
  kept(ga4(shop, { dataLayer: "layer", id: item => item.item_variant, events: ["addToCart"], items: false }));
  window.layer.push({ event: "view_item", ecommerce: samples.view_item }, { event: "add_to_cart", ecommerce: samples.add_to_cart });
  assert.deepEqual(shop.events, [{ type: "addToCart", item: "green", placement: "related_products", position: 0 }]);
  assert.deepEqual(shop.rows, []);
});

test("a layer that comes later is found, and one that takes its place as well", () => {
  const shop = recorder();
  kept(ga4(shop));
  gtag("event", "view_item", samples.view_item);
  mock.timers.tick(500);
  window.dataLayer = [];
  mock.timers.tick(500);
  gtag("event", "add_to_cart", samples.add_to_cart);
  for (let i = 0; i < 8; i++) mock.timers.tick(1_000);
  assert.deepEqual(shop.events.map(({ type }) => type), ["view", "addToCart"], "each once, however often the page is looked at");
});

test("of a product's page and of a click, the first item is meant", () => {
  window.dataLayer = [];
  const shop = recorder();
  kept(ga4(shop));
  for (const name of ["view_item", "select_item"]) gtag("event", name, { items });
  assert.deepEqual(shop.events.map(({ type, item }) => [type, item]), [["view", "SKU_12345"], ["click", "SKU_12345"]]);
  assert.equal(shop.rows.length, 2, "the other one is known");
});

test("pushes nothing, hands on what push returns and throws, and leaves the page's own push", () => {
  const pushed = [];
  window.dataLayer = Object.assign([], {
    push(...entries) {
      if (entries[0] === "throw") throw new Error("the page's");
      return pushed.push(...entries);
    },
  });
  const own = window.dataLayer.push;
  const stop = kept(ga4(recorder()));
  assert.notEqual(window.dataLayer.push, own);
  assert.equal(window.dataLayer.push({ event: "view_item", ecommerce: samples.view_item }), 1);
  assert.throws(() => window.dataLayer.push("throw"), { message: "the page's" });
  assert.equal(pushed.length, 1);
  stop();
  assert.equal(window.dataLayer.push, own);
});

test("under a wrapper that came later, a stopped adapter is a passage", () => {
  window.dataLayer = [];
  const shop = recorder();
  const stop = kept(ga4(shop));
  const ours = window.dataLayer.push;
  const theirs = (window.dataLayer.push = function (...entries) {
    return ours.apply(this, entries);
  });
  stop();
  assert.equal(window.dataLayer.push, theirs);
  gtag("event", "view_item", samples.view_item);
  assert.equal(window.dataLayer.length, 1);
  assert.deepEqual(shop.events, []);
});

test("dwell lasts until the next product, without the time behind other pages", () => {
  let now = 1_000;
  mock.method(performance, "now", () => now);
  window.dataLayer = [];
  document.visibilityState = "visible";
  const shop = recorder();
  const stop = kept(ga4(shop));
  const wait = (ms, visibility) => {
    now += ms;
    document.visibilityState = visibility;
    document.dispatchEvent(new Event("visibilitychange"));
  };
  gtag("event", "view_item", samples.view_item);
  wait(4_000, "hidden");
  wait(50_000, "visible");
  now += 300_000;
  gtag("event", "view_item", { items: [womens] });
  now += 1_500;
  stop();
  mock.restoreAll();
  const dwell = shop.events.filter(({ type }) => type === "dwell");
  assert.deepEqual(dwell, [
    { type: "dwell", item: "SKU_12345", dwellMs: 4_000 },
    { type: "dwell", item: "SKU_12345", dwellMs: 120_000 },
    { type: "dwell", item: "SKU_12346", dwellMs: 1_500 },
  ]);
});

test("a shop that was destroyed, or a function for ids that throws, is not the page's concern", () => {
  window.dataLayer = [];
  document.visibilityState = "visible";
  kept(ga4({ addItems: () => assert.fail(), track: () => assert.fail() }));
  kept(ga4(recorder(), { id: () => assert.fail() }));
  gtag("event", "view_item", samples.view_item);
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(window.dataLayer.length, 1);
});

test("5,000 payloads, documented ones with parts replaced and anything: none throws, none is a wrong call", () => {
  window.dataLayer = [];
  const shop = recorder();
  kept(ga4(shop));
  const entries = Object.entries(samples).flatMap(([event, ecommerce]) => [{ event, ecommerce }, ["event", event, ecommerce]]);
  fuzz(entries, entry => {
    window.dataLayer.push(entry);
    window.dataLayer.length = 0;
  });
  assert.deepEqual(shop.refused, []);
  assert.ok(shop.events.length > 1_000, `${shop.events.length} events were understood`);
});
