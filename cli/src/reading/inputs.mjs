// The three inputs of a training: sessions, a catalogue, orders. Each ends as
// tables, with a word about every row that was left out. Must not live here: how
// files are opened (`source`), and what values mean (SQL).
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
  const pattern = "^(\\d{1,2})[/-]\\d{1,2}[/-]\\d{4}";
  const [first] = await database.rows("SELECT time FROM source WHERE time IS NOT NULL LIMIT 1");
  if (first === undefined || !new RegExp(pattern).test(first[0])) return false;
  const [[found]] = await database.rows(`SELECT bool_or(TRY_CAST(regexp_extract(time, '${pattern}', 1) AS INTEGER) > 12) FROM source`);
  return found ?? false;
}

/** Opens a file and fills the tables of `name` from it. */
async function read(database, name, path, wanted, options, fill) {
  const what = `${path} could not be read as ${options.as}`;
  try {
    await openSource(database, path, wanted, { what, ...options });
    await fill();
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(`${what}: ${error.message.split("\n")[0]}`);
  }
  const rejects = await database.rows(
    "SELECT count(DISTINCT line), arg_min(concat('row ', line - 1, ': ', left(csv_line, 60)), line, 3) FROM reject_errors",
  ).catch(() => []);
  await database.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans");
  const [[rows, examples]] = rejects.length > 0 ? rejects : [[0, []]];
  return { rows, examples };
}

async function report(database, name, { rows, examples }, all, kept) {
  database.report.count(name, all, kept);
  database.report.rejected(name, "that do not fit the header or leave a quote open", rows, examples ?? []);
  // What is whole needs no look for what is wrong with it.
  const checked = name === "sessions" && kept === all ? [] : await database.rowsOf(`check-${name}`);
  for (const [problem, dropped, count, examples] of checked) {
    database.report.note(name, problem, { count, dropped, examples });
  }
}

const count = async (database, text) => Number((await database.rows(`SELECT count(*) FROM ${text}`))[0][0]);

/** More sessions than anybody has. */
const ALL = 0x7fff_ffff;

/**
 * Keeps what is no look apart, in the table `acts`: it says what acts are worth, and
 * not what is looked at next. A file of purchases alone is learned from as it is.
 */
async function separateActs(database, withOrders) {
  const [[looks, others]] = await database.rows("SELECT count(*) FILTER (kind = 1), count(*) FILTER (kind <> 1) FROM raw");
  if (looks === 0n || (others === 0n && !withOrders)) return;
  await database.run("acts");
  database.report.note("sessions", "that are no looks: they say what acts are worth, not what is looked at next", { count: others });
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
  const rejected = await read(database, "sessions", path, wanted, { as: format, wholeLines, lines: format !== "events" }, async () => {
    if (format === "events") await database.run("read-events", { day_first: await dayFirst(database) });
    else await database.run("read-lists");
  });
  const [[all, kept, by_line]] = await database.rowsOf("count-raw");
  await report(database, "sessions", rejected, all, kept);
  if (kept < all) await database.execute("DELETE FROM written WHERE session_id IS NULL OR item_id IS NULL OR clicked_at IS NULL");
  if (format === "events") await separateActs(database, orders);
  await database.run("clicks", { most_sessions: most, by_line });
  if (contexts && format === "events") {
    // Dates alone say nothing of the hour.
    const [[hours]] = await database.rows("SELECT coalesce(bool_or(clicked_at % 86400 <> 0), false) FROM raw");
    await database.run("contexts", { hours });
  }
  const [[beyond, examples]] = await database.rows(
    "SELECT coalesce(sum(ended.places), 0), min(concat('session ', session_id), 3) FROM ended ANTI JOIN numbered USING (session_id)",
  );
  database.report.drop("sessions", `of people with more than ${most} sessions, from their older ones`, beyond, examples ?? []);
  await database.execute("DROP VIEW raw; DROP TABLE written; DROP TABLE ended; DROP TABLE numbered");
}

/** Reads a catalogue into the table `catalog`. */
export async function readCatalog(database, path) {
  const rejected = await read(database, "catalog", path, COLUMNS.catalog, { as: "a catalogue", feed: true }, () => database.run("read-catalog"));
  await report(database, "catalog", rejected, await count(database, "catalog_rows"), await count(database, "catalog"));
  await database.execute("DROP TABLE catalog_rows");
}

/** Reads order lines into the table `orders`; `named` are columns that the caller named. */
export async function readOrders(database, path, { invoice, item, time, customer }) {
  const named = { invoice, item, time, customer };
  const rejected = await read(database, "orders", path, COLUMNS.orders, { as: "orders", named }, async () => {
    // Without a column of times, all is of one day.
    const [[timed]] = await database.rows("SELECT count(time) > 0 FROM source");
    await database.run("read-orders", { timed, day_first: await dayFirst(database) });
  });
  await report(database, "orders", rejected, await count(database, "order_rows"), await count(database, "orders"));
  await database.execute("DROP TABLE order_rows");
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
