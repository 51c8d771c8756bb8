/** The tab "Orders": each placement before and after. */
import { button, h, paragraph, table } from "./dom.js";
import type { Panel } from "./panel.js";
import { type Placed, movement } from "./placements.js";

/** Entries of a placement that are drawn. */
const MOST_SHOWN = 50;

/** @param explain opens the explanation of an entry */
export function ordersPanel(placements: () => Placed[], explain: (placement: string, id: string) => void): Panel {
  const element = h("section");
  return {
    title: "Orders",
    element,
    refresh() {
      const all = placements();
      element.replaceChildren(...(all.length === 0 ? [paragraph("Nothing on this page is marked, and nothing was ordered since this tool listens.", "empty")] : all.map(placed => drawn(placed, explain))));
    },
  };
}

function drawn({ placement, kind, before, after, chosenBy }: Placed, explain: (placement: string, id: string) => void): HTMLElement {
  const moved = after.filter((id, place) => before[place] !== id).length;
  // What is chosen has no other order.
  const merchants = (text: string) => (chosenBy ? [] : [text]);
  const rows = after.slice(0, MOST_SHOWN).map((id, place) => [
    movement(chosenBy ? place : before.indexOf(id), place),
    id,
    ...merchants(before[place] ?? ""),
    (() => {
      const ask = button("Explain", () => explain(placement, id));
      ask.setAttribute("aria-label", `Explain ${id}`);
      return ask;
    })(),
  ]);
  const what = chosenBy ? `${after.length} shown, in no order of this shop` : `${moved} of ${after.length} moved`;
  return table(`${placement} (${chosenBy === "row" ? "row" : kind}): ${what}${after.length > MOST_SHOWN ? `, the first ${MOST_SHOWN}` : ""}`, ["Place", "Shown", ...merchants("Merchant's"), "Why"], rows);
}
