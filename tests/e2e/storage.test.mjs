// Browsers whose storage does not work, in the ways it fails in the wild. What
// the shopper does on a page counts on that page all the same.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { openShop } from "./support/server.mjs";
import { hook, welcome } from "./support/shopper.mjs";

const SHELF = "candles-lights";
const OPENED = 3;

let browser, shop, merchant;
before(async () => {
  browser = await openBrowser();
  shop = await openShop();
  const shopper = await welcome(browser, shop);
  await shopper.visitWithoutReshelf("/");
  merchant = await shopper.sections();
  await shopper.leave();
});
after(async () => {
  await browser?.close();
  shop?.close();
});

const blockedGetter = body => `Object.defineProperty(window, "localStorage", { get() { ${body} } });`;

const kinds = [
  ["the getter throws", { before: blockedGetter('throw new DOMException("denied", "SecurityError");') }],
  ["it is null", { before: blockedGetter("return null;") }],
  ["every write throws", { before: 'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };' }],
  // Firefox throws something like this from every call once its file is damaged.
  ["every call throws", { before: 'for (const name of ["getItem", "setItem", "removeItem", "key", "clear"]) Storage.prototype[name] = () => { throw new Error("NS_ERROR_FILE_CORRUPTED"); };' }],
  ["it is full", { full: true }],
];

/** Fills the origin's storage to the last character with something of the shop's own. */
const fill = page =>
  page.evaluate(() => {
    for (let length = 2 ** 22; length >= 1; length /= 2) {
      try {
        localStorage.setItem("filler", (localStorage.getItem("filler") ?? "") + "x".repeat(length));
        length *= 2;
      } catch {}
    }
    return localStorage.getItem("filler").length;
  });

for (const [what, { before, full }] of kinds) {
  test(`storage: ${what}`, async () => {
    const shopper = await welcome(browser, shop, { before });
    await shopper.visit("/");
    const filled = full && (await fill(shopper.page));
    assert.deepEqual(await shopper.sections(), merchant);
    await shopper.acceptMemory();
    assert.equal(await shopper.page.locator(hook("consent-bar")).count(), 0, "the answer is taken");

    // Whoever opens things in tabs of their own stays on the page that learns.
    const cards = shopper.page.locator(`[data-reshelf-section="${SHELF}"] ${hook("product-link")}`);
    for (let i = 0; i < OPENED; i++) {
      const opened = shopper.context.waitForEvent("page");
      await cards.nth(i).click({ button: "middle" });
      await (await opened).close();
    }
    assert.ok((await shopper.events()) >= OPENED);
    assert.deepEqual(await shopper.sections(), merchant, "nothing moves under the shopper's hands");
    await shopper.openPanel();
    await shopper.click(hook("rearrange"));
    await shopper.closePanel();
    const sections = await shopper.sections();
    assert.ok(sections.indexOf(SHELF) < merchant.indexOf(SHELF), "the page follows what memory holds");
    assert.deepEqual([...sections].sort(), [...merchant].sort());
    assert.deepEqual(await shopper.status(), { status: "ready", arrival: "in-time" });

    await shopper.search("heart");
    await shopper.followLink(`${hook("product-card")}:visible >> nth=0 >> ${hook("product-link")}`);
    await shopper.click(hook("add-to-cart"));
    await shopper.page.locator(`${hook("cart-count")}:text-is("1")`).waitFor();
    await shopper.openPanel();
    await shopper.forget();
    await shopper.page.locator(`${hook("taste")}[data-events="0"]`).waitFor();
    if (full) {
      const left = await shopper.remembered();
      assert.deepEqual(left.map(({ name, value }) => [name, value.length]), [["filler", filled]], "what the shop keeps is not touched to make room");
    }
    assert.deepEqual(shopper.complaints, []);
    await shopper.leave();
  });
}
