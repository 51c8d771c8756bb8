// Subscriptions, consent, pause, forget and the end of an instance.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ReshelfError, createTestReshelf, personas, sampleItems } from "../../pkg/dist/testing.js";

// The engine's memory is not to be had through the package, so it is noted where it is made.
let memory;
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...given) => {
  const result = await instantiate(...given);
  memory = (result.instance ?? result).exports.memory;
  return result;
};

const ids = sampleItems.map(item => item.id);
const lover = personas.find(({ name }) => name === "candle lover");

async function learned(options) {
  const shop = await createTestReshelf(options);
  shop.addItems(sampleItems);
  lover.events.forEach(event => shop.track(event));
  return shop;
}

const settled = () => new Promise(done => setTimeout(done));

test("handlers run after the call that caused them returned", async () => {
  const shop = await learned();
  const heard = [];
  shop.on("ranked", detail => heard.push(detail));
  const order = shop.order("search", ids);
  assert.deepEqual(heard, []);
  await settled();
  assert.equal(heard.length, 1);
  assert.equal(heard[0].placement, "search");
  assert.deepEqual(heard[0].before, ids);
  assert.deepEqual(heard[0].after, Array.from(order, index => ids[index]));
  shop.destroy();
});

test("a handler may call the instance, subscribe and unsubscribe", async () => {
  const shop = await learned();
  let calls = 0;
  const stop = shop.on("ranked", () => {
    calls++;
    stop();
    shop.track({ type: "click", item: "candles-1" });
    shop.order("search", ids);
  });
  shop.order("search", ids);
  await settled();
  assert.equal(calls, 1);
  assert.equal(shop.status, "ready");
  shop.destroy();
});

test("a handler that throws is reported and stops nobody", async t => {
  const error = t.mock.method(console, "error", () => {});
  const shop = await learned();
  let reached = false;
  shop.on("ranked", () => {
    throw new Error("the page's own mistake");
  });
  shop.on("ranked", () => (reached = true));
  shop.order("search", ids);
  await settled();
  assert.ok(reached);
  assert.match(String(error.mock.calls[0].arguments[0]), /the page's own mistake/);
  shop.destroy();
});

test("the same function subscribed twice unsubscribes one by one", async () => {
  const shop = await learned();
  const handler = mock.fn();
  const stop = shop.on("ranked", handler);
  shop.on("ranked", handler);
  stop();
  stop();
  shop.order("search", ids);
  await settled();
  assert.equal(handler.mock.callCount(), 1);
  shop.destroy();
});

test("'profile' is heard once a task, with the new profile", async () => {
  const shop = await createTestReshelf();
  shop.addItems(sampleItems);
  const heard = [];
  shop.on("profile", profile => heard.push(profile.events));
  lover.events.forEach(event => shop.track(event));
  await settled();
  assert.deepEqual(heard, [lover.events.length]);
  shop.destroy();
});

test("consent: state, events, and repeated calls", async () => {
  const shop = await createTestReshelf();
  const heard = [];
  shop.on("consent", ({ state }) => heard.push(state));
  assert.equal(shop.consent.state, "denied");
  shop.consent.grant();
  shop.consent.grant();
  assert.equal(shop.consent.state, "granted");
  shop.consent.deny();
  shop.consent.deny();
  assert.equal(shop.consent.state, "denied");
  await settled();
  assert.deepEqual(heard, ["granted", "denied"]);
  shop.destroy();
});

test("denying consent starts from nothing", async () => {
  const shop = await learned({ consent: "granted" });
  assert.equal(shop.consent.state, "granted");
  assert.ok(shop.profile().events > 0);
  shop.consent.deny();
  assert.equal(shop.profile().events, 0);
  assert.deepEqual(Array.from(shop.order("search", ids)), ids.map((_, i) => i));
  shop.destroy();
});

test("consent 'auto' is denied until granted, and stays so under Global Privacy Control", async () => {
  const navigator = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  try {
    for (const [signal, expected] of [[undefined, "granted"], [false, "granted"], [true, "denied"]]) {
      Object.defineProperty(globalThis, "navigator", { value: { globalPrivacyControl: signal }, configurable: true });
      const shop = await createTestReshelf({ consent: "auto" });
      assert.equal(shop.consent.state, "denied");
      shop.consent.grant();
      assert.equal(shop.consent.state, expected);
      shop.destroy();
    }
  } finally {
    if (navigator) Object.defineProperty(globalThis, "navigator", navigator);
    else delete globalThis.navigator;
  }
});

test("paused, nothing is learned and what is known is used", async () => {
  const shop = await learned({ strength: 100 });
  const before = shop.profile().events;
  shop.pause();
  assert.equal(shop.profile().paused, true);
  shop.track({ type: "view", item: "garden-1", dwellMs: 60_000 });
  assert.equal(shop.profile().events, before);
  shop.resume();
  assert.equal(shop.profile().paused, false);
  shop.track({ type: "view", item: "garden-1", dwellMs: 60_000 });
  assert.equal(shop.profile().events, before + 1);
  shop.destroy();
});

test("forget() leaves nothing, and the catalogue stays usable", async () => {
  const shop = await learned({ strength: 100 });
  const liked = Array.from(shop.order("search", ids));
  shop.track({ type: "search", query: "a secret" });
  await shop.forget();
  const profile = shop.profile();
  assert.equal(profile.events, 0);
  assert.equal(profile.since, null);
  assert.deepEqual(profile.interests, []);
  assert.deepEqual(profile.recentlyViewed, []);
  assert.ok(!JSON.stringify(shop.export()).includes("secret"));
  assert.deepEqual(Array.from(shop.order("search", ids)), ids.map((_, i) => i));
  lover.events.forEach(event => shop.track(event));
  assert.deepEqual(Array.from(shop.order("search", ids)), liked, "learns again as on the first day");
  shop.destroy();
});

test("an export survives JSON", async () => {
  const shop = await learned();
  const data = shop.export();
  assert.equal(data.format, "reshelf-profile");
  assert.equal(typeof data.version, "number");
  assert.deepEqual(JSON.parse(JSON.stringify(data)), data);
  shop.destroy();
});

test("after destroy() every call says so, but destroy itself and stops", async () => {
  const shop = await learned();
  const unsubscribe = shop.on("status", ({ status }) => heard.push(status));
  const heard = [];
  const stop = shop.observe();
  shop.destroy();
  shop.destroy();
  assert.equal(shop.status, "destroyed");
  const calls = [
    () => shop.addItems([]),
    () => shop.track({ type: "view", item: "a" }),
    () => shop.rank("search", []),
    () => shop.order("search", []),
    () => shop.arrange(),
    () => shop.observe(),
    () => shop.explain("search", "a"),
    () => shop.profile(),
    () => shop.export(),
    () => shop.pause(),
    () => shop.resume(),
    () => shop.on("status", () => {}),
    () => shop.consent.grant(),
    () => shop.consent.deny(),
  ];
  for (const call of calls) assert.throws(call, error => error instanceof ReshelfError && error.code === "destroyed", String(call));
  await assert.rejects(shop.forget(), error => error instanceof ReshelfError && error.code === "destroyed");
  assert.equal(shop.consent.state, "denied");
  stop();
  await settled();
  assert.deepEqual(heard, ["destroyed"]);
  unsubscribe();
});

test("instances live side by side and end one by one", async () => {
  const [a, b] = await Promise.all([learned({ strength: 100 }), createTestReshelf({ strength: 100 })]);
  b.addItems(sampleItems);
  assert.equal(b.profile().events, 0);
  a.destroy();
  lover.events.forEach(event => b.track(event));
  assert.equal(b.profile().events, lover.events.length);
  b.destroy();
});

test("memory does not grow with use", async () => {
  const shop = await learned();
  const use = rounds => {
    for (let i = 0; i < rounds; i++) {
      shop.track({ type: "view", item: ids[i % ids.length], dwellMs: 1_000 });
      if (i % 10 === 0) shop.order("search", ids);
      if (i % 100 === 0) shop.explain("search", ids[0]);
      if (i % 1_000 === 0) shop.profile();
    }
  };
  use(20_000);
  const before = memory.buffer.byteLength;
  use(100_000);
  assert.equal(memory.buffer.byteLength, before);
  shop.destroy();
});
