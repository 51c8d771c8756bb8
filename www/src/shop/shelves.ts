/**
 * The shopkeeper's front page: in which order the shelves stand, and what each
 * says about itself. This is the order of a page without Reshelf.
 */
export interface ShelfText {
  slug: string;
  blurb: string;
  /** Tint of the shelf's board. */
  tint: "blush" | "sage" | "sky" | "butter" | "stone" | "lilac";
}

export const FRONT_PAGE: readonly ShelfText[] = [
  { slug: "mugs-teatime", blurb: "Put the kettle on. The good cups are out.", tint: "blush" },
  { slug: "bags-travel", blurb: "For lunches, weekends and a sudden shower.", tint: "sky" },
  { slug: "frames-clocks-signs", blurb: "Something to read on the way to the kitchen.", tint: "butter" },
  { slug: "cake-baking", blurb: "Tins, cases and cutters for floury afternoons.", tint: "sage" },
  { slug: "cards-gift-wrap", blurb: "The outside of a present is half of it.", tint: "stone" },
  { slug: "party-easter", blurb: "Bunting first, then think about the guests.", tint: "lilac" },
  { slug: "cushions-comforts", blurb: "Hot water bottles, door mats and other kindnesses.", tint: "blush" },
  { slug: "candles-lights", blurb: "Small flames for long evenings.", tint: "butter" },
  { slug: "hanging-decorations", blurb: "Hearts, stars and birds that want a hook.", tint: "sky" },
  { slug: "toys-games", blurb: "For rainy days, and for the other days.", tint: "sage" },
  { slug: "stationery-craft", blurb: "Pencils in tubes, paper worth writing on.", tint: "stone" },
  { slug: "table-linen", blurb: "Lay the table as if somebody were coming.", tint: "lilac" },
  { slug: "garden-picnic", blurb: "Pots, parasols and a rug on the grass.", tint: "sage" },
  { slug: "storage-hooks", blurb: "A place for everything that has none.", tint: "sky" },
  { slug: "jewellery-accessories", blurb: "A little something that shines.", tint: "blush" },
  { slug: "christmas", blurb: "It is never too early to be ready.", tint: "butter" },
];
