// What axe finds on every page of the shop, with Reshelf and without: the
// difference is ours, and there is none. The shopper's panel alone has nothing
// at all to find, in both colour schemes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { openShop } from "./support/server.mjs";
import { DESKTOP, PHONE, candleLover, hook, welcome } from "./support/shopper.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PATHS = ["/", "/category/?c=candles-lights", "/product/?id=85123A", "/search/?q=heart", "/cart/", "/checkout/", "/privacy/"];

let browser, shop, memory;
before(async () => {
  browser = await openBrowser();
  shop = await openShop();
  memory = await candleLover(browser, shop);
});
after(async () => {
  await browser?.close();
  shop?.close();
});

/** Rules that are broken, each with the elements that break it. */
async function violations(page, within = "html") {
  await page.evaluate(AXE);
  return page.evaluate(async within => {
    const { violations } = await axe.run(within, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target }) => target.flat().join(" ")) }));
  }, within);
}

const rowsAreFilled = page => page.waitForFunction(() => document.querySelectorAll('[data-test="row"][aria-busy]').length === 0);

test("axe finds what is wrong", async () => {
  const shopper = await welcome(browser, shop);
  await shopper.visit("/privacy/");
  await shopper.page.locator("h1").evaluate(title => title.append(Object.assign(document.createElement("img"), { src: "/favicon.svg" })));
  assert.ok((await violations(shopper.page)).some(({ id }) => id === "image-alt"));
  await shopper.leave();
});

for (const path of PATHS) {
  test(`${path}: Reshelf brings no violation`, async () => {
    const shopper = await welcome(browser, shop, { memory });
    await shopper.visitWithoutReshelf(path);
    const without = await violations(shopper.page);
    await shopper.visit(path);
    await rowsAreFilled(shopper.page);
    const known = new Map(without.map(({ id, nodes }) => [id, nodes.length]));
    const introduced = (await violations(shopper.page)).filter(({ id, nodes }) => nodes.length > (known.get(id) ?? 0));
    assert.deepEqual(introduced, []);
    await shopper.openPanel();
    assert.deepEqual(await violations(shopper.page, ".panel"), [], "nor does the open panel");
    await shopper.leave();
  });
}

for (const [colorScheme, viewport] of [["light", DESKTOP], ["dark", PHONE]]) {
  test(`the shopper's panel in a ${colorScheme} page has no violation, in any of its states`, async () => {
    const shopper = await welcome(browser, shop, { memory, viewport });
    const { page } = shopper;
    await page.emulateMedia({ colorScheme });
    await shopper.visit("/category/?c=candles-lights");
    await shopper.visit("/privacy/");
    // The shop itself is light only; a page that is dark makes the panel so.
    await page.evaluate(scheme => {
      document.documentElement.style.colorScheme = scheme;
      document.querySelector(".prose .shopper-panel").classList.remove("shopper-panel");
    }, colorScheme);
    const panel = page.locator(".prose reshelf-profile");
    await panel.locator('[part="interest"]').first().waitFor();
    const check = async state => assert.deepEqual(await violations(page, ".prose reshelf-profile"), [], state);
    await check("with interests");
    await panel.locator('[data-key^="mute "]').first().click();
    await panel.locator('[part="muted"]').waitFor();
    await panel.locator("#consent").uncheck();
    await check("empty");
    await panel.locator('[data-key="forget"]').click();
    await check("asking");
    await panel.locator("#file").setInputFiles({ name: "odd.json", mimeType: "application/json", buffer: Buffer.from("{}") });
    await panel.locator('[part="problem"]:not(:empty)').waitFor();
    await check("complaining");
    await shopper.leave();
  });
}
