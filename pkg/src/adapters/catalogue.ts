/** What an adapter knows of products, told to the shop once, and only what nobody said before. */
import { quietly } from "../quietly.js";
import type { ItemRow, Reshelf } from "../types.js";

/** A row as adapters make it: a field that is undefined is not known. */
export type Row = { id: string; title?: string | undefined; group?: string | undefined } & {
  [Field in Exclude<keyof ItemRow, "id" | "title" | "group">]?: ItemRow[Field] | undefined;
};

/** Ids that are remembered as told; a page that invents more is told them again. */
const MOST_TOLD = 10_000;

/** Adds rows to the shop's. */
export type Catalogue = (rows: readonly Row[]) => void;

export function catalogueOf(shop: Pick<Reshelf, "addItems">): Catalogue {
  /** By id, how many fields were told; an id alone says nothing. */
  const told = new Map<string, number>();
  return rows => {
    const news = rows.flatMap(row => {
      const said = Object.entries(row).filter(([, value]) => value != null);
      if (said.length <= (told.get(row.id) ?? 1)) return [];
      if (told.size >= MOST_TOLD) told.clear();
      told.set(row.id, said.length);
      return [Object.fromEntries(said) as unknown as ItemRow];
    });
    if (news[0]) quietly(() => shop.addItems(news, { keep: true }));
  };
}
