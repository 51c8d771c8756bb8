/**
 * What of the shopper's taste a part of this package tells others, by the shopper's
 * own shop: written by the adapter that does it, read by the panel that promises
 * otherwise. By a registered symbol, because both may come from other copies of this package.
 */
const SHARES = Symbol.for("reshelf.shares");

/** Notes on `shop` that something is told; returns a function that takes the note back. */
export function noteShare(shop: object): () => void {
  const noted = shop as Record<symbol, number>;
  noted[SHARES] = (noted[SHARES] ?? 0) + 1;
  return () => void noted[SHARES]!--;
}

/** Whether anything is told. */
export const sharesAnything = (shop: object): boolean => ((shop as Record<symbol, number>)[SHARES] ?? 0) > 0;
