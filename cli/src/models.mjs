// What `reshelf train` puts into an artifact besides what sessions alone give: where
// shoppers go from a category, what a visit's surroundings and its segment say of
// categories, how much each part of a list's score weighs, what acts say of taste, and a
// model of readiness to buy. Must not live here: how any is made.
import { round4 } from "./bootstrap.mjs";
import { EventWeights, NONE, Priors, extendArtifact, packTransitions, roomOf } from "./engine.mjs";
import { Stop } from "./stop.mjs";
import { floats, texts, unsigned } from "./database.mjs";
import { intentModel } from "./intent.mjs";
import { categoriesOf } from "./shelves.mjs";

/** Options of `reshelf train` for these. */
export const MODEL_OPTIONS = {
  categories: { type: "string" },
  intent: { type: "string" },
  label: { type: "string" },
};

/** Part of the budget above which what nobody asked for by name is left out. */
const MOST_OF_BUDGET = 1 / 4;

/** Categories of items as the catalogue has them; of an item in several rows, the first by alphabet. */
async function catalogued(database) {
  const [items, categories] = await database.columns(
    "SELECT item, min(category) FROM catalog WHERE category IS NOT NULL GROUP BY item ORDER BY item",
    [texts, texts],
  );
  return new Map(items.map((item, at) => [item, categories[at]]));
}

/** Sessions with what is known of each, without clicks whose category is not known. */
async function visitsOf(database, categories) {
  const [sessions, items] = await database.columns(
    "SELECT CAST(session AS INTEGER), CAST(item AS INTEGER) FROM clicks ORDER BY session, place",
    [unsigned, unsigned],
  );
  await database.execute("CREATE TABLE IF NOT EXISTS contexts(session INTEGER, facts VARCHAR)");
  const [people, facts] = await database.columns(
    "SELECT CAST(person AS INTEGER), coalesce(facts, '') FROM sessions LEFT JOIN contexts USING (session) ORDER BY session",
    [unsigned, texts],
  );
  const known = [...new Set(facts)].sort();
  const number = new Map(known.map((text, at) => [text, at]));
  const lengths = new Uint32Array(people.length);
  const kept = items.filter((item, at) => {
    if (categories[item] === NONE) return false;
    lengths[sessions[at]] += 1;
    return true;
  });
  return { lengths, items: kept, people, facts: Uint32Array.from(facts, text => number.get(text)), texts: known };
}

/** Brand and price of each item, as the catalogue has them. */
const brandsAndPrices = database => database.columns(
  "SELECT coalesce(min(brand), ''), coalesce(min(price), 'nan') FROM items LEFT JOIN catalog ON catalog.item = items.item_id GROUP BY items.item ORDER BY items.item",
  [texts, floats],
);

const rounded = ({ mrrWithout, mrrWith, ...rest }) => ({ ...rest, mrrWithout: round4(mrrWithout), mrrWith: round4(mrrWith) });

/** Sections of categories, and what they add; undefined where no click has a category. */
async function categoryModels(database, ids, byItem, k) {
  const names = [...new Set(byItem.values())].sort();
  const number = new Map(names.map((name, at) => [name, at]));
  const categories = Uint32Array.from(ids, id => number.get(byItem.get(id)) ?? NONE);
  const { lengths, items, people, facts, texts } = await visitsOf(database, categories);
  if (items.length === 0) return undefined;
  const visits = lengths.filter(length => length > 0);
  const transitions = packTransitions(names, visits, items.map(item => categories[item]), k);
  const priors = new Priors(ids, names, categories, ...(await brandsAndPrices(database)), lengths, items, people, facts, texts, transitions, k);
  const { contexts, segments, rankWeights } = priors.report();
  const found = bytes => (bytes.length > 0 ? bytes : undefined);
  const kinds = Object.fromEntries(Object.entries(contexts.kinds).map(([kind, { weight, mrr }]) => [kind, { weight, mrr: round4(mrr) }]));
  const weights = Object.fromEntries(Object.entries(rankWeights).map(([name, value]) => [name, round4(value)]));
  const card = { contexts: { ...rounded(contexts), kinds }, segments: rounded(segments), rankWeights: weights };
  const sections = { transitions, contexts: found(priors.contexts()), segments: found(priors.segments()), rankWeights: found(priors.rankWeights()) };
  priors.free();
  return { sections, card };
}

/** Whether sessions tell of more than looks. */
async function hasActs(database) {
  const [[acts]] = await database.rows("SELECT count(*) FROM acts WHERE kind > 1");
  return acts > 0n;
}

/** What acts are worth, fitted to purchases: the section, if any could be, and the weights by name. */
async function eventWeights(database, k) {
  const [kinds, events, bought] = await database.columnsOf("event-weights", { k }, [unsigned, unsigned, unsigned]);
  const fitted = new EventWeights(kinds, events, bought);
  const values = fitted.values();
  const found = { section: values.length > 0 ? fitted.section() : undefined, card: Object.fromEntries(fitted.names().map((name, at) => [name, round4(values[at])])) };
  fitted.free();
  return found;
}

/** The models that the inputs allow and the options ask for: the bytes they take, what to say of them, and an artifact with them. */
export async function modelsOf(database, ids, { sessions, catalog, categories: file, intent, label }, { k, budget, say }) {
  if (intent && !label) throw new Stop("Missing: --label, the column of --intent that says who bought.");
  let { sections = {}, card = {} } = {};
  if (file || (sessions && catalog)) {
    const found = await categoryModels(database, ids, file ? await categoriesOf(file, say) : await catalogued(database), k);
    if (file && !found) throw new Stop(`${file} has no category of any item in the sessions.`);
    const room = found ? roomOf(found.sections.transitions, undefined, found.sections.contexts, found.sections.segments) : 0;
    if (file || room <= budget * MOST_OF_BUDGET) ({ sections, card } = found ?? { sections, card });
    else {
      say(`what the catalogue's categories give would take ${room} bytes and is left out: ask for it by --categories, or with a larger --budget`);
      // Four bytes are never too many.
      sections = { rankWeights: found.sections.rankWeights };
      card = { rankWeights: found.card.rankWeights };
    }
  }
  const model = intent ? await intentModel(intent, label, say) : undefined;
  const weights = await eventWeights(database, k);
  if (weights.section) card = { ...card, eventWeights: weights.card };
  else if (await hasActs(database)) say("acts keep their starting weights: no purchase that follows a look within a week is known, or there are not more than seven days");
  const parts = [sections.transitions, model, sections.contexts, sections.segments, weights.section, sections.rankWeights];
  return { card, room: roomOf(...parts), addTo: bytes => extendArtifact(bytes, ...parts) };
}
