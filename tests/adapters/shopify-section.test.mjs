// Sections that Shopify renders, in a real browser: shopify.dev/docs/api/ajax/section-rendering
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "../facade/pages.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const entry = (id, category) => `<li data-reshelf-item="${id}" data-reshelf-category="${category}">${id}</li>`;
const ids = Array.from({ length: 10 }, (_, i) => [`p${i}`, i < 6 ? "Home > Garden" : "Home > Candles"]);
const section = `
  <div id="shopify-section-related" class="shopify-section"><h2>You may also like</h2>
    <script>window.ran = true</script>
    <ul data-reshelf="products" data-reshelf-placement="related">${ids.map(each => entry(...each)).join("")}</ul>
  </div>`;

/** A page of a shopper who likes candles, with Shopify's endpoint behind it. */
async function theme(answer, options) {
  const asked = [];
  const opened = await browser.open(`<script type="module">
    import { shopify, shopifySection } from "/dist/adapters/shopify.js";
    import { createTestReshelf, personas, sampleItems } from "/dist/testing.js";
    window.fan = createTestReshelf({ strength: 100, quota: 10 }).then(shop => {
      shop.addItems(sampleItems);
      for (let i = 0; i < 3; i++) for (const event of personas.find(({ name }) => name === "candle lover").events) shop.track(event);
      return shop;
    });
    Object.assign(window, { shopify, shopifySection });
  </script>`, options);
  await opened.page.route("**/recommendations/**", route => (asked.push(new URL(route.request().url()).search), route.fulfill(answer)));
  await opened.page.waitForFunction(() => window.fan);
  return { ...opened, asked };
}
const html = { status: 200, contentType: "text/html", body: section };
const show = page => page.evaluate(async () => {
  const into = document.createElement("div");
  into.textContent = "the theme's own";
  document.body.append(into);
  const shown = await shopifySection(await fan, { product: 7194, section: "related", intent: "complementary", limit: 4, into });
  return { shown, text: into.textContent.trim(), heading: into.querySelector("h2")?.textContent, ids: [...into.querySelectorAll("li")].map(item => item.dataset.reshelfItem), ran: window.ran };
});

test("a section is ordered and cut before it is in the page, and no script of it runs", async () => {
  const { page, thrown, context, asked } = await theme(html);
  const told = await show(page);
  assert.deepEqual(asked, ["?product_id=7194&limit=10&intent=complementary&section_id=related"]);
  assert.deepEqual(told.ids, ["p6", "p7", "p8", "p9"]);
  assert.deepEqual([told.shown, told.heading, told.ran], [true, "You may also like", undefined]);
  assert.deepEqual(thrown, []);
  await context.close();
});

test("nothing to show, no answer, or a policy against parsing: the page stays as it is", async () => {
  const failing = [
    [{ ...html, body: "<p>Nothing</p>" }],
    [{ status: 404, body: "" }],
    [html, { csp: "require-trusted-types-for 'script'" }],
  ];
  for (const [answer, options] of failing) {
    const { page, thrown, context } = await theme(answer, options);
    const { shown, text } = await show(page);
    assert.deepEqual([shown, text], [false, "the theme's own"]);
    assert.deepEqual(thrown, []);
    await context.close();
  }
});

test("a section that the theme editor renders anew is put in order", async () => {
  const { page, thrown, context } = await theme(html);
  const orders = await page.evaluate(async html => {
    const render = () => {
      const host = document.createElement("div");
      host.innerHTML = html;
      document.body.replaceChildren(host);
      host.dispatchEvent(new Event("shopify:section:load", { bubbles: true }));
      return host.querySelector("li").dataset.reshelfItem;
    };
    const stop = shopify(await fan);
    const first = render();
    stop();
    return [first, render()];
  }, section);
  assert.deepEqual(orders, ["p6", "p0"]);
  assert.deepEqual(thrown, []);
  await context.close();
});
