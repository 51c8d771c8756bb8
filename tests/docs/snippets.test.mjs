// Every snippet of the documentation is run: modules are type-checked, bundled and
// run in a browser with the built package, markup and themes are loaded, policies
// are served, commands are typed. A language or a stage that nothing runs fails.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser } from "../facade/pages.mjs";
import { bundled, hydrated, pageOf, rendered, typed } from "./running.mjs";
import { isModule, root, snippets, writeProjects } from "./snippets.mjs";
import { stages } from "./stages.mjs";

const folder = mkdtempSync(join(tmpdir(), "reshelf-snippets-"));
const reached = new Set();
let browser;

before(async () => {
  writeProjects(folder);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Snippets are for shoppers' browsers, which are not automated; what they print is kept. */
const shopper = () => {
  Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });
  Object.defineProperty(Navigator.prototype, "userAgent", { get: () => "Mozilla/5.0 Chrome/150" });
  window.printed = [];
  console.log = value => window.printed.push(value);
};

const asScript = script => (typeof script === "string" ? script : `(${script})();`);

/** The markup of the same document that stands on the same stage: what a script is for. */
const markupFor = ({ document, stage }) => snippets.find(other => other.document === document && other.stage === stage && other.language === "html")?.code;

/** Opens a page with its script, and lets the stage look at it. */
async function play(stage, { body, script, policy }) {
  const tag = script === undefined ? "" : '<script type="module" src="/snippet.js" nonce="Zm9vYmFy"></script>';
  const complaints = [];
  const { page, thrown, context } = await browser.open("", {
    path: "/page",
    before: `(${shopper})();${stage.before ? asScript(stage.before) : ""}`,
    routes: stage.routes,
    served: {
      // Browsers ask for it where a page names none.
      "/favicon.ico": { body: "" },
      ...stage.served,
      "/page": { headers: { "Content-Type": "text/html", ...(policy && { "Content-Security-Policy": policy }) }, body: pageOf(body, tag) },
      "/snippet.js": { headers: { "Content-Type": "text/javascript" }, body: script },
    },
  });
  page.on("console", message => message.type() === "error" && complaints.push(message.text()));
  page.on("response", response => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`));
  const settled = () => (script === undefined ? page.waitForLoadState("load") : page.waitForFunction(() => document.documentElement.dataset.done === "", undefined, { timeout: 10_000 }));
  try {
    await settled();
    await stage.check?.({ page, settled, requested: browser.requested });
  } catch (error) {
    error.message += `\n${[...thrown, ...complaints].join("\n")}`;
    throw error;
  }
  assert.deepEqual(thrown, []);
  assert.deepEqual(complaints.filter(text => !stage.complaints?.test(text)), []);
  await context.close();
}

async function runModule(snippet, stage) {
  const { script, inputs, body = markupFor(snippet) ?? stage.body ?? "" } = await (stage.server ? hydrated(snippet, stage.server) : bundled(snippet, stage));
  inputs.forEach(input => reached.add(input));
  await play(stage, { body, script });
}

const STATUS = `import { createReshelf } from "/dist/index.js"; window.reshelf = await createReshelf({ store: "acme" }); document.documentElement.dataset.done = "";`;

const runners = {
  html: async (snippet, stage) => {
    // What a script of the same stage is for is loaded with it.
    if (snippets.some(other => isModule(other) && other.document === snippet.document && other.stage === snippet.stage)) return;
    await play(stage, { body: stage.fill ? stage.fill(snippet.code) : snippet.code });
  },
  css: async ({ code }) => {
    const { page, context } = await browser.open("");
    const rules = await page.evaluate(text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); return [...sheet.cssRules].filter(({ style }) => style?.length > 0).length; }, code);
    await context.close();
    assert.equal(rules, code.match(/\{/g).length, "rules that the browser understood");
  },
  liquid: async (snippet, stage) => {
    const all = snippets.filter(({ document, language }) => document === snippet.document && language === "liquid");
    const pieces = all.map(({ code }) => rendered(code, stage.data));
    // The pieces of one theme make one page.
    if (snippet === all[0]) await play(stage, { body: pieces.toReversed().join("\n") });
  },
  http: async ({ code }, stage) => {
    const [, policy] = /^Content-Security-Policy: (.*)$/m.exec(code);
    await play({ ...stage, check: async ({ page }) => assert.equal(await page.evaluate(() => window.reshelf.status), stage.status) }, { body: "", script: STATUS, policy });
  },
  sh: async (snippet, stage) => {
    const { folder, told } = typed(snippet, stage.files);
    for (const { line, status, stderr } of told) assert.ok(status === 0 || stage.missing?.test(stderr), `${line}\n${stderr}`);
    if (stage.leaves) assert.ok(existsSync(join(folder, stage.leaves)));
    rmSync(folder, { recursive: true, force: true });
  },
};

async function runInNode({ path }) {
  const { status, stderr } = spawnSync(process.execPath, [path], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
}

/** How a snippet is run; undefined where nothing says how. */
function runnerOf(snippet) {
  if (snippet.stage === "node") return runInNode;
  return isModule(snippet) ? runModule : runners[snippet.language];
}

for (const snippet of snippets.filter(({ stage }) => stage !== "part")) {
  test(`${snippet.document}:${snippet.line} (${snippet.language})`, async () => {
    const runner = runnerOf(snippet);
    assert.ok(runner, `nothing runs "${snippet.language}"`);
    const stage = stages[snippet.stage] ?? (snippet.stage === "node" ? {} : undefined);
    assert.ok(stage, `there is no stage "${snippet.stage}"`);
    await runner(snippet, stage);
  });
}

test("the start for Vue: a list that grows keeps its order, another list and the shopper's switch make one anew", async () => {
  const { path } = snippets.find(({ document, file }) => document === "docs/start/vue.md" && file === "App.vue");
  const epilogue = `
    const { createApp, h, inject, shallowRef } = await import("vue");
    const { reshelf, reshelfKey } = await import("./reshelf.ts");
    const all = [0, 1, 2].flatMap(number => ["Candles", "Mugs", "Garden"].map(shelf => ({ sku: shelf + number, name: shelf, category: ["Home", shelf] })));
    const list = shallowRef();
    window.show = (from, to) => (list.value = all.slice(from, to));
    show(0, 6);
    const app = createApp(() => h(snippet.default, { products: list.value })).use(reshelf);
    window.personal = app.runWithContext(() => inject(reshelfKey));
    app.mount("#app");
  `;
  const { script } = await bundled({ path }, { epilogue });
  const check = async ({ page }) => {
    const shown = async act => {
      await page.evaluate(act);
      await page.waitForTimeout(100);
      return (await page.$$eval("[data-reshelf-item]", found => found.map(({ dataset }) => dataset.reshelfItem))).join(" ");
    };
    await page.waitForFunction(() => window.personal.shop.value);
    const first = "Candles0 Mugs0 Garden0 Candles1 Mugs1 Garden1";
    assert.equal(await shown(() => { for (let i = 0; i < 6; i++) window.personal.shop.value.track({ type: "view", item: `Garden${i % 2}`, dwellMs: 20_000 }); }), first);
    assert.equal(await shown(() => window.show(0, 9)), `${first} Candles2 Garden2 Mugs2`);
    assert.equal(await shown(() => window.personal.shop.value.preferShopOrder(true)), `${first} Candles2 Mugs2 Garden2`);
    assert.match(await shown(() => window.personal.shop.value.preferShopOrder(false)), /^Garden/);
    assert.match(await shown(() => window.show(3, 9)), /^Garden/);
  };
  await play({ check }, { body: '<div id="app"></div>', script });
});

test("files that others import were part of what ran", () => {
  const parts = snippets.filter(({ stage }) => stage === "part");
  assert.ok(parts.length > 0);
  for (const { document, line, path } of parts) assert.ok([...reached].some(input => input.endsWith(path.slice(folder.length))), `${document}:${line}`);
});

for (const [name, what] of [["typescript", "TypeScript, strictly"], ["javascript", "JavaScript, by what it calls"]]) {
  test(`types: ${what}`, () => {
    const { status, stdout } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", join(folder, `${name}.json`)], { encoding: "utf8" });
    assert.equal(status, 0, stdout);
  });
}

test("a theme's list is marked in the collection's own order, and in none that the shopper chose", () => {
  const { code } = snippets.find(({ document, code }) => document === "docs/start/shopify.md" && code.includes("sort_by"));
  for (const chosen of ["title-ascending", "created-descending", "best-selling", "price-ascending"]) {
    assert.doesNotMatch(rendered(code, { collection: { sort_by: chosen, default_sort_by: "manual" } }), /data-reshelf/, chosen);
  }
  for (const own of ["", "manual"]) assert.match(rendered(code, { collection: { sort_by: own, default_sort_by: "manual" } }), /data-reshelf="products"/, own);
});

test("from `npm install` to a section that moves: at most ten lines, in nine that are shown", () => {
  const [shell, markup, script] = ["sh", "html", "js"].map(language => snippets.find(snippet => snippet.document === "docs/start/npm.md" && snippet.language === language));
  assert.match(shell.code, /^npm install reshelf$/m);
  assert.ok(markup.stage === "home" && script.stage === "home", "run above, to the section that moved");
  const lines = [shell, markup, script].flatMap(({ code }) => code.split("\n").filter(line => line.trim() !== ""));
  assert.equal(lines.length, 9);
});

test("the README's first snippet has ten lines", () => {
  const { code } = snippets.find(({ document, stage }) => document === "README.md" && stage === "quickstart");
  assert.ok(code.split("\n").filter(line => line.trim() !== "").length <= 10);
});
