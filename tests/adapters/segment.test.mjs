// Segment's ecommerce specification. Fields as documented at
// twilio.com/docs/segment/connections/spec/ecommerce/v2
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { segment } from "../../pkg/dist/adapters/segment.js";
import { becomes, documented, fuzz, kept, recorder } from "./support.mjs";

const monopoly = {
  product_id: "507f1f77bcf86cd799439011",
  sku: "45790-32",
  name: "Monopoly: 3rd Edition",
  price: 19,
  position: 1,
  category: "Games > Board games",
  brand: "Hasbro",
  variant: "200 pieces",
  quantity: 1,
  coupon: "MAYDEALS",
  url: "https://www.example.com/product/path",
  image_url: "https://www.example.com/product/path.jpg",
};
const uno = { product_id: "505bd76785ebb509fc183733", sku: "46493-32", name: "Uno Card Game", price: "3", position: 2, category: "Games" };
const products = [monopoly, uno];
const order = { order_id: "50314b8e9bcf000000000000", affiliation: "Google Store", total: 27.5, revenue: 25, shipping: 3, tax: 2, discount: 2.5, coupon: "hasbros", currency: "USD", products };
const promotion = { promotion_id: "promo_1", creative: "top_banner_2", name: "75% store-wide shoe sale", position: "home_banner_top" };
const coupon = { order_id: "50314b8e9bcf000000000000", cart_id: "923923929jd29jd92dj9j93fj3", coupon_id: "may_deals_2016", coupon_name: "May Deals 2016", discount: 23.32 };
const wishlist = { wishlist_id: "skynet_1", wishlist_name: "Loved Games", ...monopoly };
const checkout = { checkout_id: "50314b8e9bcf000000000000", step: 2, shipping_method: "Fedex", payment_method: "Visa" };

/** Every event with the properties that its documentation shows. */
const samples = {
  "Products Searched": { query: "blue roses" },
  "Product List Viewed": { list_id: "hot_deals_1", category: "Deals", products },
  "Product List Filtered": {
    list_id: "todays_deals_may_11_2019",
    filters: [{ type: "department", value: "beauty" }, { type: "price", value: "under-$25" }],
    sorts: [{ type: "price", value: "desc" }],
    products,
  },
  "Promotion Viewed": promotion,
  "Promotion Clicked": promotion,
  "Product Clicked": monopoly,
  "Product Viewed": { ...monopoly, currency: "usd", value: 18.99 },
  "Product Added": { cart_id: "skdjsidjsdkdj29j", ...monopoly },
  "Product Removed": { cart_id: "ksjdj92dj29dj92d2j", ...monopoly },
  "Cart Viewed": { cart_id: "d92jd29jd92jd29j92d92jd", products },
  "Checkout Started": { ...order, value: 30 },
  "Checkout Step Viewed": checkout,
  "Checkout Step Completed": checkout,
  "Payment Info Entered": checkout,
  "Order Updated": order,
  "Order Completed": order,
  "Order Refunded": { order_id: order.order_id, total: 30, currency: "USD", products },
  "Order Cancelled": order,
  "Coupon Entered": coupon,
  "Coupon Applied": coupon,
  "Coupon Denied": { ...coupon, reason: "Coupon expired" },
  "Coupon Removed": coupon,
  "Product Added to Wishlist": wishlist,
  "Product Removed from Wishlist": wishlist,
  "Wishlist Product Added to Cart": { ...wishlist, cart_id: "99j2d92j9dj29dj29d2d" },
  "Product Shared": { share_via: "email", share_message: "Hey, check out this item", recipient: "friend@example.com", ...monopoly },
  "Cart Shared": { share_via: "email", cart_id: "d92jd29jd92jd29j92d92jd", products: [{ product_id: "1" }] },
  "Product Reviewed": { product_id: "1", review_id: "kdfjrj39fj39jf3", review_body: "I love this product", rating: "5" },
};

/** The library, as far as it calls a middleware. */
function library() {
  const middlewares = [];
  const passed = [];
  return {
    passed,
    addSourceMiddleware: middleware => middlewares.push(middleware),
    track(event, properties, more) {
      const payload = { obj: { type: "track", event, properties, ...more } };
      const next = ([first, ...others]) => (first ? first({ payload, integrations: {}, next: () => next(others) }) : passed.push(payload));
      next(middlewares);
    },
    page: () => middlewares.forEach(middleware => middleware({ payload: { obj: { type: "page", name: "Product Viewed" } }, next() {} })),
  };
}

/** What Segment's snippet leaves until the library comes: an array that notes calls. */
function snippet(methods = ["track", "page", "addSourceMiddleware"]) {
  const stub = [];
  for (const method of methods) stub[method] = (...given) => (stub.push([method, ...given]), stub);
  return stub;
}

/** What the library does with them: middlewares first. */
function arrive(stub, real) {
  window.analytics = real;
  for (const [method, ...given] of stub.filter(([method]) => method === "addSourceMiddleware")) real[method](...given);
  for (const [method, ...given] of stub.filter(([method]) => method !== "addSourceMiddleware")) real[method](...given);
}

const table = documented("Segment");

test("every documented event is in the table, and no other", () => {
  assert.deepEqual([...table.keys()].sort(), Object.keys(samples).sort());
});

for (const [name, properties] of Object.entries(samples)) {
  test(`${name} becomes what the table says, by middleware and by wrapper`, () => {
    const heard = [library(), { track() {} }].map(analytics => {
      window.analytics = analytics;
      const shop = recorder();
      kept(segment(shop));
      analytics.track(name, properties);
      return shop;
    });
    for (const { events, refused } of heard) {
      assert.equal(becomes(events), table.get(name));
      assert.deepEqual(refused, []);
    }
    assert.deepEqual(heard[0].events, heard[1].events);
    assert.deepEqual(heard[0].rows, heard[1].rows);
  });
}

test("a product's row, its list and its place", () => {
  window.analytics = library();
  const shop = recorder();
  kept(segment(shop));
  window.analytics.track("Product List Filtered", { ...samples["Product List Filtered"], currency: "USD" }, { timestamp: "2026-01-02T03:04:05.000Z" });
  assert.deepEqual(shop.rows, [
    { id: monopoly.product_id, title: monopoly.name, category: ["Games", "Board games"], brand: "Hasbro", price: 19, currency: "USD", tags: ["variant:200 pieces"] },
    { id: uno.product_id, title: uno.name, category: ["Games"], price: 3, currency: "USD" },
  ]);
  const at = Date.UTC(2026, 0, 2, 3, 4, 5);
  assert.deepEqual(shop.events, [
    { type: "filter", value: "department:beauty", at },
    { type: "filter", value: "price:under-$25", at },
    { type: "sort", value: "price:desc", at },
    { type: "impression", item: monopoly.product_id, placement: "todays_deals_may_11_2019", position: 0, at },
    { type: "impression", item: uno.product_id, placement: "todays_deals_may_11_2019", position: 1, at },
  ]);
});

test("what waits in the snippet's queue is heard once, before and after the library came", () => {
  const stub = (window.analytics = snippet());
  stub.track("Product Viewed", monopoly);
  const shop = recorder();
  kept(segment(shop));
  stub.track("Product Added", monopoly);
  const real = library();
  arrive(stub, real);
  for (let i = 0; i < 5; i++) mock.timers.tick(2_000);
  real.track("Product Removed", monopoly);
  assert.deepEqual(shop.events.map(({ type }) => type), ["view", "addToCart", "removeFromCart"]);
  assert.equal(real.passed.length, 3, "nothing is held back");
});

test("a library that never comes, as behind an ad blocker: its queue is heard after eight seconds, and what follows", () => {
  const stub = (window.analytics = snippet());
  stub.track("Product Viewed", monopoly);
  const shop = recorder();
  const stop = kept(segment(shop));
  mock.timers.tick(7_900);
  assert.deepEqual(shop.events, [], "it may still come");
  mock.timers.tick(100);
  stub.track("Product Added", monopoly);
  assert.deepEqual(shop.events.map(({ type }) => type), ["view", "addToCart"]);
  stop();
  stub.track("Product Removed", monopoly);
  assert.equal(shop.events.length, 2);
  assert.deepEqual(stub.map(([method]) => method), ["track", "addSourceMiddleware", "track", "track"], "the queue is as the page left it");
});

test("a library that comes after all hands on what was heard already, and it counts once", () => {
  const stub = (window.analytics = snippet());
  stub.track("Product Viewed", monopoly);
  const shop = recorder();
  kept(segment(shop));
  mock.timers.tick(8_000);
  stub.track("Product Added", monopoly);
  const real = library();
  arrive(stub, real);
  real.track("Product Removed", monopoly);
  // Segment's snippet hands calls on to the library that is there.
  stub.push = call => real.track(...call.slice(1));
  stub.track("Product Clicked", monopoly);
  assert.deepEqual(shop.events.map(({ type }) => type), ["view", "addToCart", "removeFromCart", "click"]);
  assert.equal(real.passed.length, 4);
});

test("a library without middlewares: its queue, its stub and itself", () => {
  const stub = (window.rudderanalytics = snippet(["track"]));
  stub.track("Product Viewed", monopoly);
  const shop = recorder();
  const stop = kept(segment(shop, { global: "rudderanalytics" }));
  stub.track("Product Added", monopoly);
  const calls = [];
  const own = (...given) => calls.push(given);
  window.rudderanalytics = { track: own };
  mock.timers.tick(500);
  window.rudderanalytics.track("Product Removed", monopoly);
  assert.deepEqual(shop.events.map(({ type }) => type), ["view", "addToCart", "removeFromCart"]);
  assert.deepEqual(calls, [["Product Removed", monopoly]]);
  stop();
  assert.equal(window.rudderanalytics.track, own);
});

test("an object that is no global, another id; an order counts once; pages and stopped adapters say nothing", () => {
  const analytics = library();
  const shop = recorder();
  const stop = kept(segment(shop, { analytics, id: product => product.sku }));
  analytics.page();
  analytics.track("Order Completed", order);
  analytics.track("Order Completed", order);
  stop();
  analytics.track("Product Viewed", monopoly);
  assert.deepEqual(shop.events.map(({ type, item }) => [type, item]), [["purchase", "45790-32"], ["purchase", "46493-32"]]);
  assert.equal(analytics.passed.length, 3);
});

test("a library that throws or rejects a middleware is not the page's concern", async () => {
  for (const addSourceMiddleware of [() => assert.fail(), () => Promise.reject(new Error("after initialisation"))]) {
    window.analytics = { addSourceMiddleware };
    kept(segment(recorder()));
  }
  await null;
});

test("5,000 payloads, documented ones with parts replaced and anything: none throws, none is a wrong call, all are handed on", () => {
  let middleware;
  window.analytics = { addSourceMiddleware: given => (middleware = given) };
  const shop = recorder();
  kept(segment(shop));
  let handed = 0;
  const payloads = Object.entries(samples).map(([event, properties]) => ({ obj: { type: "track", event, properties, timestamp: new Date(0) } }));
  fuzz(payloads, payload => middleware({ payload, next: given => (handed += Object.is(given, payload)) }));
  assert.equal(handed, 5_000);
  assert.deepEqual(shop.refused, []);
  assert.ok(shop.events.length > 1_000, `${shop.events.length} events were understood`);
});
