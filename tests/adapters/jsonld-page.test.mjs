// Structured data of a page as it lives: what comes, changes and goes in it, in a
// real browser. What is read of it: jsonld.test.mjs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "../facade/pages.mjs";

let browser;
let page;
before(async () => {
  browser = await openBrowser();
  ({ page } = await browser.open(`<base href="https://shop.example/">`));
  await page.evaluate(async base => {
    window.adapter = await import(`${base}/dist/adapters/jsonld.js`);
    window.shop = await (await import(`${base}/dist/testing.js`)).createTestReshelf({ bots: "allow" });
  }, new URL(page.url()).origin);
});
after(() => browser?.close());

test("the page: its own mark, what comes later, until stopped; rows of the page stay", async () => {
  const told = await page.evaluate(async () => {
    const rows = [];
    const put = data => {
      const script = Object.assign(document.createElement("script"), { type: "application/ld+json", textContent: JSON.stringify(data) });
      document.body.append(script);
      return new Promise(done => setTimeout(done));
    };
    await put({ "@type": "Product", sku: "one", brand: "A" });
    const stop = adapter.jsonld({ addItems: (given, options) => rows.push(...given.map(({ id }) => [id, options.keep])) });
    await put({ "@type": "Product", sku: "two", brand: "A" });
    document.body.append(document.createElement("p"));
    await put({ "@type": "Product", sku: "two", brand: "A", color: "red" });
    stop();
    await put({ "@type": "Product", sku: "three", brand: "A" });
    shop.addItems([{ id: "one", brand: "B" }]);
    adapter.jsonld(shop)();
    for (let i = 0; i < 5; i++) shop.track({ type: "addToCart", item: "one" });
    shop.addItems([{ id: "other", brand: "C" }]);
    return { rows, brands: shop.profile().interests.filter(({ kind }) => kind === "brand").map(({ value }) => value) };
  });
  assert.deepEqual(told, { rows: [["one", true], ["two", true], ["two", true]], brands: ["B"] });
});

test("what a single-page application changes is heard: text replaced, text edited, a script inside of what comes", async () => {
  const told = await page.evaluate(async () => {
    const rows = [];
    let reads = 0;
    const settled = () => new Promise(done => setTimeout(done));
    const text = sku => JSON.stringify({ "@type": "Product", sku, brand: "A" });
    const script = Object.assign(document.createElement("script"), { type: "application/ld+json", textContent: text("s0") });
    document.head.append(script);
    const stop = adapter.jsonld({ addItems: given => rows.push(...given.map(({ id }) => id)) }, { id: product => (reads++, product.sku) });
    rows.length = 0;
    script.textContent = text("s1");
    await settled();
    script.firstChild.data = text("s2");
    await settled();
    script.firstChild.replaceWith(text("s3"));
    await settled();
    const inner = Object.assign(document.createElement("script"), { type: "application/ld+json", textContent: text("s4") });
    const around = document.createElement("main");
    around.append(document.createElement("section"));
    around.firstChild.append(inner);
    document.body.append(around);
    await settled();
    reads = 0;
    const other = Object.assign(document.createElement("p"), { textContent: "other" });
    document.body.append(other);
    other.firstChild.data = "text";
    await settled();
    const others = reads;
    stop();
    script.textContent = text("s5");
    await settled();
    around.remove();
    script.remove();
    return { rows, others };
  });
  assert.deepEqual(told, { rows: ["s1", "s2", "s3", "s4"], others: 0 });
});

test("a page that is navigated head first is read when its mark is there; scripts left as they were are the page's before", async () => {
  const told = await page.evaluate(async () => {
    const rows = [];
    const settled = () => new Promise(done => setTimeout(done));
    const [address, script, main] = [location.href, document.createElement("script"), document.createElement("main")];
    // Without the test's base address, another origin's, which history refuses.
    const base = document.querySelector("base");
    base.remove();
    document.querySelectorAll('script[type="application/ld+json"]').forEach(other => other.remove());
    Object.assign(script, { type: "application/ld+json" });
    document.head.append(script);
    document.body.append(main);
    const head = (path, sku) => (history.pushState({}, "", path), (script.textContent = JSON.stringify({ "@type": "Product", sku, brand: sku })), settled());
    const body = mark => ((main.innerHTML = mark ? `<p data-reshelf="product" data-reshelf-item="${mark}"></p>` : ""), settled());
    await head("/p/1", "S1");
    await body("77");
    const stop = adapter.jsonld({ addItems: given => rows.push(...given.map(({ id, brand }) => [id, brand])) });
    rows.length = 0;
    await head("/p/2", "S2");
    await body("88");
    // A way without a mark: what comes then is not the old product's either.
    await head("/c", "S3");
    await body();
    await head("/p/4", "S4");
    await body("99");
    // An application that never renews its scripts.
    history.pushState({}, "", "/p/5");
    await body("111");
    // Body first.
    history.pushState({}, "", "/p/6");
    await body("122");
    script.textContent = JSON.stringify({ "@type": "Product", sku: "S6", brand: "S6" });
    await settled();
    stop();
    script.remove();
    main.remove();
    history.pushState({}, "", address);
    document.head.prepend(base);
    return rows;
  });
  assert.deepEqual(told, [["88", "S2"], ["S3", "S3"], ["S4", "S4"], ["99", "S4"], ["122", "S6"]]);
});
