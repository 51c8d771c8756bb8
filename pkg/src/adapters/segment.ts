/**
 * `reshelf/adapters/segment`: hears the ecommerce events of Segment's
 * specification, version 2, that a page tracks anyway; RudderStack and others
 * use the same names. Reads what passes and hands it on unchanged.
 *
 * Events and fields: twilio.com/docs/segment/connections/spec/ecommerce/v2
 */
import { follow } from "../follow.js";
import { PATIENCE_MS, keepLooking } from "../looks.js";
import { ofPage, quietly } from "../quietly.js";
import type { ItemEvent } from "../types.js";
import type { Row } from "./catalogue.js";
import { type HearingOptions, type Listener, hearingOf } from "./hearing.js";
import { type Fields, amount, fields, firstText, list, path, place, text } from "./values.js";

export type { HearingOptions, Listener } from "./hearing.js";

/** What `segment` takes. */
export interface SegmentOptions extends HearingOptions {
  /** Name of the global that tracks: `"analytics"` by default, `"rudderanalytics"` for RudderStack. */
  global?: string;
  /** The object that tracks, where it is no global: what `AnalyticsBrowser.load()` returned. */
  analytics?: object;
  /** Id of a product as the shop knows it, where that is not `product_id`, or `sku` without one. */
  id?: (product: Fields) => string | number | undefined;
}

const ACTS = new Map<unknown, ItemEvent["type"]>([
  ["Product List Viewed", "impression"],
  ["Product List Filtered", "impression"],
  ["Product Clicked", "click"],
  ["Product Viewed", "view"],
  ["Product Added", "addToCart"],
  ["Wishlist Product Added to Cart", "addToCart"],
  ["Product Removed", "removeFromCart"],
  ["Product Added to Wishlist", "wishlist"],
  ["Order Completed", "purchase"],
  ["Order Refunded", "refund"],
  ["Order Cancelled", "refund"],
]);
/** Known by their products alone. */
const STAGES = new Set<unknown>(["Cart Viewed", "Checkout Started"]);
const PROMOTIONS = new Map<unknown, "bannerView" | "bannerClick">([
  ["Promotion Viewed", "bannerView"],
  ["Promotion Clicked", "bannerClick"],
]);

/** What a source middleware is called with. */
interface Passing {
  payload?: { obj?: unknown };
  next?: (payload: unknown) => void;
}

/**
 * Hears what is tracked from now on and what still waits in the snippet's queue;
 * where the library does not come, that is read after eight seconds.
 *
 * @example
 * const stop = segment(shop);
 */
export function segment(shop: Listener, options: SegmentOptions = {}): () => void {
  if (typeof window === "undefined") return () => {};
  const hearing = hearingOf(shop, options);
  let listening = true;

  const act = (name: unknown, properties: Fields, at: number | undefined) => {
    const when = at === undefined ? {} : { at };
    if (name === "Products Searched") {
      const query = text(properties["query"]);
      if (query !== undefined) hearing.tell({ type: "search", query, ...when });
    }
    const banner = firstText(properties["promotion_id"], properties["name"]);
    const promotion = PROMOTIONS.get(name);
    const slot = text(properties["position"]);
    if (promotion && banner !== undefined) hearing.tell({ type: promotion, banner, ...(slot !== undefined && { placement: slot }), ...when });
    const coupon = name === "Coupon Applied" ? firstText(properties["coupon_id"], properties["coupon_name"]) : undefined;
    if (coupon !== undefined) hearing.tell({ type: "offerClick", offer: coupon, ...when });
    if (name === "Product List Filtered") {
      for (const type of ["filter", "sort"] as const) {
        for (const chosen of list(properties[`${type}s`]).map(fields)) {
          const value = [chosen["type"], chosen["value"]].map(text).filter(part => part !== undefined);
          if (value.length > 0) hearing.tell({ type, value: value.join(":"), ...when });
        }
      }
    }
    const type = ACTS.get(name);
    if (!type && !STAGES.has(name)) return;
    // One product is the event itself, several are its list.
    const products = "products" in properties ? list(properties["products"]).map(fields) : [properties];
    const named = products.flatMap((product, index) => {
      const id = text(options.id ? options.id(product) : firstText(product["product_id"], product["sku"]));
      return id === undefined ? [] : [{ id, product, index }];
    });
    hearing.add(named.map(({ id, product }) => rowOf(id, product, properties["currency"])));
    if (!type) return;
    const placement = firstText(properties["list_id"], type === "impression" ? properties["category"] : undefined);
    const events = named.map(({ id, product, index }) => {
      const position = place(product["position"], 1) ?? (type === "impression" ? index : undefined);
      return { type, item: id, ...(placement !== undefined && { placement }), ...(position !== undefined && { position }), ...when };
    });
    if (type === "purchase") hearing.buy(text(properties["order_id"]), events);
    else events.forEach(event => hearing.tell(event));
  };

  /** A call of `track`: its name and properties. */
  const called = (given: readonly unknown[]) => quietly(() => listening && act(given[0], fields(given[1]), undefined));

  /** Calls heard without the library: where it comes after all, each of them reaches the middleware once more. */
  let early = 0;

  /** The library's own way to see every event once, queued ones too; it has none to take a middleware out again. */
  const middleware = ({ payload, next }: Passing) => {
    quietly(() => {
      const event = fields(payload?.obj);
      if (event["type"] !== "track") return;
      if (early > 0) early--;
      else if (listening) act(event["event"], fields(event["properties"]), time(event["timestamp"]));
    });
    next?.(payload);
  };

  let followed: unknown;
  let release = () => {};
  let isInside = false;
  const found = () => options.analytics ?? ofPage(options.global ?? "analytics");
  const hearCalls = (analytics: object, hear: typeof called) => {
    const queued: unknown[][] = Array.isArray(analytics) ? analytics.filter(call => Array.isArray(call) && call[0] === "track") : [];
    ({ release } = follow(analytics, "track", hear));
    queued.forEach(call => hear(call.slice(1)));
  };
  const stopLooking = keepLooking(() =>
    quietly(() => {
      const analytics = found();
      if (isInside || analytics === followed || typeof analytics !== "object" || analytics === null) return;
      followed = analytics;
      quietly(release);
      release = () => {};
      const { addSourceMiddleware } = analytics as { addSourceMiddleware?: unknown };
      if (typeof addSourceMiddleware === "function") {
        // A snippet's queue hands it to the library that comes: once is enough.
        isInside = true;
        void Promise.resolve(Reflect.apply(addSourceMiddleware, analytics, [middleware])).catch(() => {});
        return;
      }
      hearCalls(analytics, called);
    }),
  );
  // An ad blocker keeps the library away, and nobody takes up what its snippet queues.
  const isAway = () => isInside && Array.isArray(followed) && found() === followed;
  const waiting = setTimeout(
    () =>
      quietly(() => {
        if (!isAway()) return;
        hearCalls(followed as object, given => {
          // The snippet hands calls on to a library that came meanwhile, which the middleware hears.
          if (!isAway()) return;
          early++;
          called(given);
        });
      }),
    PATIENCE_MS,
  );
  return () => {
    listening = false;
    stopLooking();
    clearTimeout(waiting);
    quietly(release);
    release = () => {};
    hearing.end();
  };
}

/** Epoch milliseconds of a date or its text. */
function time(value: unknown): number | undefined {
  const at = value instanceof Date ? value.getTime() : typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : at;
}

function rowOf(id: string, product: Fields, currency: unknown): Row {
  const variant = text(product["variant"]);
  return {
    id,
    title: text(product["name"]),
    category: path(product["category"]),
    brand: text(product["brand"]),
    price: amount(product["price"]),
    currency: firstText(product["currency"], currency),
    tags: variant === undefined ? undefined : [`variant:${variant}`],
  };
}
