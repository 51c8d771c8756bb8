// What `consent: "auto"` hears from Google Consent Mode, and how it listens.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { entry, fakes, gtag, listen, own, settings } from "./consent-page.mjs";

// --------------------------------------------------------------- no source

test("a page without a consent platform says 'unknown', once, and gets no new global", () => {
  const before = Reflect.ownKeys(window);
  const { heard } = listen();
  mock.timers.tick(60_000);
  window.dispatchEvent(new Event("load"));
  assert.deepEqual(heard, ["unknown"]);
  assert.deepEqual(Reflect.ownKeys(window), before);
});

test("without a window, a document or a navigator nothing throws", () => {
  for (const name of fakes) delete globalThis[name];
  const { heard, stop } = listen();
  assert.deepEqual(heard, ["unknown"]);
  stop();
  stop();
});

// ------------------------------------------------------------------ Google

test("Google: what was pushed before is replayed, and only the outcome is told", () => {
  window.dataLayer = [];
  gtag("js", new Date());
  gtag("consent", "default", settings("denied", { wait_for_update: 500 }));
  gtag("consent", "update", settings("granted"));
  assert.deepEqual(listen().heard, ["granted"]);
});

test("Google: default denied, update granted, update denied", () => {
  window.dataLayer = [];
  gtag("consent", "default", settings("denied"));
  const { heard } = listen();
  gtag("event", "page_view");
  gtag("consent", "update", settings("granted"));
  gtag("consent", "update", settings("denied"));
  assert.deepEqual(heard, ["denied", "granted", "denied"]);
});

test("Google: an update wins over a default, also over a later one", () => {
  window.dataLayer = [];
  gtag("consent", "update", settings("denied"));
  gtag("consent", "default", settings("granted"));
  assert.deepEqual(listen().heard, ["denied"]);
});

test("Google: only personalization_storage decides", () => {
  window.dataLayer = [];
  const { heard } = listen();
  gtag("consent", "default", settings(undefined));
  gtag("consent", "update", settings(undefined, { ad_storage: "granted", functionality_storage: "granted" }));
  assert.deepEqual(heard, ["unknown"]);
  gtag("consent", "default", settings("granted"));
  gtag("consent", "update", settings(undefined, { ad_storage: "denied" }));
  assert.deepEqual(heard, ["unknown", "granted"]);
});

test("Google: functionality_storage stands for it where the page says so, and a refusal in so many words refuses", () => {
  window.dataLayer = [];
  const { heard } = listen({ googleConsent: "functionality_storage" });
  gtag("consent", "default", settings("denied", { functionality_storage: "denied" }));
  gtag("consent", "update", settings(undefined, { functionality_storage: "granted" }));
  gtag("consent", "update", settings("denied", { functionality_storage: "granted" }));
  gtag("consent", "update", settings("granted", { functionality_storage: "granted" }));
  gtag("consent", "update", settings("granted", { functionality_storage: "denied" }));
  assert.deepEqual(heard, ["unknown", "denied", "granted", "denied", "granted", "denied"]);
});

test("Google: a default for some regions can refuse but not grant", () => {
  window.dataLayer = [];
  const { heard } = listen();
  gtag("consent", "default", settings("granted", { region: ["US-CA"] }));
  assert.deepEqual(heard, ["unknown"]);
  gtag("consent", "default", settings("granted"));
  gtag("consent", "default", settings("denied", { region: ["ES", "US-AK"] }));
  gtag("consent", "default", settings("granted", { region: ["ES"] }));
  gtag("consent", "default", settings("granted"));
  assert.deepEqual(heard, ["unknown", "granted", "denied"]);
  gtag("consent", "update", settings("granted"));
  assert.deepEqual(heard, ["unknown", "granted", "denied", "granted"]);
});

test("Google: a value that is mentioned and misspelt is no consent", () => {
  for (const value of [true, 1, null, "", "GRANTED", "granted ", ["granted"], { valueOf: () => "granted" }]) {
    window.dataLayer = [];
    gtag("consent", "update", settings("granted"));
    const { heard } = listen();
    gtag("consent", "update", settings(value));
    assert.deepEqual(heard, ["granted", "denied"], String(value));
  }
});

test("Google: a transpiled gtag pushes arrays, and the layer may have another name", () => {
  window.events = [["consent", "default", settings("denied")]];
  const { heard } = listen({ dataLayer: "events" });
  window.events.push({ event: "x" }, ["consent", "update", settings("granted")]);
  assert.deepEqual(heard, ["denied", "granted"]);
});

test("Google: a layer created later is found at load events and by the clock", () => {
  for (const arrive of [
    () => window.dispatchEvent(new Event("DOMContentLoaded")),
    () => window.dispatchEvent(new Event("load")),
    () => mock.timers.tick(500),
    () => mock.timers.tick(8_000),
  ]) {
    delete window.dataLayer;
    const { heard, stop } = listen();
    window.dataLayer = [];
    gtag("consent", "default", settings("granted"));
    assert.deepEqual(heard, ["unknown"]);
    arrive();
    gtag("consent", "update", settings("denied"));
    assert.deepEqual(heard, ["unknown", "granted", "denied"]);
    stop();
  }
});

test("Google: looking ends after eight seconds", () => {
  const { heard } = listen();
  mock.timers.tick(8_001);
  let reads = 0;
  Object.defineProperty(window, "dataLayer", { get: () => void reads++, configurable: true });
  mock.timers.tick(3_600_000);
  assert.equal(reads, 0);
  assert.deepEqual(heard, ["unknown"]);
});

test("Google: a layer that replaces another is followed, and the old one let go", () => {
  window.dataLayer = [];
  const old = window.dataLayer;
  const { heard } = listen();
  window.dataLayer = [];
  gtag("consent", "default", settings("denied"));
  mock.timers.tick(500);
  assert.equal(Object.hasOwn(old, "push"), false);
  old.push(["consent", "update", settings("granted")]);
  const inner = window.dataLayer.push;
  window.dataLayer.push = function (...entries) {
    return inner.apply(this, entries);
  };
  const wrapped = window.dataLayer;
  window.dataLayer = [];
  mock.timers.tick(500);
  wrapped.push(["consent", "update", settings("granted")]);
  assert.deepEqual(heard, ["unknown", "denied"]);
});

test("Google: a layer is wrapped once, and only an array is one", () => {
  window.dataLayer = [];
  listen();
  const { push } = window.dataLayer;
  mock.timers.tick(60_000);
  assert.equal(window.dataLayer.push, push);
  const entries = { 0: ["consent", "update", settings("granted")], length: 1, push: () => 1 };
  window.dataLayer = entries;
  assert.deepEqual(listen().heard, ["unknown"]);
});

test("push answers as before: length, several entries, `this`, exceptions", () => {
  window.dataLayer = [];
  listen();
  assert.equal(window.dataLayer.push("a", "b"), 2);
  assert.equal(window.dataLayer.push(), 2);
  const other = [];
  assert.equal(window.dataLayer.push.call(other, 1), 1);
  assert.deepEqual([other, [...window.dataLayer]], [[1], ["a", "b"]]);
  assert.throws(() => (0, window.dataLayer.push)(1), TypeError);
  const refused = new Error("the page's own");
  window.dataLayer = [];
  window.dataLayer.push = () => {
    throw refused;
  };
  mock.timers.tick(500);
  assert.throws(() => window.dataLayer.push(1), error => error === refused);
});

test("a wrapper before us may correct an entry, and returns what it likes", () => {
  window.dataLayer = [];
  window.dataLayer.push = function (entry) {
    if (entry[0] === "consent") entry[2].personalization_storage = "denied";
    return Array.prototype.push.call(this, entry) > 0;
  };
  const { heard } = listen();
  assert.equal(gtag("consent", "update", settings("granted")), true);
  assert.deepEqual(heard, ["unknown", "denied"]);
});

test("stop() restores push when ours is the outermost", () => {
  window.dataLayer = [];
  const inherited = listen();
  assert.notEqual(window.dataLayer.push, Array.prototype.push);
  inherited.stop();
  assert.equal(window.dataLayer.push, Array.prototype.push);
  assert.equal(Object.hasOwn(window.dataLayer, "push"), false);
  const wrapper = (...entries) => Array.prototype.push.apply(window.dataLayer, entries);
  window.dataLayer.push = wrapper;
  const wrapped = listen();
  assert.notEqual(window.dataLayer.push, wrapper);
  wrapped.stop();
  assert.equal(window.dataLayer.push, wrapper);
});

test("stop() goes silent under somebody else's wrapper", () => {
  window.dataLayer = [];
  const { heard, stop } = listen();
  const ours = window.dataLayer.push;
  const theirs = function (...entries) {
    return ours.apply(this, entries);
  };
  window.dataLayer.push = theirs;
  gtag("consent", "update", settings("denied"));
  stop();
  assert.equal(window.dataLayer.push, theirs);
  assert.equal(gtag("consent", "update", settings("granted")), 2);
  mock.timers.tick(60_000);
  assert.deepEqual(heard, ["unknown", "denied"]);
});

test("a layer that cannot be followed can refuse but not grant", () => {
  const granted = ["consent", "update", settings("granted")];
  const denied = ["consent", "update", settings("denied")];
  const unwritable = entry => Object.defineProperty([entry], "push", { value: Array.prototype.push });
  const swallowing = entry => Object.defineProperty([entry], "push", { get: () => Array.prototype.push, set: () => {} });
  const without = entry => Object.assign([entry], { push: "no function" });
  for (const make of [entry => Object.freeze([entry]), unwritable, swallowing, without]) {
    window.dataLayer = make(granted);
    assert.deepEqual(listen().heard, ["unknown"]);
    window.dataLayer = make(denied);
    assert.deepEqual(listen().heard, ["denied"]);
  }
});

test("two watchers on one layer do not disturb each other", () => {
  window.dataLayer = [];
  const [first, second] = [listen(), listen()];
  gtag("consent", "update", settings("granted"));
  first.stop();
  gtag("consent", "update", settings("denied"));
  second.stop();
  assert.deepEqual([first.heard, second.heard], [["unknown", "granted"], ["unknown", "granted", "denied"]]);
});
