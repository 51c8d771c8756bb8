// Would a test notice? Changes one operator, constant or function at a time and
// runs the tests: `.cargo/mutants.toml` has the settings, and what is left out.
//
//   node scripts/mutants.mjs                  every file named below: about an hour
//   node scripts/mutants.mjs dwell codec      only these
//
// Prints what was noticed, file by file, and every change that was not. Exit code
// 1 where less than nine of ten were.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { setup } from "./setup.mjs";
import { Stop, main, root, run, say, seconds } from "./terminal.mjs";

/** What a profile is lost by, when it is wrong. */
const FILES = ["codec", "compaction", "dwell", "erasure", "fold", "journal", "ledger", "mirroring", "room", "session/keeping", "vault"];
/** Least part of the changes that tests must notice, in each file. */
const ENOUGH = 0.9;

const percent = (killed, viable) => `${Math.floor((100 * killed) / viable)} %`;

/** Runs cargo-mutants; its verdicts, one for each change. */
async function judge(files) {
  const output = resolve(root, "target/mutants");
  rmSync(output, { recursive: true, force: true });
  const jobs = String(Math.min(cpus().length, 2));
  const args = ["mutants", "--colors", "never", "--jobs", jobs, "--output", output, ...files.flatMap(file => ["--file", `src/engine/${file}.rs`])];
  const outcomes = resolve(output, "mutants.out/outcomes.json");
  // It ends with an error where a change was not noticed: that is judged here.
  // A law that is broken need not be told in its smallest form.
  const env = { PROPTEST_MAX_SHRINK_ITERS: "0", RUST_BACKTRACE: "0" };
  await run("cargo", args, { minutes: 240, env, log: "mutants" }).catch(error => {
    if (!(error instanceof Stop) || !/^\d+ mutants? tested/m.test(error.output ?? "") || !existsSync(outcomes)) throw error;
  });
  return JSON.parse(readFileSync(outcomes, "utf8")).outcomes.flatMap(({ scenario, summary }) => (scenario.Mutant ? { ...scenario.Mutant, summary } : []));
}

/** Tries the files' tests; the number of files that are tested well enough, and what is wrong with the others. */
export async function mutants({ files = FILES } = {}) {
  await setup("mutants");
  const start = performance.now();
  const verdicts = await judge(files);
  const problems = [];
  const measured = [];
  for (const file of files) {
    const own = verdicts.filter(verdict => verdict.file === `src/engine/${file}.rs`);
    const count = (...summaries) => own.filter(({ summary }) => summaries.includes(summary)).length;
    // A change that does not compile is no change, and one that never ends is noticed.
    const viable = count("CaughtMutant", "MissedMutant", "Timeout");
    const killed = count("CaughtMutant", "Timeout");
    const enough = viable > 0 && killed / viable >= ENOUGH;
    say(`  ${enough ? "✓" : "✗"} ${file}: ${killed} of ${viable} noticed (${viable ? percent(killed, viable) : "nothing to change"})`);
    own.filter(({ summary }) => summary === "MissedMutant").forEach(({ name }) => say(`      not noticed: ${name}`));
    measured.push(`${file} ${viable ? percent(killed, viable) : "none"}`);
    if (!enough) problems.push(`${file}: ${killed} of ${viable} changes were noticed, less than ${percent(ENOUGH, 1)}`);
  }
  say(`  in ${seconds(start)}`);
  return { passed: files.length - problems.length, problems, measured: measured.join(", ") };
}

async function alone() {
  const files = process.argv.slice(2);
  const unknown = files.find(file => !FILES.includes(file));
  if (unknown) throw new Stop(`'${unknown}' is none of: ${FILES.join(", ")}`);
  const { problems } = await mutants(files.length > 0 ? { files } : {});
  if (problems.length > 0) throw new Stop(problems.join("\n"));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(alone);
