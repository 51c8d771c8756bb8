// What `keepOrders` leaves for the stub of the next page, in a real browser,
// while the shopper has learning paused.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { stub } from "../../pkg/dist/stub.js";
import { openBrowser } from "./pages.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const entries = ["mug", "plate", "bag", "candle"].map(id => `<li data-reshelf-item="${id}" data-reshelf-category="${id === "candle" ? "Candles" : "Mugs"}">${id}</li>`).join("");
const page = placement => ({
  headers: { "content-type": "text/html" },
  body: `<!doctype html><link rel="icon" href="data:,"><ul data-reshelf="products" data-reshelf-placement="${placement}">${entries}</ul>
    <script data-store="acme" data-consent="granted">${stub}</script>
    <script async src="/dist/auto.iife.js" data-store="acme" data-bots="allow" data-consent="granted" data-strength="100" data-quota="10"></script>`,
});

test("while paused no list is kept that was not, and what is kept follows the shopper's word", async () => {
  const { page: tab, context } = await browser.open("", { served: { "/home": page("home"), "/other": page("other") }, path: "/home" });
  const go = async path => {
    await tab.goto(new URL(path, tab.url()).href);
    await tab.waitForFunction(() => window.reshelf?.then(shop => shop.status === "ready"));
    // `keepOrders` comes in a file of its own.
    await tab.waitForTimeout(300);
  };
  const kept = () => tab.evaluate(() => localStorage.getItem("reshelf.acme.order"));
  await go("/home");
  await tab.evaluate(async () => {
    for (let i = 0; i < 8; i++) (await reshelf).track({ type: "view", item: "candle", dwellMs: 20_000 });
  });
  await go("/home");
  const home = await kept();
  assert.match(home, /^\w+:3,0,1,2$/);
  await tab.evaluate(async () => (await reshelf).pause());
  await go("/other");
  await go("/home");
  assert.equal(await kept(), home, "the list of the other page is new");
  await tab.evaluate(async () => (await reshelf).mute({ category: "Candles" }));
  await go("/other");
  assert.equal(await kept(), null, "the merchant's again, which needs no line");
  await context.close();
});
