// Arguments of the command: `--name value` and `--flag`.
import { parseArgs } from "node:util";
import { Stop } from "./stop.mjs";

/** Reads these options; `required` ones must be there. */
export function readOptions(args, options, required) {
  let values;
  try {
    ({ values } = parseArgs({ args, options, strict: true, allowPositionals: false }));
  } catch (error) {
    throw new Stop(error.message);
  }
  const missing = required.filter(name => values[name] === undefined);
  if (missing.length > 0) throw new Stop(`Missing: ${missing.map(name => `--${name}`).join(", ")}. 'reshelf --help' shows what each is.`);
  return values;
}

/** Largest number: the trainer counts with 32 bits. */
const LARGEST = 2 ** 31 - 1;

/** A whole number of at least `least`. */
export function wholeNumber(name, text, least) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > LARGEST) throw new Stop(`--${name} must be a whole number from ${least} to ${LARGEST}, not '${text}'.`);
  return number;
}

const UNITS = { "": 1, b: 1, kb: 1000, kib: 1024, mb: 1_000_000, mib: 1_048_576, gb: 1_000_000_000 };

/** Bytes in a text such as `300kB`. */
export function bytesIn(name, text, most = 2 ** 31) {
  const [, number, unit] = /^([\d.]+)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const bytes = Math.floor(Number(number) * UNITS[unit?.toLowerCase()]);
  if (!(bytes > 0 && bytes < most)) throw new Stop(`--${name} must be a size such as 300kB or 2MB, not '${text}'.`);
  return bytes;
}
