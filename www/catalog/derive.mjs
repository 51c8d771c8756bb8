// Derives the shop's catalogue, and the baskets its artifact is trained from, out
// of the year of invoices it really sold.
//
//   node www/catalog/derive.mjs FOLDER
//
// The folder holds `online_retail_II_2009-2010.parquet` (UCI Online Retail II,
// CC BY 4.0, see LICENSE.md). Same input, same bytes: nothing here depends on
// the clock, the locale or chance.
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { nameForPeople } from "./names.mjs";
import { CATEGORIES, shelve } from "./rules.mjs";
import { tagsFor } from "./tags.mjs";

const FILE = "online_retail_II_2009-2010.parquet";
const PRODUCTS = 2400;
/** Larger invoices are those of resellers, whose baskets say little of what goes with what. */
const LARGEST_BASKET = 20;

/** Stock codes of goods are five digits and a letter or two; the rest is postage, fees, vouchers, tests. */
const GOODS = /^\d{5}[A-Z]{0,2}$/;
/** Lines the staff typed instead of a name. */
const NOTES = /damage|wrong|missing|adjust|sample|voucher|\bcheck\b(?! cat| hammock)|\bfound\b|\?|postage|carriage|manual/i;

const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
/** Most frequent key; the smaller one of two equally frequent, so that order of input never matters. */
function commonest(map) {
  return [...map].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0][0];
}

function tally(rows) {
  const goods = new Map();
  for (const { Invoice, StockCode, Description, Quantity, Price } of rows) {
    const id = String(StockCode).toUpperCase();
    const name = String(Description ?? "").trim().replace(/\s+/g, " ");
    const cancelled = String(Invoice).startsWith("C");
    if (cancelled || !GOODS.test(id) || !(Price >= 0.1) || !(Quantity > 0) || name.length < 5 || NOTES.test(name)) continue;
    if (!goods.has(id)) goods.set(id, { id, invoices: new Set(), names: new Map(), prices: new Map() });
    const product = goods.get(id);
    product.invoices.add(Invoice);
    count(product.names, name);
    count(product.prices, Price);
  }
  return [...goods.values()];
}

function products(rows) {
  const ranked = tally(rows).sort((a, b) => b.invoices.size - a.invoices.size || (a.id < b.id ? -1 : 1));
  const seen = new Set();
  const kept = [];
  for (const { id, invoices, names, prices } of ranked) {
    const name = nameForPeople(commonest(names));
    // One article under two codes is one product to a shopper: the better seller stays.
    if (seen.has(name)) continue;
    seen.add(name);
    const { type, shelf } = shelve(name);
    kept.push({
      id,
      name,
      category: CATEGORIES[shelf],
      price: Number(commonest(prices).toFixed(2)),
      tags: tagsFor(name, type),
      rank: kept.length + 1,
      // Two digits say how popular it is; more would only make the file longer.
      sales: Number(invoices.size.toPrecision(2)),
    });
    if (kept.length === PRODUCTS) break;
  }
  return kept;
}

/**
 * Baskets of two products or more, in the order of the invoices: a number for the
 * customer, the date, the products. A line a basket.
 */
function baskets(rows, list) {
  const sold = new Set(list.map(({ id }) => id));
  const invoices = new Map();
  for (const { Invoice, StockCode, Quantity, InvoiceDate, "Customer ID": customer } of rows) {
    const id = String(StockCode).toUpperCase();
    if (String(Invoice).startsWith("C") || !customer || !sold.has(id) || !(Quantity > 0)) continue;
    if (!invoices.has(Invoice)) invoices.set(Invoice, { customer, date: String(InvoiceDate).slice(0, 10), items: new Set() });
    invoices.get(Invoice).items.add(id);
  }
  const numbers = new Map();
  const lines = [];
  for (const { customer, date, items } of invoices.values()) {
    if (items.size < 2 || items.size > LARGEST_BASKET) continue;
    // Numbered anew: the shop's own number of a customer is nobody's business.
    if (!numbers.has(customer)) numbers.set(customer, numbers.size + 1);
    lines.push([numbers.get(customer), date, [...items].join(" ")].join("\t"));
  }
  return lines;
}

function report(list) {
  const shelves = new Map();
  for (const { category } of list) count(shelves, category.join(" > "));
  for (const [name, n] of [...shelves].sort((a, b) => b[1] - a[1])) {
    console.log(`${String(n).padStart(5)}  ${(100 * n / list.length).toFixed(1).padStart(4)} %  ${name}`);
  }
}

async function main() {
  const folder = process.argv[2];
  const path = folder && resolve(folder, FILE);
  if (!path || !existsSync(path)) {
    console.error(`The invoices are not there: give the folder that holds ${FILE}`);
    process.exitCode = 1;
    return;
  }
  const rows = await parquetReadObjects({
    file: await asyncBufferFromFile(path),
    columns: ["Invoice", "StockCode", "Description", "Quantity", "Price", "InvoiceDate", "Customer ID"],
  });
  const list = products(rows);
  const out = join(fileURLToPath(new URL(".", import.meta.url)), "catalog.json");
  writeFileSync(out, `[\n${list.map(product => JSON.stringify(product)).join(",\n")}\n]\n`);
  const sold = baskets(rows, list);
  writeFileSync(join(fileURLToPath(new URL(".", import.meta.url)), "baskets.tsv.gz"), gzipSync(`${sold.join("\n")}\n`, { level: 9 }));
  report(list);
  console.log(`${sold.length} baskets written to baskets.tsv.gz`);
  console.log(`${list.length} products written to catalog.json`);
}

await main();
