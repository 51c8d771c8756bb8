/** The catalogue: what the shop sells, in the order of how well it sells. */
import type { ItemRow } from "../../../pkg/src/types.js";

export interface Product {
  id: string;
  name: string;
  /** Department and shelf: `["Home", "Candles & Lights"]`. */
  category: string[];
  price: number;
  tags: string[];
  /** Place among all products by sales, from 1. */
  rank: number;
  sales: number;
}

/** A shelf of the shop with a page of its own. */
export interface Shelf {
  slug: string;
  /** "Candles & Lights" */
  name: string;
  path: string[];
  products: Product[];
}

export class Catalog {
  readonly byId: ReadonlyMap<string, Product>;
  /** Shelves by slug. */
  readonly shelves: ReadonlyMap<string, Shelf>;

  constructor(readonly products: readonly Product[]) {
    this.byId = new Map(products.map(product => [product.id, product]));
    const shelves = new Map<string, Shelf>();
    for (const product of products) {
      const name = product.category.at(-1) ?? "";
      const slug = slugOf(name);
      const shelf = shelves.get(slug) ?? { slug, name, path: product.category, products: [] };
      shelf.products.push(product);
      shelves.set(slug, shelf);
    }
    this.shelves = shelves;
  }

  /** Shelves of one department, in the order of the menu. */
  department(name: string): Shelf[] {
    return [...this.shelves.values()].filter(shelf => shelf.path[0] === name);
  }

  /** The shelf a product stands on. */
  shelfOf(product: Product): Shelf | undefined {
    return this.shelves.get(slugOf(product.category.at(-1) ?? ""));
  }

  /** What Reshelf is told about the products. */
  rows(): ItemRow[] {
    return this.products.map(({ id, name, category, price, tags }) => ({
      id,
      title: name,
      category,
      price,
      tags,
      currency: "GBP",
      // 85099B and 85099C are one bag in two colours.
      group: id.replace(/[A-Z]+$/, ""),
    }));
  }
}

/** "Candles & Lights" → "candles-lights" */
export const slugOf = (name: string): string =>
  name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** The path as the HTML contract writes it: "Home > Candles & Lights". */
export const pathText = (path: readonly string[]): string => path.join(" > ");

/** Loads the catalogue; the pages' HTML preloads this very file. */
export async function loadCatalog(): Promise<Catalog> {
  const response = await fetch("/assets/catalog.json");
  if (!response.ok) throw new Error(`The catalogue could not be loaded: ${response.status}`);
  return new Catalog((await response.json()) as Product[]);
}
