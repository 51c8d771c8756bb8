/** `useSections`: the sections of a page in the shopper's order. */
import { useMemo, useState } from "react";
import { idText } from "../handles.js";
import type { ItemId } from "../types.js";
import { attempt } from "./client.js";
import { Shelf, entryMarks, listMarks } from "../shelf.js";
import { type Shelved, Steady, useRefresh, useVisit } from "./visit.js";

/** A section as data. Further fields are the page's own. */
export interface SectionEntry {
  /** Its id, stable over visits. */
  readonly id: ItemId;
  /** Path of what it shows, from the root of the shop's tree: `["Home", "Candles"]`. */
  readonly category?: readonly string[];
  /** True: it never moves. */
  readonly pin?: boolean;
}

const itemProps = entryMarks("sections");

/** Further arguments of `useSections`. */
export interface UseSectionsOptions<T, U = T> {
  /** Most sections shown, of those in order; all by default. */
  readonly limit?: number;
  /** Changes the sections shown, in their order. A new function each render makes a new array each render. */
  readonly transformItems?: (items: readonly T[]) => readonly U[];
}

/**
 * `sections`, which are in the merchant's order, in the shopper's; pinned ones
 * keep their place.
 * @param placement the page's name for them, for what is learnt about its sections, as in `data-reshelf-placement`
 */
export function useSections<T extends SectionEntry, U = T>(placement: string, sections: readonly T[], options: UseSectionsOptions<T, U> = {}): Shelved<U> {
  const { limit, transformItems } = options;
  const { shop, status, revision } = useVisit("useSections");
  const [turn, refresh] = useRefresh();
  const listProps = useMemo(() => listMarks("sections", placement), [placement]);
  const [memory] = useState(() => ({ shelf: new Shelf("sections"), steady: new Steady<U>() }));

  let ordered: readonly T[] = sections;
  if (shop) {
    const marks = (place: number): Record<string, string> => {
      const { category = [], pin } = sections[place]!;
      return { "data-reshelf-category": category.join(" > "), ...(pin ? { "data-reshelf-pin": "" } : {}) };
    };
    const order = () => memory.shelf.order(shop, { list: listProps, ids: sections.map(({ id }) => idText(id)), marks }, turn + revision);
    const places = attempt(`"${placement}" could not be put in order`, order, undefined);
    if (places) ordered = places.map(place => sections[place]!);
  }
  const shown = ordered.slice(0, limit);
  const items = memory.steady.keep(transformItems ? transformItems(shown) : (shown as readonly unknown[] as readonly U[]));
  return useMemo(() => ({ items, status, refresh, listProps, itemProps }), [items, status, refresh, listProps]);
}
