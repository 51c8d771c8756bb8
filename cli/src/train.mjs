// `reshelf train`: sessions, orders and a catalogue in, an artifact out.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesIn, readOptions, wholeNumber } from "./arguments.mjs";
import { Database, floats, signed, texts, unsigned } from "./database.mjs";
import { ARTIFACT, Trainer, VECTORS } from "./engine.mjs";
import { compareInputs, readCatalog, readOrders, readSessions } from "./reading/inputs.mjs";
import { emptyTables, giveStock, numberStock, vectorsOf } from "./stock.mjs";
import { Stop } from "./stop.mjs";

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

/** Clicks an item below which sessions say too little of most items. */
const THIN = 20;

/** Says so where the shop is too thin to learn from sessions alone. */
function warnOfThinness({ clicks, items, fallback }, say) {
  const each = clicks / Math.max(items, 1);
  if (each >= THIN) return;
  say(`${each.toFixed(1)} clicks an item: with fewer than ${THIN}, sessions say little of most items`);
  if (fallback > 0) say(`${(100 * fallback).toFixed(1)} % of the items have neighbours by their content alone`);
}

/** Trains; `say` takes a line of progress. Resolves to the report card. */
export async function train(args, say) {
  const options = readOptions(args, OPTIONS, ["out"]);
  const k = wholeNumber("k", options.k, 1);
  const budget = bytesIn("budget", options.budget);
  const { invoice, item, time, customer, sessions, catalog, orders } = options;
  if (!sessions && !catalog && !orders) throw new Stop("Nothing to learn from: give --sessions, --orders, --catalog, or all of them.");
  if (sessions && !options.format) throw new Stop("Missing: --format, of the sessions. 'reshelf --help' shows what there is.");
  const database = await Database.open();
  if (sessions) {
    say(`reading ${sessions}`);
    await readSessions(database, sessions, options.format, MOST_SESSIONS);
  }
  if (catalog) await readCatalog(database, catalog);
  if (orders) await readOrders(database, orders, { invoice, item, time, customer });
  await emptyTables(database);
  await compareInputs(database, Object.keys(options));
  database.report.lines.forEach(say);
  await numberStock(database);
  const trainer = await trainerOf(database);
  say("counting pairs");
  await countPairs(database, trainer, true, 0x7fff_ffff);
  await countPairs(database, trainer, false, trainer.before());
  await giveStock(database, trainer, { k, catalog, orders });
  const vectors = await vectorsOf(database);
  database.close();
  say("fitting and packing");
  const card = trainer.train(k, budget);
  const bytes = trainer.takeBytes();
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, ARTIFACT), bytes);
  if (vectors) writeFileSync(join(options.out, VECTORS), trainer.packVectors(bytes, vectors.dimensions, vectors.values));
  trainer.free();
  warnOfThinness(card, say);
  return { ...card, data: database.report.json };
}
