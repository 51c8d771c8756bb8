// Everything the surroundings can do wrong ends in `status`, and the page keeps
// the merchant's order. The engine is the real one; only the browser around it
// is set up by hand.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { createReshelf } from "../../pkg/dist/index.js";
import { createReshelf as createInline } from "../../pkg/dist/inline.js";
import { sampleItems } from "../../pkg/dist/testing.js";

const bytes = readFileSync(new URL("../../pkg/dist/reshelf.wasm", import.meta.url));
const ids = sampleItems.map(item => item.id);
const given = new Map(["window", "document", "navigator", "WebAssembly", "localStorage"].map(name => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));

const set = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

function browser(navigator = {}) {
  set("window", globalThis);
  set("document", Object.assign(new EventTarget(), { baseURI: "https://shop.example/", querySelectorAll: () => [] }));
  set("navigator", { userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ...navigator });
}

const realInstantiate = WebAssembly.instantiate;
afterEach(() => {
  for (const [name, descriptor] of given) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else delete globalThis[name];
  }
  WebAssembly.instantiate = realInstantiate;
});

/** Every method, on an instance without an engine. */
async function assertInert(shop, status) {
  assert.equal(shop.status, status);
  shop.addItems(sampleItems);
  shop.track({ type: "view", item: ids[0], dwellMs: 5_000 });
  const list = ids.map(id => ({ id }));
  const ranked = shop.rank("search", list, { query: "candle" });
  assert.notEqual(ranked, list);
  assert.deepEqual(ranked, list);
  assert.deepEqual(shop.order("search", ids), Uint32Array.from(ids, (_, i) => i));
  assert.deepEqual(shop.arrange(), []);
  assert.equal(shop.observe()(), undefined);
  assert.equal(shop.explain("search", ids[0]), null);
  assert.deepEqual(shop.profile(), { events: 0, since: null, paused: false, interests: [], recentlyViewed: [], muted: [], shopOrder: false });
  assert.deepEqual(shop.intent(), { stage: "unknown", probability: 0 });
  const exported = shop.export();
  assert.equal(exported.format, "reshelf-profile");
  assert.deepEqual(JSON.parse(JSON.stringify(exported)), exported);
  shop.consent.grant();
  assert.equal(shop.consent.state, "granted");
  shop.consent.deny();
  shop.pause();
  assert.equal(shop.profile().paused, true);
  shop.resume();
  assert.equal(typeof shop.on("profile", () => {}), "function");
  assert.throws(() => shop.track({ type: "nonsense" }), { code: "invalid-event" });
  await shop.forget();
  shop.destroy();
  assert.equal(shop.status, "destroyed");
}

test("on a server", async () => {
  await assertInert(await createReshelf({ store: "s", consent: "granted" }), "inert:server");
  await assertInert(await createInline({ store: "s" }), "inert:server");
});

const CRAWLERS = [
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
  "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
  "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
  "DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)",
  "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
  "Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 Chrome/137.0.0.0 Mobile Safari/537.36 Chrome-Lighthouse",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0.0.0 Safari/537.36",
];
const SHOPPERS = [
  "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "",
];

test("for crawlers and automated browsers, unless allowed", async () => {
  for (const userAgent of CRAWLERS) {
    browser({ userAgent });
    await assertInert(await createReshelf({ store: "s" }), "inert:bot");
  }
  browser({ webdriver: true });
  await assertInert(await createReshelf({ store: "s" }), "inert:bot");
  const allowed = await createReshelf({ store: "s", bots: "allow", wasm: bytes });
  assert.equal(allowed.status, "ready");
  allowed.destroy();
  for (const userAgent of SHOPPERS) {
    browser({ userAgent });
    const shop = await createReshelf({ store: "s", wasm: bytes });
    assert.equal(shop.status, "ready", userAgent);
    shop.destroy();
  }
});

test("without WebAssembly, and without reference types", async () => {
  browser();
  const real = WebAssembly;
  set("WebAssembly", undefined);
  await assertInert(await createReshelf({ store: "s", wasm: bytes }), "inert:unsupported");
  set("WebAssembly", Object.create(real, { validate: { value: () => false } }));
  await assertInert(await createReshelf({ store: "s", wasm: bytes }), "inert:unsupported");
});

test("two instances of a store: both work, and the developer is told once", async t => {
  const warn = t.mock.method(console, "warn", () => {});
  browser();
  const shops = await Promise.all([1, 2, 3].map(() => createReshelf({ store: "twice", wasm: bytes })));
  assert.deepEqual(shops.map(shop => shop.status), ["ready", "ready", "ready"]);
  assert.equal(warn.mock.callCount(), 1);
  assert.match(warn.mock.calls[0].arguments[0], /more than one instance/);
  shops.forEach(shop => shop.destroy());
});
