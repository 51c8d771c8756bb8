// What the shopper says of the profile, through the package: mistakes are named
// before anything happens, and what is said lasts like the rest of the profile.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ReshelfError, createTestReshelf, sampleItems } from "../../pkg/dist/testing.js";

async function candleLover(options) {
  const shop = await createTestReshelf({ strength: 100, ...options });
  shop.addItems(sampleItems);
  for (const type of ["view", "addToCart", "purchase"]) shop.track({ type, item: "candles-1" });
  return shop;
}

const refused = (act, code, field) => assert.throws(act, error => error instanceof ReshelfError && error.code === code && (field === undefined || error.field === field));

test("a value is one kind and one text", async () => {
  const shop = await candleLover();
  const before = shop.export();
  for (const act of ["mute", "unmute", "correct"]) {
    for (const value of [undefined, null, "Acme", {}, { brand: "" }, { brand: 7 }, { brand: "a", tag: "b" }, { item: "a" }, { order: "" }, { categoryBrand: "x" }, { brand: "x".repeat(257) }]) {
      refused(() => shop[act](value), "invalid-argument", "value");
    }
  }
  assert.deepEqual(shop.export(), before);
  shop.destroy();
  refused(() => shop.mute({ brand: "Acme" }), "destroyed");
});

test("what is muted is told, exported and forgotten with the profile, also while paused", async () => {
  const shop = await candleLover();
  const { kind, value } = shop.profile().interests.find(({ kind }) => kind === "category");
  shop.pause();
  shop.mute({ [kind]: value });
  shop.resume();
  assert.deepEqual(shop.profile().muted, [{ kind, value }]);
  assert.ok(shop.profile().interests.every(interest => interest.value !== value));

  const other = await createTestReshelf({ strength: 100 });
  other.addItems(sampleItems);
  other.import(JSON.stringify(shop.export()));
  assert.deepEqual(other.profile(), shop.profile());
  await shop.forget();
  assert.deepEqual(shop.profile().muted, []);
});

test("handlers of \"profile\" hear of it", async () => {
  const shop = await candleLover();
  const heard = new Promise(done => shop.on("profile", ({ shopOrder }) => shopOrder && done()));
  shop.preferShopOrder(true);
  await heard;
  assert.deepEqual(Array.from(shop.order("list", sampleItems.map(({ id }) => id))), sampleItems.map((_, place) => place));
});

test("a profile brought back counts once", async () => {
  const shop = await candleLover();
  const copy = shop.export();
  shop.import(copy);
  assert.deepEqual(shop.export(), copy);
  await shop.forget();
  for (let times = 0; times < 2; times++) shop.import(copy);
  assert.deepEqual(shop.profile(), copy.profile);
});

test("whatever is given to `import`, it is taken whole or refused by name", async () => {
  const shop = await candleLover();
  const copy = shop.export();
  const wrong = [
    [undefined, "profile"],
    ["{", "profile"],
    ["null", "profile"],
    [{ ...copy, format: "other" }, "profile.format"],
    [{ ...copy, version: "1" }, "profile.version"],
    [{ ...copy, store: "other" }, "profile.store"],
    [{ ...copy, journals: undefined }, "profile.journals[0]"],
    [{ ...copy, journals: [...copy.journals, "AAAA"] }, `profile.journals[${copy.journals.length}]`],
    [{ ...copy, journals: [`${copy.journals[0]}\n${copy.journals[0]}`] }, "profile.journals[0]"],
  ];
  for (const [profile, field] of wrong) refused(() => shop.import(profile), "invalid-profile", field);
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.record({ ...Object.fromEntries(Object.entries(copy).map(([key, value]) => [key, fc.constant(value)])), journals: fc.array(fc.oneof(fc.string(), fc.base64String())) })), profile => {
      try {
        shop.import(profile);
      } catch (error) {
        assert.equal(error.code, "invalid-profile");
      }
    }),
    { numRuns: 500 },
  );
  assert.deepEqual(shop.export(), copy);
});
