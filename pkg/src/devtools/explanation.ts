/** The tab "Explain": why an entry stands where it stands, part by part, and the rules applied. */
import type { ReshelfRow } from "../elements/row.js";
import type { Reshelf } from "../types.js";
import { h, labelled, paragraph, signed, table } from "./dom.js";
import type { Panel } from "./panel.js";
import { type Placed, movement } from "./placements.js";

export interface ExplanationPanel extends Panel {
  show(placement: string, id: string): void;
}

export function explanationPanel(shop: Reshelf, placements: () => Placed[]): ExplanationPanel {
  const where = h("select");
  const which = h("select");
  const answer = h("div", { role: "status" });
  let all: Placed[] = [];

  const chosen = () => all.find(({ placement }) => placement === where.value);
  const explain = () => answer.replaceChildren(...explained(shop, chosen(), which.value));
  const entries = () => options(which, chosen()?.after ?? []);
  where.addEventListener("change", () => {
    entries();
    explain();
  });
  which.addEventListener("change", explain);

  const refresh = () => {
    all = placements();
    options(where, all.map(({ placement }) => placement));
    entries();
    explain();
  };
  return {
    title: "Explain",
    element: h("section", {}, h("div", { class: "fields" }, labelled("Placement", where), labelled("Entry", which)), answer),
    refresh,
    show(placement, id) {
      refresh();
      where.value = placement;
      entries();
      which.value = id;
      explain();
    },
  };
}

/** Fills a choice and keeps what was chosen, if it is still there. */
function options(select: HTMLSelectElement, values: readonly string[]): void {
  const chosen = select.value;
  select.replaceChildren(...values.map(value => h("option", { value }, value)));
  if (values.includes(chosen)) select.value = chosen;
}

function explained(shop: Reshelf, placed: Placed | undefined, id: string): HTMLElement[] {
  const row = placed?.container?.closest<ReshelfRow>("reshelf-row");
  // What a row shows is chosen, not put in order; `shown` is missing while the element is not defined.
  const recommended = row?.shown?.find(entry => entry.id === id);
  if (row && recommended) {
    const { code, about, text } = recommended.reason;
    const facts: (readonly [string, string])[] = [["Kind", row.getAttribute("kind") ?? "forYou"], ["Code", code], ["About", about ?? ""]];
    return [paragraph(`Place ${row.shown.indexOf(recommended) + 1} of a row of recommendations, which has a reason instead of a score: ${text}`), table("Reason", ["What", "Value"], facts)];
  }
  if (placed?.chosenBy) return [paragraph("This shop put it in no order: the page's code chose it. An entry from useRecommendations or shop.recommend has its reason with it, as the field “reason”.", "empty")];
  const found = placed && id !== "" ? shop.explain(placed.placement, id) : null;
  if (!found) return [paragraph("It was in no order yet: since it is here, arrange, rank or order has not been called for this placement.", "empty")];
  const { rank, merchantRank, score, contributions, rules } = found;
  return [
    paragraph(`Place ${movement(merchantRank, rank)}, of score ${signed(score)}.`),
    contributions.length === 0
      ? paragraph("The merchant's own place: nothing speaks for moving it.", "empty")
      : table("What the score is made of", ["Part", "Code", "Value"], [...contributions.map(({ label, code, value }) => [label, code, signed(value)]), ["Sum", "", signed(contributions.reduce((sum, { value }) => sum + value, 0))]]),
    rules.length === 0 ? paragraph("No rule decided over the score.") : table("Rules applied, in order", ["Rule"], rules.map(rule => [rule])),
  ];
}
