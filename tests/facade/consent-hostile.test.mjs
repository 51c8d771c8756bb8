// Hostile consent platforms: nothing throws into the page, and nothing grants but a grant.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import fc from "fast-check";
import { entry, gtag, listen, own, put, settings, shopperChose } from "./consent-page.mjs";

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
