// The README's quick start, run as it stands there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { openBrowser } from "../facade/pages.mjs";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const [, quickStart] = /## Quick start\n\n```js\n([^]*?)```/.exec(readme);

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

test("the quick start has ten lines", () => {
  const lines = quickStart.split("\n").filter(line => line.trim() !== "");
  assert.ok(lines.length <= 10, `${lines.length} lines`);
});

test("the quick start ranks and explains", async () => {
  const head = `
    <script type="importmap">{ "imports": { "reshelf": "/dist/index.js" } }</script>
    <script type="module">${quickStart}</script>`;
  const { page, thrown } = await browser.open(head, {
    before: () => {
      // The snippet is for a shopper's browser, which is not automated.
      Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });
      Object.defineProperty(Navigator.prototype, "userAgent", { get: () => "Mozilla/5.0 Chrome/150" });
      window.printed = [];
      console.log = value => window.printed.push(value);
    },
  });
  await page.waitForFunction(() => window.printed.length === 2);
  const [sorted, why] = await page.evaluate(() => window.printed);
  assert.deepEqual(sorted, ["candle", "mug"]);
  assert.deepEqual([why.rank, why.merchantRank], [0, 1]);
  assert.deepEqual(thrown, []);
});
