// `reshelf train`: sessions, orders and a catalogue in, an artifact out.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesIn, readOptions, wholeNumber } from "./arguments.mjs";
import { CARD_BYTES, cardLines, cardOf } from "./card.mjs";
import { Database, texts } from "./database.mjs";
import { Trainer, VECTORS, splittingBytes } from "./engine.mjs";
import { fit } from "./fit.mjs";
import { filesOf, pageBytesOf, prepareFolder, writeFolder } from "./files.mjs";
import { MODEL_OPTIONS, modelsOf } from "./models.mjs";
import { Progress } from "./progress.mjs";
import { ORDER_OPTIONS, compareInputs, readCatalog, readOrders, readSessions } from "./reading/inputs.mjs";
import { emptyTables, giveStock, numberStock, vectorsOf } from "./stock.mjs";
import { Stop } from "./stop.mjs";

const OPTIONS = {
  sessions: { type: "string" },
  format: { type: "string" },
  k: { type: "string", default: "5" },
  budget: { type: "string", default: "300kB" },
  shards: { type: "string", default: "auto" },
  out: { type: "string" },
  memory: { type: "string", default: "2GB" },
  threads: { type: "string" },
  catalog: { type: "string" },
  orders: { type: "string" },
  ...ORDER_OPTIONS,
  ...MODEL_OPTIONS,
};

/** Sessions of one person that count, the newest: who comes daily is one person. */
const MOST_SESSIONS = 5;

/** A trainer that knows of the sessions, but not yet of their clicks. */
async function trainerOf(database) {
  const [ids] = await database.columns("SELECT item_id FROM items ORDER BY item", [texts]);
  const [[sessions]] = await database.rows("SELECT CAST(count(*) AS INTEGER) FROM sessions");
  const [lengths, people, days] = [new Uint32Array(sessions), new Uint32Array(sessions), new Int32Array(sessions)];
  await database.chunksOf("training-sessions", {}, (numbers, places, persons, when) => {
    numbers.forEach((session, at) => {
      lengths[session] = places[at];
      people[session] = persons[at];
      days[session] = when[at];
    });
  });
  return new Trainer(ids, lengths, people, days);
}

/** Most shards that the engine takes. */
const MOST_SHARDS = 32;

/** Clicks an item below which sessions say too little of most items. */
const THIN = 20;

/** Says so where the shop is too thin to learn from sessions alone. */
function warnOfThinness({ clicks, items, fallback }, say) {
  const each = clicks / Math.max(items, 1);
  if (each >= THIN) return;
  say(`${each.toFixed(1)} clicks an item: with fewer than ${THIN}, sessions say little of most items`);
  if (fallback > 0) say(`${(100 * fallback).toFixed(1)} % of the items have neighbours by their content alone`);
}

/** Part of the budget, 1 of so many, below which a core has left nothing worth mentioning to what goes with what. */
const LEAST_PART = 16;

/** Says so where the items themselves take the whole budget. */
function warnOfFullness(files, budget, say) {
  const [core, ...others] = files.map(({ content }) => content.length);
  if (others.length === 0 && core > budget) return say(`what no page can do without takes ${core} bytes: a --budget of ${budget} cannot be kept, and leaves no room for neighbours`);
  if (others.length === 0 || core < budget - budget / LEAST_PART) return;
  say(`the core, which no page can do without, takes ${core} bytes of a budget of ${budget}: a larger --budget leaves room for neighbours`);
}

/** Reads what there is into tables; the report says what is wrong with it. */
async function readInputs(database, progress, { sessions, format, catalog, orders, categories, ...columns }) {
  if (sessions) {
    progress.step(`reading ${sessions}`);
    await readSessions(database, sessions, format, { most: MOST_SESSIONS, contexts: Boolean(categories || catalog), orders: Boolean(orders) });
  }
  if (catalog) {
    progress.step(`reading ${catalog}`);
    await readCatalog(database, catalog);
  }
  if (orders) {
    progress.step(`reading ${orders}`);
    await readOrders(database, orders, columns);
  }
  await emptyTables(database);
  await compareInputs(database, [sessions && "sessions", catalog && "catalog", orders && "orders"].filter(Boolean));
  database.report.lines.forEach(line => progress.say(line));
  await numberStock(database);
}

/** Most shards, of which the engine takes 32; undefined where the size of the catalogue decides. */
function mostShards(text) {
  if (text === "auto") return undefined;
  const most = wholeNumber("shards", text, 1);
  if (most > MOST_SHARDS) throw new Stop(`--shards must be 'auto' or a number from 1 to ${MOST_SHARDS}; got ${text}.`);
  return most;
}

/** Fits, packs, and writes the files; resolves to the report card. */
async function pack(trainer, progress, { k, budget, shards, threads, paths, out, vectors, models }) {
  progress.step("fitting and packing");
  const room = Math.max(budget - CARD_BYTES - models.room - splittingBytes(), 0);
  const { bytes: packed, shards: cut, ...found } = await fit(trainer, { k, room, shards, threads });
  const told = { ...found, ...models.card, ...(cut.length > 0 && { shards: cut.length }) };
  const text = JSON.stringify({ ...cardOf({ ...told, bytes: packed }), bytes: undefined, bytesPerItem: undefined });
  trainer.addCard(text);
  const bytes = models.addTo(trainer.takeBytes());
  const files = filesOf(bytes, cut.map(({ items, categories }) => ({ items, categories: categories.map(number => paths[number] ?? null) })));
  progress.step(`writing ${files.map(({ file }) => join(out, file)).join(", ")}`);
  writeFolder(out, files);
  warnOfFullness(files, budget, line => progress.say(line));
  if (vectors) writeFileSync(join(out, VECTORS), trainer.packVectors(bytes, vectors.dimensions, vectors.values));
  trainer.free();
  return cardOf({ ...told, bytes: files.reduce((sum, { content }) => sum + content.length, 0), ...(cut.length > 0 && { pageBytes: pageBytesOf(files) }) });
}

/** Trains, and says how far it is. Resolves to the report card and that of the data. */
export async function train(args) {
  const options = readOptions(args, OPTIONS, ["out"]);
  const k = wholeNumber("k", options.k, 1);
  const budget = bytesIn("budget", options.budget);
  const shards = mostShards(options.shards);
  const { sessions, catalog, orders, out } = options;
  if (!sessions && !catalog && !orders) throw new Stop("Nothing to learn from: give --sessions, --orders, --catalog, or all of them.");
  if (sessions && !options.format) throw new Stop("Missing: --format, of the sessions. 'reshelf --help' shows what there is.");
  const memory = `${bytesIn("memory", options.memory, 2 ** 40)}B`;
  const threads = options.threads === undefined ? undefined : wholeNumber("threads", options.threads, 1);
  prepareFolder(out);
  const progress = new Progress([sessions, catalog, orders].filter(Boolean).length + 3);
  const database = await Database.open({ memory, threads });
  try {
    await readInputs(database, progress, options);
    progress.step("counting pairs");
    const trainer = await trainerOf(database);
    const counting = database.chunksOf("pairs", { k, before: trainer.before() }, (...columns) => trainer.addPairs(...columns));
    // Meanwhile: the database counts on threads of its own.
    const grouping = database
      .chunksOf("training-clicks", {}, (...columns) => trainer.addClicks(...columns))
      .then(() => trainer.group(k));
    await Promise.all([counting, grouping]);
    await giveStock(database, trainer, { k, catalog, orders });
    const vectors = await vectorsOf(database);
    const [ids] = await database.columns("SELECT item_id FROM items ORDER BY item", [texts]);
    // An artifact of nothing would take the place of a good one.
    if (ids.length === 0) throw new Stop("There is no item in what was given: nothing was written. What was left out, and why, stands above.");
    const models = await modelsOf(database, ids, options, { k, budget, say: line => progress.say(line) });
    const [paths] = await database.columns("SELECT path FROM categories ORDER BY category", [texts]);
    const data = database.report.json;
    // The trainer needs the memory.
    database.close();
    const card = await pack(trainer, progress, { k, budget, shards, threads, paths, out, vectors, models });
    cardLines(card).forEach(line => progress.say(line));
    warnOfThinness(card, line => progress.say(line));
    return { ...card, data };
  } finally {
    progress.end();
    database.close();
  }
}
