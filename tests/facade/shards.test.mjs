// An artifact in shards in a real browser: which of them a page fetches and when,
// and what is left where one fails.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { moduleScript, openBrowser } from "./pages.mjs";

const part = name => readFileSync(new URL(`../golden/${name}.rsf`, import.meta.url));
const core = part("artifact-shards-core");
const shards = [0, 1, 2].map(at => part(`artifact-shards-${at}`));
const MANIFEST = "/shop/reshelf.json";
const named = (file, part) => ({ file: `${file}.rsf`, part });
const manifest = JSON.stringify({ format: "reshelf", version: 2, files: [named("core", "core"), ...shards.map((_, at) => named(`shard-${at}`, "shard"))] });
const files = {
  [MANIFEST]: { body: manifest },
  "/shop/core.rsf": { body: core },
  ...Object.fromEntries(shards.map((body, at) => [`/shop/shard-${at}.rsf`, { body }])),
};
const script = moduleScript('{ artifact: "/shop" }');

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

const open = (served = {}, options) => browser.open(script, { ...options, served: { ...files, ...served } });
const askedFor = () => browser.requested.filter(path => path.startsWith("/shop/")).map(path => path.slice("/shop/".length));

/** How far the artifact is when nothing is on its way. */
const settled = page =>
  page.evaluate(async () => {
    const shop = await window.shop;
    const pause = () => new Promise(done => setTimeout(done, 20));
    // What was tracked is learned in a task of its own.
    await pause();
    while (shop.artifact.state === "loading") await pause();
    return shop.artifact;
  });

/** The page knows sixty products. */
const knowing = page =>
  page.evaluate(async () => {
    (await window.shop).addItems(Array.from({ length: 60 }, (_, at) => ({ id: `sku-${at}` })));
  });

/** What was bought with a product, as far as orders tell. */
const boughtWith = (page, item) =>
  page.evaluate(async item => {
    const row = (await window.shop).recommend("boughtTogether", { item, limit: 6, repeat: true });
    return row.filter(({ reason }) => reason.code === "boughtTogether").map(({ id }) => id);
  }, item);

const look = (page, item) => page.evaluate(async item => (await window.shop).track({ type: "view", item }), item);

/** For each shard a product of it, and what is bought with that. */
async function products() {
  const { page } = await open();
  await settled(page);
  await knowing(page);
  const found = [];
  for (let at = 0; at < 60 && found.filter(Boolean).length < 3; at += 3) {
    const before = askedFor().length;
    await boughtWith(page, `sku-${at}`);
    await settled(page);
    const [shard] = askedFor().slice(before);
    if (shard) found[Number(/\d/.exec(shard)[0])] = { item: `sku-${at}`, row: await boughtWith(page, `sku-${at}`) };
  }
  assert.equal(found.filter(Boolean).length, 3);
  assert.ok(found.every(({ row }) => row.length > 0));
  return found;
}

test("the core comes first, and a shard when a row asks about one of its products", async () => {
  const [first, second] = await products();
  const { page, thrown } = await open();
  assert.deepEqual(await settled(page), { state: "ready" });
  assert.deepEqual(askedFor(), ["reshelf.json", "core.rsf"]);
  await knowing(page);
  assert.deepEqual(await boughtWith(page, first.item), []);
  assert.deepEqual(await settled(page), { state: "ready" });
  assert.deepEqual(askedFor(), ["reshelf.json", "core.rsf", "shard-0.rsf"]);
  assert.deepEqual(await boughtWith(page, first.item), first.row);
  await boughtWith(page, second.item);
  await settled(page);
  assert.deepEqual(await boughtWith(page, second.item), second.row);
  assert.deepEqual(await boughtWith(page, first.item), first.row);
  // Each once.
  assert.deepEqual(askedFor(), ["reshelf.json", "core.rsf", "shard-0.rsf", "shard-1.rsf"]);
  assert.deepEqual(thrown, []);
});

test("a look at a product fetches its shard; what was looked at before the core came does, too", async () => {
  const found = await products();
  const { page } = await open();
  await settled(page);
  await knowing(page);
  await look(page, found[2].item);
  assert.deepEqual(await settled(page), { state: "ready" });
  assert.deepEqual(askedFor(), ["reshelf.json", "core.rsf", "shard-2.rsf"]);

  const early = await open({}, { before: () => (window.requestIdleCallback = run => setTimeout(run, 300)) });
  await knowing(early.page);
  await look(early.page, found[1].item);
  assert.deepEqual(await settled(early.page), { state: "ready" });
  assert.deepEqual(askedFor(), ["reshelf.json", "core.rsf", "shard-1.rsf"]);
});

const flipped = Buffer.from(shards[1]);
flipped[flipped.length - 3] ^= 4;
const troubles = [
  ["damaged", { body: flipped }, "damaged"],
  ["cut off", { body: shards[1].subarray(0, 200) }, "truncated"],
  ["missing", { status: 404 }, "missing"],
  ["of another training", { body: part("artifact-orders-graph") }, "unpaired"],
];
for (const [what, answer, code] of troubles) {
  test(`a shard that is ${what} -> ${code}, and the others are in use`, async () => {
    const [first, second, third] = await products();
    const { page, thrown } = await open({ "/shop/shard-1.rsf": answer });
    await settled(page);
    await knowing(page);
    await boughtWith(page, first.item);
    await settled(page);
    await boughtWith(page, second.item);
    const artifact = await settled(page);
    assert.deepEqual([artifact.state, artifact.code], ["failed", code]);
    assert.match(artifact.message, /\/shop\/shard-1\.rsf cannot be used/);
    assert.deepEqual(await boughtWith(page, second.item), []);
    assert.deepEqual(await boughtWith(page, first.item), first.row);
    await boughtWith(page, third.item);
    assert.equal((await settled(page)).code, code);
    assert.deepEqual(await boughtWith(page, third.item), third.row);
    // Not asked for again.
    assert.deepEqual(askedFor(), ["reshelf.json", "core.rsf", "shard-0.rsf", "shard-1.rsf", "shard-2.rsf"]);
    assert.deepEqual(thrown, []);
  });
}

test("another origin is asked for all of them, whatever the page shows", async () => {
  const { page, context, thrown } = await browser.open(moduleScript());
  const asked = [];
  await context.route("https://files.example/**", async route => {
    const { pathname } = new URL(route.request().url());
    asked.push(pathname);
    if (pathname.endsWith("core.rsf")) await new Promise(done => setTimeout(done, 200));
    return route.fulfill({ body: files[pathname].body, headers: { "Access-Control-Allow-Origin": "*" } });
  });
  await page.evaluate(async () => {
    const { createReshelf } = await import("/dist/index.js");
    (await window.shop).destroy();
    window.shop = createReshelf({ store: "other", bots: "allow", artifact: "https://files.example/shop/" });
    const shop = await window.shop;
    // Also while the core is on its way.
    for (let round = 0; round < 20; round++) {
      shop.recommend("forYou");
      await new Promise(done => setTimeout(done, 10));
    }
  });
  assert.deepEqual(await settled(page), { state: "ready" });
  assert.deepEqual(asked.sort(), Object.keys(files).sort());
  await knowing(page);
  assert.ok((await boughtWith(page, "sku-0")).length > 0);
  assert.deepEqual(thrown, []);
});

test("nothing is fetched before idle time, unless a row is asked for: then all of it at once", async () => {
  const busy = () => (window.requestIdleCallback = () => 0);
  const { page } = await open({}, { before: busy });
  await knowing(page);
  await page.evaluate(async () => (await window.shop).order("list", ["sku-1", "sku-2"]));
  await page.waitForTimeout(200);
  assert.deepEqual(askedFor(), []);
  await boughtWith(page, "sku-0");
  assert.deepEqual(await settled(page), { state: "ready" });
  assert.deepEqual(askedFor(), ["reshelf.json", "core.rsf"]);
  // Asked again, as a page does that hears of it.
  await boughtWith(page, "sku-0");
  await settled(page);
  assert.equal(askedFor().length, 3);
  assert.ok((await boughtWith(page, "sku-0")).length > 0);
});

test("a row asked for before the part that fetches has come is not forgotten", async () => {
  const busy = () => (window.requestIdleCallback = () => 0);
  const { page } = await browser.open(
    `<script type="module">
      import { createReshelf } from "/dist/index.js";
      window.shop = createReshelf({ store: "acme", bots: "allow", artifact: "/shop" });
      window.shop.then(shop => shop.recommend("forYou"));
    </script>`,
    { before: busy, served: files },
  );
  assert.deepEqual(await settled(page), { state: "ready" });
  assert.deepEqual(askedFor(), ["reshelf.json", "core.rsf"]);
});
