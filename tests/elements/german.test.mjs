// The panel in another language than the engine's, and what it promises where
// something does leave the device.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { german } from "../../pkg/dist/elements/de.js";
import { ITEMS, openPages, scripts } from "./support.mjs";

let pages;
before(async () => (pages = await openPages()));
after(() => pages?.close());

const LIST = `<ul data-reshelf="products" data-reshelf-placement="list">${["bag", "cup"].map(id => `<li data-reshelf-item="${id}"><a href="#${id}">The ${id}</a></li>`).join("")}</ul>`;
const row = (kind, more = "") => `<reshelf-row kind="${kind}" ${more}><ul><template><li><span data-field="title"></span></li></template></ul></reshelf-row>`;
const items = JSON.stringify(ITEMS.map(({ image, ...rest }) => rest)).replaceAll("<", "\\u003c");

/** A page with rows and a panel in these words, for a shopper who likes mugs. */
async function open({ body = "", language = "", messages = german } = {}) {
  const learn = `
    shop.addItems(${items});
    for (const row of document.querySelectorAll("reshelf-row")) row.items = ${items};
    for (const type of ["view", "addToCart", "purchase"]) shop.track({ type, item: "mug", at: Date.UTC(2026, 0, 17, 12) });
    shop.arrange();
    window.isReady = true;`;
  const opened = await pages.open(`${LIST}${body}<reshelf-profile></reshelf-profile>${scripts("{}", learn)}`);
  await opened.page.waitForFunction(() => window.isReady);
  await opened.page.evaluate(([language, messages]) => {
    document.documentElement.lang = language;
    document.querySelector("reshelf-profile").messages = messages;
  }, [language, messages]);
  const panel = opened.page.locator("reshelf-profile");
  const words = part => panel.locator(part).allTextContents();
  return { ...opened, panel, words };
}

test("reasons of rows, prices and dates are German too, on a page that does not say its language", async () => {
  const { page, panel, words, thrown, context } = await open({ body: row("related", 'item="mug"') + row("forYou", 'placement="own"') });
  await page.waitForSelector('reshelf-row[state="filled"] li');
  assert.match((await words('[part="summary"]'))[0], /seit 17\. Januar 2026/);
  assert.ok((await words('[part="interest"] .name')).includes("Preise von 2,83 bis 4,00"));
  assert.match(await panel.locator('[data-key^="mute price"]').getAttribute("aria-label"), /„Preise von 2,83 bis 4,00“/);
  await panel.locator('[data-key="why"]').click();
  const reasons = await words('[part="why"] li .hint');
  assert.ok(reasons.includes("Ähnlich wie „Mug <b>blue</b>“"), reasons.join("\n"));
  const all = await panel.evaluate(({ shadowRoot }) => shadowRoot.textContent);
  assert.doesNotMatch(all, /\b(Similar|Because|looked|you|like|Popular|favourites|to \d|January)\b/);
  // The shop's own words win.
  await page.evaluate(() => (document.querySelector("reshelf-row").reasonOf = ({ code }) => `Weil ${code}`));
  await page.waitForFunction(() => /Weil similar/.test(document.querySelector("reshelf-profile").shadowRoot.textContent) || document.querySelector("reshelf-profile").refresh());
  assert.deepEqual(thrown, []);
  await context.close();
});

test("every reason of a row has German words, with a name and without", async () => {
  const { readFileSync } = await import("node:fs");
  const source = readFileSync(new URL("../../pkg/src/recommendation-types.ts", import.meta.url), "utf8");
  const codes = [...source.slice(source.indexOf("export type ReasonCode")).matchAll(/^ {2}\| "(\w+)"/gm)].map(([, code]) => code);
  assert.ok(codes.length > 10);
  assert.deepEqual(Object.keys(german.reasons).toSorted(), codes.toSorted());
  for (const text of Object.values(german.reasons)) assert.equal(text.includes("{name}"), text.includes("|"), text);
  for (const text of Object.values(german.reasons)) assert.doesNotMatch(text.split("|").at(-1), /\{/);
});

test("English words keep their dates in a page of another language; words of the page's own follow it", async () => {
  const said = async (messages, language) => {
    const { words, context } = await open({ messages, language });
    const [summary] = await words('[part="summary"]');
    const prices = (await words('[part="interest"] .name')).find(name => /\d/.test(name));
    await context.close();
    return `${summary.match(/(?:since|depuis|seit) (.*?)(?:\.?| hier getan haben\.)$/)[1]}; ${prices}`;
  };
  assert.equal(await said({}, "fr"), "January 17, 2026; Prices from 2.83 to 4.00");
  assert.equal(await said({}, "en-GB"), "17 January 2026; Prices from 2.83 to 4.00");
  assert.equal(await said(german, "de-AT"), "17. Jänner 2026; Preise von 2,83 bis 4,00");
  assert.equal(await said({ observed: "Depuis {count} actes depuis {since}", priceBand: "de {from} à {to}" }, "fr"), "17 janvier 2026; de 2,83 à 4,00");
  assert.match(await said({ observed: "Depuis {count} actes depuis {since}" }, "no language at all"), /2026; Prices from 2\.83 to 4\.00/);
});

test("where the shop's search is told something, the panel does not promise that nothing is sent", async () => {
  const promise = page => page.locator('reshelf-profile [part="promise"]').textContent();
  const { page, context } = await open({ messages: {} });
  assert.match(await promise(page), /Nothing is sent to anybody/);
  await page.evaluate(async () => {
    const { instantsearch } = await import("/dist/adapters/instantsearch.js");
    instantsearch(shop, { row: () => ({}) });
    document.querySelector("reshelf-profile").refresh();
  });
  assert.match(await promise(page), /Nothing is sent to anybody/, "an order of hits tells nobody");
  await page.evaluate(async () => {
    const { instantsearch } = await import("/dist/adapters/instantsearch.js");
    window.bridge = instantsearch(shop, { share: { brand: "brand" } });
    shop.track({ type: "view", item: "bag" });
  });
  await page.waitForFunction(() => /search service is told/.test(document.querySelector("reshelf-profile").shadowRoot.textContent));
  assert.doesNotMatch(await promise(page), /Nothing is sent to anybody/);
  await page.evaluate(messages => (document.querySelector("reshelf-profile").messages = messages), german);
  assert.match(await promise(page), /erfährt der Suchdienst/);
  await page.evaluate(() => {
    bridge();
    bridge();
    document.querySelector("reshelf-profile").refresh();
  });
  assert.equal(await promise(page), german.promise);
  await context.close();
});
