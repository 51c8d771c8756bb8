// The main journey of the demo store, for any engine: a look at candles, a
// basket, and the shelf re-ordered; consent before, forgetting after.
//
// A driver is three commands of a page: `go(url)`, `click(selector)` with real
// input, and `run(work, ...args)`, a function of the page that may be async. In
// a selector ` >>> ` goes into an open shadow root.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { hook as flat } from "./shopper.mjs";

const SHELF = "candles-lights";
/** Longer than any machine needs to start Reshelf: a late start is a case of its own. */
const PATIENCE = "wait=20000";
const LOOKS = 2;
const LOOK_MS = 1_500;
const PATIENCE_MS = 30_000;

const hook = name => flat(name).replace(/^reshelf-profile /, "reshelf-profile >>> ");

/** Asks the page until it says so; a page that is being left cannot be asked. */
async function until(driver, what, work, ...args) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    if (await driver.run(work, ...args).catch(() => false)) return;
    assert.ok(performance.now() < end, `${what} within ${PATIENCE_MS} ms`);
    await pause(50);
  }
}

const isArranged = async path => location.pathname === path && document.querySelector("main:not([aria-busy])") !== null;
/** The text of what is there to see, or nothing. */
async function shown(selector) {
  const [first, ...inside] = selector.split(" >>> ");
  const element = inside.reduce((host, part) => host?.shadowRoot?.querySelector(part), document.querySelector(first));
  return element?.checkVisibility() ? element.textContent || " " : undefined;
}
const sections = driver => driver.run(async selector => [...document.querySelectorAll(selector)].map(section => section.dataset.reshelfSection), hook("section"));
const keys = driver => driver.run(async () => Object.keys(localStorage).filter(name => name.startsWith("reshelf.")));

/** Clicks once it is there to click. */
async function click(driver, selector) {
  await until(driver, `${selector} is there`, shown, selector);
  await driver.click(selector);
}

async function follow(driver, selector, path) {
  await click(driver, selector);
  await until(driver, `${path} is arranged`, isArranged, path);
}

/** Walks it in an origin that keeps nothing yet, and asserts on the way. Resolves to where the shelf stood and stands. */
export async function mainJourney(driver, address) {
  await driver.go(`${address}/?${PATIENCE}`);
  await until(driver, "the home page is arranged", isArranged, "/");
  const before = await sections(driver);
  assert.deepEqual(await keys(driver), [], "nothing is kept before consent");
  await click(driver, hook("consent-yes"));

  await driver.go(`${address}/category/?c=${SHELF}&${PATIENCE}`);
  await until(driver, "the shelf is arranged", isArranged, "/category/");
  for (let look = 0; look < LOOKS; look++) {
    await follow(driver, `${hook("product-list")} > :nth-child(${look + 1}) ${hook("product-link")}`, "/product/");
    await pause(LOOK_MS);
    if (look < LOOKS - 1) await follow(driver, hook("crumb-shelf"), "/category/");
  }
  await click(driver, hook("add-to-cart"));
  await follow(driver, hook("cart-link"), "/cart/");
  await until(driver, "the basket has a line", shown, hook("cart-line"));
  assert.notDeepEqual(await keys(driver), [], "after consent it is remembered");

  await follow(driver, hook("logo"), "/");
  const after = await sections(driver);
  const [from, to] = [before, after].map(ids => ids.indexOf(SHELF));
  assert.ok(from >= 5, "the merchant has the shelf far down");
  assert.ok(to < 3, `the shelf rises: place ${from + 1} -> ${to + 1}`);
  assert.equal(after.at(-1), before.at(-1), "what is pinned stays");
  assert.deepEqual(after.toSorted(), before.toSorted(), "nothing is lost, nothing comes twice");

  await click(driver, hook("panel-toggle"));
  await click(driver, hook("forget"));
  await click(driver, hook("forget-yes"));
  await until(driver, "it is said that all is forgotten", shown, hook("choice-said") + ":not(:empty)");
  await driver.go(`${address}/?${PATIENCE}`);
  await until(driver, "the home page is arranged again", isArranged, "/");
  assert.deepEqual(await sections(driver), before, "after forgetting, the merchant's order");
  assert.deepEqual(await keys(driver), [], "and nothing is kept");
  return { from, to };
}
