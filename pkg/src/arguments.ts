/** Checks of the arguments that more than one method takes. */
import { ReshelfError, kindOf } from "./errors.js";
import type { ItemId } from "./types.js";

/** What can be searched for marked elements. */
export type Root = ParentNode & Node;

export const wrong = (field: string, advice: string): ReshelfError => new ReshelfError("invalid-argument", field, advice);

export function mustName(placement: unknown): void {
  if (typeof placement !== "string" || placement === "") {
    throw wrong("placement", `must be a text, for example "search"; got ${kindOf(placement)}.`);
  }
}

export function mustContain(root: unknown): void {
  if (typeof (root as Root | null)?.querySelectorAll !== "function") {
    throw wrong("root", `must be a document, shadow root or element; got ${kindOf(root)}.`);
  }
}

/** The document, where there is one. */
export const page = (): Root | undefined => (typeof document === "undefined" ? undefined : document);

/** Id of a list entry when `rank` is not told how to find it. */
export const ownId = (entry: unknown): ItemId =>
  typeof entry === "object" && entry !== null ? (entry as { id: ItemId }).id : (entry as ItemId);
