// Everything that is generated: the compiled engine, the npm package's `dist`
// and the demo store. A step whose inputs have not changed is skipped.
//
//   node scripts/build.mjs
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { shortenImports } from "./imports.mjs";
import { wasmCompiler } from "./setup.mjs";
import { Stop, main, root, run, say, seconds } from "./terminal.mjs";

const TARGET = "wasm32-unknown-unknown";
// A folder of its own: its flags differ from those of every other build.
const engine = resolve(root, "target/engine");
const compiled = resolve(engine, TARGET, "release/reshelf.wasm");
const trainer = resolve(engine, TARGET, "trainer/reshelf.wasm");
const pkg = resolve(root, "pkg");
const dist = resolve(pkg, "dist");
const shopScript = resolve(root, "www/build.mjs");

// ------------------------------------------------------------ fingerprints

const memory = resolve(root, "target/fingerprints.json");

/** All files under these paths, sorted; a missing path is no file. */
function files(paths, skip = () => false) {
  const found = [];
  const visit = path => {
    if (!existsSync(path) || skip(path)) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
    else found.push(path);
  };
  for (const path of paths) visit(resolve(root, path));
  return found.sort();
}

/** One hash over names and contents: times change with every checkout, contents do not. */
function fingerprint(paths, skip) {
  const hash = createHash("sha256");
  for (const path of files(["scripts/build.mjs", ...paths], skip)) {
    const content = readFileSync(path);
    hash.update(`${relative(root, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

async function step({ name, inputs, skip, outputs, work }) {
  const recall = () => (existsSync(memory) ? JSON.parse(readFileSync(memory, "utf8")) : {});
  const print = fingerprint(inputs, skip);
  if (recall()[name] === print && outputs.every(path => existsSync(path))) return say(`  ✓ ${name} (unchanged)`);
  const start = performance.now();
  await work();
  const missing = outputs.find(path => !existsSync(path));
  if (missing) throw new Stop(`The build step '${name}' ended without an error but also without ${relative(root, missing)}.`);
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, `${JSON.stringify({ ...recall(), [name]: print }, null, 2)}\n`);
  say(`  ✓ ${name} (${seconds(start)})`);
}

// ------------------------------------------------------------------- steps

const compile = () => compileWith(["--release", "-Zbuild-std-features=optimize_for_size"], "cargo-build");
// Its standard library is built for speed: sorted for size, ten million clicks take seconds.
const compileTrainer = () => compileWith(["--profile", "trainer", "--features", "train"], "cargo-build-trainer");

async function compileWith(options, log) {
  const env = wasmCompiler();
  if (!env) throw new Stop(`There is no Rust compiler for ${TARGET} here: run 'node scripts/setup.mjs start' first.`);
  // SIMD, which the probe of `pkg/src/load.ts` asks for: Safari has it from 16.4 on, as
  // the reference types of the glue. The standard library is compiled along, for pages for size, and without the
  // messages of panics: a panic traps at once, and the facade goes inert. That saves
  // 6 KB of 48 after brotli, and no path of this machine is left in the engine.
  const std = ["-Zbuild-std=std,panic_abort"];
  const flags = ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "--cfg=speed", "-Ctarget-feature=+simd128"];
  const config = `target.${TARGET}.rustflags=${JSON.stringify(flags)}`;
  // The crate is also an rlib for tests; only alone can the cdylib be optimised
  // at link time. The bootstrap variable lets a stable compiler take the flags.
  await run("cargo", ["rustc", ...options, "--lib", "--crate-type", "cdylib", "--target", TARGET, ...std, "--config", config], {
    minutes: 15,
    env: { ...env, RUSTC_BOOTSTRAP: "1", CARGO_TARGET_DIR: engine },
    log,
  });
}

async function bind() {
  const folder = join(pkg, "wasm");
  await run("wasm-bindgen", [compiled, "--target", "web", "--omit-default-module-path", "--experimental-reset-state-function", "--out-dir", folder, "--out-name", "reshelf"], {
    log: "wasm-bindgen",
  });
  const [wasm, glue] = [join(folder, "reshelf_bg.wasm"), join(folder, "reshelf.js")];
  const short = shortenImports(readFileSync(wasm), readFileSync(glue, "utf8"));
  writeFileSync(wasm, short.wasm);
  writeFileSync(glue, short.glue);
}

/** The trainer runs in Node: no request, no size limit, so its glue stays as it is. */
async function bindTrainer() {
  await run("wasm-bindgen", [trainer, "--target", "web", "--omit-default-module-path", "--out-dir", resolve(root, "cli/wasm"), "--out-name", "trainer"], {
    log: "wasm-bindgen-trainer",
  });
}

async function shrink() {
  // What the compiler's default wasm target uses, and SIMD; wasm-opt keeps to what it is
  // told. Every browser with reference types and SIMD has the others as well.
  const features = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext", "simd"];
  mkdirSync(dist, { recursive: true });
  await run(
    process.execPath,
    [
      resolve(root, "node_modules/binaryen/bin/wasm-opt"),
      ...["--mvp-features", ...features.map(feature => `--enable-${feature}`)],
      // Three times, because each round finds what the one before made possible, and
      // sorted by name, which puts like beside like: 270 bytes after brotli less
      // than one round of -Oz. A large function with one caller stays one: 200 less.
      ...["-Os", "-Os", "-Os", "--one-caller-inline-max-function-size=100"],
      ...["--reorder-functions-by-name", "--strip-debug", "--strip-producers"],
      ...[join(pkg, "wasm/reshelf_bg.wasm"), "-o", join(dist, "reshelf.wasm")],
    ],
    { log: "wasm-opt" },
  );
}

const adapters = ["ga4", "segment", "shopify", "shopify-pixel", "jsonld", "instantsearch", "consent"].map(name => `adapters/${name}`);
const elements = ["elements", "elements/de"];
const entries = ["index", "inline", "testing", "auto", "react", "stub", "devtools", ...adapters, ...elements];

async function bundle() {
  const { build: esbuild } = await import("esbuild");
  for (const path of files(["pkg/dist"])) if (path.endsWith(".js")) rmSync(path);
  const source = name => join(pkg, "src", `${name}.ts`);
  const common = {
    bundle: true,
    minify: true,
    target: "es2022",
    platform: "browser",
    outdir: dist,
    legalComments: "none",
    loader: { ".wasm": "base64" },
    logLevel: "warning",
  };
  const modules = { ...common, format: "esm" };
  await esbuild({ ...modules, entryPoints: ["index", "inline", "testing"].map(source), splitting: true, chunkNames: "chunk-[hash]" });
  // `auto` and `react` import the built entry: the expression that bundlers look for to
  // find the engine must be in one file only, or they copy it twice.
  const published = {
    name: "published",
    setup: build => build.onResolve({ filter: /^\.\.?\/index\.js$/ }, () => ({ path: "./index.js", external: true })),
  };
  // With its comments: they tell webpack and Vite not to look for adapters, which
  // lie beside the script wherever it is.
  await esbuild({ ...modules, minify: false, minifyIdentifiers: true, minifySyntax: true, entryPoints: [source("auto")], plugins: [published] });
  await esbuild({ ...modules, entryPoints: [source("react")], plugins: [published], external: ["react"] });
  await esbuild({ ...modules, entryPoints: [source("stub")], define: await inlineStub() });
  // A tool for developers shares the page's engine, and is no part of what a page loads.
  await esbuild({ ...modules, entryPoints: [source("devtools")], plugins: [published] });
  await esbuild({ ...common, format: "iife", entryPoints: [source("reshelf.iife")], globalName: "Reshelf" });
  await esbuild({ ...common, format: "iife", entryPoints: [source("auto.iife")] });
  // Each whole in itself: a page loads one or two, as one file each.
  await esbuild({ ...modules, entryPoints: [...adapters, ...elements].map(source), outbase: join(pkg, "src") });
  await esbuild({ ...common, format: "iife", entryPoints: [source("elements.iife")], globalName: "ReshelfElements" });
  await esbuild({ ...common, format: "iife", entryPoints: [source("adapters/shopify-pixel.iife")], outbase: join(pkg, "src") });
}

/** Builds the script that goes into the page itself; its text, and its name in a content security policy. */
async function inlineStub() {
  const { build: esbuild } = await import("esbuild");
  const options = { bundle: true, minify: true, format: "iife", target: "es2022", legalComments: "none", logLevel: "warning", write: false, tsconfigRaw: "{}" };
  const { outputFiles } = await esbuild({ ...options, entryPoints: [join(pkg, "src/stub/inline.iife.ts")] });
  const text = outputFiles[0].text.trim();
  writeFileSync(join(dist, "stub.iife.js"), text);
  const hash = `sha256-${createHash("sha256").update(text).digest("base64")}`;
  say(`    the stub in a content security policy: '${hash}'`);
  return { STUB: JSON.stringify(text), STUB_HASH: JSON.stringify(hash) };
}

async function declare() {
  for (const path of files(["pkg/dist"])) if (path.endsWith(".d.ts")) rmSync(path);
  await run(process.execPath, [resolve(root, "node_modules/typescript/bin/tsc"), "-p", pkg], { log: "tsc" });
  // Only what an entry leads to is published; the rest describes the inside.
  const reached = new Set();
  const visit = path => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const [, name] of readFileSync(path, "utf8").matchAll(/(?:from |import\()"(\.\.?\/[^"]+)\.js"/g)) visit(resolve(dirname(path), `${name}.d.ts`));
  };
  for (const entry of entries) visit(join(dist, `${entry}.d.ts`));
  for (const path of files(["pkg/dist"])) if (path.endsWith(".d.ts") && !reached.has(path)) rmSync(path);
}

const source = ["Cargo.toml", "Cargo.lock", ".cargo", "src"];
const steps = [
  { name: "engine", inputs: source, outputs: [compiled], work: compile },
  { name: "trainer", inputs: source, outputs: [trainer], work: compileTrainer },
  {
    name: "glue",
    inputs: [compiled, "scripts/imports.mjs"],
    outputs: ["reshelf.js", "reshelf.d.ts", "reshelf_bg.wasm"].map(name => join(pkg, "wasm", name)),
    work: bind,
  },
  { name: "trainer's glue", inputs: [trainer], outputs: [resolve(root, "cli/wasm/trainer.js")], work: bindTrainer },
  { name: "reshelf.wasm", inputs: ["pkg/wasm/reshelf_bg.wasm", "package-lock.json"], outputs: [join(dist, "reshelf.wasm")], work: shrink },
  {
    name: "scripts",
    inputs: ["pkg/src", "pkg/wasm/reshelf.js", "pkg/dist/reshelf.wasm", "package-lock.json"],
    outputs: [...entries, "reshelf.iife", "auto.iife", "stub.iife", "elements.iife", "adapters/shopify-pixel.iife"].map(name => join(dist, `${name}.js`)),
    work: bundle,
  },
  {
    name: "types",
    inputs: ["pkg/src", "pkg/tsconfig.json", "pkg/wasm/reshelf.d.ts", "package-lock.json"],
    outputs: entries.map(name => join(dist, `${name}.d.ts`)),
    work: declare,
  },
];

const trained = {
  name: "demo store's artifact",
  inputs: ["cli/bin", "cli/src", "cli/sql", "cli/wasm/trainer_bg.wasm", "www/catalog", "package-lock.json"],
  outputs: [resolve(root, "www/trained/reshelf.json")],
  work: async () => (await import(pathToFileURL(resolve(root, "www/catalog/train.mjs")).href)).trainShop(resolve(root, "www/trained")),
};

const reference = {
  name: "reference of the documentation",
  inputs: ["www/docs/reference.mjs", "www/docs/tsconfig.json", "pkg/package.json", "pkg/dist", "package-lock.json"],
  skip: path => /\.(js|wasm)$/.test(path),
  outputs: [resolve(root, "www/docs/reference/index.md")],
  work: async () => (await import(pathToFileURL(resolve(root, "www/docs/reference.mjs")).href)).writeReference(),
};

const shop = {
  name: "demo store and documentation",
  inputs: ["www", "docs", "SECURITY.md", "cli/README.md", "pkg/package.json", "pkg/dist", "package-lock.json"],
  skip: path => path === resolve(root, "www/dist") || path.endsWith("node_modules"),
  outputs: [resolve(root, "www/dist/index.html")],
  work: async () => (await import(pathToFileURL(shopScript).href)).buildShop(),
};

/** Brings all generated files up to date; prints a line a step. */
export async function build() {
  for (const each of steps) await step(each);
  if (existsSync(shopScript)) {
    await step(trained);
    await step(reference);
    await step(shop);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main(build);
