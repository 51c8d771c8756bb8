/** The parts of the header that depend on the shopper: basket and search box. */
import { itemsIn, readCart } from "./cart.js";
import { byId } from "./dom.js";
import { parameter } from "./parameters.js";

export function showBasketCount(): void {
  byId("basket-count").textContent = String(itemsIn(readCart()));
}

export function fillHeader(): void {
  showBasketCount();
  const box = byId("search-box") as HTMLInputElement;
  if (location.pathname.startsWith("/search")) box.value = parameter("q");
  const here = parameter("c");
  for (const anchor of document.querySelectorAll<HTMLAnchorElement>(".nav a")) {
    if (here !== "" && new URL(anchor.href).searchParams.get("c") === here) anchor.setAttribute("aria-current", "page");
  }
  // "/" brings the cursor to the search box, as on many shops.
  document.addEventListener("keydown", event => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
  });
}
