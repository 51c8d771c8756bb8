// What the demo store does between a press and the frame that answers it, as others
// may copy it: what is seen first, and the rest after it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { openShop } from "./support/server.mjs";
import { candleLover, hook, welcome } from "./support/shopper.mjs";

let browser, shop;
before(async () => {
  browser = await openBrowser();
  shop = await openShop();
});
after(async () => {
  await browser?.close();
  shop?.close();
});

for (const [how, visit] of [["with", "visit"], ["without", "visitWithoutReshelf"]]) {
  test(`"Show more" ${how} the package shows in steps what was drawn before`, async () => {
    const shopper = await welcome(browser, shop);
    await shopper[visit]("/search/?q=heart");
    const drawn = () => document.querySelectorAll('[data-test="product-card"] svg').length;
    assert.equal(await shopper.page.locator(`${hook("product-card")}:visible`).count(), 36);
    await shopper.page.waitForFunction(`(${drawn})() === 72`);
    const told = await shopper.page.evaluate(() => {
      document.querySelector('[data-test="show-more"]').click();
      const cards = [...document.querySelectorAll('[data-test="product-card"]')];
      return {
        shown: cards.filter(({ hidden }) => !hidden).length,
        said: document.querySelector('[data-test="shown-count"]').textContent,
        focused: cards.findIndex(card => card.contains(document.activeElement)),
        drawn: document.querySelectorAll('[data-test="product-card"] svg').length,
      };
    });
    assert.deepEqual([told.shown, told.focused, told.drawn], [48, 36, 72]);
    assert.match(told.said, /^72 of/);
    await shopper.page.waitForFunction(() => document.querySelectorAll('[data-test="product-card"]:not([hidden])').length === 72);
    await shopper.page.waitForFunction(`(${drawn})() === 108`);
    // Pressed again before it was done: all of it comes, and no more.
    await shopper.page.evaluate(() => [1, 2].forEach(() => document.querySelector('[data-test="show-more"]').click()));
    await shopper.page.waitForFunction(() => document.querySelectorAll('[data-test="product-card"]:not([hidden])').length === 144);
    await shopper.leave();
  });
}

test("the bar of consent goes first, and what is remembered is opened after the frame", async () => {
  const shopper = await welcome(browser, shop);
  await shopper.visit("/");
  const told = await shopper.page.evaluate(() => {
    document.querySelector('[data-test="consent-yes"]').click();
    return { bar: document.querySelectorAll('[data-test="consent-bar"]').length, keys: Object.keys(localStorage) };
  });
  assert.deepEqual([told.bar, told.keys], [0, ["hanging-heart.consent"]]);
  await shopper.visit("/product/?id=85123A");
  await shopper.page.waitForFunction(() => Object.keys(localStorage).some(key => key.startsWith("reshelf.hanging-heart.")));
  await shopper.leave();
});

test("the basket answers before the row that follows it, and the shopper's own row comes with the page", async () => {
  const memory = await candleLover(browser, shop);
  const shopper = await welcome(browser, shop, { memory });
  await shopper.visit("/product/?id=85123A");
  await shopper.click(hook("add-to-cart"));
  await shopper.visit("/cart/");
  const row = '[data-kind="completeCart"]';
  await shopper.page.waitForFunction(row => document.querySelector(row).ariaBusy !== "true", row);
  const told = await shopper.page.evaluate(row => {
    const first = document.querySelector(`${row} li`);
    document.querySelector('[data-test="one-more"]').click();
    return { quantity: document.querySelector('[data-test="quantity"]').textContent, waits: first === document.querySelector(`${row} li`) };
  }, row);
  assert.deepEqual(told, { quantity: "2", waits: true });
  await shopper.visit("/");
  assert.ok((await shopper.page.locator('[data-kind="recentlyViewed"] li:not(.ghost)').count()) > 0);
  await shopper.leave();
});
