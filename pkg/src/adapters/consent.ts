/**
 * `reshelf/adapters/consent`: what `consent: "auto"` does, for an instance that
 * was created without it, and for a page that renamed its data layer.
 */
import { type WatchOptions, watchConsent } from "../consent/watch.js";
import type { Reshelf } from "../types.js";

export { type ConsentSignal, watchConsent } from "../consent/watch.js";

/** What `consent` takes. */
export type ConsentOptions = WatchOptions;

/**
 * Grants and denies as the page's consent platforms say: Google Consent Mode,
 * Shopify, IAB TCF and Global Privacy Control.
 *
 * @example
 * const stop = consent(shop, { dataLayer: "layer" });
 */
export function consent(shop: Pick<Reshelf, "consent">, options: ConsentOptions = {}): () => void {
  if (typeof window === "undefined") return () => {};
  return watchConsent(signal => {
    if (signal === "granted") shop.consent.grant();
    // A refusal erases only what was granted: most pages say no until the shopper's choice is read.
    else if (signal === "denied" && shop.consent.state === "granted") shop.consent.deny();
  }, options);
}
