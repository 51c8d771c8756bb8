// `reshelf/devtools` in a real browser, under the strictest policy that the package
// is made for: it shows what is so, and changes nothing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { openBrowser } from "../facade/pages.mjs";

const axe = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const POLICY = "default-src 'none'; script-src 'nonce-n' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'";
const EVIL = '<img src=x onerror="window.hurt=1">';

const item = (id, shelf, rest = "") => `<li data-reshelf-item="${id.replaceAll('"', "&quot;")}" data-reshelf-category="Home > ${shelf}" ${rest}><a href="#x">Thing</a></li>`;
const candles = [1, 2, 3].map(i => item(`c${i}`, "Candles", `data-reshelf-brand="Wick" data-reshelf-price="${i}"`));
const gardens = [1, 2, 3].map(i => item(`g${i}`, "Garden", 'data-reshelf-brand="Leaf" data-reshelf-price="9"'));
const PAGE = `
  <main><h1>Acme</h1><button id="before">Something</button>
    <ul data-reshelf="products" data-reshelf-placement="search">${item("pin", "Garden", "data-reshelf-pin")}${gardens.join("")}${candles.join("")}${item(EVIL, "Garden")}</ul>
    <div data-reshelf="sections" data-reshelf-placement="home">
      <section data-reshelf-section="garden" data-reshelf-category="Home > Garden">Garden</section>
      <section data-reshelf-section="candles" data-reshelf-category="Home > Candles">Candles</section>
    </div>
  </main>`;

const SCRIPT = `
  import { createReshelf } from "/dist/index.js";
  import { devtoolsShortcut, openDevtools } from "/dist/devtools.js";
  window.shop = await createReshelf({ store: "acme", bots: "allow", strength: 100, quota: 10 });
  window.openDevtools = openDevtools;
  for (let i = 0; i < 5; i++) shop.track({ type: "view", item: "c1", dwellMs: 20_000 });
  shop.arrange();
  shop.observe();
  window.stop = devtoolsShortcut(shop, window.devtoolsOptions);
  document.documentElement.dataset.done = "";`;

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

/** A page with the tool's shortcut, as somebody opens it. */
async function open({ body = PAGE, before = "", more = "" } = {}) {
  const { page, thrown, context } = await browser.open("", {
    path: "/page",
    before: `window.violations = []; addEventListener("securitypolicyviolation", event => violations.push(event.violatedDirective + " " + event.blockedURI)); ${before}`,
    served: { "/page": { headers: { "Content-Type": "text/html", "Content-Security-Policy": POLICY }, body: `<!doctype html><html lang="en"><head><title>Acme</title><link rel="icon" href="data:,"></head><body>${body}${more}<script type="module" nonce="n">${SCRIPT}</script></body></html>` } },
  });
  await page.waitForFunction(() => document.documentElement.dataset.done === "");
  const tab = name => page.getByRole("tab", { name }).click();
  const state = () => page.evaluate(() => ({ order: [...document.querySelectorAll("[data-reshelf-item], [data-reshelf-section]")].map(element => element.getAttribute("data-reshelf-item") ?? element.getAttribute("data-reshelf-section")), events: shop.profile().events, stored: Object.keys(localStorage), held: document.body.childElementCount }));
  const close = async () => {
    assert.deepEqual(thrown, []);
    assert.deepEqual(await page.evaluate(() => window.violations), []);
    assert.equal(await page.evaluate(() => window.hurt), undefined);
    await context.close();
  };
  return { page, tab, state, close, panel: page.getByRole("tabpanel") };
}

const press = page => page.keyboard.press("Alt+Shift+D");

test("opens by its keys and by a call, closes by Escape, and gives the focus back", async () => {
  const { page, close } = await open();
  const dialog = page.getByRole("dialog", { name: "Reshelf tools" });
  await page.focus("#before");
  await press(page);
  await dialog.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent), "Orders");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("End");
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent), "Data");
  await page.keyboard.press("Escape");
  assert.equal(await dialog.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), "before");
  await page.evaluate(() => { const first = openDevtools(shop); window.second = openDevtools(shop); first.close(); window.second.close(); });
  assert.equal(await dialog.count(), 0);
  await press(page);
  await press(page);
  assert.equal(await dialog.count(), 0);
  await page.evaluate(() => stop());
  await press(page);
  assert.equal(await dialog.count(), 0);
  await close();
});

test("looking changes nothing: not the page, its orders, the profile or storage", async () => {
  const { page, tab, state, close } = await open();
  const before = await state();
  await press(page);
  for (const name of ["Orders", "Explain", "Profile", "Events", "Personas", "Data"]) await tab(name);
  await tab("Personas");
  for (const name of ["candle lover", "gardener who buys"]) {
    await page.getByLabel("Persona", { exact: true }).selectOption(name);
    await page.getByRole("button", { name: "Play" }).click();
    await page.getByText("would move").first().waitFor();
  }
  await page.keyboard.press("Escape");
  assert.deepEqual(await state(), before);
  assert.deepEqual(before.stored, []);
  await close();
});

test("orders: before and after, and why, with the rules", async () => {
  const { page, panel, close } = await open();
  await press(page);
  const list = panel.getByRole("table", { name: /^search \(products\): \d of 8 moved/ });
  const row = list.getByRole("row").filter({ has: page.getByRole("button", { name: "Explain c1", exact: true }) });
  const [place, id, merchants] = await row.locator("th, td").allTextContents();
  assert.equal(id, "c1");
  assert.match(place, /^5 → [234]$/);
  assert.notEqual(merchants, "c1");
  await row.getByRole("button").click();
  const parts = panel.getByRole("table", { name: "What the score is made of" });
  const values = (await parts.locator("tbody td:last-child").allTextContents()).map(text => Number(text.replace("−", "-")));
  const { score } = await page.evaluate(() => shop.explain("search", "c1"));
  assert.ok(values.length > 1);
  assert.ok(Math.abs(values.at(-1) - score) < 0.001, "the sum is the score");
  assert.ok(Math.abs(values.slice(0, -1).reduce((sum, value) => sum + value, 0) - score) < 0.002 * values.length, "the parts add up");
  await page.getByLabel("Entry").selectOption("pin");
  const rules = await page.evaluate(() => shop.explain("search", "pin").rules);
  assert.ok(rules.length > 0);
  assert.deepEqual(await panel.getByRole("table", { name: "Rules applied, in order" }).locator("tbody th").allTextContents(), rules);
  await page.getByLabel("Entry").selectOption(EVIL);
  await close();
});

test("events: what is tracked and what the page's tracker hears, as it happens", async () => {
  const { page, tab, panel, close } = await open();
  await press(page);
  await tab("Events");
  await page.evaluate(() => shop.track({ type: "search", query: "heart" }));
  await panel.getByRole("row", { name: /search.*heart/ }).waitFor();
  await page.locator('[data-reshelf-item="g2"] a').click();
  await panel.getByRole("row", { name: /click.*g2/ }).first().waitFor();
  await panel.getByRole("button", { name: "Clear" }).click();
  await panel.getByText("Nothing has happened yet.").waitFor();
  await close();
});

test("profile: what the device knows", async () => {
  const { page, tab, panel, close } = await open();
  await press(page);
  await tab("Profile");
  const row = panel.getByRole("row", { name: /^Home > Candles category/ });
  const { score } = await page.evaluate(() => shop.profile().interests.find(({ value }) => value === "Home > Candles"));
  assert.ok((await row.textContent()).includes(score.toFixed(3)));
  assert.match(await panel.getByRole("row", { name: /^Status/ }).textContent(), /ready/);
  await close();
});

test("personas: cast on the page's own shelves, each with an order of their own", async () => {
  const { page, tab, panel, close } = await open();
  await press(page);
  await tab("Personas");
  const firstFor = async name => {
    await page.getByLabel("Persona", { exact: true }).selectOption(name);
    await page.getByRole("button", { name: "Play" }).click();
    await panel.getByText(`After ${name === "newcomer" ? 0 : 7} acts`).waitFor();
    return panel.getByRole("table", { name: /^home/ }).locator("tbody tr:first-child td:nth-child(2)").textContent();
  };
  // The largest shelf of the page is the garden, and plays the candles; the comparer's kitchen is played by the next.
  assert.equal(await firstFor("newcomer"), "garden");
  assert.equal(await firstFor("comparer"), "candles");
  await close();
});

test("explain: an entry of a row has its reason", async () => {
  const row = `<reshelf-row kind="trending" limit="2"><ul><template><li><span data-field="title"></span></li></template></ul></reshelf-row>`;
  const { page, tab, panel, close } = await open({ body: PAGE.replace("</main>", `${row}</main>`), more: '<script type="module" nonce="n">import "/dist/elements.js"; import { provideShop } from "/dist/elements.js"; const wait = () => (window.shop ? provideShop(shop) : setTimeout(wait, 5)); wait(); document.querySelector("reshelf-row").items = [1, 2, 3].map(i => ({ id: "c" + i, title: "Candle " + i }));</script>' });
  await page.waitForSelector('reshelf-row[state="filled"]');
  await press(page);
  await tab("Explain");
  await page.getByLabel("Placement", { exact: true }).selectOption("trending");
  const { text, code } = await page.evaluate(() => document.querySelector("reshelf-row").shown[0].reason);
  assert.ok((await panel.textContent()).includes(text), text);
  assert.equal(await panel.getByRole("table", { name: "Reason" }).getByRole("row", { name: /^Code/ }).locator("td").textContent(), code);
  await close();
});

test("personas: bare marks take nothing from what the feed says", async () => {
  const bare = id => `<li data-reshelf-item="${id}"><a href="#x">Thing</a></li>`;
  const { page, tab, panel, close } = await open({
    body: `<main><h1>Acme</h1><ul data-reshelf="products" data-reshelf-placement="search">${["g1", "g2", "g3", "g4", "c1", "c2", "c3"].map(bare).join("")}</ul></main>`,
    before: 'window.devtoolsOptions = { copy: { strength: 100, quota: 10 }, feed: ["g1", "g2", "g3", "g4", "c1", "c2", "c3"].map(id => ({ id, category: ["Home", id[0] === "c" ? "Candles" : "Garden"] })) };',
  });
  await press(page);
  await tab("Personas");
  await page.getByLabel("Persona", { exact: true }).selectOption("comparer");
  await page.getByRole("button", { name: "Play" }).click();
  const list = panel.getByRole("table", { name: /^search: \d of 7 would move/ });
  await list.waitFor();
  assert.match(await panel.textContent(), /they like: [^.]*Home > Candles/);
  assert.match(await list.locator("tbody tr:first-child td:nth-child(2)").textContent(), /^c/);
  await close();
});

test("data: one product in two lists is seen twice and told once each", async () => {
  const twice = ["one", "two"].map(name => `<ul data-reshelf="products" data-reshelf-placement="${name}">${candles.join("")}</ul>`).join("");
  const { page, tab, panel, close } = await open({ body: `<main><h1>Acme</h1>${twice}</main>` });
  await press(page);
  await tab("Data");
  const at = Date.now();
  await page.evaluate(at => { for (const placement of ["one", "two"]) shop.track({ type: "impression", item: "c2", placement, at }); }, at);
  await page.waitForTimeout(100);
  await tab("Data");
  assert.equal(await panel.getByText("Told twice").count(), 0);
  await page.evaluate(at => shop.track({ type: "impression", item: "c2", placement: "two", at }), at);
  await panel.getByRole("row").filter({ hasText: "Told twice" }).filter({ hasText: "impression of c2" }).waitFor();
  await close();
});

const LD = [{ "@type": "Product", sku: "c1", name: "Candle", brand: "Wick", category: "Home > Candles", offers: { price: "7.00", priceCurrency: "EUR" } }, { "@type": "Product", sku: "C2", name: "Candle", offers: { price: "2.00" } }];
const PUSHES = `window.dataLayer = [
  { event: "purchase", ecommerce: { transaction_id: "T1", currency: "GBP", items: [{ item_id: "other-1", item_name: "Other", price: 3, item_brand: "Wick" }] } },
  { event: "purchase", ecommerce: { transaction_id: "T1", currency: "GBP", items: [{ item_id: "other-1", item_name: "Other", price: 3, item_brand: "Wick" }] } }];`;

test("data: what is wrong with it, each with examples, and nothing where nothing is", async () => {
  const { page, tab, panel, close } = await open({
    before: PUSHES,
    more: `<script type="application/ld+json" nonce="n">${JSON.stringify({ "@context": "https://schema.org", "@graph": LD })}</script>`,
  });
  await page.evaluate(() => { for (let i = 0; i < 2; i++) shop.track({ type: "addToCart", item: "c2" }); });
  await press(page);
  await tab("Data");
  const found = async text => (await panel.getByRole("row").filter({ hasText: text }).locator("td").allTextContents()).at(-1);
  assert.equal(await found("Ids of JSON-LD that marks does not have."), "C2 (marks has c2)");
  assert.equal(await found("No id of dataLayer is one of marks"), "other-1");
  assert.equal(await found("Without a brand in JSON-LD."), "C2");
  assert.equal(await found("Without a price in marks."), `pin, ${EVIL}`);
  assert.equal(await found("Without a category in JSON-LD."), "C2");
  assert.match(await found("One product, several prices."), /^c1: .*1 \(marks\).*7 \(JSON-LD\)|^c1: .*7 \(JSON-LD\)/);
  assert.equal(await found("Prices in several currencies"), "EUR (c1), GBP (other-1)");
  assert.equal(await found("A price without a currency."), "C2 (JSON-LD)");
  assert.equal(await found("Told twice at the same moment"), "addToCart of c2");
  assert.equal(await found("pushed into the data layer more than once"), "T1");
  await close();
  const clean = await open({ body: `<main><h1>Acme</h1><ul data-reshelf="products">${candles.join("")}</ul></main>`, before: 'window.devtoolsOptions = { feed: [1, 2, 3].map(i => ({ id: "c" + i, category: ["Home", "Candles"], brand: "Wick", price: i, currency: "GBP" })) };' });
  await press(clean.page);
  await clean.tab("Data");
  await clean.panel.getByText("Nothing is wrong with it.").waitFor();
  await clean.close();
});

test("data: ids that differ without marks or a feed, and what structured data need not name", async () => {
  const product = sku => `<script type="application/ld+json" nonce="n">${JSON.stringify({ "@context": "https://schema.org", "@type": "Product", sku, name: "Candle", brand: "Wick", category: "Candles", offers: { price: "5", priceCurrency: "EUR" } })}</script>`;
  const pushed = ids => `window.dataLayer = [{ event: "view_item_list", ecommerce: { currency: "EUR", items: ${JSON.stringify(ids.map(id => ({ item_id: id, item_brand: "Wick", item_category: "Candles", price: 5 })))} } }];`;
  const open1 = async (sku, ids) => {
    const opened = await open({ body: "<main><h1>Acme</h1></main>", more: product(sku), before: pushed(ids) });
    await press(opened.page);
    await opened.tab("Data");
    return opened;
  };
  const other = await open1("SKU-1", ["991", "992"]);
  assert.equal((await other.panel.getByRole("row").filter({ hasText: "No id of dataLayer is one of JSON-LD" }).locator("td").allTextContents()).at(-1), "991, 992");
  await other.close();
  const related = await open1("c1", ["c1", "c2"]);
  await related.panel.getByText("Nothing is wrong with it.").waitFor();
  await related.close();
});

test("data: acts that were pushed twice before the tool was there, and none where the shopper came back", async () => {
  const push = (event, ...ids) => ({ event, "gtm.uniqueEventId": Math.random(), ecommerce: { currency: "EUR", items: ids.map(id => ({ item_id: id, item_brand: "Wick", item_category: "Candles", price: 5 })) } });
  const open1 = async pushes => {
    const opened = await open({ body: "<main><h1>Acme</h1></main>", before: `window.dataLayer = ${JSON.stringify(pushes)};` });
    await press(opened.page);
    await opened.tab("Data");
    return opened;
  };
  const twice = await open1([push("view_item", "c1"), push("add_to_cart", "c1"), push("view_item", "c1"), push("add_to_cart", "c1"), { event: "page_view" }, { event: "page_view" }]);
  const [, count, examples] = await twice.panel.getByRole("row").filter({ hasText: "Pushed into the data layer twice" }).locator("th, td").allTextContents();
  assert.deepEqual([count, examples], ["2", "view_item of c1, add_to_cart of c1"]);
  await twice.close();
  const back = await open1([push("view_item_list", "c1", "c2"), push("view_item", "c1"), push("view_item", "c2"), push("view_item_list", "c1", "c2"), push("view_item", "c1"), { ecommerce: null }, { event: "view_cart" }, { event: "view_cart" }]);
  await back.panel.getByText("Nothing is wrong with it.").waitFor();
  await back.close();
});

test("orders: what a page adds to a list leaves what is known of the rest", async () => {
  const { page, tab, panel, close } = await open();
  const places = () => panel.getByRole("table", { name: /^search/ }).locator("tbody th").allTextContents();
  await press(page);
  const before = await places();
  assert.ok(before.some(place => place.includes("→")));
  await page.evaluate(late => { const entry = document.createElement("li"); entry.dataset.reshelfItem = late; document.querySelector("ul").append(entry); }, "late");
  await tab("Orders");
  assert.deepEqual(await places(), [...before, "9"]);
  await close();
});

/** As `useRecommendations` marks its row. */
const HOOK_ROW = `<ol data-reshelf="products" data-reshelf-rendered data-reshelf-placement="forYou">${["c1", "c2"].map(id => `<li data-reshelf-item="${id}">Thing</li>`).join("")}</ol>`;

/** As `useSections` marked its sections before it told what they show. */
const BARE_SECTIONS = '<div data-reshelf="sections" data-reshelf-rendered data-reshelf-placement="bare"><section data-reshelf-section="a">A</section><section data-reshelf-section="b">B</section></div>';

test("personas: sections that do not say what they show are not played", async () => {
  const { page, tab, panel, close } = await open({
    body: PAGE.replace("</main>", `${BARE_SECTIONS}</main>`),
    more: `<script type="module" nonce="n">const wait = () => { if (document.documentElement.dataset.done === undefined) return setTimeout(wait, 5); const copy = document.querySelector("[data-reshelf-rendered]").cloneNode(true); copy.removeAttribute("data-reshelf-rendered"); shop.arrange(copy); window.isOrdered = true; }; wait();</script>`,
  });
  await page.waitForFunction(() => window.isOrdered && shop.explain("bare", "a"));
  await press(page);
  await tab("Personas");
  await page.getByRole("button", { name: "Play" }).click();
  await panel.getByText("bare: not played. No section here says by data-reshelf-category what it shows.").waitFor();
  await close();
});

test("a row that the page renders is in no order, and nobody plays it", async () => {
  const { page, tab, panel, close } = await open({ body: PAGE.replace("</main>", `${HOOK_ROW}</main>`) });
  await press(page);
  const list = panel.getByRole("table", { name: "forYou (products): 2 shown, in no order of this shop" });
  assert.deepEqual(await list.locator("thead th").allTextContents(), ["Place", "Shown", "Why"]);
  await list.getByRole("button", { name: "Explain c2" }).click();
  await panel.getByText("This shop put it in no order: the page's code chose it.").waitFor();
  await tab("Personas");
  await page.getByRole("button", { name: "Play" }).click();
  await panel.getByText("forYou: not played.").waitFor();
  assert.equal(await panel.getByRole("table", { name: /^forYou/ }).count(), 0);
  await panel.getByRole("table", { name: /^search: \d of 8 would move/ }).waitFor();
  await close();
});

test("personas: a <reshelf-row> is filled anew, with what it may show and nothing else", async () => {
  const row = '<reshelf-row kind="trending" limit="2"><ul><template><li><span data-field="title"></span></li></template></ul></reshelf-row>';
  const rows = ["Garden", "Candles"].flatMap(shelf => [1, 2, 3].map(i => ({ id: `row-${shelf}-${i}`, title: `${shelf} ${i}`, category: ["Home", shelf] })));
  const { page, tab, panel, close } = await open({
    body: `<main><h1>Acme</h1><ul data-reshelf="products" data-reshelf-placement="search">${gardens.join("")}${candles.join("")}</ul>${row}</main>`,
    before: 'window.devtoolsOptions = { copy: { strength: 100 } };',
    more: `<script type="module" nonce="n">import { provideShop } from "/dist/elements.js"; const rows = ${JSON.stringify(rows)}; const wait = () => { if (!window.shop) return setTimeout(wait, 5); shop.addItems(rows); provideShop(shop); }; wait(); document.querySelector("reshelf-row").items = [...rows, { id: "odd", category: 7, price: {} }];</script>`,
  });
  await page.waitForSelector('reshelf-row[state="filled"]');
  await press(page);
  await panel.getByRole("table", { name: "trending (row): 2 shown, in no order of this shop" }).waitFor();
  await tab("Personas");
  const seenBy = async name => {
    await page.getByLabel("Persona", { exact: true }).selectOption(name);
    await page.getByRole("button", { name: "Play" }).click();
    await panel.getByText(`After ${name === "newcomer" ? 0 : 7} acts`).waitFor();
    return panel.getByRole("table", { name: /^trending: a row, \d of 2 would be other products/ }).locator("tbody td:nth-child(2)").allTextContents();
  };
  // Of two shelves the second plays the comparer's kitchen.
  const [newcomer, comparer] = [await seenBy("newcomer"), await seenBy("comparer")];
  assert.deepEqual([newcomer.length, comparer.length], [2, 2]);
  assert.ok([...newcomer, ...comparer].every(id => id.startsWith("row-")), "only what the row may show");
  assert.notDeepEqual(comparer, newcomer);
  await close();
});

test("events: a click into the tab and its button do not stop them", async () => {
  const { page, tab, panel, close } = await open();
  await press(page);
  await tab("Events");
  const act = query => page.evaluate(query => shop.track({ type: "search", query }), query);
  await panel.getByText("Newest first").click();
  await act("heart");
  await panel.getByRole("row", { name: /heart/ }).waitFor();
  await panel.getByRole("group", { name: "Events" }).focus();
  await act("angel");
  await panel.getByRole("row", { name: /angel/ }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.getAttribute("aria-label")), "Events", "the focus stays in the table");
  await panel.getByRole("button", { name: "Clear" }).click();
  await act("lantern");
  await panel.getByRole("row", { name: /lantern/ }).waitFor();
  // What somebody is about to copy stays.
  await panel.getByRole("cell", { name: /lantern/ }).dblclick({ position: { x: 16, y: 10 } });
  await act("candle");
  await page.waitForTimeout(200);
  assert.equal(await panel.getByRole("row", { name: /candle/ }).count(), 0);
  await close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in any tab, ${colorScheme}, on a desktop and a phone`, async () => {
    const { page, tab, close } = await open();
    await page.emulateMedia({ colorScheme });
    await press(page);
    // From the protocol, so that the page's policy does not apply to it.
    await page.evaluate(axe);
    for (const [width, height] of [[1280, 900], [390, 844]]) {
      await page.setViewportSize({ width, height });
      for (const name of ["Orders", "Explain", "Profile", "Events", "Personas", "Data"]) {
        await tab(name);
        if (name === "Personas") await page.getByRole("button", { name: "Play" }).click();
        const violations = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ["violations"] })).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`));
        assert.deepEqual(violations, [], `${name} at ${width}`);
      }
    }
    await close();
  });
}
