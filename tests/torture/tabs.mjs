// Many tabs record at once into one store, each in a process of its own. What
// every tab tracked must be there once for a page that comes later.
import { openChromium, openShop } from "./support/chromium.mjs";
import { figure, largest, missing, progress, range, sum } from "./support/figures.mjs";
import { openFirefox } from "./support/firefox.mjs";
import { CART_WEIGHT, actsIn, itemCounts } from "./support/journal.mjs";
import { openTruth } from "./support/truth.mjs";

const EVENTS_A_TAB = 400;
const ITEMS_A_TAB = 40;
const BROWSERS = [
  ["Chromium", openChromium],
  ["Firefox", openFirefox],
];

const itemsOf = tab => range(ITEMS_A_TAB).map(item => `t${tab}-${item}`);

/**
 * Runs in the page: from this moment on tracks its events in bursts, some in
 * one task, some a task apart, some a timer apart, until all are tracked.
 */
async function record(ids, count, at) {
  const { shop, nextTask } = window.torture;
  await new Promise(done => setTimeout(done, at - Date.now()));
  const begin = Date.now();
  for (let event = 0; event < count; event++) {
    shop.track({ type: "addToCart", item: ids[event % ids.length] });
    if (event % 7 === 6) await nextTask();
    // Long enough altogether that tabs which begin late still meet the others.
    if (event % 20 === 19) await new Promise(done => setTimeout(done, 25));
  }
  const end = Date.now();
  // What is mirrored and moved in the background comes after a while.
  await new Promise(done => setTimeout(done, 1_000));
  return { begin, end, troubles: window.torture.troubles };
}

/** What a new page knows of the store. */
export async function readStore(page, url) {
  await openShop(page, url);
  return page.evaluate(async () => {
    const { events } = await window.torture.settled();
    return { events, journals: window.torture.shop.export().journals };
  });
}

/** Lost and double counts against what was truly tracked: id to count. */
export function compare(journals, expected) {
  const found = itemCounts(journals, [...expected.keys()], { weight: CART_WEIGHT });
  const differences = [...expected].map(([id, count]) => found.get(id) - count);
  const lost = -sum(differences.filter(difference => difference < 0));
  const double = sum(differences.filter(difference => difference > 0));
  return { lost, double };
}

async function inBrowser(name, open, tabs) {
  const truth = await openTruth();
  const browser = await open();
  if (!browser) return [missing(`tabs: events lost in ${name}`, "0", `${name} is not on this machine; 'node scripts/setup.mjs test' installs it.`)];
  try {
    const url = truth.page({ store: "tabs", consent: "granted" });
    const pages = [];
    for (const tab of range(tabs)) {
      const page = await browser.newWindow();
      await openShop(page, url);
      await page.evaluate(ids => window.torture.shop.addItems(ids.map(id => ({ id, category: ["Tabs"] }))), itemsOf(tab));
      pages.push(page);
    }
    progress(`${name}: ${tabs} tabs are open, each tracks ${EVENTS_A_TAB} events`);
    // A busy machine hands the task over late: all must have it by then.
    const start = Date.now() + 3_000;
    const spans = await Promise.all(pages.map((page, tab) => page.evaluate(record, itemsOf(tab), EVENTS_A_TAB, start)));
    // Of tabs that took turns this would say nothing about writing together.
    const together = Math.min(...spans.map(({ end }) => end)) - largest(spans.map(({ begin }) => begin));
    const { events, journals } = await readStore(await browser.newTab(), url);
    const total = tabs * EVENTS_A_TAB;
    const expected = new Map(range(tabs).flatMap(itemsOf).map(id => [id, EVENTS_A_TAB / ITEMS_A_TAB]));
    const { lost, double } = compare(journals, expected);
    const troubles = spans.flatMap(({ troubles }) => troubles);
    const told = troubles.length > 0 ? `; ${troubles.length} tabs reported their storage as ${[...new Set(troubles)].join(", ")}` : "";
    const detail = `${tabs} tabs × ${EVENTS_A_TAB} events; the journals count ${actsIn(journals)} acts in ${journals.length} records${told}`;
    return [
      figure(`tabs: all recorded at the same time, ${name}`, "> 0 ms", `${together} ms`, together > 0),
      figure(`tabs: events a later page knows, ${name}`, String(total), String(events), events === total, detail),
      figure(`tabs: events lost, by item, ${name}`, "0", String(lost), lost === 0, detail),
      figure(`tabs: events counted twice, by item, ${name}`, "0", String(double), double === 0, detail),
    ];
  } finally {
    await browser.close();
    truth.close();
  }
}

/** @param count tabs a browser */
export async function tabs({ count = 8 } = {}) {
  const figures = [];
  for (const [name, open] of BROWSERS) figures.push(...(await inBrowser(name, open, count)));
  return figures;
}
