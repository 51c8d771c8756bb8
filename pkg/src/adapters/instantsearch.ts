/**
 * `reshelf/adapters/instantsearch`: the shopper's order in Algolia InstantSearch,
 * of JavaScript, React and Vue, by `transformItems` of the widgets that show hits.
 *
 * algolia.com/doc/api-reference/widgets/hits/js, …/infinite-hits/js
 */
import { quietly } from "../quietly.js";
import { noteShare } from "../shares.js";
import type { ItemRow, Profile, Reshelf } from "../types.js";
import { fields, text } from "./values.js";

/** What the adapter needs of a shop. By `on`, where it has it, the words of a search are forgotten as soon as the profile is. */
export type SearchShop = Pick<Reshelf, "addItems" | "order" | "profile" | "consent"> & Partial<Pick<Reshelf, "on">>;

/** A hit, whatever the index holds. */
export type Hit = Readonly<{ objectID: string }>;

/** A hit as callbacks read it: its fields are the index's, and untyped as in Algolia's own types. */
export type IndexedHit = Hit & Record<string, any>;

/** What `instantsearch` takes. */
export interface InstantSearchOptions {
  /** Name of the list in the shop: `"search"` by default. */
  placement?: string;
  /** Id of a hit as the shop knows it, where that is not `objectID`. */
  id?: (hit: IndexedHit) => string | number;
  /** What a hit says of its product. Without it, only products that the shop knows otherwise are moved. */
  row?: (hit: IndexedHit) => Omit<ItemRow, "id">;
  /**
   * Names of the indices whose hits are ordered; by default all. Name the one that
   * sorts by relevance: a replica that `sortBy` shows ("price, ascending") is an order
   * that the shopper asked for.
   */
  indices?: readonly string[];
  /**
   * Opt-in: what of the shopper's interests `optionalFilters()` may tell Algolia,
   * as kind of interest to facet, for example `{ brand: "brand" }`; a category
   * is told as its path, as hierarchical facets have it. It leaves the device:
   * ask the shopper. Nothing is told without consent, nor while the
   * shopper prefers the shop's own order, or the browser sends Global Privacy Control.
   */
  share?: Partial<Record<"category" | "brand" | "colour", string>>;
}

/** Stops when it is called: from then on hits stay as they come. */
export interface InstantSearchBridge {
  (): void;
  /** For the option `transformItems` of `hits` and `infiniteHits`: the same hits in the shopper's order. */
  transformItems<T extends Hit>(hits: T[], metadata?: { results?: unknown }): T[];
  /** For the search parameter `optionalFilters`: what most of the shopper's looks go to; empty without `share`. */
  optionalFilters(): string[];
}

/** Orders that are kept, so that a list which is rendered again does not jump. */
const MOST_KEPT = 50;
/** Told is only what most looks of a shopper go to, and nothing of whoever just came in. */
const MAIN_SHARE = 0.5;
const FEWEST_EVENTS = 5;

/**
 * @example
 * const bridge = instantsearch(shop, { row: hit => ({ category: hit.categories, brand: hit.brand }) });
 * search.addWidgets([hits({ container: "#hits", transformItems: bridge.transformItems })]);
 */
export function instantsearch(shop: SearchShop, options: InstantSearchOptions = {}): InstantSearchBridge {
  const kept = new Map<string, Uint32Array>();
  const told = new Set<string>();
  let [known, shopOrder] = [0, false];
  let stopped = false;

  /** Once the shopper has the profile forgotten, or the shop's own order instead or no longer, orders of before are not held. */
  const follow = (profile: Profile) => {
    if (profile.events < known || profile.shopOrder !== shopOrder) kept.clear();
    ({ events: known, shopOrder } = profile);
  };

  const transformItems = <T extends Hit>(hits: T[], metadata?: { results?: unknown }): T[] => {
    let shown = hits;
    quietly(() => {
      if (!stopped) shown = ordered(hits as readonly (T & Record<string, unknown>)[], metadata);
    });
    return shown;
  };

  const ordered = <T extends Hit & Record<string, unknown>>(hits: readonly T[], metadata?: { results?: unknown }): T[] => {
    const results = fields(metadata?.results);
    // What the shopper sorted stays sorted.
    if (options.indices?.includes(String(results["index"])) === false) return hits as T[];
    const ids = hits.map(hit => String(options.id ? options.id(hit) : hit.objectID));
    const { row } = options;
    const news = row ? hits.flatMap((hit, i) => (told.has(ids[i]!) ? [] : [{ ...row(hit), id: ids[i]! }])) : [];
    // First: a row that the shop refuses is not tried at each rendering.
    for (const { id } of news) told.add(id);
    quietly(() => news.length > 0 && shop.addItems(news, { keep: true }));
    follow(shop.profile());
    const query = text(results["query"]);
    const key = JSON.stringify([query, ids]);
    const order = kept.get(key) ?? shop.order(options.placement ?? "search", ids, query === undefined ? {} : { query });
    kept.delete(key);
    kept.set(key, order);
    for (const [oldest] of kept) if (kept.size > MOST_KEPT) kept.delete(oldest);
    return Array.from(order, index => hits[index]!);
  };

  const optionalFilters = (): string[] => {
    let filters: string[] = [];
    quietly(() => {
      const refused = (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;
      if (stopped || refused || shop.consent.state !== "granted") return;
      const { events, interests, shopOrder } = shop.profile();
      if (events < FEWEST_EVENTS || shopOrder) return;
      const facets = new Map<string, string | undefined>(Object.entries(options.share ?? {}));
      filters = interests.flatMap(({ kind, value, share }) => {
        const facet = facets.get(kind);
        return facet !== undefined && share >= MAIN_SHARE ? [filter(facet, value)] : [];
      });
    });
    return filters;
  };

  // The shopper's panel promises that nothing is sent.
  let takeBack = () => {};
  if (Object.keys(options.share ?? {}).length > 0) quietly(() => (takeBack = noteShare(shop)));
  let unsubscribe: (() => void) | undefined;
  quietly(() => (unsubscribe = shop.on?.("profile", follow)));
  const stop = () => {
    if (!stopped) takeBack();
    stopped = true;
    quietly(() => unsubscribe?.());
    kept.clear();
  };
  return Object.assign(stop, { transformItems, optionalFilters });
}

/** As facet filters: only a leading minus would mean something else (algolia.com/doc/api-reference/api-parameters/facetFilters). */
const filter = (facet: string, value: string) => `${facet}:${value.replace(/^-/, "\\-")}`;
