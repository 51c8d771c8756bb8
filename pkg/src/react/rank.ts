/** `useRank`: a list of products in the shopper's order. */
import { useEffect, useState } from "react";
import { ownId } from "../arguments.js";
import { idText } from "../handles.js";
import type { ItemId, ItemRow, Reshelf } from "../types.js";
import { attempt, given, listed, register } from "./client.js";
import { Shelf, entryMarks } from "../shelf.js";
import { type Shelved, useList, useShelved } from "./visit.js";

const itemProps = entryMarks("products");

/** Further arguments of `useRank`; its functions are to be pure. */
export interface UseRankOptions<T, U = T> {
  /** Id of an entry; by default the entry itself if it is a string or number, else its `id`. An empty one keeps its place. */
  readonly id?: (entry: T) => ItemId;
  /** What to register of an entry where `addItems` or the provider did not tell of it: `product => product` where they have the fields of `ItemRow`. */
  readonly row?: (entry: T) => ItemRow;
  /** What the shopper searched for, when the list is a search result. */
  readonly query?: string;
  /** Most entries shown, of those in order; all by default. */
  readonly limit?: number;
  /** Changes the entries shown, in their order. A new function each render makes a new array each render. */
  readonly transformItems?: (items: readonly T[]) => readonly U[];
}

/**
 * `list`, which is in the merchant's order, in the shopper's. Entries with
 * unknown ids keep their place. Entries that come later are put in order among
 * themselves, and a list in another order is taken as a new one of the merchant's.
 * @param placement the list's name, for `explain`, as in `data-reshelf-placement`
 * @param list null or undefined while it is still to come
 */
export function useRank<T, U = T>(placement: string, list: readonly T[] | null | undefined, options: UseRankOptions<T, U> = {}): Shelved<U> {
  const { id = ownId, row, query, ...shaping } = given(options);
  const visit = useList("useRank", "products", placement, query);
  const { client, shop, turn, listProps } = visit;
  const [memory] = useState(() => ({ shelf: new Shelf("products"), told: new WeakMap<Reshelf, Set<string>>(), hasTold: false }));
  useEffect(() => {
    if (memory.hasTold) client.told();
    memory.hasTold = false;
  });

  const entries = listed("list", list);
  let ordered = entries;
  if (shop) {
    const order = () => {
      const ids = entries.map(entry => idText(id(entry)));
      if (row) {
        const told = memory.told.get(shop) ?? new Set();
        memory.told.set(shop, told);
        const rows = entries.filter((_, place) => !told.has(ids[place]!)).map(row);
        register(shop, rows, true);
        ids.forEach(id => told.add(id));
        memory.hasTold ||= rows.length > 0;
      }
      return memory.shelf.order(shop, { list: listProps, ids }, turn).map(place => entries[place]!);
    };
    ordered = attempt(`"${placement}" could not be put in order`, order, entries);
  }
  return useShelved(visit, itemProps, ordered, shaping);
}
