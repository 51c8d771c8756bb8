// What a file is: by its first bytes rather than by its name, because exports are
// named as people like. Must not live here: what its columns mean.
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import { Stop } from "../stop.mjs";

/** Bytes that are looked at: some hundred rows. */
const HEAD = 65_536;

function firstBytes(path) {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(HEAD);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

const startsWith = (bytes, ...expected) => expected.every((byte, at) => bytes[at] === byte);

/** The encoding of a text: by its mark, or Latin-1 where it cannot be UTF-8. */
function encodingOf(bytes) {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return "utf-16";
  try {
    // `stream`: the last letter may be cut off.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return "utf-8";
  } catch {
    return "latin-1";
  }
}

const decoders = { "utf-8": "utf-8", "utf-16": "utf-16le", "latin-1": "latin1" };

/** The encoding of XML, by its declaration if that is a Western one, in Node's words. */
function declaredEncoding(text, found) {
  if (found === "utf-16") return "utf16le";
  const declared = /^<\?xml[^>]*encoding=["']([^"']+)/i.exec(text)?.[1] ?? "";
  return found === "latin-1" || /^(iso-8859-1|windows-1252|latin-?1)$/i.test(declared) ? "latin1" : "utf8";
}

const count = (text, letter) => text.split(letter).length - 1;

/** Tab where there is one; otherwise what stands most often in the first line outside of quotes. */
function delimiterOf(line) {
  const bare = line.replace(/"[^"]*"/g, "");
  return bare.includes("\t") ? "\t" : [",", ";", "|"].reduce((best, next) => (count(bare, next) > count(bare, best) ? next : best));
}

/** Whether fields are quoted. With tabs only where a whole field is: an inch sign is none. */
const isQuoted = (text, delimiter) => delimiter !== "\t" || /(^|\t|\n)"[^\t\n]*"(\t|\r?\n|$)/.test(text);

/** The fields of a line. */
function cellsOf(line, delimiter, quoted) {
  if (!quoted) return line.split(delimiter);
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^${delimiter}]*))(${delimiter === "|" ? "\\|" : delimiter}|$)`, "y");
  const cells = [];
  for (let found = field.exec(line); found; found = field.exec(line)) {
    cells.push((found[1] ?? found[2]).replaceAll('""', '"'));
    if (found[3] === "") break;
  }
  return cells;
}

/**
 * `{ kind, gzipped, … }` of a file: "parquet", "json", "xml", or "text" with its
 * encoding, delimiter, first line, the cells of that, and whether fields are quoted.
 */
export function kindOf(path) {
  if (!existsSync(path)) throw new Stop(`There is no file ${path}.`);
  let bytes = firstBytes(path);
  const gzipped = startsWith(bytes, 0x1f, 0x8b);
  if (gzipped) {
    try {
      bytes = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    } catch (error) {
      throw new Stop(`${path} looks compressed but cannot be unpacked: ${error.message}.`);
    }
  }
  if (bytes.length === 0) throw new Stop(`${path} is empty.`);
  if (bytes.subarray(0, 4).toString("latin1") === "PAR1") return { kind: "parquet", gzipped };
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(decoders[encoding]).decode(bytes, { stream: true });
  const start = text.trimStart();
  if (start.startsWith("<")) return { kind: "xml", gzipped, encoding: declaredEncoding(start, encoding) };
  if (start.startsWith("{") || start.startsWith("[")) return { kind: "json", gzipped };
  const [line] = text.split(/\r\n|\n|\r/, 1);
  const delimiter = delimiterOf(line);
  const quoted = isQuoted(text, delimiter);
  return { kind: "text", gzipped, encoding, delimiter, line, cells: cellsOf(line, delimiter, quoted), quoted };
}
