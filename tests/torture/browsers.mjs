// Real browsers, tortured: every scenario, and a way to run one alone.
//
//   node tests/torture/browsers.mjs                      names and counts
//   node tests/torture/browsers.mjs tabs                 one, in full
//   node tests/torture/browsers.mjs dwell 20             one, with this count
//   node tests/torture/browsers.mjs dwell 1 --seed 17    one script again
//
// A scenario resolves to figures, `{ name, asked, measured, ok, detail }`, and
// tells how far it is on stderr.
import { pathToFileURL } from "node:url";
import { main, say } from "../../scripts/terminal.mjs";
import { missing, progress } from "./support/figures.mjs";

/** Loads a scenario when it runs. One that cannot go on is a failed figure, and does not end the others. */
const from = (file, name) => async options => {
  try {
    return await (await import(new URL(file, import.meta.url)))[name](options);
  } catch (error) {
    progress(error.stack);
    return [missing(`${name}: ran to its end`, "yes", String(error.message).split("\n")[0])];
  }
};

/** Scenarios by name: what to run, and its count in a full and in a quick run. */
export const scenarios = {
  tabs: { run: from("tabs.mjs", "tabs"), full: 8, quick: 4 },
  crashes: { run: from("crashes.mjs", "crashes"), full: 200, quick: 10 },
  kills: { run: from("kills.mjs", "kills"), full: 100, quick: 4 },
  dwell: { run: from("dwell.mjs", "dwell"), full: 500, quick: 12 },
  "prerender-and-unseen": { run: from("unseen.mjs", "unseen"), full: 5, quick: 1 },
  silence: { run: from("silence.mjs", "silence"), full: 3, quick: 1 },
  full: { run: from("full.mjs", "full"), full: 200, quick: 200 },
  flush: { run: from("flush.mjs", "flush"), full: 4_000, quick: 2_000 },
  forgetting: { run: from("forgetting.mjs", "forgetting"), full: 20, quick: 3 },
  smooth: { run: from("smooth.mjs", "smooth"), full: 300, quick: 10 },
  engines: { run: from("engines.mjs", "engines"), full: 3, quick: 1 },
  webkit: { run: from("webkit.mjs", "webkit"), full: 400, quick: 100 },
  soak: { run: from("soak.mjs", "soak"), full: 100_000, quick: 5_000 },
};

/** `--name value` pairs and what is left. */
function given(words) {
  const options = {};
  const rest = [];
  for (let at = 0; at < words.length; at++) {
    if (words[at].startsWith("--")) options[words[at].slice(2)] = Number(words[++at]);
    else rest.push(words[at]);
  }
  return { rest, options };
}

async function alone() {
  const { rest: [name, count], options } = given(process.argv.slice(2));
  if (!name) {
    for (const [known, { full, quick }] of Object.entries(scenarios)) say(`${known}: ${full} in full, ${quick} in a quick run`);
    return;
  }
  const scenario = scenarios[name];
  if (!scenario) {
    say(`There is no scenario '${name}'; there are ${Object.keys(scenarios).join(", ")}.`);
    process.exitCode = 1;
    return;
  }
  const figures = await scenario.run({ count: count === undefined ? scenario.full : Number(count), ...options });
  for (const { name, asked, measured, ok, detail } of figures) {
    say(`${ok ? "✓" : "✗"} ${name}: ${measured} (asked: ${asked})${detail ? `\n    ${detail}` : ""}`);
  }
  if (!figures.every(({ ok }) => ok)) process.exitCode = 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(alone);
