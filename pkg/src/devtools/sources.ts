/**
 * What the page says of its products, and where: marks, structured data, the data
 * layer, and a feed if one was given. Read as the engine and the adapters read it.
 * Must not live here: what is wrong with it.
 */
import { ga4 } from "../adapters/ga4.js";
import { readStructuredData } from "../adapters/jsonld.js";
import { amount, fields, path, text } from "../adapters/values.js";
import type { ReshelfRow } from "../elements/row.js";
import { quietly } from "../quietly.js";
import type { ItemRow } from "../types.js";

export type SourceName = "marks" | "JSON-LD" | "dataLayer" | "feed";

/** The products of a page by where they are named, each as often as it is. */
export interface Sources {
  readonly rows: ReadonlyMap<SourceName, readonly ItemRow[]>;
  /** What was pushed into the data layer, as it lies there. */
  readonly pushes: readonly unknown[];
}

/** Hears of products in the data layer, as the adapter does, without telling the shop. */
export class Layer {
  readonly rows: ItemRow[] = [];
  readonly #name: string;
  readonly #stop: () => void;

  constructor(name = "dataLayer") {
    this.#name = name;
    this.#stop = ga4({ addItems: rows => void this.rows.push(...rows), track() {} }, { dataLayer: name });
  }

  pushes(): readonly unknown[] {
    const layer = (window as unknown as Record<string, unknown>)[this.#name];
    return Array.isArray(layer) ? layer : [];
  }

  end(): void {
    this.#stop();
  }
}

/** Products that the marks of the page name. */
export function markedItems(root: ParentNode): ItemRow[] {
  const mark = (element: Element, name: string) => element.getAttribute(`data-reshelf-${name}`);
  return [...root.querySelectorAll("[data-reshelf-item]")].map(element => ({
    id: mark(element, "item") ?? "",
    category: path(mark(element, "category")) ?? null,
    brand: mark(element, "brand"),
    price: amount(mark(element, "price")) ?? null,
  }));
}

/** Products that a `<reshelf-row>` may show; undefined where a function finds them, and what it finds is not known. */
export function rowItems({ items, ownerDocument }: ReshelfRow): readonly ItemRow[] | undefined {
  if (typeof items === "function") return undefined;
  let said: unknown = items;
  quietly(() => (said ??= JSON.parse(ownerDocument.querySelector("script[data-reshelf-items]")?.textContent ?? "[]")));
  return (Array.isArray(said) ? said : []).map(fields).flatMap(item => {
    const [id, title, brand] = ["id", "title", "brand"].map(name => text(item[name]) ?? null);
    // A shop's own objects: what is written in another way than the shop takes must not keep the rest from it.
    const category = path(Array.isArray(item["category"]) ? item["category"].join(">") : item["category"]) ?? null;
    return id ? [{ id, title, brand, category, price: amount(item["price"]) ?? null, inStock: item["inStock"] !== false }] : [];
  });
}

/** One row for each product, of all that its rows say; where several say the same, the first does. */
export function merged(rows: readonly ItemRow[]): ItemRow[] {
  const all = new Map<string, ItemRow>();
  for (const row of rows) {
    const said = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== null)) as unknown as ItemRow;
    all.set(String(row.id), { ...said, ...all.get(String(row.id)) });
  }
  return [...all.values()];
}

export function readSources(root: ParentNode, layer: Layer, feed: readonly ItemRow[] | undefined): Sources {
  const rows = new Map<SourceName, readonly ItemRow[]>([
    ["marks", markedItems(root)],
    ["JSON-LD", readStructuredData(root).items],
    ["dataLayer", layer.rows],
  ]);
  if (feed) rows.set("feed", feed);
  return { rows, pushes: layer.pushes() };
}
