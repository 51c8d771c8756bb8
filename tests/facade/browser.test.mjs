// The built package in a real browser: policies, broken files, blocked storage,
// the script tags, and that watching twice does not count twice.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { moduleScript, openBrowser } from "./pages.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const OWN = "default-src 'self'; script-src 'self' 'unsafe-inline'";
const WASM = `${OWN} 'wasm-unsafe-eval'`;

const surroundings = [
  ["no policy", moduleScript(), {}, "ready"],
  ["trusted types required", moduleScript(), { csp: "require-trusted-types-for 'script'" }, "ready"],
  ["compiling allowed", moduleScript(), { csp: WASM }, "ready"],
  ["compiling forbidden", moduleScript(), { csp: OWN }, "inert:blocked"],
  ["fetching forbidden", moduleScript(), { csp: `${WASM}; connect-src 'none'` }, "inert:blocked"],
  ["inline: fetching forbidden", moduleScript("{}", "inline.js"), { csp: `${WASM}; connect-src 'none'` }, "ready"],
  ["inline: compiling forbidden", moduleScript("{}", "inline.js"), { csp: OWN }, "inert:blocked"],
  ["file missing", moduleScript('{ wasm: "/missing.wasm" }'), {}, "inert:failed"],
  ["file truncated", moduleScript('{ wasm: "/truncated/reshelf.wasm" }'), {}, "inert:failed"],
  ["automated browser", moduleScript('{ bots: "inert" }'), {}, "inert:bot"],
  ["no WebAssembly", moduleScript(), { before: "delete globalThis.WebAssembly" }, "inert:unsupported"],
  ["script tag", `<script src="/dist/reshelf.iife.js"></script><script>shop = Reshelf.createReshelf({ store: "acme", bots: "allow" })</script>`, {}, "ready"],
  ["auto, script", `<script async src="/dist/auto.iife.js" data-store="acme" data-bots="allow"></script>`, {}, "ready"],
  ["auto, module", `<script type="module" src="/dist/auto.js" data-store="acme" data-bots="allow"></script>`, {}, "ready"],
  ["auto with wrong attributes", `<script async src="/dist/auto.iife.js" data-store="a b" data-consent="x" data-strength="x" data-quota="1.5" data-bots="allow"></script>`, {}, "ready"],
];

for (const [label, head, options, expected] of surroundings) {
  test(`${label} -> ${expected}`, async () => {
    const { page, thrown, status, context } = await browser.open(head, options);
    assert.equal(await status(), expected);
    const order = await page.evaluate(async () => {
      const shop = await (window.shop ?? window.reshelf);
      shop.arrange();
      return [...document.querySelectorAll("li")].map(item => item.dataset.reshelfItem);
    });
    assert.deepEqual(order, ["a", "b"]);
    assert.deepEqual(thrown, []);
    for (const path of browser.requested) assert.match(path, /^\/(dist\/[\w.-]+\.js|(dist|truncated)\/reshelf\.wasm|missing\.wasm)$/);
    assert.ok(browser.requested.filter(path => path.endsWith(".wasm")).length <= 1);
    await context.close();
  });
}

// ------------------------------------------------------------- googleConsent

test("what Google Consent Mode is asked for is an option, and an attribute of the tag", async () => {
  const functional = `<script>dataLayer = [["consent", "default", { functionality_storage: "granted", analytics_storage: "granted" }]]</script>`;
  const tag = more => `<script async src="/dist/auto.iife.js" data-store="acme" data-bots="allow" data-consent="auto" ${more}></script>`;
  const heads = [
    [moduleScript('{ consent: "auto", googleConsent: "functionality_storage" }'), "granted"],
    [moduleScript('{ consent: "auto" }'), "denied"],
    [tag('data-google-consent="functionality_storage"'), "granted"],
    [tag(""), "denied"],
  ];
  for (const [head, expected] of heads) {
    const { page, context, status } = await browser.open(`${functional}${head}`);
    await status();
    assert.equal(await page.evaluate(async () => (await (window.shop ?? window.reshelf)).consent.state), expected, head);
    await context.close();
  }
});

// --------------------------------------------------- auto, with adapters

const product = `<script type="application/ld+json">{ "@type": "Product", "sku": "a", "brand": "Wick" }</script>`;
const layer = `<script>
  layer = [];
  layer.push({ event: "view_item", ecommerce: { items: [{ item_id: "a" }] } });
  layer.push({ event: "add_to_cart", ecommerce: { items: [{ item_id: "a" }] } });
</script>`;
const tags = [
  ["script", attributes => `<script async src="/dist/auto.iife.js" ${attributes}></script>`],
  ["module", attributes => `<script type="module" src="/dist/auto.js" ${attributes}></script>`],
];
for (const [label, tag] of tags) {
  const all = `data-store="acme" data-bots="allow" data-layer="layer"`;
  const learnt = async (attributes, before) => {
    const { page, thrown, context } = await browser.open(`${product}${layer}${tag(`${all} ${attributes}`)}`, { before });
    const told = await page.evaluate(async () => {
      const shop = await window.reshelf;
      for (let tries = 0; tries < 500 && shop.profile().events === 0 && !window.quiet; tries++) await new Promise(done => setTimeout(done, 20));
      const { events } = shop.profile();
      // One brand alone is no preference.
      shop.addItems([{ id: "b", brand: "Other" }]);
      for (let i = 0; i < 5; i++) shop.track({ type: "addToCart", item: "a" });
      return { events, brands: shop.profile().interests.filter(({ kind }) => kind === "brand").map(({ value }) => value) };
    });
    const adapters = browser.requested.filter(path => path.includes("/adapters/"));
    assert.deepEqual(thrown, []);
    await context.close();
    return { ...told, adapters };
  };

  test(`auto, ${label}: the adapters that the tag names, and of a marked page what its marks do not say`, async () => {
    const { events, adapters, brands } = await learnt('data-adapters="jsonld, nothing ga4"');
    assert.deepEqual(adapters.sort(), ["/dist/adapters/ga4.js", "/dist/adapters/jsonld.js"]);
    assert.equal(events, 2, "no mark names the product of this page: its view is heard");
    assert.deepEqual(brands, ["Wick"], "the page's structured data are its catalogue");
  });

  test(`auto, ${label}: without marks an adapter says all; without adapters none is loaded`, async () => {
    const unmarked = "addEventListener('DOMContentLoaded', () => document.body.replaceChildren())";
    assert.equal((await learnt('data-adapters="ga4"', unmarked)).events, 2);
    assert.deepEqual((await learnt("", "setTimeout(() => (window.quiet = true), 1500)")).adapters, []);
  });
}

for (const [label, tag] of tags) {
  test(`auto, ${label}: data-artifact names the folder of what was trained`, async () => {
    const body = readFileSync(new URL("../golden/artifact.rsf", import.meta.url));
    const { page, thrown, context } = await browser.open(tag('data-store="acme" data-bots="allow" data-artifact="/trained/"'), { served: { "/trained/reshelf.rsf": { body } } });
    const artifact = await page.evaluate(async () => {
      const shop = await window.reshelf;
      while (shop.artifact.state === "loading") await new Promise(done => setTimeout(done, 20));
      return shop.artifact;
    });
    assert.deepEqual(artifact, { state: "ready" });
    assert.deepEqual(thrown, []);
    await context.close();
  });

  test(`auto, ${label}: without data-artifact none is asked for`, async () => {
    const { page, context } = await browser.open(tag('data-store="acme" data-bots="allow" data-artifact=" "'));
    assert.deepEqual(await page.evaluate(async () => (await window.reshelf).artifact), { state: "none" });
    await context.close();
  });
}

const events = page => page.evaluate(async () => (await shop).profile().events);
const keys = page => page.evaluate(() => Object.keys(localStorage));

test("a root watched twice, or as a part, by one instance or two, counts a click once", async () => {
  const { page, thrown, context } = await browser.open(moduleScript());
  await page.evaluate(async () => {
    const first = await shop;
    const { createReshelf } = await import("/dist/index.js");
    window.second = await createReshelf({ store: "acme", bots: "allow" });
    window.stops = [first.observe(), first.observe(document), first.observe(document.body), second.observe()];
  });
  const click = async () => {
    await page.click("li");
    await page.waitForTimeout(50);
  };
  await click();
  assert.equal(await events(page), 1);
  assert.equal(await page.evaluate(() => second.profile().events), 0);
  await page.evaluate(() => {
    stops[0]();
    stops[0]();
    stops[1]();
  });
  await click();
  // Which instance watches is not promised: what both know is one store's.
  const both = async () => (await events(page)) + (await page.evaluate(() => second.profile().events));
  assert.equal(await both(), 2, "whoever still relies on it is not cut off");
  await page.evaluate(() => stops.forEach(stop => stop()));
  await click();
  assert.equal(await both(), 2, "and nobody is watched when all have stopped");
  assert.deepEqual(thrown, []);
  await context.close();
});

test("storage: untouched without consent, empty after forget() and deny()", async () => {
  const { page, context } = await browser.open(moduleScript(), {
    before: `{
      window.touched = 0;
      const real = Object.getOwnPropertyDescriptor(Window.prototype, "localStorage") ?? Object.getOwnPropertyDescriptor(window, "localStorage");
      Object.defineProperty(window, "localStorage", { get() { touched++; return real.get.call(window); } });
    }`,
  });
  await page.evaluate(async () => {
    (await shop).addItems([{ id: "a", category: ["Home"] }]);
    (await shop).track({ type: "view", item: "a", dwellMs: 9000 });
  });
  await page.waitForTimeout(50);
  assert.equal(await page.evaluate("touched"), 0);
  await page.evaluate(async () => (await shop).consent.grant());
  assert.ok((await page.evaluate("touched")) > 0, "the counter counts");
  assert.match((await keys(page)).join(), /^reshelf\.acme\.[^,]+$/);

  await page.reload();
  assert.equal(await events(page), 0, "nothing is read before consent");
  await page.evaluate(async () => (await shop).consent.grant());
  assert.equal(await events(page), 1, "and what was stored is there with it");
  await page.evaluate(async () => (await shop).forget());
  assert.deepEqual(await keys(page), []);
  assert.equal(await events(page), 0);

  await page.evaluate(async () => (await shop).track({ type: "view", item: "a", dwellMs: 9000 }));
  await page.waitForTimeout(50);
  assert.equal((await keys(page)).length, 1, "forgetting is not withdrawing");
  await page.evaluate(async () => (await shop).consent.deny());
  assert.deepEqual(await keys(page), []);
  await context.close();
});

test("forget() and deny() delete what an earlier page stored, before consent was given here", async () => {
  for (const call of ["forget()", "consent.deny()"]) {
    const { page, context } = await browser.open(moduleScript('{ consent: localStorage.length ? "denied" : "granted" }'));
    await page.evaluate(async () => (await shop).track({ type: "view", item: "a", dwellMs: 9000 }));
    await page.evaluate(() => localStorage.setItem("cart", "2 candles"));
    await page.reload();
    assert.equal((await keys(page)).length, 2);
    await page.evaluate(`shop.then(shop => shop.${call})`);
    assert.deepEqual(await keys(page), ["cart"]);
    await context.close();
  }
});

test("blocked storage leaves a shop that works in memory", async () => {
  for (const body of ["throw new DOMException('denied', 'SecurityError')", "return null"]) {
    const { page, thrown, status, context } = await browser.open(moduleScript('{ consent: "granted" }'), {
      before: `Object.defineProperty(window, "localStorage", { get() { ${body} } })`,
    });
    await page.evaluate(async () => (await shop).track({ type: "view", item: "a", dwellMs: 9000 }));
    await page.waitForTimeout(50);
    assert.equal(await events(page), 1);
    await page.evaluate(async () => (await shop).forget());
    await page.evaluate(async () => (await shop).consent.deny());
    assert.equal(await events(page), 0);
    assert.equal(await status(), "ready");
    assert.deepEqual(thrown, []);
    await context.close();
  }
});

test("destroy() keeps the last dwell, and the page can start again", async () => {
  const { page, thrown, context } = await browser.open(moduleScript('{ consent: "granted" }'));
  const stored = () => page.evaluate(() => JSON.stringify(localStorage));
  await page.evaluate(async () => {
    const product = document.createElement("main");
    product.dataset.reshelf = "product";
    product.dataset.reshelfItem = "a";
    document.body.append(product);
    (await shop).observe();
  });
  await page.waitForTimeout(1_500);
  const viewed = await stored();
  assert.equal((await keys(page)).length, 1, "the view itself is stored");
  await page.evaluate(async () => (await shop).destroy());
  assert.notEqual(await stored(), viewed, "and so is how long it was read");

  const before = await page.evaluate(async () => {
    const { createReshelf } = await import("/dist/index.js");
    window.shop = createReshelf({ store: "acme", bots: "allow", consent: "granted" });
    (await shop).observe();
    return (await shop).profile().events;
  });
  await page.click("li");
  await page.waitForTimeout(50);
  assert.equal(await events(page), before + 1);
  assert.deepEqual(thrown, []);
  await context.close();
});

/** The page of a shop with `auto`, and what the instance answers to `code` once everything is started. */
async function automatic(body, code, served = {}) {
  const { page, thrown, context } = await browser.open("", { path: "/page", served: { ...served, "/page": { headers: { "Content-Type": "text/html" }, body: `<!doctype html><link rel="icon" href="data:,"><body>${body}` } } });
  await page.waitForFunction(() => window.reshelf);
  const answer = await page.evaluate(`(async () => { const shop = await window.reshelf; await new Promise(done => setTimeout(done, 800)); return ${code}; })()`);
  assert.deepEqual(thrown, []);
  await context.close();
  return answer;
}
const autoTag = more => `<script async src="/dist/auto.iife.js" data-store="acme" data-bots="allow" ${more}></script>`;

test("auto: consent is heard in the data layer that the tag names", async () => {
  const said = (layer, more) => automatic(`<script>window.${layer} = []; (function () { ${layer}.push(arguments) })("consent", "default", { personalization_storage: "granted" })</script>${autoTag(`data-consent="auto" ${more}`)}`, "shop.consent.state");
  assert.equal(await said("layer", 'data-layer="layer"'), "granted");
  assert.equal(await said("layer", 'data-layer="other"'), "denied");
  assert.equal(await said("dataLayer", ""), "granted");
});

test("auto: adapters leave out only what the marks of the page say", async () => {
  const viewed = `<script>dataLayer = [{ event: "view_item", ecommerce: { items: [{ item_id: "z", item_name: "Z", item_category: "Candles" }] } }]</script>${autoTag('data-adapters="ga4"')}`;
  const list = '<ul data-reshelf="products"><li data-reshelf-item="a">a</li></ul>';
  assert.deepEqual(await automatic(list + viewed, "shop.profile().recentlyViewed"), ["z"], "a marked list says nothing of the page's product");
  assert.deepEqual(await automatic(`<main data-reshelf="product" data-reshelf-item="a">a</main>${viewed}`, "shop.profile().recentlyViewed.includes('z')"), false);
});

const listed = ["a", "b", "c", "d"];
const structured = listed.map(sku => ({ "@type": "Product", sku, category: sku === "c" ? "Home > Candles" : "Kitchen > Mugs" }));
const bought = Array.from({ length: 6 }, () => ({ event: "add_to_cart", ecommerce: { items: [{ item_id: "c" }] } }));
const unnamed = `<ul data-reshelf="products">${listed.map(id => `<li data-reshelf-item="${id}">${id}</li>`).join("")}</ul>
  <script type="application/ld+json">${JSON.stringify(structured)}</script><script>dataLayer = ${JSON.stringify(bought)}</script>`;
const order = "[...document.querySelectorAll('li')].map(li => li.textContent).join('')";

test("auto: what adapters say of products is known when lists are put in order", async () => {
  const tag = autoTag('data-adapters="jsonld ga4" data-strength="100" data-quota="10"');
  assert.equal((await automatic(unnamed + tag, order))[0], "c");
});

test("auto: a file that does not come holds no list up for long", async () => {
  const page = `<ul data-reshelf="products"><li data-reshelf-item="a" data-reshelf-category="Mugs">a</li><li data-reshelf-item="c" data-reshelf-category="Candles">c</li></ul>
    <script src="/dist/auto.iife.js" data-store="acme" data-bots="allow" data-adapters="ga4"></script><script type="module">(await reshelf).on("ranked", ({ placement }) => (window.ranked = placement))</script>`;
  assert.equal(await automatic(page, "window.ranked", { "/dist/adapters/ga4.js": "never" }), "products");
});

test("auto: where the data layer has another name, Global Privacy Control refuses all the same", async () => {
  const control = "<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })</script>";
  const state = "(shop.consent.grant(), shop.consent.state)";
  assert.equal(await automatic(autoTag('data-consent="auto" data-layer="layer"'), state), "granted");
  assert.equal(await automatic(control + autoTag('data-consent="auto" data-layer="layer"'), state), "denied");
});

test("auto: marks that come with a later page of an application end what adapters say of views", async () => {
  const page = `<main></main><script>dataLayer = []</script>${autoTag('data-adapters="ga4"')}`;
  const code = `(async () => {
    const heard = [];
    shop.on("tracked", ({ type, item }) => heard.push(type + ":" + item));
    const main = document.querySelector("main");
    const view = (item, marks) => {
      main.innerHTML = marks ? '<div data-reshelf="product" data-reshelf-item="' + item + '"></div>' : "";
      dataLayer.push({ event: "view_item", ecommerce: { items: [{ item_id: item }] } });
      return new Promise(done => setTimeout(done, 400));
    };
    await view("a", false);
    await view("p", true);
    await view("q", true);
    await view("b", false);
    return heard.filter(told => told.startsWith("view"));
  })()`;
  assert.deepEqual(await automatic(page, `await ${code}`), ["view:a", "view:p", "view:q", "view:b"]);
});

test("auto as a module takes no other script's tag for its own", async () => {
  const other = '<script src="/vendor/autocomplete.js" data-store="77123"></script>';
  const page = `${other}<script type="module" src="/dist/auto.js" data-store="acme" data-bots="allow"></script>`;
  assert.equal(await automatic(page, "shop.export().store", { "/vendor/autocomplete.js": { headers: { "Content-Type": "text/javascript" }, body: "" } }), "acme");
});

test("auto as a module knows its tag without a store, too", async () => {
  const tag = '<script type="module" src="/dist/auto.js" data-consent="granted" data-bots="allow"></script>';
  assert.deepEqual(await automatic(tag, "[shop.status, shop.consent.state]"), ["ready", "granted"]);
});
