/** `useRecommendations`: a row of products for this shopper. */
import { useMemo, useState } from "react";
import { idText } from "../handles.js";
import type { ItemId, Recommendation, RecommendOptions, Reshelf, RowKind } from "../types.js";
import { attempt } from "./client.js";
import { entryMarks, listMarks } from "../shelf.js";
import { type Shelved, Steady, useRefresh, useVisit } from "./visit.js";

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
  const { threshold = 0, fallback = [], transformItems, ...asked } = options;
  const { shop, status, canFill, revision } = useVisit("useRecommendations");
  const [turn, refresh] = useRefresh();
  const [memory] = useState(() => ({ row: new Row(), steady: new Steady<T>() }));

  const row = shop && (canFill || OWN.has(kind)) ? memory.row.fill(shop, kind, asked, turn + revision, fallback.length > 0) : [];
  const least = (row[0]?.score ?? 0) * (threshold / 100);
  const shown = memory.row.complete(row.filter(({ score }) => score >= least), fallback, asked);
  const items = memory.steady.keep(transformItems ? transformItems(shown) : (shown as readonly unknown[] as readonly T[]));
  const placement = asked.placement ?? kind;
  const listProps = useMemo(() => listMarks("products", placement), [placement]);
  return useMemo(() => ({ items, status, refresh, listProps, itemProps }), [items, status, refresh, listProps]);
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
    const row = attempt(`the row "${kind}" could not be filled`, () => shop.recommend(kind, asked), []);
    // An empty one may only be early: products are registered when they come.
    const staysFrom = row.length > 0 ? 0 : isStoodIn ? (known?.staysFrom ?? now + BUDGET_MS) : Infinity;
    this.#rows.set(key, { row, staysFrom });
    if (this.#rows.size > MOST_REMEMBERED) this.#rows.delete(this.#rows.keys().next().value!);
    return row;
  }

  /** The row, up to its length with what the merchant shows. */
  complete(row: readonly Recommendation[], fallback: readonly ItemId[], { item, exclude = [], limit = DEFAULT_LENGTH }: RecommendOptions): readonly Recommendation[] {
    const taken = new Set([item, ...exclude, ...row.map(({ id }) => id)].map(idText));
    const rest = new Set(fallback.map(idText).filter(id => !taken.has(id)));
    return [...row, ...[...rest].map(id => this.#merchant(id))].slice(0, limit);
  }

  #merchant(id: string): Recommendation {
    let entry = this.#merchants.get(id);
    if (!entry) this.#merchants.set(id, (entry = { id, score: 0, reason: { code: "shopOrder", text: "One of the shop's own favourites" } }));
    return entry;
  }
}
