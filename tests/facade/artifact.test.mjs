// The trained artifact in a real browser: fetched when there is time, and a
// clear reason for each way it can go wrong. The page is never affected.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { moduleScript, openBrowser } from "./pages.mjs";

const golden = readFileSync(new URL("../golden/artifact.rsf", import.meta.url));
const FILE = "/shop/reshelf.rsf";
const script = moduleScript('{ artifact: "/shop" }');
/** The golden artifact of orders as two files, and the graph of another training. */
const part = name => readFileSync(new URL(`../golden/${name}.rsf`, import.meta.url));
const [core, graph, stranger] = ["artifact-orders-core", "artifact-orders-graph", "artifact-graph"].map(part);
const MANIFEST = "/shop/reshelf.json";
const manifest = (...names) => ({ body: JSON.stringify({ format: "reshelf", version: 1, files: names.map(file => ({ file })) }) });

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** How far the artifact is when it is no longer on its way. */
const arrival = page =>
  page.evaluate(async () => {
    const shop = await window.shop;
    while (shop.artifact.state === "loading") await new Promise(done => setTimeout(done, 10));
    return shop.artifact;
  });

/** Opens a page whose artifact is this file, and waits until it is used or given up. */
async function open(file, { head = script, ...options } = {}) {
  const opened = await browser.open(head, { ...options, served: { [FILE]: file } });
  return { ...opened, artifact: await arrival(opened.page) };
}

/** The page is as it would be without an artifact. */
async function worksOn(page, thrown) {
  const answer = await page.evaluate(async () => {
    const shop = await window.shop;
    shop.addItems([{ id: "a", category: ["A"] }, { id: "b", category: ["B"] }]);
    return { status: shop.status, order: Array.from(shop.order("list", ["a", "b"])), arranged: shop.arrange().length };
  });
  assert.deepEqual(answer, { status: "ready", order: [0, 1], arranged: 1 });
  assert.deepEqual(thrown, []);
}

test("a whole file is ready, fetched once and without cookies", async () => {
  const setCookie = () => (document.cookie = "basket=7");
  const { page, artifact, thrown } = await open({ body: golden }, { before: setCookie });
  assert.deepEqual(artifact, { state: "ready" });
  assert.equal(browser.requested.filter(path => path === FILE).length, 1);
  assert.equal(browser.cookies[browser.requested.indexOf(FILE)], undefined);
  assert.ok(browser.cookies.includes("basket=7"), "the page has a cookie to send");
  await worksOn(page, thrown);
});

test("it is fetched after the engine is ready, and each change is told", async () => {
  const head = `<script type="module">
    import { createReshelf } from "/dist/index.js";
    window.shop = createReshelf({ store: "acme", bots: "allow", artifact: new URL("/shop/", location.href) });
    const shop = await window.shop;
    window.first = shop.artifact.state;
    window.told = [];
    shop.on("status", ({ status, artifact }) => window.told.push([status, artifact.state]));
  </script>`;
  const { page } = await open({ body: golden }, { head });
  assert.deepEqual(await page.evaluate(() => [window.first, window.told]), ["loading", [["ready", "ready"]]]);
  assert.ok(browser.requested.indexOf(FILE) > browser.requested.indexOf("/dist/reshelf.wasm"));
});

test("the address of the file itself will do, and a query stays", async () => {
  const { artifact } = await open({ body: golden }, { head: moduleScript('{ artifact: "/shop/reshelf.rsf" }') });
  assert.equal(artifact.state, "ready");
  const asked = await browser.open(moduleScript('{ artifact: "/shop?v=7" }'), { served: { [FILE]: { body: golden } } });
  assert.deepEqual(await arrival(asked.page), { state: "ready" });
});

const later = Buffer.from(golden);
later.writeUInt16LE(9, 4);
// The table's checksum covers the version: made right again, as a later release would.
sealed(later);
const flipped = Buffer.from(golden);
flipped[flipped.length - 3] ^= 4;

/** Writes the checksum of header and table anew. */
function sealed(bytes) {
  const end = 12 + bytes.readUInt16LE(6) * 16;
  let crc = 0xffff_ffff;
  for (const byte of bytes.subarray(0, end)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  bytes.writeUInt32LE(~crc >>> 0, end);
}

const failures = [
  ["a page of the server's own", { headers: { "Content-Type": "text/html" }, body: "<!doctype html>Welcome" }, "foreign"],
  ["an empty file", { body: "" }, "foreign"],
  ["a file that was sent as text", { body: Buffer.from(golden.toString("utf8")) }, "foreign"],
  ["a file of a later release", { body: later }, "newer"],
  ["half a file", { body: golden.subarray(0, golden.length / 2) }, "truncated"],
  ["a flipped bit", { body: flipped }, "damaged"],
  ["no file", { status: 404, body: "Not found" }, "missing"],
  ["a server that fails", { status: 500, body: "Sorry" }, "missing"],
  ["a transfer that breaks off", { headers: { "Content-Length": golden.length + 9 }, body: golden }, "unreachable"],
];
for (const [what, file, code] of failures) {
  test(`${what} -> ${code}`, async () => {
    const { page, artifact, thrown } = await open(file);
    assert.equal(artifact.state, "failed");
    assert.equal(artifact.code, code);
    assert.match(artifact.message, /^The artifact http:\/\/localhost:\d+\/shop\/reshelf\.rsf cannot be used: .{20,}\.$/);
    await worksOn(page, thrown);
  });
}

test("another origin that does not allow it -> unreachable", async () => {
  const { page, artifact, thrown } = await open({}, { head: moduleScript('{ artifact: "http://127.0.0.1:1/shop/" }') });
  assert.equal(artifact.code, "unreachable");
  await worksOn(page, thrown);
});

test("a content security policy that forbids it -> blocked", async () => {
  const csp = "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self'";
  const { page, artifact, thrown } = await open({}, { csp, head: moduleScript('{ artifact: "http://127.0.0.1:1/shop/" }') });
  assert.equal(artifact.code, "blocked");
  await worksOn(page, thrown);
});

test("a policy that allows the page's own files allows the artifact", async () => {
  const csp = "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:";
  const { artifact } = await open({ body: golden }, { csp });
  assert.equal(artifact.state, "ready");
});

test("a server that never answers -> late; destroy() ends the wait", async () => {
  // The limit is half a minute: too long for a test.
  const hurry = () => {
    const timeout = AbortSignal.timeout;
    AbortSignal.timeout = () => timeout.call(AbortSignal, 300);
  };
  const { page, artifact, thrown } = await open("never", { before: hurry });
  assert.equal(artifact.code, "late");
  await worksOn(page, thrown);

  const waiting = await browser.open(script, { served: { [FILE]: "never" } });
  const asked = waiting.page.waitForRequest(request => request.url().endsWith(FILE));
  const aborted = waiting.page.waitForEvent("requestfailed");
  await asked;
  await waiting.page.evaluate(async () => (await window.shop).destroy());
  assert.match((await aborted).failure().errorText, /ABORTED/);
  assert.equal(await waiting.page.evaluate(async () => (await window.shop).artifact.state), "loading");
});

/** Opens a page for a folder of core and graph; what `served` holds comes first. */
const openTwo = (served, options) =>
  browser.open(script, { ...options, served: { [MANIFEST]: manifest("core-1.rsf", "graph-2.rsf"), "/shop/core-1.rsf": { body: core }, "/shop/graph-2.rsf": { body: graph }, ...served } });
const askedFor = () => browser.requested.filter(path => path.startsWith("/shop/"));

/** What the page may recommend beside an item of the golden artifact: reasons tell whether the graph is in use. */
const reasons = page =>
  page.evaluate(async () => {
    const shop = await window.shop;
    shop.addItems(Array.from({ length: 60 }, (_, at) => ({ id: `sku-${at}`, category: [`aisle ${at % 7}`] })));
    const kinds = Array.from({ length: 60 }, (_, at) => shop.recommend("boughtTogether", { item: `sku-${at}`, limit: 4 }));
    return kinds.flat().map(({ id, reason }) => [id, reason]);
  });

test("of two files the core comes first, then the graph, each once; both are used as one is", async () => {
  const { page, thrown } = await openTwo();
  assert.deepEqual(await arrival(page), { state: "ready" });
  assert.deepEqual(askedFor(), [MANIFEST, "/shop/core-1.rsf", "/shop/graph-2.rsf"]);
  const two = await reasons(page);
  const one = await open({ body: part("artifact-orders") });
  assert.equal(one.artifact.state, "ready");
  assert.deepEqual(two, await reasons(one.page));
  const without = await browser.open(moduleScript());
  assert.notDeepEqual(two, await reasons(without.page));
  assert.deepEqual(thrown, []);
});

test("the core is in use while the graph is on its way", async () => {
  const { page, thrown } = await openTwo({ "/shop/graph-2.rsf": "never" });
  await page.waitForRequest(request => request.url().endsWith("graph-2.rsf"));
  assert.equal(await page.evaluate(async () => (await window.shop).artifact.state), "loading");
  await worksOn(page, thrown);
});

const troubles = [
  ["of another training", { "/shop/graph-2.rsf": { body: stranger } }, "unpaired", "graph-2"],
  ["cut off", { "/shop/graph-2.rsf": { body: graph.subarray(0, 200) } }, "truncated", "graph-2"],
  ["missing", { "/shop/graph-2.rsf": { status: 404 } }, "missing", "graph-2"],
  ["given as the core", { "/shop/core-1.rsf": { body: graph } }, "unpaired", "core-1"],
  ["behind a core that is missing", { "/shop/core-1.rsf": { status: 404 } }, "missing", "core-1"],
];
for (const [what, served, code, name] of troubles) {
  test(`a graph that is ${what} -> ${code}`, async () => {
    const { page, thrown } = await openTwo(served);
    const artifact = await arrival(page);
    assert.deepEqual([artifact.state, artifact.code], ["failed", code]);
    assert.ok(artifact.message.includes(`/shop/${name}.rsf`), artifact.message);
    assert.equal(askedFor().includes("/shop/graph-2.rsf"), name === "graph-2");
    await worksOn(page, thrown);
  });
}

const manifests = [
  ["of a later release", { body: '{"format":"reshelf","version":3}' }, "newer"],
  ["that names no file", manifest(), "damaged"],
  ["that names files of other folders", manifest("../core-1.rsf"), "damaged"],
  ["that names an address", manifest("https://example.com/core.rsf"), "damaged"],
  ["whose list is none", { body: '{"format":"reshelf","version":1,"files":{"0":1}}' }, "damaged"],
  ["whose list holds nothing", { body: '{"format":"reshelf","version":1,"files":[null]}' }, "damaged"],
];
for (const [what, answer, code] of manifests) {
  test(`a manifest ${what} -> ${code}`, async () => {
    const { page, thrown } = await openTwo({ [MANIFEST]: answer });
    const artifact = await arrival(page);
    assert.deepEqual([artifact.state, artifact.code], ["failed", code]);
    assert.deepEqual(askedFor(), [MANIFEST]);
    await worksOn(page, thrown);
  });
}

test("a folder whose manifest is something else has the one file", async () => {
  for (const answer of [{ body: "<!doctype html>Welcome" }, { body: "null" }, { body: '{"name":"shop"}' }, { status: 500 }]) {
    const opened = await browser.open(script, { served: { [MANIFEST]: answer, [FILE]: { body: golden } } });
    assert.deepEqual(await arrival(opened.page), { state: "ready" });
    assert.deepEqual(askedFor(), [MANIFEST, FILE]);
  }
});

test("without the option nothing is fetched", async () => {
  const { page } = await browser.open(moduleScript());
  assert.deepEqual(await page.evaluate(async () => (await window.shop).artifact), { state: "none" });
  await page.waitForTimeout(300);
  assert.deepEqual(browser.requested.filter(path => path.endsWith(".rsf")), []);
});

for (const wrong of ["7", '""', "null", "{}"]) {
  test(`artifact: ${wrong} is the caller's mistake`, async () => {
    const { page } = await browser.open(moduleScript(`{ artifact: ${wrong} }`), { before: () => addEventListener("unhandledrejection", event => event.preventDefault()) });
    const error = await page.evaluate(() => window.shop.then(() => null, ({ code, field }) => ({ code, field })));
    assert.deepEqual(error, { code: "invalid-option", field: "artifact" });
  });
}
