// Looks for inputs that break the engine, for a while: tests/fuzz has the targets.
//
//   node scripts/fuzz.mjs                 all of them, 15 s each
//   node scripts/fuzz.mjs 600 sealed      one of them, ten minutes
//
// What crashes is kept in tests/fuzz/crashers/<target>, and from then on a test of
// tests/native runs it. Coverage guides the search through instrumentation that is
// unstable in Rust; RUSTC_BOOTSTRAP lets a stable compiler do it.
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { setup } from "./setup.mjs";
import { Stop, main, read, root, run, say, seconds } from "./terminal.mjs";

const folder = resolve(root, "tests/fuzz");
const output = resolve(root, "target/fuzz");
const targets = ["record", "sealed", "store", "events"];
/** Bytes of the longest input, and seconds of the slowest. */
const LIMITS = ["-max_len=4096", "-timeout=10", "-rss_limit_mb=2048"];
/** Seconds for a target from which on the inputs found earlier are worth reading again. */
const LONG = 60;

/** Whether this compiler comes with the runtime of the address sanitizer. */
function hasSanitizer() {
  const libraries = read("rustc", ["--print", "target-libdir"]);
  return !!libraries && existsSync(libraries) && readdirSync(libraries).some(name => /^librustc.*asan/.test(name));
}

/** Builds all targets; where the binaries are. */
async function compile() {
  // The engine has no unsafe code: without the sanitizer little is missed.
  const sanitizers = hasSanitizer() ? ["address", "none"] : ["none"];
  for (const sanitizer of sanitizers) {
    const start = performance.now();
    try {
      await run("cargo", ["fuzz", "build", "--fuzz-dir", folder, "--target-dir", output, "--sanitizer", sanitizer], {
        minutes: 15,
        env: { RUSTC_BOOTSTRAP: "1" },
        log: "fuzz-build",
      });
    } catch (error) {
      if (!(error instanceof Stop) || sanitizer === "none") throw error;
      say(`    the address sanitizer does not work here, so without it: ${error.message.split("\n")[0]}`);
      continue;
    }
    say(`  ✓ targets built, sanitizer: ${sanitizer} (${seconds(start)})`);
    break;
  }
  return resolve(output, /host: (.*)/.exec(read("rustc", ["-vV"]))[1], "release");
}

/** Runs one target; resolves to executions, covered edges and a problem, if any. */
async function look(binaries, target, limit) {
  const [corpus, found, crashers] = [resolve(folder, "corpus", target), resolve(output, "corpus", target), resolve(folder, "crashers", target)];
  // What was found earlier takes time to read: a short look starts from the corpus.
  if (limit < LONG) rmSync(found, { recursive: true, force: true });
  for (const path of [found, crashers]) mkdirSync(path, { recursive: true });
  const args = [`-max_total_time=${limit}`, ...LIMITS, "-len_control=10", "-print_final_stats=1", `-artifact_prefix=${crashers}/`];
  const log = `fuzz-${target}`;
  const start = performance.now();
  const number = (text, pattern) => Number([...text.matchAll(pattern)].at(-1)?.[1] ?? 0);
  const sums = text => ({ executions: number(text, /executed_units: +(\d+)/g), covered: number(text, /\bcov: (\d+)/g) });
  try {
    const text = await run(resolve(binaries, target), [...args, found, corpus], { minutes: limit / 60 + 2, log });
    const { executions, covered } = sums(text);
    say(`  ✓ ${target}: ${executions} executions, ${covered} edges covered (${seconds(start)})`);
    return { executions };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const text = error.output ?? "";
    const why = /panicked at .*\n?.*/.exec(text)?.[0] ?? /ERROR: .*/.exec(text)?.[0] ?? error.message;
    const input = /Test unit written to (.*)/.exec(text)?.[1];
    const again = input ? `\n    ${relative(root, input)} repeats it: 'cargo test --test native crashers'` : "";
    say(`  ✗ ${target} (${seconds(start)})`);
    return { ...sums(text), problem: `fuzzing ${target}: ${why}${again}` };
  }
}

/** Fuzzes each target for so long, two at a time; the number that held, and what is wrong with the others. */
export async function fuzz({ secondsPerTarget = 15, only } = {}) {
  await setup("fuzz");
  const binaries = await compile();
  const waiting = only ? [only] : [...targets];
  const results = [];
  const worker = async () => {
    for (let target = waiting.shift(); target; target = waiting.shift()) results.push(await look(binaries, target, secondsPerTarget));
  };
  await Promise.all(Array.from({ length: Math.min(cpus().length, 2) }, worker));
  const problems = results.flatMap(({ problem }) => problem ?? []);
  const executions = results.reduce((sum, result) => sum + result.executions, 0);
  return { passed: results.length - problems.length, problems, measured: `${problems.length} in ${executions} executions` };
}

async function alone() {
  const [limit = "15", only] = process.argv.slice(2);
  if (!(Number(limit) > 0) || (only && !targets.includes(only))) {
    throw new Stop(`Usage: node scripts/fuzz.mjs [seconds for each target] [${targets.join("|")}]`);
  }
  const { problems, measured } = await fuzz({ secondsPerTarget: Number(limit), only });
  if (problems.length > 0) throw new Stop(problems.join("\n"));
  say(`crashes: ${measured}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(alone);
