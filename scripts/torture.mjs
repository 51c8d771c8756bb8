// Everything that can befall a profile, and what became of it: prints the
// figures of SECURITY.md, each with what was asked.
//
//   npm run torture               all of it, in full: some two hours on two cores
//   npm run torture -- --quick    the same with small counts, as `npm test` does
//   npm run torture -- simulation kills    only these parts
//
// Exit code 1 when a figure is missed.
import { pathToFileURL } from "node:url";
import { scenarios } from "../tests/torture/browsers.mjs";
import { build } from "./build.mjs";
import { fuzz } from "./fuzz.mjs";
import { mutants } from "./mutants.mjs";
import { setup } from "./setup.mjs";
import { Stop, main, run, say, seconds } from "./terminal.mjs";

/** What a native command prints as one JSON object at its end, also when it fails. */
async function json(args, log, minutes) {
  const output = await run("cargo", ["run", "--profile", "simulation", "--example", ...args], { minutes, log }).catch(error => {
    if (!error.output?.includes("{")) throw error;
    return error.output;
  });
  return JSON.parse(output.split("\n").findLast(line => line.startsWith("{")));
}

const none = (name, measured, detail) => ({ name, asked: "0", measured: String(measured), ok: measured === 0, detail });

async function simulation(quick) {
  const [seeds, tabs, events] = quick ? [20, 8, 100] : [1_000, 32, 1_000];
  const of = `${seeds} seeds x ${tabs} tabs x ${events} events`;
  const all = await json(["simulate", "--", "--seeds", seeds, "--tabs", tabs, "--events", events].map(String), "torture-simulate", 120);
  const erasing = await json(["simulate", "--", "--scenario", "erase", "--tabs", "6", "--events", "100", "--seeds", quick ? 50 : 2_000].map(String), "torture-erase", 30);
  const pages = await json(["simulate", "--", "--scenario", "pages", "--seeds", "1", "--tabs", "1", "--events", quick ? 2_000 : 40_000].map(String), "torture-pages", 15);
  return [
    none(`simulated, ${of}: lost beyond the stated bounds`, all.lost, `${all.acknowledged} acknowledged; within the bounds ${all.lost_within_bound}, given up for want of room ${all.shed}; ${all.never_stored} never stored`),
    none(`simulated, ${of}: counted twice`, all.doubled, `within the bounds ${all.doubled_within_bound}`),
    none(`erasures of ${quick ? 50 : 2_000} seeds: bytes left of before`, erasing.erased_left_bytes, `${erasing.erasures - erasing.erasures_unfinished} erasures that came to their end, ${erasing.erasures_unfinished} that were cut off`),
    none("seeds of all three that are not as they must be", [all, erasing, pages].flatMap(({ failing_seeds }) => failing_seeds).length, `false alarms ${all.false_alarms + erasing.false_alarms}, after something was given up ${all.false_alarms_by_shedding}`),
    { name: `${pages.pages} pages: characters stored at most`, asked: "65536", measured: String(pages.largest_store), ok: pages.largest_store <= 65_536 },
  ];
}

async function damage(quick) {
  const counted = await json(["damage", "--", "--mutants", quick ? 200_000 : 10_000_000].map(String), "torture-damage", 15);
  return [
    none(`${counted.mutants} damaged records: panics`, counted.panics),
    none(`${counted.mutants} damaged records: wrongly accepted`, counted.wrong_accepts, `${counted.truncations} truncations and ${counted.bit_flips} single bits among them`),
  ];
}

const checked = (name, asked, check) => async quick => {
  const { passed, problems, measured } = await check(quick);
  return [{ name, asked, measured: measured ?? `${passed} passed`, ok: problems.length === 0, detail: problems.join("\n    ") }];
};

/** Parts by name; each resolves to figures `{ name, asked, measured, ok, detail }`. */
const parts = {
  simulation,
  damage,
  fuzzing: checked("fuzzing every decoder and event streams: crashes", "0", quick => fuzz({ secondsPerTarget: quick ? 15 : 120 })),
  ...Object.fromEntries(Object.entries(scenarios).map(([name, { run, full, quick }]) => [name, isQuick => run({ count: isQuick ? quick : full })])),
  // Last, because it takes longest.
  mutants: checked("mutants of ledger, codec and dwell that tests kill", "at least 90 %", () => mutants()),
};

/** In `npm test` the simulation, the fuzzing and the engines are suites of their own; WebKit is not set up for it, and what is left out beside it takes its time. */
const QUICK = Object.keys(scenarios).filter(name => !["soak", "smooth", "webkit", "engines"].includes(name));

/** Runs parts one after another and prints their figures; `{ passed, problems }` as `lint` does. */
export async function torture({ quick = false, names = quick ? QUICK : Object.keys(parts) } = {}) {
  let passed = 0;
  const problems = [];
  for (const name of names) {
    const start = performance.now();
    for (const { name: figure, asked, measured, ok, detail } of await parts[name](quick)) {
      say(`  ${ok ? "✓" : "✗"} ${figure}: ${measured} (asked: ${asked})${detail ? `\n    ${detail}` : ""}`);
      if (ok) passed++;
      else problems.push(`${figure}: ${measured}, asked ${asked}`);
    }
    say(`    ${name} took ${seconds(start)}`);
  }
  return { passed, problems };
}

async function alone() {
  const words = process.argv.slice(2);
  const quick = words.includes("--quick");
  const names = words.filter(word => word !== "--quick");
  const unknown = names.find(name => !(name in parts));
  if (unknown) throw new Stop(`There is no part '${unknown}'; there are ${Object.keys(parts).join(", ")}.`);
  await setup("torture");
  await build();
  const { passed, problems } = await torture({ quick, ...(names.length > 0 && { names }) });
  say(`${passed} figures reached, ${problems.length} missed`);
  if (problems.length > 0) process.exitCode = 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(alone);
