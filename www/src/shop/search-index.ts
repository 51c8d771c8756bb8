/** Search in the browser: forgiving about spelling and about words half typed. */
import MiniSearch from "minisearch";
import type { Catalog, Product } from "./catalog.js";

export function search(catalog: Catalog, query: string): Product[] {
  const index = new MiniSearch<Product>({
    fields: ["name", "category", "tags"],
    extractField: (product, field) => {
      if (field === "tags") return product.tags.map(tag => tag.replace(/^[^:]*:/, "").replaceAll("-", " ")).join(" ");
      const value = product[field as keyof Product];
      return Array.isArray(value) ? value.join(" ") : String(value);
    },
    searchOptions: {
      boost: { name: 3, category: 0.5, tags: 0.5 },
      prefix: term => term.length > 1,
      fuzzy: term => (term.length > 3 ? 0.2 : false),
      // Equal matches stand in the order of how well they sell.
      boostDocument: id => 1 + Math.log10(catalog.byId.get(String(id))?.sales ?? 1) / 5,
    },
  });
  index.addAll(catalog.products);
  const strict = index.search(query, { combineWith: "AND" });
  // Rather something near than nothing.
  const hits = strict.length > 0 ? strict : index.search(query, { combineWith: "OR" });
  return hits.flatMap(({ id }) => catalog.byId.get(String(id)) ?? []);
}
