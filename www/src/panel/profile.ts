/**
 * What the shop knows and what the shopper can say about it: the package's own
 * panel, in this shop's words and colours.
 */
import type { ReshelfProfile } from "../../../pkg/src/elements.js";
import { keepConsentChoice } from "../shop/consent-bar.js";
import type { Catalog } from "../shop/catalog.js";
import { h } from "../shop/dom.js";
import type { Personal } from "../shop/personal.js";
import type { Part } from "./part.js";
import { inWords } from "./wording.js";

/** As the browser sees it: a file of this server, fetched when a panel is first wanted. */
const ELEMENTS: string = "/reshelf/elements.js";

/** Names of this page's lists. */
export const PLACES: Record<string, string> = {
  home: "Shelves of the front page",
  hero: "Banner",
  category: "This shelf",
  search: "Search results",
  related: "More from this shelf",
  cart: "From the same shelves",
};

/** The element, which shows something once there is a shop. */
export function shopperPanel(personal: Personal, catalog: Catalog): ReshelfProfile {
  const element = h("reshelf-profile", { class: "shopper-panel" }) as ReshelfProfile;
  element.naming = (kind, value) => {
    if (kind === "item") return catalog.byId.get(value)?.name;
    if (kind === "section") return catalog.shelves.get(value)?.name;
    if (kind === "placement") return PLACES[value];
    if (kind === "banner") return undefined;
    return inWords(kind, value);
  };
  element.addEventListener("reshelf-change", event => {
    const { what, on } = (event as CustomEvent<{ what: string; on?: boolean }>).detail;
    if (what === "consent") keepConsentChoice(on ? "yes" : "no");
  });
  const give = () => {
    if (personal.shop) element.shop = personal.shop;
  };
  give();
  // A late start: the panel was opened before Reshelf was there.
  document.addEventListener("hanging-heart:personal", give, { once: true });
  import(ELEMENTS).catch(error => console.info("Hanging Heart shows no panel:", error));
  return element;
}

export function profilePart(personal: Personal, catalog: Catalog): Part {
  const panel = shopperPanel(personal, catalog);
  const element = h("section", { class: "part", "data-test": "taste" }, panel);
  return {
    element,
    refresh() {
      element.dataset.events = String(personal.shop?.profile().events ?? 0);
    },
  };
}
