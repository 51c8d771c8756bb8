/** A small bar with a label and a value. */
import { h } from "../shop/dom.js";

/** `part` is the length, from 0 to 1; a negative one is drawn as a drawback. */
export function bar(label: string, part: number, value: string, attributes: Record<string, string> = {}): HTMLLIElement {
  const fill = h("span", { class: part < 0 ? "bar-fill minus" : "bar-fill" });
  // By property and not by attribute: the page's policy allows no inline styles.
  fill.style.width = `${Math.round(Math.min(1, Math.abs(part)) * 100)}%`;
  return h("li", { class: "bar", ...attributes },
    h("span", { class: "bar-label" }, label),
    h("span", { class: "bar-value" }, value),
    h("span", { class: "bar-track", "aria-hidden": "true" }, fill));
}
