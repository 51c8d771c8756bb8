// `reshelf eval bandit`: what Bernoulli Thompson sampling would have earned, by the
// log of another policy. Files as in the Open Bandit Dataset.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parse } from "yaml";
import { readOptions, wholeNumber } from "./arguments.mjs";
import { Database, floats, unsigned } from "./database.mjs";
import { Log } from "./engine.mjs";
import { readLog } from "./reading/inputs.mjs";
import { Stop } from "./stop.mjs";

const OPTIONS = {
  log: { type: "string" },
  policy: { type: "string" },
  estimator: { type: "string", default: "ipw" },
  simulations: { type: "string", default: "100000" },
  seed: { type: "string", default: "12345" },
};
const ESTIMATORS = ["ipw", "snipw", "dr"];

/**
 * The log in a campaign's folder, `all/all.csv` or `all/all.csv.gz`, and the
 * campaign; of the folders above, the log of the random policy on all items.
 */
function logIn(given) {
  for (const folder of [given, join(given, "all"), join(given, "random", "all")]) {
    const campaign = basename(resolve(folder));
    const names = existsSync(folder) ? readdirSync(folder) : [];
    const name = names.find(name => name === `${campaign}.csv` || name === `${campaign}.csv.gz`);
    if (name) return { file: join(folder, name), campaign };
  }
  const campaign = basename(resolve(given));
  throw new Stop(`There is no log ${campaign}.csv or ${campaign}.csv.gz in ${given}.`);
}

/** Beta parameters of a campaign. */
function priorIn(file, campaign) {
  if (!existsSync(file)) throw new Stop(`There is no file ${file}.`);
  let policies;
  try {
    policies = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Stop(`${file} is no YAML: ${error.message.split("\n")[0]}`);
  }
  const { alpha, beta } = policies?.[campaign] ?? {};
  const isPrior = list => Array.isArray(list) && list.every(number => Number.isFinite(number) && number > 0);
  if (!isPrior(alpha) || !isPrior(beta) || alpha.length !== beta.length) {
    throw new Stop(`${file} must hold '${campaign}' with 'alpha' and 'beta', lists of positive numbers of the same length.`);
  }
  return { alpha: Float64Array.from(alpha), beta: Float64Array.from(beta) };
}

/** Rounds of a log; `say` is told what was left out. Positions are numbered by their order. */
async function logOf(file, say) {
  const database = await Database.open();
  try {
    say(`reading ${file}`);
    await readLog(database, file);
    database.tell(say);
    return new Log(...(await database.columnsOf("bandit-rounds", {}, [unsigned, unsigned, floats, floats])));
  } catch (error) {
    throw error instanceof Stop ? error : new Stop(`${file} could not be read as a log: ${error.message.split("\n")[0]}`);
  } finally {
    database.close();
  }
}

/** Estimates; resolves to the object that the command prints. */
export async function bandit(args, say) {
  const options = readOptions(args, OPTIONS, ["log", "policy"]);
  const simulations = wholeNumber("simulations", options.simulations, 1);
  const seed = wholeNumber("seed", options.seed, 0);
  if (!ESTIMATORS.includes(options.estimator)) throw new Stop(`--estimator must be one of ${ESTIMATORS.join(", ")}, not '${options.estimator}'.`);
  const { file, campaign } = logIn(options.log);
  const { alpha, beta } = priorIn(options.policy, campaign);
  const log = await logOf(file, say);
  if (log.actions() > alpha.length) throw new Stop(`The log shows ${log.actions()} items, and ${options.policy} knows ${alpha.length}.`);
  const [rounds, logged] = [log.rounds(), log.logged()];
  if (rounds === 0 || logged === 0) throw new Stop(`${file} has no click: nothing can be compared with it.`);
  say(`simulating ${simulations} rounds of the policy`);
  const value = log.value(alpha, beta, options.estimator, simulations, seed);
  log.free();
  const round6 = number => Math.round(number * 1e6) / 1e6;
  return { task: "bandit", rounds, value: round6(value), logged: round6(logged), relative: round6(value / logged) };
}
