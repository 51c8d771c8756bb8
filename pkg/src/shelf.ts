/**
 * Data in the shape of the HTML contract, ordered as a page is: a container that
 * is in no document is marked, arranged and read. So lists of data have the same
 * rules as marked ones: pins, and that nothing jumps within a visit.
 */
import type { ItemId, Reshelf } from "./types.js";

/** Attributes and their values. */
export type Marks = Readonly<Record<string, string>>;

/** What is ordered. */
export interface Listed {
  /** Marks of the list, as of its element. */
  readonly list: Marks;
  /** Ids in the merchant's order; an empty one keeps its place. */
  readonly ids: readonly string[];
  /** Further marks of an entry, by its place. */
  marks?(place: number): Marks;
}

/** Lists whose order is remembered; a shopper goes back and forth between a few. */
const MOST_REMEMBERED = 16;

const CONTAINER = "data-reshelf";
export const ENTRY = { products: "data-reshelf-item", sections: "data-reshelf-section", banners: "data-reshelf-banner" } as const;

/** What a container holds. */
export type ShelfKind = keyof typeof ENTRY;

/** Marks of an element around a list that the page renders in order itself: nobody else may move what is in it. */
export const listMarks = (kind: ShelfKind, placement: string, query?: string): Marks => ({
  [CONTAINER]: kind,
  "data-reshelf-rendered": "",
  "data-reshelf-placement": placement,
  ...(query === undefined ? {} : { "data-reshelf-query": query }),
});

/** Marks of an entry's element. */
export const entryMarks = (kind: ShelfKind) => (id: ItemId): Marks => ({ [ENTRY[kind]]: String(id) });

export class Shelf {
  readonly #kind: ShelfKind;
  readonly #orders = new Map<string, readonly number[]>();
  #container: Element | undefined;
  #shop: Reshelf | undefined;
  #turn = 0;

  constructor(kind: ShelfKind) {
    this.#kind = kind;
  }

  /**
   * Places of `ids` in the order to show. The same list has the same order
   * again; another number for `turn` decides anew.
   * @throws ReshelfError as `arrange`.
   */
  order(shop: Reshelf, listed: Listed, turn: number): readonly number[] {
    if (shop !== this.#shop) {
      // What it is told is new to this instance.
      this.#orders.clear();
      this.#container = undefined;
      this.#shop = shop;
      this.#turn = turn;
    }
    const refresh = turn !== this.#turn;
    if (refresh) this.#orders.clear();
    this.#turn = turn;
    const key = JSON.stringify([listed.list, listed.ids]);
    const known = this.#orders.get(key);
    if (known) return known;
    const order = this.#arrange(shop, listed, refresh);
    this.#orders.set(key, order);
    if (this.#orders.size > MOST_REMEMBERED) this.#orders.delete(this.#orders.keys().next().value!);
    return order;
  }

  #arrange(shop: Reshelf, { list, ids, marks }: Listed, refresh: boolean): readonly number[] {
    const container = (this.#container ??= document.createElement("div"));
    for (const name of container.getAttributeNames()) container.removeAttribute(name);
    mark(container, list);
    const places = new Map<Element, number>();
    ids.forEach((id, place) => {
      const entry = document.createElement("i");
      if (id !== "") mark(entry, { ...marks?.(place), [ENTRY[this.#kind]]: id });
      places.set(entry, place);
    });
    container.replaceChildren(...places.keys());
    shop.arrange(container, { refresh });
    return Array.from(container.children, entry => places.get(entry)!);
  }
}

function mark(element: Element, marks: Marks): void {
  for (const [name, value] of Object.entries(marks)) element.setAttribute(name, value);
}
