/** What the shopper can decide: remember, pause, how strongly, take away, forget. */
import { applyConsent } from "../shop/consent-bar.js";
import { h } from "../shop/dom.js";
import type { Personal } from "../shop/personal.js";
import { keepStrength, strength } from "../shop/settings.js";
import type { Part } from "./part.js";

function toggle(label: string, hint: string, test: string, change: (on: boolean) => void): { element: HTMLElement; set(on: boolean): void } {
  const input = h("input", { type: "checkbox", role: "switch", "data-test": test });
  input.addEventListener("change", () => change(input.checked));
  return {
    element: h("label", { class: "switch" }, h("span", {}, label, h("span", { class: "small" }, hint)), input),
    set(on) {
      input.checked = on;
    },
  };
}

/** Hands the profile to the shopper as a file; it is made here and goes nowhere. */
function download(personal: Personal): void {
  const text = JSON.stringify(personal.shop?.export(), null, 2);
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const anchor = h("a", { href: address, download: "what-hanging-heart-knows.json" });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function strengthSlider(): HTMLElement {
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
  return h("div", { class: "slider" },
    h("label", { for: "strength" }, "How strongly the shop follows you"), value, slider,
    h("p", { class: "small" }, "0 is the shop’s own order. Changing it loads the page anew."));
}

export function choicesPart(personal: Personal, refreshAll: () => void): Part {
  const said = h("p", { class: "small", role: "status", "data-test": "choice-said" });
  const consent = toggle("Remember on this device", "Off: all is forgotten with the page.", "consent-switch", on => {
    applyConsent(personal, on ? "yes" : "no");
    refreshAll();
  });
  const pause = toggle("Pause", "Nothing new is learned meanwhile.", "pause-switch", on => {
    if (on) personal.shop?.pause();
    else personal.shop?.resume();
    refreshAll();
  });
  const take = h("button", { type: "button", class: "button quiet", "data-test": "export" }, "Take it with you");
  take.addEventListener("click", () => download(personal));
  const forget = h("button", { type: "button", class: "button", "data-test": "forget" }, "Forget me");
  forget.addEventListener("click", () => void forgetAll());

  async function forgetAll(): Promise<void> {
    await personal.shop?.forget();
    said.textContent = "Forgotten. Nothing about you is left on this device.";
    refreshAll();
  }

  const element = h("section", { class: "part", "data-test": "choices" },
    h("h3", {}, "Your choices"),
    consent.element,
    pause.element,
    strengthSlider(),
    h("div", { class: "button-row" }, forget, take),
    said);
  return {
    element,
    refresh() {
      const { shop } = personal;
      element.hidden = !shop;
      consent.set(shop?.consent.state === "granted");
      pause.set(shop?.profile().paused ?? false);
    },
  };
}
