// The main journey in every engine that shoppers have. WebKit is looked at where
// the machine has it; `npm run torture -- engines` insists on it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { engines } from "./support/engines.mjs";
import { mainJourney } from "./support/main-journey.mjs";
import { openShop } from "./support/server.mjs";

let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

for (const [name, { open, missing }] of Object.entries(engines)) {
  test(`${name}: candles are looked at, bought, found first, and forgotten`, { skip: missing() }, async t => {
    const driver = await open();
    try {
      const { from, to } = await mainJourney(driver, shop.address);
      t.diagnostic(`candle section: place ${from + 1} -> ${to + 1}`);
      assert.ok(to < from);
    } finally {
      await driver.close();
    }
  });
}
