/**
 * A list too long to show at once. All entries are in the document, so that
 * Reshelf can bring a late one forward; only the first so many are shown, and
 * which those are is decided after it arranged them.
 */
import { card, drawCard } from "./card.js";
import type { Product } from "./catalog.js";
import { h } from "./dom.js";

const STEP = 36;

export interface LongList {
  list: HTMLUListElement;
  more: HTMLElement;
  /** Shows the first entries, in the order the list has now. */
  settle(): void;
}

export function longList(products: readonly Product[], attributes: Record<string, string>): LongList {
  const byId = new Map(products.map(product => [product.id, product]));
  const list = h("ul", { class: "cards", "data-test": "product-list", ...attributes });
  for (const product of products) {
    const item = card(product, { heading: "h2" });
    item.hidden = true;
    list.append(item);
  }
  const status = h("p", { class: "more-status", "aria-live": "polite", "data-test": "shown-count" });
  const button = h("button", { type: "button", class: "button quiet", "data-test": "show-more" }, "Show more");
  const more = h("div", { class: "more" }, status, button);
  let shown = 0;

  function show(upTo: number): void {
    const items = [...list.children] as HTMLElement[];
    for (const item of items.slice(0, upTo)) {
      const product = byId.get(item.dataset.reshelfItem ?? "");
      if (product) drawCard(item, product);
      item.hidden = false;
    }
    shown = Math.min(upTo, items.length);
    status.textContent = `${shown} of ${items.length} shown`;
    button.hidden = shown >= items.length;
  }

  button.addEventListener("click", () => {
    const next = list.children[shown];
    show(shown + STEP);
    // The button may be gone now; the keyboard goes on where the new ones begin.
    next?.querySelector("a")?.focus({ preventScroll: true });
  });
  return { list, more, settle: () => show(STEP) };
}
