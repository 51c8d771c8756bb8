// The demo store's main journey in all three engines, none of which may be missing.
import { engines as known } from "../e2e/support/engines.mjs";
import { mainJourney } from "../e2e/support/main-journey.mjs";
import { openShop } from "../e2e/support/server.mjs";
import { figure, missing as notThere, progress, range } from "./support/figures.mjs";

async function walk({ open }, address) {
  const driver = await open();
  try {
    const { from, to } = await mainJourney(driver, address);
    return `the shelf rose from place ${from + 1} to ${to + 1}`;
  } finally {
    await driver.close();
  }
}

/** @param count journeys an engine */
export async function engines({ count = 1 } = {}) {
  const shop = await openShop();
  const figures = [];
  try {
    for (const [name, engine] of Object.entries(known)) {
      const title = `engines: main journeys in ${name} that were as they must be`;
      const lacks = engine.missing();
      if (lacks) {
        figures.push(notThere(title, String(count), lacks));
        continue;
      }
      const [done, failed] = [[], []];
      for (const _ of range(count)) await walk(engine, shop.address).then(said => done.push(said), error => failed.push(error.message));
      figures.push(figure(title, String(count), String(done.length), failed.length === 0, [...new Set([...failed, ...done])].join("; ")));
      progress(`${name}: ${done.length} of ${count}`);
    }
  } finally {
    shop.close();
  }
  return figures;
}
