// An origin whose localStorage is full to the last character. The shop's own
// data comes first: the package must not take what the shop makes free for
// itself, must not fail, and must not lose what it learnt on this page.
import { openChromium, openShop } from "./support/chromium.mjs";
import { figure, progress } from "./support/figures.mjs";
import { openTruth } from "./support/truth.mjs";

/** What Chromium and Firefox allow an origin, in UTF-16 units of keys and values. */
const QUOTA_UNITS = 5_242_880;

/** Runs in the page: this many events, spread over tasks. */
async function record(count, name) {
  const { shop, nextTask } = window.torture;
  shop.addItems(Array.from({ length: 20 }, (_, at) => ({ id: `${name}-${at}`, category: ["Full"] })));
  for (let at = 0; at < count; at++) {
    shop.track({ type: "addToCart", item: `${name}-${at % 20}` });
    if (at % 10 === 9) await nextTask();
  }
  // A mirror of the store, where there is one, works in the background.
  await new Promise(done => setTimeout(done, 400));
  return { status: shop.status, events: shop.profile().events };
}

/** The package comes to an origin that is full. */
async function comesLate(chromium, truth, count) {
  const store = "full-late";
  const page = await chromium.newTab(truth.page({ main: "none", scripts: "filler" }));
  const size = await page.evaluate(() => window.filler.fill());
  await openShop(page, truth.page({ store, consent: "granted", scripts: "filler" }));
  const { status, events } = await page.evaluate(record, count, "late");
  const cart = await page.evaluate(() => {
    window.filler.giveBack();
    return window.filler.writeCart();
  });
  const again = await page.evaluate(() => {
    localStorage.removeItem("cart");
    return true;
  });
  await page.evaluate(record, 20, "later");
  const cartLater = again && (await page.evaluate(() => window.filler.writeCart()));
  const keys = await page.evaluate(store => window.filler.ownKeys(store).length, store);
  await page.evaluate(() => localStorage.clear());
  await page.close();
  progress(`comes to a full origin: ${JSON.stringify({ size, status, events, cart, cartLater, keys })}`);
  const how = `${size} of ${QUOTA_UNITS} UTF-16 units were taken before; the package then tracked ${count} events`;
  return [
    figure("full: the origin was full to the last character", String(QUOTA_UNITS), String(size), size === QUOTA_UNITS),
    figure("full: status on a full origin", "ready", status, status === "ready", how),
    figure("full: events the page knows on a full origin", String(count), String(events), events === count, how),
    figure("full: the shop's own write of 10 KB after it freed 10 KB of its own", "succeeds", cart ? "succeeds" : "fails", cart, how),
    figure("full: the same write a while later, while the package records", "documented", cartLater ? "succeeds" : "fails", true, `between freeing and writing the package tracked 20 events; it had ${keys} keys of its own then`),
  ];
}

/** The package was there first, and others fill what is left. */
async function wasFirst(chromium, truth, count) {
  const store = "full-first";
  const page = await openShop(await chromium.newTab(), truth.page({ store, consent: "granted", scripts: "filler" }));
  await page.evaluate(record, count, "first");
  const own = () => page.evaluate(store => window.filler.ownKeys(store).reduce((total, key) => total + key.length + localStorage.getItem(key).length, 0), store);
  const before = await own();
  await page.evaluate(() => window.filler.fill());
  const cart = await page.evaluate(() => window.filler.writeCart());
  const { status, events } = await page.evaluate(record, count, "second");
  const after = await own();
  const cartAfter = await page.evaluate(() => window.filler.writeCart());
  await page.evaluate(() => localStorage.clear());
  await page.close();
  progress(`was there first: ${JSON.stringify({ before, cart, status, events, after, cartAfter })}`);
  const how = `the package held ${before} units when others took the rest, and ${after} after ${count} more events`;
  return [
    figure("full: status after others filled the origin", "ready", status, status === "ready", how),
    figure("full: events the page knows after others filled the origin", String(2 * count), String(events), events === 2 * count, how),
    figure("full: the shop's write of 10 KB into what others filled", "documented", `${cart ? "succeeds" : "fails"} at first, ${cartAfter ? "succeeds" : "fails"} after the package's next writes failed`, true, `${how}. The package cannot know that the shop wants to write; at most 64 KB can be its own`),
    figure("full: what the package holds of a full origin", "≤ 65536 units", String(Math.max(before, after)), Math.max(before, after) <= 65_536, how),
  ];
}

/** @param count events on each page */
export async function full({ count = 200 } = {}) {
  const truth = await openTruth();
  const chromium = await openChromium();
  try {
    return [...(await comesLate(chromium, truth, count)), ...(await wasFirst(chromium, truth, count))];
  } finally {
    await chromium.close();
    truth.close();
  }
}
