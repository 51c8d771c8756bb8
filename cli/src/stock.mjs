// What orders and the catalogue give the trainer. Must not live here: how their
// files are read (`reading/`), or how pairs are scored, which is the trainer's.
import { floats, texts, unsigned } from "./database.mjs";
import { NONE } from "./engine.mjs";

/** Tables that a training without such an input has all the same, empty. */
const EMPTY = [
  "items(item_id VARCHAR, item BIGINT)",
  "clicks(session BIGINT, person BIGINT, day INTEGER, item BIGINT, place BIGINT, places BIGINT)",
  "catalog(item VARCHAR, title VARCHAR, category VARCHAR, brand VARCHAR, price DOUBLE)",
  "orders(person VARCHAR, invoice VARCHAR, item VARCHAR, seconds BIGINT, quantity DOUBLE, price DOUBLE)",
];

/** Numbers items, categories and brands of what was read; afterwards `items` is whole. */
export async function numberStock(database) {
  for (const table of EMPTY) await database.execute(`CREATE TABLE IF NOT EXISTS ${table}`);
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
    const [baskets] = await database.columnsOf("order-items", {}, [unsigned]);
    trainer.setOrders(a, b, buyers, weight, baskets);
    const needs = await database.columnsOf("order-needs", { k }, [unsigned, unsigned, unsigned]);
    const repeats = await database.columnsOf("order-repeats", {}, [unsigned, unsigned, unsigned, unsigned, floats]);
    trainer.setNeeds(...needs, ...repeats);
  }
}
