// The browser dies at a random moment, with every process of it, while four
// tabs track a hundred events a second each. The truth is what the tabs had
// acknowledged to the truth server by then. Half of the runs hide the tabs
// first and wait: of what was tracked before, nothing may be missing.
import { setTimeout as pause } from "node:timers/promises";
import { newFolder, openChromium, openShop, removeFolder } from "./support/chromium.mjs";
import { Draws, figure, largest, progress, quantile, range, rounded, sum } from "./support/figures.mjs";
import { CART_WEIGHT, itemCounts } from "./support/journal.mjs";
import { openTruth, until } from "./support/truth.mjs";
import { readStore } from "./tabs.mjs";

const TABS = 4;
const EVERY_MS = 10;
const ITEMS_A_TAB = 10;
/** Short enough to fall before Chromium's first commit of localStorage, and long enough to fall after it. */
const LIFE_MS = [400, 7_000];
const AFTER_HIDDEN_MS = 150;
const MOST_LOST_MS = 250;

const itemsOf = tab => range(ITEMS_A_TAB).map(item => `k${tab}-${item}`);

/** One life of a browser: opened, recording, hidden if `hide`, killed. */
async function live(folder, url, { run, lifeMs, hide, truth }) {
  const chromium = await openChromium({ folder });
  const pages = [];
  for (const _ of range(TABS)) pages.push(await openShop(await chromium.newWindow(), url));
  await Promise.all(pages.map((page, tab) => page.evaluate(given => window.ticking.start(given), { tab, run, items: itemsOf(tab), everyMs: EVERY_MS })));
  await pause(lifeMs);
  if (hide) {
    await Promise.all(pages.map(page => chromium.setWindow(page, "minimized")));
    const told = () => truth.of("hidden").filter(entry => entry.run === run).length === TABS;
    if (!(await until(told))) throw new Error("a minimised window was not hidden");
    await pause(AFTER_HIDDEN_MS);
  }
  return chromium.kill();
}

/** What the next life knows, by tab. */
async function recall(folder, url) {
  const chromium = await openChromium({ folder });
  try {
    const { events, journals } = await readStore(await chromium.newTab(), url);
    const counts = itemCounts(journals, range(TABS).flatMap(itemsOf), { weight: CART_WEIGHT });
    return { events, byTab: range(TABS).map(tab => sum(itemsOf(tab).map(id => counts.get(id)))) };
  } finally {
    await chromium.close();
  }
}

/**
 * What one tab lost: how long before its last acknowledged event the last kept
 * one was. A tab keeps a beginning of what it tracked, because its record holds
 * all of it up to some moment.
 */
function judge(reports, kept, killedAt) {
  const times = reports.flatMap(report => report.times);
  const acknowledged = times.length;
  const lost = Math.max(0, acknowledged - kept);
  const lastKept = times[Math.min(kept, acknowledged) - 1] ?? times[0];
  // A tab may keep what it tracked after its last report arrived, never more than its rate allows.
  const possible = acknowledged + Math.ceil((killedAt - (times.at(-1) ?? killedAt)) / EVERY_MS) + 1;
  return { acknowledged, lost, lostMs: lost === 0 ? 0 : times.at(-1) - lastKept, double: Math.max(0, kept - possible) };
}

/** @param count kills, half of them after hiding the tabs; @param seed of their moments */
export async function kills({ count = 100, seed = 1 } = {}) {
  const draws = new Draws(seed);
  const truth = await openTruth();
  const url = truth.page({ store: "kills", consent: "granted", scripts: "ticking" });
  const seen = [];
  const hidden = [];
  try {
    for (const run of range(count)) {
      const hide = run % 2 === 1;
      const lifeMs = draws.between(...LIFE_MS);
      const folder = newFolder();
      try {
        const killedAt = await live(folder, url, { run, lifeMs, hide, truth });
        // Reports that had reached this machine's network count as acknowledged.
        await pause(100);
        const { events, byTab } = await recall(folder, url);
        const reports = truth.log.filter(entry => entry.run === run);
        const tabs = byTab.map((kept, tab) => judge(reports.filter(report => report.tab === tab), kept, killedAt));
        (hide ? hidden : seen).push(...tabs);
        const lost = sum(tabs.map(tab => tab.lost));
        progress(`kill ${run + 1} after ${Math.round(lifeMs)} ms${hide ? ", hidden" : ""}: ${lost} of ${sum(tabs.map(tab => tab.acknowledged))} lost, ${events} known`);
      } finally {
        removeFolder(folder);
      }
    }
  } finally {
    truth.close();
  }
  return figures(seen, hidden, `${count} kills of ${TABS} tabs at ${1_000 / EVERY_MS} events a second each, seed ${seed}`);
}

function figures(seen, hidden, how) {
  const worst = largest(seen.map(tab => tab.lostMs));
  const share = tabs => {
    const acknowledged = sum(tabs.map(tab => tab.acknowledged));
    const kept = acknowledged - sum(tabs.map(tab => tab.lost));
    return `${kept} of ${acknowledged} kept (${rounded((100 * kept) / Math.max(1, acknowledged), 2)} %)`;
  };
  const median = `p50 ${rounded(quantile(seen.map(tab => tab.lostMs), 0.5))} ms, p95 ${rounded(quantile(seen.map(tab => tab.lostMs), 0.95))} ms`;
  const lostHidden = sum(hidden.map(tab => tab.lost));
  const double = sum([...seen, ...hidden].map(tab => tab.double));
  return [
    figure("kills: most that a visible tab lost", `≤ ${MOST_LOST_MS} ms of events`, `${rounded(worst)} ms`, seen.length > 0 && worst <= MOST_LOST_MS, `${how}; ${share(seen)}; ${median}`),
    figure("kills: events lost of those tracked before a tab was hidden", "0", String(lostHidden), hidden.length > 0 && lostHidden === 0, `${how}; ${AFTER_HIDDEN_MS} ms between hiding and the kill; ${share(hidden)}`),
    figure("kills: events counted twice", "0", String(double), double === 0, how),
  ];
}
