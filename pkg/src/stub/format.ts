/**
 * What the stub knows of orders: for each list a key that names it and its
 * order of the merchant's, and the shopper's as places. No ids and no words:
 * what is stored says nothing to who does not have the list. Whoever reads it
 * back trusts nothing of it.
 */

/** Under the store's own prefix, so that what deletes the store deletes it. */
export const orderKey = (store: string): string => `reshelf.${store}.order`;

/** Most UTF-16 units of what is stored: some twelve lists of a hundred, or a hundred of ten. */
export const LONGEST = 4_000;

/** 32 bits of FNV-1a: of two lists that met, the places of the one would hardly fit the other. */
export function listKey(kind: string, placement: string, query: string | null | undefined, ids: readonly string[]): string {
  let hash = 0x811c9dc5;
  const text = [kind, placement, query, ...ids].join("\n");
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** One list a line. */
export const line = (key: string, places: readonly number[]): string => `${key}:${places}`;

/** The places of the list of this key among lines; undefined unless they are a permutation of `count`. */
export function placesOf(lines: readonly string[], key: string, count: number): number[] | undefined {
  const places = lines.map(text => text.split(/\W/)).find(parts => parts.shift() === key)?.map(Number);
  return places?.length === count && places.every((_, at) => places.includes(at)) ? places : undefined;
}
