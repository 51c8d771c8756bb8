// `reshelf inspect`: what is in an artifact.
import { cardLines } from "./card.mjs";
import { inspect } from "./engine.mjs";
import { readPaths } from "./files.mjs";
import { Stop } from "./stop.mjs";

/**
 * Reads `[FILE …]` or `[DIR]`; `say` takes the card in words. Resolves to the object
 * that the command prints: of files that belong together what all of them hold, and
 * beside it what each holds by itself.
 */
export async function inspectFile(args, say) {
  if (args.length === 0 || args.some(path => path.startsWith("-"))) throw new Stop("Give one file: reshelf inspect FILE.rsf, or the files of one folder.");
  const files = readPaths(args);
  const each = files.map(({ path, content }) => ({ file: path, ...read(path, () => inspect([content])) }));
  // Files that say nothing of which training they are a part of stand alone: vectors.
  const parts = files.filter((_, at) => files.length === 1 || isOf(each[at], "part"));
  const hasShards = each.some(file => isOf(file, "cuts"));
  if (parts.length > 2 && !hasShards) throw new Stop("These are files of several artifacts: give those of one folder.");
  const leading = parts[0] ?? files[each.findIndex(file => isOf(file, "item"))] ?? files[0];
  const together = parts.length > 1 ? parts : [leading];
  const whole = read(together.map(({ path }) => path).join(" and "), () => inspect(together.map(({ content }) => content)));
  const { version, bytes, sections, card, facts } = whole;
  const report = cardIn(card, bytes);
  if (report) cardLines(report).forEach(say);
  const apart = each.map(({ file, bytes, sections }) => ({ file, bytes, sections }));
  return { file: leading.path, version, bytes, sections, ...facts, card: report, ...(files.length > 1 && { files: apart }) };
}

const isOf = ({ sections }, id) => sections.some(section => section.id === id);

/** What the engine answers, or what is wrong in a sentence. */
function read(path, ask) {
  try {
    return ask();
  } catch (error) {
    throw new Stop(`${path}: ${error.message}`);
  }
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
