// `reshelf train`: sessions in, an artifact out.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesIn, readOptions, wholeNumber } from "./arguments.mjs";
import { Database, floats, signed, texts, unsigned } from "./database.mjs";
import { ARTIFACT, Trainer } from "./engine.mjs";
import { MODEL_OPTIONS, modelsOf } from "./models.mjs";

const OPTIONS = {
  sessions: { type: "string" },
  format: { type: "string" },
  k: { type: "string", default: "5" },
  budget: { type: "string", default: "300kB" },
  out: { type: "string" },
  ...MODEL_OPTIONS,
};

async function trainerOf(database) {
  const [ids] = await database.columns("SELECT item_id FROM items ORDER BY item", [texts]);
  const [lengths, people, days] = await database.columns(
    `SELECT CAST(count(*) AS INTEGER), CAST(session AS INTEGER), any_value(day)
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
  say(`reading ${options.sessions}`);
  const database = await Database.of(options.sessions, options.format);
  const trainer = await trainerOf(database);
  say("counting pairs");
  await countPairs(database, trainer, true, 0x7fff_ffff);
  await countPairs(database, trainer, false, trainer.before());
  const [ids] = await database.columns("SELECT item_id FROM items ORDER BY item", [texts]);
  const models = await modelsOf(database, ids, options, k);
  database.close();
  say("fitting and packing");
  const card = trainer.train(k, Math.max(budget - models.room, 0));
  const bytes = models.addTo(trainer.takeBytes());
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, ARTIFACT), bytes);
  trainer.free();
  return { ...card, bytes: bytes.length };
}
