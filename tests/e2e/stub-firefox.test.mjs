// The same in Firefox: somebody who comes again has their order from the first
// frame on, and nothing moves.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openFirefox } from "../torture/support/firefox.mjs";
import { measured, meter } from "./support/displacement.mjs";
import { openStubShop } from "./support/stub-shop.mjs";

let firefox, shop;
before(async () => {
  firefox = await openFirefox();
  shop = await openStubShop();
});
after(async () => {
  await firefox?.close();
  shop?.close();
});

const search = page => page.evaluate(() => [...document.querySelectorAll("[data-reshelf-item]")].map(({ dataset }) => dataset.reshelfItem).join(" "));
const ready = page =>
  page.evaluate(async () => {
    await window.reshelf;
    for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
  });

test("Firefox: the shopper's order from the first frame on, and nothing moves", async t => {
  assert.ok(firefox, "These tests need Firefox: run 'node scripts/setup.mjs test' first.");
  const page = await firefox.newTab();
  await page.evaluateOnNewDocument(meter);
  await page.goto(`${shop.address}/stub-shop/`);
  await ready(page);
  assert.equal(await search(page), "mug bag plate candle lamp");
  await page.evaluate(async () => {
    for (let i = 0; i < 20; i++) (await window.reshelf).track({ type: "purchase", item: "candle" });
  });
  await page.goto(`${shop.address}/elsewhere/`);

  shop.show({ late: 500 });
  await page.goto(`${shop.address}/stub-shop/`);
  await ready(page);
  const { px, frames, orders } = await measured(page);
  t.diagnostic(`largest displacement ${px} px over ${frames} frames`);
  assert.match(await search(page), /^candle /);
  assert.equal(orders.length, 1);
  assert.equal(px, 0);
  assert.ok(frames > 20);
});
