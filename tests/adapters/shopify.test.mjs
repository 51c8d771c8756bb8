// Shopify's Web Pixels. Fields as in the types of @shopify/web-pixels-extension
// and at shopify.dev/docs/api/web-pixels-api/standard-events
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";
import { shopifyPixel } from "../../pkg/dist/adapters/shopify-pixel.js";
import { shopify, shopifyRecommendations } from "../../pkg/dist/adapters/shopify.js";
import { createTestReshelf } from "../../pkg/dist/testing.js";
import { becomes, documented, fuzz, kept, plain, put, recorder } from "./support.mjs";

const product = (id, title) => ({ id, title, untranslatedTitle: title, type: "Candles", url: `/products/${id}`, vendor: "Wick & Co" });
const variant = (id, title, amount = 19.5) => ({
  id: `9${id}`,
  sku: `SKU-${id}`,
  title: "Large",
  untranslatedTitle: "Large",
  image: { src: `https://cdn.shopify.com/${id}.jpg` },
  price: { amount, currencyCode: "CAD" },
  product: product(id, title),
});
const beeswax = variant("7194", "Beeswax candle");
const lantern = { ...variant("gid://shopify/Product/7195", "Lantern", 42), id: "gid://shopify/ProductVariant/97195" };
const line = merchandise => ({ merchandise, quantity: 2, cost: { totalAmount: { amount: 39, currencyCode: "CAD" } } });
const person = { firstName: "Secretia", lastName: "Privatson", email: "secretia@example.com", phone: "+15550100", address1: "1 Hidden Street", city: "Ottawa", zip: "K1A 0B1" };
const checkout = {
  token: "bd5d9d5a",
  currencyCode: "CAD",
  email: person.email,
  phone: person.phone,
  buyerAcceptsEmailMarketing: true,
  billingAddress: person,
  shippingAddress: person,
  attributes: [{ key: "note", value: "for Secretia" }],
  lineItems: [beeswax, lantern].map(each => ({
    id: `line-${each.sku}`,
    title: each.product.title,
    quantity: 1,
    variant: each,
    finalLinePrice: { amount: 19.5, currencyCode: "CAD" },
    discountAllocations: [{ amount: { amount: 1, currencyCode: "CAD" }, discountApplication: { title: "SECRETCODE" } }],
    properties: [{ key: "engraving", value: "To Secretia" }],
  })),
  discountApplications: [{ title: "SECRETCODE", type: "DISCOUNT_CODE" }],
  order: { id: "5551", customer: { id: "customer-77", isFirstOrder: true } },
  subtotalPrice: { amount: 60, currencyCode: "CAD" },
  totalPrice: { amount: 65, currencyCode: "CAD" },
  transactions: [{ gateway: "bogus", paymentMethod: { name: "VISA", type: "creditCard" } }],
};
const private_ = ["Secretia", "Privatson", "secretia@example.com", "+15550100", "Hidden Street", "K1A", "SECRETCODE", "customer-77", "engraving", "VISA", "for Secretia"];

const element = { id: "email", name: "email", tagName: "INPUT", type: "email", value: person.email };
const data = {
  product_viewed: { productVariant: beeswax },
  collection_viewed: { collection: { id: "28", title: "Best sellers", productVariants: [beeswax, lantern] } },
  search_submitted: { searchResult: { query: "beeswax", productVariants: [beeswax] } },
  product_added_to_cart: { cartLine: line(beeswax) },
  product_removed_from_cart: { cartLine: line(beeswax) },
  cart_viewed: { cart: { id: "c1", totalQuantity: 2, cost: { totalAmount: { amount: 39, currencyCode: "CAD" } }, lines: [line(beeswax)], attributes: [] } },
  page_viewed: {},
  alert_displayed: { alert: { target: "cart", type: "INVENTORY_ERROR", value: "none left", message: "Only 3 left" } },
  ui_extension_errored: { error: { message: "x", trace: "y", type: "EXTENSION_USAGE_ERROR" } },
  clicked: { element },
  form_submitted: { element: { id: "f", action: "/cart", elements: [element] } },
};
for (const name of ["completed", "started", "contact_info_submitted", "address_info_submitted", "shipping_info_submitted"]) data[`checkout_${name}`] = { checkout };
data.payment_info_submitted = { checkout };
for (const name of ["blurred", "changed", "focused"]) data[`input_${name}`] = { element };
const advanced = ["available", "changed", "clicked", "clipboard", "form_submitted", "input_blurred", "input_changed", "input_focused", "mouse_moved", "scrolled", "selection_changed", "window_resized"];
for (const name of advanced) data[`advanced_dom_${name}`] = { node: { serializationId: 1, textContent: person.email } };

const timestamp = "2026-01-02T03:04:05.006Z";
const at = Date.parse(timestamp);
const context = { document: { location: { href: "https://acme.example/" }, title: "Acme" }, navigator: { language: "en" }, window: { innerWidth: 360 } };
const typeOf = name => (name.startsWith("advanced") ? "advanced-dom" : /^(clicked|form|input)/.test(name) ? "dom" : "standard");
let ids = 0;
const event = name => ({ id: `sh-${++ids}`, clientId: "client-1", seq: 1, type: typeOf(name), name, timestamp, context, data: data[name] });

const table = documented("Shopify");

test("every event of the types is in the table, and no other", () => {
  assert.deepEqual([...table.keys()].sort(), Object.keys(data).sort());
});

for (const name of Object.keys(data)) {
  test(`${name} becomes what the table says`, () => {
    const shop = recorder();
    kept(shopify(shop)).hear(event(name));
    assert.equal(becomes(shop.events), table.get(name));
    assert.deepEqual(shop.refused, []);
    for (const secret of private_) assert.ok(!JSON.stringify([shop.rows, shop.events]).includes(secret), secret);
  });
}

test("rows and events by product, by variant and by SKU", () => {
  const heard = id => {
    const shop = recorder();
    kept(shopify(shop, { id })).hear(event("collection_viewed"));
    return shop;
  };
  const row = { title: "Beeswax candle", category: ["Candles"], brand: "Wick & Co", price: 19.5, currency: "CAD" };
  assert.deepEqual(heard(undefined).rows[0], { id: "7194", ...row });
  assert.deepEqual(heard(undefined).events[1], { type: "impression", item: "7195", placement: "28", position: 1, at });
  assert.deepEqual(heard("variant").rows.map(({ id, group }) => [id, group]), [["97194", "7194"], ["97195", "7195"]]);
  assert.deepEqual(heard("sku").events[0].item, "SKU-7194");
});

test("an event and an order count once; a stopped adapter hears nothing", () => {
  const shop = recorder();
  const stop = kept(shopify(shop));
  const [first, again, viewed] = [event("checkout_completed"), event("checkout_completed"), event("product_viewed")];
  for (const each of [first, first, again, viewed, viewed]) stop.hear(each);
  stop();
  stop.hear(event("product_viewed"));
  assert.deepEqual(shop.events.map(({ type }) => type), ["purchase", "purchase", "view"]);
});

// ---------------------------------------------------------------- the bridge

/** The sandbox's API over a plain map, which is what it does with the page's storage. */
function sandbox(allowed, entries = new Map()) {
  const subscribers = [];
  let consent;
  return {
    entries,
    publish: async event => {
      for (const [name, callback] of subscribers) if (name === event.name) callback(event);
      await new Promise(done => setImmediate(done));
    },
    choose: allowed => consent({ customerPrivacy: { preferencesProcessingAllowed: allowed } }),
    api: {
      analytics: { subscribe: (name, callback) => void subscribers.push([name, callback]) },
      browser: { localStorage: { getItem: async key => entries.get(key) ?? null, setItem: async (key, value) => void entries.set(key, value) } },
      init: { customerPrivacy: { preferencesProcessingAllowed: allowed, analyticsProcessingAllowed: true, marketingAllowed: true, saleOfDataAllowed: true } },
      customerPrivacy: { subscribe: (_, callback) => (consent = callback) },
    },
  };
}

const storageOf = entries => ({
  getItem: key => entries.get(key) ?? null,
  removeItem: key => void entries.delete(key),
});
const granted = { export: () => ({ store: "acme" }), consent: { state: "granted" } };

test("a checkout reaches the theme, and nothing of the buyer does", async () => {
  const { api, publish, entries } = sandbox(true);
  shopifyPixel(api, { store: "acme" });
  await publish(event("checkout_completed"));
  await publish(event("product_viewed"));
  assert.equal(entries.size, 1, "what the theme sees itself is not left");
  const [[key, text]] = entries;
  assert.match(key, /^reshelf\.acme\.pixel\.\d+$/);
  for (const secret of private_) assert.ok(!text.includes(secret), secret);
  put("localStorage", storageOf(entries));
  const shop = recorder(granted);
  kept(shopify(shop));
  assert.deepEqual(shop.events, [{ type: "purchase", item: "7194", at }, { type: "purchase", item: "7195", at }]);
  assert.equal(entries.size, 0, "taken in once");
});

test("the pixel writes what the shopper allows, from when to when they allow it", async () => {
  const { api, publish, choose, entries } = sandbox(false);
  const stop = shopifyPixel(api, { store: "acme", events: ["product_viewed", "checkout_started", "constructor"] });
  const { getItem } = api.browser.localStorage;
  let asked = 0;
  api.browser.localStorage.getItem = key => (asked++, getItem(key));
  await publish(event("product_viewed"));
  assert.deepEqual([asked, entries.size], [0, 0], "storage is not even read");
  choose(true);
  await publish(event("product_viewed"));
  await publish(event("checkout_started"));
  assert.equal(entries.size, 1);
  choose(false);
  await publish(event("product_viewed"));
  choose(true);
  stop();
  await publish(event("product_viewed"));
  assert.equal(entries.size, 1);
});

test("a shopper who refuses while storage answers is heard", async () => {
  const { api, publish, choose, entries } = sandbox(true);
  api.browser.localStorage.getItem = async () => (choose(false), null);
  shopifyPixel(api, { store: "acme" });
  await publish(event("checkout_completed"));
  assert.equal(entries.size, 0);
});

test("never more than 32 entries of 4,000 characters", async () => {
  const { api, publish, entries } = sandbox(true);
  shopifyPixel(api, { store: "acme" });
  const large = { ...checkout, lineItems: Array.from({ length: 200 }, (_, i) => ({ variant: variant(String(i), "x".repeat(200)) })) };
  for (let i = 0; i < 40; i++) await publish({ ...event("checkout_completed"), data: { checkout: large } });
  assert.equal(entries.size, 32);
  for (const text of entries.values()) assert.ok(text.length <= 4_000 && JSON.parse(text).variants.length > 5);
});

test("without consent the theme touches no storage; with it, at once and when it is shown again", () => {
  const entries = new Map([["reshelf.acme.pixel.3", JSON.stringify({ name: "product_viewed", variants: [{ product: "1" }] })]]);
  let touched = 0;
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get: () => (touched++, storageOf(entries)) });
  let consented;
  const shop = recorder({ ...granted, consent: { state: "denied" }, on: (name, handler) => ((consented = handler), () => {}) });
  kept(shopify(shop));
  document.visibilityState = "visible";
  document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(touched, 0);
  shop.consent.state = "granted";
  consented({ state: "granted" });
  assert.deepEqual(shop.events, [{ type: "view", item: "1" }]);
  entries.set("reshelf.acme.pixel.31", JSON.stringify({ name: "checkout_completed", variants: [{ product: "2" }] }));
  entries.set("reshelf.acme.pixel.30", "{ not JSON");
  document.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual(shop.events.at(-1), { type: "purchase", item: "2" });
  assert.equal(entries.size, 0, "what cannot be read does not stay");
  delete globalThis.localStorage;
});

test("an inert shop takes nothing away of what the pixel left", () => {
  const entries = new Map([["reshelf.acme.pixel.3", JSON.stringify({ name: "checkout_completed", variants: [{ product: "1" }] })]]);
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get: () => storageOf(entries) });
  const shop = recorder({ ...granted, status: "inert:blocked" });
  kept(shopify(shop));
  assert.deepEqual([shop.events, entries.size], [[], 1]);
  kept(shopify(recorder({ ...granted, status: "ready" })));
  assert.equal(entries.size, 0);
  delete globalThis.localStorage;
});

test("the pixel to paste runs by itself", async () => {
  const text = readFileSync(new URL("../../pkg/dist/adapters/shopify-pixel.iife.js", import.meta.url), "utf8");
  for (const withApi of [true, false]) {
    const { api, publish, choose, entries } = sandbox(false);
    const { customerPrivacy, ...others } = api;
    vm.runInNewContext(`const RESHELF_STORE = "acme";\n${text}`, { ...others, ...(withApi ? { api: { customerPrivacy } } : { customerPrivacy }) });
    choose(true);
    await publish(event("checkout_completed"));
    assert.match([...entries.keys()].join(), /^reshelf\.acme\.pixel\.\d+$/);
  }
});

test("forgetting deletes what a pixel left, and withdrawn consent as well", async () => {
  const area = new Map();
  const storage = new Proxy({ getItem: key => area.get(key) ?? null, setItem: (key, value) => void area.set(key, value), removeItem: key => void area.delete(key) }, { ownKeys: () => [...area.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) });
  put("localStorage", storage);
  const shop = await createTestReshelf({ store: "acme" });
  area.set("reshelf.acme.pixel.1", "{}");
  await shop.forget();
  assert.equal(area.size, 0);
  area.set("reshelf.acme.pixel.1", "{}");
  shop.consent.grant();
  shop.consent.deny();
  assert.equal(area.size, 0);
  delete globalThis.localStorage;
});

// --------------------------------------------------------- recommendations

/** As shopify.dev/docs/api/ajax/reference/product-recommendations shows a product; prices in cents. */
const recommended = (id, type) => ({ id, title: `${type} ${id}`, handle: `p-${id}`, vendor: "Wick & Co", type, tags: ["new"], price: 380_000, price_varies: true, available: true, compare_at_price: null, variants: [], images: [], url: `/products/p-${id}?pr_prod_strat=e5_desc` });
const answer = { intent: "related", products: [...Array.from({ length: 6 }, (_, i) => recommended(i + 1, "Kitchen")), ...Array.from({ length: 4 }, (_, i) => recommended(i + 7, "Candles"))] };

test("Shopify's recommendations in the shopper's order, asked with the product's number alone", async t => {
  const asked = [];
  window.Shopify = { routes: { root: "/fr/" } };
  t.mock.method(globalThis, "fetch", async url => (asked.push(url), Response.json(answer)));
  const shop = await createTestReshelf({ strength: 100, quota: 10 });
  for (let i = 0; i < 12; i++) {
    shop.addItems([{ id: `c${i}`, category: ["Candles"] }, { id: `k${i}`, category: ["Kitchen"] }, { id: `g${i}`, category: ["Garden"] }]);
    for (const type of ["view", "addToCart", "purchase"]) shop.track({ type, item: `c${i}` });
  }
  const products = await shopifyRecommendations(shop, { product: 7194 });
  assert.deepEqual(asked, ["/fr/recommendations/products.json?product_id=7194&limit=10&intent=related"]);
  assert.deepEqual(products.map(({ type }) => type), Array(4).fill("Candles"));
  assert.deepEqual(plain(products[0]), recommended(products[0].id, "Candles"), "as Shopify described it");
  const rows = recorder();
  await shopifyRecommendations(rows, { product: 7194 });
  assert.deepEqual(rows.rows[0], { id: "1", title: "Kitchen 1", category: ["Kitchen"], brand: "Wick & Co", price: 3_800, inStock: true, tags: ["new"] });
});

test("no recommendations where there are none to be had", async t => {
  for (const answer of [async () => new Response("", { status: 404 }), async () => new Response("<html>"), async () => assert.fail(), async () => Response.json({ products: null })]) {
    t.mock.method(globalThis, "fetch", answer);
    assert.deepEqual(await shopifyRecommendations(recorder(), { product: 1 }), []);
  }
});

// ------------------------------------------------------------------ fuzzing

test("5,000 events, documented ones with parts replaced and anything: none throws, none is a wrong call", async () => {
  const shop = recorder();
  const stop = kept(shopify(shop));
  const { api, entries } = sandbox(true);
  const callbacks = new Map();
  api.analytics.subscribe = (name, callback) => callbacks.set(name, callback);
  shopifyPixel(api, { store: "acme", events: Object.keys(data) });
  // Without ids, by which an event counts once.
  fuzz(Object.keys(data).map(name => ({ ...event(name), id: null })), each => {
    stop.hear(each);
    callbacks.get("checkout_completed")(each);
  });
  await new Promise(done => setImmediate(done));
  assert.deepEqual(shop.refused, []);
  assert.ok(shop.events.length > 400, `${shop.events.length} events were understood`);
  assert.equal(entries.size, 32);
});

test("5,000 entries that somebody else left: none throws, none is a wrong call", () => {
  const shop = recorder(granted);
  let text;
  put("localStorage", { getItem: key => (key.endsWith(".7") ? text : null), removeItem() {} });
  document.visibilityState = "visible";
  kept(shopify(shop));
  const entry = { id: "e", name: "checkout_completed", at: 1, once: "5551", query: "q", list: "28", variants: [{ product: "1", variant: "2", sku: "3", title: "t", vendor: "v", type: "c", price: 1, currency: "EUR" }] };
  let number = 0;
  fuzz([entry], given => {
    try {
      text = JSON.stringify({ ...given, id: number++, once: number });
    } catch {
      text = "{";
    }
    document.dispatchEvent(new Event("visibilitychange"));
  });
  assert.deepEqual(shop.refused, []);
  assert.ok(shop.events.length > 1_000, `${shop.events.length} events were understood`);
});
