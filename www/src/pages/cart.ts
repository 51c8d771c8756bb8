/** The basket. */
import { pictureOf } from "../pictures/picture.js";
import { readCart, setQuantity } from "../shop/cart.js";
import { cardList } from "../shop/card.js";
import { type Catalog, pathText } from "../shop/catalog.js";
import { type Line, type Total, addUp } from "../shop/delivery.js";
import { h, price } from "../shop/dom.js";
import { empty } from "../shop/empty.js";
import { framePassed } from "../shop/frames.js";
import { showBasketCount } from "../shop/header.js";
import { type PageContext, openPage } from "../shop/page.js";
import { link } from "../shop/parameters.js";
import { summary } from "../shop/summary.js";

type Change = (id: string, count: number) => Promise<void>;

function lineRow({ product, count }: Line, change: Change): HTMLLIElement {
  const address = link("/product/", { id: product.id });
  const step = (by: number, sign: string, what: string) => {
    const button = h("button", { type: "button", class: "step", "aria-label": `${what}: ${product.name}`, "data-test": by > 0 ? "one-more" : "one-less" }, sign);
    button.addEventListener("click", () => void change(product.id, count + by));
    return button;
  };
  const remove = h("button", { type: "button", class: "plain", "aria-label": `Remove ${product.name}`, "data-test": "remove" }, "Remove");
  remove.addEventListener("click", () => void change(product.id, 0));
  return h("li", {
    class: "line",
    "data-test": "cart-line",
    "data-reshelf-item": product.id,
    "data-reshelf-category": pathText(product.category),
  },
    h("a", { class: "line-picture", href: address, tabindex: -1, "aria-hidden": "true" }, pictureOf(product)),
    h("div", { class: "line-text" },
      h("h2", {}, h("a", { href: address }, product.name)),
      h("p", {}, `${price(product.price)} each`),
      remove),
    h("div", { class: "line-count" },
      step(-1, "−", "One less"),
      h("span", { "data-test": "quantity", "aria-label": `Quantity ${count}` }, String(count)),
      step(1, "+", "One more")),
    h("p", { class: "line-price" }, price(product.price * count)));
}

/** Good sellers from the shelves the basket came from. */
function companions(catalog: Catalog, { lines }: Total): HTMLElement | null {
  const inside = new Set(lines.map(({ product }) => product.id));
  const shelves = new Set(lines.map(({ product }) => pathText(product.category)));
  const products = catalog.products
    .filter(({ id, category }) => !inside.has(id) && shelves.has(pathText(category)))
    .slice(0, 10);
  return h("section", { class: "related", "aria-labelledby": "companions-title" },
    h("h2", { id: "companions-title" }, "From the same shelves"),
    cardList(products, { class: "cards row", "data-reshelf": "products", "data-reshelf-placement": "cart", "data-test": "companions" }));
}

const idsOf = (lines: readonly Line[]) => lines.map(({ product }) => product.id);

function showBasket(place: HTMLElement, catalog: Catalog, page: PageContext): Total {
  const total = addUp(readCart(), catalog);
  const change: Change = async (id, count) => {
    const before = readCart().get(id) ?? 0;
    setQuantity(id, count);
    page.reshelf()?.track({ type: count > before ? "addToCart" : "removeFromCart", item: id });
    showBasketCount();
    const { lines } = showBasket(place, catalog, page);
    // The basket answers first.
    await framePassed();
    page.rows.refill("completeCart", { items: idsOf(lines) });
  };
  if (total.lines.length === 0) {
    place.replaceChildren(empty("Your basket is empty", "It is a good size for a mug, three candles and a tin.", "empty-cart"));
    return total;
  }
  place.replaceChildren(
    h("div", { class: "page-head" }, h("h1", {}, "Your basket")),
    h("div", { class: "basket-page" },
      h("ul", { class: "lines", "data-test": "cart-lines" }, ...total.lines.map(line => lineRow(line, change))),
      h("aside", { class: "summary-card", "aria-label": "Total" },
        summary(total),
        h("a", { class: "button wide", href: link("/checkout/"), "data-test": "checkout" }, "Go to checkout"),
        h("p", { class: "small" }, "A pretend checkout: nothing is charged or sent."))));
  return total;
}

void openPage((main, catalog, page) => {
  const place = h("div", {});
  main.append(place);
  const total = showBasket(place, catalog, page);
  if (total.lines.length > 0) {
    main.append(page.rows.row({
      kind: "completeCart",
      title: "Complete your basket",
      options: { items: idsOf(total.lines) },
      empty: "Nothing is missing that we could think of.",
    }));
  }
  main.append(page.rows.row({ kind: "buyAgain", title: "Buy again" }));
  const more = total.lines.length > 0 ? companions(catalog, total) : null;
  if (more) main.append(more);
}, "buyAgain");
