// What the shopper's thumb notices: the demo store on a processor four times
// slower, with the package and without, in turns. A trace of the browser tells
// the tasks of the page's main thread, whose code ran in them, and how long each
// interaction waited for its frame; nothing is added to the page itself.
//
// Long animation frames would blame the shop's script for all that it calls in
// the package, so whose code ran is read from the profile: every sample with the
// package anywhere on its stack is the package's.
import { setTimeout as pause } from "node:timers/promises";
import { openShop } from "../e2e/support/server.mjs";
import { openChromium } from "./support/chromium.mjs";
import { Draws, figure, largest, progress, quantile, range, rounded } from "./support/figures.mjs";
import { readTrace } from "./support/trace.mjs";

/** Long as the web platform's Long Tasks say it. */
const LONG_TASK_MS = 50;
const THROTTLING = 4;
/** How much later the shopper's frame may come than without the package. */
const MOST_LATER_MS = 8;
/** Seconds with the package in full: five minutes, and as many without. */
const FULL = 300;
const SECONDS_A_VISIT = 30;
/** For one page, on a machine that has more to do. */
const PATIENCE_MS = 60_000;
const SHELVES = ["candles-lights", "christmas", "bags-purses", "garden", "mugs-cups"];
const WORDS = ["heart", "holder", "vintage bag", "candle"];

const hook = name => `[data-test="${name}"]`;

/** Acts as people do, with real input; what is not on the page is passed over. */
class Shopper {
  #page;
  /** What is done next. */
  #draws;
  /** How the hand wanders meanwhile, which takes as many draws as the page leaves time for: what is done does not depend on it. */
  #hand;

  constructor(page, seed) {
    this.#page = page;
    this.#draws = new Draws(seed);
    this.#hand = new Draws(~seed);
  }

  async #settled() {
    await this.#page.waitForSelector("main:not([aria-busy])");
    await this.#look(400);
  }

  /** Reads for about so long, the mouse in hand. */
  async #look(ms) {
    const end = performance.now() + this.#hand.between(0.5, 1.5) * ms;
    while (performance.now() < end) {
      await this.#page.mouse.move(this.#hand.whole(200, 900), this.#hand.whole(150, 600), { steps: 3 });
      await pause(80);
    }
  }

  /** Clicks the first such element, or any; false where there is none to see. */
  async #click(selector, { any = false } = {}) {
    const found = await this.#page.$$(selector);
    const element = any && found.length > 0 ? this.#draws.pick(found) : found[0];
    if (!element || !(await element.isVisible())) return false;
    await element.click();
    return true;
  }

  async #follow(act) {
    const next = this.#page.waitForNavigation({ waitUntil: "domcontentloaded" });
    // Nobody waits for it where nothing was there to click.
    next.catch(() => {});
    if ((await act()) === false) return false;
    await next;
    await this.#settled();
    return true;
  }

  #followLink(selector, how) {
    return this.#follow(() => this.#click(selector, how));
  }

  async #scroll() {
    for (const _ of range(this.#draws.whole(2, 4))) {
      await this.#page.mouse.wheel({ deltaY: 400 });
      await pause(120);
    }
  }

  async #product() {
    if (!(await this.#followLink(`${hook("product-list")} ${hook("product-link")}`, { any: true }))) return;
    await this.#look(1_200);
    if (this.#draws.next() < 0.6) await this.#click(hook("add-to-cart"));
    await this.#scroll();
  }

  async #search() {
    if (!(await this.#click(hook("search-box")))) return;
    await this.#page.keyboard.type(this.#draws.pick(WORDS), { delay: 60 });
    await this.#follow(() => this.#page.keyboard.press("Enter"));
    await this.#scroll();
    await this.#click(hook("show-more"));
    await this.#look(300);
  }

  /** Goes through the shop, round after round, until `isOver` says of the number of legs that they are enough; that number. */
  async shop(address, parameters, isOver) {
    const open = async path => {
      const url = new URL(path, address);
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      await this.#page.goto(url.href);
      await this.#settled();
    };
    const legs = [
      () => this.#scroll(),
      () => open(`/category/?c=${this.#draws.pick(SHELVES)}`),
      () => this.#product(),
      () => this.#followLink(hook("crumb-shelf")),
      () => this.#product(),
      () => this.#search(),
      () => this.#product(),
      () => this.#followLink(hook("cart-link")),
      () => this.#click(hook("one-more")),
      () => this.#look(400),
      () => this.#click(hook("one-less")),
      () => this.#look(400),
      () => this.#followLink(hook("logo")),
    ];
    await open("/");
    await this.#click(hook("consent-yes"));
    let leg = 0;
    for (; !isOver(leg); leg++) await legs[leg % legs.length]();
    return leg;
  }
}

/** One visit in a browser context of its own, traced. */
async function visit(chromium, shop, seed, parameters, isOver) {
  const context = await chromium.browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.emulateCPUThrottling(THROTTLING);
    await page.tracing.start({ categories: readTrace.categories });
    const legs = await new Shopper(page, seed).shop(shop.address, parameters, isOver);
    const trace = readTrace(await page.tracing.stop(), url => new URL(url).pathname.startsWith("/reshelf/"));
    return { legs, slower: await slowerThan(page), ...trace };
  } finally {
    await context.close();
  }
}

/** How many times slower the page's processor is than without throttling: whether that outlived all navigations. */
async function slowerThan(page) {
  const fastest = async () => {
    const { least } = await page.evaluate(() => {
      // Told, so that no compiler finds the work to be of no use.
      let worked = 0;
      const times = Array.from({ length: 12 }, () => {
        const start = performance.now();
        for (let i = 0; i < 2e6; i++) worked = (Math.imul(worked, 31) + i) | 0;
        return performance.now() - start;
      });
      // The least disturbed, on a machine that has more to do.
      return { least: Math.min(...times), worked };
    });
    return least;
  };
  const slowed = await fastest();
  await page.emulateCPUThrottling(1);
  return slowed / (await fastest());
}

/** @param count seconds with the package, and as many without */
export async function smooth({ count = FULL } = {}) {
  const shop = await openShop();
  const chromium = await openChromium();
  const kinds = {
    // Longer than it needs: a late start would have nothing to arrange.
    with: { parameters: { wait: "20000" }, tasks: [], interactions: [], slower: [] },
    // The shop's question stands there too: both are to have the same presses.
    without: { parameters: { reshelf: "off", consent: "ask" }, tasks: [], interactions: [], slower: [] },
  };
  try {
    const visits = Math.ceil(count / SECONDS_A_VISIT);
    for (const seed of range(visits)) {
      let legsOfFirst;
      // Each goes first as often as the other, for its time; the other then does the same.
      for (const name of seed % 2 === 0 ? ["with", "without"] : ["without", "with"]) {
        const start = performance.now();
        const isOver = legs => (legsOfFirst === undefined ? performance.now() - start > (count * 1_000) / visits : legs === legsOfFirst);
        const { legs, slower, tasks, interactions } = await visit(chromium, shop, seed, kinds[name].parameters, isOver);
        legsOfFirst ??= legs;
        kinds[name].tasks.push(...tasks.map(({ causes, ...task }) => task));
        // Without their causes, which hold the whole visit.
        kinds[name].interactions.push(interactions.map(({ ms, ownMs }) => ({ ms, ownMs })));
        kinds[name].slower.push(slower);
        progress(`visit ${seed + 1} of ${visits} ${name} the package: ${legs} legs in ${rounded((performance.now() - start) / 1_000, 0)} s, ${tasks.length} tasks, ${interactions.length} interactions, ${rounded(slower)} times slower`);
        const told = causes => causes().slice(0, 4).map(([cause, ms]) => `${rounded(ms)} ms ${cause}`).join("; ");
        for (const { ownMs, ownProcessorMs, causes } of tasks) {
          if (ownMs > LONG_TASK_MS) progress(`  ${rounded(ownMs)} ms of the package in a task, ${rounded(ownProcessorMs)} ms of processor: ${told(causes)}`);
        }
        for (const { type, ms, ownMs, causes } of interactions) {
          if (ownMs > MOST_LATER_MS) progress(`  ${rounded(ownMs)} ms of the package in the ${rounded(ms)} ms of a ${type}: ${told(causes)}`);
        }
      }
    }
  } finally {
    await chromium.close();
    shop.close();
  }
  return judge(kinds, count >= FULL);
}

function judge({ with: ours, without: theirs }, isFull) {
  const long = ({ tasks }) => tasks.filter(({ ms }) => ms > LONG_TASK_MS).length;
  const own = ours.tasks.map(({ ownMs }) => ownMs).filter(ms => ms > 0);
  const blamed = own.filter(ms => ms > LONG_TASK_MS).length;
  const onProcessor = ours.tasks.map(({ ownProcessorMs }) => ownProcessorMs);
  const visits = range(ours.interactions.length);
  const waits = ({ interactions }, drawn) => drawn.flatMap(visit => interactions[visit].map(({ ms }) => ms));
  const p98Of = drawn => [ours, theirs].map(kind => quantile(waits(kind, drawn), 0.98));
  const [p98, p98Without] = p98Of(visits);
  const [p50, p50Without] = [ours, theirs].map(kind => quantile(waits(kind, visits), 0.5));
  const [count, countWithout] = [ours, theirs].map(kind => waits(kind, visits).length);
  const later = p98 - p98Without;
  // The sixth slowest of three hundred strays: by how much, other visits drawn from these tell.
  const draws = new Draws(1);
  const drawn = range(2_000).map(() => {
    const [ours, theirs] = p98Of(visits.map(() => draws.pick(visits)));
    return ours - theirs;
  });
  const [low, high] = [0.025, 0.975].map(share => quantile(drawn, share));
  const within = ours.interactions.flat().map(({ ownMs }) => ownMs);
  const slower = [...ours.slower, ...theirs.slower];
  const isSeen = own.length > 0 && count > 0 && countWithout > 0 && theirs.tasks.every(({ ownMs }) => ownMs === 0);
  const told = limit => (isFull ? limit : "reported");
  return [
    figure(`smooth: tasks in which the package took over ${LONG_TASK_MS} ms, at ${THROTTLING} times slower`, told("0"), String(blamed), !isFull || blamed === 0, `of ${own.length} tasks it had a part in, its largest ${rounded(largest(own))} ms, p99 ${rounded(quantile(own, 0.99))} ms; by the thread's processor time ${onProcessor.filter(ms => ms > LONG_TASK_MS).length}, its largest ${rounded(largest(onProcessor))} ms; long tasks of the page in all: ${long(ours)} with it, ${long(theirs)} without`),
    figure("smooth: interaction to next paint, p98, with the package against without", told(`≤ ${MOST_LATER_MS} ms more`), `${rounded(later)} ms more`, !isFull || later <= MOST_LATER_MS, `${rounded(p98)} ms with it (p50 ${rounded(p50)}, ${count} interactions), ${rounded(p98Without)} ms without (p50 ${rounded(p50Without)}, ${countWithout}); 95 % of the differences of other visits drawn from these lie between ${rounded(low)} and ${rounded(high)} ms; of these waits the package itself took ${rounded(quantile(within, 0.5))} ms in the median, ${rounded(quantile(within, 0.98))} at p98, ${rounded(largest(within))} at most`),
    figure("smooth: times slower the processor was, least and most of all visits", `about ${THROTTLING}`, `${rounded(Math.min(...slower))} to ${rounded(Math.max(...slower))}`, Math.min(...slower) > THROTTLING / 2, "the same loop, throttled and not"),
    figure("smooth: the package at work was seen, and only where it is", "yes", isSeen ? "yes" : "no", isSeen, "a trace without its code would be a smooth one"),
  ];
}
