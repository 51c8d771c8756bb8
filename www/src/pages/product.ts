/** One product, and more from its shelf. */
import { pictureOf } from "../pictures/picture.js";
import { readCart, setQuantity } from "../shop/cart.js";
import { cardList } from "../shop/card.js";
import { type Product, pathText, slugOf } from "../shop/catalog.js";
import { h, price } from "../shop/dom.js";
import { empty } from "../shop/empty.js";
import { showBasketCount } from "../shop/header.js";
import { type PageContext, openPage } from "../shop/page.js";
import { link, parameter } from "../shop/parameters.js";
import { describe } from "../shop/wording.js";

const RELATED = 10;

function buyForm(product: Product, page: PageContext): HTMLFormElement {
  const count = h("select", { id: "count", "data-test": "count" }, ...["1", "2", "3", "4", "6", "12"].map(n => h("option", {}, n)));
  const said = h("p", { class: "said", role: "status", "data-test": "added" });
  const form = h("form", { class: "buy" },
    h("label", { for: "count" }, "How many"),
    count,
    h("button", { type: "submit", class: "button", "data-test": "add-to-cart" }, "Add to basket"),
    said);
  form.addEventListener("submit", event => {
    event.preventDefault();
    setQuantity(product.id, (readCart().get(product.id) ?? 0) + Number(count.value));
    page.reshelf()?.track({ type: "addToCart", item: product.id });
    showBasketCount();
    said.replaceChildren("In your basket. ", h("a", { href: link("/cart/") }, "Go to the basket"));
  });
  return form;
}

void openPage((main, catalog, page) => {
  const product = catalog.byId.get(parameter("id"));
  if (!product) {
    main.append(empty("We do not have this one", "It may be sold out, or the address has a slip in it.", "no-product"));
    return;
  }
  const shelf = catalog.shelfOf(product);
  const [department = "", shelfName = ""] = product.category;
  document.title = `${product.name} · Hanging Heart`;
  Object.assign(main.dataset, {
    reshelf: "product",
    reshelfItem: product.id,
    reshelfCategory: pathText(product.category),
    reshelfPrice: product.price.toFixed(2),
    reshelfTags: product.tags.join(" "),
  });
  const related = (shelf?.products ?? []).filter(({ id }) => id !== product.id).slice(0, RELATED);
  main.append(
    h("p", { class: "crumbs" },
      h("a", { href: link("/") }, "Hanging Heart"), " / ",
      h("a", { href: link("/category/", { c: slugOf(department) }) }, department), " / ",
      h("a", { href: link("/category/", { c: slugOf(shelfName) }), "data-test": "crumb-shelf" }, shelfName)),
    h("article", { class: "product" },
      h("div", { class: "product-picture" }, pictureOf(product)),
      h("div", { class: "product-text" },
        h("h1", { "data-test": "product-name" }, product.name),
        h("p", { class: "product-price", "data-test": "product-price" }, price(product.price)),
        h("p", { class: "lead" }, describe(product)),
        buyForm(product, page),
        h("dl", { class: "facts" },
          h("dt", {}, "Shelf"), h("dd", {}, product.category.join(", ")),
          h("dt", {}, "Our number"), h("dd", {}, product.id),
          h("dt", {}, "Best-seller"), h("dd", {}, `No. ${product.rank} of ${catalog.products.length}`)))),
    page.rows.row({ kind: "related", title: "You may also like", options: { item: product.id } }),
    page.rows.row({ kind: "boughtTogether", title: "Frequently bought together", options: { item: product.id } }),
    h("section", { class: "related", "aria-labelledby": "related-title" },
      h("h2", { id: "related-title" }, "More from this shelf"),
      cardList(related, { class: "cards row", "data-reshelf": "products", "data-reshelf-placement": "related", "data-test": "related" })));
});
