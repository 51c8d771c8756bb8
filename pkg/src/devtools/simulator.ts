/**
 * The tab "Personas": how the page would look to somebody else. Played on an
 * instance of its own, in memory: the shopper's profile hears nothing of it, and
 * the page stays as it is.
 */
import { createReshelf } from "../index.js";
import { personas } from "../personas.js";
import type { ReshelfRow } from "../elements/row.js";
import type { ItemRow, Reshelf, ReshelfOptions, RowKind } from "../types.js";
import { actsOf, cast } from "./casting.js";
import { button, h, labelled, paragraph, table } from "./dom.js";
import type { Panel } from "./panel.js";
import { type Placed, movement, skeleton } from "./placements.js";
import { rowItems } from "./sources.js";

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
  if (placed.chosenBy === "row") return chosen(shop, placed);
  if (placed.chosenBy) return [paragraph(`${placed.placement}: not played. This shop put it in no order, and what the page's code asks for, such as a row of useRecommendations, cannot be read from the page.`, "empty")];
  // Marked by code that orders data, which may know more than its marks say.
  if (placed.kind === "sections" && placed.container?.hasAttribute("data-reshelf-rendered") && !placed.container.querySelector("[data-reshelf-category]")) return [paragraph(`${placed.placement}: not played. No section here says by data-reshelf-category what it shows.`, "empty")];
  const marks = skeleton(placed);
  const { before, after } = marks ? (shop.arrange(marks, { refresh: true })[0] ?? placed) : { before: placed.before, after: Array.from(shop.order(placed.placement, placed.before), from => placed.before[from]!) };
  const moved = after.filter((id, place) => before[place] !== id).length;
  return [table(`${placed.placement}: ${moved} of ${after.length} would move`, ["Place", "They see", "Merchant's"], after.slice(0, MOST_SHOWN).map((id, place) => [movement(before.indexOf(id), place), id, before[place] ?? ""]))];
}

/** A row as it would be chosen. Of what a function of the page's finds, the copy knows what the page names elsewhere. */
function chosen(shop: Reshelf, { placement, container, after }: Placed): HTMLElement[] {
  const row = container!.closest<ReshelfRow>("reshelf-row")!;
  const [kind, item, limit] = ["kind", "item", "limit"].map(name => row.getAttribute(name));
  const known = rowItems(row);
  const ids = known && new Set(known.map(({ id }) => String(id)));
  try {
    const entries = shop.recommend((kind || "forYou") as RowKind, { placement, ...(item && { item }), ...(limit && { limit: Number(limit) }), ...(ids && { filter: id => ids.has(id) }) });
    if (entries.length === 0) return [paragraph(`${placement}: an empty row.`, "empty")];
    const others = entries.filter(({ id }) => !after.includes(id)).length;
    return [table(`${placement}: a row, ${others} of ${entries.length} would be other products`, ["Place", "They see", "Because", "Here now"], entries.map(({ id, reason }, place) => [String(place + 1), id, reason.text, after[place] ?? ""]))];
  } catch (reason) {
    return [paragraph(`${placement}: the row cannot be filled. ${String(reason)}`, "empty")];
  }
}
