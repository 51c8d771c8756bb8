/** The sums under a basket. */
import type { Total } from "./delivery.js";
import { h, price } from "./dom.js";

export function summary({ goods, delivery, missing, total }: Total): HTMLElement {
  return h("div", { class: "summary" },
    h("dl", {},
      h("dt", {}, "Goods"), h("dd", {}, price(goods)),
      h("dt", {}, "Delivery"), h("dd", {}, delivery === 0 ? "Free" : price(delivery)),
      h("dt", { class: "total" }, "Total"), h("dd", { class: "total", "data-test": "total" }, price(total))),
    missing > 0 ? h("p", { class: "small" }, `${price(missing)} more and delivery is free.`) : null);
}
