// The same promises in WebKit, Safari's engine, as far as its WebDriver reaches:
// windows that record together, a store that outlives its pages, erasure, and
// silence before consent.
import { figure, missing, progress, range } from "./support/figures.mjs";
import { actsIn } from "./support/journal.mjs";
import { openTruth } from "./support/truth.mjs";
import { missingForWebKit, openWebKit } from "./support/webkit.mjs";
import { compare } from "./tabs.mjs";

const WINDOWS = 3;
const ITEMS_A_WINDOW = 20;

const itemsOf = window => range(ITEMS_A_WINDOW).map(item => `w${window}-${item}`);

/** Waits for the page's own script; its status. */
async function ready() {
  const begin = Date.now();
  while (!window.torture && Date.now() - begin < 20_000) await new Promise(done => setTimeout(done, 20));
  return window.torture ? window.torture.ready : "the page's script did not run";
}

/**
 * Begins to record at a moment, and returns before it is over: the driver sends
 * one command at a time, and the windows are to record together.
 */
async function begin(ids, count, at) {
  const { shop, nextTask } = window.torture;
  shop.addItems(ids.map(id => ({ id, category: ["WebKit"] })));
  window.recording = (async () => {
    while (Date.now() < at) await nextTask();
    const began = Date.now();
    for (let event = 0; event < count; event++) {
      shop.track({ type: "addToCart", item: ids[event % ids.length] });
      if (event % 5 === 4) await nextTask();
    }
    return { began, ended: Date.now() };
  })();
}

async function known() {
  const { events } = await window.torture.settled();
  return { events, journals: window.torture.shop.export().journals };
}

async function erase(how) {
  const { shop } = window.torture;
  if (how === "forget") await shop.forget();
  else shop.consent.deny();
  await new Promise(done => setTimeout(done, 500));
  return shop.profile().events;
}

async function keys(store) {
  return Object.keys(localStorage).filter(key => key.startsWith(`reshelf.${store}.`));
}

async function session() {
  const { shop, nextTask } = window.torture;
  shop.addItems([{ id: "a", category: ["A"] }, { id: "b", category: ["B"] }]);
  for (const type of ["view", "click", "addToCart"]) shop.track({ type, item: "b" });
  await nextTask();
  shop.order("list", ["a", "b"]);
  shop.explain("list", "b");
  shop.export();
  await new Promise(done => setTimeout(done, 1_500));
  return { events: shop.profile().events, touches: window.spy.touches.map(({ name }) => name) };
}

async function open(webkit, url) {
  await webkit.go(url);
  const status = await webkit.run(ready);
  if (status !== "ready") throw new Error(`the shop in WebKit is ${status}`);
}

/** Windows that record together, and what a later page knows of it. */
async function together(webkit, truth, count) {
  const url = truth.page({ store: "webkit", consent: "granted" });
  const handles = [];
  for (const window of range(WINDOWS)) {
    handles.push(window === 0 ? await webkit.current() : await webkit.newWindow());
    await webkit.switchTo(handles[window]);
    await open(webkit, url);
  }
  const at = Date.now() + 1_500;
  for (const [window, handle] of handles.entries()) {
    await webkit.switchTo(handle);
    await webkit.run(begin, itemsOf(window), count, at);
  }
  const spans = [];
  for (const handle of handles) {
    await webkit.switchTo(handle);
    spans.push(await webkit.run(async () => window.recording));
  }
  for (const handle of handles.slice(1)) {
    await webkit.switchTo(handle);
    await webkit.closeWindow();
  }
  await webkit.switchTo(handles[0]);
  await open(webkit, url);
  const { events, journals } = await webkit.run(known);
  const shared = Math.min(...spans.map(({ ended }) => ended)) - Math.max(...spans.map(({ began }) => began));
  const expected = new Map(range(WINDOWS).flatMap(itemsOf).map(id => [id, count / ITEMS_A_WINDOW]));
  const { lost, double } = compare(journals, expected);
  const total = WINDOWS * count;
  progress(`WebKit: ${events} of ${total} known, ${shared} ms together`);
  const detail = `${WINDOWS} windows × ${count} events, ${shared} ms of it together; the journals count ${actsIn(journals)} acts`;
  return [
    figure("webkit: events a later page knows", String(total), String(events), events === total, detail),
    figure("webkit: events lost, by item", "0", String(lost), lost === 0, detail),
    figure("webkit: events counted twice, by item", "0", String(double), double === 0, detail),
  ];
}

/** Erasure by either way, seen from another page. */
async function erasure(webkit, truth) {
  const figures = [];
  for (const how of ["forget", "deny"]) {
    const store = `webkit-${how}`;
    const url = truth.page({ store, consent: "granted" });
    await open(webkit, url);
    await webkit.run(begin, itemsOf(0), 40, 0);
    await webkit.run(async () => window.recording);
    await open(webkit, url);
    const before = (await webkit.run(known)).events;
    const after = await webkit.run(erase, how);
    await webkit.go(truth.page({ main: "none" }));
    const left = await webkit.run(keys, store);
    await open(webkit, url);
    const later = (await webkit.run(known)).events;
    progress(`WebKit, ${how}: ${before} before, ${after} after, ${later} for the next page; keys left: ${left.join(", ") || "none"}`);
    figures.push(figure(`webkit: acts after ${how} that the page or the next one knows`, "0", String(after + later), before === 40 && after + later === 0, `${before} acts were known before; keys left: ${left.join(", ") || "none"}`));
  }
  return figures;
}

async function quiet(webkit, truth) {
  await open(webkit, truth.page({ store: "webkit-quiet", consent: "denied", observe: 1, product: "a", scripts: "spy" }));
  const { events, touches } = await webkit.run(session);
  return [figure("webkit: storage calls without consent", "0", String(touches.length), events > 0 && touches.length === 0, `${events} acts learnt; touched: ${[...new Set(touches)].join(", ") || "nothing"}`)];
}

/** @param count events a window */
export async function webkit({ count = 400 } = {}) {
  const reason = missingForWebKit();
  if (reason) return [missing("webkit: events a later page knows", String(WINDOWS * count), reason)];
  const truth = await openTruth();
  let browser;
  try {
    browser = await openWebKit();
    await browser.setTimeouts(60_000);
    return [...(await together(browser, truth, count)), ...(await erasure(browser, truth)), ...(await quiet(browser, truth))];
  } finally {
    await browser?.close();
    truth.close();
  }
}
