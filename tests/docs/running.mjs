// How a snippet is run: bundled into a page, loaded as a page, typed at a shell.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { Liquid } from "liquidjs";
import { root } from "./snippets.mjs";

const read = path => JSON.parse(readFileSync(join(root, path), "utf8"));

/** The package is not bundled: a page loads what is shipped. But for what imports React, which a browser does not find by name. */
const published = {
  name: "published",
  setup(build) {
    build.onResolve({ filter: /^reshelf(\/|$)/ }, ({ path }) => (path === "reshelf/react" ? undefined : { path: path === "reshelf" ? "/dist/index.js" : `${path.replace("reshelf", "/dist")}.js`, external: true }));
    build.onResolve({ filter: /^\.\/index\.js$/ }, ({ importer }) => (importer.endsWith("dist/react.js") ? { path: "/dist/index.js", external: true } : undefined));
  },
};

/** What a configuration imports is for another program: here it gives back what it is told. */
const buildTools = {
  name: "build tools",
  setup(build) {
    build.onResolve({ filter: /^@vitejs\/plugin-vue$/ }, ({ path }) => ({ path, namespace: "tool" }));
    build.onLoad({ filter: /./, namespace: "tool" }, () => ({ contents: "export default options => options;" }));
  },
};

/**
 * One snippet as a page's script: what its stage does before and after, itself, and
 * a mark when it has run. Resolves to the script and the files that went into it.
 */
export async function bundled({ path }, { prelude = "", epilogue = "" }) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `${prelude}\nconst snippet = await import(${JSON.stringify(path)});\n${epilogue}\ndocument.documentElement.dataset.done = "";`, resolveDir: dirname(path), loader: "js" },
    plugins: [published, buildTools],
    bundle: true,
    // As installed: React is found beside the package, not beside its source.
    preserveSymlinks: true,
    write: false,
    metafile: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    loader: { ".vue": "ts", ".svelte": "js" },
    define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "true" },
    logLevel: "silent",
  });
  return { script: outputFiles[0].text, inputs: Object.keys(metafile.inputs).map(input => join(process.cwd(), input)) };
}

/**
 * A page as a server renders it and a browser hydrates it: `page` of a project's
 * folder within its `layout`. Resolves to markup, script and the files that went in.
 */
export async function hydrated({ path }, { layout, page }) {
  const folder = dirname(path);
  const tree = `
    import { createElement } from "react";
    import Layout from ${JSON.stringify(join(folder, layout))};
    import Page from ${JSON.stringify(join(folder, page))};
    const tree = createElement(Layout, null, createElement(Page));`;
  const options = { bundle: true, preserveSymlinks: true, write: false, metafile: true, format: "esm", jsx: "automatic", logLevel: "silent", define: { "process.env.NODE_ENV": '"development"' } };
  const stdin = contents => ({ contents, resolveDir: folder, loader: "tsx" });
  const server = await build({ ...options, platform: "node", stdin: stdin(`${tree} import { renderToString } from "react-dom/server"; process.stdout.write(renderToString(tree));`), banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' } });
  const file = join(folder, "server.mjs");
  writeFileSync(file, server.outputFiles[0].text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const client = await build({
    ...options,
    stdin: stdin(`${tree} import { hydrateRoot } from "react-dom/client";
      hydrateRoot(document, tree, { onRecoverableError: error => { throw error; } });
      setTimeout(() => (document.documentElement.dataset.done = ""), 200);`),
    plugins: [published],
    target: "es2022",
  });
  return {
    body: `<!doctype html>${stdout.replace("</body>", '<script type="module" src="/snippet.js"></script></body>')}`,
    script: client.outputFiles[0].text,
    inputs: Object.keys(client.metafile.inputs).map(input => join(process.cwd(), input)),
  };
}

/** Names of the package that a page's own modules import, for a page without a bundler. */
const importMap = () => {
  const { exports } = read("pkg/package.json");
  const entries = Object.entries(exports).filter(([, target]) => target.default?.endsWith(".js"));
  return JSON.stringify({ imports: Object.fromEntries(entries.map(([path, target]) => [`reshelf${path.slice(1)}`, target.default.replace("./dist/", "/dist/")])) });
};

/** A page with this in its body; a whole document stays as it is. */
export const pageOf = (body, script = "") =>
  /^<!doctype/i.test(body) ? body : `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Acme</title><link rel="icon" href="data:,"><script type="importmap" nonce="Zm9vYmFy">${importMap()}</script></head><body>${body}${script}</body></html>`;

/** What Shopify would make of a piece of theme. */
export function rendered(liquid, data) {
  const engine = new Liquid({ strictVariables: true, strictFilters: true });
  engine.registerFilter("asset_url", name => (existsSync(join(root, "pkg/dist", name)) ? `/reshelf/${name}` : `/reshelf/adapters/${name}`));
  return engine.parseAndRenderSync(liquid, data);
}

/**
 * Types what the snippet says at a shell, in a folder with the package installed
 * and with these files. What is ours is run; what is npm's is looked up in manifests.
 */
export function typed({ code }, files = {}) {
  const folder = mkdtempSync(join(tmpdir(), "reshelf-shell-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(root, "pkg"), join(folder, "node_modules/reshelf"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const known = new Set([read("pkg/package.json").name, read("cli/package.json").name, ...Object.keys(read("tests/docs/package.json").devDependencies)]);
  const told = [];
  for (const line of code.replaceAll("\\\n", " ").split("\n").filter(line => line.trim() !== "")) {
    const words = line.replace(/\s+#.*$/, "").trim().split(/\s+/);
    const run = (command, args) => {
      const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", timeout: 120_000 });
      told.push({ line, status, stdout, stderr });
    };
    if (words[0] === "npx") words.shift();
    const [command, ...args] = words;
    if (command === "npm" && args[0] === "install") for (const name of args.slice(1).filter(word => !word.startsWith("-"))) assert.ok(known.has(name), `${name} is no package that we know`);
    else if (command === "npm") assert.ok(read("package.json").scripts[args.at(-1)], `there is no script "${args.at(-1)}"`);
    else if (command === "node") run(process.execPath, [join(root, args[0]), ...args.slice(1)]);
    else if (command === "tsc") run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...args.map(word => (word.endsWith(".json") ? join(root, word) : word))]);
    else if (command === "reshelf") run(process.execPath, [join(root, "cli/bin/reshelf.mjs"), ...args]);
    else if (["mkdir", "cp"].includes(command)) run(command, args);
    else assert.fail(`nothing says how to check "${line}"`);
  }
  return { folder, told };
}
