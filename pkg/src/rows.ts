/** Turns the caller's product rows into the ones the engine takes. */
import { ReshelfError, isArray, kindOf, read } from "./errors.js";
import type { ItemRow } from "./types.js";

/** Longest text the engine keeps, in UTF-16 units. */
export const LONGEST_TEXT = 256;
const MOST_LEVELS = 16;
const MOST_TAGS = 64;
const MOST_COMPONENTS = 1_024;

/** A row with every field checked; `id` is a string. */
export type CheckedRow = Omit<ItemRow, "vector"> & { id: string; vector?: Int8Array };

const wrong = (field: string, advice: string) => new ReshelfError("invalid-items", field, advice);

/**
 * Checks all rows before the first is used, so that an error registers none.
 * @throws ReshelfError `invalid-items` naming the field, for example `items[3].id`.
 */
export function checkRows(rows: unknown): CheckedRow[] {
  if (!isArray(rows)) throw wrong("items", `must be an array of rows; got ${kindOf(rows)}.`);
  const count = read("invalid-items", rows, "length", "items") as number;
  const checked: CheckedRow[] = [];
  for (let i = 0; i < count; i++) checked.push(checkRow(read("invalid-items", rows, i, `items[${i}]`), i));
  return checked;
}

function checkRow(row: unknown, index: number): CheckedRow {
  const field = `items[${index}]`;
  if (typeof row !== "object" || row === null) throw wrong(field, `must be an object with an id; got ${kindOf(row)}.`);
  const get = (key: keyof ItemRow) => read("invalid-items", row, key, `${field}.${key}`);
  const checked: CheckedRow = { id: checkId(get("id"), `${field}.id`) };
  const category = texts(get("category"), `${field}.category`, MOST_LEVELS, 'Pass the path as an array: ["Home", "Candles"].');
  if (category) checked.category = category;
  const tags = texts(get("tags"), `${field}.tags`, MOST_TAGS, 'Pass an array: ["material:wood"].');
  if (tags) checked.tags = tags;
  for (const key of ["title", "brand", "currency", "colour", "group"] as const) {
    const value = text(get(key), `${field}.${key}`);
    if (value !== undefined) checked[key] = value;
  }
  for (const key of ["price", "listPrice"] as const) {
    const value = price(get(key), `${field}.${key}`);
    if (value !== undefined) checked[key] = value;
  }
  for (const key of ["inStock", "replenishable"] as const) {
    const value = get(key);
    if (typeof value === "boolean") checked[key] = value;
    else if (value !== undefined && value !== null) throw wrong(`${field}.${key}`, `must be true or false; got ${kindOf(value)}.`);
  }
  const direction = vector(get("vector"), `${field}.vector`);
  if (direction) checked.vector = direction;
  return checked;
}

function checkId(value: unknown, field: string): string {
  if (typeof value !== "string" && !Number.isFinite(value)) throw wrong(field, `must be a text or a number; got ${kindOf(value)}.`);
  const id = String(value);
  if (id === "" || id.length > LONGEST_TEXT) {
    throw wrong(field, `must have 1 to ${LONGEST_TEXT} characters; got ${kindOf(id)}. Use the shop's SKU.`);
  }
  return id;
}

// A text that is too long says nothing about taste, and one odd product must
// not keep a whole catalogue out: it counts as absent.
function text(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw wrong(field, `must be a text; got ${kindOf(value)}.`);
  return value.length > LONGEST_TEXT ? undefined : value;
}

function texts(value: unknown, field: string, most: number, advice: string): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isArray(value)) throw wrong(field, `must be an array of texts; got ${kindOf(value)}. ${advice}`);
  const checked: string[] = [];
  const count = Math.min(read("invalid-items", value, "length", field) as number, most);
  for (let i = 0; i < count; i++) {
    const entry = read("invalid-items", value, i, `${field}[${i}]`);
    if (typeof entry !== "string") throw wrong(`${field}[${i}]`, `must be a text; got ${kindOf(entry)}. ${advice}`);
    if (entry.length <= LONGEST_TEXT) checked.push(entry);
  }
  return checked;
}

function price(value: unknown, field: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number") throw wrong(field, `must be a number; got ${kindOf(value)}. Pass 2.55, not "2.55".`);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** A vector's direction in a byte a component, which is as good as floats for comparing. */
function vector(value: unknown, field: string): Int8Array | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isArray(value) && !ArrayBuffer.isView(value)) throw wrong(field, `must be an array of numbers; got ${kindOf(value)}.`);
  const count = read("invalid-items", value, "length", field) as number;
  if (!(count > 0 && count <= MOST_COMPONENTS)) throw wrong(field, `must have 1 to ${MOST_COMPONENTS} numbers; got ${count}.`);
  const numbers = Array.from({ length: count }, (_, i) => read("invalid-items", value, i, `${field}[${i}]`));
  const odd = numbers.findIndex(number => !Number.isFinite(number));
  if (odd >= 0) throw wrong(`${field}[${odd}]`, `must be a finite number; got ${kindOf(numbers[odd])}.`);
  const largest = Math.max(...(numbers as number[]).map(Math.abs)) || 1;
  return Int8Array.from(numbers as number[], number => Math.round((number / largest) * 127));
}

// What the engine splits by; a shop's texts lose these characters.
const ROW_END = "\u0001";
const FIELD_END = "\u0002";
const VALUE_END = "\u0003";
const clean = (value: string) => value.replace(/[\u0001-\u0003]/g, " ");

const flags = ({ inStock, replenishable }: CheckedRow) => (inStock === false ? "o" : "") + (replenishable ? "r" : "");

/**
 * Packs checked rows for `Core.addItems`: one text and one array of numbers
 * cross to the engine several times faster than objects, and no decoder of
 * objects has to be loaded. A missing price is NaN.
 */
export function packRows(rows: readonly CheckedRow[]): [texts: string, prices: Float64Array, vectors: Int8Array] {
  const text = (value: string | null | undefined) => clean(value ?? "");
  const list = (values: readonly string[] | null | undefined) => (values ?? []).map(value => clean(value) + VALUE_END).join("");
  const fields = (row: CheckedRow) => {
    const { id, category, brand, colour, tags, group, vector } = row;
    return [text(id), list(category), text(brand), text(colour), list(tags), text(group), flags(row), vector?.length ?? "", ROW_END];
  };
  const vectors = new Int8Array(rows.reduce((sum, { vector }) => sum + (vector?.length ?? 0), 0));
  let at = 0;
  for (const { vector } of rows) {
    if (!vector) continue;
    vectors.set(vector, at);
    at += vector.length;
  }
  return [rows.map(row => fields(row).join(FIELD_END)).join(""), Float64Array.from(rows, row => row.price ?? NaN), vectors];
}
