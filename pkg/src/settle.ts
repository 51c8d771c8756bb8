/** Lists that stay as they are for this page view, in the words of the stub (`stub/inline.iife.ts`). */
import { ENTRY, type ShelfKind } from "./shelf.js";

type Container = HTMLElement & { reshelf?: { query: string | null; before: string; after?: unknown } };

/**
 * From now on `arrange` holds the order that marked lists under `root` have, and
 * reads them as always; with `refresh` it decides anew. Lists that are settled stay so.
 */
export function settle(root: ParentNode): void {
  for (const container of root.querySelectorAll<Container>("[data-reshelf]")) {
    const entry = ENTRY[container.dataset["reshelf"] as ShelfKind] as string | undefined;
    if (entry === undefined || typeof container.reshelf?.after === "string") continue;
    const ids = Array.from(container.children, child => child.getAttribute(entry)).filter(id => id !== null);
    const before = ids.join("\n");
    // An id that is two lines is no text of an id a line; that list is as it is to `arrange`.
    if (!ids.some(id => id.includes("\n"))) container.reshelf = { query: container.dataset["reshelfQuery"] ?? null, before, after: before };
  }
}
