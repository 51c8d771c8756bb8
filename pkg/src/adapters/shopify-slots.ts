/**
 * Where a pixel leaves events for the theme: a fixed number of keys in
 * `localStorage`, so that both sides find them without a list that two could
 * write at once, and so that they can never be many.
 */

export const SLOTS = 32;

/** Longest entry, in UTF-16 units: some 15 products of an order. */
export const LONGEST_ENTRY = 4_000;

/** Under the store's own prefix, so that what deletes the store deletes them. */
export const slot = (store: string, place: number): string => `reshelf.${store}.pixel.${place % SLOTS}`;
