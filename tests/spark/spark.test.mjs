// The SQL that numbers clicks and orders and counts pairs, on DuckDB and on Apache
// Spark: the same statements, the same rows. A shop that outgrows one machine can run the
// second half of a training where its data lies.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { Database, statementsOf } from "../../cli/src/database.mjs";
import { sparkPython } from "../../scripts/setup.mjs";
import { visits } from "../cli/command.mjs";

/** Clicks of people who come often, in sessions of up to sixty, some at one time, some twice. */
function clicks(daily) {
  const rows = [];
  visits(2_000, 5).forEach((items, session) => {
    const all = session % 50 === 0 ? visits(20, session + 1).flat() : items;
    const person = session % 3 === 0 ? null : `person-${session % 173}`;
    all.forEach((item, at) => {
      const time = 1_600_000_000 + session * 61 + at - (at % 5 === 4 ? 1 : 0);
      rows.push([`s${(session * 7919) % 2_000}`, item, person, daily ? Math.floor(time / 86_400) * 86_400 : time + 0.25]);
    });
  });
  // An id with letters beyond ASCII: both must sort by bytes.
  return [...rows, ["s-é", "sku-ß", null, 1_600_000_000], ["s-é", "sku-z", null, 1_600_000_000], ["s-é", "Sku-1", null, 1_600_000_000]];
}

/** What is sold, and baskets of it: people who come back and people who are not known, refunds, items that are no longer listed. */
function catalogueAndOrders() {
  const shelves = ["Home > Candles", "Home > Kitchen", "Garden", "Stationery", null];
  const ids = [...new Set(visits(2_000, 5).flat())].sort();
  const items = ids.slice(0, -5).map((item, at) => [item, shelves[at % 5], at % 4 === 3 ? null : `brand ${at % 7}`, 1 + (at % 40) / 4, `Item ${at}`]);
  const lines = visits(1_500, 9).flatMap((basket, order) => {
    const person = order % 4 === 0 ? null : `person ${order % 211}`;
    return basket.map((item, at) => [person, `5${order}`, item, 1_600_000_000 + order * 7_200, order % 40 === 0 ? -1 : 1 + (at % 3), 2.5]);
  });
  return [[...items, ["sku-ß", "Home > Düfte", "Ärmel", 3, "Duft"]], lines];
}

const TABLES = {
  items: "SELECT item, item_id FROM items",
  sessions: "SELECT session, session_id, person, day, places FROM sessions",
  clicks: "SELECT session, place, person, item, places FROM clicks",
  pairs: "SELECT pair, support, up, down, support_before, up_before, down_before FROM pairs",
};

/** The statements of both databases. */
const statements = (daily, k) => [
  ...statementsOf("clicks", { most_sessions: 5, by_line: daily }),
  ...statementsOf("pairs", { k, before: 900 }).map(select => `CREATE TABLE pairs AS ${select}`),
];

function spark(job, folder) {
  const path = join(folder, "job.json");
  writeFileSync(path, JSON.stringify(job));
  const script = fileURLToPath(new URL("run.py", import.meta.url));
  const { status, stderr } = spawnSync(sparkPython, [script, path], { encoding: "utf8", timeout: 300_000, env: { ...process.env, SPARK_LOCAL_IP: "127.0.0.1" } });
  assert.equal(status, 0, stderr);
}

/** Runs the statements in both and compares every row of every result. */
async function compare(t, database, { statements, results }) {
  const folder = mkdtempSync(join(tmpdir(), "reshelf-spark-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const tables = {};
  for (const [name] of await database.rows("SELECT table_name FROM duckdb_tables()")) {
    tables[name] = join(folder, `${name}.parquet`);
    await database.execute(`COPY ${name} TO '${tables[name]}' (FORMAT parquet)`);
  }
  for (const statement of statements) await database.execute(statement);
  spark({
    warehouse: join(folder, "warehouse"),
    tables,
    statements,
    results: Object.fromEntries(Object.entries(results).map(([name, { query }]) => [query, join(folder, name)])),
  }, folder);
  for (const [name, { query, rows }] of Object.entries(results)) {
    const ours = await database.rows(`SELECT * FROM (${query}) ORDER BY ALL`);
    const theirs = await database.rows(`SELECT * FROM read_parquet('${join(folder, name)}/*.parquet') ORDER BY ALL`);
    assert.ok(ours.length >= rows, `${name} has ${ours.length} rows`);
    assert.equal(theirs.length, ours.length, name);
    // As text: a column may be wider in one of them.
    assert.deepEqual(theirs.map(String), ours.map(String), name);
  }
}

/** What people did, most of it with things of the catalogue: views, baskets and purchases over a month. */
const acts = items => visits(1_500, 13).flatMap((looked, session) => looked.map((item, at) => {
  const kind = [1, 1, 1, 4, 5, 6, 7][(session + at * 3) % 7];
  return [`person ${session % 211}`, items[(at + session) % items.length][0] ?? item, kind, 1_600_000_000 + session * 1_900 + at * 41 + 0.5];
}));

const text = value => (value === null ? "NULL" : typeof value === "number" ? value : `'${value}'`);
const fill = (database, table, rows) => database.execute(`INSERT INTO ${table} VALUES ${rows.map(row => `(${row.map(text)})`)}`);

async function databaseOf(t, daily) {
  const database = await Database.open();
  t.after(() => database.close());
  await database.execute("CREATE TABLE raw (session_id VARCHAR, item_id VARCHAR, person_id VARCHAR, clicked_at DOUBLE, line BIGINT)");
  await fill(database, "raw", clicks(daily).map((row, line) => [...row, line]));
  return database;
}

for (const [name, daily, k] of [["times to the second", false, 1], ["days alone, three people", true, 3]]) {
  test(`every row is the same on DuckDB and on Spark: ${name}`, async t => {
    const results = Object.fromEntries(Object.entries(TABLES).map(([table, query]) => [table, { query, rows: 100 }]));
    await compare(t, await databaseOf(t, daily), { statements: statements(daily, k), results });
  });
}

test("every row is the same on DuckDB and on Spark: orders and a catalogue", async t => {
  const database = await databaseOf(t, false);
  const [items, orders] = catalogueAndOrders();
  await database.execute("CREATE TABLE catalog (item VARCHAR, category VARCHAR, brand VARCHAR, price DOUBLE, title VARCHAR)");
  await database.execute("CREATE TABLE orders (person VARCHAR, invoice VARCHAR, item VARCHAR, seconds BIGINT, quantity DOUBLE, price DOUBLE)");
  await fill(database, "catalog", items);
  await fill(database, "orders", orders);
  await database.execute("CREATE TABLE acts (person VARCHAR, item_id VARCHAR, kind INTEGER, happened_at DOUBLE)");
  await fill(database, "acts", acts(items));
  const result = (name, rows) => [name, { query: statementsOf(name, { k: 2 })[0], rows }];
  await compare(t, database, {
    statements: [...statementsOf("clicks", { most_sessions: 5, by_line: false }), ...statementsOf("stock")],
    results: {
      stock: { query: "SELECT item, category, brand, price, title FROM stock", rows: 100 },
      bought: { query: "SELECT basket, item, category, person, day, buyer FROM bought", rows: 1_000 },
      ...Object.fromEntries([result("order-items", 100), result("order-pairs", 100), result("order-needs", 2), result("order-repeats", 4), result("event-weights", 5)]),
    },
  });
});
