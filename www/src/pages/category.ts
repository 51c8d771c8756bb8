/** One shelf, or all shelves of a department. */
import { type Catalog, type Product, slugOf } from "../shop/catalog.js";
import { h } from "../shop/dom.js";
import { empty } from "../shop/empty.js";
import { longList } from "../shop/long-list.js";
import { openPage } from "../shop/page.js";
import { link, parameter } from "../shop/parameters.js";
import { FRONT_PAGE } from "../shop/shelves.js";

/** Orders a shopper can ask for. The first is the shop's own, which Reshelf may refine. */
const SORTS: Record<string, { label: string; compare?: (a: Product, b: Product) => number }> = {
  "": { label: "Our choice" },
  "price-ascending": { label: "Price, low to high", compare: (a, b) => a.price - b.price || a.rank - b.rank },
  "price-descending": { label: "Price, high to low", compare: (a, b) => b.price - a.price || a.rank - b.rank },
};

function find(catalog: Catalog, slug: string): { name: string; department: string; products: Product[] } | null {
  const shelf = catalog.shelves.get(slug);
  if (shelf) return { name: shelf.name, department: shelf.path[0] ?? "", products: shelf.products };
  const products = catalog.products.filter(({ category }) => slugOf(category[0] ?? "") === slug);
  const department = products[0]?.category[0];
  return department === undefined ? null : { name: department, department, products };
}

function shelfLinks(catalog: Catalog, department: string, slug: string): HTMLElement {
  const entry = (name: string, to: string) =>
    h("li", {}, h("a", { href: link("/category/", { c: to }), "aria-current": to === slug && "page" }, name));
  return h("nav", { class: "chips", "aria-label": `Shelves in ${department}` },
    h("ul", {},
      entry(`All ${department}`, slugOf(department)),
      ...catalog.department(department).map(shelf => entry(shelf.name, shelf.slug))));
}

function sortForm(slug: string, chosen: string): HTMLFormElement {
  const select = h("select", { id: "sort", name: "sort", "data-test": "sort" },
    ...Object.entries(SORTS).map(([value, { label }]) => h("option", { value, selected: value === chosen }, label)));
  select.addEventListener("change", () => {
    location.href = link("/category/", { c: slug, ...(select.value && { sort: select.value }) });
  });
  return h("form", { class: "sort" }, h("label", { for: "sort" }, "Sort by"), select);
}

void openPage((main, catalog, page) => {
  const slug = parameter("c");
  const found = find(catalog, slug);
  if (!found) {
    main.append(empty("There is no such shelf", "It may have been moved. The others are all still here.", "no-category"));
    return;
  }
  const { name, department, products } = found;
  document.title = `${name} · Hanging Heart`;
  const sort = parameter("sort") in SORTS ? parameter("sort") : "";
  const compare = SORTS[sort]?.compare;
  // Somebody who asks for an order gets exactly that order: such a list is not
  // handed to Reshelf, it is only watched.
  const marks: Record<string, string> = compare
    ? {}
    : { "data-reshelf": "products", "data-reshelf-placement": "category" };
  const { list, more, settle } = longList(compare ? [...products].sort(compare) : products, marks);
  const blurb = FRONT_PAGE.find(text => text.slug === slug)?.blurb;
  main.append(
    h("div", { class: "page-head with-tools" },
      h("div", {},
        h("p", { class: "crumbs" }, h("a", { href: link("/") }, "Hanging Heart"), " / ",
          department === name ? department : h("a", { href: link("/category/", { c: slugOf(department) }) }, department)),
        h("h1", {}, name),
        blurb ? h("p", { class: "lead" }, blurb) : null),
      sortForm(slug, sort)),
    shelfLinks(catalog, department, slug),
    list,
    more);
  return () => {
    settle();
    if (compare) page.reshelf()?.track({ type: "sort", value: sort });
  };
});
