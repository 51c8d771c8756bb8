/**
 * `reshelf/adapters/shopify-pixel`: runs in Shopify's sandbox for pixels, the
 * only place that hears of the checkout. It leaves the allow-listed part of each
 * event in the shop's `localStorage`, where `reshelf/adapters/shopify` finds it
 * in the theme. It sends nothing, and writes only what the shopper allowed.
 */
import { quietly } from "../quietly.js";
import { ACTS, reduce } from "./shopify-event.js";
import { LONGEST_ENTRY, SLOTS, slot } from "./shopify-slots.js";
import { fields } from "./values.js";

/** What Shopify hands to a pixel: the argument of `register`, or the globals of a custom pixel. */
export interface PixelApi {
  analytics: { subscribe(name: string, callback: (event: unknown) => void): unknown };
  browser: { localStorage: { getItem(key: string): PromiseLike<unknown>; setItem(key: string, value: string): PromiseLike<unknown> } };
  init: unknown;
  customerPrivacy?: { subscribe?(name: string, callback: (event: unknown) => void): unknown } | undefined;
}

/** What `shopifyPixel` takes. */
export interface PixelOptions {
  /** The option `store` of the theme's `createReshelf`. */
  store: string;
  /** Names of the events to leave; by default `checkout_completed`, the one that the theme cannot see. */
  events?: readonly string[];
}

/**
 * @example
 * register(api => shopifyPixel(api, { store: "acme" }));
 */
export function shopifyPixel(api: PixelApi, { store, events = ["checkout_completed"] }: PixelOptions): () => void {
  const { analytics, browser, init, customerPrivacy } = api;
  let privacy = fields(fields(init)["customerPrivacy"]);
  let listening = true;
  let last: Promise<void> = Promise.resolve();

  const leave = async (event: unknown) => {
    const reduced = listening && privacy["preferencesProcessingAllowed"] === true ? reduce(event) : undefined;
    if (reduced === undefined) return;
    // An order of a hundred products keeps as many as there is room for.
    while (JSON.stringify(reduced).length > LONGEST_ENTRY && reduced.variants.length > 0) reduced.variants.pop();
    const entry = JSON.stringify(reduced);
    // Two pages that write at once begin at different slots.
    const first = Math.floor(Math.random() * SLOTS);
    for (let place = first; place < first + SLOTS; place++) {
      const key = slot(store, place);
      const found = await browser.localStorage.getItem(key);
      if (typeof found === "string" && found !== "") continue;
      // Asked again: the shopper may have answered while storage did not.
      if (listening && privacy["preferencesProcessingAllowed"] === true) await browser.localStorage.setItem(key, entry);
      return;
    }
  };

  quietly(() => customerPrivacy?.subscribe?.("visitorConsentCollected", event => quietly(() => (privacy = fields(fields(event)["customerPrivacy"])))));
  for (const name of events) {
    // One after the other: each needs a slot of its own.
    if (ACTS.has(name)) quietly(() => analytics.subscribe(name, event => void (last = last.then(() => leave(event)).catch(() => {}))));
  }
  return () => void (listening = false);
}
