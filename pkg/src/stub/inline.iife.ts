/**
 * The inline stub: `dist/stub.iife.js`, to be put into the page after its last
 * marked list. Before the first paint it puts each list into the order that
 * `keepOrders` left for it, and leaves word of what it did, so that `arrange`
 * agrees. Where anything is in doubt the list stays as the merchant has it.
 *
 * Whole in itself and of at most 2 KB: it imports nothing but the format, and
 * knows neither engine nor instance.
 */
import { LONGEST, listKey, orderKey, placesOf } from "./format.js";

/** Word to `arrange` (`src/web/arrange.rs`), in the container's property `reshelf`. */
interface Settled {
  query: string | null;
  before: string;
  after: string;
}

type Container = Element & { reshelf?: Settled; moveBefore?: Element["insertBefore"] };

const ENTRIES: Record<string, string> = { sections: "section", products: "item", banners: "banner" };

(() => {
  const started = performance.now();
  const tag = document.currentScript as HTMLScriptElement;
  const { store, consent, layer = "dataLayer", budget = 50 } = tag.dataset;

  /** What Google Consent Mode has told so far; refusals for some regions may be the shopper's, grants may be not. */
  const isGrantedByGoogle = (): boolean => {
    let [preset, updated]: (boolean | undefined)[] = [];
    for (const entry of (window as unknown as Record<string, ArrayLike<any>[]>)[layer] ?? []) {
      const { personalization_storage: value, region } = (entry?.[0] === "consent" && entry[2]) || {};
      if (value === undefined) continue;
      const granted = value === "granted";
      if (entry[1] === "update") updated = granted;
      else if (region === undefined || !granted) preset = granted && preset !== false;
    }
    return updated ?? preset ?? false;
  };

  /** No storage call without consent: what this page's server or its consent platform has said by now. */
  const stored = (): string[] => {
    try {
      const isAllowed = consent === "granted" || (consent === "auto" && !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl && isGrantedByGoogle());
      const text = (isAllowed && localStorage.getItem(orderKey(store!))) || "";
      return text.length > LONGEST ? [] : text.split("\n");
    } catch {
      return [];
    }
  };

  const settle = (): void => {
    const lines = stored();
    for (const container of document.querySelectorAll<Container>("[data-reshelf]:not([data-reshelf-rendered])")) {
      const kind = container.getAttribute("data-reshelf")!;
      const entry = `data-reshelf-${ENTRIES[kind]}`;
      const children = [...container.children];
      const entries = children.filter(child => child.hasAttribute(entry));
      // One that is not parsed to its end is settled when the document is.
      if (!Object.hasOwn(ENTRIES, kind) || container.reshelf || container.contains(tag)) continue;
      const ids = entries.map(child => child.getAttribute(entry)!);
      const query = container.getAttribute("data-reshelf-query");
      const before = ids.join("\n");
      if (before.split("\n").length !== ids.length) continue;
      container.reshelf = { query, before, after: before };
      const key = listKey(kind, container.getAttribute("data-reshelf-placement") || kind, query, ids);
      const places = placesOf(lines, key, ids.length);
      const isPinned = (place: number, at: number) => place === at || !entries[at]!.hasAttribute("data-reshelf-pin");
      // What was painted is not moved any more.
      if (!places?.every(isPinned) || performance.now() - started > +budget || performance.getEntriesByType("paint").length > 0) continue;
      let next = 0;
      const hidden = children.map(child => child.hasAttribute("hidden"));
      const wanted = children.map(child => (child.hasAttribute(entry) ? entries[places[next++]!]! : child));
      if (place(container, wanted)) {
        // What is hidden is a place: as many are as before.
        wanted.forEach((child, at) => child.toggleAttribute("hidden", hidden[at]));
        container.reshelf.after = places.map(place => ids[place]).join("\n");
      } else place(container, children);
    }
  };

  /** Moves only what stands wrong, and nothing that would lose its state; false as soon as the page refuses. */
  const place = (container: Container, wanted: readonly Element[]): boolean => {
    const move = container.moveBefore ?? container.insertBefore;
    try {
      let here = container.firstElementChild;
      if (move === container.insertBefore && container.querySelector("iframe,object,embed,audio,video,:focus")) return false;
      for (const child of wanted) {
        if (child === here) here = here.nextElementSibling;
        else move.call(container, child, here);
      }
      return true;
    } catch {
      return false;
    }
  };

  window.reshelfStub = true;
  try {
    settle();
    // Once more for what was not parsed yet; before others hear of it.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", settle, { capture: true, once: true });
  } catch {
    // The page stays as the merchant made it.
  }
})();
