// The three engines behind one small driver, as `mainJourney` wants it.
import { openChromium } from "../../torture/support/chromium.mjs";
import { openFirefox } from "../../torture/support/firefox.mjs";
import { missingForWebKit, openWebKit } from "../../torture/support/webkit.mjs";

const VIEWPORT = { width: 1280, height: 900 };

async function byPuppeteer(browser) {
  if (!browser) throw new Error("These tests need Firefox: run 'node scripts/setup.mjs test' first.");
  const page = await browser.newTab();
  await page.setViewport(VIEWPORT);
  return {
    go: url => page.goto(url, { waitUntil: "domcontentloaded" }),
    click: selector => page.click(selector),
    run: (work, ...args) => page.evaluate(work, ...args),
    close: () => browser.close(),
  };
}

/** Engines by name: `open()` resolves to a driver with `close()`; `missing()` says in words what the machine lacks, or nothing. */
export const engines = {
  Chromium: { open: async () => byPuppeteer(await openChromium()), missing: () => undefined },
  Firefox: { open: async () => byPuppeteer(await openFirefox()), missing: () => undefined },
  // Set up for the torture only: its packages are large.
  WebKit: { open: openWebKit, missing: missingForWebKit },
};
