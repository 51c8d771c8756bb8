/**
 * What every page does: loads the catalogue and Reshelf side by side, renders,
 * arranges before the browser paints, and opens the panel's button.
 */
import type { Reshelf, RowKind } from "../../../pkg/src/types.js";
import { type Catalog, loadCatalog } from "./catalog.js";
import { askForConsent } from "./consent-bar.js";
import { offerDevtools } from "./devtools.js";
import { byId, h } from "./dom.js";
import { fillHeader } from "./header.js";
import { carryParameters, parameter } from "./parameters.js";
import { type Personal, startReshelf, tell, watch, withinBudget } from "./personal.js";
import { Rows } from "./rows.js";
import { strength, tasteConsent } from "./settings.js";
import { installPanel } from "../panel/button.js";

/** Renders a page's content into `main`. Returns what to do once the order is final. */
export type Render = (main: HTMLElement, catalog: Catalog, page: PageContext) => void | (() => void);

export interface PageContext {
  /** The SDK as soon as it is there, else null; ask again at the time of use. */
  reshelf(): Reshelf | null;
  /** The rows that Reshelf fills. */
  rows: Rows;
  /** What there is of Reshelf on this page, now and later. */
  personal: Personal;
}

/**
 * Opens a page. The order of the steps is what keeps it from flickering.
 * @param own the row of the shopper's own history that the page has, if it has one.
 */
export async function openPage(render: Render, own?: RowKind): Promise<void> {
  const starting = startReshelf();
  carryParameters(document);
  fillHeader();
  const main = byId("main");
  const personal: Personal = { shop: null, arrival: "never", arranged: [] };
  try {
    const [catalog, shop] = await Promise.all([loadCatalog(), withinBudget(starting)]);
    const rows = new Rows(catalog);
    // At strength 0 the page is the merchant's, and the merchant has no such rows.
    const hasRows = strength() > 0;
    if (shop) await tell(shop, catalog);
    if (shop && own && hasRows) await rows.ask(shop, own);
    // From here to the end of `arrange` is one task: the browser cannot paint
    // the merchant's order in between.
    const settle = render(main, catalog, { reshelf: () => personal.shop, rows, personal });
    if (shop) {
      personal.shop = shop;
      personal.arrival = "in-time";
      personal.arranged = shop.arrange(document);
    }
    if (shop && hasRows) rows.fill(shop);
    else rows.fillWithout();
    settle?.();
    main.removeAttribute("aria-busy");
    installPanel(personal, catalog);
    // Asked also while Reshelf is still on its way: later, the bar would push
    // the page down under the shopper's eyes.
    if (shop !== null || parameter("consent") === "ask") askForConsent(personal);
    if (shop === undefined) {
      // Late: it learns from this page, and the next one is in the shopper's order.
      personal.shop = await starting;
      personal.arrival = personal.shop ? "late" : "never";
      if (personal.shop) {
        await tell(personal.shop, catalog);
        // The answer may have come before Reshelf did.
        if (tasteConsent() === "yes") personal.shop.consent.grant();
      }
    }
    if (personal.shop) {
      await watch(personal.shop);
      offerDevtools(personal.shop, catalog);
    }
    document.dispatchEvent(new CustomEvent("hanging-heart:personal"));
  } catch (error) {
    console.error(error);
    main.removeAttribute("aria-busy");
    main.replaceChildren(
      h("div", { class: "empty" },
        h("h1", {}, "Our shelves could not be loaded"),
        h("p", {}, "Please try again in a moment."),
        h("p", {}, h("a", { class: "button", href: location.href }, "Try again"))),
    );
  }
}
