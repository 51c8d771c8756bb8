// What is around a snippet while it runs, and what must be true afterwards. A
// stage has a `body`, what the page has `before` any script, a `prelude` (what the
// snippet's module finds), an `epilogue` (what is done with its exports), what the server has (`served`, `routes`), and a `check`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const PRODUCTS = [
  { sku: "mug", name: "Blue mug", category: ["Kitchen", "Mugs"], brand: "Acme", price: 4.5 },
  { sku: "bowl", name: "Blue bowl", category: ["Kitchen", "Bowls"], brand: "Acme", price: 7 },
  { sku: "candle", name: "Beeswax candle", category: ["Home", "Candles"], brand: "Wick", price: 2.95 },
];
const HITS = PRODUCTS.map(({ sku, category, ...rest }) => ({ objectID: sku, categories: category, ...rest }));
const PREPARED = `
  import { createReshelf } from "reshelf";
  globalThis.products = ${JSON.stringify(PRODUCTS)};
  globalThis.results = products;
  globalThis.render = shown => (globalThis.rendered = shown.map(({ sku }) => sku));
`;
const READY = `${PREPARED}
  globalThis.shop = await createReshelf({ store: "acme" });
  shop.addItems(products.map(({ sku, ...rest }) => ({ ...rest, id: sku })));
  for (let i = 0; i < 5; i++) shop.track({ type: "view", item: "candle", dwellMs: 20_000 });
`;

/** A page whose consent platform says yes. */
const consenting = () => {
  window.dataLayer = [];
  (function gtag() { window.dataLayer.push(arguments); })("consent", "default", { personalization_storage: "granted" });
};

const ids = (page, selector, attribute) => page.$$eval(selector, (found, attribute) => found.map(element => element.getAttribute(attribute)), attribute);

/** A list of a framework's, marked so that what was shown counts and nothing in it is moved. */
const isMarked = ({ page }) => page.waitForFunction(() => document.querySelectorAll("[data-reshelf=products][data-reshelf-rendered] > [data-reshelf-item]").length === 3);

/** Clicks often, comes back, and finds what was clicked in the first place. */
async function favours({ page, settled }, { click, list, attribute }) {
  await page.waitForSelector(click);
  const before = await ids(page, list, attribute);
  assert.notEqual(before[0], before.at(-1));
  for (let i = 0; i < 6; i++) {
    await page.click(click);
    await page.waitForTimeout(120);
  }
  await page.goto(page.url().split("#")[0]);
  await settled();
  await page.waitForSelector(click);
  const chosen = await page.$eval(click, (element, attribute) => element.closest(`[${attribute}]`).getAttribute(attribute), attribute);
  await page.waitForFunction(([list, attribute, chosen]) => document.querySelector(list).getAttribute(attribute) === chosen, [list, attribute, chosen], { timeout: 5_000 });
  assert.deepEqual((await ids(page, list, attribute)).toSorted(), before.toSorted(), "nothing is lost");
}

const printed = page => page.evaluate(() => window.printed);
const stored = page => page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith("reshelf.acme")));
const ready = async ({ page }) => assert.equal(await page.evaluate(async () => (await window.reshelf).status), "ready");
const HOME = { click: '[data-reshelf-section="candles"]', list: "[data-reshelf-section]", attribute: "data-reshelf-section" };

const ELEMENTS = `${READY} import { provideShop } from "reshelf/elements"; provideShop(shop);`;
const asPage = code => `${code}<script type="module">${ELEMENTS}</script>`;
/** A framework's component with a row of its own. */
const framework = epilogue => ({ body: '<div id="app"></div>', epilogue, check: ({ page }) => page.waitForSelector('reshelf-row a[href$="/mug"]') });

export const stages = {
  alone: { prelude: PREPARED },
  ready: { prelude: READY },
  results: { prelude: PREPARED },
  ranked: {
    prelude: `${READY} shop.rank("search", ["mug", "candle"]);`,
    check: async ({ page }) => assert.ok((await printed(page)).length > 0),
  },
  quickstart: {
    check: async ({ page }) => {
      const [sorted, why] = await printed(page);
      assert.deepEqual(sorted, ["candle", "mug"]);
      assert.deepEqual([why.rank, why.merchantRank], [0, 1]);
    },
  },
  home: { before: consenting, check: told => favours(told, HOME) },
  modules: {
    // The page's own instance, which its module keeps to itself.
    served: { "/dist/index.js": { headers: { "Content-Type": "text/javascript" }, body: 'import { createReshelf as create } from "/reshelf/index.js"; export const createReshelf = options => (window.made = create(options));' } },
    check: async ({ page }) => {
      await page.waitForFunction(async () => (await window.made)?.status === "ready");
      for (let i = 0; i < 6; i++) await page.click(HOME.click);
      assert.equal(await page.evaluate(async () => (await window.made).profile().events), 6, "clicks are heard");
      await page.evaluate(async () => (await window.made).arrange(document, { refresh: true }));
      assert.deepEqual(await ids(page, HOME.list, HOME.attribute), ["candles", "mugs", "legal"]);
    },
  },
  auto: {
    before: consenting,
    check: async told => {
      await ready(told);
      if (await told.page.$("[data-reshelf-section]")) {
        await favours(told, { ...HOME, click: '[data-reshelf-item="candle"]' });
        assert.equal((await ids(told.page, "[data-reshelf-section]", "data-reshelf-section")).at(-1), "legal");
      }
    },
  },
  search: { prelude: PREPARED, check: async ({ page }) => assert.equal((await page.evaluate(() => window.rendered)).length, 3) },
  preload: { check: async ({ page, requested }) => { await page.waitForTimeout(200); assert.deepEqual(requested.filter(path => /index\.js|\.wasm/.test(path)).toSorted(), ["/reshelf/index.js", "/reshelf/reshelf.wasm"]); } },
  marks: {
    check: async ({ page }) => {
      const placements = await page.evaluate(async () => (await (await import("/dist/index.js")).createReshelf({ store: "acme" })).arrange());
      assert.deepEqual(placements.map(({ placement, kind }) => `${kind} ${placement}`), ["sections home", "products search", "banners hero"]);
    },
  },
  vue: {
    before: `(${consenting})(); window.products = ${JSON.stringify(PRODUCTS)};`,
    body: '<div id="app"></div>',
    check: async told => {
      await isMarked(told);
      await favours(told, { click: 'a[href="#candle"]', list: "[data-reshelf-item]", attribute: "data-reshelf-item" });
    },
  },
  algolia: {
    before: consenting,
    body: '<div id="search"></div><div id="sort"></div><div id="hits"></div>',
    routes: Object.fromEntries(["https://*.algolia.net/**", "https://*.algolianet.com/**"].map(pattern => [pattern, {
      headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "*" },
      contentType: "application/json",
      body: JSON.stringify({ results: [{ hits: HITS, nbHits: 3, page: 0, nbPages: 1, hitsPerPage: 20, query: "", params: "", index: "products", processingTimeMS: 1 }] }),
    }])),
    check: async told => {
      await isMarked(told);
      await favours(told, { click: 'a[href="#candle"]', list: "[data-reshelf-item]", attribute: "data-reshelf-item" });
    },
  },
  hits: {
    prelude: `${READY} globalThis.hits = options => options; globalThis.search = { addWidgets: added => (globalThis.widgets = added) };`,
    check: async ({ page }) => assert.equal(await page.evaluate(found => window.widgets[0].transformItems(found)[0].objectID, HITS), "candle"),
  },
  relations: {
    prelude: `${READY}
      const related = (sku, name, category) => ({ "@type": "Product", sku, name, category, isAccessoryOrSparePartFor: { "@type": "Product", sku: "forge", name: "Forge" } });
      const script = Object.assign(document.createElement("script"), { type: "application/ld+json" });
      script.textContent = JSON.stringify([related("apron", "Apron", "Clothing"), related("mug", "Blue mug", "Kitchen > Mugs"), related("candle", "Beeswax candle", "Home > Candles")]);
      document.head.append(script);`,
    check: async ({ page }) => assert.deepEqual(await printed(page), [["candle", "apron", "mug"]]),
  },
  storefront: {
    prelude: READY,
    body: '<div id="related"></div>',
    served: {
      "/recommendations/products.json": { body: JSON.stringify({ products: [{ id: 1, title: "Mug", type: "Mugs", vendor: "Acme", price: 450, available: true, tags: [] }] }) },
      "/recommendations/products": { body: '<div id="shopify-section-related-products"><ul data-reshelf="products"><li data-reshelf-item="1">Mug</li></ul></div>' },
    },
    check: async ({ page }) => assert.equal(await page.textContent("#related"), "Mug"),
  },
  banner: {
    body: '<button id="yes">Yes</button><button id="no">No</button><main data-reshelf="products"><a href="#mug" data-reshelf-item="mug">Mug</a></main>',
    check: async ({ page }) => {
      await page.click("main a");
      assert.deepEqual(await stored(page), []);
      await page.click("#yes");
      await page.waitForFunction(() => Object.keys(localStorage).some(key => key.startsWith("reshelf.acme")));
      await page.click("#no");
      await page.waitForFunction(() => !Object.keys(localStorage).some(key => key.startsWith("reshelf.acme")));
    },
  },
  next: { server: { layout: "layout.tsx", page: "page.tsx" }, before: consenting, check: told => favours(told, { click: 'a[href="#candle"]', list: "ul [data-reshelf-item]", attribute: "data-reshelf-item" }) },
  component: {
    before: consenting,
    body: '<div id="app"></div>',
    epilogue: `import { createElement } from "react"; import { createRoot } from "react-dom/client";
      createRoot(document.querySelector("#app")).render(createElement(snippet.Search, { products: ${JSON.stringify(PRODUCTS.map(({ sku, ...rest }) => ({ ...rest, id: sku })))} }));`,
    check: async told => {
      await told.page.waitForSelector("li");
      await favours(told, { click: 'li[data-reshelf-item="candle"]', list: "[data-reshelf-item]", attribute: "data-reshelf-item" });
    },
  },
  stub: {
    fill: code =>
      code
        .replace(">…</main>", `>${["mugs", "candles"].map(id => `<section data-reshelf-section="${id}" data-reshelf-category="${id}">${id}</section>`).join("")}</main>`)
        .replace(">…</script>", `>${readFileSync(new URL("../../pkg/dist/stub.iife.js", import.meta.url), "utf8")}</script>`),
    check: async told => {
      await ready(told);
      await favours(told, HOME);
      // By the stub: what it leaves is there before the engine.
      assert.deepEqual(await told.page.$eval("main", ({ reshelf }) => [reshelf.before, reshelf.after]), ["mugs\ncandles", "candles\nmugs"]);
    },
  },
  tools: { check: async ({ page, settled }) => { await page.goto(`${page.url()}?reshelf-tools`); await settled(); await page.getByRole("dialog", { name: "Reshelf tools" }).waitFor(); } },
  elements: { fill: asPage, check: ({ page }) => page.waitForFunction(() => [...document.querySelectorAll("reshelf-row, reshelf-sections, reshelf-profile")].every(element => element.matches(":defined"))) },
  row: {
    fill: asPage,
    served: { "/heart.jpg": { body: "" }, "/wicker.jpg": { body: "" } },
    check: ({ page }) => page.waitForSelector('reshelf-row a[href$="/wicker"]'),
  },
  rowItems: {
    prelude: `${ELEMENTS}`,
    body: '<reshelf-row kind="trending"><ul><template><li><a data-field="url"><span data-field="title"></span></a></li></template></ul></reshelf-row>',
    served: { "/products.json": { headers: { "Content-Type": "application/json" }, body: JSON.stringify([{ id: "mug", title: "Mug", url: "/mug" }]) } },
    check: ({ page }) => page.waitForSelector('reshelf-row a[href$="/mug"]'),
  },
  panel: {
    prelude: `${ELEMENTS}`,
    body: "<reshelf-profile></reshelf-profile>",
    check: ({ page }) => page.waitForFunction(() => document.querySelector("reshelf-profile").shadowRoot?.querySelector("h2").textContent === "Was dieser Laden über Sie weiß"),
  },
  config: {
    epilogue: "window.config = snippet.default;",
    check: async ({ page }) => assert.deepEqual(await page.evaluate(() => ["reshelf-row", "div"].map(window.config.plugins[0].template.compilerOptions.isCustomElement)), [true, false]),
  },
  // As a server renders it, then hydrated.
  reactElements: framework(`import { createElement } from "react"; import { hydrateRoot } from "react-dom/client"; import { renderToString } from "react-dom/server"; import { ReshelfProvider } from "reshelf/react";
    const app = document.querySelector("#app");
    const tree = createElement(ReshelfProvider, { options: { store: "acme" } }, createElement(snippet.Elements));
    app.innerHTML = renderToString(tree);
    hydrateRoot(app, tree, { onRecoverableError: error => { throw error; } });`),
  // As a server renders it, then hydrated: Vue tells of a mismatch in the console.
  vueElements: framework(`import { createSSRApp } from "vue"; import { renderToString } from "vue/server-renderer";
    document.querySelector("#app").innerHTML = await renderToString(createSSRApp(snippet.default));
    createSSRApp(snippet.default).mount("#app");`),
  svelte: framework('import { mount } from "svelte"; mount(snippet.default, { target: document.querySelector("#app") });'),
  google: {
    check: async ({ page }) => {
      await page.evaluate(`(${consenting})()`);
      await page.waitForFunction(() => window.printed.includes("granted"), undefined, { timeout: 10_000 });
    },
  },
  elsewhere: {
    served: { "/elsewhere/engine.wasm": { headers: { "Content-Type": "application/wasm" }, body: readFileSync(new URL("../../pkg/dist/reshelf.wasm", import.meta.url)) } },
    check: async ({ page }) => assert.deepEqual(await printed(page), ["ready"]),
  },
  trained: {
    served: { "/reshelf/reshelf.rsf": { body: readFileSync(new URL("../golden/artifact.rsf", import.meta.url)) } },
    // What the server has no manifest for is the one file; the browser notes the 404.
    complaints: /404/,
    check: ({ page }) => page.waitForFunction(() => window.printed.at(-1) === "ready"),
  },
  theme: {
    before: () => {
      window.Shopify = { customerPrivacy: { preferencesProcessingAllowed: () => true } };
    },
    data: {
      collection: { sort_by: "", default_sort_by: "manual", products: PRODUCTS.map(({ sku, name, brand, price, category }) => ({ id: sku, title: name, vendor: brand, price: price * 100, type: category[1], url: `#${sku}` })) },
      product: { id: "bowl", title: "Blue bowl", type: "Bowls" },
    },
    check: async told => {
      await told.page.waitForFunction(() => Object.keys(localStorage).some(key => key.startsWith("reshelf.acme")));
      await favours(told, { click: 'a[href="#candle"]', list: "li[data-reshelf-item]", attribute: "data-reshelf-item" });
    },
  },
  policy: { status: "ready" },
  blocked: { status: "inert:blocked", complaints: /Content Security Policy|WebAssembly/ },
  // The examples of the sources (`examples.mjs`):
  recommended: {
    prelude: READY,
    served: { "/recommendations/products.json": { body: JSON.stringify({ products: [{ id: 1, title: "Mug", type: "Mugs", vendor: "Acme", price: 450, available: true, tags: [] }] }) } },
    check: async ({ page, requested }) => {
      assert.deepEqual(requested.filter(path => path.startsWith("/recommendations")), ["/recommendations/products.json"]);
      assert.deepEqual(await page.evaluate(() => Array.from(shop.order("related", ["1"]))), [0]);
    },
  },
  german: {
    prelude: ELEMENTS,
    body: "<reshelf-profile></reshelf-profile>",
    check: ({ page }) => page.waitForFunction(() => document.querySelector("reshelf-profile").shadowRoot?.querySelector("h2").textContent === "Was dieser Laden über Sie weiß"),
  },
  provided: { check: async ({ page }) => assert.equal(await page.evaluate(async () => (await window.reshelf).status), "ready") },
  pixel: {
    prelude: `globalThis.register = extension => extension({
      analytics: { subscribe: (name, hear) => (window.publish = () => hear({ name, data: { checkout: { lineItems: [{ variant: { product: { id: "1" } } }] } } })) },
      browser: { localStorage: { getItem: async () => null, setItem: async (key, value) => void (window.left = key) } },
      init: { customerPrivacy: { preferencesProcessingAllowed: true } },
    });`,
    check: async ({ page }) => {
      await page.evaluate(() => window.publish());
      await page.waitForFunction(() => window.left?.startsWith("reshelf.acme.pixel."));
    },
  },
  // At a shell:
  train: {
    files: {
      "clicks.tsv": ["SessionId\tItemId\tTime", ...Array.from({ length: 120 }, (_, i) => [0, 1, 2].map(step => `${i}\tp${(i + step) % 12}\t${1_700_000_000 + i * 3_600 + step * 60}`)).flat()].join("\n"),
      "products.csv": ["id,title,category,brand,price", ...Array.from({ length: 12 }, (_, i) => `p${i},Thing ${i},Home > Shelf ${i % 3},Acme,${i + 1}`)].join("\n"),
    },
    leaves: "public/reshelf/reshelf.json",
  },
  // Options and names only: the files are the reader's.
  options: { missing: /There is no (file|artifact) / },
  // Of this repository, with names of folders that are the reader's.
  ours: { missing: /^The invoices are not there/ },
  repository: {},
};
