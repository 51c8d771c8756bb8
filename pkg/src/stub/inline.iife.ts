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
  query: string | undefined;
  before: string;
  /** None where storage may not be read: consent may come, and `arrange` is not held. */
  after: string | false | undefined;
}

type Container = HTMLElement & { reshelf?: Settled; moveBefore?: Element["insertBefore"] };

/** What an entry has its id in. Of any other kind of container nothing is an entry. */
const ENTRIES: Record<string, string> = { sections: "reshelfSection", products: "reshelfItem", banners: "reshelfBanner" };

const started = performance.now();
const tag = document.currentScript as HTMLScriptElement;
const { store, consent, googleConsent, layer = "dataLayer", budget = 50 } = tag.dataset;
const PERSONAL = "personalization_storage";
/** Of Google's settings the one that stands for consent. */
const setting = googleConsent === "functionality_storage" ? googleConsent : PERSONAL;

/** What Google Consent Mode has told so far; refusals for some regions may be the shopper's, grants may be not. */
const isGrantedByGoogle = (): boolean | undefined => {
  let [preset, updated, refused]: (boolean | undefined)[] = [];
  for (const entry of (window as unknown as Record<string, ArrayLike<any>[]>)[layer] ?? []) {
    const { [setting]: value, [PERSONAL]: personal, region } = (entry?.[0] === "consent" && entry[2]) || {};
    const granted = value === "granted";
    if (entry?.[1] === "update") {
      if (value !== undefined) updated = granted;
      if (personal !== undefined) refused = personal !== "granted";
    } else if (value !== undefined && !(region && granted)) preset = granted && preset !== false;
  }
  return !refused && (updated ?? preset);
};

/** No storage call without consent: what this page's server or its consent platform has said by now. */
const isAllowed = (): boolean | undefined => consent === "granted" || (consent === "auto" && !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl && isGrantedByGoogle());

const settle = (): void => {
  try {
    const allowed = isAllowed();
    // A line that is cut off is no permutation.
    const lines = ((allowed && localStorage.getItem(orderKey(store!))) || "").slice(0, LONGEST).split("\n");
    for (const container of document.querySelectorAll<Container>("[data-reshelf]:not([data-reshelf-rendered])")) {
      // One that is not parsed to its end is settled when the document is.
      if (container.reshelf || container.contains(tag)) continue;
      const { reshelf: kind, reshelfPlacement: placement, reshelfQuery: query } = container.dataset;
      const children = [...container.children] as HTMLElement[];
      const idOf = ({ dataset }: HTMLElement) => dataset[ENTRIES[kind!]!];
      const entries = children.filter(child => idOf(child) != null);
      const ids = entries.map(idOf) as string[];
      const before = ids.join("\n");
      if (before.split("\n").length !== ids.length) continue;
      container.reshelf = { query, before, after: allowed && before };
      const places = placesOf(lines, listKey(kind!, placement || kind!, query, ids), ids.length);
      const mayMove = (place: number, at: number) => place === at || entries[at]!.dataset.reshelfPin == null;
      // What was painted is not moved any more.
      if (!places?.every(mayMove) || performance.now() - started > +budget || performance.getEntriesByType("paint")[0]) continue;
      let next = 0;
      const hidden = children.map(child => child.hidden);
      const wanted = children.map(child => (idOf(child) == null ? child : entries[places[next++]!]!));
      if (place(container, wanted)) {
        // What is hidden is a place: as many are as before.
        wanted.forEach((child, at) => (child.hidden = hidden[at]!));
        container.reshelf.after = places.map(place => ids[place]).join("\n");
      } else place(container, children);
    }
  } catch {
    // Storage is blocked, or the page resists: it stays as the merchant made it.
  }
};

/** Moves only what stands wrong, and nothing that would lose its state; false as soon as the page refuses. */
const place = (container: Container, wanted: readonly Element[]): boolean => {
  const { moveBefore } = container;
  try {
    let here = container.firstElementChild;
    if (!moveBefore && container.querySelector("iframe,object,embed,audio,video,:focus")) return false;
    for (const child of wanted) {
      if (child === here) here = here.nextElementSibling;
      else (moveBefore ?? container.insertBefore).call(container, child, here);
    }
    return true;
  } catch {
    return false;
  }
};

window.reshelfStub = true;
settle();
// Once more for what was not parsed yet; before others hear of it.
addEventListener("DOMContentLoaded", settle, true);
