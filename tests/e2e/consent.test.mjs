// Nothing is kept before the shopper says yes, nothing after they say no, and
// what is kept goes when they want it to.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { openShop } from "./support/server.mjs";
import { candleLover, hook, welcome } from "./support/shopper.mjs";
import { listenToStorage, spyOnStorage } from "./support/storage-log.mjs";

// Longer than the second after which something counts as seen.
const STAY = { count: 1, dwellMs: 1_100 };
const SHELF = "candles-lights";

let browser, shop, memory;
const merchant = {};
before(async () => {
  browser = await openBrowser();
  shop = await openShop();
  memory = await candleLover(browser, shop);
  const shopper = await welcome(browser, shop);
  await shopper.visitWithoutReshelf("/");
  Object.assign(merchant, { sections: await shopper.sections(), banners: await shopper.banners() });
  await shopper.visitWithoutReshelf("/search/?q=holder");
  merchant.results = await shopper.ids(hook("product-list"));
  await shopper.leave();
});
after(async () => {
  await browser?.close();
  shop?.close();
});

/** A shopper whose every touch of storage is listed. */
async function watched(options) {
  const shopper = await welcome(browser, shop, { ...options, before: spyOnStorage });
  const touches = listenToStorage(shopper.context);
  return { shopper, touches, bySdk: () => touches.filter(touch => touch.bySdk).map(({ name, key }) => `${name} ${key}`) };
}

const search = shopper => shopper.visit("/search/?q=holder").then(() => shopper.ids(hook("product-list")));

async function assertMerchantsOrder(shopper) {
  assert.deepEqual(await search(shopper), merchant.results);
  await shopper.visit("/");
  assert.deepEqual(await shopper.sections(), merchant.sections);
  assert.deepEqual(await shopper.banners(), merchant.banners);
}

/** Everything Reshelf could want to note: reading, searching, buying. */
async function useTheShop(shopper) {
  await shopper.browseShelf(SHELF, STAY);
  await shopper.search("heart");
  await shopper.followLink(`${hook("product-card")}:visible >> nth=0 >> ${hook("product-link")}`);
  await shopper.click(hook("add-to-cart"));
}

test("before the answer, Reshelf does not touch storage", async () => {
  const { shopper, touches, bySdk } = await watched();
  await shopper.visit("/");
  await useTheShop(shopper);
  await shopper.followLink(hook("logo"));
  assert.ok(touches.some(({ name, key }) => name === "setItem" && key === "hanging-heart.cart"), "the list sees the shop's own writes");
  assert.deepEqual(bySdk(), []);
  assert.deepEqual(await shopper.keys(), []);
  await assertMerchantsOrder(shopper);
  await shopper.leave();
});

test("after no, neither", async () => {
  const { shopper, touches, bySdk } = await watched();
  await shopper.visit("/");
  await shopper.declineMemory();
  // What an earlier page may have left is to go, unread.
  const removing = ["localStorage ", "indexedDB ", "deleteDatabase reshelf.hanging-heart"];
  assert.deepEqual(bySdk().filter(touch => !removing.includes(touch)), [], "nothing is read or written");
  await shopper.visit("/privacy/");
  touches.length = 0;
  await useTheShop(shopper);
  await shopper.followLink(hook("logo"));
  assert.equal(await shopper.page.locator(hook("consent-bar")).count(), 0, "the question is not asked again");
  assert.ok(touches.length > 0);
  assert.deepEqual(bySdk(), []);
  assert.deepEqual(await shopper.keys(), []);
  await shopper.leave();
});

test("after yes, it keeps a few short records of its own", async () => {
  const { shopper, bySdk } = await watched();
  await shopper.visit("/");
  assert.deepEqual(bySdk(), []);
  await shopper.acceptMemory();
  await shopper.browseShelf(SHELF, STAY);
  assert.ok(bySdk().some(touch => touch.startsWith("setItem reshelf.hanging-heart.")), "the list sees Reshelf's writes");
  const foreign = bySdk().filter(touch => /^(getItem|setItem|removeItem) /.test(touch) && !/ reshelf\.hanging-heart\./.test(touch));
  assert.deepEqual(foreign, [], "and no key of anybody else");
  assert.deepEqual(bySdk().filter(touch => /^(clear|sessionStorage|cookie|caches)/.test(touch)), []);
  const keys = await shopper.keys();
  assert.ok(keys.length > 0);
  for (const key of keys) assert.match(key, /^reshelf\.hanging-heart\.([js]\.[0-9a-f]{16}|m)$/);
  const kept = JSON.stringify(await shopper.remembered());
  assert.ok(kept.length < 65_536);
  assert.doesNotMatch(kept, /candle|85123A/i, "and no words in them");
  await shopper.leave();
});

test("\"forget me\" leaves no key, and the next page is the merchant's", async () => {
  const shopper = await welcome(browser, shop, { memory });
  assert.notDeepEqual(await search(shopper), merchant.results);
  assert.ok((await shopper.keys()).length > 0);
  const panel = await shopper.openPanel();
  await shopper.forget();
  await panel.locator(`${hook("taste")}[data-events="0"]`).waitFor();
  assert.equal(await panel.locator(hook("interest")).count(), 0);
  assert.deepEqual(await shopper.keys(), []);
  await shopper.closePanel();
  await shopper.followLink(hook("logo"));
  assert.deepEqual(await shopper.sections(), merchant.sections);
  assert.deepEqual(await shopper.banners(), merchant.banners);
  assert.deepEqual(await search(shopper), merchant.results);
  assert.equal(await shopper.page.locator(hook("consent-bar")).count(), 0, "forgetting is not withdrawing");
  await shopper.leave();
});

test("withdrawing consent leaves no key, on this page and on later ones", async () => {
  const { shopper, touches, bySdk } = await watched({ memory });
  assert.notDeepEqual(await search(shopper), merchant.results);
  const panel = await shopper.openPanel();
  assert.equal(await panel.locator(hook("consent-switch")).isChecked(), true);
  await panel.locator(hook("consent-switch")).uncheck();
  await panel.locator(`${hook("taste")}[data-events="0"]`).waitFor();
  assert.deepEqual(await shopper.keys(), []);
  await shopper.closePanel();
  touches.length = 0;
  await shopper.browseShelf(SHELF, STAY);
  await assertMerchantsOrder(shopper);
  assert.ok(touches.length > 0);
  assert.deepEqual(bySdk(), [], "and Reshelf does not even look");
  assert.deepEqual(await shopper.keys(), []);
  await shopper.leave();
});

test("while paused nothing is learned, and what is known is used", async () => {
  const shopper = await welcome(browser, shop, { memory });
  await search(shopper);
  const panel = await shopper.openPanel();
  await panel.locator(hook("pause-switch")).check();
  await shopper.closePanel();
  const known = await shopper.events();
  assert.ok(known > 0);
  await shopper.browseShelf("toys-games", STAY);
  assert.equal(await shopper.events(), known);
  assert.notDeepEqual(await search(shopper), merchant.results);

  await shopper.openPanel();
  assert.equal(await panel.locator(hook("pause-switch")).isChecked(), true, "it lasts from page to page");
  await panel.locator(hook("pause-switch")).uncheck();
  await shopper.closePanel();
  await shopper.browseShelf("toys-games", STAY);
  assert.ok((await shopper.events()) > known);
  await shopper.leave();
});
