// What a command reads: sessions, a catalogue, orders, categories of items, and tables
// of any columns. Each ends as tables, with a word about every row that was left out.
// Must not live here: how files are opened (`source`), and what values mean (SQL).
import { Stop } from "../stop.mjs";
import { COLUMNS } from "./columns.mjs";
import { openSource } from "./source.mjs";

export const FORMATS = ["events", "session-lines", "prefix-target", "category-sessions"];

/** Options that name columns of the orders, where they are called unlike anything known. */
export const ORDER_OPTIONS = {
  invoice: { type: "string" },
  item: { type: "string" },
  time: { type: "string" },
  customer: { type: "string" },
};

/** Whether dates such as 13/02/2026 have the day first: told by one that cannot be a month. */
async function dayFirst(database) {
  const pattern = "^(\\d{1,2})[/-]\\d{1,2}[/-](\\d{4}|\\d\\d)\\b";
  const [first] = await database.rows("SELECT time FROM source WHERE time IS NOT NULL LIMIT 1");
  if (first === undefined || !new RegExp(pattern).test(first[0])) return false;
  const [[found]] = await database.rows(`SELECT bool_or(TRY_CAST(regexp_extract(time, '${pattern}', 1) AS INTEGER) > 12) FROM source`);
  return found ?? false;
}

/** Whether amounts have a decimal comma: if some do, and none has a decimal point. */
async function decimalComma(database, columns) {
  const of = pattern => `coalesce(bool_or(regexp_matches(number_in(written), '${pattern}')), false)`;
  const [[found]] = await database.rows(`SELECT ${of(",\\d{1,2}$")} AND NOT ${of("\\.\\d{1,2}$")} FROM (SELECT unnest([${columns}]) AS written FROM source)`);
  return found;
}

/** Rows that the reader refused: how many, the first ones, and in `refused` where each stood. */
async function takeRejects(database, header) {
  const found = await database.rows("SELECT table_name FROM duckdb_tables() WHERE table_name = 'reject_errors'");
  if (found.length === 0) return { rows: 0, examples: [] };
  const [[rows, examples]] = await database.rowsOf("refused-rows", { first: header ? 1 : 0 });
  await database.run("refused", { first: header ? 1 : 0 });
  await database.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans");
  return { rows: Number(rows), examples: examples ?? [] };
}

/**
 * Opens a file and fills tables from it; `options` are those of `openSource`. `rows` is
 * the table of the rows as they stand, if it has their numbers. Resolves to the columns
 * of the file and what is to be told of it.
 */
async function read(database, path, wanted, options, fill, rows) {
  const { as = options.input, ...others } = options;
  const what = `${path} could not be read as ${as}`;
  try {
    const { header, columns, notes } = await openSource(database, path, wanted, { what, ...others });
    await fill(columns);
    const rejects = await takeRejects(database, header);
    if (rejects.rows > 0 && rows) await database.run("move-rows", { rows });
    return { columns, notes, rejects };
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(`${what}: ${error.message.split("\n")[0]}`);
  }
}

/** Tells of an input what was found; `check` is the SQL that says what is wrong with it, if there may be something. */
async function report(database, name, { notes, rejects }, all, kept, check) {
  database.report.count(name, all, kept);
  for (const { problem, ...note } of notes) database.report.note(name, problem, note);
  database.report.rejected(name, "that do not fit the header or leave a quote open", rejects.rows, rejects.examples);
  for (const [problem, dropped, count, examples] of check ? await database.rowsOf(check) : []) {
    database.report.note(name, problem, { count, dropped, examples });
  }
}

const count = async (database, text) => Number((await database.rows(`SELECT count(*) FROM ${text}`))[0][0]);

/** Clicks among which repetitions are looked for: all of ten million would take a twentieth of the training. */
const LOOKED_AT = 1_000_000;

/** Notes clicks that stand twice. They are kept: who knows whether an export is to blame. */
async function noteRepeats(database, rows) {
  const parts = Math.max(1, Math.ceil(Number(rows) / LOOKED_AT));
  const [[count, examples]] = await database.rowsOf("repeated-clicks", { parts });
  const where = parts > 1 ? ` (in one of ${parts} parts of the sessions; the others were not looked at)` : "";
  database.report.note("sessions", `that repeat a click of the same session, item and time${where}`, { count, examples: examples ?? [] });
}

/** More sessions than anybody has. */
const ALL = 0x7fff_ffff;

/** Acts to a look above which looks are not what a file is of: shops have many looks to an act. */
const FEW_LOOKS = 9n;

/**
 * Keeps what is no look apart, in the table `acts`: it says what acts are worth, and
 * not what is looked at next. Only where looks are named in numbers, too: a column `type` may say
 * what a thing is (bags, baskets), and purchases beside returns are all there is to learn from.
 */
async function separateActs(database, withOrders) {
  const [[looks, acts, unnamed, names]] = await database.rows(
    "SELECT count(*) FILTER (kind = 1), count(*) FILTER (kind <> 1), count(unnamed), min(DISTINCT unnamed, 3) FROM raw",
  );
  const note = (problem, count, examples) => database.report.note("sessions", problem, { count, examples });
  note("that do not say by a known name what was done: they count as looks", unnamed, names ?? []);
  if (acts > 0n && looks * FEW_LOOKS < acts) return note("that name an act, in a file that names hardly a look: all are learned from alike", acts);
  if (acts === 0n && !withOrders) return;
  await database.run("acts");
  note("that are no looks: they say what acts are worth, not what is looked at next", acts);
}

/**
 * Reads sessions into the tables `items`, `sessions` and `clicks`; of each person
 * the newest `most` sessions. With `contexts` also the table of these: facts of each
 * session, where the file has times; with `orders`, `acts` also where all are looks.
 */
export async function readSessions(database, path, format, { most = ALL, contexts = false, orders = false } = {}) {
  if (!FORMATS.includes(format)) throw new Stop(`--format must be one of ${FORMATS.join(", ")}, not '${format}'.`);
  const wanted = structuredClone(COLUMNS[format]);
  const wholeLines = format === "session-lines";
  // A file of that name has its ids between commas.
  if (wholeLines && /\.csv(\.gz)?$/i.test(path)) wanted.items.list = '[\\s,;"]+';
  const isEvents = format === "events";
  const found = await read(database, path, wanted, { input: format, wholeLines, lines: !isEvents }, async ({ session }) => {
    if (isEvents) {
      await database.run("read-events", { day_first: await dayFirst(database) });
      if (session === undefined) await database.run("make-sessions");
    } else await database.run("read-lists", { aimed: wanted.target.required ?? false });
  }, isEvents ? undefined : "lists");
  if (isEvents && found.rejects.rows > 0) await database.run("move-clicks");
  const [[all, kept, by_line]] = await database.rowsOf("count-raw");
  if (isEvents) {
    const isMade = found.columns.session === undefined;
    database.report.note("sessions", "without sessions: what one person did without a pause of half an hour is one", { count: isMade ? 1 : 0, unit: "file" });
    // What is whole needs no look for what is wrong with it.
    await report(database, "sessions", found, all, kept, kept === all ? undefined : "check-sessions");
    if (kept < all) await database.execute("DELETE FROM written WHERE session_id IS NULL OR item_id IS NULL OR clicked_at IS NULL");
    if (found.columns.kind !== undefined || orders) await separateActs(database, orders);
    // Where no more than the day is known, one item twice is nothing odd.
    if (!by_line) await noteRepeats(database, kept);
  } else {
    await report(database, "sessions", found, await count(database, "lists"), await count(database, "lists WHERE left_out IS NULL"), "check-lists");
    await database.execute("DROP TABLE lists");
  }
  await database.run("clicks", { most_sessions: most, by_line });
  if (contexts && isEvents) {
    // Dates alone say nothing of the hour.
    const [[hours]] = await database.rows("SELECT coalesce(bool_or(clicked_at % 86400 <> 0), false) FROM raw");
    await database.run("contexts", { hours });
  }
  // As many of both, and nobody has too many: then it need not be looked for whose.
  if ((await count(database, "ended")) > (await count(database, "numbered"))) {
    const [[beyond, examples]] = await database.rows(
      "SELECT coalesce(sum(ended.places), 0), min(concat('session ', session_id), 3) FROM ended ANTI JOIN numbered USING (session_id)",
    );
    database.report.drop("sessions", `of people with more than ${most} sessions, from their older ones`, beyond, examples ?? []);
  }
  await database.execute("DROP VIEW raw; DROP TABLE written; DROP TABLE ended; DROP TABLE numbered");
}

/** Reads a catalogue into the table `catalog`. */
export async function readCatalog(database, path) {
  const found = await read(database, path, COLUMNS.catalog, { input: "catalog", as: "a catalogue" }, async () => {
    await database.run("read-catalog", { decimal_comma: await decimalComma(database, ["price", "sale_price", "list_price"]) });
  }, "catalog_rows");
  await report(database, "catalog", found, await count(database, "catalog_rows"), await count(database, "catalog"), "check-catalog");
  await database.execute("DROP TABLE catalog_rows");
}

/** Reads order lines into the table `orders`; `named` are columns that the caller named. */
export async function readOrders(database, path, { invoice, item, time, customer }) {
  const named = { invoice, item, time, customer };
  const found = await read(database, path, COLUMNS.orders, { input: "orders", named }, async () => {
    // Without a column of times, all is of one day.
    const [[timed]] = await database.rows("SELECT count(time) > 0 FROM source");
    await database.run("read-orders", { timed, day_first: await dayFirst(database), decimal_comma: await decimalComma(database, ["quantity", "price"]) });
  }, "order_rows");
  await report(database, "orders", found, await count(database, "order_rows"), await count(database, "orders"), "check-orders");
  await database.execute("DROP TABLE order_rows");
}

/** Reads categories of items into the table `category_of`: item and category, the first of each item. */
export async function readCategories(database, path) {
  const found = await read(database, path, COLUMNS.categories, { input: "categories", as: "items and categories" }, () => database.run("read-categories"), "category_rows");
  await report(database, "categories", found, await count(database, "category_rows"), await count(database, "category_of"), "check-categories");
  await database.execute("DROP TABLE category_rows");
}

/** Reads baskets, one a line, into the table `orders`: of nobody in particular. */
export async function readBaskets(database, path) {
  const named = { items: "items" };
  const found = await read(database, path, COLUMNS.baskets, { input: "baskets", wholeLines: true, named }, () => database.run("read-baskets"), "basket_rows");
  await report(database, "baskets", found, await count(database, "basket_rows"), await count(database, "basket_rows WHERE len(items) > 0"), "check-baskets");
  await database.execute("DROP TABLE basket_rows");
}

/** Reads a log of rounds into the table `rounds`: item, position, click, propensity, line. */
export async function readLog(database, path) {
  const found = await read(database, path, COLUMNS.bandit, { input: "bandit", as: "a log" }, () => database.run("read-bandit-log"), "rounds");
  await report(database, "log", found, await count(database, "rounds"), await count(database, "rounds WHERE left_out IS NULL"), "check-bandit-log");
}

/** Reads a table with a header, whatever its columns are, into the table `whole`, all as texts; but for rows without a `label`. */
export async function readTable(database, path, label) {
  const found = await read(database, path, undefined, { as: "a table", lines: false }, () => database.execute("CREATE TABLE whole AS FROM source"));
  const names = (await database.rows("DESCRIBE whole")).map(([name]) => name);
  if (!names.includes(label)) throw new Stop(`${path} has no column '${label}'; it has ${names.join(", ")}.`);
  const rows = await count(database, "whole");
  const column = `"${label.replaceAll('"', '""')}"`;
  const [[unlabelled, first]] = await database.rows(`SELECT count(*), min(rowid + 1, 3) FROM whole WHERE ${column} IS NULL`);
  await database.execute(`DELETE FROM whole WHERE ${column} IS NULL`);
  await report(database, "table", found, rows, rows);
  database.report.drop("table", `without a ${label}`, unlabelled, (first ?? []).map(row => `row ${row}`));
}

/** Notes ids that only one of two inputs knows. Wants the tables `items` and `catalog`. */
export async function compareInputs(database, inputs) {
  const unknown = async (name, problem, from, than) => {
    const [[count, examples]] = await database.rows(
      `SELECT count(DISTINCT id), min(DISTINCT id, 3) FROM (SELECT ${from}) AS used(id) WHERE id NOT IN (SELECT ${than})`,
    );
    database.report.note(name, problem, { count, unit: "id", examples: examples ?? [] });
  };
  if (!inputs.includes("catalog")) return;
  const learned = inputs.includes("sessions");
  if (learned) await unknown("sessions", "that the catalogue does not have", "item_id FROM items", "item FROM catalog");
  if (inputs.includes("orders")) await unknown("orders", "that the catalogue does not have", "item FROM orders", "item FROM catalog");
  if (learned) await unknown("catalog", "that no session has", "item FROM catalog", "item_id FROM items");
}
