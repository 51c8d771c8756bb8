/** What `reshelf/auto` does, as a module and as a classic script. */
import type { Ga4Options } from "./adapters/ga4.js";
import { settle } from "./settle.js";
import type { EventType, Reshelf, ReshelfOptions } from "./types.js";

/** Adapters that need nothing but the shop: files beside this script, each loaded where the tag names it. */
const ADAPTERS = ["ga4", "segment", "shopify", "jsonld"];

/**
 * Latest arrival of the engine, in milliseconds after the first contentful paint, at which lists still move.
 * Up to a second people take what happens for one thing, a page that comes (nngroup.com/articles/response-times-3-important-limits);
 * afterwards they read, and what moves jumps.
 */
const BUDGET_MS = 1_000;

/**
 * Longest wait, in milliseconds, of an order for the adapters that say what the products are. Their files,
 * a thirtieth of the engine's, come beside it; up to so long nobody notices
 * (nngroup.com/articles/response-times-3-important-limits).
 */
const PATIENCE_MS = 100;

/** What the engine's own tracker sees where such marks are. */
const SEEN: readonly (readonly [marks: string, ...types: EventType[]])[] = [
  ['[data-reshelf="product"][data-reshelf-item]', "view", "dwell"],
  ["[data-reshelf-item]:not([data-reshelf=product])", "impression", "click"],
  ["[data-reshelf-banner]", "bannerView", "bannerClick"],
];

/**
 * Creates an instance from the attributes of `tag`, puts it on `window`, and
 * arranges and observes the document once it is parsed. An engine that comes after the
 * budget leaves the page's lists as they are until the next page. Never throws: a wrong
 * attribute is named in the console and its default holds.
 */
export function automatic(create: (options: ReshelfOptions) => Promise<Reshelf>, tag: HTMLScriptElement | null): void {
  if (typeof document === "undefined") return;
  const began = performance.now();
  const { budget, ...options } = attributes(tag);
  const shop = create(options);
  window.reshelf = shop;
  const adapters = (tag?.dataset["adapters"] ?? "").split(/[\s,]+/).filter(name => name !== "");
  // On their way beside the engine; what cannot be had is told where it is started.
  for (const name of adapters) if (ADAPTERS.includes(name)) file(`adapters/${name}`, tag!).catch(() => {});
  const begin = async () => {
    const ready = await shop;
    const isReady = tag && ready.status === "ready";
    if (isReady && adapters[0]) await Promise.race([adapt(ready, tag, adapters), new Promise(go => setTimeout(go, PATIENCE_MS))]);
    // By now the page's own code may have ended it.
    if (ready.status === "destroyed") return;
    if (seen(began) > budget) settle(document);
    ready.arrange();
    ready.observe();
    if (isReady && window.reshelfStub) await load("stub", "keepOrders", tag, ready);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin, { once: true });
  else void begin();
}

/** Milliseconds for which the page has been seen; since `began` in a browser that does not tell. */
function seen(began: number): number {
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  // A page in the background has no paint yet: nobody sees what moves.
  const from = paint?.startTime ?? (PerformanceObserver.supportedEntryTypes?.includes("paint") ? Infinity : began);
  return performance.now() - from;
}

/**
 * What adapters pass on: all that the tracker does not see, which would count twice. Asked at each event, because
 * marks come and go with the pages of an application; who told of a view tells how long it was.
 */
function unseen(): readonly EventType[] {
  let views = true;
  // No array, but all that adapters ask of one; for who writes code, an array finds misspelt types.
  const asked: Pick<readonly EventType[], "includes"> = {
    includes(type) {
      if (type === "dwell") return views;
      const isUnseen = !SEEN.some(([marks, ...types]) => types.includes(type) && document.querySelector(marks));
      if (type === "view") views = isUnseen;
      return isUnseen;
    },
  };
  return asked as readonly EventType[];
}

/** Starts the adapters that `data-adapters` names. */
async function adapt(shop: Reshelf, tag: HTMLScriptElement, adapters: readonly string[]): Promise<void> {
  const { layer } = tag.dataset;
  const options: Ga4Options = { ...(layer && { dataLayer: layer }), events: unseen() };
  for (const name of adapters) {
    if (ADAPTERS.includes(name)) await load(`adapters/${name}`, name, tag, shop, options);
    else console.warn(`reshelf: there is no adapter "${name.slice(0, 40)}" for data-adapters; there is ${ADAPTERS.join(", ")}.`);
  }
}

const file = (name: string, tag: HTMLScriptElement): Promise<unknown> => import(/* webpackIgnore: true */ /* @vite-ignore */ new URL(`${name}.js`, tag.src).href);

/** Calls what a file beside the script exports; one that cannot be had is told, and the page works without it. */
async function load(path: string, name: string, tag: HTMLScriptElement, ...given: [Reshelf, object?]): Promise<void> {
  try {
    const entry = (await file(path, tag)) as Record<string, (...given: [Reshelf, object?]) => unknown>;
    entry[name]!(...given);
  } catch (reason) {
    console.warn(`reshelf: ${path}.js could not be loaded; the page works without it.`, reason);
  }
}

function attributes(tag: HTMLScriptElement | null): ReshelfOptions & { budget: number } {
  const data = tag?.dataset ?? {};
  const take = <T>(name: string, allowed: (text: string) => boolean, convert: (text: string) => T): T | undefined => {
    const text = data[name];
    if (text === undefined) return undefined;
    if (allowed(text)) return convert(text);
    console.warn(`reshelf: data-${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)} of the script tag is not valid; its default holds.`);
    return undefined;
  };
  const within = (most: number) => (text: string) => text.trim() !== "" && Number(text) >= 0 && Number(text) <= most;
  const options = {
    store: take("store", text => /^[\w-]{1,64}$/.test(text), String) ?? "shop",
    consent: take("consent", text => ["granted", "denied", "auto"].includes(text), text => text as ReshelfOptions["consent"]),
    dataLayer: take("layer", text => text !== "", String),
    googleConsent: take("googleConsent", text => ["personalization_storage", "functionality_storage"].includes(text), text => text as ReshelfOptions["googleConsent"]),
    strength: take("strength", within(100), Number),
    quota: take("quota", text => within(10)(text) && Number.isInteger(Number(text)), Number),
    artifact: take("artifact", text => text.trim() !== "", String),
    budget: take("budget", within(Infinity), Number) ?? BUDGET_MS,
    bots: take("bots", text => ["inert", "allow"].includes(text), text => text as ReshelfOptions["bots"]),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as unknown as ReshelfOptions & { budget: number };
}
