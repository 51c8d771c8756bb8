/** Other people's shoes: a few real events at a press, and the page anew. */
import type { Catalog } from "../shop/catalog.js";
import { h } from "../shop/dom.js";
import type { Personal } from "../shop/personal.js";
import type { Part } from "./part.js";

/** A person and the shelf whose things they open. */
const PEOPLE: [label: string, shelf: string][] = [
  ["Five candles", "candles-lights"],
  ["Five toys", "toys-games"],
  ["Five garden things", "garden-picnic"],
];
const OPENED = 5;
const DWELL_MS = 12_000;

export function simulatePart(personal: Personal, catalog: Catalog, refreshAll: () => void): Part {
  const said = h("p", { class: "small", role: "status", "data-test": "simulated" });
  const again = h("button", { type: "button", class: "button quiet", "data-test": "rearrange" }, "Rearrange this page");
  const buttons = PEOPLE.map(([label, shelf]) => {
    const button = h("button", { type: "button", class: "button quiet", "data-test": "simulate", "data-shelf": shelf }, label);
    button.addEventListener("click", () => {
      // The same calls that opening the pages would make, with the dwell of a reader.
      for (const { id } of catalog.shelves.get(shelf)?.products.slice(0, OPENED) ?? []) {
        personal.shop?.track({ type: "click", item: id });
        personal.shop?.track({ type: "view", item: id, dwellMs: DWELL_MS });
      }
      said.textContent = "Noted, as if you had opened them.";
      refreshAll();
    });
    return button;
  });
  again.addEventListener("click", () => {
    if (!personal.shop) return;
    personal.arranged = personal.shop.arrange(document, { refresh: true });
    said.textContent = "This page now follows what the device knows.";
    refreshAll();
  });
  const element = h("section", { class: "part", "data-test": "simulation" },
    h("h3", {}, "Try it on"),
    h("p", { class: "small" }, "Pretend you opened …"),
    h("div", { class: "button-row" }, ...buttons),
    h("p", { class: "small" }, "A page never moves under your hands. Ask, and it will:"),
    h("div", { class: "button-row" }, again),
    said);
  return {
    element,
    refresh() {
      element.hidden = personal.shop?.status !== "ready";
    },
  };
}
