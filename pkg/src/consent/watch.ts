/**
 * `consent: "auto"`: what the page's consent platforms say. Reads what they
 * publish and nothing else: no storage, no cookie, no request, no new global.
 * (Shopify is asked to load its own API where the theme has not yet.)
 */
import { keepLooking } from "../looks.js";
import { quietly } from "../quietly.js";
import { google } from "./google.js";
import { privacyControl } from "./gpc.js";
import { shopify } from "./shopify.js";
import type { GoogleConsent } from "../types.js";
import type { Answer } from "./source.js";
import { tcf } from "./tcf.js";

/** What the page's consent platforms say about keeping a profile. */
export type ConsentSignal = "granted" | "denied" | "unknown";

/** What is asked of platforms where it is not the usual. */
export interface WatchOptions {
  /** Name of Google's data layer where the page renamed it. */
  dataLayer?: string | undefined;
  /** As the option of `createReshelf`. */
  googleConsent?: GoogleConsent;
}

/** How long a platform that does not answer holds back what the others grant. */
const PATIENCE = 3_000;

/**
 * The strictest wins. Platforms disagree when one of them was not told (a
 * default nobody updates, a region without a banner), and then the shopper's
 * refusal is known for certain only where it was said: storing without consent
 * cannot be made good, a visit that is not remembered can.
 */
function combined(answers: readonly Answer[]): ConsentSignal {
  if (answers.includes("denied")) return "denied";
  const waiting = answers.includes("silent") || answers.includes("asking");
  return answers.includes("granted") && !waiting ? "granted" : "unknown";
}

/**
 * Watches every source the page has, and calls `changed` with the combined
 * answer: once before it returns, and whenever it changes. Returns a function
 * that stops. Never throws.
 */
export function watchConsent(changed: (signal: ConsentSignal) => void, options: WatchOptions = {}): () => void {
  const kinds = [privacyControl, google(options.dataLayer ?? "dataLayer", options.googleConsent), shopify, tcf];
  const answers = kinds.map((): Answer => "unknown");
  const timers: ReturnType<typeof setTimeout>[] = [];
  let looking = false;
  let stopped = false;
  let last: ConsentSignal | undefined;

  const settle = () => {
    const signal = combined(answers);
    if (looking || stopped || signal === last) return;
    last = signal;
    quietly(() => changed(signal));
  };

  const giveUp = (place: number) => {
    if (answers[place] !== "silent") return;
    answers[place] = "unknown";
    settle();
  };

  const sources = kinds.map((start, place) =>
    start(answer => {
      answers[place] = answer;
      if (answer === "silent") timers.push(setTimeout(() => giveUp(place), PATIENCE));
      settle();
    }),
  );

  const look = () => {
    // Nothing is said before every source was asked: the last one may refuse.
    looking = true;
    for (const source of sources) if (!stopped) quietly(source.look);
    looking = false;
    settle();
  };

  const stopLooking = keepLooking(look);

  return () => {
    stopped = true;
    stopLooking();
    timers.forEach(clearTimeout);
    for (const source of sources) quietly(source.stop);
  };
}
