// What comes at an awkward moment in `reshelf/react`: products, parts of the
// page, functions that throw. In React 18 and 19, developing, where React warns.
import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { REACTS, host, openBrowser, run, workplace } from "./support.mjs";

const MERCHANTS = "mug plate candle lamp";
const SHOPPERS = "candle lamp mug plate";

let browser, work;
before(async () => {
  work = workplace();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  work?.clean();
});

async function build(name, packages) {
  const { build } = await import("esbuild");
  const folder = work.project(name, "react-cases", packages);
  const common = { absWorkingDir: folder, bundle: true, jsx: "automatic", define: { "process.env.NODE_ENV": '"development"' }, logLevel: "silent" };
  const out = join(folder, "out");
  await build({ ...common, entryPoints: ["client.jsx"], format: "esm", splitting: true, outdir: out });
  await build({ ...common, entryPoints: ["server.jsx"], platform: "node", format: "cjs", outfile: join(folder, "server.cjs") });
  copyFileSync(join(folder, "node_modules/reshelf/dist/reshelf.wasm"), join(out, "reshelf.wasm"));
  const page = html => `<!doctype html><link rel="icon" href="data:,"><div id="root">${html}</div><script type="module" src="client.js"></script>`;
  writeFileSync(join(out, "index.html"), page(""));
  writeFileSync(join(out, "hydrated.html"), page(run(process.execPath, ["server.cjs"], folder)));
  return out;
}

const pause = ms => new Promise(done => setTimeout(done, ms));

for (const [label, packages] of Object.entries(REACTS)) {
  test(label, async t => {
    const { address, close } = await host(await build(label.replace(" ", "-"), packages));
    const open = async (name, page = "") => {
      const context = await browser.newContext();
      const opened = await context.newPage();
      const [thrown, told] = [[], []];
      opened.on("pageerror", error => thrown.push(String(error)));
      opened.on("console", message => ["error", "warning"].includes(message.type()) && told.push(message.text()));
      await opened.goto(`${address}${page}?${name}`);
      await opened.waitForFunction(() => window.come && document.getElementById("root").hasChildNodes());
      const list = async () => (await opened.locator("li").allTextContents()).join(" ");
      const ready = () => opened.waitForFunction(() => document.querySelector("[data-status]").dataset.status === "ready");
      return { page: opened, thrown, told, list, ready, close: () => context.close() };
    };

    await t.test("products that the provider learns of before the engine is there", async () => {
      const { page, thrown, list, ready, close } = await open("fetched");
      await page.evaluate(() => window.fetched());
      await page.waitForSelector("li");
      await page.evaluate(() => window.come());
      await ready();
      assert.equal(await list(), SHOPPERS);
      assert.deepEqual(thrown, []);
      await close();
    });

    await t.test("products that the provider learns of when the engine is there", async () => {
      const { page, thrown, list, ready, close } = await open("fetched");
      await page.evaluate(() => window.come());
      await ready();
      await page.evaluate(() => window.fetched());
      await page.waitForSelector("li");
      assert.equal(await list(), SHOPPERS);
      assert.deepEqual(thrown, []);
      await close();
    });

    await t.test("a list that is first rendered with the engine there has the shopper's order at once", async () => {
      const { page, ready, close } = await open("navigated");
      await page.evaluate(() => window.come());
      await ready();
      await page.evaluate(() => window.list());
      await page.waitForSelector("p");
      assert.deepEqual([...new Set(await page.evaluate(() => window.renders))], [SHOPPERS]);
      await close();
    });

    await t.test("a row above the list that tells of products is filled with it, and then stays", async () => {
      const { page, ready, close } = await open("above");
      await page.evaluate(() => window.come());
      await ready();
      await page.waitForFunction(() => document.querySelector("p").textContent !== "mug plate", null, { timeout: 1_000 });
      const rows = await page.evaluate(() => window.rows);
      assert.equal(rows.length, 2, String(rows));
      await pause(4_500);
      assert.deepEqual(await page.evaluate(() => window.rows), rows);
      await close();
    });

    await t.test("what a row showed for a second stays, whatever products come", async () => {
      const { page, ready, close } = await open("aboveLate");
      await page.evaluate(() => window.come());
      await ready();
      await pause(1_200);
      await page.evaluate(() => window.list());
      await page.waitForSelector("li");
      await pause(4_000);
      assert.deepEqual(await page.evaluate(() => window.rows), ["mug plate"]);
      await close();
    });

    await t.test("a function of the shop's that throws leaves the merchant's order", async () => {
      for (const name of ["row", "id"]) {
        const { page, thrown, told, list, ready, close } = await open(name);
        await page.evaluate(() => window.come());
        await ready();
        assert.equal(await list(), MERCHANTS);
        assert.match(told.join("\n"), /reshelf\/react: "search" could not be put in order.*of the shop's/);
        assert.deepEqual(thrown, []);
        await close();
      }
      const { page, thrown, told, close } = await open("odd");
      await page.evaluate(() => window.come());
      for (let waited = 0; told.length === 0 && waited < 10_000; waited += 50) await pause(50);
      assert.equal(await page.textContent("p"), "2");
      assert.match(told.join("\n"), /reshelf\/react: "home" could not be put in order/);
      assert.deepEqual(thrown, []);
      await close();
    });

    await t.test("an argument that is wrong or still to come takes no page down, and loses nothing", async () => {
      const { page, thrown, told, list, ready, close } = await open("mistaken");
      const entries = () => page.$$eval("p", all => all.filter(({ dataset, children }) => children.length !== Number(dataset.expected)).map(({ title, children }) => `${title}: ${children.length}`));
      // Nothing can be recommended yet.
      assert.deepEqual(await entries(), ["a threshold that is a word: 0"]);
      await page.evaluate(() => window.come());
      await ready();
      assert.equal(await list(), SHOPPERS);
      assert.deepEqual(await entries(), []);
      for (const what of [/list must be an array/, /limit must be 0 or more/, /transformItems failed.*of the shop's/, /the row "none" could not be filled/, /category must be an array/]) assert.match(told.join("\n"), what);
      assert.deepEqual(thrown, []);
      await close();
    });

    await t.test("a provider that is given no shop, or nothing yet", async () => {
      const { page, thrown, told, close } = await open("provided");
      await page.evaluate(() => window.come());
      await page.waitForFunction(() => [...document.querySelectorAll("ul")].map(({ dataset }) => dataset.status).join() === "inert:failed,inert:failed,ready");
      assert.deepEqual(await page.$$eval("ul", lists => lists.map(({ children }) => children.length)), [4, 4, 4]);
      assert.match(told.join("\n"), /there is no instance.*items must be an array|items must be an array.*there is no instance/s);
      assert.deepEqual(thrown, []);
      await close();
    });

    await t.test("the shopper's word that everything stands where the shop put it moves lists at once, and back", async () => {
      const { page, thrown, list, ready, close } = await open("switched");
      await page.evaluate(() => window.come());
      await ready();
      assert.equal(await list(), SHOPPERS);
      const stands = order => page.waitForFunction(order => [...document.querySelectorAll("li")].map(({ textContent }) => textContent).join(" ") === order, order, { timeout: 2_000 });
      await page.evaluate(() => {
        const { shop } = window;
        const recommend = shop.recommend.bind(shop);
        window.asked = [];
        shop.recommend = (kind, options) => (window.asked.push(kind), recommend(kind, options));
        shop.preferShopOrder(true);
      });
      await stands(MERCHANTS);
      assert.deepEqual(await page.evaluate(() => window.asked.splice(0)), ["trending"], "and rows are filled anew");
      await page.evaluate(() => window.shop.preferShopOrder(false));
      await stands(SHOPPERS);
      assert.deepEqual(await page.evaluate(() => window.asked), ["trending"]);
      assert.deepEqual(thrown, []);
      await close();
    });

    await t.test("what the server sent of a part that is on its way stays until it is there", async () => {
      const { page, thrown, close } = await open("suspense", "hydrated.html");
      await page.evaluate(() => window.come());
      await pause(1_000);
      assert.deepEqual(await page.evaluate(() => [window.seen, window.complaints]), [["content content"], []]);
      await page.evaluate(() => window.arrive());
      await page.waitForFunction(() => document.querySelector("section").textContent === "candlescontent");
      assert.deepEqual(await page.evaluate(() => [window.seen, window.complaints]), [["content content"], []]);
      assert.deepEqual(thrown, []);
      await close();
    });
    await close();
  });
}
