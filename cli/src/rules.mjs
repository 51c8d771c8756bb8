// `reshelf eval rules`: association rules of two items, by the SQL that counts what
// is bought together. A check of that SQL: their number is known for public data.
import { readOptions } from "./arguments.mjs";
import { round4 } from "./bootstrap.mjs";
import { Database, texts, unsigned } from "./database.mjs";
import { readBaskets } from "./reading/inputs.mjs";
import { numberStock } from "./stock.mjs";
import { Stop } from "./stop.mjs";

const OPTIONS = {
  train: { type: "string" },
  support: { type: "string", default: "0.006" },
  confidence: { type: "string", default: "0.25" },
};

/** Strongest rules that are printed. */
const SHOWN = 10;

function share(name, text) {
  const number = Number(text);
  if (!(number > 0 && number <= 1)) throw new Stop(`--${name} must be a share between 0 and 1, not '${text}'.`);
  return number;
}

/** Counts; resolves to the object that the command prints. */
export async function rules(args, say) {
  const options = readOptions(args, OPTIONS, ["train"]);
  const [support, confidence] = [share("support", options.support), share("confidence", options.confidence)];
  say(`reading ${options.train}`);
  const database = await Database.open();
  await readBaskets(database, options.train);
  database.tell(say);
  await numberStock(database);
  const [ids] = await database.columns("SELECT item_id FROM items ORDER BY item", [texts]);
  const [[baskets]] = await database.columns("SELECT CAST(count(DISTINCT basket) AS INTEGER) FROM bought", [texts]);
  const [counts] = await database.columnsOf("order-items", {}, [unsigned]);
  const [a, b, , , both] = await database.columnsOf("order-pairs", { k: 1 }, [unsigned, unsigned, unsigned, texts, unsigned]);
  database.close();
  const found = Array.from(both, (count, at) => [[a[at], b[at], count], [b[at], a[at], count]])
    .flat()
    .filter(([from, , count]) => count >= support * baskets && count >= confidence * counts[from])
    .map(([from, to, count]) => ({ from: ids[from], to: ids[to], support: round4(count / baskets), confidence: round4(count / counts[from]) }));
  found.sort((x, y) => y.confidence - x.confidence || y.support - x.support);
  return { task: "rules", baskets, items: ids.length, support, confidence, rules: found.length, strongest: found.slice(0, SHOWN) };
}
