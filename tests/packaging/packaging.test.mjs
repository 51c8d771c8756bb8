// The tarball that npm would publish, built by other people's bundlers and opened
// in a browser: it loads, ranks, and brings its engine along exactly once.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { browsers } from "../../scripts/setup.mjs";
import { names, serve } from "./bundlers.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const pkg = resolve(here, "../../pkg");
const home = mkdtempSync(join(tmpdir(), "reshelf-packaging-"));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

const installed = join(home, "installed");
let browser;

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8", timeout: 120_000 });
  assert.equal(status, 0, `${command} ${args.join(" ")}\n${error ?? ""}${stdout}${stderr}`);
  return stdout;
}

/** Parcel reads `exports` only when told so: parceljs.org/features/dependency-resolution/#enabling-package-exports */
const PARCEL = { "@parcel/resolver-default": { packageExports: true } };

/** A project of a stranger's with the app in it and the tarball installed. */
function project(name) {
  const folder = join(home, name);
  cpSync(installed, folder, { recursive: true });
  return folder;
}

/** Files under a folder that end so. */
const found = (folder, ending) => readdirSync(folder, { recursive: true }).filter(name => name.endsWith(ending));

/** Serves a folder, with a policy if asked. */
async function host(folder, policy) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = join(folder, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(path)) return response.writeHead(404).end();
    if (policy) response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream").end(readFileSync(path));
  });
  await new Promise(done => server.listen(0, "localhost", done));
  return { address: `http://localhost:${server.address().port}/`, close: () => new Promise(done => (server.close(done), server.closeAllConnections())) };
}

/** What the app says in a browser, which engines it fetched, and what went wrong. */
async function visit({ address, close }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const [thrown, engines, foreign] = [[], [], []];
  page.on("pageerror", error => thrown.push(String(error)));
  page.on("request", request => {
    const url = new URL(request.url());
    if (url.pathname.endsWith(".wasm")) engines.push(url.pathname);
    if (/^http/.test(url.protocol) && url.origin !== new URL(address).origin) foreign.push(url.href);
  });
  try {
    await page.goto(address);
    await page.waitForFunction(() => window.told, undefined, { timeout: 20_000 });
    return { ...(await page.evaluate(() => window.told)), thrown, engines: engines.length, foreign };
  } finally {
    await context.close();
    await close();
  }
}

const ranks = { status: "ready", shown: ["candle", "mug"], thrown: [], engines: 1, foreign: [] };

before(async () => {
  const executablePath = browsers.chrome();
  assert.ok(executablePath, "These tests need Chromium: run 'node scripts/setup.mjs test' first.");
  const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", home], pkg));
  cpSync(join(here, "app"), installed, { recursive: true });
  writeFileSync(join(installed, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module", ...PARCEL }));
  run("npm", ["install", join(home, filename), "--offline", "--no-audit", "--no-fund"], installed);
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

for (const name of names) {
  test(`${name}: builds, emits the engine once, ranks`, async () => {
    const folder = project(name);
    run(process.execPath, [join(here, "bundlers.mjs"), name, folder], folder);
    const inline = name.endsWith("-inline");
    assert.equal(found(join(folder, "out"), ".wasm").length, inline ? 0 : 1);
    assert.deepEqual(await visit(await host(join(folder, "out"))), { ...ranks, engines: inline ? 0 : 1 });
  });
}

for (const name of ["vue", "svelte"]) {
  test(`${name}: elements take properties and attributes from the framework`, async () => {
    const folder = project(name);
    for (const source of [name, "shop.js"]) cpSync(join(here, source), source === name ? folder : join(folder, source), { recursive: true });
    symlinkSync(join(here, "node_modules", name), join(folder, "node_modules", name), "dir");
    run(process.execPath, [join(here, "bundlers.mjs"), name, folder], folder);
    assert.equal(found(join(folder, "out"), ".wasm").length, 1);
    assert.deepEqual(await visit(await host(join(folder, "out"))), { ...ranks, shown: ["Cup", "Lantern"], panel: "What this shop knows about you" });
  });
}

test("webpack5: `reshelf/auto` in a bundle gives no warning, and its adapters stay where they are", () => {
  const folder = project("webpack5-auto");
  run(process.execPath, [join(here, "bundlers.mjs"), "webpack5-auto", folder], folder);
  assert.equal(found(join(folder, "out"), ".wasm").length, 1);
  for (const name of found(join(folder, "out"), ".js")) assert.doesNotMatch(readFileSync(join(folder, "out", name), "utf8"), /view_item_list/);
});

for (const [label, name] of [["vite 8", "vite"], ["vite 7", "vite7"]]) {
  test(`${label}, developing: ranks`, async () => {
    assert.deepEqual(await visit(await serve(name, project(`${name}-dev`))), ranks);
  });
}

test("script tag: two files beside each other", async () => {
  const folder = join(home, "tag");
  mkdirSync(folder);
  for (const name of ["reshelf.iife.js", "reshelf.wasm"]) cpSync(join(installed, "node_modules/reshelf/dist", name), join(folder, name));
  const app = readFileSync(join(here, "app/inline.js"), "utf8").replace(/import .*\n/, "const { createReshelf } = Reshelf;\n");
  writeFileSync(join(folder, "index.html"), `<!doctype html><link rel="icon" href="data:,"><script src="reshelf.iife.js"></script><script>${app}</script>`);
  assert.deepEqual(await visit(await host(folder)), ranks);
});

test("node: the server's page has the merchant's order, and a test the shopper's", () => {
  const folder = project("node");
  const script = `
    import { createReshelf } from "reshelf";
    import { createTestReshelf } from "reshelf/testing";
    const told = async shop => {
      shop.addItems([{ id: "mug", category: ["Kitchen"] }, { id: "candle", category: ["Home"] }]);
      for (const type of ["view", "addToCart", "purchase"]) shop.track({ type, item: "candle" });
      return [shop.status, ...shop.rank("search", ["mug", "candle"], { id: sku => sku })];
    };
    console.log(JSON.stringify([await told(await createReshelf({ store: "acme" })), await told(await createTestReshelf())]));`;
  assert.deepEqual(JSON.parse(run(process.execPath, ["--input-type=module", "--eval", script], folder)), [
    ["inert:server", "mug", "candle"],
    ["ready", "candle", "mug"],
  ]);
});

test("dedicated worker: there is no page, so the merchant's order; a test's engine works there", async () => {
  const folder = join(home, "worker");
  cpSync(join(installed, "node_modules/reshelf/dist"), folder, { recursive: true });
  writeFileSync(
    join(folder, "worker.js"),
    `import { createReshelf } from "./index.js";
    import { createTestReshelf } from "./testing.js";
    const told = async shop => {
      shop.addItems([{ id: "mug", category: ["Kitchen"] }, { id: "candle", category: ["Home"] }]);
      for (const type of ["view", "addToCart", "purchase"]) shop.track({ type, item: "candle" });
      return [shop.status, ...shop.rank("search", ["mug", "candle"], { id: sku => sku })];
    };
    postMessage({ worker: [await told(await createReshelf({ store: "acme", bots: "allow" })), await told(await createTestReshelf())] });`,
  );
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><link rel="icon" href="data:,"><script>
      told = new Promise((done, fail) => Object.assign(new Worker("worker.js", { type: "module" }), { onmessage: ({ data }) => done(data), onerror: fail }));
    </script>`,
  );
  const { worker, thrown } = await visit(await host(folder));
  assert.deepEqual({ worker, thrown }, { worker: [["inert:server", "mug", "candle"], ["ready", "candle", "mug"]], thrown: [] });
});

const SELF = "default-src 'none'; img-src data:; script-src 'self'";
const policies = [
  ["compiling and fetching allowed", `${SELF} 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'`, "ready", 1],
  ["compiling forbidden", `${SELF}; connect-src 'self'`, "inert:blocked", undefined],
  ["fetching forbidden", `${SELF} 'wasm-unsafe-eval'`, "inert:blocked", undefined],
];
for (const [label, policy, status, engines] of policies) {
  test(`a bundle under a policy, ${label}: ${status}`, async () => {
    const folder = join(home, "vite8");
    const told = await visit(await host(join(folder, "out"), policy));
    assert.deepEqual([told.status, told.shown, told.thrown], [status, status === "ready" ? ranks.shown : ["mug", "candle"], []]);
    if (engines !== undefined) assert.equal(told.engines, engines);
  });
}
