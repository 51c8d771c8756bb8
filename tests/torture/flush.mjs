// What one flush costs the page: an event tracked and everything the package
// does about it before the next task, against a bare `localStorage.setItem` of
// the very bytes it wrote. Both are taken in turns within one page, so that a
// busy machine slows both; the page is cross-origin isolated, which gives its
// clock a grain of 5 microseconds.
import { openChromium, openShop } from "./support/chromium.mjs";
import { figure, largest, progress, quantile, rounded } from "./support/figures.mjs";
import { openTruth } from "./support/truth.mjs";

/** From the design's case 17: what a write may cost at most, nearly always. */
const MOST_P95_MS = 1;
/** At most so many times what a bare write of the same bytes takes, nearly always. */
const MOST_RATIO = 2;
const WARM_UP = 300;
/** Samples in full. */
const FULL = 4_000;

/** How many items were acted on: one, and more than all records of a store can hold. */
const JOURNALS = [
  ["small", 1],
  ["largest", 700],
];

/**
 * Runs in the page: pairs of one flush and one bare write, a task each. Written
 * bare are the values the package has just written, under keys of the page and
 * with another last character each time, so that neither repeats what is there.
 */
async function measure(store, items, samples) {
  const { shop, nextTask } = window.torture;
  const ids = Array.from({ length: items }, (_, at) => `f-${at}`);
  const prefix = `reshelf.${store}.`;
  shop.addItems(ids.map(id => ({ id })));
  for (const item of ids) shop.track({ type: "addToCart", item });
  await nextTask();

  let known = new Map();
  /** Values of the package that are not what they were at the last call. */
  const changed = () => {
    const now = new Map(Object.keys(localStorage).filter(key => key.startsWith(prefix)).map(key => [key, localStorage.getItem(key)]));
    const values = [...now].filter(([key, value]) => known.get(key) !== value).map(([, value]) => value);
    known = now;
    return values;
  };
  const flush = async at => {
    const item = ids[(at * 17) % ids.length];
    const begin = performance.now();
    shop.track({ type: "addToCart", item });
    // The package's own microtask was queued first, so it has run when this one does.
    await undefined;
    return performance.now() - begin;
  };
  const write = (values, at) => {
    const others = values.map(value => value.slice(0, -1) + "abcdefghij"[at % 10]);
    const begin = performance.now();
    others.forEach((value, place) => localStorage.setItem(`bare.${place}`, value));
    return performance.now() - begin;
  };

  changed();
  const flushes = [];
  const writes = [];
  const units = [];
  for (let at = 0; at < samples; at++) {
    flushes.push(await flush(at));
    await nextTask();
    // What was written is looked at outside of what is timed.
    const values = changed();
    units.push(values.reduce((total, value) => total + value.length, 0));
    writes.push(write(values, at));
    await nextTask();
    // The browser hands writes on to other processes; a shopper is not that fast.
    if (at % 50 === 49) await new Promise(done => setTimeout(done, 20));
  }
  const stored = [...known].reduce((total, [key, value]) => total + key.length + value.length, 0);
  return { flushes, writes, units, stored, isolated: crossOriginIsolated };
}

/** @param count samples of each kind and journal */
export async function flush({ count = FULL } = {}) {
  const truth = await openTruth();
  const chromium = await openChromium();
  const figures = [];
  try {
    for (const [name, items] of JOURNALS) {
      const store = `flush-${name}`;
      const page = await openShop(await chromium.newTab(), truth.page({ store, consent: "granted", isolated: 1 }));
      const result = await page.evaluate(measure, store, items, count + WARM_UP);
      await page.close();
      figures.push(...judge(name, result, count >= FULL));
      progress(`${name} journal: ${result.flushes.length} samples`);
    }
  } finally {
    await chromium.close();
    truth.close();
  }
  return figures;
}

function judge(name, { flushes, writes, units, stored, isolated }, isFull) {
  const warm = flushes.slice(WARM_UP);
  const wrote = writes.slice(WARM_UP).filter((_, at) => units[at + WARM_UP] > 0);
  const [flush, write] = [warm, wrote].map(times => ({ p50: quantile(times, 0.5), p95: quantile(times, 0.95) }));
  const told = ({ p50, p95 }) => `p50 ${rounded(p50, 3)} ms, p95 ${rounded(p95, 3)} ms`;
  const size = `${quantile(units, 0.5)} units (p50), ${largest(units)} at most, of a store of ${stored}`;
  const how = `a flush ${told(flush)}; a bare setItem of the same values, ${size}, ${told(write)}; ${warm.length} samples of each in turns`;
  const ratio = flush.p95 / write.p95;
  const share = (100 * units.filter(length => length > 0).length) / units.length;
  return [
    figure(`flush: p95 with a ${name} journal`, `≤ ${MOST_P95_MS} ms`, `${rounded(flush.p95, 3)} ms`, isolated && flush.p95 <= MOST_P95_MS, how),
    // With fewer samples, among other tests, it is only told.
    figure(`flush: p95 against a bare setItem, ${name} journal`, isFull ? `≤ ${MOST_RATIO} times` : "reported", `${rounded(ratio, 2)} times`, isolated && (!isFull || ratio <= MOST_RATIO), `p50 ${rounded(flush.p50 / write.p50, 2)} times; the page was ${isolated ? "" : "not "}cross-origin isolated`),
    figure(`flush: flushes that wrote, ${name} journal`, "> 95 %", `${rounded(share)} %`, share > 95, "a flush that writes nothing would be measured as a fast one"),
  ];
}
