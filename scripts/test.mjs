// Every test there is, fast ones first.
//
//   npm test              all of it
//   npm test -- engine    only the suites whose name starts so
//
// The last line is the sum over all suites.
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { bench } from "./bench.mjs";
import { build } from "./build.mjs";
import { fuzz } from "./fuzz.mjs";
import { lint } from "./lint.mjs";
import { browsers, setup, wasmCompiler } from "./setup.mjs";
import { main, root, run, say, seconds } from "./terminal.mjs";
import { torture } from "./torture.mjs";

/** Sums what `cargo test` and `wasm-pack test` print per test binary. */
const cargoCounts = output => {
  const results = [...output.matchAll(/^test result: .*? (\d+) passed; (\d+) failed/gm)];
  return { passed: sum(results.map(result => result[1])), failed: sum(results.map(result => result[2])) };
};

/** Sums what Node's test runner prints at its end. */
const nodeCounts = output => {
  const count = word => sum([...output.matchAll(new RegExp(`^(?:#|ℹ) ${word} (\\d+)$`, "gm"))].map(match => match[1]));
  return { passed: count("pass"), failed: count("fail") + count("cancelled") };
};

const sum = numbers => numbers.reduce((total, number) => total + Number(number), 0);

/** What failed, by name and with the first line of its message: what a long log is read for. */
const failures = output => [
  ...[...output.matchAll(/^test (\S+).* \.\.\. FAILED$/gm)].map(([, name]) => name),
  ...[...output.matchAll(/^ *not ok \d+ - (.+)\n(?:(?! *(?:not )?ok ).*\n)*? *error: (?:\|-\n *)?(.+)$/gm)].map(([, name, error]) => `${name}: ${error}`),
];

const cargo = (...args) => async () => cargoCounts(await run("cargo", ["test", ...args], { minutes: 15, log: `cargo-test${args.join("")}` }));

const node = folder => async () => {
  const files = readdirSync(resolve(root, folder)).filter(name => name.endsWith(".test.mjs"));
  const paths = files.map(name => `${folder}/${name}`);
  // One file after the other: browsers on two cores disturb each other's clocks.
  const options = ["--test", "--test-reporter=tap", "--test-concurrency=1"];
  return nodeCounts(await run(process.execPath, [...options, ...paths], { minutes: 10, log: `node-${folder}` }));
};

const inBrowser = (browser, driver) => async () => {
  const args = ["test", "--headless", `--${browser}`, `--${driver}`, browsers[driver](), "--mode", "no-install", "--", "--test", "web"];
  return cargoCounts(await run("wasm-pack", args, { minutes: 15, env: wasmCompiler(), log: `wasm-pack-${browser}` }));
};

/** Checks that are not tests of a runner: each problem is one failure. */
const checks = work => async () => {
  const { passed, problems } = await work();
  problems.forEach(problem => say(`    ✗ ${problem}`));
  return { passed, failed: problems.length, names: problems };
};

const suites = [
  ["lint", checks(lint)],
  ["engine and trainer: unit tests", cargo("--features", "train", "--lib")],
  ["engine: laws, bytes, contract, invariants", cargo("--test", "native")],
  ["learning: artifact, score, trainer", cargo("--profile", "simulation", "--features", "train", "--test", "learning")],
  ["engine: simulated browsers", cargo("--profile", "simulation", "--test", "simulation", "--test", "model")],
  ["engine: documentation", cargo("--doc")],
  ["contract fixtures through the package", node("tests/contract")],
  ["facade", node("tests/facade")],
  ["adapters", node("tests/adapters")],
  ["documentation", node("tests/docs")],
  ["developer tools", node("tests/devtools")],
  ["elements", node("tests/elements")],
  ["command line", node("tests/cli")],
  ["spark: the same rows as DuckDB", node("tests/spark")],
  ["package and size", node("tests/package")],
  ["bundlers", node("tests/packaging")],
  ["browser side in Chromium", inBrowser("chrome", "chromedriver")],
  ["browser side in Firefox", inBrowser("firefox", "geckodriver")],
  ["demo store, end to end", node("tests/e2e")],
  ["fuzzing, a minute", checks(() => fuzz())],
  ["torture of real browsers, in short", checks(() => torture({ quick: true }))],
  ["speed, as ratios", checks(bench)],
];

async function test() {
  const wanted = process.argv[2] ?? "";
  const begin = performance.now();
  say("Setting up");
  // Spark alone needs no browser.
  await setup(wanted.startsWith("spark") ? "spark" : "test");
  say("Building");
  await build();
  say("Testing");
  const total = { passed: 0, failed: 0, names: [] };
  for (const [name, suite] of suites.filter(([name]) => name.startsWith(wanted))) {
    const start = performance.now();
    const counts = await suite().catch(error => {
      say(`\n${error.message}`);
      // A runner that fails says how often; one that could not run failed once.
      const [passed, failed] = [cargoCounts, nodeCounts].map(count => count(error.output ?? "")).reduce(([p, f], c) => [p + c.passed, f + c.failed], [0, 0]);
      return { passed, failed: Math.max(failed, 1), names: failures(error.output ?? "") };
    });
    // Nothing that ran is nothing that passed.
    if (counts.passed + counts.failed === 0) counts.failed = 1;
    total.passed += counts.passed;
    total.failed += counts.failed;
    if (counts.failed > 0) total.names.push(...(counts.names?.length ? counts.names : ["see above"]).map(what => `${name}: ${what}`));
    say(`  ${counts.failed === 0 ? "✓" : "✗"} ${name}: ${counts.passed} passed, ${counts.failed} failed (${seconds(start)})`);
  }
  say(`in ${seconds(begin)}`);
  total.names.forEach(what => say(`✗ ${what}`));
  say(`${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0) process.exitCode = 1;
}

main(test);
