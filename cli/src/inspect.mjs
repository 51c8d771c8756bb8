// `reshelf inspect`: what is in an artifact.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { cardLines } from "./card.mjs";
import { ARTIFACT, inspect } from "./engine.mjs";
import { Stop } from "./stop.mjs";

/** Reads `[FILE]`; `say` takes the card in words. Resolves to the object that the command prints. */
export async function inspectFile(args, say) {
  if (args.length !== 1 || args[0].startsWith("-")) throw new Stop("Give one file: reshelf inspect FILE.rsf");
  let [path] = args;
  if (existsSync(path) && statSync(path).isDirectory()) path = join(path, ARTIFACT);
  if (!existsSync(path)) throw new Stop(`There is no file ${path}.`);
  let found;
  try {
    found = inspect(readFileSync(path));
  } catch (error) {
    throw new Stop(`${path}: ${error.message}`);
  }
  const { version, bytes, sections, card, facts } = found;
  const report = cardIn(card, bytes);
  if (report) cardLines(report).forEach(say);
  return { file: path, version, bytes, sections, ...facts, card: report };
}

/** The card of a file, which does not know its own length. */
function cardIn(text, bytes) {
  if (text === undefined) return null;
  try {
    const card = JSON.parse(text);
    return { ...card, bytes, bytesPerItem: Math.round((10_000 * bytes) / Math.max(card.items, 1)) / 10_000 };
  } catch {
    return null;
  }
}
