// `reshelf inspect`: what is in an artifact.
import { cardLines } from "./card.mjs";
import { inspect } from "./engine.mjs";
import { readPaths } from "./files.mjs";
import { Stop } from "./stop.mjs";

/**
 * Reads `[FILE …]` or `[DIR]`; `say` takes the card in words. Resolves to the object
 * that the command prints: of two files that belong together what both hold, and
 * beside it what each holds by itself.
 */
export async function inspectFile(args, say) {
  if (args.length === 0 || args.some(path => path.startsWith("-"))) throw new Stop("Give one file: reshelf inspect FILE.rsf, or the files of one folder.");
  const files = readPaths(args);
  const each = files.map(({ path, content }) => ({ file: path, ...read(path, () => inspect(content)) }));
  // Files that say nothing of which training they are a part of stand alone: vectors.
  const [first, second, ...others] = files.filter((_, at) => files.length === 1 || isOf(each[at], "part"));
  if (others.length > 0) throw new Stop("These are files of several artifacts: give those of one folder.");
  const leading = first ?? files[each.findIndex(file => isOf(file, "item"))] ?? files[0];
  const whole = second ? read(`${first.path} and ${second.path}`, () => inspect(first.content, second.content)) : read(leading.path, () => inspect(leading.content));
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
