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

/** A shopper: what they do, in order, each with the default time. */
export interface Persona {
  name: string;
  events: readonly ReshelfEvent[];
}

const view = (item: string, dwellMs: number): ReshelfEvent => ({ type: "view", item, dwellMs });

/** Shoppers of `sampleItems`. */
export const personas: readonly Persona[] = [
  { name: "newcomer", events: [] },
  {
    name: "candle lover",
    events: [
      { type: "search", query: "candle" },
      ...[1, 2, 3, 4, 5].map(i => view(`candles-${i}`, 20_000)),
      { type: "addToCart", item: "candles-2" },
    ],
  },
  {
    name: "gardener who buys",
    events: [
      view("garden-1", 30_000),
      view("garden-3", 25_000),
      { type: "addToCart", item: "garden-3" },
      { type: "purchase", item: "garden-3" },
    ],
  },
  {
    name: "passer-by",
    events: [view("kitchen-1", 400), view("stationery-4", 300), view("garden-2", 500)],
  },
];
