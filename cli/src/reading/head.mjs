// The first bytes of a file, unpacked. Must not live here: what they mean.
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import { Stop } from "../stop.mjs";

/** Bytes that are looked at: some hundred rows. */
const HEAD = 65_536;

export const startsWith = (bytes, ...expected) => expected.every((byte, at) => bytes[at] === byte);

export const isParquet = bytes => bytes.subarray(0, 4).toString("latin1") === "PAR1";

function firstBytes(path) {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(HEAD);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** `{ bytes, gzipped, whole }`: the first bytes, and whether there are no more. */
export function headOf(path) {
  if (!existsSync(path)) throw new Stop(`There is no file ${path}.`);
  if (statSync(path).isDirectory()) throw new Stop(`${path} is a folder: give a file.`);
  let bytes = firstBytes(path);
  const whole = bytes.length < HEAD;
  const gzipped = startsWith(bytes, 0x1f, 0x8b);
  if (gzipped) {
    try {
      bytes = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    } catch (error) {
      throw new Stop(`${path} looks compressed but cannot be unpacked: ${error.message}.`);
    }
  }
  if (bytes.length === 0) throw new Stop(`${path} is empty.`);
  return { bytes, gzipped, whole };
}
