/**
 * What stands where, and where the merchant had it: from the marks of the page and
 * from the orders that were recorded. Nothing is ordered for it: `explain` tells of
 * the latest order, and the page stays as it is.
 */
import type { ArrangedPlacement, Reshelf } from "../types.js";
import type { Order, Recorder } from "./recorder.js";

const ENTRY = { sections: "data-reshelf-section", products: "data-reshelf-item", banners: "data-reshelf-banner" } as const;

export interface Placed extends Order {
  readonly placement: string;
  readonly kind: ArrangedPlacement["kind"] | "list";
  /** The marked container; a list that was ordered as data has none. */
  readonly container?: Element;
  /** Who chose the entries where no order of this shop did: a `<reshelf-row>`, or the page's code, as for a row of `useRecommendations`. */
  readonly chosenBy?: "row" | "page" | undefined;
}

export function placementsOf(shop: Reshelf, recorder: Recorder, root: ParentNode): Placed[] {
  const found = new Map<string, Placed>();
  for (const container of root.querySelectorAll("[data-reshelf]")) {
    const kind = container.getAttribute("data-reshelf") as keyof typeof ENTRY;
    if (!Object.hasOwn(ENTRY, kind)) continue;
    const placement = container.getAttribute("data-reshelf-placement") || kind;
    const after = [...container.children].flatMap(child => child.getAttribute(ENTRY[kind]) ?? []);
    if (found.has(placement)) continue;
    const ranks = ranksOf(shop, placement, after);
    found.set(placement, { placement, kind, container, after, before: merchants(after, ranks), chosenBy: chooserOf(container, ranks.size > 0) });
  }
  for (const [placement, order] of recorder.orders) if (!found.has(placement)) found.set(placement, { placement, kind: "list", ...order });
  return [...found.values()];
}

function chooserOf(container: Element, isOrdered: boolean): Placed["chosenBy"] {
  // What a row shows instead of an empty one is a list as any other.
  if (container.closest("reshelf-row")?.querySelector("template")?.parentElement === container) return "row";
  return container.hasAttribute("data-reshelf-rendered") && !isOrdered ? "page" : undefined;
}

/** The merchant's places of those entries that the latest order had. */
function ranksOf(shop: Reshelf, placement: string, ids: readonly string[]): Map<string, number> {
  return new Map(ids.flatMap(id => {
    const found = shop.explain(placement, id);
    return found ? [[id, found.merchantRank]] : [];
  }));
}

/** The merchant's order of these entries. What was in no order, such as what a page adds later, is where it stands. */
function merchants(ids: readonly string[], ranks: ReadonlyMap<string, number>): string[] {
  const ranked = ids.filter(id => ranks.has(id)).sort((a, b) => ranks.get(a)! - ranks.get(b)!);
  return ids.map(id => (ranks.has(id) ? ranked.shift()! : id));
}

/**
 * The marks of a container without the page's elements, in the merchant's order:
 * what another instance can arrange without anything moving or loading.
 */
export function skeleton({ container, kind, before }: Placed): Element | undefined {
  if (!container || kind === "list") return undefined;
  const bare = (element: Element) => {
    const copy = document.createElement("div");
    for (const { name, value } of element.attributes) if (name.startsWith("data-reshelf")) copy.setAttribute(name, value);
    return copy;
  };
  const place = (child: Element) => before.indexOf(child.getAttribute(ENTRY[kind]) ?? "");
  const copy = bare(container);
  copy.append(...[...container.children].filter(child => place(child) >= 0).sort((a, b) => place(a) - place(b)).map(bare));
  return copy;
}

/** How an entry moved: "3 → 1", places counted from 1; its place alone where it did not. */
export function movement(before: number, after: number): string {
  return before === after ? String(after + 1) : `${before + 1} → ${after + 1}`;
}
