// Without consent a whole session touches no storage of any kind, and with or
// without it nothing of it leaves the page. Counted three times: by a spy on
// every interface that keeps or sends, by the browser's own network log, and by
// the server.
import { setTimeout as pause } from "node:timers/promises";
import { openChromium, openShop } from "./support/chromium.mjs";
import { figure, progress } from "./support/figures.mjs";
import { openTruth } from "./support/truth.mjs";

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:; base-uri 'none'; require-trusted-types-for 'script'";
/** What the page itself asks for; anything else was asked for by the package. */
const PAGE_FILES = /^\/(page|pages\/[\w-]+\.js|dist\/[\w.-]+)$/;

/** Consents of a session, and whether it may keep anything. `granted` proves that the spies see what there is. */
const SESSIONS = [
  { name: 'consent "denied"', consent: "denied", silent: true },
  { name: 'consent "auto" without a signal', consent: "auto", silent: true },
  { name: 'consent "granted"', consent: "granted", silent: false },
];

/** Runs in the page: everything an instance can do that asks for no consent. */
async function session(passes) {
  const { shop, nextTask } = window.torture;
  const rows = [...document.querySelectorAll("[data-reshelf-item]")].map(({ dataset }) => dataset.reshelfItem);
  shop.addItems(rows.map((id, at) => ({ id, category: ["Home", `Shelf ${at % 3}`], brand: `brand ${at % 4}`, price: 5 + at })));
  const heard = ["ranked", "profile", "status", "consent"].map(event => shop.on(event, () => {}));
  const item = rows[2];
  for (let pass = 0; pass < passes; pass++) {
    for (const type of ["impression", "view", "click", "dwell", "addToCart", "removeFromCart", "wishlist", "purchase", "refund", "dismiss"]) {
      shop.track({ type, item, placement: "list", position: 2, dwellMs: 900 });
    }
    shop.track({ type: "search", query: "blue mugs" });
    shop.track({ type: "filter", value: "colour:red" });
    for (const type of ["sectionView", "sectionClick"]) shop.track({ type, section: "mugs" });
    for (const type of ["bannerView", "bannerClick"]) shop.track({ type, banner: "sale" });
    for (const type of ["offerView", "offerClick"]) shop.track({ type, offer: "two-for-one" });
    await nextTask();
    shop.order("list", rows, { query: "blue mugs" });
    shop.rank("search", rows, { id: id => id });
    shop.arrange(document, { refresh: true });
    shop.explain("list", item);
    shop.profile();
    shop.export();
    shop.pause();
    shop.track({ type: "view", item });
    shop.resume();
    await nextTask();
  }
  heard.forEach(end => end());
  return { status: shop.status, consent: shop.consent.state, events: shop.profile().events };
}

async function clickAround(page, cdp) {
  const places = await page.evaluate(() =>
    [...document.querySelectorAll("[data-reshelf-item]")].slice(0, 5).map(element => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }),
  );
  for (const { x, y } of places) {
    for (const type of ["mouseMoved", "mousePressed", "mouseReleased"]) {
      await cdp.send("Input.dispatchMouseEvent", { type, x, y, button: type === "mouseMoved" ? "none" : "left", clickCount: type === "mouseMoved" ? 0 : 1 });
    }
  }
}

/** One session on a fresh page: what was touched and what was sent. */
async function spend(chromium, truth, consent, store, passes) {
  truth.requests.length = 0;
  const page = await chromium.newTab();
  const cdp = await page.createCDPSession();
  const sent = { requests: [], sockets: [] };
  cdp.on("Network.requestWillBeSent", ({ request }) => sent.requests.push({ method: request.method, url: request.url, body: request.hasPostData === true }));
  for (const event of ["Network.webSocketCreated", "Network.webTransportCreated", "Network.directTCPSocketCreated", "Network.directUDPSocketCreated"]) {
    cdp.on(event, ({ url }) => sent.sockets.push(url));
  }
  await cdp.send("Network.enable");
  await openShop(page, truth.page({ store, consent, product: "p0", observe: 1, scripts: "spy,shelves" }));
  const { events } = await page.evaluate(session, passes);
  await clickAround(page, cdp);
  // Long enough for timers, the mirror of the store and exposure to have their say.
  await pause(2_500);
  const other = await chromium.newTab("about:blank");
  await pause(300);
  const { touches, signals } = await page.evaluate(() => ({ touches: window.spy.touches, signals: window.spy.signals }));
  await page.evaluate(() => window.torture.shop.destroy());
  const late = await page.evaluate(() => window.spy.touches.length);
  await other.close();
  await page.close();
  await pause(100);
  const foreign = truth.requests.filter(({ method, path }) => method !== "GET" || !PAGE_FILES.test(path));
  const odd = sent.requests.filter(({ method, url, body }) => method !== "GET" || body || (!url.startsWith("data:") && !url.startsWith("blob:") && !PAGE_FILES.test(new URL(url).pathname)));
  return { events, touches, signals, afterEnd: late - touches.length, foreign, odd, sockets: sent.sockets, seen: sent.requests.length };
}

const names = list => [...new Set(list.map(({ name }) => name))].join(", ") || "nothing";

/** @param count passes over the interface a session makes */
export async function silence({ count = 3 } = {}) {
  const truth = await openTruth({ policy: POLICY });
  const chromium = await openChromium();
  const figures = [];
  try {
    for (const [at, { name, consent, silent }] of SESSIONS.entries()) {
      const result = await spend(chromium, truth, consent, `silence-${at}`, count);
      const { events, touches, signals, afterEnd, foreign, odd, sockets, seen } = result;
      progress(`${name}: ${events} acts, storage touched: ${names(touches)}; signals: ${names(signals)}`);
      const all = touches.length + afterEnd;
      const how = `${events} acts learnt; touched: ${names(touches)}`;
      if (silent) {
        figures.push(figure(`silence: storage calls with ${name}`, "0", String(all), events > 0 && all === 0, how));
        figures.push(figure(`silence: locks and channels with ${name}`, "0", String(signals.length), signals.length === 0, names(signals)));
      } else {
        figures.push(figure(`silence: storage calls with ${name}, so that the spy is known to see`, "> 0", String(all), all > 0, how));
      }
      const sent = foreign.length + odd.length + sockets.length;
      figures.push(figure(`silence: requests beside the page's own files with ${name}`, "0", String(sent), seen > 0 && sent === 0, `${truth.requests.length} requests at the server, ${seen} in the browser's log${sent ? `; odd: ${JSON.stringify([...foreign, ...odd]).slice(0, 300)}` : ""}`));
    }
  } finally {
    await chromium.close();
    truth.close();
  }
  return figures;
}
