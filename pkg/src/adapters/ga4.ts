/**
 * `reshelf/adapters/ga4`: hears the ecommerce events that a page pushes into
 * Google's data layer anyway, for Google Tag Manager (`{ event, ecommerce }`) or
 * by `gtag("event", …)`. Only listens: it pushes nothing and changes nothing.
 *
 * Events and fields: developers.google.com/analytics/devguides/collection/ga4/reference/events
 */
import { follow } from "../follow.js";
import { keepLooking } from "../looks.js";
import { ofPage, quietly } from "../quietly.js";
import type { ItemEvent } from "../types.js";
import type { Row } from "./catalogue.js";
import { type HearingOptions, type Listener, hearingOf } from "./hearing.js";
import { type Fields, amount, fields, firstText, list, place, text } from "./values.js";

export type { HearingOptions, Listener } from "./hearing.js";

/** What `ga4` takes. */
export interface Ga4Options extends HearingOptions {
  /** Name of the data layer where the page renamed it (`l=` of the container's address). */
  dataLayer?: string;
  /** Id of an item as the shop knows it, where that is not `item_id`. */
  id?: (item: Fields) => string | number | undefined;
}

const ACTS = new Map<unknown, ItemEvent["type"]>([
  ["view_item_list", "impression"],
  ["select_item", "click"],
  ["view_item", "view"],
  ["add_to_cart", "addToCart"],
  ["remove_from_cart", "removeFromCart"],
  ["add_to_wishlist", "wishlist"],
  ["purchase", "purchase"],
  ["refund", "refund"],
]);
/** What is about one item, whatever else the page lists. */
const OF_ONE = new Set<unknown>(["select_item", "view_item"]);
const PROMOTIONS = new Map<unknown, "bannerView" | "bannerClick">([
  ["view_promotion", "bannerView"],
  ["select_promotion", "bannerClick"],
]);
const SEARCHES = new Set<unknown>(["search", "view_search_results"]);
/** Known by their items alone. */
const STAGES = new Set<unknown>(["view_cart", "begin_checkout", "add_shipping_info", "add_payment_info"]);

/** The largest layer read: tag managers cut theirs to 300 entries, and a broken length must not hang the page. */
const LONGEST = 10_000;

/**
 * Hears what was pushed before and what is pushed from now on.
 *
 * @example
 * const stop = ga4(shop);
 */
export function ga4(shop: Listener, options: Ga4Options = {}): () => void {
  if (typeof window === "undefined") return () => {};
  const hearing = hearingOf(shop, options);
  /** As a tag manager keeps it: what an event does not say itself, the last `ecommerce` says. */
  let ecommerce: unknown;
  let searched: string | undefined;

  const act = (name: unknown, said: (key: string) => unknown) => {
    if (SEARCHES.has(name)) {
      const query = text(said("search_term"));
      // The search and its results are pushed one after the other.
      if (query !== undefined && query !== searched) hearing.tell({ type: "search", query });
      searched = query;
      return;
    }
    const [type, promotion] = [ACTS.get(name), PROMOTIONS.get(name)];
    if (!type && !promotion && !STAGES.has(name)) return;
    const items = list(said("items")).map(fields);
    const named = items.flatMap((item, index) => {
      const id = text(options.id ? options.id(item) : firstText(item["item_id"], item["id"], item["item_name"]));
      return id === undefined ? [] : [{ id, item, index }];
    });
    hearing.add(named.map(({ id, item }) => rowOf(id, item, said("currency"))));
    if (promotion) {
      for (const [banner, placement] of promotionsOf(items, said)) hearing.tell({ type: promotion, banner, ...placement });
    }
    if (!type) return;
    const events = (OF_ONE.has(name) ? named.slice(0, 1) : named).map(({ id, item, index }) => {
      const placement = firstText(item["item_list_id"], item["item_list_name"], said("item_list_id"), said("item_list_name"));
      const position = place(item["index"]) ?? (type === "impression" ? index : undefined);
      return { type, item: id, ...(placement !== undefined && { placement }), ...(position !== undefined && { position }) };
    });
    if (type === "purchase") hearing.buy(text(said("transaction_id")), events);
    else events.forEach(event => hearing.tell(event));
  };

  const hear = (entry: unknown) =>
    quietly(() => {
      const pushed = fields(entry);
      if (pushed["0"] === "event") {
        const parameters = fields(pushed["2"]);
        return act(pushed["1"], key => parameters[key]);
      }
      if ("ecommerce" in pushed) ecommerce = pushed["ecommerce"];
      const { event } = pushed;
      // A whole order is refunded without items: those of an event before are not meant.
      if (typeof event === "string") act(event, key => fields(pushed["ecommerce"])[key] ?? pushed[key] ?? (event === "refund" ? undefined : fields(ecommerce)[key]));
    });

  let followed: unknown;
  let release = () => {};
  const stopLooking = keepLooking(() =>
    quietly(() => {
      const layer = ofPage(options.dataLayer ?? "dataLayer");
      if (layer === followed || !Array.isArray(layer)) return;
      quietly(release);
      followed = layer;
      // Follow first: what is pushed while the past is read is not lost.
      const before = layer.slice(-LONGEST);
      ({ release } = follow(layer, "push", entries => entries.forEach(hear)));
      before.forEach(hear);
    }),
  );
  return () => {
    stopLooking();
    quietly(release);
    release = () => {};
    hearing.end();
  };
}

function rowOf(id: string, item: Fields, currency: unknown): Row {
  const levels = ["item_category", "item_category2", "item_category3", "item_category4", "item_category5"];
  const category = levels.map(level => text(item[level])).filter(level => level !== undefined);
  const [price, discount, variant] = [amount(item["price"]), amount(item["discount"]), text(item["item_variant"])];
  return {
    id,
    title: text(item["item_name"]),
    category: category.length > 0 ? category : undefined,
    brand: firstText(item["item_brand"], item["brand"]),
    price,
    // The price is the discounted one; the discount is of one unit.
    listPrice: price !== undefined && discount ? price + discount : undefined,
    currency: firstText(item["currency"], currency),
    tags: variant === undefined ? undefined : [`variant:${variant}`],
  };
}

/** The promotions of an event, each once: those of its items, who say what they leave open, or its own. */
function promotionsOf(items: readonly Fields[], said: (key: string) => unknown): Map<string, { placement?: string }> {
  const found = new Map<string, { placement?: string }>();
  const sources = items.map(item => (key: string) => item[key] ?? said(key));
  for (const read of sources.length > 0 ? sources : [said]) {
    const banner = firstText(read("promotion_id"), read("promotion_name"));
    const placement = text(read("creative_slot"));
    if (banner !== undefined && !found.has(banner)) found.set(banner, placement === undefined ? {} : { placement });
  }
  return found;
}
