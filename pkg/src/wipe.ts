/**
 * Deletes a store's keys and its mirror without the engine. "Forget me" must
 * also hold on a page without consent, where the engine has no storage, and on
 * one where it could not be loaded. Only removes; reads no value.
 */
import { databaseName, deleteMirror } from "./mirror.js";

export function wipe(store: string): void {
  removeKeys(store, "");
  deleteMirror(databaseName(store));
}

/** What a pixel left for this page (`adapters/shopify-slots`): the engine leaves keys alone that are not its own. */
export const wipeSlots = (store: string): void => removeKeys(store, "pixel.");

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
