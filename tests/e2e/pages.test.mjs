// What every page of the shop owes to everybody: a language, one main heading,
// pictures with words, ids that are there once, and controls with a name.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { openShop } from "./support/server.mjs";
import { hook, welcome } from "./support/shopper.mjs";

const PATHS = [
  "/",
  "/category/?c=candles-lights",
  "/category/?c=home&sort=price-ascending",
  "/category/?c=nowhere",
  "/product/?id=85123A",
  "/product/?id=nothing",
  "/search/",
  "/search/?q=heart",
  "/search/?q=qqqqqqqq",
  "/cart/",
  "/checkout/",
  "/privacy/",
];

let browser, shop, shopper;
before(async () => {
  browser = await openBrowser();
  shop = await openShop();
  shopper = await welcome(browser, shop);
});
after(async () => {
  await browser?.close();
  shop?.close();
});

/** Runs in the page: what is wrong with it, in words. */
function faults() {
  const found = [];
  const all = selector => [...document.querySelectorAll(selector)];
  const outline = element => element.outerHTML.slice(0, 120);
  if (!/^[a-z]{2}/.test(document.documentElement.lang)) found.push("no language");
  if (document.title.trim() === "") found.push("no title");
  if (all("h1").length !== 1) found.push(`${all("h1").length} main headings`);
  if (all("main").length !== 1) found.push(`${all("main").length} main elements`);
  const ids = all("[id]").map(({ id }) => id);
  for (const id of new Set(ids)) if (ids.filter(other => other === id).length > 1) found.push(`id "${id}" more than once`);
  for (const picture of all("img, area, input[type=image]")) if (!picture.hasAttribute("alt")) found.push(`no alt: ${outline(picture)}`);
  for (const drawing of all("svg")) {
    const hidden = drawing.closest("[aria-hidden=true]");
    const named = drawing.getAttribute("role") === "img" && (drawing.getAttribute("aria-label") || drawing.querySelector("title")?.textContent);
    if (!hidden && !named) found.push(`a drawing without words: ${outline(drawing)}`);
  }
  // What is hidden from everybody who listens needs no name, if no key leads there either.
  const silent = element => element.tabIndex < 0 && element.closest("[aria-hidden=true]");
  for (const control of all("a[href], button").filter(control => !silent(control))) {
    const name = control.getAttribute("aria-label") ?? control.textContent + all("img[alt]").filter(img => control.contains(img)).map(img => img.alt).join("");
    if (name.trim() === "") found.push(`no name: ${outline(control)}`);
  }
  for (const field of all("input:not([type=hidden]), select, textarea")) {
    if (field.labels.length === 0 && !field.getAttribute("aria-label")) found.push(`no label: ${outline(field)}`);
  }
  for (const attribute of ["aria-labelledby", "aria-describedby", "for"]) {
    for (const element of all(`[${attribute}]`)) {
      const missing = element.getAttribute(attribute).split(" ").filter(id => !document.getElementById(id));
      if (missing.length > 0) found.push(`${attribute} leads nowhere: ${missing}`);
    }
  }
  return found;
}

for (const path of PATHS) {
  test(path, async () => {
    await shopper.visit(path);
    assert.deepEqual(await shopper.page.evaluate(faults), []);
  });
}

test("with the panel open, everything in it unfolded", async () => {
  await shopper.visit("/search/?q=heart");
  const panel = await shopper.openPanel();
  for (const summary of (await panel.locator("summary").all()).slice(0, 3)) await summary.click();
  assert.deepEqual(await shopper.page.evaluate(faults), []);
  await shopper.closePanel();
});

test("a full basket and a placed order", async () => {
  await shopper.visit("/product/?id=85123A");
  await shopper.click(hook("add-to-cart"));
  await shopper.followLink(hook("cart-link"));
  assert.deepEqual(await shopper.page.evaluate(faults), []);
  await shopper.followLink(hook("checkout"));
  assert.deepEqual(await shopper.page.evaluate(faults), []);
  await shopper.click(hook("place-order"));
  await shopper.page.locator(hook("confirmation")).waitFor();
  assert.deepEqual(await shopper.page.evaluate(faults), []);
  await shopper.leave();
});
