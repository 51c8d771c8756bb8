/** The side panel: everything the device knows, why it matters, and the way out. */
import type { Catalog } from "../shop/catalog.js";
import { h } from "../shop/dom.js";
import type { Personal } from "../shop/personal.js";
import type { Part } from "./part.js";
import { profilePart } from "./profile.js";
import { reasonsPart } from "./reasons.js";
import { simulatePart } from "./simulate.js";
import { statusPart } from "./status.js";
import { strengthPart } from "./strength.js";
import { trafficPart } from "./traffic.js";

export interface Panel {
  show(open: boolean, byHand: boolean): void;
}

export function createPanel(personal: Personal, catalog: Catalog, close: () => void): Panel {
  const title = h("h2", { id: "panel-title", tabindex: -1 }, "Behind the shelves");
  const closing = h("button", { type: "button", class: "panel-close", "aria-label": "Close", "data-test": "panel-close" }, "×");
  closing.addEventListener("click", close);

  const refreshAll = () => parts.forEach(part => part.refresh());
  const parts: Part[] = [
    trafficPart(),
    statusPart(personal),
    profilePart(personal, catalog),
    reasonsPart(personal, catalog),
    simulatePart(personal, catalog, refreshAll),
    strengthPart(personal),
  ];
  const panel = h("aside", { id: "panel", class: "panel", "aria-labelledby": "panel-title", hidden: true, "data-test": "panel" },
    h("header", { class: "panel-head" }, title, closing),
    h("div", { class: "panel-body" }, ...parts.map(part => part.element)));
  document.body.append(panel);

  function listen(): void {
    personal.shop?.on("profile", refreshAll);
    personal.shop?.on("ranked", refreshAll);
    personal.shop?.on("consent", refreshAll);
    personal.shop?.on("status", refreshAll);
  }
  if (personal.shop) listen();
  // A late start: the panel was opened before Reshelf was there.
  else document.addEventListener("hanging-heart:personal", () => (listen(), refreshAll()), { once: true });

  return {
    show(open, byHand) {
      if (open) refreshAll();
      panel.hidden = !open;
      document.documentElement.classList.toggle("panel-open", open);
      if (open && byHand) title.focus({ preventScroll: true });
    },
  };
}
