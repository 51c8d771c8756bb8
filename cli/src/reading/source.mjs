// A file of any kind as one view, `source`: the columns we look for, under our
// names, as text (lists as lists of text), and `line`, the number of the row.
// Must not live here: what the values mean, which is SQL's.
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Stop } from "../stop.mjs";
import { isHeader, matchColumns } from "./columns.mjs";
import { kindOf } from "./file-kind.mjs";
import { readFeed } from "./merchant-feed.mjs";

const literal = text => `'${text.replaceAll("'", "''")}'`;
const quoted = name => `"${name.replaceAll('"', '""')}"`;

/** Names of columns, each once: exports repeat them, and leave them empty. */
function distinct(names) {
  const seen = new Map();
  return names.map((name, at) => {
    const base = name.trim() || `column ${at + 1}`;
    const times = seen.get(base.toLowerCase()) ?? 0;
    seen.set(base.toLowerCase(), times + 1);
    return times === 0 ? base : `${base} (${times + 1})`;
  });
}

/**
 * A text with columns. It is read strictly: a lenient reader drops what is too
 * much in a row, and all that follows an open quote, without a word. Rows that do not fit the header are left out, counted by
 * the database and told in the report.
 */
function textTable(path, { gzipped, encoding, delimiter, line, cells: found, quoted: isQuoted }, wanted, { wholeLines = false }) {
  const separator = wholeLines ? "\u0001" : delimiter;
  const quote = isQuoted && !wholeLines ? "quote = '\"', escape = '\"'" : "quote = '', escape = ''";
  const shape = `delim = ${literal(separator)}, ${quote}, compression = '${gzipped ? "gzip" : "none"}', encoding = '${encoding}'`;
  const cells = wholeLines ? ["items"] : found;
  const header = isHeader(wholeLines ? [line] : cells, wanted);
  const names = distinct(header ? cells : Object.keys(wanted).slice(0, cells.length));
  const columns = names.map(name => `${literal(name)}: 'VARCHAR'`).join(", ");
  const rest = `auto_detect = false, header = ${header}, ignore_errors = true, store_rejects = true`;
  return `read_csv(${literal(path)}, columns = {${columns}}, ${shape}, ${rest})`;
}

/** A compressed file that was cut off is read without a word, as far as it goes. */
async function checkWhole(path, what) {
  try {
    await pipeline(createReadStream(path), createGunzip(), new Writable({ write: (_chunk, _encoding, done) => done() }));
  } catch (error) {
    throw new Stop(`${what}: '${path}' is cut off or damaged (${error.message}).`);
  }
}

/** A Parquet file is read at random places, so a compressed one is unpacked first. */
async function unpacked(database, path) {
  const folder = mkdtempSync(join(tmpdir(), "reshelf-"));
  database.whenClosed(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "unpacked.parquet");
  await pipeline(createReadStream(path), createGunzip(), createWriteStream(file));
  return file;
}

async function tableOf(database, path, kind, wanted, options) {
  if (kind.kind === "text") return textTable(path, kind, wanted, options);
  if (kind.kind === "parquet") return `read_parquet(${literal(kind.gzipped ? await unpacked(database, path) : path)})`;
  if (kind.kind === "json") return `read_json(${literal(path)}, sample_size = -1, compression = '${kind.gzipped ? "gzip" : "uncompressed"}')`;
  if (!options.feed) throw new Stop(`${options.what}: it is XML, which only a catalogue may be.`);
  return readFeed(database, path, kind, wanted);
}

/** The SQL of a value as text; of a whole number that a file holds as a float, without its `.0`. */
function asText(column, type) {
  if (column === undefined) return "CAST(NULL AS VARCHAR)";
  const name = quoted(column);
  // Trimming takes longer than all else; few texts need it.
  if (type === "VARCHAR") return `CASE WHEN ${name} = '' OR starts_with(${name}, ' ') OR ends_with(${name}, ' ') THEN nullif(trim(${name}), '') ELSE ${name} END`;
  if (type === "JSON") return `nullif(trim(${name} ->> '$'), '')`;
  const text = `CAST(${name} AS VARCHAR)`;
  return /^(DOUBLE|FLOAT)/.test(type) ? `regexp_replace(${text}, '\\.0$', '')` : text;
}

/** The SQL of a list of texts: a list, or a text that is split. */
function asList(column, type, separator) {
  if (column === undefined) return "CAST(NULL AS VARCHAR[])";
  if (type.endsWith("[]")) return `CAST(${quoted(column)} AS VARCHAR[])`;
  const split = text => `string_split_regex(${text}, ${literal(separator)})`;
  if (type !== "JSON") return split(asText(column, type));
  return `CASE json_type(${quoted(column)}) WHEN 'ARRAY' THEN CAST(${quoted(column)} AS VARCHAR[]) ELSE ${split(asText(column, type))} END`;
}

/**
 * Opens `path` as the view `source` with the `wanted` columns (see `columns`).
 * `options`: `what` starts a message about the file, `named` are columns that the
 * caller named, `wholeLines` a text without columns, `feed` whether XML is accepted,
 * `lines: false` leaves the number of the row out, which takes one core to count.
 */
export async function openSource(database, path, wanted, options) {
  const kind = kindOf(path);
  if (kind.gzipped) await checkWhole(path, options.what);
  const table = await tableOf(database, path, kind, wanted, options);
  const rows = await database.rows(`DESCRIBE SELECT * FROM ${table}`);
  const types = new Map(rows.map(([name, type]) => [name, type]));
  const matched = matchColumns([...types.keys()], wanted, options.what, options.named);
  const columns = Object.entries(wanted).map(([ours, { list }]) => {
    const column = matched[ours];
    const value = list ? asList(column, types.get(column), list) : asText(column, types.get(column));
    return `${value} AS ${ours}`;
  });
  await database.execute(`CREATE OR REPLACE TEMP VIEW source AS SELECT ${columns.join(", ")}${options.lines === false ? "" : ", row_number() OVER () AS line"} FROM ${table}`);
}
