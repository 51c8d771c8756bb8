// The consent platforms, for an instance that was created without "auto". What
// they say is tested in tests/facade/consent-*.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { consent, watchConsent } from "../../pkg/dist/adapters/consent.js";
import { fuzz, kept } from "./support.mjs";

function consenting() {
  const told = [];
  const state = { told, consent: { state: "denied", grant: () => (told.push("grant"), (state.consent.state = "granted")), deny: () => (told.push("deny"), (state.consent.state = "denied")) } };
  return state;
}
const says = value => ["consent", "update", { personalization_storage: value }];

test("grants and denies as the page's platform says, in a renamed layer; a refusal alone erases nothing", () => {
  window.layer = [says("denied")];
  const shop = consenting();
  const stop = kept(consent(shop, { dataLayer: "layer" }));
  assert.deepEqual(shop.told, []);
  window.layer.push(says("granted"));
  window.layer.push(says("denied"));
  stop();
  window.layer.push(says("granted"));
  assert.deepEqual(shop.told, ["grant", "deny"]);
});

test("the watcher alone", () => {
  window.dataLayer = [];
  const heard = [];
  kept(watchConsent(signal => heard.push(signal)));
  window.dataLayer.push(says("granted"));
  assert.deepEqual(heard, ["unknown", "granted"]);
});

test("5,000 commands, documented ones with parts replaced and anything: none throws, and only the right word grants", () => {
  window.dataLayer = [];
  const shop = consenting();
  kept(consent(shop));
  const documented = ["default", "update"].map(command => ["consent", command, { ad_storage: "denied", analytics_storage: "denied", functionality_storage: "denied", personalization_storage: "denied", security_storage: "granted", wait_for_update: 500, region: ["US-CA"] }]);
  fuzz(documented, entry => {
    window.dataLayer.push(entry);
    window.dataLayer.length = 0;
  });
  assert.deepEqual(shop.told, []);
});
