/** Turns the caller's product rows into the ones the engine takes. */
import { ReshelfError, UNREADABLE, isArray, kindOf, read } from "./errors.js";
import type { ItemRow } from "./types.js";

/** Longest text the engine keeps, in UTF-16 units. */
export const LONGEST_TEXT = 256;
const MOST_LEVELS = 16;
const MOST_TAGS = 64;
const MOST_COMPONENTS = 1_024;

/** A row with every field checked, undefined where it says nothing; `id` is a string. */
export type CheckedRow = Omit<ItemRow, "id" | "vector"> & { id: string; vector: Int8Array | undefined };

type Field = keyof ItemRow;

/** What is wrong with a field of the row at this place, or with an entry of it. Named only here: thousands of fields are right. */
const wrong = (row: number, field: Field | undefined, advice: string, entry?: number) =>
  new ReshelfError("invalid-items", `items[${row}]${field ? `.${field}` : ""}${entry === undefined ? "" : `[${entry}]`}`, advice);

/**
 * Checks all rows before the first is used, so that an error registers none.
 * @throws ReshelfError `invalid-items` naming the field, for example `items[3].id`.
 */
export function checkRows(rows: unknown): CheckedRow[] {
  if (!isArray(rows)) throw new ReshelfError("invalid-items", "items", `must be an array of rows; got ${kindOf(rows)}.`);
  const count = read("invalid-items", rows, "length", "items") as number;
  const checked: CheckedRow[] = [];
  for (let i = 0; i < count; i++) {
    let row: unknown;
    try {
      row = rows[i];
    } catch {
      throw wrong(i, undefined, UNREADABLE);
    }
    checked.push(checkRow(row, i));
  }
  return checked;
}

function checkRow(row: unknown, at: number): CheckedRow {
  if (typeof row !== "object" || row === null) throw wrong(at, undefined, `must be an object with an id; got ${kindOf(row)}.`);
  let given: ItemRow;
  try {
    given = fieldsOf(row);
  } catch {
    // One by one, which names the one that throws.
    const named = (field: string) => [field, read("invalid-items", row, field, `items[${at}].${field}`)];
    given = Object.fromEntries(Object.keys(fieldsOf({})).map(named)) as ItemRow;
  }
  const { id, category, tags, title, brand, currency, colour, group, price, listPrice, inStock, replenishable, vector } = given;
  // What is not said is not asked about: rows come by the thousand while the code is new to
  // the browser, and a call takes longer then than what it does.
  return {
    id: checkId(id, at),
    category: category == null ? undefined : texts(category, "category", at, MOST_LEVELS, 'Pass the path as an array: ["Home", "Candles"].'),
    tags: tags == null ? undefined : texts(tags, "tags", at, MOST_TAGS, 'Pass an array: ["material:wood"].'),
    title: title == null ? undefined : text(title, "title", at),
    brand: brand == null ? undefined : text(brand, "brand", at),
    currency: currency == null ? undefined : text(currency, "currency", at),
    colour: colour == null ? undefined : text(colour, "colour", at),
    group: group == null ? undefined : text(group, "group", at),
    price: price == null ? undefined : amount(price, "price", at),
    listPrice: listPrice == null ? undefined : amount(listPrice, "listPrice", at),
    inStock: inStock == null ? undefined : flag(inStock, "inStock", at),
    replenishable: replenishable == null ? undefined : flag(replenishable, "replenishable", at),
    vector: vector == null ? undefined : direction(vector, at),
  };
}

/** Each field once, and by name: half the time of a loop over names, while the code is new to the browser. */
function fieldsOf(row: object): ItemRow {
  const { id, category, tags, title, brand, currency, colour, group, price, listPrice, inStock, replenishable, vector } = row as ItemRow;
  return { id, category, tags, title, brand, currency, colour, group, price, listPrice, inStock, replenishable, vector } as ItemRow;
}

function checkId(value: unknown, at: number): string {
  if (typeof value !== "string" && !Number.isFinite(value)) throw wrong(at, "id", `must be a text or a number; got ${kindOf(value)}.`);
  const id = String(value);
  if (id === "" || id.length > LONGEST_TEXT) {
    throw wrong(at, "id", `must have 1 to ${LONGEST_TEXT} characters; got ${kindOf(id)}. Use the shop's SKU.`);
  }
  return id;
}

// A text that is too long says nothing about taste, and one odd product must
// not keep a whole catalogue out: it counts as absent.
function text(value: unknown, field: Field, at: number): string | undefined {
  if (typeof value !== "string") throw wrong(at, field, `must be a text; got ${kindOf(value)}.`);
  return value.length > LONGEST_TEXT ? undefined : value;
}

function texts(value: unknown, field: Field, at: number, most: number, advice: string): string[] {
  if (!isArray(value)) throw wrong(at, field, `must be an array of texts; got ${kindOf(value)}. ${advice}`);
  const found = entries(value, field, at, most);
  const checked: string[] = [];
  for (let i = 0; i < found.length; i++) {
    const entry = found[i];
    if (typeof entry !== "string") throw wrong(at, field, `must be a text; got ${kindOf(entry)}. ${advice}`, i);
    if (entry.length <= LONGEST_TEXT) checked.push(entry);
  }
  return checked;
}

function amount(value: unknown, field: Field, at: number): number | undefined {
  if (typeof value !== "number") throw wrong(at, field, `must be a number; got ${kindOf(value)}. Pass 2.55, not "2.55".`);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function flag(value: unknown, field: Field, at: number): boolean {
  if (typeof value !== "boolean") throw wrong(at, field, `must be true or false; got ${kindOf(value)}.`);
  return value;
}

/** A vector's direction in a byte a component, which is as good as floats for comparing. */
function direction(value: unknown, at: number): Int8Array {
  if (!isArray(value) && !ArrayBuffer.isView(value)) throw wrong(at, "vector", `must be an array of numbers; got ${kindOf(value)}.`);
  const numbers = entries(value as ArrayLike<unknown>, "vector", at, MOST_COMPONENTS + 1);
  const count = numbers.length;
  if (!(count > 0 && count <= MOST_COMPONENTS)) throw wrong(at, "vector", `must have 1 to ${MOST_COMPONENTS} numbers; got ${count === 0 ? "none" : "more"}.`);
  const odd = numbers.findIndex(number => !Number.isFinite(number));
  if (odd >= 0) throw wrong(at, "vector", `must be a finite number; got ${kindOf(numbers[odd])}.`, odd);
  const largest = Math.max(...(numbers as number[]).map(Math.abs)) || 1;
  return Int8Array.from(numbers as number[], number => Math.round((number / largest) * 127));
}

/** The first entries of the caller's list, read once each. */
function entries(list: ArrayLike<unknown>, field: Field, at: number, most: number): unknown[] {
  const found: unknown[] = [];
  let count: number | undefined;
  try {
    count = Math.min(list.length, most);
    for (let i = 0; i < count; i++) found.push(list[i]);
  } catch {
    throw wrong(at, field, UNREADABLE, count === undefined ? undefined : found.length);
  }
  return found;
}

// What the engine splits by; a shop's texts lose these characters.
const FIELD_END = "\u0002";
const VALUE_END = "\u0003";
const ENDS = /[\u0002\u0003]/g;

const clean = (value: string) => value.replace(ENDS, " ");

/**
 * Packs checked rows for `Core.addItems`: one text and one array of numbers
 * cross to the engine several times faster than objects, and no decoder of
 * objects has to be loaded. A missing price is NaN.
 */
export function packRows(rows: readonly CheckedRow[]): [texts: string, prices: Float64Array, vectors: Int8Array] {
  const list = (values: readonly string[] | null | undefined) => {
    let packed = "";
    for (const value of values ?? []) packed += clean(value) + VALUE_END;
    return packed + FIELD_END;
  };
  const text = (value: string | null | undefined) => clean(value ?? "") + FIELD_END;
  let texts = "";
  let length = 0;
  for (const { id, category, brand, colour, tags, group, inStock, replenishable, vector } of rows) {
    length += vector?.length ?? 0;
    texts += text(id) + list(category) + text(brand) + text(colour) + list(tags) + text(group);
    texts += (inStock === false ? "o" : "") + (replenishable ? "r" : "") + FIELD_END + (vector?.length ?? "") + FIELD_END;
  }
  const vectors = new Int8Array(length);
  let at = 0;
  for (const { vector } of rows) {
    if (!vector) continue;
    vectors.set(vector, at);
    at += vector.length;
  }
  return [texts, Float64Array.from(rows, row => row.price ?? NaN), vectors];
}
