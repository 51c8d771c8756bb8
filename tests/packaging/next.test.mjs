// A Next.js application, App Router: it builds, renders on the server, hydrates
// without a warning, and then shows the shopper's order. In production and while
// developing, in StrictMode, with two stores on a page and a streamed part. Then
// the application that the documentation has its readers write.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { found, here, openBrowser, run, workplace } from "./support.mjs";

// Here, because Turbopack leaves the folder that it was given for no link.
const app = join(here, ".next-app");
const next = join(here, "node_modules/next/dist/bin/next");
const env = { NEXT_TELEMETRY_DISABLED: "1" };
const MERCHANTS = ["mug", "plate", "candle", "lamp"];
const CANDLES = ["candle", "lamp", "mug", "plate"];

let browser, work;
before(async () => {
  work = workplace();
  rmSync(app, { recursive: true, force: true });
  cpSync(work.installed, app, { recursive: true });
  cpSync(join(here, "next"), app, { recursive: true });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  rmSync(app, { recursive: true, force: true });
  work?.clean();
});

const freePort = () =>
  new Promise(done => {
    const server = createServer().listen(0, "localhost", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** A server of Next's; its address. */
async function serve(command) {
  const port = await freePort();
  const server = spawn(process.execPath, [next, command, "--port", String(port), "--hostname", "localhost"], { cwd: app, env: { ...process.env, ...env }, detached: true });
  let told = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", chunk => (told += chunk));
  const address = `http://localhost:${port}/`;
  const close = () => {
    // With the processes that it started.
    try {
      process.kill(-server.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
  };
  for (let tries = 0; tries < 600; tries++) {
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok) return { address, html: await response.text(), close };
    if (response || server.exitCode !== null) break;
    await pause(100);
  }
  close();
  throw new Error(`next ${command} does not answer:\n${told}`);
}

const shown = (page, list) => page.locator(`#${list} li`).allTextContents();
const settled = page => page.waitForFunction(() => ["acme", "home", "streamed", "other"].every(list => document.getElementById(list)?.dataset.status === "ready"), undefined, { timeout: 60_000 });

/** What the server sent of a list, before any script. */
const sent = (html, list) => [...new RegExp(`<ul id="${list}".*?</ul>`, "s").exec(html)[0].matchAll(/>([a-z]+)<\/li>/g)].map(([, text]) => text);

async function check({ address, html, close }) {
  assert.deepEqual(sent(html, "acme"), MERCHANTS);
  assert.deepEqual(sent(html, "home"), ["mugs", "legal", "candles"]);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const [complaints, engines, foreign] = [[], [], []];
    page.on("pageerror", error => complaints.push(String(error)));
    page.on("console", message => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("request", request => {
      const url = new URL(request.url());
      if (url.pathname.endsWith(".wasm")) engines.push(url.pathname);
      if (/^http/.test(url.protocol) && url.origin !== new URL(address).origin) foreign.push(url.href);
    });

    await page.goto(address);
    await settled(page);
    assert.deepEqual(await shown(page, "acme"), MERCHANTS, "of somebody new nothing is known");
    await page.click("#acme li:nth-child(3)");
    await page.waitForFunction(() => window.shops.acme.profile().events === 1);
    await page.evaluate(() => {
      for (let i = 0; i < 5; i++) window.shops.acme.track({ type: "purchase", item: "candle" });
    });
    assert.deepEqual(await shown(page, "acme"), MERCHANTS, "nothing jumps");
    assert.equal(engines.length, 1);

    await page.reload();
    await settled(page);
    assert.deepEqual(await shown(page, "acme"), CANDLES);
    assert.deepEqual(await shown(page, "streamed"), CANDLES);
    assert.deepEqual(await shown(page, "home"), ["candles", "legal", "mugs"]);
    assert.deepEqual(await shown(page, "other"), MERCHANTS, "another store, another profile");
    const lists = await page.evaluate(() => window.lists.filter(list => list.startsWith("acme")));
    assert.deepEqual([...new Set(lists)], [`acme ${MERCHANTS.join(" ")}`, `acme ${CANDLES.join(" ")}`], "first the server's order, then the shopper's");
    assert.deepEqual({ complaints, foreign }, { complaints: [], foreign: [] });
  } finally {
    await context.close();
    close();
  }
}

test("next build: the engine is emitted once, and the page is hydrated without a warning", { timeout: 300_000 }, async () => {
  run(process.execPath, [next, "build"], app, env);
  assert.equal(found(join(app, ".next/static"), ".wasm").length, 1);
  await check(await serve("start"));
});

test("next dev: StrictMode, two stores, no warning", { timeout: 300_000 }, async () => {
  await check(await serve("dev"));
});

/** A page for shoppers who agreed: snippets are not written for automated browsers. */
const agreed = () => {
  Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });
  Object.defineProperty(Navigator.prototype, "userAgent", { get: () => "Mozilla/5.0 Chrome/150" });
  window.dataLayer = [["consent", "default", { personalization_storage: "granted" }]];
};

test("the application of docs/start/next.md: it builds with its types, hydrates without a warning, and follows the shopper", { timeout: 300_000 }, async () => {
  for (const made of ["app", ".next"]) rmSync(join(app, made), { recursive: true, force: true });
  const text = readFileSync(join(here, "../../docs/start/next.md"), "utf8");
  const files = [...text.matchAll(/^```tsx \w+\n\/\/ (app\/\S+)\n([^]*?)^```$/gm)];
  assert.deepEqual(files.map(([, name]) => name), ["app/layout.tsx", "app/product-list.tsx", "app/home.tsx", "app/page.tsx"]);
  for (const [, name, code] of files) {
    mkdirSync(dirname(join(app, name)), { recursive: true });
    writeFileSync(join(app, name), code);
  }
  run(process.execPath, [next, "build"], app, env);
  const { address, html, close } = await serve("start");
  const context = await browser.newContext();
  try {
    await context.addInitScript(agreed);
    const page = await context.newPage();
    const complaints = [];
    page.on("pageerror", error => complaints.push(String(error)));
    page.on("console", message => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    // The snippets name no icon, which a browser asks for.
    await page.route("**/favicon.ico", route => route.fulfill({ body: "" }));
    const list = () => page.locator("ul > li").allTextContents();
    assert.match(html, /Blue mug.*Blue bowl.*Beeswax candle/s);
    await page.goto(address);
    await page.waitForFunction(() => Object.keys(localStorage).some(key => key.startsWith("reshelf.acme.")));
    assert.deepEqual(await list(), ["Blue mug", "Blue bowl", "Beeswax candle"]);
    for (let i = 0; i < 6; i++) {
      await page.click('a[href="#candle"]');
      await page.waitForTimeout(120);
    }
    await page.goto(address);
    await page.waitForFunction(() => document.querySelector("ul > li").textContent === "Beeswax candle");
    await page.waitForFunction(() => document.querySelector("main > section").textContent === "Candles");
    assert.equal(await page.locator("main > section").last().textContent(), "Terms");
    assert.deepEqual((await list()).toSorted(), ["Beeswax candle", "Blue bowl", "Blue mug"]);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
    close();
  }
});
