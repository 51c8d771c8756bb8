// A shop as its developer would write it: the default entry and an adapter.
import { createReshelf } from "reshelf";
import { ga4 } from "reshelf/adapters/ga4";

const products = [
  { sku: "mug", category: ["Kitchen", "Mugs"] },
  { sku: "candle", category: ["Home", "Candles"] },
];

// What the page's tag manager was told before anything was loaded.
const item = { item_id: "candle", item_category: "Home", item_category2: "Candles" };
window.dataLayer = ["view_item", "add_to_cart", "purchase"].map(event => ({ event, ecommerce: { items: [item] } }));

window.told = (async () => {
  // Automated browsers are left alone otherwise.
  const shop = await createReshelf({ store: "acme", bots: "allow" });
  shop.addItems(products.map(({ sku, category }) => ({ id: sku, category })));
  ga4(shop)();
  const ranked = shop.rank("search", products, { id: ({ sku }) => sku });
  document.querySelector("ul").append(...ranked.map(({ sku }) => Object.assign(document.createElement("li"), { textContent: sku })));
  return { status: shop.status, shown: [...document.querySelectorAll("li")].map(({ textContent }) => textContent) };
})();
