// `reshelf train`: sessions in, an artifact out.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesIn, readOptions, wholeNumber } from "./arguments.mjs";
import { Database, texts } from "./database.mjs";
import { ARTIFACT, Trainer } from "./engine.mjs";
import { compareInputs, readCatalog, readOrders, readSessions } from "./reading/inputs.mjs";

const OPTIONS = {
  sessions: { type: "string" },
  format: { type: "string" },
  k: { type: "string", default: "5" },
  budget: { type: "string", default: "300kB" },
  out: { type: "string" },
  catalog: { type: "string" },
  orders: { type: "string" },
  // Columns of the orders.
  invoice: { type: "string" },
  item: { type: "string" },
  time: { type: "string" },
  customer: { type: "string" },
};

/** Sessions of one person that count, the newest: who comes daily is one person. */
const MOST_SESSIONS = 5;

/** Sessions as the trainer takes them: each click goes to its place, so that nothing need be sorted. */
async function trainerOf(database) {
  const [ids] = await database.columns("SELECT item_id FROM items ORDER BY item", [texts]);
  const [[sessions, clicks]] = await database.rows("SELECT count(*), coalesce(sum(places), 0) FROM sessions");
  const [lengths, people, days] = [new Uint32Array(Number(sessions)), new Uint32Array(Number(sessions)), new Int32Array(Number(sessions))];
  await database.chunksOf("training-sessions", {}, (numbers, places, persons, when) => {
    numbers.forEach((session, at) => {
      lengths[session] = places[at];
      people[session] = persons[at];
      days[session] = when[at];
    });
  });
  const starts = new Uint32Array(lengths.length);
  for (let session = 1; session < starts.length; session++) starts[session] = starts[session - 1] + lengths[session - 1];
  const items = new Uint32Array(Number(clicks));
  await database.chunksOf("training-clicks", {}, (numbers, places, clicked) => {
    numbers.forEach((session, at) => (items[starts[session] + places[at] - 1] = clicked[at]));
  });
  return new Trainer(ids, lengths, people, days, items);
}

/** Trains; `say` takes a line of progress. Resolves to the report card. */
export async function train(args, say) {
  const options = readOptions(args, OPTIONS, ["sessions", "format", "out"]);
  const k = wholeNumber("k", options.k, 1);
  const budget = bytesIn("budget", options.budget);
  const { invoice, item, time, customer } = options;
  say(`reading ${options.sessions}`);
  const database = await Database.open();
  await readSessions(database, options.sessions, options.format, MOST_SESSIONS);
  if (options.catalog) await readCatalog(database, options.catalog);
  if (options.orders) await readOrders(database, options.orders, { invoice, item, time, customer });
  await compareInputs(database, Object.keys(options));
  database.report.lines.forEach(say);
  const trainer = await trainerOf(database);
  say("counting pairs");
  await database.chunksOf("pairs", { k, before: trainer.before() }, (...columns) => trainer.addPairs(...columns));
  database.close();
  say("fitting and packing");
  const card = trainer.train(k, budget);
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, ARTIFACT), trainer.takeBytes());
  trainer.free();
  return { ...card, data: database.report.json };
}
