// A shop with categories, and its sessions: what `eval rerank` and `eval sections`
// have in common. Must not live here: what is measured.
import { bytesIn, readOptions, wholeNumber } from "./arguments.mjs";
import { Database, texts, unsigned } from "./database.mjs";
import { NONE, Shop } from "./engine.mjs";
import { readCategories } from "./reading/inputs.mjs";

const OPTIONS = {
  train: { type: "string", multiple: true },
  test: { type: "string" },
  categories: { type: "string" },
  quota: { type: "string", default: "3" },
  k: { type: "string", default: "1" },
  budget: { type: "string", default: "300kB" },
};

/** Sessions of a file, each a list of ids, oldest first. */
async function sessionsOf(file, say) {
  say(`reading ${file}`);
  const database = await Database.of(file, "category-sessions", say);
  const [ids] = await database.columns("SELECT item_id FROM items ORDER BY item", [texts]);
  const [sessions, items] = await database.columns(
    "SELECT CAST(session AS INTEGER), CAST(item AS INTEGER) FROM clicks ORDER BY session, place",
    [unsigned, unsigned],
  );
  database.close();
  const lists = [];
  sessions.forEach((session, at) => (lists[session] ??= []).push(ids[items[at]]));
  return lists;
}

/** Category by item; `say` is told what was left out. */
export async function categoriesOf(file, say) {
  const database = await Database.open();
  try {
    say(`reading ${file}`);
    await readCategories(database, file);
    database.tell(say);
    const [items, categories] = await database.columns("SELECT item, category FROM category_of ORDER BY item", [texts, texts]);
    return new Map(items.map((item, at) => [item, categories[at]]));
  } finally {
    database.close();
  }
}

/** Texts, numbered in the order in which they are met. */
class Numbers {
  names = [];
  #numbers = new Map();

  of(name) {
    if (!this.#numbers.has(name)) this.#numbers.set(name, this.names.push(name) - 1);
    return this.#numbers.get(name);
  }
}

/** Lists of ids as lengths and numbers. */
const flat = (lists, numbers) => [
  Uint32Array.from(lists, list => list.length),
  Uint32Array.from(lists.flatMap(list => list.map(id => numbers.of(id)))),
];

/** Reads, trains, and hands the shop over; `say` takes a line of progress. */
export async function openShop(args, say) {
  const options = readOptions(args, OPTIONS, ["train", "test", "categories"]);
  const [k, quota] = [wholeNumber("k", options.k, 1), wholeNumber("quota", options.quota, 0)];
  const budget = bytesIn("budget", options.budget);
  const categories = await categoriesOf(options.categories, say);
  const training = [];
  for (const file of options.train) training.push(...(await sessionsOf(file, say)));
  const tests = await sessionsOf(options.test, say);
  const [items, shelves] = [new Numbers(), new Numbers()];
  // Training first: what is learned from has the first numbers.
  const lists = [...flat(training, items), ...flat(tests, items)];
  const shelf = item => (categories.has(item) ? shelves.of(categories.get(item)) : NONE);
  const numbers = Uint32Array.from(items.names, shelf);
  const bare = numbers.filter(number => number === NONE).length;
  if (bare > 0) say(`${bare} of ${numbers.length} items have no category: clicks on them ask nothing`);
  const shop = new Shop(items.names, shelves.names, numbers, ...lists);
  say(`training on ${training.length} sessions`);
  say(`an artifact of ${shop.train(k, budget)} bytes; asking about ${tests.length} sessions`);
  return { shop, quota };
}
