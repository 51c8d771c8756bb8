/**
 * A list too long to show at once. All entries are in the document, so that
 * Reshelf can bring a late one forward; only the first so many are shown, and
 * which those are is decided after it arranged them.
 */
import { card, drawCard } from "./card.js";
import type { Product } from "./catalog.js";
import { h } from "./dom.js";
import { framePassed, whenIdle } from "./frames.js";

/** Entries that are shown at first, and that a press adds. */
const STEP = 36;
/** Of these in one frame: two rows or three, as many as there is room for below the button. */
const A_FRAME = 12;

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
  let promised = 0;

  const entries = () => [...list.children] as HTMLElement[];

  function draw(item: HTMLElement): void {
    const product = byId.get(item.dataset.reshelfItem ?? "");
    if (product) drawCard(item, product);
  }

  function show(upTo: number): void {
    for (const item of entries().slice(0, upTo)) {
      draw(item);
      item.hidden = false;
    }
    shown = upTo;
  }

  /** From now on so many are to be shown. */
  function promise(upTo: number): void {
    promised = Math.min(upTo, products.length);
    status.textContent = `${promised} of ${products.length} shown`;
    button.hidden = promised >= products.length;
    // What the next press will show, which then has nothing to draw.
    whenIdle(entries().slice(promised, promised + STEP), draw);
  }

  button.addEventListener("click", async () => {
    const next = list.children[promised];
    promise(promised + STEP);
    show(Math.min(shown + A_FRAME, promised));
    // The button may be gone now; the keyboard goes on where the new ones begin.
    next?.querySelector("a")?.focus({ preventScroll: true });
    while (shown < promised) {
      await framePassed();
      show(Math.min(shown + A_FRAME, promised));
    }
  });

  function settle(): void {
    promise(STEP);
    show(promised);
  }
  return { list, more, settle };
}
