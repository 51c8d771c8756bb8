// The shopper has everything forgotten in one tab while another one records, a
// third lies in the back-forward cache and a fourth is frozen. Whatever order
// things happen in, nothing of before may be stored or known afterwards.
import { setTimeout as pause } from "node:timers/promises";
import { openChromium, openShop } from "./support/chromium.mjs";
import { Draws, figure, progress, range, sum } from "./support/figures.mjs";
import { itemKey, keysIn, readRecord } from "./support/journal.mjs";
import { stored } from "./support/stored.mjs";
import { openTruth, until } from "./support/truth.mjs";

const BEAT_MS = 25;
/** Two pages' clocks are read in different processes. */
const CLOCKS_APART_MS = 5;
/** Long enough for a page to learn of the erasure by a message, a storage event or its next write. */
const SETTLE_MS = 1_500;
/** An erasure takes at most this long, whatever other tabs are frozen with. */
const PATIENCE_MS = 5_000;

async function seat(chromium, url) {
  const page = await openShop(await chromium.newWindow(), url);
  const session = await page.createCDPSession();
  return { page, session };
}

const run = ({ session }, expression) => session.send("Runtime.evaluate", { expression });

/** The four tabs, three of them recording. */
async function takeSeats(chromium, truth, store, round) {
  const url = truth.page({ store, consent: "granted", scripts: "marking" });
  const tabs = { eraser: await seat(chromium, url) };
  for (const who of ["live", "cached", "frozen"]) {
    tabs[who] = await seat(chromium, url);
    // A tab to hide the frozen one behind goes to the window used last.
    if (who === "frozen") tabs.cover = await chromium.newTab("about:blank");
    if (who === "frozen") await chromium.activate(tabs.frozen.page);
    await tabs[who].page.evaluate(given => window.marking.start(given), { who: `r${round}-${who}`, run: round, everyMs: BEAT_MS });
  }
  return tabs;
}

/** What can happen, by name. `undo` of a tab that was not put away does nothing. */
function happenings(chromium, truth, tabs, store, round, erased) {
  const away = { cached: false, frozen: false };
  const url = truth.page({ store, consent: "granted", scripts: "marking" });
  return {
    async leave() {
      await run(tabs.cached, `setTimeout(() => { location.href = ${JSON.stringify(truth.page({ main: "none" }))}; }, 0)`);
      away.cached = Boolean(await until(() => tabs.cached.page.url().includes("main=none"), { ms: 5_000, every: 10 }));
    },
    async freeze() {
      await chromium.activate(tabs.cover);
      await tabs.frozen.session.send("Page.setWebLifecycleState", { state: "frozen" });
      away.frozen = true;
    },
    async erase(how) {
      const moments = await tabs.eraser.page.evaluate(
        async (how, patienceMs) => {
          const { shop } = window.torture;
          const now = () => performance.timeOrigin + performance.now();
          const begin = now();
          const done = how === "forget" ? shop.forget() : shop.consent.deny();
          // A tab that is frozen with a lock or a transaction must not hold this up for ever.
          const inTime = await Promise.race([Promise.resolve(done).then(() => true), new Promise(late => setTimeout(late, patienceMs, false))]);
          return { begin, end: now(), late: !inTime };
        },
        how,
        PATIENCE_MS,
      );
      Object.assign(erased, moments);
    },
    async goBack() {
      if (!away.cached) return;
      const before = truth.of("returned").length;
      await run(tabs.cached, "setTimeout(() => history.back(), 0)");
      erased.returned = Boolean(await until(() => truth.of("returned").length > before, { ms: 3_000 }));
    },
    async resume() {
      if (!away.frozen) return;
      await tabs.frozen.session.send("Page.setWebLifecycleState", { state: "active" });
      await chromium.activate(tabs.frozen.page);
    },
    async reload() {
      await openShop(tabs.live.page, url);
      await tabs.live.page.evaluate(given => window.marking.start(given), { who: `r${round}-again`, run: round, everyMs: BEAT_MS });
    },
    async newTab() {
      tabs.fresh = await seat(chromium, url);
      await tabs.fresh.page.evaluate(given => window.marking.start(given), { who: `r${round}-fresh`, run: round, everyMs: BEAT_MS });
    },
  };
}

/** A random order in which the erasure may come at any place, mostly with both tabs away. */
function planOf(draws) {
  const before = draws.shuffle(["leave", "freeze"]);
  const after = draws.shuffle(["goBack", "resume", ...(draws.next() < 0.5 ? ["reload"] : []), ...(draws.next() < 0.5 ? ["newTab"] : [])]);
  const steps = [...before, ...after];
  const place = draws.next() < 0.7 ? before.length : draws.whole(0, steps.length);
  steps.splice(place, 0, "erase");
  return steps.map(what => ({ what, waitMs: Math.round(draws.next() < 0.3 ? 0 : draws.between(10, 400)) }));
}

/** What is still there of events from before the erasure, stored or known. */
async function leftovers(chromium, truth, store, round, erased) {
  const watcher = await chromium.newTab(truth.page({ main: "none" }));
  const marks = truth.of("mark").filter(mark => mark.run === round);
  const old = marks.filter(({ at }) => at < erased.begin - CLOCKS_APART_MS);
  const recent = marks.filter(({ at }) => at > erased.end + CLOCKS_APART_MS);
  const owners = new Map(old.map(({ item, who }) => [itemKey(item), who]));
  const whose = new Set();
  const olds = texts => {
    const found = [...keysIn(texts)].filter(key => owners.has(key));
    found.forEach(key => whose.add(owners.get(key)));
    return found.length;
  };
  const look = async () => {
    const { local, mirrored } = await stored(watcher, store);
    // The database's own marker has an empty key: a number made by chance, by
    // which pages notice that it was erased. It says nothing of anybody.
    const unreadable = [...local, ...mirrored].filter(([key, text]) => !readRecord(text) && !/\/$/.test(key));
    return { local: olds(local.map(([, text]) => text)), mirrored: olds(mirrored.map(([, text]) => text)), unreadable: unreadable.map(([key]) => key), records: local.length + mirrored.length };
  };
  const kept = await look();
  // The next page must not bring anything back either.
  const next = await openShop(await chromium.newTab(), truth.page({ store, consent: "granted" }));
  const { events, journals } = await next.evaluate(async () => ({ ...(await window.torture.settled()), journals: window.torture.shop.export().journals }));
  const known = olds(journals);
  const keys = keysIn(journals);
  const learnt = recent.filter(({ item }) => keys.has(itemKey(item))).length;
  await next.close();
  const later = await look();
  await watcher.close();
  // Between the two moments an event may count as either.
  const tooMany = Math.max(0, events - (marks.length - old.length));
  return { old: old.length, recent: recent.length, learnt, kept, later, known, tooMany, whose: [...whose] };
}

async function play(chromium, truth, round, draws) {
  const store = `forgetting-${round}`;
  const how = round % 2 === 0 ? "forget" : "deny";
  const erased = {};
  const tabs = await takeSeats(chromium, truth, store, round);
  const happen = happenings(chromium, truth, tabs, store, round, erased);
  const plan = planOf(draws);
  await pause(draws.between(200, 800));
  for (const { what, waitMs } of plan) {
    await happen[what](how);
    await pause(waitMs);
  }
  await pause(SETTLE_MS);
  // Pages write when they are closed: that is a last chance to bring something back.
  for (const tab of Object.values(tabs)) await (tab.page ?? tab).close();
  await pause(300);
  const left = await leftovers(chromium, truth, store, round, erased);
  const told = `${how}: ${plan.map(({ what, waitMs }) => `${what} ${waitMs}`).join(", ")}`;
  progress(`round ${round + 1}, ${told}: ${JSON.stringify({ tookMs: Math.round(erased.end - erased.begin), ...left })}`);
  return { ...left, how, told, round, returned: erased.returned, tookMs: Math.round(erased.end - erased.begin), late: Number(erased.late) };
}

/** @param count interleavings; @param seed of all of them */
export async function forgetting({ count = 20, seed = 1 } = {}) {
  const draws = new Draws(seed);
  const truth = await openTruth();
  const chromium = await openChromium();
  const rounds = [];
  try {
    for (const round of range(count)) rounds.push(await play(chromium, truth, round, draws));
  } finally {
    await chromium.close();
    truth.close();
  }
  return figures(rounds, seed);
}

function figures(rounds, seed) {
  const total = name => sum(rounds.map(name));
  const at = name => rounds.filter(round => name(round) > 0).map(({ round, told, whose }) => `round ${round + 1} (${told}${whose.length > 0 ? `; recorded by ${whose.join(", ")}` : ""})`).join("; ");
  const how = `${rounds.length} interleavings, seed ${seed}, ${total(({ old }) => old)} events before an erasure and ${total(({ recent }) => recent)} after`;
  const one = (name, asked, count) => figure(`forgetting: ${name}`, asked, String(total(count)), total(({ old }) => old) > 0 && total(count) === 0, `${how}${at(count) ? `; in ${at(count)}` : ""}`);
  const share = how => {
    const those = rounds.filter(round => round.how === how);
    return `${sum(those.map(({ learnt }) => learnt))} of ${sum(those.map(({ recent }) => recent))} after ${how}`;
  };
  const left = rounds.filter(({ told }) => told.includes("goBack"));
  const returned = left.filter(round => round.returned).length;
  return [
    one("items of before an erasure in localStorage", "0", ({ kept, later }) => kept.local + later.local),
    one("items of before an erasure in IndexedDB", "0", ({ kept, later }) => kept.mirrored + later.mirrored),
    one("items of before an erasure that the next page knows", "0", ({ known }) => known),
    one("acts the next page knows beyond those tracked since", "0", ({ tooMany }) => tooMany),
    one(`erasures that took longer than ${PATIENCE_MS / 1_000} s`, "0", ({ late }) => late),
    one("records this suite cannot read", "0", ({ kept, later }) => kept.unreadable.length + later.unreadable.length),
    figure("forgetting: events since an erasure that the next page knows", "reported", `${share("forget")}, ${share("deny")}`, true, "tracked by tabs that were open, frozen, cached, reloaded or new then; forgetting keeps consent, so what comes after may be kept"),
    figure("forgetting: tabs that came back out of the back-forward cache", `at least two of three of ${left.length}`, String(returned), returned >= (2 / 3) * left.length, "a page that is not taken into the cache is no test of one that is, and slower for its shop"),
  ];
}
