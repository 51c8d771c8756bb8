// No flicker: what a shopper sees of a page, they see in one order from the
// first frame on, and rearranging shifts nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { measured, meter } from "./support/displacement.mjs";
import { openShop } from "./support/server.mjs";
import { DESKTOP, PHONE, candleLover, welcome } from "./support/shopper.mjs";

/** What counts as none: half of what three decimals show. */
const MOST_SHIFT = 0.0005;

/** Notes every layout shift, and the order of the marked entries in every frame that is painted. */
function watchFrames() {
  window.shifts = 0;
  window.orders = [];
  new PerformanceObserver(list => {
    // Unlike the metric of that name, also what follows an input: nothing may move.
    for (const { value } of list.getEntries()) window.shifts += value;
  }).observe({ type: "layout-shift", buffered: true });
  const look = () => {
    const entries = document.querySelectorAll("[data-reshelf-section], [data-reshelf-banner], [data-reshelf-placement=search] > [data-reshelf-item]");
    const order = [...entries].map(({ dataset }) => dataset.reshelfSection ?? dataset.reshelfBanner ?? dataset.reshelfItem).join(" ");
    if (order && order !== window.orders.at(-1)) window.orders.push(order);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

let browser, shop, memory;
before(async () => {
  browser = await openBrowser();
  shop = await openShop();
  memory = await candleLover(browser, shop);
});
after(async () => {
  await browser?.close();
  shop?.close();
});

// A shift is told after the frame it happened in: a few frames later all are.
const seen = page =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
    return { shifts, orders };
  });

/** What a page looked like while it loaded. The second load, so that files come from the cache. */
async function load(shopper, path, parameters) {
  await shopper.visit(path, parameters);
  await shopper.visit(path, parameters);
  return seen(shopper.page);
}

for (const viewport of [DESKTOP, PHONE]) {
  for (const path of ["/", "/search/?q=heart"]) {
    test(`${path} at ${viewport.width} px`, async t => {
      const shopper = await welcome(browser, shop, { memory, viewport, before: `(${watchFrames})();${meter}` });
      const plain = await load(shopper, path, { reshelf: "off" });
      const ours = await load(shopper, path);
      const { px, of, frames } = await measured(shopper.page);
      t.diagnostic(`largest displacement of what is marked: ${px} px over ${frames} frames`);
      assert.ok(frames > 0);
      assert.equal(px, 0, of);
      t.diagnostic(`layout shift: ${plain.shifts.toFixed(4)} without Reshelf, ${ours.shifts.toFixed(4)} with it`);
      assert.equal(plain.orders.length, 1);
      assert.equal(ours.orders.length, 1, "no frame shows another order");
      assert.notEqual(ours.orders[0], plain.orders[0], "the page is rearranged");
      assert.ok(ours.shifts - plain.shifts < MOST_SHIFT);

      // The same eyes see a page that does jump.
      await shopper.page.evaluate(() => {
        document.body.prepend(Object.assign(document.createElement("p"), { textContent: "Late, and in the way" }));
        const list = document.querySelector("[data-reshelf=sections], [data-reshelf-placement=search]");
        list.prepend(list.lastElementChild);
      });
      const late = await seen(shopper.page);
      assert.ok(late.shifts > ours.shifts);
      assert.equal(late.orders.length, 2);
      await shopper.leave();
    });
  }
}
