// A thank-you page that is loaded again: its purchase counts once, in a real
// browser, over reloads and tabs, whichever adapter hears it and whenever consent comes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "../facade/pages.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const NUMBER = "ORDER-20260117";
const ITEMS = ["mug", "candle"];

/** How each vendor tells of the order, once the adapter listens. */
const vendors = {
  ga4: `window.dataLayer = [{ event: "purchase", ecommerce: { transaction_id: "${NUMBER}", items: ${JSON.stringify(ITEMS.map(item_id => ({ item_id })))} } }];
    ga4(shop);`,
  segment: `window.analytics = [["track", "Order Completed", { order_id: "${NUMBER}", products: ${JSON.stringify(ITEMS.map(product_id => ({ product_id })))} }]];
    analytics.track = () => {};
    segment(shop);`,
  shopify: `shopify(shop).hear({ name: "checkout_completed", data: { checkout: { order: { id: "${NUMBER}" }, lineItems: ${JSON.stringify(ITEMS.map(id => ({ variant: { product: { id } } })))} } } });`,
};

const thanks = (vendor, options, more = "") => `<script type="module">
  import { createReshelf } from "/dist/index.js";
  import { ${vendor} } from "/dist/adapters/${vendor}.js";
  const shop = await createReshelf({ store: "acme", bots: "allow", ...${options} });
  window.heard = [];
  shop.on("tracked", ({ type, item }) => heard.push(type + " " + item));
  shop.addItems([{ id: "mug", brand: "Acme" }, { id: "candle", brand: "Wick" }, { id: "other", brand: "Third" }]);
  ${vendors[vendor]}
  ${more}
  window.shop = shop;
</script>`;

const bought = ITEMS.map(item => `purchase ${item}`);
const ready = async page => {
  await page.waitForFunction(() => window.shop);
  await page.evaluate(() => new Promise(done => setTimeout(done, 50)));
  return page.evaluate(() => heard);
};
const kept = page => page.evaluate(() => localStorage.getItem("reshelf.acme.orders"));
/** What was bought at least twice. */
const again = page => page.evaluate(() => shop.recommend("buyAgain").map(({ id }) => id));

for (const vendor of Object.keys(vendors)) {
  test(`${vendor}: an order counts once, over reloads and tabs, and its number is not kept`, async () => {
    const { page, context, thrown } = await browser.open(thanks(vendor, '{ consent: "granted" }'));
    assert.deepEqual(await ready(page), bought);
    const stored = await kept(page);
    assert.match(stored, /^\w+ \w{4}$/);
    const all = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.ok(!all.includes(NUMBER) && !all.includes("20260117"));
    await page.reload();
    assert.deepEqual(await ready(page), []);
    const tab = await context.newPage();
    await tab.goto(page.url());
    assert.deepEqual(await ready(tab), []);
    assert.equal(await kept(tab), stored);
    assert.deepEqual(thrown, []);
    await context.close();
  });
}

test("without consent nothing is kept, and the profile that counted it ends with the page", async () => {
  const { page, context } = await browser.open(thanks("ga4", '{ consent: "denied" }'), { before: "for (const name of ['getItem', 'setItem', 'removeItem', 'key']) Storage.prototype[name] = () => { window.touched = true; };" });
  for (let load = 0; load < 2; load++) {
    assert.deepEqual(await ready(page), bought);
    assert.deepEqual(await page.evaluate(() => [window.touched, Object.keys(localStorage)]), [undefined, []]);
    await page.reload();
  }
  await context.close();
});

test("where consent comes after the order, what an earlier page counted is taken back", async () => {
  const { page, context } = await browser.open(thanks("ga4", '{ consent: "denied" }', "shop.consent.grant();"));
  assert.deepEqual(await ready(page), bought);
  await page.reload();
  assert.deepEqual(await ready(page), [...bought, ...ITEMS.map(item => `refund ${item}`)]);
  assert.deepEqual(await again(page), [], "as bought once");
  await page.evaluate(items => items.forEach(item => shop.track({ type: "purchase", item })), ITEMS);
  assert.deepEqual((await again(page)).toSorted(), ITEMS.toSorted(), "as twice would be");
  await context.close();
});

test("what is forgotten is forgotten; bots leave nothing", async () => {
  const { page, context } = await browser.open(thanks("ga4", '{ consent: "granted" }'));
  await ready(page);
  assert.ok(await kept(page));
  await page.evaluate(() => shop.forget());
  assert.equal(await kept(page), null);
  await page.reload();
  assert.deepEqual(await ready(page), bought);
  await page.evaluate(() => shop.consent.deny());
  assert.equal(await kept(page), null);
  await context.close();
  const bot = await browser.open(thanks("ga4", '{ consent: "granted", bots: "inert" }'));
  await ready(bot.page);
  assert.deepEqual(await bot.page.evaluate(() => Object.keys(localStorage)), []);
  await bot.context.close();
});

test("while paused no order is kept, and one that is told again after the pause counts", async () => {
  const { page, context } = await browser.open(thanks("ga4", '{ consent: "granted" }').replace("ga4(shop);", "shop.pause(); ga4(shop);"));
  assert.deepEqual(await ready(page), []);
  assert.equal(await kept(page), null);
  await page.evaluate(number => {
    shop.resume();
    dataLayer.push({ event: "purchase", ecommerce: { transaction_id: number, items: [{ item_id: "mug" }] } });
  }, NUMBER);
  assert.deepEqual(await page.evaluate(() => heard), ["purchase mug"]);
  assert.match(await kept(page), /^\w+ \w{4}$/);
  await context.close();
});

test("the newest 32 orders are known, and a damaged note is a new one", async () => {
  const { page, context } = await browser.open(thanks("ga4", '{ consent: "granted" }'));
  await ready(page);
  const order = number => page.evaluate(number => {
    heard.length = 0;
    dataLayer.push({ event: "purchase", ecommerce: { transaction_id: number, items: [{ item_id: "mug" }] } });
  }, number);
  for (let number = 0; number < 40; number++) await order(`n${number}`);
  assert.match(await kept(page), /^\w+(?: \w{4}){32}$/);
  await page.evaluate(() => localStorage.setItem("reshelf.acme.orders", "\u0000 <b> ?"));
  await page.reload();
  assert.deepEqual(await ready(page), bought);
  assert.match(await kept(page), /^\w+ \w{4}$/);
  await context.close();
});
