/**
 * Events of Shopify's Web Pixels: what of them may be read, and what it means.
 * A checkout event carries the buyer's name, address, email and phone; only
 * what is copied here by name leaves this file, everything else is never read.
 *
 * Events and fields: shopify.dev/docs/api/web-pixels-api/standard-events, and the
 * types of @shopify/web-pixels-extension.
 */
import type { ItemEvent } from "../types.js";
import { markOf } from "./orders.js";
import { type Fields, amount, fields, firstText, list, text } from "./values.js";

/** A product variant, reduced to what a shop window shows. */
export interface Variant {
  product: string | undefined;
  variant: string | undefined;
  sku: string | undefined;
  title: string | undefined;
  vendor: string | undefined;
  type: string | undefined;
  price: number | undefined;
  currency: string | undefined;
}

/** An event, reduced. `once` is what must not count twice: a mark of the order, not its number. */
export interface PixelEvent {
  id: string | undefined;
  name: string;
  at: number | undefined;
  once: string | undefined;
  query: string | undefined;
  list: string | undefined;
  variants: Variant[];
}

/** What the shopper did to the variants of an event; `null` where they only say what there is. */
export const ACTS: ReadonlyMap<string, ItemEvent["type"] | null> = new Map([
  ["product_viewed", "view"],
  ["collection_viewed", "impression"],
  ["search_submitted", null],
  ["cart_viewed", null],
  ["product_added_to_cart", "addToCart"],
  ["product_removed_from_cart", "removeFromCart"],
  ["checkout_completed", "purchase"],
]);

/** The number of `gid://shopify/Product/1234567890`, which is how themes know it. */
const numberOf = (id: unknown) => text(id)?.replace(/^gid:\/\/shopify\/\w+\//, "");

/** The allow-listed part of an event; undefined for events that are not for us. */
export function reduce(event: unknown): PixelEvent | undefined {
  const { id, name, timestamp, data } = fields(event);
  if (typeof name !== "string" || !ACTS.has(name)) return undefined;
  const { productVariant, collection, searchResult, cart, cartLine, checkout } = fields(data);
  const at = typeof timestamp === "string" ? Date.parse(timestamp) : NaN;
  const order = firstText(fields(fields(checkout)["order"])["id"], fields(checkout)["token"]);
  const variants =
    name === "product_viewed" ? [productVariant]
    : name === "collection_viewed" ? list(fields(collection)["productVariants"])
    : name === "search_submitted" ? list(fields(searchResult)["productVariants"])
    : name === "cart_viewed" ? list(fields(cart)["lines"]).map(line => fields(line)["merchandise"])
    : name === "checkout_completed" ? list(fields(checkout)["lineItems"]).map(line => fields(line)["variant"])
    : [fields(cartLine)["merchandise"]];
  return {
    id: text(id),
    name,
    at: Number.isFinite(at) ? at : undefined,
    once: order && markOf("", order),
    query: name === "search_submitted" ? text(fields(searchResult)["query"]) : undefined,
    list: numberOf(fields(collection)["id"]),
    variants: variants.map(fields).map(variantOf),
  };
}

function variantOf({ id, sku, price, product }: Fields): Variant {
  const of = fields(product);
  return {
    product: numberOf(of["id"]),
    variant: numberOf(id),
    sku: text(sku),
    title: text(of["title"]),
    vendor: text(of["vendor"]),
    type: text(of["type"]),
    price: amount(fields(price)["amount"]),
    currency: text(fields(price)["currencyCode"]),
  };
}

/** A reduced event read back from where a pixel left it; whoever can write there can write anything. */
export function restored(stored: unknown): PixelEvent | undefined {
  const { id, name, at, once, query, list: shown, variants } = fields(stored);
  if (typeof name !== "string" || !ACTS.has(name)) return undefined;
  return {
    id: text(id),
    name,
    at: Number.isFinite(at) ? (at as number) : undefined,
    once: text(once),
    query: text(query),
    list: text(shown),
    variants: list(variants).map(fields).map(({ product, variant, sku, title, vendor, type, price, currency }) => ({
      ...{ product: text(product), variant: text(variant), sku: text(sku), title: text(title), vendor: text(vendor), type: text(type) },
      ...{ price: amount(price), currency: text(currency) },
    })),
  };
}
