// Pages that arrive in pieces, with the engine and the elements there before the
// parser has reached the end of an element.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { browsers } from "../../scripts/setup.mjs";
import { ITEMS, itemsOnThePage } from "./support.mjs";

const dist = new URL("../../pkg/dist/", import.meta.url);

let browser, server, address, response;
before(async () => {
  const executablePath = browsers.chrome();
  assert.ok(executablePath, "These tests need Chromium: run 'node scripts/setup.mjs test' first.");
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  server = createServer((request, answer) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname === "/") return void (response = answer).setHeader("Content-Type", "text/html").write(HEAD);
    const name = pathname.replace("/dist/", "");
    answer.setHeader("Content-Type", name.endsWith(".wasm") ? "application/wasm" : "text/javascript").end(readFileSync(new URL(name, dist)));
  });
  await new Promise(done => server.listen(0, "localhost", done));
  address = `http://localhost:${server.address().port}/`;
});
after(async () => {
  await browser?.close();
  server?.close();
  server?.closeAllConnections();
});

const HEAD = `<!doctype html><link rel="icon" href="data:,"><script type="module" async>
  import { createReshelf } from "/dist/index.js";
  import { provideShop } from "/dist/elements.js";
  const shop = await createReshelf({ store: "acme", bots: "allow", strength: 100, quota: 10 });
  shop.addItems(${JSON.stringify(ITEMS).replaceAll("<", "\\u003c")});
  for (let i = 0; i < 9; i++) shop.track({ type: "addToCart", item: "frame" });
  provideShop(shop);
  window.shop = shop;
</script><p>begins</p>`;
/** Each ends where the parser waits, inside of an element. */
const PIECES = [
  `<reshelf-row kind="trending" limit="3"><h2>More</h2>`,
  `<ul><template><li data-field="title"></li></template></ul></reshelf-row>
   <reshelf-sections placement="front" budget="60000"><section data-reshelf-section="kitchen" data-reshelf-category="Kitchen">Kitchen</section>`,
  `<section data-reshelf-section="home" data-reshelf-category="Home">Home</section></reshelf-sections>
   <reshelf-row id="gone" kind="trending"></reshelf-row>`,
];

test("elements wait for the end of a page that is still being read", async () => {
  const page = await browser.newPage();
  const [thrown, warned] = [[], []];
  page.on("pageerror", error => thrown.push(String(error)));
  page.on("console", message => message.type() === "warning" && warned.push(message.text()));
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForFunction(() => window.shop);
  for (const piece of PIECES) {
    response.write(piece);
    await new Promise(done => setTimeout(done, 100));
  }
  assert.equal(await page.evaluate(() => document.readyState), "loading");
  await page.evaluate(() => document.querySelector("#gone").remove());
  response.end(itemsOnThePage);
  await page.waitForSelector('reshelf-row[state="filled"]');
  assert.equal(await page.locator("reshelf-row li").count(), 3);
  assert.equal(await page.locator("reshelf-row").getAttribute("aria-busy"), null);
  const order = await page.locator("[data-reshelf-section]").evaluateAll(all => all.map(({ dataset }) => dataset.reshelfSection));
  assert.deepEqual(order, ["home", "kitchen"], "all of them, not only those of the first piece");
  assert.deepEqual([thrown, warned], [[], []], "also of the row that went before");
  await page.close();
});
