/** A product in a list: one real link, marked for Reshelf by attributes. */
import { pictureOf } from "../pictures/picture.js";
import { type Product, pathText } from "./catalog.js";
import { h, price } from "./dom.js";
import { link } from "./parameters.js";

export function card(product: Product, { heading = "h3" as "h2" | "h3" } = {}): HTMLLIElement {
  return h("li", {
    class: "card",
    "data-test": "product-card",
    "data-reshelf-item": product.id,
    "data-reshelf-category": pathText(product.category),
    "data-reshelf-price": product.price.toFixed(2),
    "data-reshelf-tags": product.tags.join(" "),
  },
    h("a", { href: link("/product/", { id: product.id }), "data-test": "product-link" },
      h("span", { class: "card-picture" }),
      h(heading, { class: "card-name" }, product.name),
      h("span", { class: "card-price" }, price(product.price))));
}

/** Draws the picture of a card that is about to be seen; once. */
export function drawCard(element: Element, product: Product): void {
  const place = element.querySelector(".card-picture");
  if (place && !place.firstChild) place.append(pictureOf(product));
}

/** A list of products with all pictures drawn. */
export function cardList(products: readonly Product[], attributes: Record<string, string> = {}): HTMLUListElement {
  const list = h("ul", { class: "cards", ...attributes });
  for (const product of products) {
    const item = card(product);
    drawCard(item, product);
    list.append(item);
  }
  return list;
}
