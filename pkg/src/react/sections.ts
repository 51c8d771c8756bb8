/** `useSections`: the sections of a page in the shopper's order. */
import { useState } from "react";
import { idText } from "../handles.js";
import type { ItemId } from "../types.js";
import { attempt, given, listed } from "./client.js";
import { type Marks, Shelf, entryMarks } from "../shelf.js";
import { type Shelved, useList, useShelved } from "./visit.js";

/** A section as data. Further fields are the page's own. */
export interface SectionEntry {
  /** Its id, stable over visits. */
  readonly id: ItemId;
  /** Path of what it shows, from the root of the shop's tree: `["Home", "Candles"]`. */
  readonly category?: readonly string[];
  /** True: it never moves. */
  readonly pin?: boolean;
}

/** Marks of a section, beside its id. */
function marksOf(section: SectionEntry | undefined): Marks {
  const path = listed("category", section?.category).join(" > ");
  return { ...(path && { "data-reshelf-category": path }), ...(section?.pin && { "data-reshelf-pin": "" }) };
}

const idMarks = entryMarks("sections");

/** What a hook remembers of its sections, and the marks of those of the latest render. */
class Sections {
  readonly shelf = new Shelf("sections");
  latest: readonly SectionEntry[] = [];

  readonly itemProps = (id: ItemId): Marks => {
    const section = this.latest.find(section => idText(section?.id) === idText(id));
    return { ...marksOf(section), ...idMarks(id) };
  };
}

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
 * @param sections null or undefined while they are still to come
 */
export function useSections<T extends SectionEntry, U = T>(placement: string, sections: readonly T[] | null | undefined, options: UseSectionsOptions<T, U> = {}): Shelved<U> {
  const list = useList("useSections", "sections", placement);
  const { shop, turn, listProps } = list;
  const [memory] = useState(() => new Sections());

  const entries = (memory.latest = listed("sections", sections));
  let ordered = entries;
  if (shop) {
    const marks = (place: number) => marksOf(entries[place]);
    const order = () => memory.shelf.order(shop, { list: listProps, ids: entries.map(({ id }) => idText(id)), marks }, turn).map(place => entries[place]!);
    ordered = attempt(`"${placement}" could not be put in order`, order, entries);
  }
  return useShelved(list, memory.itemProps, ordered, given(options));
}
