// `reshelf simulate`: the engine in invented worlds.
import { readOptions, wholeNumber } from "./arguments.mjs";
import { round4 } from "./bootstrap.mjs";
import { simulateSections, simulateTabs, simulateTaste } from "./engine.mjs";
import { Stop } from "./stop.mjs";

const OPTIONS = { seed: { type: "string", default: "1" } };
const CONCENTRATIONS = [3, 6, 20];
const VISITS = [3, 10, 40];

/** Numbers in rows of so many. */
const rows = (numbers, width) => Array.from({ length: numbers.length / width }, (_, at) => [...numbers.slice(at * width, (at + 1) * width)]);

/** Parts of an oracle's clicks: by concentration, and their mean, a number a visit count. */
function byConcentration(shares) {
  const mean = VISITS.map((_, at) => round4(shares.reduce((sum, row) => sum + row[at], 0) / shares.length));
  return { ...Object.fromEntries(CONCENTRATIONS.map((name, at) => [`concentration_${name}`, shares[at].map(round4)])), mean };
}

const WORLDS = {
  sections(seed) {
    const [engine, popular, segment] = rows(rows(simulateSections(seed), VISITS.length), CONCENTRATIONS.length).map(byConcentration);
    return { task: "sections", seed, visits: VISITS, share_of_oracle: engine, popularity: popular, segment_prior: segment };
  },
  taste(seed) {
    const outcomes = rows(simulateTaste(seed), 5).map(([events, ...parts]) => {
      const [ndcgBase, ndcg, worse, better] = parts.map(round4);
      return { events, ndcg24_base: ndcgBase, ndcg24: ndcg, worse_share: worse, better_share: better };
    });
    return { task: "taste", seed, outcomes };
  },
  tabs(seed) {
    const [events, lost, double] = simulateTabs(seed);
    return { task: "tabs", seed, events, lost, double };
  },
};

/** Runs a world; the object that the command prints. */
export function simulate([world, ...args], say) {
  if (!Object.hasOwn(WORLDS, world ?? "")) throw new Stop(`Say which world: reshelf simulate ${Object.keys(WORLDS).join("|")}.`);
  const seed = wholeNumber("seed", readOptions(args, OPTIONS, []).seed, 0);
  if (seed >= 2 ** 32) throw new Stop("--seed must be below 4294967296.");
  say(`simulating ${world}`);
  return WORLDS[world](seed);
}
