#!/usr/bin/env node
// The command `reshelf`: one JSON object on stdout, progress on stderr.

const HELP = `reshelf train [--sessions FILE --format FORMAT] [--orders FILE] [--catalog FILE]
              [--k 5] [--budget 300kB] [--shards auto] --out DIR
    Trains from what there is and prints the report card. Writes DIR/reshelf.json and
    the files that it names: DIR/reshelf.rsf, or from 44 kB on DIR/core-HASH.rsf and
    DIR/graph-HASH.rsf, or DIR/shard-HASH.rsf for each shard; and DIR/vectors.rsf where the catalogue has a column 'vector'.
    --catalog what is sold: CSV, TSV, JSON, Parquet, or a Google Merchant feed (TSV, XML)
    --orders  lines of orders: invoice, item, time, customer, quantity, price
    --invoice, --item, --time, --customer
              columns of the orders, where they are called unlike anything known
    --k       people (sessions, where people are not known) behind every pair and
              prototype; 1 publishes sessions as they were, for evaluation only
    --budget  bytes of the artifact, of its files together; where the graph is cut into
              shards, of the core and any one of them: what one page downloads
    --shards  most shards by category, 1 to 32, into which a graph is cut that would not
              fit into the budget; auto: 32 from 20,000 items on, else 1, which is none
    --memory  what the database may hold (2GB); above it works on disk. The trainer
              takes at most 4 GB, most of it when the database is closed
    --threads of the database and of the fit; all there are
    --categories FILE           item, tab, category path: where shoppers go from each, what
                                the surroundings of a visit and its segment say of them;
                                without it those of --catalog
    --intent FILE --label NAME  a table of the engine's intent columns and who bought

reshelf inspect DIR | FILE.rsf [FILE.rsf …]
    Prints sections, bytes, k, counts and the report card of an artifact, or what is
    wrong with a file; of core and graph or shards together, and of each.

reshelf eval next-item --artifact DIR|FILE.rsf --test FILE --format FORMAT [--exclude-current] [--every N]
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
    Trains a model of readiness to buy on a table with a header, packs it, and
    measures the packed bytes on another table. Columns are numbers or texts; rows
    without the label are left out.

reshelf eval baskets --train FILE --test FILE [--catalog FILE] [--k 5] [--draws 1]
    Of each basket of the test orders hides one item and asks with another; prints
    hit rate and mean reciprocal rank at 10, beside popularity, co-occurrence and lift.
    Columns are named as for train --orders; titles are taken from --catalog, or from
    the orders themselves.

reshelf eval again --train FILE --test FILE [--catalog FILE] [--k 5]
    Of customers who come back: what of their first later basket was due, beside
    what they bought most often, then most lately.

reshelf eval rules --train FILE [--support 0.006] [--confidence 0.25]
    Association rules of two items among baskets, one a line, items between commas.

reshelf simulate sections|taste|tabs [--seed 1]
    Runs the engine in an invented world: how many of the clicks of an oracle its order of
    sections gets; whom its lists serve better and worse; whether each event of many tabs
    counts once.

Every FILE may be CSV, TSV, JSON or Parquet, plain or gzipped; what is left out of it is
said on stderr. FORMAT of sessions:
    events             SessionId, ItemId, Time (epoch seconds or dates), with a header;
                       with a column PersonId, --k counts people; with EventType, looks
                       are learned from, and what acts are worth by later purchases;
                       device, channel, locale and connection count where they are there
    session-lines      a session a line: ids separated by spaces, oldest first
    prefix-target      ids separated by spaces, a tab, the next id
    category-sessions  sessionId, categorys, items (lists with commas), with a header
`;

const EVALUATIONS = {
  "next-item": async () => (await import("../src/next-item.mjs")).nextItem,
  "baskets": async () => (await import("../src/baskets.mjs")).baskets,
  "again": async () => (await import("../src/again.mjs")).again,
  "rules": async () => (await import("../src/rules.mjs")).rules,
  "sections": async () => (await import("../src/sections.mjs")).sections,
  "bandit": async () => (await import("../src/bandit.mjs")).bandit,
  "intent": async () => (await import("../src/intent.mjs")).intent,
  "rerank": async () => (await import("../src/rerank.mjs")).rerank,
};

const say = text => process.stderr.write(`${text}\n`);

async function run([command, ...args]) {
  if (command === undefined || command === "help" || [command, ...args].some(arg => arg === "--help" || arg === "-h")) return process.stdout.write(HELP);
  const { Stop } = await import("../src/stop.mjs");
  try {
    if (command === "train") {
      const { train } = await import("../src/train.mjs");
      return process.stdout.write(`${JSON.stringify(await train(args))}\n`);
    }
    if (command === "inspect") {
      const { inspectFile } = await import("../src/inspect.mjs");
      return process.stdout.write(`${JSON.stringify(await inspectFile(args, say))}\n`);
    }
    const evaluation = command === "eval" && Object.hasOwn(EVALUATIONS, args[0]) && EVALUATIONS[args[0]];
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
