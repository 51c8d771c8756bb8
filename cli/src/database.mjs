// The database: DuckDB in memory, the SQL of cli/sql, and what was noticed about
// the data. Must not live here: how a file is read (`reading/`), or what is done
// with the rows.
import { DuckDBInstance } from "@duckdb/node-api";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataReport } from "./reading/data-report.mjs";
import { readSessions } from "./reading/inputs.mjs";

const sql = name => readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), "utf8");

/** An SQL literal; parameters cannot stand where a table function wants a file. */
const literal = value => (typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value));

const bind = (text, values) => text.replace(/\$(\w+)/g, (_, name) => literal(values[name]));

/** The statements of a file of cli/sql, for other databases. */
export const statementsOf = (name, values = {}) =>
  bind(sql(name), values)
    .replace(/--.*/g, "")
    .split(";")
    .map(text => text.trim())
    .filter(text => text !== "");

export class Database {
  #instance;
  #connection;
  #closing = [];
  report = new DataReport();

  /**
   * An empty database. Above `memory` it works in a temporary folder, which is slow;
   * `threads` is by default what the machine has.
   */
  static async open({ memory = "2GB", threads } = {}) {
    const database = new Database();
    const folder = mkdtempSync(join(tmpdir(), "reshelf-"));
    database.whenClosed(() => rmSync(folder, { recursive: true, force: true }));
    database.#instance = await DuckDBInstance.create(":memory:", {
      memory_limit: memory,
      temp_directory: folder,
      ...(threads !== undefined && { threads: String(threads) }),
    });
    database.#connection = await database.#instance.connect();
    // What a time with a zone is as text must not depend on where this runs.
    await database.execute("SET TimeZone = 'UTC'");
    await database.run("values");
    return database;
  }

  /** A database with the clicks of a file in it, and all sessions of everybody; `say` is told what was left out. */
  static async of(file, format, say = () => {}) {
    const database = await Database.open();
    await readSessions(database, file, format);
    database.tell(say);
    return database;
  }

  /** Says what was noticed about the data since the last time. */
  tell(say) {
    this.report.lines.forEach(line => say(line));
    this.report = new DataReport();
  }

  /** Runs a file of cli/sql. */
  async run(name, values = {}) {
    await this.execute(bind(sql(name), values));
  }

  /** Runs a text of SQL. */
  async execute(text) {
    await this.#connection.run(text);
  }

  /** The rows of a query, as arrays of plain values. */
  async rows(text) {
    return (await this.#connection.runAndReadAll(text)).getRowsJS();
  }

  /** The rows of a file of cli/sql. */
  rowsOf(name, values = {}) {
    return this.rows(bind(sql(name), values));
  }

  /** Columns of a query, each into the array that `arrays` makes of its values. */
  async columns(text, arrays) {
    const reader = await this.#connection.runAndReadAll(text);
    const columns = reader.getColumns();
    return arrays.map((make, at) => make(columns[at] ?? []));
  }

  /** The columns of a query by their names, each a list of texts and nulls. */
  async tableOf(text) {
    const reader = await this.#connection.runAndReadAll(text);
    const columns = reader.getColumns();
    return new Map(reader.columnNames().map((column, at) => [column, columns[at] ?? []]));
  }

  /** The columns of a file of cli/sql. */
  columnsOf(name, values, arrays) {
    return this.columns(bind(sql(name), values), arrays);
  }

  /**
   * Hands the columns of a file of cli/sql to `take` as typed arrays, some thousand
   * rows at a time; the arrays are the database's own, and gone after the call. On a
   * connection of its own, so that two can be read at once.
   */
  async chunksOf(name, values, take) {
    const connection = await this.#instance.connect();
    try {
      const result = await connection.stream(bind(sql(name), values));
      for (let chunk = await result.fetchChunk(); chunk?.rowCount > 0; chunk = await result.fetchChunk()) {
        take(...Array.from({ length: chunk.columnCount }, (_, at) => chunk.getColumnVector(at).items));
      }
    } finally {
      connection.closeSync();
    }
  }

  /** Fills a table row by row. */
  appender(table) {
    return this.#connection.createAppender(table);
  }

  /** Runs `work` when the database is closed. */
  whenClosed(work) {
    this.#closing.push(work);
  }

  close() {
    this.#connection?.closeSync();
    this.#instance?.closeSync();
    this.#connection = this.#instance = undefined;
    for (const work of this.#closing.splice(0)) work();
  }
}

export const unsigned = values => Uint32Array.from(values);
export const signed = values => Int32Array.from(values);
export const floats = values => Float64Array.from(values);
export const texts = values => Array.from(values);
