/** `<reshelf-sections>`: sections of a page in the shopper's order, without any code. */
import type { Reshelf } from "../types.js";
import { ShopElement } from "./shop.js";

/** Latest arrival, in milliseconds after the element, at which sections still move: later they would jump. */
const BUDGET_MS = 300;

/**
 * Puts its children that are marked `data-reshelf-section` in the shopper's order,
 * and watches them. Attributes: `placement`; `budget`, the milliseconds in which the
 * shop must be there for sections to move at all, by default 300. One that comes
 * later only watches. Children that a framework renders from a list are put in
 * order by the framework: see `rank`.
 */
export class ReshelfSections extends ShopElement {
  #since = 0;

  override connectedCallback(): void {
    this.#since = performance.now();
    this.setAttribute("data-reshelf", "sections");
    const placement = this.getAttribute("placement");
    if (placement) this.setAttribute("data-reshelf-placement", placement);
    super.connectedCallback();
  }

  protected override started(shop: Reshelf): () => void {
    const asked = this.getAttribute("budget");
    const budget = asked !== null && Number(asked) >= 0 ? Number(asked) : BUDGET_MS;
    if (performance.now() - this.#since <= budget) shop.arrange(this);
    return shop.observe(this);
  }
}
