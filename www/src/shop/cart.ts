/** The basket: the shop's own, in the shop's own memory. */
import { recall, remember } from "./memory.js";

/** Product id → how many. */
export type Cart = Map<string, number>;

const MOST = 99;

export function readCart(): Cart {
  const lines = recall("cart");
  if (!Array.isArray(lines)) return new Map();
  const cart: Cart = new Map();
  for (const line of lines) {
    if (!Array.isArray(line)) continue;
    const [id, count] = line as unknown[];
    if (typeof id === "string" && typeof count === "number" && count >= 1) cart.set(id, Math.min(MOST, Math.floor(count)));
  }
  return cart;
}

export function writeCart(cart: Cart): void {
  remember("cart", [...cart]);
}

/** Sets how many of a product are in the basket; 0 takes it out. */
export function setQuantity(id: string, count: number): void {
  const cart = readCart();
  if (count >= 1) cart.set(id, Math.min(MOST, Math.floor(count)));
  else cart.delete(id);
  writeCart(cart);
}

export const itemsIn = (cart: Cart): number => [...cart.values()].reduce((sum, count) => sum + count, 0);
