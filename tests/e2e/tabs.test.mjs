// One shopper, several tabs: no tab's events are lost to another's, and what is
// forgotten in one is forgotten in all.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { openShop } from "./support/server.mjs";
import { hook, welcome } from "./support/shopper.mjs";

const READ = { count: 2, dwellMs: 300 };

let browser, shop;
before(async () => {
  browser = await openBrowser();
  shop = await openShop();
});
after(async () => {
  await browser?.close();
  shop?.close();
});

/** Ids of the things the panel says were looked at last. */
async function looked(shopper) {
  const panel = await shopper.openPanel();
  const ids = await panel.locator(hook("recently-viewed")).evaluateAll(entries => entries.map(({ dataset }) => dataset.value));
  await shopper.closePanel();
  return ids;
}

test("two tabs learn side by side, and forgetting in one empties the other", async () => {
  const shopper = await welcome(browser, shop);
  await shopper.visit("/");
  await shopper.acceptMemory();
  const first = shopper.page;
  const second = await shopper.newTab();
  await shopper.visit("/category/?c=toys-games");

  // Both tabs are open, with the profile as it was, while the other one learns.
  await shopper.switchTo(first);
  const candles = await shopper.browseShelf("candles-lights", READ);
  const inFirst = await shopper.events();
  await shopper.switchTo(second);
  const toys = await shopper.browse(READ);
  await shopper.switchTo(first);
  candles.push(...(await shopper.browseShelf("hanging-decorations", { ...READ, count: 1 })));

  const third = await shopper.newTab();
  await shopper.visit("/");
  assert.deepEqual((await looked(shopper)).sort(), [...candles, ...toys].sort());
  // A click and a view for each.
  assert.equal(inFirst, 4);
  assert.equal(await shopper.events(), 10);

  await shopper.switchTo(first);
  await shopper.openPanel();
  await shopper.forget();
  await shopper.page.locator(`${hook("taste")}[data-events="0"]`).waitFor();
  assert.deepEqual(await shopper.keys(), []);

  for (const page of [second, third]) {
    await shopper.switchTo(page);
    await shopper.followLink(hook("logo"));
    assert.equal(await shopper.events(), 0, "the other tab does not bring it back");
    assert.deepEqual(await looked(shopper), []);
  }
  assert.deepEqual(shopper.complaints, []);
  await shopper.leave();
});
