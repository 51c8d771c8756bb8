// `reshelf eval next-item`: how well an artifact foresees the next item of each
// prefix of each test session, over all items.
import { readOptions, wholeNumber } from "./arguments.mjs";
import { intervals, round4 } from "./bootstrap.mjs";
import { Database, texts, unsigned } from "./database.mjs";
import { Evaluator, NONE } from "./engine.mjs";
import { readPaths } from "./files.mjs";
import { Stop } from "./stop.mjs";

const OPTIONS = {
  artifact: { type: "string" },
  test: { type: "string" },
  format: { type: "string" },
  "exclude-current": { type: "boolean", default: false },
  every: { type: "string", default: "1" },
};

/** Items that are named as examples. */
const EXAMPLES = 3;

/** The artifact of these files, or what is wrong with them in a sentence. */
function open(folder, files, excludesCurrent) {
  try {
    return new Evaluator(files, excludesCurrent);
  } catch (error) {
    throw new Stop(`${folder}: ${error.message}`);
  }
}

/** Test sessions as lists of the artifact's numbers, oldest first. */
async function sessionsOf(database, evaluator, say) {
  const [ids] = await database.columns("SELECT item_id FROM items ORDER BY item", [texts]);
  const [sessions, items] = await database.columns(
    "SELECT CAST(session AS INTEGER), CAST(item AS INTEGER) FROM clicks ORDER BY session, place",
    [unsigned, unsigned],
  );
  const numbers = evaluator.numbers(ids);
  const unknown = ids.filter((_, at) => numbers[at] === NONE);
  if (unknown.length > 0) say(`the artifact does not know ${unknown.length} of ${ids.length} items, which are never found: ${unknown.slice(0, EXAMPLES).join("; ")}${unknown.length > EXAMPLES ? " …" : ""}`);
  const lists = [];
  sessions.forEach((session, at) => (lists[session] ??= { items: [], raw: [] }).items.push(numbers[items[at]]));
  // Ids the artifact does not know all have one number; the test's own tell them apart.
  sessions.forEach((session, at) => lists[session].raw.push(items[at]));
  return lists;
}

/** Whether one list is the start of the other. */
const continues = (a, b) => (a.length < b.length ? a : b).every((item, at) => item === (a.length < b.length ? b : a)[at]);

/**
 * Questions: a session's number, its items, and how many of them are given. Lines
 * of prefix and target ask one question each; those of one session follow one
 * another, each a start of its neighbour.
 */
function questionsOf(lists, format) {
  if (format !== "prefix-target") {
    return lists.flatMap(({ items }, session) => items.slice(1).map((_, at) => ({ session, items, given: at + 1 })));
  }
  let session = 0;
  return lists.map(({ items, raw }, at) => {
    const before = lists[at - 1]?.raw;
    if (before && !(before.length !== raw.length && continues(before, raw))) session++;
    return { session, items, given: items.length - 1 };
  });
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

/**
 * The questions with what came before each; where there are shards in an order in
 * which those follow one another that a page asks with the same ones.
 */
function withShards(evaluator, questions, hasShards) {
  const asked = questions.map(question => {
    const before = Uint32Array.from(question.items.slice(0, question.given));
    return { ...question, before, shards: evaluator.wanted(before) };
  });
  return hasShards ? asked.sort((a, b) => a.shards - b.shards) : asked;
}

/** Asks every question of what a page would have loaded; a row a question: session, place, microseconds. */
function ask(evaluator, questions, hasShards) {
  // Compiled and warm before the clock counts.
  for (const { items, given, before } of questions.slice(0, 200)) evaluator.place(before, items[given]);
  let held;
  return questions.map(({ session, items, given, before, shards }) => {
    if (hasShards && shards !== held) evaluator.hold((held = shards));
    const start = performance.now();
    const place = evaluator.place(before, items[given]);
    return { session, place, us: (performance.now() - start) * 1000 };
  });
}

function sums(answers) {
  const sessions = new Map();
  for (const { session, place } of answers) {
    if (!sessions.has(session)) sessions.set(session, { questions: 0, hr20: 0, mrr20: 0, hr10: 0 });
    const sum = sessions.get(session);
    sum.questions++;
    sum.hr20 += place > 0;
    sum.mrr20 += place > 0 ? 1 / place : 0;
    sum.hr10 += place > 0 && place <= 10;
  }
  return [...sessions.values()];
}

/** Shards, and bytes of the core and those that a question asks for: the mean over questions, and the most. */
function pageBytes([core, ...shards], asked) {
  const loaded = asked.map(question => shards.reduce((sum, { length }, at) => sum + ((question.shards >>> at) & 1) * length, core.length));
  const mean = Math.round(loaded.reduce((sum, length) => sum + length, 0) / loaded.length);
  return { shards: shards.length, page_bytes: mean, page_bytes_most: loaded.reduce((a, b) => Math.max(a, b)) };
}

/** Evaluates; resolves to the object that the command prints. */
export async function nextItem(args, say) {
  const options = readOptions(args, OPTIONS, ["artifact", "test", "format"]);
  const every = wholeNumber("every", options.every, 1);
  const files = readPaths([options.artifact]).map(({ content }) => content);
  const bytes = files.reduce((sum, { length }) => sum + length, 0);
  const evaluator = open(options.artifact, files, options["exclude-current"]);
  say(`reading ${options.test}`);
  const database = await Database.of(options.test, options.format, say);
  const lists = await sessionsOf(database, evaluator, say);
  database.close();
  const questions = questionsOf(lists, options.format).filter((_, at) => at % every === 0);
  if (questions.length === 0) throw new Stop(`${options.test} has no session of two items.`);
  say(`asking ${questions.length} questions`);
  const hasShards = files.length > 2;
  const asked = withShards(evaluator, questions, hasShards);
  const answers = ask(evaluator, asked, hasShards);
  const sessions = sums(answers);
  const mean = name => round4(sessions.reduce((sum, session) => sum + session[name], 0) / answers.length);
  const times = Float64Array.from(answers, answer => answer.us).sort();
  return {
    task: "next-item",
    pairs: answers.length,
    sessions: sessions.length,
    hr20: mean("hr20"),
    mrr20: mean("mrr20"),
    hr10: mean("hr10"),
    ci95: intervals(sessions, ["hr20", "mrr20", "hr10"]),
    artifact_bytes: bytes,
    bytes_per_item: round4(bytes / evaluator.items()),
    // What the page of a question has loaded: less than all where there are shards.
    ...(hasShards && pageBytes(files, asked)),
    p50_us: round4(quantile(times, 0.5)),
    p90_us: round4(quantile(times, 0.9)),
  };
}
