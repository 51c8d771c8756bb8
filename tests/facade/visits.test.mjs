// What a second look at the promises found: forgetting while reading, orders
// the page makes itself, and several watchers of one page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { moduleScript, openBrowser } from "./pages.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const keys = page => page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith("reshelf.")));
const shown = page => page.evaluate(() => [...document.querySelectorAll("li")].map(item => item.dataset.reshelfItem).join(""));
const eventsOf = (page, name = "shop") => page.evaluate(async each => (await window[each]).profile().events, name);

test("forgetting on an open product page leaves nothing, then or later", async () => {
  const { page } = await browser.open(moduleScript('{ consent: "granted" }'));
  await page.evaluate(async () => {
    document.body.innerHTML = '<main data-reshelf="product" data-reshelf-item="secret" style="height:400px">…</main>';
    (await window.shop).observe(document);
  });
  await page.mouse.click(50, 50);
  await page.waitForFunction(() => Object.keys(localStorage).some(key => key.startsWith("reshelf.")));
  await page.waitForTimeout(1_200);
  await page.evaluate(async () => (await window.shop).forget());
  assert.deepEqual(await keys(page), []);
  await page.waitForTimeout(1_200);
  await page.evaluate(async () => (await window.shop).destroy());
  assert.deepEqual(await keys(page), []);
});

for (const strength of [0, 50]) {
  test(`an order the page makes anew is the merchant's, at strength ${strength}`, async () => {
    const { page } = await browser.open(moduleScript(`{ strength: ${strength} }`));
    const run = work => page.evaluate(`(async () => { const shop = await window.shop; const list = document.querySelector("ul"); ${work} })()`);
    await run("shop.arrange()");
    await run("list.append(...[...list.children].reverse()); shop.arrange(); shop.arrange(document, { refresh: true })");
    assert.equal(await shown(page), "ba");
    await run('const pin = list.children[0].cloneNode(); pin.dataset.reshelfItem = "n"; pin.dataset.reshelfPin = ""; list.prepend(pin); shop.arrange()');
    assert.equal(await shown(page), "nba", "what is new stays where the page has it");
  });
}

test("the page's own order, rendered again, is arranged again the same way", async () => {
  const { page } = await browser.open(moduleScript());
  await page.evaluate(async () => {
    const shop = await window.shop;
    for (let i = 0; i < 5; i++) shop.track({ type: "view", item: "b", dwellMs: 20_000 });
    window.merchant = document.querySelector("ul").innerHTML;
    shop.arrange();
  });
  assert.equal(await shown(page), "ba");
  await page.evaluate(async () => {
    document.querySelector("ul").innerHTML = window.merchant;
    (await window.shop).arrange();
  });
  assert.equal(await shown(page), "ba");
});

test("a click counts once, whatever the order in which its surroundings were observed", async () => {
  const { page } = await browser.open(moduleScript());
  await page.evaluate(async () => {
    const shop = await window.shop;
    const list = document.querySelector("ul");
    shop.observe(list);
    shop.observe(document);
    const host = document.body.appendChild(document.createElement("div"));
    host.attachShadow({ mode: "open" }).innerHTML = '<p data-reshelf-item="s">s</p>';
    shop.observe(host.shadowRoot);
  });
  await page.click("li");
  assert.equal(await eventsOf(page), 1);
  await page.click("p");
  assert.equal(await eventsOf(page), 2);
});

test("what one instance leaves, another one of the store goes on watching", async () => {
  const { page } = await browser.open(
    `${moduleScript()}<script type="module">
      import { createReshelf } from "/dist/index.js";
      window.other = createReshelf({ store: "acme", bots: "allow" });
    </script>`,
  );
  await page.evaluate(async () => {
    (await window.shop).observe(document);
    (await window.other).observe(document);
    (await window.shop).destroy();
  });
  await page.click("li");
  assert.equal(await eventsOf(page, "other"), 1);
});

test("a pause holds in a tab that was open before", async () => {
  const { page, context } = await browser.open(moduleScript('{ consent: "granted" }'));
  const second = await context.newPage();
  await second.goto(page.url());
  for (const tab of [page, second]) await tab.evaluate(async () => (await window.shop).track({ type: "view", item: "a" }));
  await page.evaluate(async () => (await window.shop).pause());
  await second.waitForFunction(async () => (await window.shop).profile().paused);
});
