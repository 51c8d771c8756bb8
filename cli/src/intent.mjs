// `reshelf eval intent`: a model of readiness to buy, trained on one table and
// measured on another, by its packed bytes.
import { readOptions } from "./arguments.mjs";
import { round4 } from "./bootstrap.mjs";
import { Database } from "./database.mjs";
import { IntentTable } from "./engine.mjs";
import { readTable } from "./reading/inputs.mjs";
import { Stop } from "./stop.mjs";

const OPTIONS = {
  train: { type: "string" },
  test: { type: "string" },
  label: { type: "string" },
  drop: { type: "string", default: "" },
};
const YES = ["true", "yes", "1"];
const NO = ["false", "no", "0"];

/** Columns by name, each a list of texts; what is missing is empty. Rows without a label are left out, and `say` is told. */
async function columnsOf(file, label, say) {
  const database = await Database.open();
  try {
    say(`reading ${file}`);
    await readTable(database, file, label);
    database.tell(say);
    const table = await database.tableOf("FROM whole");
    return new Map([...table].map(([name, values]) => [name, values.map(value => value ?? "")]));
  } finally {
    database.close();
  }
}

/** Takes the label out of a table: 1 for yes, 0 for no. */
function takeLabels(table, label, file) {
  const values = table.get(label);
  table.delete(label);
  const odd = values.find(value => !YES.includes(value.toLowerCase()) && !NO.includes(value.toLowerCase()));
  if (odd !== undefined) throw new Stop(`The column '${label}' of ${file} must hold true or false, yes or no, 1 or 0, not '${odd}'.`);
  return Uint8Array.from(values, value => Number(YES.includes(value.toLowerCase())));
}

const isNumber = text => text !== "" && Number.isFinite(Number(text));
const number = text => (isNumber(text) ? Number(text) : NaN);

/** The columns that are asked for; those of `numbers` hold numbers. */
function tableOf(columns, names, numbers) {
  const table = new IntentTable();
  for (const name of names) {
    if (numbers.has(name)) table.addNumbers(name, Float32Array.from(columns.get(name), number));
    else table.addValues(name, columns.get(name));
  }
  return table;
}

/** The packed model of a table; `say` is told what was left out of it. */
export async function intentModel(file, label, say) {
  const columns = await columnsOf(file, label, say);
  const labels = takeLabels(columns, label, file);
  const names = [...columns.keys()];
  return packed(tableOf(columns, names, numbersOf(columns, names)), labels, file);
}

/** Names of the columns that hold nothing but numbers. */
function numbersOf(columns, names) {
  return new Set(names.filter(name => columns.get(name).every(text => text === "" || isNumber(text))));
}

/** Evaluates; resolves to the object that the command prints. */
export async function intent(args, say) {
  const { train, test, label, drop } = readOptions(args, OPTIONS, ["train", "test", "label"]);
  const dropped = drop.split(",").map(name => name.trim()).filter(Boolean);
  const [before, after] = [await columnsOf(train, label, say), await columnsOf(test, label, say)];
  const labels = takeLabels(before, label, train);
  const expected = takeLabels(after, label, test);
  const unknown = dropped.find(name => !before.has(name));
  if (unknown !== undefined) throw new Stop(`--drop names '${unknown}', which is no column of ${train}.`);
  const names = [...before.keys()].filter(name => !dropped.includes(name));
  const missing = names.find(name => !after.has(name));
  if (missing !== undefined) throw new Stop(`${test} has no column '${missing}'.`);
  const numbers = numbersOf(before, names);
  say(`training on ${labels.length} rows of ${names.length} columns`);
  const table = tableOf(before, names, numbers);
  const model = packed(table, labels, train);
  say(`a model of ${model.length} bytes; measuring on ${expected.length} rows`);
  const [auc, auprc, ece] = tableOf(after, names, numbers).measure(model, expected).map(round4);
  if (Number.isNaN(auc)) throw new Stop(`All rows of ${test} have the same label: nothing can be told apart.`);
  return { task: "intent", auc, auprc, ece };
}

function packed(table, labels, file) {
  try {
    return table.pack(labels);
  } catch (error) {
    throw new Stop(`${file}: ${error.message}`);
  }
}
