/** How Reshelf is doing on this page, in a sentence. */
import type { Status } from "../../../pkg/src/types.js";
import { h } from "../shop/dom.js";
import { parameter } from "../shop/parameters.js";
import type { Personal } from "../shop/personal.js";
import type { Part } from "./part.js";

const SENTENCES: Record<Status, string> = {
  ready: "Reshelf is at work on this page.",
  "inert:server": "Reshelf found no browser here.",
  "inert:bot": "Reshelf takes this for a robot and keeps the shop’s order.",
  "inert:unsupported": "This browser is too old for Reshelf; you see the shop’s order.",
  "inert:blocked": "A security policy keeps Reshelf out; you see the shop’s order.",
  "inert:failed": "Reshelf could not start; you see the shop’s order.",
  destroyed: "Reshelf has been switched off.",
};

function sentence({ shop, arrival }: Personal): string {
  if (parameter("reshelf") === "off") return "Reshelf is switched off by the address of this page.";
  if (!shop) return "Reshelf is not here; you see the shop’s own order.";
  if (shop.status === "ready" && arrival === "late") {
    return "Reshelf came too late for this page, so nothing was moved. The next page will follow your taste.";
  }
  return SENTENCES[shop.status];
}

export function statusPart(personal: Personal): Part {
  const text = h("p", {});
  const kept = h("p", { class: "small" });
  const element = h("section", { class: "part status", "data-test": "status" }, text, kept);

  function refresh(): void {
    const { shop } = personal;
    element.dataset.status = shop?.status ?? "absent";
    element.dataset.arrival = personal.arrival;
    text.textContent = sentence(personal);
    kept.hidden = shop?.status !== "ready";
    kept.textContent = shop?.consent.state === "granted"
      ? "What it learns is kept in this browser, and nowhere else."
      : "What it learns is gone when you leave this page: you have not asked it to remember.";
  }
  return { element, refresh };
}
