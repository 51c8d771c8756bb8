// Form, before any test runs: formatting, lints, types and documentation, each
// with warnings as errors.
//
//   npm run lint
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { setup, wasmCompiler } from "./setup.mjs";
import { Stop, main, read, run, say, seconds } from "./terminal.mjs";

const WASM = ["--target", "wasm32-unknown-unknown"];
const STRICT = ["--", "-D", "warnings"];

/** Whether this compiler comes with a cargo command. */
const has = (command, env = {}) => read("cargo", [command, "--version"], { env: { ...process.env, ...env } }) !== undefined;

const cargo = (log, args, env = {}) => async () => {
  await run("cargo", args, { minutes: 15, env, log: `lint-${log}` });
};

const missing = (component, work) => async () => {
  if (!has(component)) {
    const name = { fmt: "rustfmt", clippy: "clippy" }[component];
    throw new Stop(`'cargo ${component}' is missing: run 'rustup component add ${name}', or install your system's package of it, and start again.`);
  }
  await work();
};

/** Clippy, or the compiler's own lints where a distribution's compiler for wasm32 comes without it; says so. */
async function lintForWasm() {
  const env = wasmCompiler();
  if (!env) throw new Stop("There is no Rust compiler for wasm32 here: run 'node scripts/setup.mjs start' first.");
  const what = [...WASM, "--lib", "--tests"];
  if (has("clippy", env)) return cargo("clippy-wasm", ["clippy", ...what, ...STRICT], env)();
  await cargo("check-wasm", ["check", ...what, "--config", 'build.rustflags=["-Dwarnings"]'], env)();
  return ", by the compiler alone: it comes without clippy";
}

const types = folder => async () => {
  await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", folder, "--noEmit"], { log: `lint-types-${folder}` });
};

const documentation = async () => {
  const strict = { RUSTDOCFLAGS: "-D warnings" };
  await cargo("doc", ["doc", "--no-deps", "--lib", "--all-features"], strict)();
  const env = { ...wasmCompiler(), ...strict };
  // The browser side is compiled, and so documented, for wasm32 only.
  if (read("rustdoc", ["--version"], { env: { ...process.env, ...env } })) await cargo("doc-wasm", ["doc", "--no-deps", "--lib", ...WASM], env)();
};

const steps = [
  ["formatting of Rust", missing("fmt", cargo("fmt", ["fmt", "--check"]))],
  ["lints of Rust, natively", missing("clippy", cargo("clippy", ["clippy", "--all-targets", "--all-features", ...STRICT]))],
  ["lints of Rust, for wasm32", lintForWasm],
  ["documentation of Rust", documentation],
  ["types of the package", types("pkg")],
  ["types of the demo store", types("www")],
];

/** Goes through all checks, a line each; the number that passed, and what is wrong with the others. */
export async function lint() {
  const problems = [];
  for (const [name, check] of steps) {
    const start = performance.now();
    try {
      const remark = await check();
      say(`  ✓ ${name} (${seconds(start)})${remark ?? ""}`);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      say(`  ✗ ${name} (${seconds(start)})`);
      problems.push(`${name}: ${error.message}`);
    }
  }
  return { passed: steps.length - problems.length, problems };
}

async function alone() {
  await setup("start");
  // Types are checked against the generated glue.
  await build();
  const { problems } = await lint();
  if (problems.length > 0) throw new Stop(problems.join("\n\n"));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(alone);
