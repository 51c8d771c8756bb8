// A single-page shop that is used for a very long time: route after route, each
// a product of its own. Memory, listeners and what is stored must not grow with
// the number of routes.
import { setTimeout as pause } from "node:timers/promises";
import { openChromium, openShop } from "./support/chromium.mjs";
import { figure, missing, progress, rounded } from "./support/figures.mjs";
import { openTruth } from "./support/truth.mjs";

/** Products that take turns: what a shop has does not grow while it is looked at. */
const PRODUCTS = 200;
/** Routes before the first measurement: caches, journals and the compiler settle. */
const WARM_UP = 2_000;
const READINGS = 10;
/** What a heap may grow by between the first and the last reading: less than a byte a route at full length. */
const MOST_GROWTH_BYTES = 256 * 1024;
const LARGEST_STORE_UNITS = 64 * 1024;

/** Runs in the page: so many route changes, each seen by the observer of the package before the next. */
async function travel(from, to, products) {
  const { torture } = window;
  const main = document.querySelector("#page");
  for (let route = from; route < to; route++) {
    const item = `s-${route % products}`;
    // The address does not grow: the history is the browser's to keep.
    history.pushState({}, "", `?${new URLSearchParams({ ...Object.fromEntries(torture.parameters), route: route % products })}`);
    const list = document.createElement("ul");
    for (let at = 0; at < 4; at++) {
      const entry = document.createElement("li");
      entry.dataset.reshelfItem = `s-${(route * 7 + at) % products}`;
      entry.textContent = entry.dataset.reshelfItem;
      list.append(entry);
    }
    list.dataset.reshelf = "products";
    list.dataset.reshelfPlacement = "related";
    main.replaceChildren(list);
    torture.show(item);
    if (route % 5 === 0) torture.shop.arrange(main);
    if (route % 50 === 0) torture.shop.track({ type: "click", item });
    // The observer's microtask has to run, and now and then a frame and the timers.
    await (route % 25 === 0 ? new Promise(done => setTimeout(done, 0)) : torture.nextTask());
  }
  return torture.shop.status;
}

async function reading(page, cdp) {
  await page.evaluate(() => document.querySelector("#page").replaceChildren());
  // Twice: what the first collection finalises, the second one frees.
  for (let time = 0; time < 2; time++) {
    await cdp.send("HeapProfiler.collectGarbage");
    await pause(100);
  }
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const metric = name => metrics.find(entry => entry.name === name)?.value;
  const inPage = await page.evaluate(() => ({
    pages: window.engineWatch.memoryPages(),
    units: Object.entries(localStorage).reduce((total, [key, value]) => total + (key.startsWith("reshelf.") ? key.length + value.length : 0), 0),
  }));
  return { heap: usedSize, listeners: metric("JSEventListeners"), nodes: metric("Nodes"), ...inPage };
}

/** @param count route changes after the warm-up */
export async function soak({ count = 100_000 } = {}) {
  const truth = await openTruth();
  // Without the flag the browser ignores route changes that come faster than a person's.
  const chromium = await openChromium({ flags: ["--disable-ipc-flooding-protection"] });
  const readings = [];
  let status;
  try {
    const page = await openShop(await chromium.newTab(), truth.page({ store: "soak", consent: "granted", observe: 1, product: "s-0", scripts: "engine-watch" }));
    const cdp = await page.createCDPSession();
    await cdp.send("Performance.enable");
    const found = await page.evaluate(products => {
      window.torture.shop.addItems(Array.from({ length: products }, (_, at) => ({ id: `s-${at}`, category: ["Home", `Shelf ${at % 8}`], price: 5 + (at % 40) })));
      return window.engineWatch.found;
    }, PRODUCTS);
    if (!found) return [missing("soak: pages of WebAssembly memory", "constant", "The functions of the engine that pages/engine-watch.js looks at were not found; their names in the glue have changed.")];
    let route = 0;
    const goOn = async (to, atMost = 2_000) => {
      while (route < to) {
        const next = Math.min(to, route + atMost);
        status = await page.evaluate(travel, route, next, PRODUCTS);
        route = next;
      }
    };
    await goOn(WARM_UP);
    readings.push(await reading(page, cdp));
    for (let at = 1; at <= READINGS; at++) {
      await goOn(WARM_UP + Math.round((count * at) / READINGS));
      readings.push(await reading(page, cdp));
      progress(`${route} routes: ${JSON.stringify(readings.at(-1))}`);
    }
  } finally {
    await chromium.close();
    truth.close();
  }
  return figures(readings, count, status);
}

/** Bytes a route by least squares: one odd reading must not decide. */
function slope(values, count) {
  const step = count / (values.length - 1);
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const above = values.reduce((total, value, at) => total + (at - middle) * (value - mean), 0);
  const below = values.reduce((total, _, at) => total + (at - middle) ** 2, 0);
  return above / below / step;
}

function figures(readings, count, status) {
  const all = name => readings.map(reading => reading[name]);
  const constant = name => new Set(all(name)).size === 1;
  const growth = slope(all("heap"), count);
  const listed = name => all(name).join(", ");
  const how = `${count} route changes after ${WARM_UP} to warm up, ${readings.length} readings after a collection`;
  const most = Math.max(...all("units"));
  return [
    figure("soak: growth of the JavaScript heap", `≤ ${MOST_GROWTH_BYTES / 1024} KB`, `${rounded((growth * count) / 1024)} KB`, growth * count <= MOST_GROWTH_BYTES, `${how}; ${rounded(growth, 3)} bytes a route by least squares; KB: ${all("heap").map(bytes => Math.round(bytes / 1024)).join(", ")}`),
    figure("soak: event listeners", "constant", constant("listeners") ? `constant, ${readings[0].listeners}` : listed("listeners"), constant("listeners"), how),
    figure("soak: pages of WebAssembly memory", "constant", constant("pages") ? `constant, ${readings[0].pages}` : listed("pages"), constant("pages"), how),
    figure("soak: nodes of the document", "constant", constant("nodes") ? `constant, ${readings[0].nodes}` : listed("nodes"), Math.max(...all("nodes")) <= readings[0].nodes + 50, how),
    figure("soak: what is stored", `≤ ${LARGEST_STORE_UNITS} units`, `${most} units at most`, most <= LARGEST_STORE_UNITS, how),
    figure("soak: status at the end", "ready", status, status === "ready"),
  ];
}
