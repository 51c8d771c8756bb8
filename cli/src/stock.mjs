// What orders and the catalogue give the trainer. Must not live here: how their
// files are read (`reading/`), or how pairs are scored, which is the trainer's.
import { floats, texts, unsigned } from "./database.mjs";
import { NONE } from "./engine.mjs";
import { Stop } from "./stop.mjs";

/** Most dimensions of a vector: the engine takes no more. */
const MOST_DIMENSIONS = 256;

/** Tables that a training without such an input has all the same, empty. */
const EMPTY = [
  "items(item_id VARCHAR, item INTEGER)",
  "sessions(session_id VARCHAR, session INTEGER, day INTEGER, places INTEGER, person INTEGER)",
  "clicks(session INTEGER, person INTEGER, item INTEGER, places INTEGER, place INTEGER)",
  "acts(person VARCHAR, item_id VARCHAR, kind INTEGER, happened_at DOUBLE)",
  "catalog(item VARCHAR, title VARCHAR, category VARCHAR, brand VARCHAR, price DOUBLE, vector FLOAT[])",
  "orders(person VARCHAR, invoice VARCHAR, item VARCHAR, seconds BIGINT, quantity DOUBLE, price DOUBLE)",
];

/** Makes the tables of the inputs that are missing. */
export async function emptyTables(database) {
  for (const table of EMPTY) await database.execute(`CREATE TABLE IF NOT EXISTS ${table}`);
}

/** Numbers items, categories and brands of what was read; afterwards `items` is whole. */
export async function numberStock(database) {
  await emptyTables(database);
  await database.run("stock");
}

const numbers = values => Uint32Array.from(values, value => value ?? NONE);
const prices = values => Float64Array.from(values, value => value ?? NaN);

/** Gives the trainer what is known of its items. */
export async function giveStock(database, trainer, { k, catalog, orders }) {
  if (catalog) {
    const [paths] = await database.columns("SELECT path FROM categories ORDER BY category", [texts]);
    const [[brands]] = await database.columns("SELECT CAST(count(*) AS INTEGER) FROM brands", [texts]);
    const [category, brand, price, titles] = await database.columns(
      "SELECT CAST(category AS INTEGER), CAST(brand AS INTEGER), price, title FROM stock ORDER BY item",
      [numbers, numbers, prices, texts],
    );
    trainer.setCatalogue(paths, brands, category, brand, price, titles);
  }
  if (orders) {
    const [a, b, buyers, weight] = await database.columnsOf("order-pairs", { k }, [unsigned, unsigned, unsigned, floats]);
    const [baskets, lately] = await database.columnsOf("order-items", {}, [unsigned, floats]);
    trainer.setOrders(a, b, buyers, weight, baskets, lately);
    const needs = await database.columnsOf("order-needs", { k }, [unsigned, unsigned, unsigned]);
    const repeats = await database.columnsOf("order-repeats", {}, [unsigned, unsigned, unsigned, unsigned, floats]);
    trainer.setNeeds(...needs, ...repeats);
  }
}

/** The catalogue's vectors in the order of the items, zeros where there is none; undefined without any. */
export async function vectorsOf(database) {
  const rows = await database.rows(
    "SELECT CAST(items.item AS INTEGER), catalog.vector FROM items JOIN catalog ON catalog.item = items.item_id WHERE len(catalog.vector) > 0 ORDER BY items.item",
  );
  if (rows.length === 0) return undefined;
  const dimensions = rows[0][1].length;
  if (dimensions > MOST_DIMENSIONS) throw new Stop(`The vectors of the catalogue may have ${MOST_DIMENSIONS} values at most; most have ${dimensions}.`);
  const [[items]] = await database.rows("SELECT CAST(count(*) AS INTEGER) FROM items");
  const values = new Float32Array(items * dimensions);
  for (const [item, vector] of rows) values.set(vector, item * dimensions);
  return { dimensions, values };
}
