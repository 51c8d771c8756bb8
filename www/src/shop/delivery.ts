/** What a basket would cost, if it cost anything. */
import { type Cart, setQuantity } from "./cart.js";
import type { Catalog, Product } from "./catalog.js";

const DELIVERY = 3.95;
const FREE_FROM = 40;

export interface Line {
  product: Product;
  count: number;
}

export interface Total {
  lines: Line[];
  goods: number;
  delivery: number;
  /** How much is missing for free delivery; 0 when it is free. */
  missing: number;
  total: number;
}

/** Adds up a basket. What we no longer sell leaves the basket. */
export function addUp(cart: Cart, catalog: Catalog): Total {
  const lines: Line[] = [];
  for (const [id, count] of cart) {
    const product = catalog.byId.get(id);
    if (product) lines.push({ product, count });
    else setQuantity(id, 0);
  }
  // In pence: sums of pounds as floating point drift.
  const pence = lines.reduce((sum, { product, count }) => sum + Math.round(product.price * 100) * count, 0);
  const goods = pence / 100;
  const delivery = goods >= FREE_FROM || lines.length === 0 ? 0 : DELIVERY;
  return { lines, goods, delivery, missing: Math.max(0, (FREE_FROM * 100 - pence) / 100), total: (pence + Math.round(delivery * 100)) / 100 };
}
