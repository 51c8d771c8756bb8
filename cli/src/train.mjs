// `reshelf train`: sessions in, an artifact out.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesIn, readOptions, wholeNumber } from "./arguments.mjs";
import { Database, floats, signed, texts, unsigned } from "./database.mjs";
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

async function trainerOf(database) {
  const [ids] = await database.columns("SELECT item_id FROM items ORDER BY item", [texts]);
  const [lengths, people, days] = await database.columns(
    `SELECT CAST(count(*) AS INTEGER), CAST(any_value(person) AS INTEGER), any_value(day)
     FROM clicks GROUP BY session ORDER BY session`,
    [unsigned, unsigned, signed],
  );
  const [items] = await database.columns("SELECT CAST(item AS INTEGER) FROM clicks ORDER BY session, place", [unsigned]);
  return new Trainer(ids, lengths, people, days, items);
}

async function countPairs(database, trainer, all, sessions) {
  const columns = await database.columnsOf("pairs", { sessions }, [unsigned, unsigned, unsigned, floats]);
  trainer.setPairs(all, ...columns);
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
  await countPairs(database, trainer, true, 0x7fff_ffff);
  await countPairs(database, trainer, false, trainer.before());
  database.close();
  say("fitting and packing");
  const card = trainer.train(k, budget);
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, ARTIFACT), trainer.takeBytes());
  trainer.free();
  return { ...card, data: database.report.json };
}
