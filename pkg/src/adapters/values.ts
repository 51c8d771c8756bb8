/**
 * Reading what other scripts say. Their payloads are documented, and hold
 * anything all the same: a value that is not what it should be is absent.
 */

/** Longest text that the shop takes, in UTF-16 units. */
const LONGEST = 256;
/** Most entries read of a list: GA4 sends at most 200, and a broken length must not hang the page. */
const MOST = 200;

/** Anything with fields. Which of them are there is for the reader to find out. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value's fields; none for what has none. */
export const fields = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});

/** A list as it is, and anything with fields as a list of one. */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.slice(0, MOST);
  return typeof value === "object" && value !== null ? [value] : [];
}

/** A text or a number as text; undefined where it is empty or too long to name anything. */
export function text(value: unknown): string | undefined {
  const found = typeof value === "string" ? value.trim() : typeof value === "number" && Number.isFinite(value) ? String(value) : "";
  return found === "" || found.length > LONGEST ? undefined : found;
}

/** The first of these that is a text. */
export function firstText(...values: unknown[]): string | undefined {
  return values.map(text).find(found => found !== undefined);
}

/** An amount that is not negative: `9.99`, `"9.99"`, `"1,299.00"`, `"9,99"`, `"£9.99"`. */
export function amount(value: unknown): number | undefined {
  let digits = text(value)?.replace(/[^\d.,-]/g, "") ?? "";
  // A comma before one or two last digits is a decimal comma, any other one groups thousands.
  digits = /^[\d.]*,\d{1,2}$/.test(digits) ? digits.replace(/\./g, "").replace(",", ".") : digits.replace(/,/g, "");
  const number = digits === "" ? NaN : Number(digits);
  return number >= 0 && number < Infinity ? number : undefined;
}

/** A place in a list, counted from 0 by who counts from `start`. */
export function place(value: unknown, start = 0): number | undefined {
  const number = amount(value);
  return number !== undefined && number >= start ? number - start : undefined;
}

/** A path of categories: `"Home > Candles"`. */
export function path(value: unknown): string[] | undefined {
  const levels = (text(value) ?? "").split(">").map(level => level.trim());
  const named = levels.filter(level => level !== "");
  return named.length > 0 ? named : undefined;
}
