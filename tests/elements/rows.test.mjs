// `<reshelf-row>` and `<reshelf-sections>` in a real browser, under a strict policy.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { itemsOnThePage, openPages, scripts } from "./support.mjs";

let pages;
before(async () => (pages = await openPages()));
after(() => pages?.close());

const TEMPLATE = `<ul><template><li>
  <a data-field="url"><img data-field="image" data-field-alt="title"><span class="title" data-field="title"></span></a>
  <span class="price" data-field="price"></span><span class="was" data-field="listPrice"></span>
  <p class="reason" data-field="reason"></p><button type="button" data-action="dismiss">Not interested</button>
</li></template></ul>`;
const row = (attributes, inside = TEMPLATE) => `<reshelf-row ${attributes}><h2>More</h2>${inside}</reshelf-row>`;

const filled = page => page.waitForSelector('reshelf-row[state="filled"]');
const ids = page => page.locator("reshelf-row li").evaluateAll(entries => entries.map(({ dataset }) => dataset.reshelfItem));

test("a row fills the shop's template, and text stays text", async () => {
  const opened = await pages.open(`${itemsOnThePage}${row('kind="related" item="mug" limit="3"')}${scripts()}`);
  const { page, thrown, context } = opened;
  await filled(page);
  assert.deepEqual(await ids(page), ["cup", "bowl"], "the other one of its kind, then of the kitchen");
  const card = page.locator("reshelf-row li").first();
  assert.equal(await card.locator(".title").textContent(), "Cup");
  assert.equal(await card.locator("a").getAttribute("href"), null, "an address that is code is none");
  assert.equal(await card.locator("img").getAttribute("alt"), "Cup");
  assert.equal(await card.locator(".price").textContent(), "£4.00");
  assert.equal(await card.locator(".was").isVisible(), false, "a field it does not have");
  assert.match(await card.locator(".reason").textContent(), /Mug <b>blue<\/b>/);
  assert.equal(await page.locator("reshelf-row b").count(), 0);
  assert.deepEqual([thrown, opened.complaints], [[], []]);
  await context.close();
});

test("the row of docs/elements.md works as it stands there", async () => {
  const [, snippet] = /```html row\n(<reshelf-row[^]*?)```/.exec(readFileSync(new URL("../../docs/elements.md", import.meta.url), "utf8"));
  const { page, thrown, context } = await pages.open(`${snippet}${scripts()}`);
  await filled(page);
  assert.equal(await page.locator("reshelf-row li [data-field=title]").textContent(), "Heart of wicker");
  assert.equal(await page.locator("reshelf-row li [data-field=price]").textContent(), "£1.65");
  assert.deepEqual(thrown, []);
  await context.close();
});

test("a click in a row counts, and no order moves what the row shows", async () => {
  const { page, context } = await pages.open(`${itemsOnThePage}${row('kind="trending" placement="beside"')}${scripts()}`);
  await filled(page);
  const before = await ids(page);
  await page.locator('[data-reshelf-item="frame"] a').click();
  assert.equal(await page.evaluate(() => shop.profile().events), 1);
  assert.equal(await page.locator("reshelf-row ul").getAttribute("data-reshelf-placement"), "beside");
  const arranged = await page.evaluate(() => {
    for (let i = 0; i < 9; i++) shop.track({ type: "addToCart", item: "bag" });
    return shop.arrange(document, { refresh: true });
  });
  assert.ok(arranged.some(({ placement }) => placement === "beside"));
  assert.deepEqual(await ids(page), before);
  const isSame = await page.evaluate(async () => {
    const row = document.querySelector("reshelf-row");
    const [first] = row.querySelectorAll("li");
    document.body.prepend(row);
    await new Promise(done => setTimeout(done));
    return row.querySelector("li") === first && row.getAttribute("state") === "filled";
  });
  assert.ok(isSame, "nor does it begin anew where the page moves it");
  await context.close();
});

test("what is dismissed goes, another takes its place, and the keyboard stays", async () => {
  const { page, context } = await pages.open(`${itemsOnThePage}${row('kind="trending" limit="2"')}${scripts()}`);
  await filled(page);
  const [first, second] = await ids(page);
  await page.locator("reshelf-row button").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(id => document.querySelector("reshelf-row li")?.dataset.reshelfItem !== id, first);
  const now = await ids(page);
  assert.ok(!now.includes(first) && now.includes(second) && now.length === 2, String(now));
  assert.equal(await page.evaluate(() => document.activeElement.closest("li") === document.querySelector("reshelf-row li")), true);
  await context.close();
});

test("what is dismissed while learning is paused stays away from this row, and nothing is learned", async () => {
  const { page, context } = await pages.open(`${itemsOnThePage}${row('kind="trending" limit="2"')}${scripts("{}", "shop.pause();")}`);
  await filled(page);
  const [first] = await ids(page);
  await page.locator("reshelf-row button").first().click();
  await page.waitForFunction(id => document.querySelector("reshelf-row li")?.dataset.reshelfItem !== id, first);
  assert.ok(!(await ids(page)).includes(first));
  await page.evaluate(() => document.querySelector("reshelf-row").refresh());
  assert.ok(!(await ids(page)).includes(first));
  assert.equal(await page.evaluate(() => shop.profile().events), 0);
  await context.close();
});

test("an empty row takes no room, unless the page has something instead", async () => {
  const instead = row('id="instead" kind="recentlyViewed"', `${TEMPLATE}<p data-fallback>Best sellers</p>`);
  const { page, context } = await pages.open(`${itemsOnThePage}${row('id="bare" kind="recentlyViewed"')}${instead}${scripts()}`);
  await page.waitForSelector('#instead[state="empty"]');
  assert.equal(await page.locator("#bare").isVisible(), false);
  assert.equal(await page.locator("#instead [data-fallback]").isVisible(), true);
  await page.evaluate(() => {
    shop.track({ type: "view", item: "mug" });
    document.querySelectorAll("reshelf-row").forEach(row => row.refresh());
  });
  await page.waitForSelector('#bare[state="filled"]');
  assert.equal(await page.locator("#bare").isVisible(), true);
  // The page has one row of this kind already: no row repeats another.
  assert.equal(await page.locator("#instead [data-fallback]").isVisible(), (await page.locator("#instead li").count()) === 0);
  await context.close();
});

test("attributes and properties may change at any time; the last answer holds", async () => {
  const resolver = `
    const row = document.querySelector("reshelf-row");
    window.asked = [];
    shop.addItems([...Array(6).keys()].map(n => ({ id: "p" + n, category: [n % 2 ? "Odd" : "Even"] })));
    row.items = ids => new Promise(done => { asked.push(ids); window.answer = [...(window.answer ?? []), () => done(ids.map(id => ({ id, title: "No. " + id })))]; });`;
  const { page, thrown, context } = await pages.open(`${row('kind="related" item="p0" limit="2"')}${scripts("{}", resolver)}`);
  await page.waitForFunction(() => window.asked?.length === 1);
  await page.evaluate(() => document.querySelector("reshelf-row").setAttribute("item", "p1"));
  await page.waitForFunction(() => window.asked.length === 2);
  // The second is answered first.
  await page.evaluate(() => (answer[1](), answer[0]()));
  await filled(page);
  assert.deepEqual(await ids(page), await page.evaluate(() => asked[1]));
  await page.evaluate(() => (document.querySelector("reshelf-row").reasonOf = ({ code }) => `Weil: ${code}`));
  await page.waitForFunction(() => asked.length === 3);
  await page.evaluate(() => answer[2]());
  await page.waitForFunction(() => document.querySelector(".reason")?.textContent === "Weil: similar");
  assert.match(await page.locator("reshelf-row .title").first().textContent(), /^No\. p[35]$/);
  assert.deepEqual(thrown, []);
  await context.close();
});

test("mistakes of the page are told in the console, and the page goes on", async () => {
  for (const wrong of [row('kind="whatever"'), row('kind="forYou" limit="99"'), row('kind="related" item="mug"', "<p>no template</p>")]) {
    const opened = await pages.open(`${itemsOnThePage}${wrong}${scripts()}`);
    for (let waited = 0; opened.warnings.length === 0 && waited < 20_000; waited += 50) await new Promise(done => setTimeout(done, 50));
    assert.match(opened.warnings.join("\n"), /reshelf/);
    assert.deepEqual(opened.thrown, []);
    await opened.context.close();
  }
});

test("`reshelf/auto` is found whichever script runs first, and two copies do no harm", async () => {
  const auto = `<script type="module" src="/dist/auto.js" data-store="acme" data-bots="allow"></script>`;
  const elements = `<script type="module" src="/dist/elements.js"></script><script src="/dist/elements.iife.js"></script>`;
  for (const tags of [auto + elements, elements + auto]) {
    const { page, thrown, context } = await pages.open(`${tags}${itemsOnThePage}${row('kind="trending"')}`);
    await filled(page);
    assert.equal((await ids(page)).length, 5);
    assert.deepEqual(thrown, []);
    await context.close();
  }
});

test("without a working shop the page's own stays", async () => {
  const inside = `${TEMPLATE}<p data-fallback>Best sellers</p>`;
  const { page, thrown, context } = await pages.open(`${itemsOnThePage}${row('kind="trending"', inside)}${scripts('{ wasm: "/missing.wasm" }')}`);
  await page.waitForSelector('reshelf-row[state="empty"]');
  assert.equal(await page.locator("[data-fallback]").isVisible(), true);
  assert.deepEqual(thrown, []);
  await context.close();
});

const SECTIONS = `<section data-reshelf-section="kitchen" data-reshelf-category="Kitchen">Kitchen</section><section data-reshelf-section="home" data-reshelf-category="Home">Home</section>`;
const sections = page => page.locator("[data-reshelf-section]").evaluateAll(all => all.map(({ dataset }) => dataset.reshelfSection));

test("sections follow the shopper where the shop is in time, and only then", async () => {
  const likesHome = `shop.addItems(${JSON.stringify([{ id: "frame", category: ["Home"] }, { id: "mug", category: ["Kitchen"] }])});
    for (let i = 0; i < 9; i++) shop.track({ type: "addToCart", item: "frame" });
    const sections = document.createElement("reshelf-sections");
    sections.setAttribute("placement", "front");
    sections.append(...document.querySelectorAll("[data-reshelf-section]"));`;
  const inTime = `${likesHome} document.body.append(sections);`;
  const late = `${likesHome} let come; sections.shop = new Promise(done => (come = done)); document.body.append(sections); setTimeout(() => { come(shop); setTimeout(() => (window.isOver = true), 50); }, 400);`;
  for (const [script, order] of [[`${inTime} setTimeout(() => (window.isOver = true), 50);`, ["home", "kitchen"]], [late, ["kitchen", "home"]]]) {
    const { page, thrown, context } = await pages.open(`${SECTIONS}${scripts("{}", script)}`);
    await page.waitForFunction(() => window.isOver);
    assert.deepEqual(await sections(page), order);
    await page.locator('[data-reshelf-section="home"]').click();
    assert.equal(await page.evaluate(() => shop.profile().events), 10, "and they are watched");
    assert.deepEqual(thrown, []);
    await context.close();
  }
});

/** Tells when the row is filled, and gives it all items. */
const FILLINGS = `
  const row = document.querySelector("reshelf-row");
  window.fillings = [];
  row.addEventListener("reshelf-filled", ({ detail }) => fillings.push(detail.length));`;

test("a row that waits for what the shop was trained on is filled once, whatever changes meanwhile", async () => {
  const changes = `${FILLINGS}
    const items = JSON.parse(document.querySelector("[data-reshelf-items]").textContent);
    setTimeout(() => (row.items = items.slice(1)), 50);
    setTimeout(() => row.setAttribute("limit", "2"), 100);
    setTimeout(() => row.refresh(), 150);`;
  const { page, context } = await pages.open(`${itemsOnThePage}${row('kind="trending"')}${scripts('{ artifact: "/reshelf/never.rsf" }', changes)}`, { served: { "/reshelf/never.rsf": "never" } });
  await filled(page);
  await page.waitForTimeout(100);
  assert.deepEqual(await page.evaluate(() => fillings), [2], "with the newest of everything");
  assert.ok(!(await ids(page)).includes("mug"));
  await context.close();
});

test("a row without a template is empty, not busy for good", async () => {
  const { page, context } = await pages.open(`${itemsOnThePage}${row('kind="trending"', "<ul><li></li></ul><p data-fallback>Best sellers</p>")}${scripts()}`);
  await page.waitForSelector('reshelf-row[state="empty"]');
  assert.equal(await page.locator("reshelf-row").getAttribute("aria-busy"), null);
  assert.equal(await page.locator("[data-fallback]").isVisible(), true);
  await context.close();
});

test("a copy of a row, as page caches make them, shows its entries once", async () => {
  const { page, context } = await pages.open(`${itemsOnThePage}<main>${row('kind="trending" limit="3"')}</main>${scripts()}`);
  await filled(page);
  await page.evaluate(() => {
    const copy = document.querySelector("main").cloneNode(true);
    document.querySelector("main").replaceWith(copy);
    window.copied = new Promise(done => copy.addEventListener("reshelf-filled", done, { once: true }));
  });
  await page.evaluate(() => copied.then(() => {}));
  assert.equal((await ids(page)).length, 3);
  await context.close();
});

test("where a row's last entry is dismissed, the keyboard goes on to what follows", async () => {
  const one = `<button>Before</button>${row('kind="trending"')}<button hidden>Unseen</button><a id="next" href="#next">Next</a>`;
  const { page, context } = await pages.open(`${one}${scripts("{}", 'document.querySelector("reshelf-row").items = [{ id: "mug", title: "Mug" }];')}`);
  await filled(page);
  await page.locator('reshelf-row [data-action="dismiss"]').focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector('reshelf-row[state="empty"]', { state: "attached" });
  await page.waitForFunction(() => document.activeElement.id === "next");
  await context.close();
});
