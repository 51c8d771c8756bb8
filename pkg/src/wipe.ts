/**
 * Deletes a store's keys and its mirror without the engine. "Forget me" must
 * also hold on a page without consent, where the engine has no storage, and on
 * one where it could not be loaded. Only removes; reads no value.
 */
import { databaseName, deleteMirror } from "./mirror.js";
import { quietly } from "./quietly.js";
import { orderKey } from "./stub/format.js";

export function wipe(store: string): void {
  removeKeys(store, "");
  deleteMirror(databaseName(store));
}

/**
 * What is kept beside the engine's records, which leaves keys alone that are not
 * its own: what a pixel left (`adapters/shopify-slots`), the stub's orders (`stub/format`),
 * and which purchases were counted (`adapters/orders`).
 */
export function wipeBeside(store: string): void {
  removeKeys(store, "pixel.");
  removeKeys(store, "order");
}

/** Deletes the orders that the stub of the next page would put lists into: the shopper wants others. */
export function wipeOrders(store: string): void {
  quietly(() => localStorage.removeItem(orderKey(store)));
}

function removeKeys(store: string, part: string): void {
  const prefix = `reshelf.${store}.${part}`;
  try {
    const area = globalThis.localStorage;
    for (const key of Object.keys(area)) {
      if (key.startsWith(prefix)) area.removeItem(key);
    }
  } catch {
    // Storage that cannot be reached holds nothing of ours.
  }
}
