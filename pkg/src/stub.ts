/**
 * `reshelf/stub`: returning shoppers see their order from the first paint on.
 * A script inside the page, of at most 2 KB, puts marked lists into the order
 * that `keepOrders` left on this device, and `arrange` then agrees with it:
 * nothing moves after the first paint. A list that a shopper has not had before
 * stays in the merchant's order for this once.
 *
 *     <script data-store="acme" data-consent="granted">…stub…</script>   after the last marked list
 *     keepOrders(shop);                                                  with the instance of the page
 *
 * Not for elements of React's or another framework's: those are not ours to move.
 */
import { quietly } from "./quietly.js";
import { ENTRY, type Marks, Shelf, type ShelfKind } from "./shelf.js";
import { LONGEST, line, listKey, orderKey } from "./stub/format.js";
import type { Reshelf } from "./types.js";

declare const STUB: string;
declare const STUB_HASH: string;

/**
 * The script's text, the same for every shop. Its tag's attributes: `data-store`;
 * `data-consent`, `"granted"` where the page knows that the shopper agreed, `"auto"`
 * to ask Google Consent Mode what it has said by then, by default `"denied"`: nothing
 * is read; `data-google-consent="functionality_storage"`, as the option `googleConsent`;
 * `data-budget`, most milliseconds it may take, by default 50; `data-layer`,
 * the page's data layer where it has another name.
 */
export const stub: string = STUB;

/** What a content security policy names the script by, without quotes: `sha256-…`. */
export const stubHash: string = STUB_HASH;

/** Most characters that all this store keeps may take together, as `LARGEST_STORE` of the engine. */
const LARGEST_STORE = 64 * 1_024;

/**
 * Keeps the orders of the page's lists for the stub of the next page: what
 * `arrange` would decide now, whenever the page is hidden or left. Only of lists
 * that the stub has seen, only with consent, and no new ones while paused;
 * `forget()` and `deny()` delete it.
 * Returns a function that stops.
 */
export function keepOrders(shop: Reshelf): () => void {
  if (typeof document === "undefined" || shop.status !== "ready") return () => {};
  const key = orderKey(shop.export().store);
  const shelves = new Map<Element, Shelf>();
  let turn = 0;
  const keep = () => {
    if (shop.status !== "ready" || shop.consent.state !== "granted") return;
    turn++;
    quietly(() => {
      const found = orders(shop, shelves, turn);
      if (shop.profile().paused) leaveOutNew(key, found);
      store(key, found);
    });
  };
  const stopped = new AbortController();
  const { signal } = stopped;
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep(), { signal });
  window.addEventListener("pagehide", keep, { signal });
  // Another page had everything forgotten; this one may have written since.
  const deaf = shop.on("storage", ({ trouble }) => trouble === "erased" && quietly(() => localStorage.removeItem(key)));
  return () => {
    stopped.abort();
    if (shop.status !== "destroyed") deaf();
  };
}

/** The order of each list that the stub has seen, by its key; null where it is the merchant's. */
function orders(shop: Reshelf, shelves: Map<Element, Shelf>, turn: number): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const container of document.querySelectorAll<Element & { reshelf?: { before: string } }>("[data-reshelf]:not([data-reshelf-rendered])")) {
    const kind = container.getAttribute("data-reshelf") as ShelfKind;
    if (!container.reshelf || !Object.hasOwn(ENTRY, kind)) continue;
    const ids = container.reshelf.before.split("\n");
    const placement = container.getAttribute("data-reshelf-placement") || kind;
    const query = container.getAttribute("data-reshelf-query");
    const entries = new Map(Array.from(container.children, child => [child.getAttribute(ENTRY[kind]), child]));
    const shelf = shelves.get(container) ?? new Shelf(kind);
    shelves.set(container, shelf);
    const places = shelf.order(shop, { list: marksOf(container), ids, marks: place => marksOf(entries.get(ids[place]!)) }, turn);
    const name = listKey(kind, placement, query, ids);
    found.set(name, places.some((place, at) => place !== at) ? line(name, places) : null);
  }
  return found;
}

/** The marks of an element of the page; none of one that has gone. */
function marksOf(element: Element | undefined): Marks {
  const marks = Array.from(element?.attributes ?? [], ({ name, value }) => [name, value] as const);
  return Object.fromEntries(marks.filter(([name]) => name.startsWith("data-reshelf")));
}

/** While paused nothing new is kept; what is there follows what the shopper says of the profile. */
function leaveOutNew(key: string, found: Map<string, string | null>): void {
  const kept = (localStorage.getItem(key) ?? "").split("\n");
  for (const name of found.keys()) if (!kept.some(text => text.startsWith(`${name}:`))) found.delete(name);
}

/** Stores these before those of earlier pages, as far as there is room. */
function store(key: string, found: Map<string, string | null>): void {
  const earlier = (localStorage.getItem(key) ?? "").split("\n").filter(text => !found.has(text.split(":", 1)[0]!));
  let text = "";
  for (const each of [...found.values(), ...earlier]) {
    const longer = text === "" ? each : `${text}\n${each}`;
    if (each && longer && longer.length <= LONGEST) text = longer;
  }
  localStorage.removeItem(key);
  const others = Object.keys(localStorage).filter(name => name.startsWith(key.slice(0, -"order".length)));
  const taken = others.reduce((sum, name) => sum + name.length + (localStorage.getItem(name)?.length ?? 0), 0);
  if (text !== "" && taken + key.length + text.length <= LARGEST_STORE) localStorage.setItem(key, text);
}
