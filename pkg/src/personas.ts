/** A small shop and a few shoppers, for tests of pages that use the package. */
import type { ItemRow, ReshelfEvent } from "./types.js";

const SHELVES = [
  { leaf: "Candles", brand: "Wick & Co", colour: "white", price: 4.5 },
  { leaf: "Kitchen", brand: "Larder", colour: "red", price: 12 },
  { leaf: "Garden", brand: "Greenhouse", colour: "green", price: 18 },
  { leaf: "Stationery", brand: "Inkwell", colour: "blue", price: 2.95 },
];

/** 24 products on four shelves: `candles-1` … `candles-6`, `kitchen-1` …, `garden-1` …, `stationery-1` … */
export const sampleItems: readonly (ItemRow & { id: string })[] = SHELVES.flatMap(({ leaf, brand, colour, price }) =>
  Array.from({ length: 6 }, (_, i) => ({
    id: `${leaf.toLowerCase()}-${i + 1}`,
    category: ["Home", leaf],
    brand,
    colour,
    price: Math.round(price * (1 + i / 10) * 100) / 100,
    currency: "GBP",
    inStock: true,
  })),
);

/** A shopper. */
export interface Persona {
  name: string;
  /** What they do, visit by visit, in order; `play` gives it times. */
  visits: readonly (readonly ReshelfEvent[])[];
  /** All of it in one. */
  events: readonly ReshelfEvent[];
}

const shopper = (name: string, ...visits: (readonly ReshelfEvent[])[]): Persona => ({ name, visits, events: visits.flat() });
const view = (item: string, dwellMs: number): ReshelfEvent => ({ type: "view", item, dwellMs });
const buys = (item: string): ReshelfEvent[] => [{ type: "addToCart", item }, { type: "purchase", item }];

/** Shoppers of `sampleItems`. */
export const personas: readonly Persona[] = [
  shopper("newcomer"),
  shopper("candle lover", [
    { type: "search", query: "candle" },
    ...[1, 2, 3, 4, 5].map(i => view(`candles-${i}`, 20_000)),
    { type: "addToCart", item: "candles-2" },
  ]),
  shopper("gardener who buys", [view("garden-1", 30_000), view("garden-3", 25_000), ...buys("garden-3")]),
  shopper("passer-by", [view("kitchen-1", 400), view("stationery-4", 300), view("garden-2", 500)]),
  shopper("comparer", [1, 2, 3, 1, 3, 2, 1].map(i => view(`kitchen-${i}`, 15_000))),
  shopper(
    "bargain hunter",
    [{ type: "sort", value: "price-ascending" }, ...[1, 2, 3].map(i => view(`stationery-${i}`, 8_000)), { type: "offerClick", offer: "three-for-two" }, ...buys("stationery-1")],
    [{ type: "sort", value: "price-ascending" }, view("stationery-2", 9_000), view("candles-1", 6_000), ...buys("stationery-2")],
  ),
  shopper(
    "regular with a new hobby",
    [view("kitchen-1", 20_000), ...buys("kitchen-1")],
    [view("kitchen-2", 20_000), view("kitchen-4", 10_000), ...buys("kitchen-2")],
    [{ type: "search", query: "garden" }, ...[1, 2, 4, 5].map(i => view(`garden-${i}`, 25_000)), { type: "wishlist", item: "garden-5" }],
  ),
  shopper("hard to please", [view("candles-1", 12_000), { type: "addToCart", item: "candles-1" }, { type: "removeFromCart", item: "candles-1" }, { type: "dismiss", item: "candles-3" }]),
];

/** The persona of this name. */
export function persona(name: string): Persona {
  const found = personas.find(each => each.name === name);
  if (found) return found;
  throw new RangeError(`There is no persona "${name}"; there are "${personas.map(each => each.name).join('", "')}".`);
}
