/**
 * Deletes a store's keys and its mirror without the engine. "Forget me" must
 * also hold on a page without consent, where the engine has no storage, and on
 * one where it could not be loaded. Only removes; reads no value.
 */
import { databaseName, deleteMirror } from "./mirror.js";

export function wipe(store: string): void {
  const prefix = `reshelf.${store}.`;
  try {
    const area = globalThis.localStorage;
    for (const key of Object.keys(area)) {
      if (key.startsWith(prefix)) area.removeItem(key);
    }
  } catch {
    // Storage that cannot be reached holds nothing of ours.
  }
  deleteMirror(databaseName(store));
}
