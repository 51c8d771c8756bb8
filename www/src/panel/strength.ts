/** How strongly the shop follows the shopper: a choice of this demo. */
import { h } from "../shop/dom.js";
import type { Personal } from "../shop/personal.js";
import { keepStrength, strength } from "../shop/settings.js";
import type { Part } from "./part.js";

export function strengthPart(personal: Personal): Part {
  const value = h("output", { for: "strength", "data-test": "strength-value" }, String(strength()));
  const slider = h("input", { id: "strength", type: "range", min: 0, max: 100, step: 5, value: strength(), "data-test": "strength" });
  slider.addEventListener("input", () => (value.textContent = slider.value));
  slider.addEventListener("change", () => {
    keepStrength(Number(slider.value));
    // The strength is fixed when Reshelf starts, so the page starts anew.
    const address = new URL(location.href);
    address.searchParams.delete("strength");
    location.assign(address);
  });
  const element = h("section", { class: "part" },
    h("div", { class: "slider" },
      h("label", { for: "strength" }, "How strongly the shop follows you"), value, slider,
      h("p", { class: "small" }, "0 is the shop’s own order. Changing it loads the page anew.")));
  return {
    element,
    refresh() {
      element.hidden = !personal.shop;
    },
  };
}
