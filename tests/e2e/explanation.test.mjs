// Why a result stands where it stands: the parts add up, and the panel shows
// the same parts to the shopper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { openShop } from "./support/server.mjs";
import { candleLover, hook, welcome } from "./support/shopper.mjs";

// The page keeps its instance to itself. This module stands before the
// package's entry and lets the test ask the very instance that the page uses.
const ENTRY = "/reshelf/index.js";
const WITNESS = `
  import { createReshelf as create } from "${ENTRY}?real";
  export * from "${ENTRY}?real";
  export const createReshelf = async options => (window.reshelf = await create(options));`;
const witness = (request, response) => {
  if (request.url !== ENTRY) return false;
  response.writeHead(200, { "Content-Type": "text/javascript" }).end(WITNESS);
  return true;
};

let browser, shop, shopper;
before(async () => {
  browser = await openBrowser();
  shop = await openShop({ answer: witness });
  shopper = await welcome(browser, shop, { memory: await candleLover(browser, shop) });
});
after(async () => {
  await browser?.close();
  shop?.close();
});

const explain = (placement, ids) => shopper.page.evaluate(([placement, ids]) => ids.map(id => reshelf.explain(placement, id)), [placement, ids]);
const signed = value => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;

function assertSum({ id, score, contributions }) {
  const sum = contributions.reduce((sum, { value }) => sum + value, 0);
  assert.ok(contributions.length > 0);
  assert.ok(Math.abs(sum - score) <= 1e-6, `${id}: parts add up to ${sum}, the score is ${score}`);
}

test("the parts of every search result's score add up to it", async () => {
  await shopper.visitWithoutReshelf("/search/?q=heart");
  const merchant = await shopper.ids(hook("product-list"));
  await shopper.visit("/search/?q=heart");
  const shown = await shopper.ids(hook("product-list"));
  const explanations = await explain("search", shown);
  explanations.forEach((explanation, place) => {
    assertSum(explanation);
    const { id, rank, merchantRank } = explanation;
    assert.deepEqual([id, rank, merchantRank], [shown[place], place, merchant.indexOf(id)]);
  });
  const codes = new Set(explanations.flatMap(({ contributions }) => contributions.map(({ code }) => code)));
  for (const code of ["position", "category", "reminder"]) assert.ok(codes.has(code), `some result speaks of ${code}`);
  assert.equal(await shopper.page.evaluate(() => reshelf.explain("search", "no such thing")), null);
});

test("so do those of sections and banners", async () => {
  await shopper.visit("/");
  (await explain("home", await shopper.sections())).forEach(assertSum);
  const banners = await shopper.page.locator(hook("banner")).evaluateAll(all => all.map(banner => banner.dataset.reshelfBanner));
  (await explain("hero", banners)).forEach(assertSum);
});

test("the panel shows the same parts, the same sum and where the result came from", async () => {
  await shopper.visit("/search/?q=heart");
  const explanations = await explain("search", await shopper.ids(hook("product-list")));
  const moved = explanations.find(({ rank, merchantRank }) => rank < merchantRank);
  const panel = await shopper.openPanel();
  for (const { id, rank, merchantRank, score, contributions } of [moved, explanations[9]]) {
    const reason = panel.locator(`${hook("placement")}[data-placement="search"] ${hook("reason")}[data-id="${id}"]`);
    assert.equal(await reason.getAttribute("data-before"), String(merchantRank));
    assert.equal(await reason.getAttribute("data-after"), String(rank));
    await reason.locator("summary").click();
    const shown = reason.locator(hook("explanation"));
    await shown.waitFor();
    const bars = await shown.locator("[data-code]").evaluateAll(bars => bars.map(bar => [bar.dataset.code, bar.querySelector(".bar-value").textContent]));
    assert.deepEqual(bars, contributions.map(({ code, value }) => [code, signed(value)]));
    assert.ok((await shown.textContent()).includes(signed(score)), "and the sum");
  }
});
