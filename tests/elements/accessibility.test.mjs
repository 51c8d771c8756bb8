// What axe finds in a row and in the panel, in the states that people meet them in.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { german } from "../../pkg/dist/elements/de.js";
import { ITEMS, itemsOnThePage, openPages, scripts } from "./support.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let pages;
before(async () => (pages = await openPages()));
after(() => pages?.close());

const TEMPLATE = `<ul><template><li>
  <a data-field="url"><img data-field="image" data-field-alt="title"><span data-field="title"></span></a>
  <span data-field="price"></span><p data-field="reason"></p><button type="button" data-action="dismiss">Not interested</button>
</li></template></ul>`;
const BODY = `
  <main><h1>Shop</h1>
    <ul data-reshelf="products" data-reshelf-placement="list">${["bag", "cup"].map(id => `<li data-reshelf-item="${id}"><a href="#${id}">The ${id}</a></li>`).join("")}</ul>
    <reshelf-row kind="related" item="mug"><h2>Goes with it</h2>${TEMPLATE}</reshelf-row>
    <reshelf-row kind="buyAgain" placement="again"><h2>Again</h2>${TEMPLATE}<p data-fallback>Best sellers</p></reshelf-row>
    <reshelf-profile></reshelf-profile>
  </main>`;
const LEARN = `
  document.documentElement.lang = "en";
  document.title = "Shop";
  shop.addItems(${JSON.stringify(ITEMS).replaceAll("<", "\\u003c")});
  window.learn = () => { for (const type of ["view", "addToCart", "purchase"]) shop.track({ type, item: "mug" }); shop.arrange(document, { refresh: true }); };`;

async function violations(page, within) {
  await page.evaluate(AXE);
  return page.evaluate(async within => {
    const { violations } = await axe.run(within, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat().join(" ")).join(", ")}`);
  }, within);
}

async function open(learned) {
  const opened = await pages.open(`${BODY}${itemsOnThePage}${scripts("{}", `${LEARN}${learned ? "learn();" : ""} window.isReady = true;`)}`);
  await opened.page.waitForFunction(() => window.isReady && document.querySelectorAll("reshelf-row[aria-busy]").length === 0);
  return { ...opened, panel: opened.page.locator("reshelf-profile") };
}

test("axe finds what is wrong in a row", async () => {
  const { page, context } = await open(true);
  await page.locator("reshelf-row li img").first().evaluate(image => image.removeAttribute("alt"));
  assert.match((await violations(page, "reshelf-row")).join(), /image-alt/);
  await context.close();
});

test("rows, filled and with the page's own instead", async () => {
  const { page, context } = await open(true);
  assert.deepEqual(await page.locator("reshelf-row").evaluateAll(rows => rows.map(row => row.getAttribute("state"))), ["filled", "empty"]);
  for (const row of ['[kind="related"]', '[kind="buyAgain"]']) assert.deepEqual(await violations(page, `reshelf-row${row}`), []);
  await page.locator('[data-action="dismiss"]').first().click();
  assert.deepEqual(await violations(page, 'reshelf-row[kind="related"]'), [], "after one was dismissed");
  await context.close();
});

for (const [language, messages] of [["English", {}], ["German", german]]) {
  test(`the panel in ${language}: empty, open reasons, everything muted`, async () => {
    const { page, panel, context } = await open(false);
    await page.evaluate(messages => (document.querySelector("reshelf-profile").messages = messages), messages);
    const check = async state => assert.deepEqual(await violations(page, "reshelf-profile"), [], state);
    await check("empty");
    await panel.locator('[data-key="why"]').click();
    await check("empty, with nothing to explain");
    await page.evaluate(() => learn());
    await panel.locator('[part="interest"]').first().waitFor();
    for (const summary of await panel.locator('[part="why"] li summary').all()) await summary.click();
    assert.ok((await panel.locator('[part="why"] .sum, [part="why"] li .hint').count()) > 2);
    await check("with every reason open");
    for (let left = 20; left > 0 && (await panel.locator('[data-key^="mute "]').count()) > 0; left--) await panel.locator('[data-key^="mute "]').first().click();
    assert.deepEqual([await panel.locator('[part="interest"]').count(), (await panel.locator('[part="muted"]').count()) > 1], [0, true]);
    await check("with everything muted");
    const roles = await panel.evaluate(({ shadowRoot }) => [...shadowRoot.querySelectorAll("ul, ol")].map(list => list.getAttribute("role")));
    assert.ok(roles.length > 2 && roles.every(role => role === "list"), "WebKit takes a list without bullets for none");
    await context.close();
  });
}
