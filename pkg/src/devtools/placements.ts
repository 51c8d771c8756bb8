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
}

export function placementsOf(shop: Reshelf, recorder: Recorder, root: ParentNode): Placed[] {
  const found = new Map<string, Placed>();
  for (const container of root.querySelectorAll("[data-reshelf]")) {
    const kind = container.getAttribute("data-reshelf") as keyof typeof ENTRY;
    if (!Object.hasOwn(ENTRY, kind)) continue;
    const placement = container.getAttribute("data-reshelf-placement") || kind;
    const after = [...container.children].flatMap(child => child.getAttribute(ENTRY[kind]) ?? []);
    if (!found.has(placement)) found.set(placement, { placement, kind, container, after, before: merchants(shop, placement, after) });
  }
  for (const [placement, order] of recorder.orders) if (!found.has(placement)) found.set(placement, { placement, kind: "list", ...order });
  return [...found.values()];
}

/** The merchant's order of these entries; as they stand where no order was given. */
function merchants(shop: Reshelf, placement: string, ids: readonly string[]): string[] {
  const ranks = new Map(ids.map(id => [id, shop.explain(placement, id)?.merchantRank]));
  if ([...ranks.values()].includes(undefined)) return [...ids];
  return [...ids].sort((a, b) => ranks.get(a)! - ranks.get(b)!);
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
