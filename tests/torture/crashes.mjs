// A renderer crashes right after `track` returned, again and again. Nothing
// that was tracked may be missing from the next page, and nothing be there twice.
import { openChromium, openShop } from "./support/chromium.mjs";
import { Draws, figure, progress, range, sum } from "./support/figures.mjs";
import { actsIn } from "./support/journal.mjs";
import { openTruth } from "./support/truth.mjs";
import { compare, readStore } from "./tabs.mjs";

/** Few items, so that a lost one is missed by its count, and the store stays small. */
const ITEMS = range(30).map(item => `c-${item}`);

/** Runs in the page. */
function record(ids) {
  window.torture.track("addToCart", ids);
}

/** Crashes the page's process; the command itself never gets an answer. */
async function crash(page) {
  const session = await page.createCDPSession();
  const crashed = new Promise(done => page.once("error", done));
  session.send("Page.crash").catch(() => {});
  await crashed;
  await page.close().catch(() => {});
}

/** @param count crashes; @param seed of how many events each page tracks */
export async function crashes({ count = 200, seed = 1 } = {}) {
  const draws = new Draws(seed);
  const truth = await openTruth();
  const chromium = await openChromium();
  const expected = new Map(ITEMS.map(id => [id, 0]));
  try {
    const url = truth.page({ store: "crashes", consent: "granted" });
    for (const at of range(count)) {
      const page = await openShop(await chromium.newTab(), url);
      const ids = range(draws.whole(1, 60)).map(() => draws.pick(ITEMS));
      ids.forEach(id => expected.set(id, expected.get(id) + 1));
      await page.evaluate(record, ids);
      await crash(page);
      if ((at + 1) % 25 === 0) progress(`${at + 1} crashes`);
    }
    const total = sum([...expected.values()]);
    const { events, journals } = await readStore(await chromium.newTab(), url);
    const { lost, double } = compare(journals, expected);
    const detail = `${count} crashes, seed ${seed}; the journals count ${actsIn(journals)} acts in ${journals.length} records`;
    return [
      figure("crashes: events the next page knows", String(total), String(events), events === total, detail),
      figure("crashes: events lost, by item", "0", String(lost), lost === 0, detail),
      figure("crashes: events counted twice, by item", "0", String(double), double === 0, detail),
    ];
  } finally {
    await chromium.close();
    truth.close();
  }
}
