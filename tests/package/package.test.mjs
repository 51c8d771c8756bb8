// The tarball that npm would publish, used as a stranger would use it: packed,
// installed outside the workspace, imported by name.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const root = resolve(fileURLToPath(new URL("../..", import.meta.url)));
const home = mkdtempSync(join(tmpdir(), "reshelf-package-"));
const project = join(home, "project");
const installed = join(project, "node_modules/reshelf");
let tarball;

/** What each adapter exports. */
const ADAPTER_NAMES = {
  ga4: ["ga4"],
  segment: ["segment"],
  shopify: ["shopify", "shopifyRecommendations", "shopifySection"],
  "shopify-pixel": ["shopifyPixel"],
  jsonld: ["jsonld", "readStructuredData"],
  instantsearch: ["instantsearch"],
  consent: ["consent", "watchConsent"],
};
const ADAPTERS = Object.keys(ADAPTER_NAMES).map(name => `reshelf/adapters/${name}`);

function run(command, args, cwd = project) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8", timeout: 120_000 });
  assert.equal(status, 0, `${command} ${args.join(" ")}\n${error ?? ""}${stdout}${stderr}`);
  return stdout;
}

const node = source => run(process.execPath, ["--input-type=module", "--eval", source]);

/** All files of the installed package, as paths inside it. */
const shipped = () => readdirSync(installed, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(installed.length + 1));
const scripts = () => shipped().filter(name => name.endsWith(".js")).map(name => [name, readFileSync(join(installed, name), "utf8")]);

before(() => {
  const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", home], join(root, "pkg")));
  tarball = join(home, filename);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module" }));
  run("npm", ["install", tarball, "--offline", "--no-audit", "--no-fund"]);
});
after(() => rmSync(home, { recursive: true, force: true }));

test("nothing but the package is installed", () => {
  assert.deepEqual(readdirSync(join(project, "node_modules")).filter(name => !name.startsWith(".")), ["reshelf"]);
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  for (const kind of ["dependencies", "optionalDependencies", "bundledDependencies"]) assert.equal(manifest[kind], undefined, kind);
  for (const peer of Object.keys(manifest.peerDependencies)) assert.deepEqual(manifest.peerDependenciesMeta[peer], { optional: true }, peer);
  // A host of packages would redirect the short address, and the engine does not lie beside that.
  for (const field of ["unpkg", "jsdelivr"]) assert.equal(manifest[field], undefined, field);
  assert.equal(manifest.scripts, undefined, "no script runs at somebody's install");
});

test("one engine, found by one expression", () => {
  assert.deepEqual(shipped().filter(name => name.endsWith(".wasm")), ["dist/reshelf.wasm"]);
  const found = scripts().flatMap(([name, text]) => (text.match(/new URL\([^)]*\.wasm[^)]*\)/g) ?? []).map(expression => [name, expression]));
  assert.deepEqual(found, [["dist/index.js", 'new URL("./reshelf.wasm",import.meta.url)']]);
  assert.equal(scripts().flatMap(([, text]) => text.match(/import\.meta/g) ?? []).length, 1);
});

test("no source maps, sources or inside types are shipped", () => {
  for (const name of shipped()) assert.match(name, /^(dist\/(adapters\/|consent\/|elements\/|react\/)?[\w.-]+\.(js|d\.ts|wasm)|package\.json|README\.md|LICENSE[\w.-]*)$/);
  assert.ok(!existsSync(join(installed, "dist/core.d.ts")));
});

test("every module is evaluated at once: no top-level await", async () => {
  const { transform } = await import("esbuild");
  for (const [name, text] of scripts()) {
    // The language level before top-level await accepts everything but that.
    await assert.doesNotReject(transform(text, { format: "esm", target: "es2022", supported: { "top-level-await": false }, logLevel: "silent" }), name);
  }
});

test("imported by name in Node, nothing happens and everything is inert", () => {
  const told = node(`
    const before = new Set(Reflect.ownKeys(globalThis));
    globalThis.fetch = () => { throw new Error("fetch at import"); };
    const names = ["reshelf", "reshelf/inline", "reshelf/auto", "reshelf/testing", "reshelf/stub", "reshelf/devtools", "reshelf/elements", "reshelf/elements/de", ...${JSON.stringify(ADAPTERS)}];
    const entries = await Promise.all(names.map(name => import(name)));
    const added = Reflect.ownKeys(globalThis).filter(key => !before.has(key));
    const shop = await entries[0].createReshelf({ store: "acme" });
    const list = [{ sku: "b" }, { sku: "a" }];
    console.log(JSON.stringify({ added, names: entries.map(entry => Object.keys(entry)), status: shop.status, ranked: shop.rank("search", list, { id: r => r.sku }) }));
  `);
  assert.deepEqual(JSON.parse(told), {
    added: [],
    names: [["ReshelfError", "createReshelf"], ["ReshelfError", "createReshelf"], [], ["FakeClock", "ReshelfError", "createTestReshelf", "persona", "personas", "play", "sampleItems"], ["keepOrders", "stub", "stubHash"], ["devtoolsShortcut", "openDevtools"], ["ReshelfProfile", "ReshelfRow", "ReshelfSections", "provideShop"], ["german"], ...Object.values(ADAPTER_NAMES)],
    status: "inert:server",
    ranked: [{ sku: "b" }, { sku: "a" }],
  });
});

test("on a server the adapters do nothing", () => {
  const told = node(`
    import { createReshelf } from "reshelf";
    const shop = await createReshelf({ store: "acme" });
    const adapters = await Promise.all(["ga4", "segment", "shopify", "jsonld", "instantsearch", "consent"].map(async name => (await import("reshelf/adapters/" + name))[name]));
    const stops = adapters.map(adapter => adapter(shop));
    console.log(JSON.stringify(process.getActiveResourcesInfo().filter(kind => kind === "Timeout")));
    stops.forEach(stop => stop());
  `);
  assert.deepEqual(JSON.parse(told), []);
});

test("the testing entry works in Node", () => {
  const told = node(`
    import { createTestReshelf, personas, sampleItems } from "reshelf/testing";
    const shop = await createTestReshelf({ strength: 100 });
    shop.addItems(sampleItems);
    for (const event of personas.find(p => p.name === "gardener who buys").events) shop.track(event);
    const ids = sampleItems.map(item => item.id);
    console.log(JSON.stringify({ status: shop.status, moved: shop.order("search", ids).some((from, to) => from !== to) }));
  `);
  assert.deepEqual(JSON.parse(told), { status: "ready", moved: true });
});

test("the stub's text is the file to paste, without what HTML would end a script at, and its hash is true", () => {
  const told = JSON.parse(node(`
    import { stub, stubHash, keepOrders } from "reshelf/stub";
    import { createReshelf } from "reshelf";
    keepOrders(await createReshelf({ store: "acme" }))();
    console.log(JSON.stringify({ stub, stubHash }));
  `));
  assert.equal(told.stub, readFileSync(join(installed, "dist/stub.iife.js"), "utf8"));
  assert.equal(told.stubHash, `sha256-${createHash("sha256").update(told.stub).digest("base64")}`);
  assert.doesNotMatch(told.stub, /<\/script|<!--/i);
});

test("the inside cannot be imported, the engine's file can be found", () => {
  node(`
    import assert from "node:assert";
    await assert.rejects(import("reshelf/dist/index.js"), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });
    assert.match(import.meta.resolve("reshelf/reshelf.wasm"), /dist\\/reshelf\\.wasm$/);
  `);
});

test("the script-tag builds define what they say, and nothing else", () => {
  const run = (name, keys) => {
    const text = readFileSync(join(installed, "dist", name), "utf8");
    const told = node(`
      import vm from "node:vm";
      const page = vm.createContext({ TextDecoder, TextEncoder, FinalizationRegistry, WebAssembly, URL });
      vm.runInContext(${JSON.stringify(text)}, page);
      const known = new Set(["TextDecoder", "TextEncoder", "FinalizationRegistry", "WebAssembly", "URL"]);
      console.log(JSON.stringify(Object.keys(page).filter(key => !known.has(key))));
    `);
    assert.deepEqual(JSON.parse(told), keys);
  };
  run("reshelf.iife.js", ["Reshelf"]);
  run("auto.iife.js", []);
  run("elements.iife.js", ["ReshelfElements"]);
});

test("types: a shop written against the package compiles, and mistakes do not", () => {
  for (const name of ["shop", "hooks"]) writeFileSync(join(project, `${name}.ts`), readFileSync(new URL(`${name}.types.ts`, import.meta.url)));
  // As a project in React has them.
  mkdirSync(join(project, "node_modules/@types"));
  for (const name of ["@types/react", "csstype"]) symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name));
  const settings = { strict: true, noEmit: true, target: "es2022", lib: ["es2022", "dom"], types: [], skipLibCheck: false };
  for (const [module, moduleResolution] of [["nodenext", "nodenext"], ["esnext", "bundler"]]) {
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...settings, module, moduleResolution }, files: ["shop.ts", "hooks.ts"] }));
    run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "."]);
  }
});

test("publint finds nothing", async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, strict: true, pack: false });
  assert.deepEqual(messages.map(message => formatMessage(message, pkg)), []);
});

test("are the types wrong? No", () => {
  run(process.execPath, [join(root, "node_modules/@arethetypeswrong/cli/dist/index.js"), tarball, "--profile", "esm-only", "--exclude-entrypoints", "./reshelf.wasm", "--no-emoji", "--no-color"], root);
});
