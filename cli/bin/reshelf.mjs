#!/usr/bin/env node
// The command `reshelf`: one JSON object on stdout, progress on stderr.

const HELP = `reshelf train --sessions FILE --format FORMAT [--k 5] [--budget 300kB] --out DIR
    Trains DIR/reshelf.rsf from sessions and prints its report card.
    --k       people (sessions, where people are not known) behind every pair and
              prototype; 1 publishes sessions as they were, for evaluation only
    --budget  bytes of the artifact
    --categories FILE           item, tab, category path: where shoppers go from each
    --intent FILE --label NAME  a table of the engine's intent columns and who bought

reshelf eval next-item --artifact DIR --test FILE --format FORMAT [--exclude-current] [--every N]
    Asks for the next item of each prefix of each session; prints hit rate and mean
    reciprocal rank.

reshelf eval rerank --train FILE [--train FILE] --test FILE --categories FILE [--quota 3] [--k 1] [--budget 300kB]
    Trains in memory; then, at each test click, reorders the most popular items of its
    category by what came before. Sessions as category-sessions, categories as item, tab,
    category. --quota: at most so many of the first ten from below the tenth.

reshelf eval sections --train FILE [--train FILE] --test FILE --categories FILE [--k 1] [--budget 300kB]
    Trains in memory; then, at each test click, orders a page with a section a category
    by what came before, and looks where the clicked item's category stands.

reshelf eval bandit --log DIR --policy FILE [--estimator ipw|snipw|dr] [--simulations 100000] [--seed 12345]
    What Bernoulli Thompson sampling would have earned, by the log of another policy.
    DIR as a campaign's folder of the Open Bandit Dataset, FILE as its priors (YAML).

reshelf eval intent --train FILE --test FILE --label COLUMN [--drop COLUMN,COLUMN]
    Trains a model of readiness to buy on a table with a header (CSV), packs it, and
    measures the packed bytes on another table. Columns are numbers or texts.

reshelf simulate sections|taste|tabs [--seed 1]
    Runs the engine in an invented world: how many of the clicks of an oracle its order of
    sections gets; whom its lists serve better and worse; whether each event of many tabs
    counts once.

FORMAT, plain or gzipped:
    events             SessionId, ItemId, Time (epoch seconds), tab separated, with a header
    session-lines      a session a line: ids separated by spaces, oldest first
    prefix-target      ids separated by spaces, a tab, the next id
    category-sessions  sessionId, categorys, items (lists with commas), with a header
`;

const EVALUATIONS = {
  "next-item": async () => (await import("../src/next-item.mjs")).nextItem,
  "sections": async () => (await import("../src/sections.mjs")).sections,
  "bandit": async () => (await import("../src/bandit.mjs")).bandit,
  "intent": async () => (await import("../src/intent.mjs")).intent,
  "rerank": async () => (await import("../src/rerank.mjs")).rerank,
};

const say = text => process.stderr.write(`${text}\n`);

async function run([command, ...args]) {
  if (command === undefined || command === "help" || command === "--help") return process.stdout.write(HELP);
  const { Stop } = await import("../src/stop.mjs");
  try {
    if (command === "train") {
      const { train } = await import("../src/train.mjs");
      return process.stdout.write(`${JSON.stringify(await train(args, say))}\n`);
    }
    const evaluation = command === "eval" && EVALUATIONS[args[0]];
    if (evaluation) return process.stdout.write(`${JSON.stringify(await (await evaluation())(args.slice(1), say))}\n`);
    if (command === "simulate") {
      const { simulate } = await import("../src/simulate.mjs");
      return process.stdout.write(`${JSON.stringify(simulate(args, say))}\n`);
    }
    throw new Stop(`There is no command '${[command, ...args].slice(0, 2).join(" ")}'; 'reshelf --help' lists them.`);
  } catch (error) {
    say(error instanceof Stop ? error.message : error.stack);
    process.exitCode = 1;
  }
}

await run(process.argv.slice(2));
