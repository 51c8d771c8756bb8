// A file as the database takes it: whole, and a text in UTF-8 without a mark, whose lines
// all end alike. What is not so is written anew, into a folder that goes with the
// database. Must not live here: what a text says.
import { isAscii, isUtf8 } from "node:buffer";
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Stop } from "../stop.mjs";
import { headOf, isParquet, startsWith } from "./head.mjs";
import { LineEnds, withEvenEnds } from "./line-ends.mjs";

/** Bytes that are handed on at once. */
const CHUNK = 1 << 20;

/** What a text without a mark is in that is not UTF-8 and does not say: Latin-1 with Microsoft's additions, as the web has it. */
const WESTERN = "windows-1252";

/** The bytes of a file, unpacked, through these steps; a packed one that was cut off would be read without a word as far as it goes. */
async function through(path, gzipped, what, ...steps) {
  const unpack = gzipped ? [createGunzip({ chunkSize: CHUNK })] : [];
  try {
    await pipeline(createReadStream(path, { highWaterMark: CHUNK }), ...unpack, ...steps);
  } catch (error) {
    if (gzipped) throw new Stop(`${what}: '${path}' is cut off or damaged (${error.message}).`);
    throw error;
  }
}

/** The bytes of a file, part by part, each gone when the next is asked for: a stream takes ten times as long. */
async function* parts(path) {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Letters beyond ASCII that are UTF-8, and places that are not. */
class Letters {
  right = 0;
  wrong = 0;
  #rest = Buffer.alloc(0);

  take(chunk) {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    // The last letter may go on in the next chunk: at most three bytes of it are here.
    let end = bytes.length;
    for (let back = 1; back <= Math.min(3, bytes.length); back++) {
      const byte = bytes[bytes.length - back];
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
      if (length > back) end = bytes.length - back;
      if (byte >= 0xc0 || byte < 0x80) break;
    }
    // A copy: the memory of the chunk is used again.
    this.#rest = Buffer.from(bytes.subarray(end));
    this.#count(bytes.subarray(0, end));
  }

  end() {
    this.#count(this.#rest);
  }

  #count(bytes) {
    if (isAscii(bytes)) return;
    if (isUtf8(bytes)) {
      for (const byte of bytes) if (byte >= 0xc0) this.right++;
      return;
    }
    const text = new TextDecoder("utf-8").decode(bytes);
    this.right += text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
    this.wrong += text.match(/\ufffd/gu)?.length ?? 0;
  }
}

/** The encoding of texts with two bytes a letter: by their mark, or by the zeros of the letters that are ASCII. */
function wideEncoding(bytes) {
  if (startsWith(bytes, 0xff, 0xfe)) return "utf-16le";
  if (startsWith(bytes, 0xfe, 0xff)) return "utf-16be";
  const zeros = [0, 0];
  bytes.forEach((byte, at) => (zeros[at % 2] += byte === 0));
  if (Math.max(...zeros) < bytes.length / 4) return undefined;
  return zeros[1] > zeros[0] ? "utf-16le" : "utf-16be";
}

/** The encoding that an XML says it has, if the platform knows it. */
function declaredEncoding(bytes) {
  const label = /^\s*<\?xml[^>]*encoding=["']([^"']+)/i.exec(bytes.subarray(0, 512).toString("latin1"))?.[1];
  try {
    return label && new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/**
 * `{ encoding, mixed, problem, count }` of a text: whether its lines end unlike; the last
 * two where letters had to be guessed.
 */
async function encodingOf(path, { bytes, gzipped }, what) {
  const wide = wideEncoding(bytes);
  if (wide) return { encoding: wide };
  const [letters, ends] = [new Letters(), new LineEnds()];
  const count = async chunks => {
    for await (const chunk of chunks) {
      letters.take(chunk);
      ends.take(chunk);
    }
  };
  await (gzipped ? through(path, gzipped, what, count) : count(parts(path)));
  letters.end();
  ends.end();
  const { right, wrong } = letters;
  // What is UTF-8 throughout is so whatever it says: by chance nothing is.
  if (wrong === 0) return { encoding: "utf-8", mixed: ends.mixed };
  const declared = declaredEncoding(bytes);
  if (declared && declared !== "utf-8" && !declared.startsWith("utf-16")) return { encoding: declared };
  if (right >= wrong) return { encoding: "utf-8", problem: "that is not UTF-8, as the rest of the file is", count: wrong };
  return { encoding: WESTERN, problem: `that is not UTF-8: the file was read as ${WESTERN}`, count: wrong };
}

async function* decoded(chunks, encoding) {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** A file of the database's own. */
function newFile(database) {
  const folder = mkdtempSync(join(tmpdir(), "reshelf-"));
  database.whenClosed(() => rmSync(folder, { recursive: true }));
  return join(folder, "plain");
}

/**
 * `{ path, problem, count }`: where the plain file lies, which is `path` itself if
 * nothing has to be done; and in how many places letters had to be guessed. `what`
 * starts a message about the file.
 */
export async function plainFile(database, path, what) {
  const head = headOf(path);
  if (isParquet(head.bytes)) {
    // It is read at random places, so a packed one is unpacked first.
    if (!head.gzipped) return { path };
    const file = newFile(database);
    await through(path, true, what, createWriteStream(file));
    return { path: file };
  }
  const { encoding, mixed, problem, count } = await encodingOf(path, head, what);
  const isMarked = startsWith(head.bytes, 0xef, 0xbb, 0xbf);
  if (encoding === "utf-8" && !isMarked && !mixed && !count) return { path };
  const file = newFile(database);
  await through(path, head.gzipped, what, chunks => withEvenEnds(decoded(chunks, encoding)), createWriteStream(file));
  // Nothing but a mark.
  if (statSync(file).size === 0) throw new Stop(`${path} is empty.`);
  return { path: file, problem, count };
}
