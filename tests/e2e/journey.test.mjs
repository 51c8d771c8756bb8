// The main job: somebody who looks at candles finds candles, on the next page,
// on their own device, within the merchant's bounds, and nobody hears of it.
// The shop has a strict policy all along.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { openShop } from "./support/server.mjs";
import { hook, welcome } from "./support/shopper.mjs";
import { recordTraffic } from "./support/traffic.mjs";

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
].join("; ");
const SHELF = "candles-lights";
const CATEGORY = "Home > Candles & Lights";
const QUERIES = ["heart", "holder"];
const WINDOW = 10;
const QUOTA = 3;

let browser, shop, traffic;
/** Reads the shop without Reshelf, and the shopper's own visit. */
let merchant, shopper;
const theirs = { results: {} };
const ours = { results: {} };

before(async () => {
  browser = await openBrowser();
  shop = await openShop({ policy: POLICY });

  merchant = await welcome(browser, shop);
  await merchant.visitWithoutReshelf("/");
  Object.assign(theirs, { sections: await merchant.sections(), banners: await merchant.banners() });
  for (const query of QUERIES) {
    await merchant.visitWithoutReshelf(`/search/?q=${query}`);
    theirs.results[query] = await merchant.results(CATEGORY);
  }

  shopper = await welcome(browser, shop);
  traffic = await recordTraffic(shopper.page);
  shop.requests.length = 0;
  await shopper.visit("/");
  await shopper.acceptMemory();
  await shopper.browseShelf(SHELF, { count: 5, dwellMs: 1_500 });
  await shopper.followLink(hook("logo"));
  Object.assign(ours, { sections: await shopper.sections(), banners: await shopper.banners() });
  for (const query of QUERIES) {
    await shopper.search(query);
    ours.results[query] = await shopper.results(CATEGORY);
  }
});
after(async () => {
  await browser?.close();
  shop?.close();
});

const movement = (what, from, to) => `${what}: place ${from + 1} -> ${to + 1}`;

test("on the home page the candle section rises, and what is pinned stays", t => {
  const [from, to] = [theirs, ours].map(({ sections }) => sections.indexOf(SHELF));
  t.diagnostic(movement("candle section", from, to));
  assert.ok(from >= 5, "the merchant has it far down");
  assert.ok(to < from, movement("candle section", from, to));
  assert.ok(to < 3, "it is where the shopper sees it without scrolling far");
  assert.equal(ours.sections.at(-1), "service");
  assert.deepEqual([...ours.sections].sort(), [...theirs.sections].sort());
});

test("the one banner that is shown is the candle banner", () => {
  assert.equal(theirs.banners.length, 1);
  assert.notDeepEqual(theirs.banners, ["candles"]);
  assert.deepEqual(ours.banners, ["candles"]);
});

for (const query of QUERIES) {
  test(`candles rise among the results for "${query}", within the quota`, t => {
    const [before, now] = [theirs.results[query], ours.results[query]];
    const liked = results => results.slice(0, WINDOW).filter(({ liked }) => liked).length;
    const place = new Map(before.map(({ id }, place) => [id, place]));
    const promoted = now.slice(0, WINDOW).filter(({ id }) => place.get(id) >= WINDOW);
    t.diagnostic(`${liked(before)} -> ${liked(now)} candles among the first ${WINDOW} of ${now.length}, ${promoted.length} from below`);
    assert.ok(before.some(({ liked }) => !liked) && liked(before) < WINDOW - QUOTA, "the results are mixed");
    assert.ok(liked(now) > liked(before));
    assert.ok(promoted.length > 0 && promoted.length <= QUOTA, `${promoted.length} of the first ten are from below the merchant's tenth`);
    assert.deepEqual(now.map(({ id }) => id).sort(), before.map(({ id }) => id).sort(), "nothing is lost, nothing comes twice");
  });
}

test("everybody else still finds the merchant's order", async () => {
  const stranger = await welcome(browser, shop);
  await stranger.visit("/");
  assert.deepEqual(await stranger.sections(), theirs.sections);
  assert.deepEqual(await stranger.banners(), theirs.banners);
  await stranger.search("heart");
  assert.deepEqual(await stranger.results(CATEGORY), theirs.results.heart);
  await stranger.leave();
});

test("strength 0 is the merchant's page, byte for byte, whatever is known", async () => {
  for (const path of ["/", "/search/?q=heart", `/category/?c=${SHELF}`, "/product/?id=85123A"]) {
    await merchant.visitWithoutReshelf(path);
    const expected = await merchant.markup();
    assert.ok(expected.join("").length > 1_000);
    await shopper.visit(path);
    assert.notDeepEqual(await shopper.markup(), expected, `${path} could tell the difference`);
    await shopper.visit(path, { wait: "20000", strength: "0" });
    assert.deepEqual(await shopper.status(), { status: "ready", arrival: "in-time" });
    assert.deepEqual(await shopper.markup(), expected, path);
  }
});

describe("silence", () => {
  const sentence = ({ type, method, path, query }) => `${type} ${method} ${path}${query}`;

  test("the whole visit asked for nothing but files of the shop", () => {
    const { requests, sockets } = traffic;
    assert.ok(requests.length > 100, "the log is of the whole visit");
    const strange = requests.filter(({ method, body, origin }) => method !== "GET" || body || origin !== shop.address);
    assert.deepEqual(strange.map(sentence), []);
    const pages = /^\/((category|product|search)\/)?$/;
    const files = /^\/(favicon\.svg|assets\/[\w-]+\.(js|css|json|svg)|reshelf\/([\w-]+\.js|reshelf\.(wasm|json)|(core|graph)-[0-9a-f]{16}\.rsf))$/;
    const other = requests.filter(({ type, path, query }) => !(type === "Document" ? pages.test(path) : files.test(path) && query === ""));
    assert.deepEqual(other.map(sentence), []);
    assert.deepEqual(sockets, []);
    assert.deepEqual([...new Set(shop.requests.map(({ method }) => method))], ["GET"], "and the server saw nothing else");
    assert.deepEqual(shopper.context.serviceWorkers(), []);
    assert.deepEqual(shopper.page.workers(), []);
  });

  test("Reshelf itself fetches its own files, and tells them nothing", () => {
    const own = traffic.requests.filter(({ bySdk }) => bySdk);
    assert.deepEqual([...new Set(own.map(({ path }) => path))].filter(path => !path.startsWith("/reshelf/")), []);
    assert.ok(own.some(({ path }) => path === "/reshelf/reshelf.wasm"), "the log tells who asked");
    for (const { method, url, headers } of shop.requests.filter(({ path }) => path.startsWith("/reshelf/"))) {
      assert.equal(`${method} ${url}`, `GET ${new URL(url, shop.address).pathname}`);
      assert.deepEqual(["cookie", "content-length", "authorization"].filter(name => name in headers), []);
    }
  });

  test("the panel counts 0 bytes, and the strict policy had nothing to forbid", async () => {
    await shopper.visit("/search/?q=heart");
    const panel = await shopper.openPanel();
    assert.match(await panel.locator(hook("bytes-sent")).textContent(), /^0 bytes/);
    await shopper.closePanel();
    assert.deepEqual(shopper.thrown, []);
    assert.deepEqual(shopper.complaints, []);
  });
});
