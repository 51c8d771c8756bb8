/** `useRecommendations`: a row of products for this shopper. */
import { useState } from "react";
import { idText } from "../handles.js";
import type { ItemId, Recommendation, RecommendOptions, Reshelf, RowKind } from "../types.js";
import { NONE, attempt, given, listed } from "./client.js";
import { entryMarks } from "../shelf.js";
import { type Shelved, useList, useShelved } from "./visit.js";

/** Further arguments of `useRecommendations`; its functions are to be pure. */
export interface UseRecommendationsOptions<T = Recommendation> extends RecommendOptions {
  /** As in `recommend`. Functions cannot be told apart: another one alone leaves the row as it is, until another argument changes or `refresh()`. */
  readonly filter?: (id: string) => boolean;
  /** 0 (default) to 100: leaves out what scores less than so many percent of the row's best. */
  readonly threshold?: number;
  /**
   * Ids the merchant shows: on a server, while hydrating, until the row can be
   * filled, and at the end of a row that is shorter than `limit`. Their score is 0.
   */
  readonly fallback?: readonly ItemId[];
  /** Turns the entries shown into what the page renders. A new function each render makes a new array each render. */
  readonly transformItems?: (items: readonly Recommendation[]) => readonly T[];
}

const itemProps = entryMarks("products");
const DEFAULT_LENGTH = 8;
/** Rows that are remembered; a shopper goes back and forth between a few products. */
const MOST_REMEMBERED = 16;
/** Longest that the merchant's products stand in for a row before they stay, in milliseconds: then a row would jump. */
const BUDGET_MS = 1_000;
/** These need the shopper's own history and nothing that was trained. */
const OWN: ReadonlySet<RowKind> = new Set(["recentlyViewed", "buyAgain"]);

/**
 * A row of `kind`, best first, of products that `addItems`, the provider's
 * `items` or `useRank` told of. It stays as it is until an argument other than
 * `filter` changes, or `refresh()`.
 */
export function useRecommendations<T = Recommendation>(kind: RowKind, options: UseRecommendationsOptions<T> = {}): Shelved<T> {
  const { threshold = 0, fallback, transformItems, ...asked } = given(options);
  const { limit = DEFAULT_LENGTH, placement = kind } = asked;
  const list = useList("useRecommendations", "products", placement);
  const { shop, canFill, turn } = list;
  const [memory] = useState(() => new Row());

  const merchants = listed("fallback", fallback);
  const fill = () => (shop && (canFill || OWN.has(kind)) ? memory.fill(shop, kind, asked, turn, merchants.length > 0) : NONE);
  const row = attempt(`the row "${kind}" could not be filled`, fill, NONE);
  const least = (row[0]?.score ?? 0) * (threshold / 100);
  // What is no number leaves nothing out.
  const shown = memory.complete(row.filter(({ score }) => !(score < least)), merchants, asked);
  return useShelved(list, itemProps, shown, { limit, transformItems });
}

/** Rows that one hook asked for, and the merchant's entries. */
class Row {
  /** By what was asked; the empty ones with the moment from which they stay so. */
  readonly #rows = new Map<string, { readonly row: readonly Recommendation[]; readonly staysFrom: number }>();
  readonly #merchants = new Map<string, Recommendation>();
  #shop: Reshelf | undefined;
  #turn = 0;

  fill(shop: Reshelf, kind: RowKind, asked: RecommendOptions, turn: number, isStoodIn: boolean): readonly Recommendation[] {
    if (shop !== this.#shop || turn !== this.#turn) this.#rows.clear();
    this.#shop = shop;
    this.#turn = turn;
    const key = JSON.stringify([kind, asked]);
    const known = this.#rows.get(key);
    const now = performance.now();
    if (known && known.staysFrom <= now) return known.row;
    const row = shop.recommend(kind, asked);
    // An empty one may only be early: products are registered when they come.
    const staysFrom = row.length > 0 ? 0 : isStoodIn ? (known?.staysFrom ?? now + BUDGET_MS) : Infinity;
    this.#rows.set(key, { row, staysFrom });
    if (this.#rows.size > MOST_REMEMBERED) this.#rows.delete(this.#rows.keys().next().value!);
    return row;
  }

  /** The row, and after it what the merchant shows. */
  complete(row: readonly Recommendation[], fallback: readonly ItemId[], { item, exclude }: RecommendOptions): readonly Recommendation[] {
    const taken = new Set([item, "", ...listed("exclude", exclude), ...row.map(({ id }) => id)].map(idText));
    const rest = [...new Set(fallback.map(idText))].filter(id => !taken.has(id));
    return [...row, ...rest.map(id => this.#merchant(id))];
  }

  #merchant(id: string): Recommendation {
    let entry = this.#merchants.get(id);
    if (!entry) this.#merchants.set(id, (entry = { id, score: 0, reason: { code: "shopOrder", text: "One of the shop's own favourites" } }));
    return entry;
  }
}
