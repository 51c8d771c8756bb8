// The developers' link: fetched when it is wanted, and the shop stays as it is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { openShop } from "./support/server.mjs";
import { hook, welcome } from "./support/shopper.mjs";

let browser;
let shop;
before(async () => {
  shop = await openShop();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  shop?.close();
});

test("the link opens the tool, which knows the page's lists and the whole catalogue", async () => {
  const shopper = await welcome(browser, shop);
  await shopper.visit("/category/?c=candles-lights");
  const fetched = () => shop.requests.filter(({ path }) => path === "/reshelf/devtools.js").length;
  assert.equal(fetched(), 0);
  const before = await shopper.ids(hook("product-list"));
  await shopper.click(hook("devtools-link"));
  await shopper.page.getByRole("table", { name: /^category \(products\): / }).waitFor();
  assert.equal(fetched(), 1);
  await shopper.page.getByRole("tab", { name: "Data" }).click();
  assert.match(await shopper.page.getByRole("row", { name: /^feed/ }).textContent(), /2400/);
  await shopper.page.keyboard.press("Escape");
  assert.deepEqual(await shopper.ids(hook("product-list")), before);
  await shopper.leave();
});

test("without Reshelf there is no such link", async () => {
  const shopper = await welcome(browser, shop);
  await shopper.visitWithoutReshelf("/");
  assert.equal(await shopper.page.locator(hook("devtools-link")).isVisible(), false);
  await shopper.leave();
});
