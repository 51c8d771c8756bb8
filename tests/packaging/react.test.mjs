// `reshelf/react` in React 18 and 19, developing and in production: the server's
// page is hydrated without a warning, then comes the shopper's order, which is
// data; and what a shopper has before their eyes does not jump.
import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { REACTS, host, openBrowser, run, workplace } from "./support.mjs";

let browser, work;
before(async () => {
  work = workplace();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  work?.clean();
});

/** Builds server and client, and renders the page; the folder to serve. */
async function build(name, packages, mode) {
  const { build } = await import("esbuild");
  const folder = work.project(name, "react", packages);
  const common = { absWorkingDir: folder, bundle: true, jsx: "automatic", define: { "process.env.NODE_ENV": JSON.stringify(mode) }, logLevel: "silent" };
  const out = join(folder, "out");
  // Dynamic imports stay files of their own, as with every bundler of applications.
  await build({ ...common, entryPoints: ["client.jsx"], format: "esm", splitting: true, minify: mode === "production", outdir: out });
  await build({ ...common, entryPoints: ["server.jsx"], platform: "node", format: "cjs", outfile: join(folder, "server.cjs") });
  copyFileSync(join(folder, "node_modules/reshelf/dist/reshelf.wasm"), join(out, "reshelf.wasm"));
  for (const page of ["index", "wrong"]) {
    const html = run(process.execPath, ["server.cjs", page], folder);
    writeFileSync(join(out, `${page}.html`), `<!doctype html><link rel="icon" href="data:,"><div id="root">${html}</div><script type="module" src="client.js"></script>`);
  }
  return out;
}

const shown = (page, list) => page.locator(`#${list} li`).allTextContents();
const settled = page => page.waitForFunction(() => document.querySelector("#acme-search")?.dataset.status === "ready" && document.querySelector("#other-search")?.dataset.status === "ready");
const MERCHANTS = ["mug", "plate", "candle", "lamp"];
const CANDLES = ["candle", "lamp", "mug", "plate"];

for (const [label, packages] of Object.entries(REACTS)) {
  for (const mode of ["production", "development"]) {
    test(`${label}, ${mode}: hydrates without a word, then comes the shopper's order`, async () => {
      const { address, close } = await host(await build(`${label}-${mode}`.replaceAll(" ", "-"), packages, mode));
      const context = await browser.newContext();
      const page = await context.newPage();
      const [thrown, engines] = [[], []];
      page.on("pageerror", error => thrown.push(String(error)));
      page.on("request", request => request.url().endsWith(".wasm") && engines.push(request.url()));
      const complaints = async () => [thrown, await page.evaluate(() => window.complaints)];

      // Somebody new: the merchant's order, and clicks are learnt from the marks.
      await page.goto(address);
      await settled(page);
      assert.deepEqual(await shown(page, "acme-search"), MERCHANTS);
      assert.equal(engines.length, 1, "one engine for both stores");
      await page.click("#acme-search li:nth-child(3)");
      await page.waitForFunction(() => window.shops.acme.profile().events === 1);
      assert.equal(await page.evaluate(() => window.shops.other.profile().events), 0, "whose provider does not watch");
      await page.evaluate(() => {
        for (const store of ["acme", "other"]) for (let i = 0; i < 5; i++) window.shops[store].track({ type: "purchase", item: "candle" });
      });
      await page.click("#again");
      assert.deepEqual(await shown(page, "acme-search"), MERCHANTS, "nothing jumps");
      await page.click("#refresh-acme-search");
      assert.deepEqual(await shown(page, "acme-search"), CANDLES, "unless it is asked for");
      assert.deepEqual(await complaints(), [[], []]);

      // The same shopper later.
      await page.goto(address);
      await settled(page);
      assert.deepEqual(await shown(page, "acme-search"), CANDLES);
      assert.deepEqual(await shown(page, "acme-home"), ["candles", "legal", "mugs"], "a pinned section stays");
      const marks = await page.$$eval("#acme-home li", sections => sections.map(({ dataset: { reshelfSection, reshelfCategory, reshelfPin } }) => [reshelfSection, reshelfCategory, reshelfPin]));
      assert.deepEqual(marks, [["candles", "Home > Candles", undefined], ["legal", undefined, ""], ["mugs", "Kitchen > Mugs", undefined]], "as the page's own sections say it");
      const row = await shown(page, "acme-row");
      assert.deepEqual([row[0], row.length], ["lamp", 2]);
      const lists = await page.evaluate(() => window.lists.filter(list => list.startsWith("acme-search")));
      assert.deepEqual([...new Set(lists)], [`acme-search ${MERCHANTS.join(" ")}`, `acme-search ${CANDLES.join(" ")}`], "first the server's order, then the shopper's, and no other");

      // What arrives late is hydrated as the server sent it, too.
      assert.deepEqual(await shown(page, "late-search"), MERCHANTS);
      await page.evaluate(() => window.release());
      await page.waitForFunction(() => document.querySelector("#late-search").dataset.status === "ready");
      assert.deepEqual(await shown(page, "late-search"), CANDLES);
      assert.deepEqual(await complaints(), [[], []]);

      // The same lists are the same arrays.
      const count = await page.evaluate(() => window.lists.length);
      await page.click("#again");
      assert.equal(await page.textContent("#again"), "1");
      assert.equal(await page.evaluate(() => window.lists.length), count);

      // What comes later finds its place behind what is there.
      const before = await shown(page, "other-search");
      await page.click("#other-more");
      assert.deepEqual(await shown(page, "other-search"), [...before, "torch"]);

      // A provider that goes takes its instance along, and leaves the other's.
      await page.evaluate(() => Object.assign(window, { first: window.shops.acme, second: window.shops.other }));
      await page.click("#close");
      await page.waitForFunction(() => window.first.status === "destroyed");
      assert.equal(await page.evaluate(() => window.second.status), "ready");
      assert.deepEqual(await complaints(), [[], []]);
      await context.close();
      await close();
    });
  }

  test(`${label}: consent that is told late gives the shopper's order, but not under the hands of who is at work`, async () => {
    const { address, close } = await host(join(work.home, `${label}-production`.replaceAll(" ", "-"), "out"));
    const context = await browser.newContext();
    const page = await context.newPage();
    const grant = () =>
      page.evaluate(() => {
        (window.dataLayer ??= []).push(["consent", "update", { personalization_storage: "granted" }]);
        return new Promise(done => {
          const look = () => (window.shops.acme.consent.state === "granted" ? done() : setTimeout(look, 20));
          look();
        });
      });
    await page.goto(address);
    await settled(page);
    await page.evaluate(() => {
      for (let i = 0; i < 5; i++) window.shops.acme.track({ type: "purchase", item: "candle" });
    });

    await page.goto(`${address}?auto`);
    await settled(page);
    assert.deepEqual(await shown(page, "acme-search"), MERCHANTS, "nothing is read before consent");
    await grant();
    await page.waitForFunction(() => document.querySelector("#acme-search li").textContent === "candle");
    assert.deepEqual(await shown(page, "acme-search"), CANDLES);

    await page.goto(`${address}?auto`);
    await settled(page);
    await page.click("#acme-search li:nth-child(2)");
    await page.waitForFunction(() => window.shops.acme.profile().events === 1);
    await grant();
    await page.waitForFunction(() => window.shops.acme.profile().events > 5);
    await page.click("#again");
    assert.deepEqual(await shown(page, "acme-search"), MERCHANTS);
    await page.click("#refresh-acme-search");
    assert.equal((await shown(page, "acme-search"))[0], "candle");
    assert.deepEqual(await page.evaluate(() => window.complaints), []);
    await context.close();
    await close();
  });

  test(`${label}: wrong arguments, blocked files and no consent leave the merchant's order`, async () => {
    const folder = join(work.home, `${label}-production`.replaceAll(" ", "-"), "out");
    const { address, close } = await host(folder);
    const context = await browser.newContext();
    const page = await context.newPage();
    const thrown = [];
    page.on("pageerror", error => thrown.push(String(error)));
    await page.goto(`${address}wrong.html?wrong`);
    await settled(page);
    assert.deepEqual(await shown(page, "other-wrong"), ["mug"]);
    const complaints = await page.evaluate(() => window.complaints);
    assert.match(complaints[0], /reshelf\/react: the row "related" could not be filled.*options\.limit/);

    await page.route("**/*.wasm", route => route.abort());
    await page.goto(address);
    await page.waitForFunction(() => document.querySelector("#acme-search").dataset.status.startsWith("inert"));
    assert.deepEqual(await shown(page, "acme-search"), MERCHANTS);
    assert.deepEqual(thrown, []);
    await context.close();
    await close();
  });
}
