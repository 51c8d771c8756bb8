// What shops write as times, amounts and currencies, and what it means: by each value,
// or by the whole column where one alone can be read in two ways.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { Database } from "../../cli/src/database.mjs";
import { readCatalog, readOrders } from "../../cli/src/reading/inputs.mjs";
import { folder, visits, write } from "./command.mjs";

/** What a macro of `values.sql` makes of these texts. */
async function asked(texts, sql) {
  const database = await Database.open();
  try {
    const rows = await database.rows(`SELECT ${sql} FROM (VALUES ${texts.map(text => `('${text.replaceAll("'", "''")}')`)}) AS written(text)`);
    return Object.fromEntries(texts.map((text, at) => [text, rows[at][0]]));
  } finally {
    database.close();
  }
}

test("a time is read as exports write it", async () => {
  const at = (...date) => Date.UTC(...date) / 1000;
  const always = {
    "1600000000": 1_600_000_000, "1600000000123": 1_600_000_000.123, "1600000000123456": 1_600_000_000.123456,
    "2020-09-13T12:26:40Z": at(2020, 8, 13, 12, 26, 40), "2020-09-13 12:26:40+02:00": at(2020, 8, 13, 12, 26, 40), "2020/09/13 12:26:40": at(2020, 8, 13, 12, 26, 40),
    "20200913": at(2020, 8, 13), "20200913122640": at(2020, 8, 13, 12, 26, 40), "202009131226": at(2020, 8, 13, 12, 26),
    "13.09.2020 12:26": at(2020, 8, 13, 12, 26), "13.9.20": at(2020, 8, 13), "13.9.99 08:15": at(1999, 8, 13, 8, 15),
    "Sep 13, 2020": at(2020, 8, 13), "13-Sep-2020": at(2020, 8, 13), "13 Sep 2020 12:26": at(2020, 8, 13, 12, 26), "Sun, 13 Sep 2020 12:26:40 GMT": at(2020, 8, 13, 12, 26, 40),
    "soon": null, "12:00": null, "yesterday 2020": null, "nan": null, "inf": null, "-5": null, "1.5.2020": at(2020, 4, 1),
  };
  // (With an offset, as it is written: the hour at which the shopper was there.)
  const monthFirst = { "9/3/20 1:05 PM": at(2020, 8, 3, 13, 5), "9/3/2020": at(2020, 8, 3), "13/9/2020": null };
  const dayFirst = { "9/3/20 1:05 PM": at(2020, 2, 9, 13, 5), "9/3/2020": at(2020, 2, 9), "20-09-13": at(2013, 8, 20) };
  for (const [known, first] of [[{ ...always, ...monthFirst }, false], [{ ...always, ...dayFirst }, true]]) {
    assert.deepEqual(await asked(Object.keys(known), `seconds_of(text, ${first})`), known);
  }
});

test("an amount and its currency are read as shops write them", async () => {
  const written = {
    "12.50 EUR": [12.5, "EUR"], "EUR 12,50": [12.5, "EUR"], "12,50 €": [12.5, "EUR"], "12.50 Euro": [12.5, "EUR"], "ab 12,90 €": [12.9, "EUR"],
    "$1,234.50": [1234.5, "USD"], "US$ 12.00": [12, "USD"], "R$ 12,90": [12.9, "BRL"], "A$ 12": [12, "AUD"], "CA$ 5": [5, "CAD"], "2 for $5": [2, "USD"],
    "CHF 1'234.–": [1234, "CHF"], "1.299,- EUR": [1299, "EUR"], "1.234,50": [1234.5, null], "1 299,00 Kč": [1299, "CZK"], "1\u202f200 ₽": [1200, "RUB"],
    "1.299.000 Ft": [1_299_000, "HUF"], "12 lei": [12, "RON"], "12 zł": [12, "PLN"], "99 kr": [99, null], "12.50 VAT": [12.5, null], "GBP12.50": [12.5, "GBP"],
    "1.234": [1.234, null], "1,234": [1234, null], "Free": [null, null],
  };
  const texts = Object.keys(written);
  const [amounts, currencies] = [await asked(texts, "amount_of(text, false)"), await asked(texts, "currency_of(text, NULL)")];
  assert.deepEqual(Object.fromEntries(texts.map(text => [text, [amounts[text], currencies[text]]])), written);
});

test("where decimals have a comma, a point separates thousands: in all of the column", async t => {
  const out = folder(t);
  const database = await Database.open();
  t.after(() => database.close());
  const prices = async (text, read, query) => {
    writeFileSync(join(out, "file.csv"), text);
    await read(database, join(out, "file.csv"));
    const found = (await database.rows(query)).flat();
    await database.execute("DROP TABLE IF EXISTS catalog; DROP TABLE IF EXISTS orders");
    return found;
  };
  const query = "SELECT price FROM catalog ORDER BY item";
  assert.deepEqual(await prices("id;price\n1;1.299 €\n2;12,90 €\n3;0.999 €\n", readCatalog, query), [1299, 12.9, 0.999]);
  assert.deepEqual(await prices("id;price\n1;1.299 €\n2;12.90 €\n", readCatalog, query), [1.299, 12.9]);
  assert.deepEqual(await prices("invoice;item;price;qty\n1;a;1.299;2\n1;b;12,5;1\n", (database, path) => readOrders(database, path, {}), "SELECT price FROM orders ORDER BY item"), [1299, 12.5]);
});

test("times with a zone are the same wherever the command runs", async t => {
  const out = folder(t);
  const tsv = write(join(out, "s.tsv"), "events", visits(2_000, 6));
  const parquet = join(out, "s.parquet");
  const database = await Database.open();
  await database.execute(`COPY (SELECT SessionId, ItemId, make_timestamptz(CAST(CAST(Time AS DOUBLE) * 1000000 AS BIGINT)) AS Time FROM read_csv('${tsv}', delim = '\t', all_varchar = true)) TO '${parquet}' (FORMAT parquet)`);
  database.close();
  const command = fileURLToPath(new URL("../../cli/bin/reshelf.mjs", import.meta.url));
  const cards = [[tsv, "UTC"], [parquet, "UTC"], [parquet, "America/New_York"]].map(([sessions, TZ]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, "train", "--sessions", sessions, "--format", "events", "--k", "1", "--out", join(out, "artifact")], { encoding: "utf8", env: { ...process.env, TZ } });
    assert.equal(status, 0, stderr);
    return stdout;
  });
  assert.deepEqual(cards.slice(1), [cards[0], cards[0]]);
});

test("an act is told by the many names that it has", async () => {
  const known = {
    view: 1, product_detail: 1, "click out": 1, clicks: 1, pv: 1,
    addtocart: 4, add_to_cart: 4, add_to_cart_click: 4, carts: 4, cart: 4, cart_add: 4,
    remove_from_cart: 5, delete_from_cart: 5, "remove from trolley": 5, cart_removed: 5,
    add_to_wishlist: 6, favourite: 6,
    transaction: 7, purchase: 7, buy: 7, orders: 7, order_placed: 7, "Order Completed": 7, sale: 7,
    impression: 0, view_item_list: 0, view_cart: 0, begin_checkout: 0, refund: 0, remove_from_wishlist: 0, unfavorite: 0,
    something: null, 3: null,
  };
  assert.deepEqual(await asked(Object.keys(known), "kind_of(text)"), known);
});
