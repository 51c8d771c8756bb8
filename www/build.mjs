// Builds the shop into www/dist: plain files that any static server can serve.
// One script a page, shared code in chunks of its own; the package's files are
// copied beside it, untouched, as a shop without a bundler would host them.
import { build } from "esbuild";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildDocumentation } from "./docs/site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const sdk = join(here, "../pkg/dist");
const trained = join(here, "trained");

/** Scripts and styles; resolves to the chunks each page's script needs at once. */
async function bundle(out) {
  const pages = readdirSync(join(here, "src/pages")).map(file => join(here, "src/pages", file));
  const result = await build({
    entryPoints: [...pages, join(here, "src/styles/shop.css"), join(here, "src/styles/panel.css"), join(here, "docs/docs.css")],
    outdir: join(out, "assets"),
    entryNames: "[name]",
    chunkNames: "chunk-[hash]",
    assetNames: "[name]",
    publicPath: "/assets",
    loader: { ".svg": "file" },
    absWorkingDir: here,
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap: true,
    format: "esm",
    target: "es2022",
    external: ["/reshelf/*"],
    metafile: true,
    logLevel: "warning",
  });
  const preloads = new Map();
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    const chunks = output.imports.filter(({ kind, external }) => kind === "import-statement" && !external);
    preloads.set(basename(path, ".js"), chunks.map(chunk => `/assets/${basename(chunk.path)}`));
  }
  return preloads;
}

/** Pages are HTML with three holes: head, header and footer are the same on all. */
function pages(out, preloads) {
  const partial = name => readFileSync(join(here, "pages/partials", `${name}.html`), "utf8").trim();
  const partials = { head: partial("head"), header: partial("header"), footer: partial("footer") };
  for (const file of readdirSync(join(here, "pages")).filter(name => name.endsWith(".html"))) {
    const name = basename(file, ".html");
    const chunks = (preloads.get(name) ?? []).map(path => `<link rel="modulepreload" href="${path}">`).join("\n    ");
    const html = readFileSync(join(here, "pages", file), "utf8").replace(/<!-- (head|header|footer) -->/g, (_, hole) =>
      partials[hole].replaceAll("{{page}}", name).replace("{{preloads}}", chunks),
    );
    // The home page is the root; every other page is a folder, so that its
    // address is the same on every static server.
    const folder = name === "home" ? out : join(out, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "index.html"), html);
  }
}

/** Builds everything; takes what `pkg/dist` holds, and does without when it is not built yet. */
export async function buildShop({ out = join(here, "dist") } = {}) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, "assets"), { recursive: true });
  pages(out, await bundle(out));
  buildDocumentation(out);
  cpSync(join(here, "catalog/catalog.json"), join(out, "assets/catalog.json"));
  cpSync(join(here, "catalog/LICENSE.md"), join(out, "assets/catalog-license.md"));
  cpSync(join(here, "pages/favicon.svg"), join(out, "favicon.svg"));
  if (existsSync(sdk)) cpSync(sdk, join(out, "reshelf"), { recursive: true });
  // What the shop was trained on lies beside the engine, as `artifact: "/reshelf/"` says.
  if (existsSync(trained)) cpSync(trained, join(out, "reshelf"), { recursive: true });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildShop();
