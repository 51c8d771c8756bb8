/** Why everything stands where it stands: order before and after, and the sums. */
import type { ArrangedPlacement, Explanation } from "../../../pkg/src/types.js";
import type { Catalog } from "../shop/catalog.js";
import { h } from "../shop/dom.js";
import type { Personal } from "../shop/personal.js";
import { bar } from "./bar.js";
import type { Part } from "./part.js";
import { PLACES } from "./profile.js";
import { inWords, signed } from "./wording.js";

const MOST = 20;

/** Name of a section, a banner or a product. */
function nameOf(catalog: Catalog, kind: ArrangedPlacement["kind"], id: string): string {
  if (kind === "sections") return catalog.shelves.get(id)?.name ?? "Our service";
  if (kind === "banners") return document.querySelector(`[data-reshelf-banner="${CSS.escape(id)}"] .banner-title`)?.textContent ?? id;
  return catalog.byId.get(id)?.name ?? id;
}

function movement(before: number, after: number): string {
  if (before === after) return `${after + 1}, as the shop has it`;
  return `${before + 1} → ${after + 1}`;
}

function sums(explanation: Explanation | null): HTMLElement {
  if (!explanation || explanation.contributions.length === 0) {
    return h("p", { class: "small" }, "The shop’s own place; nothing speaks for moving it.");
  }
  const largest = Math.max(...explanation.contributions.map(({ value }) => Math.abs(value)), Number.EPSILON);
  return h("div", { "data-test": "explanation" },
    h("ul", { class: "bars" }, ...explanation.contributions.map(({ code, label, value }) =>
      bar(inWords(code, label), value / largest, signed(value), { "data-code": code }))),
    h("p", { class: "small" }, `Adds up to ${signed(explanation.score)}.${explanation.rules.length > 0 ? ` Rules: ${explanation.rules.join(", ")}.` : ""}`));
}

function row(personal: Personal, catalog: Catalog, placed: ArrangedPlacement, id: string): HTMLLIElement {
  const [before, after] = [placed.before.indexOf(id), placed.after.indexOf(id)];
  const moved = before - after;
  const sign = moved > 0 ? "up" : moved < 0 ? "down" : "same";
  const details = h("details", {},
    h("summary", {},
      h("span", { class: "reason-name" }, nameOf(catalog, placed.kind, id)),
      h("span", { class: `reason-move ${sign}` }, movement(before, after))));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(sums(personal.shop?.explain(placed.placement, id) ?? null));
  });
  return h("li", {
    "data-test": "reason", "data-id": id, "data-before": String(before), "data-after": String(after),
  }, details);
}

function placement(personal: Personal, catalog: Catalog, placed: ArrangedPlacement): HTMLElement {
  const list = h("ol", { class: "reasons" });
  const turn = h("button", { type: "button", class: "plain", "aria-pressed": "false", "data-test": "show-before" }, "Show the shop’s order");
  const fill = (ids: string[]) => list.replaceChildren(...ids.slice(0, MOST).map(id => row(personal, catalog, placed, id)));
  turn.addEventListener("click", () => {
    const before = turn.getAttribute("aria-pressed") !== "true";
    turn.setAttribute("aria-pressed", String(before));
    turn.textContent = before ? "Show your order" : "Show the shop’s order";
    fill(before ? placed.before : placed.after);
  });
  fill(placed.after);
  const moved = placed.after.filter((id, index) => placed.before[index] !== id).length;
  return h("div", { class: "placement", "data-test": "placement", "data-placement": placed.placement, "data-moved": String(moved) },
    h("h4", {}, PLACES[placed.placement] ?? placed.placement),
    h("p", { class: "small" }, moved === 0 ? "In the shop’s order. " : `${moved} of ${placed.after.length} stand elsewhere than in the shop’s order. `, turn),
    list);
}

export function reasonsPart(personal: Personal, catalog: Catalog): Part {
  const places = h("div", {});
  const nothing = h("p", { class: "part-empty" });
  const element = h("section", { class: "part", "data-test": "reasons" },
    h("h3", {}, "Why things stand where they stand"), nothing, places);
  let shown: ArrangedPlacement[] | undefined;

  function refresh(): void {
    // The page's order is settled once; redrawing would close what is open.
    if (shown === personal.arranged) return;
    shown = personal.arranged;
    nothing.hidden = shown.length > 0;
    nothing.textContent = personal.shop ? "Nothing on this page was put in order." : "Everything is in the shop’s own order.";
    places.replaceChildren(...shown.map(placed => placement(personal, catalog, placed)));
  }
  return { element, refresh };
}
