// `reshelf/auto` without the stub: lists move when the engine arrives, and not at
// all on a page that has been seen for longer than the budget.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { measured, meter } from "./support/displacement.mjs";
import { MERCHANTS, openStubShop } from "./support/stub-shop.mjs";

const MERCHANTS_HOME = MERCHANTS.home;
const CANDLES_HOME = ["candles", "mugs", "legal", "bags"];

let browser, shop, memory;
before(async () => {
  browser = await openBrowser();
  shop = await openStubShop();
  const { context, page, visit } = await come();
  await visit();
  await page.evaluate(async () => {
    const shop = await window.reshelf;
    for (let i = 0; i < 20; i++) shop.track({ type: "sectionClick", section: "candles", placement: "home" });
    for (let i = 0; i < 20; i++) shop.track({ type: "purchase", item: "candle" });
  });
  await page.goto(`${shop.address}/elsewhere/`);
  memory = await page.evaluate(() => Object.entries(localStorage).map(([name, value]) => ({ name, value })));
  await context.close();
});
after(async () => {
  await browser?.close();
  shop?.close();
});

/** A shopper who comes to a page without the stub, whose engine is late. */
async function come({ late = 0, attributes = "" } = {}) {
  shop.show({ tag: "", late, attributes });
  const context = await browser.newContext({ storageState: { cookies: [], origins: memory ? [{ origin: shop.address, localStorage: memory }] : [] } });
  await context.addInitScript(meter);
  const page = await context.newPage();
  const [thrown, warned] = [[], []];
  page.on("pageerror", error => thrown.push(String(error)));
  page.on("console", message => message.type() === "warning" && warned.push(message.text()));
  return { context, page, thrown, warned, visit: () => page.goto(`${shop.address}/stub-shop/`) };
}

const home = page => page.$$eval("[data-reshelf-section]", all => all.map(({ dataset }) => dataset.reshelfSection));
const ready = page =>
  page.evaluate(async () => {
    await window.reshelf;
    for (let frame = 0; frame < 20; frame++) await new Promise(requestAnimationFrame);
  });

for (const [what, options, expected] of [
  ["within the budget", { late: 300 }, CANDLES_HOME],
  ["after the default of a second", { late: 1_600 }, MERCHANTS_HOME],
  ["after the budget of the tag", { late: 500, attributes: 'data-budget="100"' }, MERCHANTS_HOME],
  ["after a second, which the tag allows", { late: 1_600, attributes: 'data-budget="30000"' }, CANDLES_HOME],
]) {
  test(`the engine comes ${what}`, async () => {
    const { context, page, thrown, warned, visit } = await come(options);
    await visit();
    await ready(page);
    assert.deepEqual(await home(page), expected);
    if (expected === MERCHANTS_HOME) assert.equal((await measured(page)).px, 0);
    else assert.ok((await measured(page)).px > 0, "it is seen moving: that is what the budget is for");
    assert.deepEqual([thrown, warned], [[], []]);
    await context.close();
  });
}

test("a page that came too late for it stays, knows its products, and moves when it is asked or on the next one", async () => {
  const { context, page, visit } = await come({ late: 1_600 });
  await visit();
  await ready(page);
  await page.evaluate(async () => {
    document.querySelector("main").append(document.querySelector("main").lastElementChild);
    (await window.reshelf).arrange();
  });
  assert.deepEqual(await home(page), MERCHANTS_HOME, "also for the page's own code");
  const told = await page.evaluate(async () => {
    const shop = await window.reshelf;
    shop.track({ type: "view", item: "lamp" });
    return { row: shop.recommend("related", { item: "lamp" }).map(({ id }) => id), explained: shop.explain("home", "candles") };
  });
  assert.ok(told.row.includes("candle"), "it is of the marks that a row is made");
  assert.deepEqual([told.explained.rank, told.explained.merchantRank], [3, 3]);
  await page.evaluate(async () => (await window.reshelf).arrange(document, { refresh: true }));
  assert.deepEqual(await home(page), CANDLES_HOME);
  // The browser has the engine now.
  await visit();
  await ready(page);
  assert.deepEqual(await home(page), CANDLES_HOME);
  await context.close();
});

test("a budget that is none is named, and the default holds", async () => {
  const { context, page, warned, visit } = await come({ attributes: 'data-budget="soon" data-google-consent="ad_storage"' });
  await visit();
  await ready(page);
  assert.deepEqual(await home(page), CANDLES_HOME);
  assert.deepEqual(warned.map(text => /data-[\w-]+/.exec(text)[0]), ["data-google-consent", "data-budget"]);
  await context.close();
});
