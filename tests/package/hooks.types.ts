// Compiled against the packed tarball, never run: what the hooks take and give.
import { createElement } from "react";
import { ReshelfProvider, type Shelved, useRank, useRecommendations, useReshelf, useSections } from "reshelf/react";

interface Product {
  sku: string;
  name: string;
  path: string[];
}
declare const products: Product[];

export function Page() {
  const ranked: Shelved<Product> = useRank("search", products, { id: product => product.sku, row: ({ sku, path }) => ({ id: sku, category: path }), query: "gift", limit: 20 });
  const names: readonly string[] = useRank("search", products, { transformItems: items => items.map(({ name }) => name) }).items;
  const [first] = useRecommendations("related", { item: "a", limit: 4, threshold: 20, fallback: ["b", 7] }).items;
  const ids: readonly string[] = useRecommendations("forYou", { transformItems: items => items.map(({ id }) => id) }).items;
  const sections = useSections("home", [{ id: "mugs", category: ["Mugs"], title: "Mugs" }, { id: "legal", pin: true, title: "Legal" }]);
  const { shop, status } = useReshelf();
  shop?.track({ type: "click", item: "a" });
  // @ts-expect-error there is no such row
  useRecommendations("unknown");
  // @ts-expect-error a section has an id
  useSections("home", [{ title: "Mugs" }]);
  // @ts-expect-error the list's entries are not to be changed
  ranked.items.push(products[0]!);
  return createElement("ul", ranked.listProps, status, names, ids, first?.reason.text, sections.items.map(({ title, id }) => createElement("li", { key: id, ...sections.itemProps(id) }, title)));
}

export const app = createElement(ReshelfProvider, { options: { store: "acme", consent: "auto" }, items: [{ id: "a" }] }, createElement(Page));
// @ts-expect-error a store has a name
export const nameless = createElement(ReshelfProvider, { options: {} });
