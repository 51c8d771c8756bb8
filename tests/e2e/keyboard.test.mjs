// The shop without a mouse: Enter on a product counts as a click does, and the
// panel can be opened, used and closed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { openShop } from "./support/server.mjs";
import { hook, welcome } from "./support/shopper.mjs";

const FAR = 400;

let browser, shop;
before(async () => {
  browser = await openBrowser();
  shop = await openShop();
});
after(async () => {
  await browser?.close();
  shop?.close();
});

/** Presses Tab until something has the focus. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < FAR; presses++) {
    if (await page.locator(selector).evaluateAll(found => found.some(element => element.getRootNode().activeElement === element))) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

const press = (shopper, key) => shopper.page.keyboard.press(key);

test("a product opened with Enter counts like one opened with a click", async () => {
  const known = [];
  const link = `${hook("product-list")} ${hook("product-link")}`;
  for (const open of [
    shopper => shopper.page.locator(link).first().click(),
    async shopper => {
      await tabTo(shopper.page, link);
      await press(shopper, "Enter");
    },
  ]) {
    const shopper = await welcome(browser, shop);
    await shopper.visit("/category/?c=candles-lights");
    await shopper.acceptMemory();
    await shopper.follow(() => open(shopper));
    const name = await shopper.page.locator(hook("product-name")).textContent();
    const panel = await shopper.openPanel();
    const interests = await panel.locator(hook("interest")).evaluateAll(bars => bars.map(({ dataset }) => `${dataset.kind} ${dataset.value}`));
    await shopper.closePanel();
    known.push({ name, events: await shopper.events(), interests });
    await shopper.leave();
  }
  const [byMouse, byKey] = known;
  assert.equal(byMouse.events, 2, "the click and the view");
  assert.ok(byMouse.interests.length > 0);
  assert.deepEqual(byKey, byMouse);
});

test("the panel opens, works and closes by keyboard", async () => {
  const shopper = await welcome(browser, shop);
  const { page } = shopper;
  const panel = page.locator(hook("panel"));
  await shopper.visit("/category/?c=candles-lights");
  await tabTo(page, hook("consent-yes"));
  await press(shopper, "Enter");
  await tabTo(page, hook("product-link"));
  await shopper.follow(() => press(shopper, "Enter"));

  await tabTo(page, hook("panel-toggle"));
  await press(shopper, "Enter");
  await panel.waitFor();
  assert.equal(await page.locator(hook("panel-toggle")).getAttribute("aria-expanded"), "true");
  assert.ok(await page.evaluate(() => document.activeElement.closest('[data-test="panel"]') !== null), "the focus is in the panel");

  const pause = panel.locator(hook("pause-switch"));
  await tabTo(page, hook("pause-switch"));
  await press(shopper, "Space");
  assert.equal(await pause.isChecked(), true);
  await press(shopper, "Space");
  assert.equal(await pause.isChecked(), false);

  await tabTo(page, `${hook("reason")} summary`);
  await press(shopper, "Enter");
  assert.ok(await panel.locator(`${hook("reason")} details[open]`).first().isVisible());

  assert.ok((await shopper.keys()).length > 0);
  await tabTo(page, hook("forget"));
  await press(shopper, "Enter");
  // It asks first, and the focus is on the harmless answer.
  await press(shopper, "Escape");
  assert.ok((await shopper.keys()).length > 0);
  await press(shopper, "Enter");
  await press(shopper, "Tab");
  await press(shopper, "Enter");
  await panel.locator(`${hook("choice-said")}:not(:empty)`).waitFor();
  assert.equal(await panel.locator(hook("taste")).getAttribute("data-events"), "0");
  assert.deepEqual(await shopper.keys(), []);

  await press(shopper, "Escape");
  await panel.waitFor({ state: "hidden" });
  assert.ok(await page.evaluate(selector => document.activeElement.matches(selector), hook("panel-toggle")), "the focus goes back to the button");
  await press(shopper, "?");
  await panel.waitFor();
  await tabTo(page, hook("panel-close"));
  await press(shopper, "Space");
  await panel.waitFor({ state: "hidden" });
  await shopper.leave();
});
