/** What a page shows when it has nothing to show: a drawing, a sentence, a way on. */
import { svg, h } from "./dom.js";
import { link } from "./parameters.js";

const LONELY_HOOK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 140" aria-hidden="true">
<path d="M12 26h136" stroke="#c9a77c" stroke-width="8" stroke-linecap="round"/>
<path d="M44 30v12a8 8 0 0 0 16 0M100 30v12a8 8 0 0 0 16 0" fill="none" stroke="#8a7a6c" stroke-width="4" stroke-linecap="round"/>
<path d="M108 50v20" stroke="#8a7a6c" stroke-width="2"/>
<path d="M108 118c-22-16-26-26-26-33a13 13 0 0 1 26-4 13 13 0 0 1 26 4c0 7-4 17-26 33Z" fill="none" stroke="#a8434c" stroke-width="3" stroke-dasharray="6 6"/></svg>`;

export function empty(title: string, text: string, test: string): HTMLElement {
  return h("div", { class: "empty", "data-test": test },
    svg(LONELY_HOOK),
    h("h1", {}, title),
    h("p", {}, text),
    h("p", {}, h("a", { class: "button", href: link("/") }, "Look around the shop")));
}
