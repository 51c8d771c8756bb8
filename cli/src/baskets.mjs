// `reshelf eval baskets`: of each test basket one item is hidden and another given;
// is the hidden one among the ten that the artifact says are bought together with
// it? Beside it, what popularity, co-occurrence and lift answer. Must not live here:
// the score.
import { readOptions, wholeNumber, bytesIn } from "./arguments.mjs";
import { intervals, round4 } from "./bootstrap.mjs";
import { Database, texts, unsigned } from "./database.mjs";
import { Baskets, NONE, Trainer } from "./engine.mjs";
import { fit } from "./fit.mjs";
import { ORDER_OPTIONS, readCatalog, readOrders } from "./reading/inputs.mjs";
import { giveStock, numberStock } from "./stock.mjs";
import { Stop } from "./stop.mjs";

const OPTIONS = {
  train: { type: "string" },
  test: { type: "string" },
  catalog: { type: "string" },
  k: { type: "string", default: "5" },
  budget: { type: "string", default: "300kB" },
  draws: { type: "string", default: "1" },
  ...ORDER_OPTIONS,
};

/** Answers that are looked at. */
const ANSWERS = 10;

/** Titles of the order lines themselves, where no catalogue is given and they have some. */
async function readTitles(database, path) {
  try {
    await readCatalog(database, path);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
  }
  // Every product stands in many orders: that is nothing to be told.
  database.tell(() => {});
}

/** An artifact of the orders in the database, as the page would load it. */
export async function trainOn(database, { k, budget }) {
  const [ids] = await database.columns("SELECT item_id FROM items ORDER BY item", [texts]);
  const nothing = new Uint32Array();
  const trainer = new Trainer(ids, nothing, nothing, new Int32Array());
  await giveStock(database, trainer, { k, catalog: true, orders: true });
  await fit(trainer, { k, room: budget });
  const bytes = trainer.takeBytes();
  trainer.free();
  return { ids, bytes };
}

/** The first answers, then what is popular: every method may fill up its ten. */
function filled(answers, popular, given) {
  const full = answers.filter(item => item !== given).slice(0, ANSWERS);
  for (const item of popular) {
    if (full.length >= ANSWERS) break;
    if (item !== given && !full.includes(item)) full.push(item);
  }
  return full;
}

/** What the simple methods answer, by given item. */
async function rivalsOf(database) {
  const [given, other, byCount, byLift] = await database.columnsOf("basket-rivals", { most: ANSWERS }, [unsigned, unsigned, unsigned, unsigned]);
  const rivals = { cooccurrence: new Map(), lift: new Map() };
  given.forEach((item, at) => {
    for (const [name, places] of [["cooccurrence", byCount], ["lift", byLift]]) {
      if (places[at] > ANSWERS) continue;
      if (!rivals[name].has(item)) rivals[name].set(item, []);
      rivals[name].get(item)[places[at] - 1] = other[at];
    }
  });
  return rivals;
}

/** Sums a basket: the questions of one depend on each other. */
function sums(questions, basket) {
  const found = new Map();
  questions.forEach(({ questions: count, hr10, mrr10 }, at) => {
    const sum = found.get(basket[at]) ?? { questions: 0, hr10: 0, mrr10: 0 };
    found.set(basket[at], { questions: sum.questions + count, hr10: sum.hr10 + hr10, mrr10: sum.mrr10 + mrr10 });
  });
  return [...found.values()];
}

/** Evaluates; resolves to the object that the command prints. */
export async function baskets(args, say) {
  const options = readOptions(args, OPTIONS, ["train", "test"]);
  const k = wholeNumber("k", options.k, 1);
  const budget = bytesIn("budget", options.budget);
  const draws = wholeNumber("draws", options.draws, 1);
  const database = await Database.open();
  say(`reading ${options.train}`);
  await readOrders(database, options.train, options);
  if (options.catalog) await readCatalog(database, options.catalog);
  database.tell(say);
  if (!options.catalog) await readTitles(database, options.train);
  await numberStock(database);
  say("counting and packing");
  const { ids, bytes } = await trainOn(database, { k, budget });
  const rivals = await rivalsOf(database);
  const [popular] = await database.columns(
    "SELECT CAST(item AS INTEGER) FROM bought GROUP BY item ORDER BY count(*) DESC, item LIMIT 20",
    [unsigned],
  );
  await database.execute("DROP TABLE orders");
  say(`reading ${options.test}`);
  await readOrders(database, options.test, options);
  database.tell(say);
  const [hidden, given, basket] = await database.columnsOf("test-baskets", { draws }, [texts, texts, unsigned]);
  database.close();
  if (hidden.length === 0) throw new Stop(`${options.test} has no basket of two items.`);
  say(`asking ${hidden.length} questions`);

  // The artifact has numbers of its own; all is compared in those of the database.
  const number = new Map(ids.map((id, at) => [id, at]));
  const engine = new Baskets(bytes);
  const theirs = engine.numbers(ids);
  const ours = new Map(Array.from(theirs, (item, at) => [item, at]));
  const known = answers => Array.from(answers, item => ours.get(item));
  const best = known(engine.popular());
  const methods = {
    reshelf: at => filled(at === undefined ? [] : known(engine.together(theirs[at] ?? NONE, ANSWERS)), best, at),
    popular: at => filled([], popular, at),
    cooccurrence: at => filled(rivals.cooccurrence.get(at) ?? [], popular, at),
    lift: at => filled((rivals.lift.get(at) ?? []).filter(item => item !== undefined), popular, at),
  };
  const questions = given.map((id, at) => {
    const [from, wanted] = [number.get(id), number.get(hidden[at])];
    const place = method => (wanted === undefined ? -1 : methods[method](from).indexOf(wanted));
    const hit = method => Number(place(method) >= 0);
    const found = place("reshelf");
    return { questions: 1, hr10: Number(found >= 0), mrr10: found >= 0 ? 1 / (found + 1) : 0, popular: hit("popular"), cooccurrence: hit("cooccurrence"), lift: hit("lift") };
  });
  engine.free();
  const mean = name => round4(questions.reduce((sum, question) => sum + question[name], 0) / questions.length);
  return {
    task: "baskets",
    queries: questions.length,
    hr10: mean("hr10"),
    mrr10: mean("mrr10"),
    hr10_popular: mean("popular"),
    hr10_cooccurrence: mean("cooccurrence"),
    hr10_lift: mean("lift"),
    ci95: intervals(sums(questions, basket), ["hr10", "mrr10"]),
    k,
    artifact_bytes: bytes.length,
  };
}
