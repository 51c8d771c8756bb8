/**
 * Shopify's Customer Privacy API (shopify.dev/docs/api/customer-privacy). It
 * knows the merchant's settings, the shopper's region and their choice; the
 * category a profile belongs to is called preferences.
 */
import { ofPage, quietly } from "../quietly.js";
import type { Answer, Say, Source } from "./source.js";

/** Dispatched at the document when the shopper has chosen. */
const CHOSEN = "visitorConsentCollected";

interface Shopify {
  customerPrivacy?: { preferencesProcessingAllowed?: unknown };
  loadFeatures?: unknown;
}

const answerOf = (allowed: unknown): Answer => (allowed === true ? "granted" : allowed === false ? "denied" : "unknown");

export const shopify = (say: Say): Source => {
  let requested = false;
  let chosen = false;

  const look = () => {
    const shop = ofPage("Shopify") as Shopify | null | undefined;
    const privacy = shop?.customerPrivacy;
    // The event is the latest word; the API might repeat an older one.
    if (!shop || chosen) return;
    // By its function: the object is there before its parts are.
    if (typeof privacy?.preferencesProcessingAllowed === "function") say(answerOf(privacy.preferencesProcessingAllowed()));
    else if (!requested && typeof shop.loadFeatures === "function") {
      requested = true;
      say("silent");
      shop.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], () => quietly(look));
    }
  };

  const heard = (event: Event) =>
    quietly(() => {
      const allowed = (event as CustomEvent<{ preferencesAllowed?: unknown } | null>).detail?.preferencesAllowed;
      if (typeof allowed !== "boolean") return look();
      chosen = true;
      say(answerOf(allowed));
    });

  quietly(() => document.addEventListener(CHOSEN, heard));
  return { look, stop: () => document.removeEventListener(CHOSEN, heard) };
};
