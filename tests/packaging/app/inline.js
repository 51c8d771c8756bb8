// The same where no file can be served beside the script.
import { createReshelf } from "reshelf/inline";

window.told = (async () => {
  const shop = await createReshelf({ store: "acme", bots: "allow" });
  shop.addItems([{ id: "mug", category: ["Kitchen"] }, { id: "candle", category: ["Home"] }]);
  for (const type of ["view", "addToCart", "purchase"]) shop.track({ type, item: "candle" });
  return { status: shop.status, shown: shop.rank("search", ["mug", "candle"], { id: sku => sku }) };
})();
