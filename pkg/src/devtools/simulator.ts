/**
 * The tab "Personas": how the page would look to somebody else. Played on an
 * instance of its own, in memory: the shopper's profile hears nothing of it, and
 * the page stays as it is.
 */
import { createReshelf } from "../index.js";
import { personas } from "../personas.js";
import type { ItemRow, Reshelf, ReshelfOptions } from "../types.js";
import { actsOf, cast } from "./casting.js";
import { button, h, labelled, paragraph, table } from "./dom.js";
import type { Panel } from "./panel.js";
import { type Placed, movement, skeleton } from "./placements.js";

/** Entries of a placement that are drawn. */
const MOST_SHOWN = 12;
const WEEK_MS = 7 * 86_400_000;
const PAUSE_MS = 20_000;

export function simulatorPanel(placements: () => Placed[], items: () => ItemRow[], copy: Partial<ReshelfOptions>): Panel {
  const who = h("select", {}, ...personas.map(({ name }) => h("option", { value: name }, name)));
  const answer = h("div", { role: "status" });
  let last: Reshelf | undefined;

  const play = async () => {
    last?.destroy();
    const shop = (last = await createReshelf({ ...copy, store: "reshelf-devtools", consent: "denied", bots: "allow" }));
    if (shop.status !== "ready") return answer.replaceChildren(paragraph(`No copy could be made: ${shop.status}.`, "empty"));
    const rows = items();
    const roles = cast(rows);
    if (roles.size === 0) return answer.replaceChildren(paragraph("No product of this page has a category, so that nobody can be cast.", "empty"));
    shop.addItems(rows);
    const persona = actsOf(personas.find(({ name }) => name === who.value)!, roles);
    act(shop, persona.visits);
    const profile = shop.profile();
    answer.replaceChildren(
      table("Cast", ["Role", "Played by"], [...roles].map(([role, { name }]) => [role, name])),
      paragraph(`After ${persona.events.length} acts they like: ${profile.interests.slice(0, 5).map(({ value }) => value).join(", ") || "nothing yet"}.`),
      ...placements().flatMap(placed => seen(shop, placed)));
  };
  const failed = (reason: unknown) => answer.replaceChildren(paragraph(`No copy could be made: ${String(reason)}`, "empty"));
  return {
    title: "Personas",
    element: h("section", {},
      paragraph("Plays on a copy in memory. The profile of this browser and the page stay as they are."),
      h("div", { class: "fields" }, labelled("Persona", who), button("Play", () => void play().catch(failed))),
      answer),
    refresh() {},
    end: () => last?.destroy(),
  };
}

/** Visits a week apart, the last one now: `at` may lie in the past, not in the future. */
function act(shop: Reshelf, visits: readonly (readonly Parameters<Reshelf["track"]>[0][])[]): void {
  const now = Date.now();
  visits.forEach((visit, week) => {
    const start = now - (visits.length - 1 - week) * WEEK_MS - visit.length * PAUSE_MS;
    visit.forEach((event, step) => shop.track({ ...event, at: start + step * PAUSE_MS }));
  });
}

/** A placement as the copy would show it. */
function seen(shop: Reshelf, placed: Placed): HTMLElement[] {
  const marks = skeleton(placed);
  const { before, after } = marks ? (shop.arrange(marks, { refresh: true })[0] ?? placed) : { before: placed.before, after: Array.from(shop.order(placed.placement, placed.before), from => placed.before[from]!) };
  const moved = after.filter((id, place) => before[place] !== id).length;
  return [table(`${placed.placement}: ${moved} of ${after.length} would move`, ["Place", "They see", "Merchant's"], after.slice(0, MOST_SHOWN).map((id, place) => [movement(before.indexOf(id), place), id, before[place] ?? ""]))];
}
