/**
 * Personas of `reshelf/testing`, cast on a page's own products: their four shelves
 * become the page's four largest. Must not live here: playing.
 */
import { type Persona, sampleItems } from "../personas.js";
import type { ItemRow, ReshelfEvent } from "../types.js";

const SHELVES = [...new Set(sampleItems.map(({ category }) => category!.at(-1)!))];

/** The page's shelf that stands for each of the personas' shelves. */
export type Cast = ReadonlyMap<string, { readonly name: string; readonly ids: readonly string[] }>;

/** Empty where no product has a category. */
export function cast(rows: readonly ItemRow[]): Cast {
  const shelves = new Map<string, Set<string>>();
  for (const { id, category } of rows) {
    const name = category?.join(" > ");
    if (!name) continue;
    const ids = shelves.get(name) ?? new Set<string>();
    shelves.set(name, ids.add(String(id)));
  }
  const largest = [...shelves].sort(([, a], [, b]) => b.size - a.size);
  if (largest.length === 0) return new Map();
  // A page with fewer shelves has several roles played by one.
  return new Map(SHELVES.map((shelf, place) => {
    const [name, ids] = largest[place % largest.length]!;
    return [shelf, { name, ids: [...ids] }];
  }));
}

/** What the persona does among these products. */
export function actsOf(persona: Persona, roles: Cast): Persona {
  const item = (id: string) => {
    const [shelf = "", number] = id.split("-");
    const role = roles.get(shelf.charAt(0).toUpperCase() + shelf.slice(1));
    return role?.ids[(Number(number) - 1) % role.ids.length] ?? id;
  };
  const query = (words: string) => roles.get(SHELVES.find(shelf => shelf.toLowerCase().startsWith(words)) ?? "")?.name.split(" > ").at(-1) ?? words;
  const act = (event: ReshelfEvent): ReshelfEvent => {
    if ("item" in event) return { ...event, item: item(String(event.item)) };
    return event.type === "search" ? { ...event, query: query(event.query) } : event;
  };
  const visits = persona.visits.map(visit => visit.map(act));
  return { name: persona.name, visits, events: visits.flat() };
}
