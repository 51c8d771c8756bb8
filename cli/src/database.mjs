// The database: DuckDB in memory, and the SQL of cli/sql. Must not live here:
// what is done with the rows.
import { DuckDBInstance } from "@duckdb/node-api";
import { existsSync, readFileSync } from "node:fs";
import { Stop } from "./stop.mjs";

export const FORMATS = ["events", "session-lines", "prefix-target", "category-sessions"];

const sql = name => readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), "utf8");

/** An SQL literal; parameters cannot stand where a table function wants a file. */
const literal = value => (typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`);

const bind = (text, values) => text.replace(/\$(\w+)/g, (_, name) => literal(values[name]));

export class Database {
  #connection;

  /** A database with nothing in it. */
  static async open() {
    const database = new Database();
    const instance = await DuckDBInstance.create(":memory:");
    database.#connection = await instance.connect();
    return database;
  }

  /** A database with the clicks of a file in it. */
  static async of(file, format) {
    if (!FORMATS.includes(format)) throw new Stop(`--format must be one of ${FORMATS.join(", ")}, not '${format}'.`);
    if (!existsSync(file)) throw new Stop(`There is no file ${file}.`);
    const database = await Database.open();
    try {
      await database.run(`read-${format}`, { file });
    } catch (error) {
      throw new Stop(`${file} could not be read as ${format}: ${error.message.split("\n")[0]}`);
    }
    await database.run("clicks");
    return database;
  }

  /** Runs a file of cli/sql. */
  async run(name, values = {}) {
    await this.#connection.run(bind(sql(name), values));
  }

  /** Columns of a query, each into the array that `arrays` makes of its length. */
  async columns(text, arrays) {
    const reader = await this.#connection.runAndReadAll(text);
    const columns = reader.getColumns();
    return arrays.map((make, at) => make(columns[at] ?? []));
  }

  /** The columns of a file of cli/sql by their names, each a list of texts and nulls. */
  async tableOf(name, values) {
    const reader = await this.#connection.runAndReadAll(bind(sql(name), values));
    const columns = reader.getColumns();
    return new Map(reader.columnNames().map((column, at) => [column, columns[at] ?? []]));
  }

  /** The columns of a file of cli/sql. */
  columnsOf(name, values, arrays) {
    return this.columns(bind(sql(name), values), arrays);
  }

  close() {
    this.#connection.closeSync();
  }
}

export const unsigned = values => Uint32Array.from(values);
export const signed = values => Int32Array.from(values);
export const floats = values => Float64Array.from(values);
export const texts = values => Array.from(values);
