// What `reshelf train` puts into an artifact besides what sessions alone give: where
// shoppers go from a category, and a model of readiness to buy. Must not live here:
// how either is made.
import { extendArtifact, packTransitions, roomOf } from "./engine.mjs";
import { Stop } from "./stop.mjs";
import { unsigned } from "./database.mjs";
import { intentModel } from "./intent.mjs";
import { categoriesOf } from "./shelves.mjs";

/** Options of `reshelf train` for these. */
export const MODEL_OPTIONS = {
  categories: { type: "string" },
  intent: { type: "string" },
  label: { type: "string" },
};

/** Markov rows of the categories of the database's sessions. */
async function transitionsOf(database, ids, file, k) {
  const categories = await categoriesOf(file);
  const names = [...new Set(categories.values())];
  const number = new Map(names.map((name, at) => [name, at]));
  const [sessions, items] = await database.columns(
    "SELECT CAST(session AS INTEGER), CAST(item AS INTEGER) FROM clicks ORDER BY session, place",
    [unsigned, unsigned],
  );
  const lists = [];
  sessions.forEach((session, at) => {
    const category = number.get(categories.get(ids[items[at]]));
    if (category !== undefined) (lists[session] ??= []).push(category);
  });
  const visits = lists.filter(Boolean);
  if (visits.length === 0) throw new Stop(`${file} has no category of any item in the sessions.`);
  return packTransitions(names, Uint32Array.from(visits, list => list.length), Uint32Array.from(visits.flat()), k);
}

/** The models that the options ask for: the bytes they take, and an artifact with them. */
export async function modelsOf(database, ids, { categories, intent, label }, k) {
  if (intent && !label) throw new Stop("Missing: --label, the column of --intent that says who bought.");
  const transitions = categories ? await transitionsOf(database, ids, categories, k) : undefined;
  const model = intent ? await intentModel(intent, label) : undefined;
  return { room: roomOf(transitions, model), addTo: file => extendArtifact(file, transitions, model) };
}
