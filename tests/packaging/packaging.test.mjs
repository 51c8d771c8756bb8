// The tarball that npm would publish, built by other people's bundlers and opened
// in a browser: it loads, ranks, and brings its engine along exactly once.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { names, serve } from "./bundlers.mjs";
import { found, here, host, openBrowser, run, workplace } from "./support.mjs";

let browser, home, installed, project, clean;

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
  ({ home, installed, project, clean } = workplace());
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  clean?.();
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
    const folder = project(name, "app", { [name]: `node_modules/${name}` });
    for (const source of [name, "shop.js"]) cpSync(join(here, source), source === name ? folder : join(folder, source), { recursive: true });
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
