/** The pretend checkout: it asks for nothing, charges nothing, sends nothing. */
import { readCart, writeCart } from "../shop/cart.js";
import { type Total, addUp } from "../shop/delivery.js";
import { h, price } from "../shop/dom.js";
import { empty } from "../shop/empty.js";
import { showBasketCount } from "../shop/header.js";
import { type PageContext, openPage } from "../shop/page.js";
import { link } from "../shop/parameters.js";
import { summary } from "../shop/summary.js";

function confirmation({ lines, total }: Total): HTMLElement {
  const things = lines.reduce((sum, { count }) => sum + count, 0);
  const title = h("h1", { tabindex: -1 }, "Thank you. Nothing is on its way!");
  queueMicrotask(() => title.focus());
  return h("div", { class: "empty thanks", "data-test": "confirmation" },
    title,
    h("p", {}, `You pretended to buy ${things === 1 ? "one thing" : `${things} things`} for ${price(total)}. Nothing was charged and nothing was sent, not even this order: it never left your browser.`),
    h("p", {}, "If you let the shop remember your taste, the shelves will look a little different now."),
    h("p", {}, h("a", { class: "button", href: link("/") }, "Back to the shop")));
}

function place(main: HTMLElement, total: Total, page: PageContext): void {
  for (const { product } of total.lines) page.reshelf()?.track({ type: "purchase", item: product.id });
  writeCart(new Map());
  showBasketCount();
  document.title = "Thank you · Hanging Heart";
  main.replaceChildren(confirmation(total));
  scrollTo({ top: 0 });
}

void openPage((main, catalog, page) => {
  const total = addUp(readCart(), catalog);
  if (total.lines.length === 0) {
    main.append(empty("There is nothing to check out", "Your basket is empty.", "empty-cart"));
    return;
  }
  const form = h("form", { class: "summary-card" },
    h("h2", {}, "Your order"),
    h("ul", { class: "order", "data-test": "order" },
      ...total.lines.map(({ product, count }) =>
        h("li", {}, h("span", {}, `${count} × ${product.name}`), h("span", {}, price(product.price * count))))),
    summary(total),
    h("button", { type: "submit", class: "button wide", "data-test": "place-order" }, "Place pretend order"),
    h("p", { class: "small" }, h("a", { href: link("/cart/") }, "Back to the basket")));
  form.addEventListener("submit", event => {
    event.preventDefault();
    place(main, total, page);
  });
  main.append(
    h("div", { class: "page-head" }, h("h1", {}, "Checkout")),
    h("div", { class: "basket-page" },
      h("div", { class: "pretend", "data-test": "pretend-note" },
        h("h2", {}, "This is where it stops being real"),
        h("p", {}, "Nothing you see here can be bought. There is no payment, and no form for your name or address, because neither is needed: nothing is charged, nothing is posted, nothing is sent."),
        h("p", {}, "Placing the order only tells Reshelf, inside this browser, that you liked these things enough to buy them.")),
      form));
});
