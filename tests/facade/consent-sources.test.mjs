// What `consent: "auto"` hears from the page's consent platforms, one by one and together.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import fc from "fast-check";

// The source itself: the built package does not hand this module out.
const entry = fileURLToPath(new URL("../../pkg/src/consent/watch.ts", import.meta.url));
const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", write: false, logLevel: "error" });
const { watchConsent } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);

// ---------------------------------------------------------------- the page

const fakes = ["window", "document", "navigator"];
const own = new Map(fakes.map(name => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
const touched = [];
let stops = [];

/** What is still waited for: nothing, after a stop. */
const waiting = new Set();

class Target extends EventTarget {
  addEventListener(type, listener) {
    waiting.add(listener);
    super.addEventListener(type, listener);
  }
  removeEventListener(type, listener) {
    waiting.delete(listener);
    super.removeEventListener(type, listener);
  }
}

/** The clock of `mock.timers`, which does not say what is pending. */
function countTimers() {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  globalThis.setTimeout = (run, milliseconds) => {
    const timer = set(() => (waiting.delete(timer), run()), milliseconds);
    waiting.add(timer);
    return timer;
  };
  globalThis.clearTimeout = timer => (waiting.delete(timer), clear(timer));
}

const put = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

beforeEach(() => {
  countTimers();
  touched.length = 0;
  const document = new Target();
  for (const name of ["cookie", "documentElement", "createElement"]) {
    Object.defineProperty(document, name, { get: () => touched.push(`document.${name}`) });
  }
  const window = new Target();
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches", "cookieStore", "fetch", "XMLHttpRequest"]) {
    Object.defineProperty(window, name, { get: () => touched.push(`window.${name}`) });
  }
  put("window", window);
  put("document", document);
  put("navigator", {});
});

afterEach(() => {
  for (const stop of stops) stop();
  stops = [];
  const left = waiting.size;
  waiting.clear();
  mock.timers.reset();
  for (const [name, descriptor] of own) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else delete globalThis[name];
  }
  assert.deepEqual(touched, [], "neither storage nor network");
  assert.equal(left, 0, "no timer and no listener after a stop");
});

/** Starts watching; the array grows with each signal. */
function listen(options) {
  const heard = [];
  const stop = watchConsent(signal => heard.push(signal), options);
  stops.push(stop);
  return { heard, stop };
}

/** Google's own snippet: what is pushed is an `arguments` object. */
function gtag() {
  return window.dataLayer.push(arguments);
}
const settings = (value, more) => ({
  ad_storage: "denied",
  ad_user_data: "denied",
  ad_personalization: "denied",
  analytics_storage: "granted",
  functionality_storage: "granted",
  security_storage: "granted",
  ...(value === undefined ? {} : { personalization_storage: value }),
  ...more,
});

/** A consent platform with the queue stub of the specification, until `load()`. */
function tcfPlatform() {
  const queue = [];
  const listeners = new Map();
  const removed = [];
  const platform = {
    removed,
    asked: [],
    install() {
      window.__tcfapi = (...call) => {
        platform.asked.push(call[0]);
        queue.push(call);
      };
      return platform;
    },
    load() {
      window.__tcfapi = (command, version, callback, parameter) => {
        assert.equal(version, 2);
        if (command === "addEventListener") listeners.set(listeners.size, callback);
        else if (command === "removeEventListener") {
          removed.push(parameter);
          callback(listeners.delete(parameter));
        } else assert.fail(`unexpected ${command}`);
      };
      for (const call of queue.splice(0)) window.__tcfapi(...call);
      return platform;
    },
    say(data, success = true) {
      for (const [listenerId, callback] of [...listeners]) callback(data && { ...data, listenerId }, success);
    },
  };
  return platform;
}
const tcData = (eventStatus, purposes, more) => ({
  tcString: "CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA",
  tcfPolicyVersion: 4,
  cmpId: 1000,
  cmpVersion: 1000,
  gdprApplies: true,
  eventStatus,
  cmpStatus: "loaded",
  isServiceSpecific: true,
  purpose: { consents: Object.fromEntries(purposes.map(purpose => [purpose, true])), legitimateInterests: { 2: true } },
  vendor: { consents: {}, legitimateInterests: {} },
  ...more,
});

function shopifyApi(allowed) {
  return {
    analyticsProcessingAllowed: () => true,
    marketingAllowed: () => true,
    saleOfDataAllowed: () => true,
    preferencesProcessingAllowed: () => allowed,
  };
}
const shopperChose = detail => document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail }));

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

// ----------------------------------------------------------------- Shopify

test("Shopify: the API that is there is asked for preferences", () => {
  window.Shopify = { customerPrivacy: { ...shopifyApi(true), marketingAllowed: () => false } };
  assert.deepEqual(listen().heard, ["granted"]);
  window.Shopify = { customerPrivacy: shopifyApi(false) };
  assert.deepEqual(listen().heard, ["denied"]);
});

test("Shopify: the API is loaded, once, when it is not there", () => {
  const calls = [];
  window.Shopify = { customerPrivacy: {}, loadFeatures: (...given) => calls.push(given) };
  const { heard } = listen();
  mock.timers.tick(1_000);
  assert.equal(calls.length, 1);
  const [features, loaded] = calls[0];
  assert.deepEqual(features, [{ name: "consent-tracking-api", version: "0.1" }]);
  window.Shopify.customerPrivacy = shopifyApi(true);
  loaded();
  loaded();
  assert.deepEqual(heard, ["unknown", "granted"]);
});

test("Shopify: a failure to load, or none at all, is 'unknown'", () => {
  window.Shopify = { loadFeatures: (_, loaded) => loaded(new Error("blocked")) };
  const failed = listen();
  window.Shopify = { loadFeatures: () => assert.fail("its own exception") };
  const thrown = listen();
  window.Shopify = { loadFeatures: () => {} };
  const silent = listen();
  mock.timers.tick(60_000);
  for (const { heard } of [failed, thrown, silent]) assert.deepEqual(heard, ["unknown"]);
});

test("Shopify: while its API is on the way, a grant of others waits, three seconds at most", () => {
  window.dataLayer = [];
  gtag("consent", "default", settings("granted"));
  window.Shopify = { loadFeatures: () => {} };
  const { heard } = listen();
  mock.timers.tick(2_999);
  assert.deepEqual(heard, ["unknown"]);
  mock.timers.tick(1);
  assert.deepEqual(heard, ["unknown", "granted"]);
});

test("Shopify: its loader gets no exception of the API's", () => {
  let loaded;
  window.Shopify = { loadFeatures: (_, given) => (loaded = given) };
  const { heard } = listen();
  window.Shopify.customerPrivacy = { preferencesProcessingAllowed: () => assert.fail("not ready") };
  loaded();
  assert.deepEqual(heard, ["unknown"]);
});

test("Shopify: the shopper's choice is heard, and stands against an older answer of the API", () => {
  window.Shopify = { customerPrivacy: shopifyApi(false) };
  const { heard, stop } = listen();
  shopperChose({ analyticsAllowed: false, marketingAllowed: false, preferencesAllowed: true, saleOfDataAllowed: false });
  mock.timers.tick(8_000);
  assert.deepEqual(heard, ["denied", "granted"]);
  shopperChose({ analyticsAllowed: true, marketingAllowed: true, preferencesAllowed: false, saleOfDataAllowed: true });
  assert.deepEqual(heard, ["denied", "granted", "denied"]);
  stop();
  shopperChose({ preferencesAllowed: true });
  assert.deepEqual(heard, ["denied", "granted", "denied"]);
});

test("Shopify: an event without the detail asks the API; without an API it says nothing", () => {
  const { heard } = listen();
  for (const detail of [undefined, null, 1, {}, { preferencesAllowed: "true" }, { preferencesAllowed: 1 }]) shopperChose(detail);
  assert.deepEqual(heard, ["unknown"]);
  window.Shopify = { customerPrivacy: shopifyApi(true) };
  shopperChose(null);
  assert.deepEqual(heard, ["unknown", "granted"]);
});

test("Shopify: only true grants", () => {
  for (const value of [undefined, null, 1, "true", "yes", {}, Promise.resolve(true)]) {
    window.Shopify = { customerPrivacy: shopifyApi(value) };
    assert.deepEqual(listen().heard, ["unknown"], String(value));
  }
});

// --------------------------------------------------------------------- TCF

test("TCF: purposes 1, 5 and 6 together grant", () => {
  const platform = tcfPlatform().load();
  const { heard } = listen();
  assert.deepEqual(heard, ["unknown"]);
  platform.say(tcData("tcloaded", [1, 2, 5, 6]));
  assert.deepEqual(heard, ["unknown", "granted"]);
  for (const purposes of [[], [1], [5, 6], [1, 5], [1, 6], [1, 2, 3, 4, 7, 8, 9, 10]]) {
    platform.say(tcData("useractioncomplete", [1, 5, 6]));
    platform.say(tcData("useractioncomplete", purposes));
    assert.equal(heard.at(-1), "denied", String(purposes));
  }
});

test("TCF: nothing counts before the platform is ready", () => {
  const platform = tcfPlatform().load();
  const { heard } = listen();
  platform.say(null, false);
  platform.say(tcData("tcloaded", [1, 5, 6]), false);
  platform.say(tcData(undefined, [1, 5, 6], { cmpStatus: "loading" }));
  platform.say(tcData("cmpuishown", [1, 5, 6]));
  platform.say(tcData("tcLoaded", [1, 5, 6]));
  mock.timers.tick(60_000);
  assert.deepEqual(heard, ["unknown"]);
});

test("TCF: the queue stub hands the question on; a choice, shown again, stands until changed", () => {
  const platform = tcfPlatform().install();
  const { heard } = listen();
  mock.timers.tick(1_000);
  assert.deepEqual(platform.asked, ["addEventListener"], "asked once");
  platform.load();
  platform.say(tcData("cmpuishown", []));
  platform.say(tcData("useractioncomplete", [1, 5, 6]));
  platform.say(tcData("cmpuishown", [1, 5, 6]));
  platform.say(tcData("useractioncomplete", [1]));
  assert.deepEqual(heard, ["unknown", "granted", "denied"]);
});

test("TCF: a stub that appears later is found", () => {
  const { heard } = listen();
  mock.timers.tick(3_999);
  const platform = tcfPlatform().load();
  mock.timers.tick(1);
  platform.say(tcData("tcloaded", [1, 5, 6]));
  assert.deepEqual(heard, ["unknown", "granted"]);
});

test("TCF: where the GDPR does not apply, the others decide", () => {
  window.dataLayer = [];
  gtag("consent", "default", settings("granted"));
  const platform = tcfPlatform().load();
  const { heard } = listen();
  platform.say({ gdprApplies: false, tcfPolicyVersion: 4, cmpId: 1000, cmpVersion: 1000 });
  assert.deepEqual(heard, ["unknown", "granted"]);
});

test("TCF: one that never answers holds a grant back for three seconds and never grants", () => {
  tcfPlatform().install();
  const alone = listen();
  window.dataLayer = [];
  gtag("consent", "default", settings("granted"));
  const { heard } = listen();
  mock.timers.tick(2_999);
  assert.deepEqual(heard, ["unknown"]);
  mock.timers.tick(1);
  assert.deepEqual(heard, ["unknown", "granted"]);
  alone.stop();
  delete window.dataLayer;
  const without = listen();
  mock.timers.tick(60_000);
  assert.deepEqual(without.heard, ["unknown"]);
});

test("TCF: while the shopper is being asked, nobody else's grant counts, however long", () => {
  window.Shopify = { customerPrivacy: shopifyApi(true) };
  const platform = tcfPlatform().load();
  const { heard } = listen();
  platform.say(tcData("cmpuishown", []));
  mock.timers.tick(600_000);
  assert.deepEqual(heard, ["unknown"]);
  platform.say(tcData("useractioncomplete", [1, 5, 6]));
  assert.deepEqual(heard, ["unknown", "granted"]);
});

test("TCF: stop() removes the listener, also one that is registered afterwards", () => {
  const loaded = tcfPlatform().load();
  const first = listen();
  loaded.say(tcData("tcloaded", [1, 5, 6]));
  first.stop();
  first.stop();
  assert.deepEqual(loaded.removed, [0]);
  const queued = tcfPlatform().install();
  const second = listen();
  second.stop();
  queued.load();
  queued.say(tcData("tcloaded", [1, 5, 6]));
  queued.say(tcData("tcloaded", [1, 5, 6]));
  assert.deepEqual(queued.removed, [0]);
  assert.deepEqual([first.heard, second.heard], [["unknown", "granted"], ["unknown"]]);
});

test("TCF: a platform that calls back inside removeEventListener is left all the same", () => {
  let calls = 0;
  let callback;
  window.__tcfapi = (command, _, given) => {
    calls++;
    if (command === "addEventListener") callback = given;
    callback(tcData("tcloaded", [1, 5, 6], { listenerId: 7 }), true);
  };
  const { heard, stop } = listen();
  stop();
  assert.deepEqual([calls, heard], [2, ["granted"]]);
});

// -------------------------------------------------------- GPC and together

test("Global Privacy Control refuses whatever the others say, and never grants", () => {
  window.dataLayer = [];
  gtag("consent", "update", settings("granted"));
  for (const [signal, expected] of [[true, "denied"], [false, "granted"], [undefined, "granted"], ["1", "granted"]]) {
    put("navigator", { globalPrivacyControl: signal });
    assert.deepEqual(listen().heard, [expected], String(signal));
  }
  delete window.dataLayer;
  put("navigator", { globalPrivacyControl: false });
  assert.deepEqual(listen().heard, ["unknown"]);
});

test("the strictest wins, for all combinations", () => {
  const choices = ["granted", "denied", undefined];
  for (const google of choices) {
    for (const shopify of choices) {
      for (const tcf of choices) {
        window.dataLayer = [];
        if (google) gtag("consent", "update", settings(google));
        window.Shopify = { customerPrivacy: shopify && shopifyApi(shopify === "granted") };
        window.__tcfapi = (_, __, callback) =>
          callback(tcf ? tcData("tcloaded", tcf === "granted" ? [1, 5, 6] : []) : { gdprApplies: false }, true);
        const all = [google, shopify, tcf];
        const expected = all.includes("denied") ? "denied" : all.includes("granted") ? "granted" : "unknown";
        const { heard, stop } = listen();
        assert.deepEqual(heard, [expected], all.join());
        stop();
      }
    }
  }
});

test("no grant is told between two sources found in the same look", () => {
  const { heard } = listen();
  window.dataLayer = [];
  gtag("consent", "default", settings("granted"));
  window.Shopify = { customerPrivacy: shopifyApi(false) };
  mock.timers.tick(500);
  assert.deepEqual(heard, ["unknown", "denied"]);
});

test("stopped in the middle of a look, nothing further is asked or told", () => {
  const { heard, stop } = listen();
  window.dataLayer = [];
  gtag("consent", "default", settings("granted"));
  Object.defineProperty(window, "Shopify", { get: stop, configurable: true });
  const platform = tcfPlatform().install();
  mock.timers.tick(60_000);
  assert.deepEqual([heard, platform.asked], [["unknown"], []]);
});

test("what is told throws, stops or pushes: the page notices nothing", () => {
  window.dataLayer = [];
  const seen = [];
  const stop = watchConsent(signal => {
    seen.push(signal);
    if (signal === "granted") gtag("consent", "update", settings("denied"));
    if (signal === "denied") stop();
    throw new Error("ours");
  });
  stops.push(stop);
  assert.equal(gtag("consent", "update", settings("granted")), 1);
  assert.deepEqual(seen, ["unknown", "granted", "denied"]);
  assert.equal(window.dataLayer.length, 2);
  assert.equal(window.dataLayer.push, Array.prototype.push);
});

// ----------------------------------------------------------------- hostile

const hostile = () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const revokedArray = Proxy.revocable([], {});
  revokedArray.revoke();
  const thrower = new Proxy(function () {}, {
    get: () => assert.fail("read"),
    apply: () => assert.fail("called"),
    has: () => assert.fail("has"),
    set: () => assert.fail("set"),
    getOwnPropertyDescriptor: () => assert.fail("described"),
  });
  const endless = Object.assign([], { length: 2 ** 32 - 1 });
  return [null, undefined, 0, "consent", Symbol("x"), 1n, () => {}, {}, [], [null], revoked.proxy, revokedArray.proxy, thrower, [thrower], endless];
};

test("hostile globals: nothing throws, nothing is granted", () => {
  for (const name of ["dataLayer", "Shopify", "__tcfapi"]) {
    for (const value of hostile()) {
      window[name] = value;
      const { heard, stop } = listen();
      mock.timers.tick(60_000);
      stop();
      assert.deepEqual(heard, ["unknown"]);
    }
    Object.defineProperty(window, name, { get: () => assert.fail("its getter threw"), configurable: true });
    assert.deepEqual(listen().heard, ["unknown"]);
    delete window[name];
  }
  put("navigator", Object.defineProperty({}, "globalPrivacyControl", { get: () => assert.fail("its getter threw") }));
  assert.deepEqual(listen().heard, ["unknown"]);
});

test("hostile entries are pushed as ever", () => {
  window.dataLayer = [];
  const { heard } = listen();
  hostile().forEach((entry, place) => {
    assert.equal(window.dataLayer.push(entry), 3 * place + 1);
    gtag("consent", entry, settings("granted"));
    gtag("consent", "update", entry);
  });
  assert.deepEqual(heard, ["unknown"]);
});

test("a page that pushes at the end of its stack gets its own exception, and the entry stays", () => {
  window.dataLayer = [];
  listen();
  let depth = 0;
  const dive = () => {
    depth++;
    dive(window.dataLayer.push(depth));
  };
  assert.throws(dive, RangeError);
  assert.ok(window.dataLayer.length > 0);
});

/** Anything, with the words that matter strewn in: without them chance would never come near a grant. */
const word = fc.constantFrom("consent", "default", "update", "granted ", "GRANTED", "denied", "tcloaded", "useractioncomplete", "cmpuishown", true, false, null, undefined, 0, 1, "1");
const key = fc.constantFrom("0", "1", "2", "length", "personalization_storage", "region", "detail", "preferencesAllowed", "customerPrivacy", "gdprApplies", "eventStatus", "listenerId", "purpose", "consents", "5", "6", "push");
const { payload } = fc.letrec(tie => ({
  payload: fc.oneof({ maxDepth: 5 }, word, fc.anything(), fc.array(tie("payload"), { maxLength: 4 }), fc.dictionary(key, tie("payload"), { maxKeys: 5 })),
}));

test("2,000 random payloads never throw and never grant", () => {
  fc.assert(
    fc.property(fc.array(payload, { maxLength: 4 }), payload, payload, payload, (entries, shop, data, detail) => {
      window.dataLayer = [...entries];
      window.Shopify = shop;
      let callback = () => {};
      window.__tcfapi = (command, _, given) => {
        if (command === "addEventListener") callback = given;
      };
      const { heard, stop } = listen();
      callback(data, true);
      callback(data);
      // A true of Shopify's is an explicit grant.
      if (typeof detail !== "object" || detail === null || detail.preferencesAllowed !== true) shopperChose(detail);
      const length = window.dataLayer.length;
      assert.equal(window.dataLayer.push(...entries, ["consent", "update", detail]), length + entries.length + 1);
      mock.timers.tick(10_000);
      stop();
      callback(data, true);
      assert.ok(heard.length > 0 && !heard.includes("granted"));
    }),
    { numRuns: 2_000 },
  );
});

test("2,000 random histories of Google's commands end as the last word says", () => {
  const command = fc.record({
    kind: fc.constantFrom("default", "update"),
    value: fc.constantFrom("granted", "denied", undefined),
    region: fc.constantFrom(undefined, ["ES"]),
  });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 8 }), fc.nat(8), (commands, start) => {
      window.dataLayer = [];
      const run = ({ kind, value, region }) => gtag("consent", kind, settings(value, region && { region }));
      commands.slice(0, start).forEach(run);
      const { heard, stop } = listen();
      commands.slice(start).forEach(run);
      stop();
      const said = (wanted, scoped) => commands.filter(({ kind, value, region }) => kind === wanted && value && (scoped === undefined || !!region === scoped));
      const regional = said("default", true).some(({ value }) => value === "denied") ? "denied" : undefined;
      const expected = said("update").at(-1)?.value ?? regional ?? said("default", false).at(-1)?.value ?? "unknown";
      assert.equal(heard.at(-1), expected);
    }),
    { numRuns: 2_000 },
  );
});
