/**
 * `reshelf/adapters/shopify`: in a theme, takes in what a pixel left
 * (`reshelf/adapters/shopify-pixel`), understands events of Web Pixels that the
 * page gets otherwise, and puts sections in order that the theme editor renders
 * anew. Shopify's consent platform is heard by `consent: "auto"`.
 */
import { quietly } from "../quietly.js";
import type { Reshelf } from "../types.js";
import { type HearingOptions, hearingOf } from "./hearing.js";
import { ACTS, type PixelEvent, type Variant, reduce, restored } from "./shopify-event.js";
import { SLOTS, slot } from "./shopify-slots.js";

export { type Intent, type RecommendationOptions, type SectionOptions, shopifyRecommendations, shopifySection } from "./shopify-recommendations.js";

/** What the adapter needs of a shop. */
export type ShopifyShop = Pick<Reshelf, "addItems" | "track" | "arrange" | "consent" | "export" | "on"> & Partial<Pick<Reshelf, "status">>;

/** What `shopify` takes. */
export interface ShopifyOptions extends HearingOptions {
  /** What names an item in this shop: `"product"` (default), `"variant"` or `"sku"`; ids are the numbers that Liquid shows. */
  id?: "product" | "variant" | "sku";
}

/** Stops when it is called. */
export interface ShopifyBridge {
  (): void;
  /** Takes an event of Web Pixels that the page got otherwise. */
  hear(event: unknown): void;
}

/**
 * @example
 * const stop = shopify(shop);
 */
export function shopify(shop: ShopifyShop, options: ShopifyOptions = {}): ShopifyBridge {
  const { id: named = "product" } = options;
  const hearing = hearingOf(shop, options);
  const heard = new Set<string | undefined>();
  let stopped = false;

  const act = (event: PixelEvent | undefined) => {
    if (event === undefined || stopped || heard.has(event.id)) return;
    if (event.id !== undefined) heard.add(event.id);
    const items = event.variants.flatMap((variant, index) => {
      const id = variant[named];
      return id === undefined ? [] : [{ id, variant, index }];
    });
    hearing.add(items.map(({ id, variant }) => rowOf(id, variant, named)));
    const when = event.at === undefined ? {} : { at: event.at };
    if (event.query !== undefined) hearing.tell({ type: "search", query: event.query, ...when });
    const type = ACTS.get(event.name);
    if (!type) return;
    const shown = type === "impression";
    const events = items.map(({ id, index }) => ({ type, item: id, ...(shown && event.list !== undefined && { placement: event.list }), ...(shown && { position: index }), ...when }));
    if (type === "purchase") hearing.buy(event.once, events);
    else events.forEach(each => hearing.tell(each));
  };

  let store: string | undefined;
  /** What was left; storage is touched with consent only. */
  const take = () =>
    quietly(() => {
      // An inert shop would learn nothing of what is taken away here.
      if (stopped || shop.consent.state !== "granted" || (shop.status ?? "ready") !== "ready") return;
      store ??= shop.export().store;
      const storage = localStorage;
      for (let place = 0; place < SLOTS; place++) {
        const key = slot(store, place);
        const found = storage.getItem(key);
        if (found === null) continue;
        // First: an entry that cannot be read must not be read for ever.
        storage.removeItem(key);
        quietly(() => act(restored(JSON.parse(found))));
      }
    });
  // The pixel's writes are no `storage` events of a page that was closed meanwhile.
  const shown = () => quietly(() => document.visibilityState === "visible" && take());

  const rendered = (event: Event) => quietly(() => void shop.arrange(event.target as Element, { refresh: true }));
  let unsubscribe = () => {};
  if (typeof document !== "undefined") {
    quietly(() => {
      document.addEventListener("visibilitychange", shown);
      // shopify.dev/docs/storefronts/themes/best-practices/editor/integrate-sections-and-blocks
      document.addEventListener("shopify:section:load", rendered);
      unsubscribe = shop.on("consent", take);
    });
    take();
  }

  const stop = () => {
    stopped = true;
    quietly(unsubscribe);
    quietly(() => {
      document.removeEventListener("visibilitychange", shown);
      document.removeEventListener("shopify:section:load", rendered);
    });
    hearing.end();
  };
  return Object.assign(stop, { hear: (event: unknown) => quietly(() => act(reduce(event))) });
}

function rowOf(id: string, { product, title, vendor, type, price, currency }: Variant, named: string) {
  return {
    id,
    title,
    // Variants of one product.
    group: named === "product" ? undefined : product,
    category: type === undefined ? undefined : [type],
    brand: vendor,
    price,
    currency,
  };
}
