// Pages nobody looks at: prerendered ones, and tabs that are opened in the
// background. They must measure nothing and keep nothing until they are seen.
import { setTimeout as pause } from "node:timers/promises";
import { openChromium, openShop } from "./support/chromium.mjs";
import { figure, largest, missing, progress, range, rounded, sum } from "./support/figures.mjs";
import { stored } from "./support/stored.mjs";
import { openTruth, until } from "./support/truth.mjs";

const PRERENDERED_MS = 2_000;
const SEEN_MS = 1_000;
const MOST_ERROR_MS = 250;

const SCRIPTS = "recorder,engine-watch,spy,reader,unseen";

/** A page whose shop is created, granted and observing, without anybody asking for it. */
const productPage = (truth, parameters) => truth.page({ consent: "granted", product: "quiet", scripts: SCRIPTS, ...parameters });

/** Opens a page that has another one prerendered, and waits until that one's shop runs. */
async function prerender(chromium, truth, run, { store }) {
  const url = productPage(truth, { store, script: run });
  const page = await chromium.newTab(truth.page({ main: "none" }));
  await page.evaluate(address => {
    const rules = document.createElement("script");
    rules.type = "speculationrules";
    rules.textContent = JSON.stringify({ prerender: [{ source: "list", urls: [address], eagerness: "immediate" }] });
    document.head.append(rules);
  }, url);
  const begun = await until(() => lifeOf(truth, run).find(({ what, prerendering }) => what === "begin" && prerendering));
  return { page, url, begun };
}

const lifeOf = (truth, run) => truth.log.filter(entry => entry.kind === "life" && entry.script === String(run));
const dwellOf = life => sum(life.filter(({ what }) => what === "sdk dwell").map(({ dwellMs }) => dwellMs));

/** Keys a store has anywhere, but for the marker of its database, which has none. */
async function keysOf(page, store) {
  const { local, mirrored } = await stored(page, store);
  return [...local, ...mirrored].map(([key]) => key).filter(key => !key.endsWith("/"));
}

/** Prerendered for a while, then visited and looked at for a while. */
async function activated(chromium, truth, at) {
  const run = `activated-${at}`;
  const { page, url, begun } = await prerender(chromium, truth, run, { store: run });
  if (!begun) return undefined;
  await pause(PRERENDERED_MS);
  const before = lifeOf(truth, run);
  await page.evaluate(address => setTimeout(() => (location.href = address), 0), url);
  const seen = await until(() => lifeOf(truth, run).find(({ what }) => what === "prerenderingchange"));
  if (!seen) return undefined;
  await pause(SEEN_MS - (Date.now() - seen.at));
  const other = await chromium.newTab("about:blank");
  const hidden = await until(() => lifeOf(truth, run).find(({ what, visible, at }) => what === "visibilitychange" && !visible && at > seen.at));
  await pause(100);
  const measured = dwellOf(lifeOf(truth, run));
  await page.evaluate(() => window.reader.tellTouches());
  await pause(100);
  const writes = writesIn(lifeOf(truth, run));
  const result = { truly: hidden.at - seen.at, measured, writes, early: before.filter(({ what }) => what.startsWith("sdk ")).length };
  await other.close();
  await page.close();
  return result;
}

/** Prerendered and thrown away. */
async function abandoned(chromium, truth, at) {
  const run = `abandoned-${at}`;
  const { page, begun } = await prerender(chromium, truth, run, { store: run });
  if (!begun) return undefined;
  await pause(PRERENDERED_MS);
  await page.goto(truth.page({ main: "none" }));
  await pause(300);
  const keys = await keysOf(page, run);
  await page.close();
  const life = lifeOf(truth, run);
  return { dwell: dwellOf(life), views: life.filter(({ what }) => what === "sdk view").length, writes: writesIn(life), keys: keys.length };
}

/** Opened behind another tab and closed there. */
async function background(chromium, truth, at) {
  const run = `background-${at}`;
  const front = await chromium.newTab(truth.page({ main: "none" }));
  const behind = await chromium.browser.newPage({ background: true });
  await openShop(behind, productPage(truth, { store: run, script: run }));
  await pause(PRERENDERED_MS);
  const { events } = await behind.evaluate(() => window.torture.shop.profile());
  await behind.evaluate(() => window.reader.tellTouches());
  const visible = await behind.evaluate(() => document.visibilityState === "visible");
  await behind.close();
  await pause(200);
  const keys = await keysOf(front, run);
  await front.close();
  const life = lifeOf(truth, run);
  return { dwell: dwellOf(life), events, keys: keys.length, writes: writesIn(life), visible };
}

/** Writing touches that the spy of the page told before it went. */
const writesIn = life => life.filter(({ what, name }) => what === "touch" && /setItem|IDBFactory\.open|cookie/.test(name)).length;

/** @param count pages of each kind */
export async function unseen({ count = 5 } = {}) {
  const truth = await openTruth();
  const chromium = await openChromium();
  const results = { activated: [], abandoned: [], background: [] };
  try {
    for (const at of range(count)) {
      results.activated.push(await activated(chromium, truth, at));
      results.abandoned.push(await abandoned(chromium, truth, at));
      results.background.push(await background(chromium, truth, at));
      progress(`${at + 1} of each kind: ${JSON.stringify([results.activated.at(-1), results.abandoned.at(-1), results.background.at(-1)])}`);
    }
  } finally {
    await chromium.close();
    truth.close();
  }
  return [...prerendered(results), ...behind(results.background)];
}

function prerendered({ activated, abandoned }) {
  if ([...activated, ...abandoned].includes(undefined)) {
    return [missing("unseen: dwell of a prerendered page", `${SEEN_MS} ms ± ${MOST_ERROR_MS}`, "Chromium did not prerender the page, or did not use what it had prerendered.")];
  }
  const worst = largest(activated.map(({ truly, measured }) => Math.abs(measured - truly)));
  const how = `prerendered for ${PRERENDERED_MS} ms, then seen for ${SEEN_MS} ms, ${activated.length} times; measured ${activated.map(({ measured }) => Math.round(measured)).join(", ")} ms`;
  const total = (list, name) => sum(list.map(entry => entry[name]));
  return [
    figure("unseen: error of the dwell of a prerendered page", `≤ ${MOST_ERROR_MS} ms`, `${rounded(worst)} ms`, worst <= MOST_ERROR_MS, how),
    figure("unseen: events of a page before it was activated", "0", String(total(activated, "early")), total(activated, "early") === 0, how),
    figure("unseen: dwell of a page never activated", "0 ms", `${total(abandoned, "dwell")} ms`, total(abandoned, "dwell") + total(abandoned, "views") === 0, `${abandoned.length} pages; ${total(abandoned, "views")} views`),
    figure("unseen: writes of a page never activated", "0", String(total(abandoned, "writes")), total(activated, "writes") > 0 && total(abandoned, "writes") === 0, `calls that write or open a database, as a spy in the page counted them; pages that were activated had ${total(activated, "writes")}`),
    figure("unseen: keys a page never activated left", "0", String(total(abandoned, "keys")), total(abandoned, "keys") === 0),
  ];
}

function behind(background) {
  const total = name => sum(background.map(entry => entry[name]));
  const how = `${background.length} tabs opened in the background${background.some(({ visible }) => visible) ? ", of which some were visible" : ""}`;
  const unseenTabs = background.every(({ visible }) => !visible);
  return [
    figure("unseen: dwell of a tab in the background", "0 ms", `${total("dwell")} ms`, unseenTabs && total("dwell") === 0, how),
    figure("unseen: acts in the profile of a tab in the background", "0", String(total("events")), unseenTabs && total("events") === 0, how),
    figure("unseen: keys a tab in the background left", "0", String(total("keys")), unseenTabs && total("keys") === 0, `in localStorage and IndexedDB; ${how}; ${total("writes")} calls that write or open a database`),
  ];
}
