/** Rows of recommendations, in the public API. */
import type { ItemId } from "./types.js";

/**
 * Rows that `recommend` can fill. All work without an artifact as far as they can.
 *
 * - `related`: what goes with `item`. Without an artifact: what has the same attributes.
 * - `forYou`: what may come next for this shopper. Without one: what is of their taste.
 * - `boughtTogether`: what others bought with `item`; where nobody taught it, as `related`.
 * - `completeCart`: what goes with `items` and is of other categories.
 * - `recentlyViewed`: what the shopper looked at, the latest first.
 * - `buyAgain`: what the shopper bought and may want again.
 * - `trending`: what many look at. Without an artifact: the order of `addItems`, and taste.
 * - `looksLike`: what looks like `item`, by `vector`; where there are none, by attributes.
 * - `nextNeed`: what the shopper buys at intervals, and is due; then what others bought next.
 */
export type RowKind =
  | "related"
  | "forYou"
  | "boughtTogether"
  | "completeCart"
  | "recentlyViewed"
  | "buyAgain"
  | "trending"
  | "looksLike"
  | "nextNeed";

/** Further arguments of `recommend`. */
export interface RecommendOptions {
  /** The product on the screen: `related`, `boughtTogether` and `looksLike` need it, and no row shows it. */
  item?: ItemId;
  /** What is in the basket, the latest last; by default what `addToCart` told. No row shows it. */
  items?: readonly ItemId[];
  /** Most entries: 1 to 24, by default 8. */
  limit?: number;
  /** Ids that are not to be in the row. */
  exclude?: readonly ItemId[];
  /** Whether an id may be in the row. Called only while `recommend` runs; one that throws throws out of it. */
  filter?: (id: string) => boolean;
  /**
   * Name of the row on this page, by default its kind. A row does not repeat
   * what rows of other names show that were asked for earlier at the same address.
   */
  placement?: string;
  /** True: what other rows of the page show may be repeated. */
  repeat?: boolean;
}

/**
 * Why something is recommended:
 *
 * - `lookedAtTogether`: others looked at it together with `about`.
 * - `lookedAt`: the shopper looked at `about`, and others went on from there to it.
 * - `similar`: it has much in common with `about`.
 * - `similarVisits`: others whose visits were like this one looked at it.
 * - `taste`: the shopper likes what `about` says: a category, a brand, a colour …
 * - `popular`: many look at it.
 * - `shopOrder`: the shop puts it first.
 * - `seen`: the shopper looked at it.
 * - `boughtBefore`: the shopper bought it.
 * - `due`: the shopper buys it at intervals, and one has nearly passed.
 * - `goesWith`: it goes with `about`, which is in the basket.
 * - `looksLike`: it looks like `about`.
 * - `boughtTogether`: others bought it together with `about`.
 * - `nextNeed`: others went on to buy such a thing after what the shopper bought.
 */
export type ReasonCode =
  | "lookedAtTogether"
  | "lookedAt"
  | "similar"
  | "similarVisits"
  | "taste"
  | "popular"
  | "shopOrder"
  | "seen"
  | "boughtBefore"
  | "due"
  | "goesWith"
  | "looksLike"
  | "boughtTogether"
  | "nextNeed";

/** Why something is recommended. */
export interface Reason {
  /** Stable name, for programs. */
  code: ReasonCode;
  /** For people, in English. Names a product only where its row has a `title`. */
  text: string;
  /** Id of the item, or value of the attribute, it is about; absent where it is about none. */
  about?: string;
}

/** One entry of a row. */
export interface Recommendation {
  id: string;
  /** Above 0, in a measure of the row's kind; never rises along the row. */
  score: number;
  reason: Reason;
}
