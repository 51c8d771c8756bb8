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
export const fields = (value: unknown): Fields => (value && typeof value === "object" ? (value as Fields) : {});

/** A list as it is, and anything with fields as a list of one. */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.slice(0, MOST);
  return fields(value) === value ? [value] : [];
}

/** A text or a number as text; undefined where it is empty or too long to name anything. */
export function text(value: unknown): string | undefined {
  const found = typeof value === "string" ? value.trim() : Number.isFinite(value) ? String(value) : "";
  return found && found.length <= LONGEST ? found : undefined;
}

/** The first of these that is a text. */
export function firstText(...values: unknown[]): string | undefined {
  return values.map(text).find(found => found !== undefined);
}

/**
 * One number among other signs, and no minus before it: digits, or groups of them that one and
 * the same mark parts, the last of three (`1,299`, `1'299'000`, `1,23,456`); then decimals or a dash.
 */
const PRICE = /^[^\d–—−-]*([1-9]\d?\d?([.,'’\s])(?:\d\d\d?\2)*\d{3}|\d+)(?:([.,])(?:(\d+)|[–—-]))?\D*$/;

/**
 * An amount that is not negative, as shops of any country write it: `9.99`, `"1,299.00"`,
 * `"1.299,00 €"`, `"CHF 1'299.-"`, `"1 299,00 kr"`. A single mark before three digits groups
 * thousands, as in nearly all prices (those of dinars have three decimals); only a bare
 * `"1.299"` is a program's, and decimal. Undefined where there is no number or more than one.
 */
export function amount(value: unknown): number | undefined {
  const said = text(value) ?? "";
  if (/^\d*\.?\d+$/.test(said)) return Number(said);
  // "$.99" is 0.99; "Rs.99" and "S/.99" are not.
  const [, whole, group, mark, decimals = 0] = PRICE.exec(said.replace(/(^|[^\p{L}\d/])[.,](?=\d)/u, "$10.")) ?? [];
  return whole && (!mark || mark !== group) ? Number(`${whole.replace(/\D/g, "")}.${decimals}`) : undefined;
}

/** A place in a list, counted from 0 by who counts from `start`. */
export function place(value: unknown, start = 0): number | undefined {
  const number = amount(value);
  return number !== undefined && number >= start ? number - start : undefined;
}

/** A list that says something; undefined for an empty one. */
export const some = <T>(values: T[]): T[] | undefined => (values.length ? values : undefined);

/** A path of categories: `"Home > Candles"`. */
export function path(value: unknown): string[] | undefined {
  const levels = (text(value) ?? "").split(">").map(level => level.trim());
  return some(levels.filter(level => level));
}
