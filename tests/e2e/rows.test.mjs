// Rows of recommendations in the demo store, trained on its own baskets: there
// when a shopper comes, with a reason each, and without anything the shopper has.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { openShop } from "./support/server.mjs";
import { PHONE, hook, welcome } from "./support/shopper.mjs";

const CAKE_CASES = "21212";
const CAKE_STAND = "22423";
const HEART = "85123A";

let browser, shop;
before(async () => {
  browser = await openBrowser();
  shop = await openShop();
});
after(async () => {
  await browser?.close();
  shop?.close();
});

/** All rows of the page once they are filled: ids and reasons of each kind that is shown. */
async function rows(shopper) {
  await shopper.page.waitForFunction(() => document.querySelectorAll('[data-test="row"][aria-busy]').length === 0);
  return shopper.page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('[data-test="row"]')]
        .filter(row => !row.hidden)
        .map(row => [row.dataset.kind, [...row.querySelectorAll('[data-test="row-card"]')].map(card => [card.dataset.reshelfItem, card.querySelector('[data-test="row-reason"]')?.textContent ?? ""])]),
    ),
  );
}

const ids = row => row.map(([id]) => id);

describe("a shopper's journey", () => {
  let shopper;
  const seen = {};
  before(async () => {
    shopper = await welcome(browser, shop);
    await shopper.visit("/");
    seen.first = await rows(shopper);
    await shopper.acceptMemory();
    for (const id of [CAKE_STAND, CAKE_CASES]) await shopper.visit(`/product/?id=${id}`);
    seen.product = await rows(shopper);
    await shopper.click(hook("add-to-cart"));
    await shopper.visit("/cart/");
    seen.cart = await rows(shopper);
    await shopper.visit("/");
    seen.home = await rows(shopper);
  });
  after(() => shopper?.leave());

  test("who comes for the first time sees what is popular, and no empty row", () => {
    assert.deepEqual(Object.keys(seen.first), ["forYou", "trending"]);
    assert.equal(seen.first.forYou.length, 5);
    assert.ok(seen.first.forYou.every(([, reason]) => reason === "Popular in this shop"), JSON.stringify(seen.first));
  });

  test("a product has what goes with it, and what was bought with it, by the shop's own invoices", () => {
    const { related, boughtTogether } = seen.product;
    assert.equal(related.length, 5);
    assert.equal(boughtTogether.length, 5);
    assert.ok(related.some(([, reason]) => reason === "Often chosen together with Pack of 72 Retrospot Cake Cases"), JSON.stringify(related));
    assert.ok(boughtTogether.some(([, reason]) => reason === "Often bought with Pack of 72 Retrospot Cake Cases"), JSON.stringify(boughtTogether));
    assert.ok(![...related, ...boughtTogether].some(([id]) => id === CAKE_CASES), "not itself");
  });

  test("no page shows a product in two rows", () => {
    for (const page of Object.values(seen)) {
      const all = Object.values(page).flatMap(ids);
      assert.equal(new Set(all).size, all.length, JSON.stringify(page));
    }
  });

  test("the basket is completed by something of another shelf, and never by itself", () => {
    const { completeCart } = seen.cart;
    assert.ok(completeCart.length > 0);
    assert.ok(!ids(completeCart).includes(CAKE_CASES));
    assert.ok(completeCart.every(([, reason]) => reason.length > 0));
  });

  test("home now follows the visit, and leaves out what is in the basket", () => {
    const { forYou, recentlyViewed } = seen.home;
    assert.ok(forYou.some(([, reason]) => reason.startsWith("Because you looked at ")), JSON.stringify(forYou));
    assert.deepEqual(recentlyViewed, [[CAKE_STAND, "You looked at this"]]);
    assert.ok(!Object.values(seen.home).flatMap(ids).includes(CAKE_CASES));
  });

  test("a row is reached and followed by keyboard", async () => {
    const first = shopper.page.locator(`[data-kind="forYou"] ${hook("row-link")}`).first();
    await first.focus();
    await shopper.follow(() => shopper.page.keyboard.press("Enter"));
    assert.match(shopper.page.url(), /\/product\/\?id=/);
  });
});

test("what was bought a while ago can be bought again from the basket page", async () => {
  const shopper = await welcome(browser, shop);
  await shopper.visit("/");
  await shopper.acceptMemory();
  await shopper.page.evaluate(async item => {
    const { createReshelf } = await import("/reshelf/index.js");
    const shop = await createReshelf({ store: "hanging-heart", consent: "granted", bots: "allow" });
    shop.track({ type: "purchase", item, at: Date.now() - 40 * 86_400_000 });
    shop.destroy();
  }, HEART);
  await shopper.visit("/cart/");
  assert.deepEqual((await rows(shopper)).buyAgain, [[HEART, "You bought this before"]]);
  await shopper.leave();
});

test("on a phone rows are strips that do not widen the page", async () => {
  const shopper = await welcome(browser, shop, { viewport: PHONE });
  await shopper.visit(`/product/?id=${HEART}`);
  assert.equal((await rows(shopper)).related.length, 5);
  const width = await shopper.page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= PHONE.width, `${width} px`);
  await shopper.leave();
});

for (const [what, answer] of [
  ["damaged", response => response.end("no artifact")],
  ["missing", response => response.writeHead(404).end()],
]) {
  test(`with an artifact that is ${what} the rows do with what the page knows`, async () => {
    const broken = await openShop({
      answer: (request, response) => {
        if (!request.url.endsWith(".rsf")) return false;
        answer(response);
        return true;
      },
    });
    const shopper = await welcome(browser, broken);
    await shopper.visit(`/product/?id=${HEART}`);
    const { related } = await rows(shopper);
    assert.equal(related.length, 5);
    assert.ok(related.every(([, reason]) => reason === "Similar to White Hanging Heart T-Light Holder"), JSON.stringify(related));
    await shopper.leave();
    broken.close();
  });
}
