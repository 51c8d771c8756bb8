// A file of any kind as one view, `source`: the columns we look for, under our
// names, as text (lists as lists of text), and `line`, the number of the row.
// Must not live here: what the values mean, which is SQL's.
import { matchColumns, namesOf } from "./columns.mjs";
import { kindOf } from "./file-kind.mjs";
import { readFeed } from "./merchant-feed.mjs";
import { plainFile } from "./plain-file.mjs";
import { Stop } from "../stop.mjs";

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
 * A text with columns: `{ table, header, guessed }`. It is read strictly: a lenient
 * reader drops what is too much in a row, and all that follows an open quote, without a
 * word. Rows that do not fit the header are left out, counted by the database and told
 * in the report.
 */
function textTable(path, { gzipped, delimiter, line, cells, quoted: isQuoted }, wanted, { input, named, wholeLines = false }) {
  const separator = wholeLines ? "\u0001" : delimiter;
  const quote = isQuoted && !wholeLines ? "quote = '\"', escape = '\"'" : "quote = '', escape = ''";
  const shape = `delim = ${literal(separator)}, ${quote}, compression = '${gzipped ? "gzip" : "none"}'`;
  const found = wholeLines ? [line] : cells;
  // Of a table that is read whole every column counts, by the name that it has.
  const { header, names, guessed } = wanted ? namesOf(found, input, wanted, named) : { header: true, names: found };
  const columns = distinct(wholeLines ? ["items"] : names).map(name => `${literal(name)}: 'VARCHAR'`).join(", ");
  const rest = `auto_detect = false, header = ${header}, ignore_errors = true, store_rejects = true`;
  return { table: `read_csv(${literal(path)}, columns = {${columns}}, ${shape}, ${rest})`, header, guessed };
}

async function tableOf(database, path, kind, wanted, options) {
  if (kind.kind === "text") return textTable(path, kind, wanted, options);
  if (kind.kind === "parquet") return { table: `read_parquet(${literal(path)})` };
  // Values of JSON as they are written: what looks like a time or a UUID may be an id.
  if (kind.kind === "json") return { table: `read_json(${literal(path)}, sample_size = -1, maximum_depth = 1, compression = '${kind.gzipped ? "gzip" : "uncompressed"}')` };
  if (options.input !== "catalog") throw new Stop(`${options.what}: it is XML, which only a catalogue may be.`);
  const { table, mistakes } = await readFeed(database, path, kind.gzipped, wanted);
  return { table, mistakes };
}

/** The SQL of a value as text; of a whole number that a file holds as a float, without its `.0`. */
function asText(column, type) {
  if (column === undefined) return "CAST(NULL AS VARCHAR)";
  const name = quoted(column);
  // Trimming takes longer than all else; few texts need it.
  if (type === "VARCHAR") return `CASE WHEN ${name} = '' OR starts_with(${name}, ' ') OR ends_with(${name}, ' ') THEN nullif(trim(${name}), '') ELSE ${name} END`;
  if (type === "JSON") return `nullif(trim(CASE json_type(${name}) WHEN 'DOUBLE' THEN regexp_replace(${name} ->> '$', '\\.0$', '') ELSE ${name} ->> '$' END), '')`;
  const text = `CAST(${name} AS VARCHAR)`;
  return /^(DOUBLE|FLOAT)/.test(type) ? `regexp_replace(${text}, '\\.0$', '')` : text;
}

/** The SQL of a list that is written into a text: as JSON or as Python has it, or else split. */
function listIn(text, separator) {
  const bare = `regexp_replace(${text}, '^[\\[(]\\s*|\\s*[\\])]$', '', 'g')`;
  const quotes = `'^\\s*[''"]?|[''"]?\\s*$'`;
  const loose = `list_transform(string_split(${bare}, ','), lambda part: regexp_replace(part, ${quotes}, '', 'g'))`;
  const bracketed = `CASE WHEN json_valid(${text}) THEN CAST(CAST(${text} AS JSON) AS VARCHAR[]) ELSE ${loose} END`;
  return `CASE WHEN regexp_matches(${text}, '^\\[.*\\]$') THEN ${bracketed} ELSE string_split_regex(${text}, ${literal(separator)}) END`;
}

/** The SQL of a list of texts: a list, or a text that has one. */
function asList(column, type, separator) {
  if (column === undefined) return "CAST(NULL AS VARCHAR[])";
  if (type === "JSON[]") return `list_transform(${quoted(column)}, lambda part: part ->> '$')`;
  if (type.endsWith("[]")) return `CAST(${quoted(column)} AS VARCHAR[])`;
  const list = listIn(asText(column, type), separator);
  if (type !== "JSON") return list;
  return `CASE json_type(${quoted(column)}) WHEN 'ARRAY' THEN CAST(${quoted(column)} AS VARCHAR[]) ELSE ${list} END`;
}

/**
 * Opens `path` as the view `source` with the `wanted` columns (see `columns`), or, if
 * they are not given, with all that a table has. `options`: `input` is what it is read
 * as, `what` starts a message about the file, `named` are columns that the caller named,
 * `wholeLines` a text without columns; `lines: false` leaves the number of the row out,
 * which takes one core to count. Resolves to `{ header, columns, notes }`: whether the first
 * line was one, the file's name for each of ours, and what is to be told of the file.
 */
export async function openSource(database, path, wanted, options) {
  const plain = await plainFile(database, path, options.what);
  const { table, header, guessed, mistakes } = await tableOf(database, plain.path, kindOf(plain.path), wanted, options);
  const rows = await database.rows(`DESCRIBE SELECT * FROM ${table}`);
  const types = new Map(rows.map(([name, type]) => [name, type]));
  const matched = wanted && matchColumns([...types.keys()], wanted, options.what, options.named);
  const columns = Object.entries(wanted ?? Object.fromEntries([...types.keys()].map(name => [name, {}]))).map(([ours, { list }]) => {
    const column = matched ? matched[ours] : ours;
    const value = list ? asList(column, types.get(column), list) : asText(column, types.get(column));
    return `${value} AS ${quoted(ours)}`;
  });
  await database.execute(`CREATE OR REPLACE TEMP VIEW source AS SELECT ${columns.join(", ")}${options.lines === false ? "" : ", row_number() OVER () AS line"} FROM ${table}`);
  const notes = [
    { problem: plain.problem, count: plain.count ?? 0, unit: "place" },
    { problem: "without a header: its columns were taken by their places", count: guessed ? 1 : 0, unit: "file", examples: [guessed?.join(", ")] },
    { problem: "with a mistake in the XML", count: mistakes?.length ?? 0, unit: "place", examples: mistakes },
  ];
  return { header, columns: matched ?? {}, notes: notes.filter(({ count }) => count > 0) };
}
