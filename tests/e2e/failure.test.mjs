// Everything that can keep Reshelf from a page, on the browser of somebody whose
// taste is known: the shop works, in the merchant's order, and says nothing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { openShop } from "./support/server.mjs";
import { candleLover, hook, welcome } from "./support/shopper.mjs";

const PATHS = ["/", "/search/?q=heart"];
const OWN = "default-src 'self'; script-src 'self'";
const engine = readFileSync(new URL("../../www/dist/reshelf/reshelf.wasm", import.meta.url));

/** Answers one address in a way of its own. */
const spoil = (path, answer) => ({
  answer(request, response) {
    if (!request.url.startsWith(path)) return false;
    answer(response);
    return true;
  },
});
const wasm = answer => spoil("/reshelf/reshelf.wasm", answer);
const asWasm = { "Content-Type": "application/wasm" };

let browser, memory;
/** By path: what the shop shows without Reshelf. */
const merchant = new Map();

before(async () => {
  browser = await openBrowser();
  const shop = await openShop();
  memory = await candleLover(browser, shop);
  const shopper = await welcome(browser, shop);
  for (const path of PATHS) {
    await shopper.visitWithoutReshelf(path);
    merchant.set(path, { markup: await shopper.markup(), visible: await shopper.visible() });
  }
  await shopper.leave();
  shop.close();
});
after(() => browser?.close());

/** A shopper with a history in a shop where something is wrong. */
async function inShop(given, visit) {
  const shop = await openShop(given);
  const shopper = await welcome(browser, shop, { memory });
  try {
    await visit(shopper);
  } finally {
    await shopper.leave();
    shop.close();
  }
}

async function assertMerchantsOrder(shopper, path) {
  const { markup, visible } = merchant.get(path);
  assert.deepEqual(await shopper.markup(), markup, path);
  assert.equal(await shopper.visible(), visible, "nothing is hidden");
}

/** Opens a product and puts it into the basket. */
async function assertShopWorks(shopper) {
  await shopper.followLink(`${hook("product-card")}:visible >> nth=0 >> ${hook("product-link")}`);
  await shopper.click(hook("add-to-cart"));
  await shopper.page.locator(`${hook("cart-count")}:text-is("1")`).waitFor();
}

/** What an earlier page stored goes when the shopper says so, engine or not. */
async function assertForgetsWithoutEngine(shopper) {
  assert.ok((await shopper.keys()).length > 0);
  await shopper.openPanel();
  await shopper.forget();
  assert.deepEqual(await shopper.keys(), []);
}

/** No exception in the console, though the browser may say there what it refused to load. */
function assertQuiet(shopper) {
  assert.deepEqual(shopper.complaints.filter(text => /uncaught|unhandled|exception/i.test(text)), []);
}

test("control: with nothing wrong, this shopper's pages are rearranged", () =>
  inShop({}, async shopper => {
    for (const path of PATHS) {
      await shopper.visit(path);
      assert.notDeepEqual(await shopper.markup(), merchant.get(path).markup);
      assert.equal(await shopper.visible(), merchant.get(path).visible);
    }
    assert.deepEqual(await shopper.status(), { status: "ready", arrival: "in-time" });
    await assertShopWorks(shopper);
    assertQuiet(shopper);
  }));

const failures = [
  ["a policy forbids compiling", { policy: OWN }, "inert:blocked"],
  ["a policy forbids fetching the engine", { policy: `${OWN} 'wasm-unsafe-eval'; connect-src http://localhost:*/assets/` }, "inert:blocked"],
  ["the engine is missing", wasm(response => response.writeHead(404).end("Not found")), "inert:failed"],
  ["the engine is cut in half", wasm(response => response.writeHead(200, asWasm).end(engine.subarray(0, engine.length / 2))), "inert:failed"],
  ["a page comes instead of the engine", wasm(response => response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html>")), "inert:failed"],
  ["the connection breaks on the way", wasm(response => response.writeHead(200, { ...asWasm, "Content-Length": engine.length }).write(engine.subarray(0, 9_999), () => response.destroy())), "inert:failed"],
  ["the script is missing", spoil("/reshelf/index.js", response => response.writeHead(404).end("Not found")), "absent"],
  ["the script is damaged", spoil("/reshelf/index.js", response => response.writeHead(200, { "Content-Type": "text/javascript" }).end("import {")), "absent"],
];

for (const [what, given, status] of failures) {
  test(`${what} -> ${status}`, () =>
    inShop(given, async shopper => {
      for (const path of PATHS) {
        await shopper.visit(path);
        await assertMerchantsOrder(shopper, path);
      }
      assert.equal((await shopper.status()).status, status);
      await assertShopWorks(shopper);
      if (status.startsWith("inert")) await assertForgetsWithoutEngine(shopper);
      assertQuiet(shopper);
    }));
}

test("an address given by ?wasm= that leads nowhere -> inert:failed", () =>
  inShop({}, async shopper => {
    await shopper.visit("/", { wasm: "/nowhere.wasm", wait: "20000" });
    await assertMerchantsOrder(shopper, "/");
    assert.equal((await shopper.status()).status, "inert:failed");
    assertQuiet(shopper);
  }));

test("an engine of the wrong type is taken all the same -> ready", () =>
  inShop(wasm(response => response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(engine)), async shopper => {
    await shopper.visit("/");
    assert.deepEqual(await shopper.status(), { status: "ready", arrival: "in-time" });
    assert.notDeepEqual(await shopper.markup(), merchant.get("/").markup);
    assertQuiet(shopper);
  }));

test("an engine that comes late moves nothing on the page that did not wait", async () => {
  let release;
  const held = new Promise(done => (release = done));
  await inShop(wasm(response => void held.then(() => response.writeHead(200, asWasm).end(engine))), async shopper => {
    await shopper.visit("/", {});
    await assertMerchantsOrder(shopper, "/");
    assert.equal((await shopper.status()).status, "absent");
    await assertShopWorks(shopper);
    await shopper.followLink(hook("logo"));
    await assertMerchantsOrder(shopper, "/");

    release();
    await shopper.openPanel();
    await shopper.page.locator(`${hook("status")}[data-status="ready"][data-arrival="late"]`).waitFor();
    await shopper.closePanel();
    await assertMerchantsOrder(shopper, "/");
    assertQuiet(shopper);

    await shopper.visit("/");
    assert.notDeepEqual(await shopper.markup(), merchant.get("/").markup, "the next page follows again");
  });
});
