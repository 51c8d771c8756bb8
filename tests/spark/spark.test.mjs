// The SQL that numbers clicks and counts pairs, on DuckDB and on Apache Spark: the
// same statements, the same rows. A shop that outgrows one machine can run the
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

for (const [name, daily, k] of [["times to the second", false, 1], ["days alone, three people", true, 3]]) {
  test(`every row is the same on DuckDB and on Spark: ${name}`, async t => {
    const folder = mkdtempSync(join(tmpdir(), "reshelf-spark-"));
    t.after(() => rmSync(folder, { recursive: true }));
    const database = await Database.open();
    t.after(() => database.close());
    await database.execute("CREATE TABLE raw (session_id VARCHAR, item_id VARCHAR, person_id VARCHAR, clicked_at DOUBLE, line BIGINT)");
    const text = value => (value === null ? "NULL" : typeof value === "number" ? value : `'${value}'`);
    const rows = clicks(daily).map((row, line) => `(${row.map(text)}, ${line})`);
    await database.execute(`INSERT INTO raw VALUES ${rows}`);
    const raw = join(folder, "raw.parquet");
    await database.execute(`COPY raw TO '${raw}' (FORMAT parquet)`);

    for (const statement of statements(daily, k)) await database.execute(statement);
    spark({
      warehouse: join(folder, "warehouse"),
      tables: { raw },
      statements: statements(daily, k),
      results: Object.fromEntries(Object.entries(TABLES).map(([table, query]) => [query, join(folder, table)])),
    }, folder);

    for (const [table, query] of Object.entries(TABLES)) {
      const ours = await database.rows(`SELECT * FROM (${query}) ORDER BY ALL`);
      const theirs = await database.rows(`SELECT * FROM read_parquet('${join(folder, table)}/*.parquet') ORDER BY ALL`);
      assert.ok(ours.length > 100, table);
      assert.equal(theirs.length, ours.length, table);
      // As text: a column may be wider in one of them.
      assert.deepEqual(theirs.map(String), ours.map(String), table);
    }
  });
}
