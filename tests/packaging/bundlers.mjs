// How each bundler is asked to build the app: as its own starter templates do,
// with nothing added for our sake but what README.md says.
//
//   node bundlers.mjs NAME PROJECT    builds PROJECT/index.html into PROJECT/out
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const vite = (name, plugins = async () => []) => async (root, outDir) => {
  const { build } = await import(name);
  await build({ root, configFile: false, base: "./", logLevel: "warn", plugins: await plugins(), build: { outDir, emptyOutDir: true } });
};

/** Frameworks, each with its own compiler: as their starter templates, and for Vue the line that docs/elements.md names. */
const frameworks = {
  vue: vite("vite", async () => [(await import("@vitejs/plugin-vue")).default({ template: { compilerOptions: { isCustomElement: tag => tag.startsWith("reshelf-") } } })]),
  svelte: vite("vite", async () => [(await import("@sveltejs/vite-plugin-svelte")).svelte({ configFile: false })]),
};

/** A page for those that bundle scripts only, and the engine's file beside the script for those that copy none. */
function finish(root, outDir, entry, engine) {
  mkdirSync(outDir, { recursive: true });
  writeFileSync(join(outDir, "index.html"), readFileSync(join(root, "index.html"), "utf8").replace("./main.js", `./${entry}`));
  if (engine) copyFileSync(createRequire(join(root, "main.js")).resolve("reshelf/reshelf.wasm"), join(outDir, "reshelf.wasm"));
}

const webpack = source => async (context, path) => {
  const { default: webpack } = await import("webpack");
  const compiler = webpack({ mode: "production", context, entry: `./${source}`, output: { path, filename: source, clean: true }, performance: false });
  await new Promise((done, fail) => {
    compiler.run((error, stats) => {
      const { errors = [], warnings = [] } = stats?.toJson({ all: false, errors: true, warnings: true }) ?? {};
      const [problem] = [...errors, ...warnings];
      compiler.close(() => (error || problem ? fail(error ?? new Error(problem.message)) : done()));
    });
  });
  finish(context, path, source, false);
};

const esbuild = (source, engine) => async (root, outdir) => {
  const { build } = await import("esbuild");
  const { warnings } = await build({ absWorkingDir: root, entryPoints: [source], bundle: true, minify: true, format: "esm", outdir, logLevel: "silent" });
  if (warnings.length > 0) throw new Error(warnings[0].text);
  finish(root, outdir, source, engine);
};

const rollup = (source, engine) => async (root, dir) => {
  const [{ rollup }, { nodeResolve }] = [await import("rollup"), await import("@rollup/plugin-node-resolve")];
  const onwarn = ({ message }) => { throw new Error(message); };
  const bundle = await rollup({ input: join(root, source), plugins: [nodeResolve({ browser: true })], onwarn });
  await bundle.write({ dir, format: "es", entryFileNames: source });
  await bundle.close();
  finish(root, dir, source, engine);
};

/** Only built: `reshelf/auto` looks for its tag. */
const alone = { "webpack5-auto": webpack("auto.js") };

const bundlers = {
  vite8: vite("vite"),
  vite7: vite("vite7"),
  webpack5: webpack("main.js"),
  esbuild: esbuild("main.js", true),
  "esbuild-inline": esbuild("inline.js", false),
  rollup: rollup("main.js", true),
  "rollup-inline": rollup("inline.js", false),
  async parcel2(root, distDir) {
    // CommonJS, and its default configuration is found from here, not from the app.
    const require = createRequire(import.meta.url);
    const { Parcel } = require("@parcel/core");
    const parcel = new Parcel({
      entries: join(root, "index.html"),
      defaultConfig: require.resolve("@parcel/config-default"),
      mode: "production",
      shouldDisableCache: true,
      defaultTargetOptions: { distDir, publicUrl: "./", shouldOptimize: true },
    });
    await parcel.run();
  },
};

export const names = Object.keys(bundlers);

/** A development server of Vite's; its address. */
export async function serve(name, root) {
  const { createServer } = await import(name);
  // Vite 7 moves scripts of packages and forgets the files beside them: vite#8427.
  const optimizeDeps = name === "vite7" ? { exclude: ["reshelf"] } : {};
  const server = await createServer({ root, configFile: false, logLevel: "error", optimizeDeps, server: { port: 0, host: "localhost" } });
  await server.listen();
  return { address: server.resolvedUrls.local[0], close: () => server.close() };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , name, root] = process.argv;
  await { ...bundlers, ...alone, ...frameworks }[name](root, join(root, "out"));
  // Parcel's workers would stay.
  process.exit(0);
}
