// What `consent: "auto"` hears from Shopify, IAB TCF and Global Privacy Control, and what they make together.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { gtag, listen, own, put, settings, shopifyApi, shopperChose, stops, tcData, tcfPlatform, watchConsent } from "./consent-page.mjs";

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
