// `reshelf eval again`: of each customer of the training orders who comes back in the
// test orders, how many of the first basket are among the ten that the engine says
// are due? Beside it, what counting answers. Must not live here: the rate.
import { bytesIn, readOptions, wholeNumber } from "./arguments.mjs";
import { trainOn } from "./baskets.mjs";
import { intervals, round4 } from "./bootstrap.mjs";
import { Database, floats, texts } from "./database.mjs";
import { Baskets } from "./engine.mjs";
import { ORDER_OPTIONS, readCatalog, readOrders } from "./reading/inputs.mjs";
import { emptyTables, numberStock } from "./stock.mjs";
import { Stop } from "./stop.mjs";

const OPTIONS = {
  train: { type: "string" },
  test: { type: "string" },
  catalog: { type: "string" },
  k: { type: "string", default: "5" },
  budget: { type: "string", default: "300kB" },
  ...ORDER_OPTIONS,
};

/** Answers that are looked at. */
const ANSWERS = 10;

/** Lines of known customers: person, invoice, item, day; oldest first. */
const LINES = `SELECT DISTINCT person, invoice, item, CAST(seconds AS DOUBLE) / 86400 AS day FROM orders
  WHERE quantity > 0 AND person IS NOT NULL ORDER BY day, invoice, item`;

/** What somebody bought most often, then most lately. */
function counted(items, days) {
  const found = new Map();
  items.forEach((item, at) => found.set(item, { count: (found.get(item)?.count ?? 0) + 1, last: days[at] }));
  return [...found].sort(([, a], [, b]) => b.count - a.count || b.last - a.last).slice(0, ANSWERS).map(([item]) => item);
}

/** The first basket in these lines of each person: items and day. */
function firstBaskets([people, invoices, items, days]) {
  const found = new Map();
  people.forEach((person, at) => {
    if (!found.has(person)) found.set(person, { invoice: invoices[at], day: days[at], items: new Set() });
    if (found.get(person).invoice === invoices[at]) found.get(person).items.add(items[at]);
  });
  return found;
}

/** Evaluates; resolves to the object that the command prints. */
export async function again(args, say) {
  const options = readOptions(args, OPTIONS, ["train", "test"]);
  const [k, budget] = [wholeNumber("k", options.k, 1), bytesIn("budget", options.budget)];
  const database = await Database.open();
  say(`reading ${options.train}`);
  await readOrders(database, options.train, options);
  if (options.catalog) await readCatalog(database, options.catalog);
  database.tell(say);
  await emptyTables(database);
  await numberStock(database);
  const { bytes } = await trainOn(database, { k, budget });
  const columns = [texts, texts, texts, floats];
  const before = await database.columns(LINES, columns);
  await database.execute("DROP TABLE orders");
  say(`reading ${options.test}`);
  await readOrders(database, options.test, options);
  database.tell(say);
  const later = firstBaskets(await database.columns(LINES, columns));
  database.close();

  const history = new Map();
  before[0].forEach((person, at) => {
    if (!later.has(person)) return;
    if (!history.has(person)) history.set(person, { items: [], days: [] });
    history.get(person).items.push(before[2][at]);
    history.get(person).days.push(before[3][at]);
  });
  if (history.size === 0) throw new Stop("No customer of the training orders is in the test orders.");
  const engine = new Baskets(bytes);
  const questions = [...history].map(([person, { items, days }]) => {
    const basket = later.get(person);
    const numbers = engine.numbers(items);
    const due = Array.from(engine.again(numbers, Float64Array.from(days), basket.day, ANSWERS), number => items[numbers.indexOf(number)]);
    const hits = answers => answers.filter(item => basket.items.has(item)).length;
    const found = hits(due);
    return { questions: 1, hr10: Number(found > 0), recall10: found / Math.min(ANSWERS, basket.items.size), counting: Number(hits(counted(items, days)) > 0) };
  });
  engine.free();
  const mean = name => round4(questions.reduce((sum, question) => sum + question[name], 0) / questions.length);
  return { task: "again", queries: questions.length, hr10: mean("hr10"), recall10: mean("recall10"), hr10_counting: mean("counting"), ci95: intervals(questions, ["hr10", "recall10"]) };
}
