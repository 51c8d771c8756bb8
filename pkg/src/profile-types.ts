/** The profile and what the shopper can say about it, in the public API. */

/** One thing the shopper seems to like. */
export interface Interest {
  /** What `value` is: a category, a brand, a colour … */
  kind: string;
  value: string;
  /** How strongly it enters an order, from 0 to 1. */
  score: number;
  /** Its part of what the shopper looked at lately, of its kind, from 0 to 1. */
  share: number;
}

/** What the device knows, for a page that shows it to the shopper. */
export interface Profile {
  /** How many acts of the shopper it is made of. */
  events: number;
  /** Epoch milliseconds of the start of the first day with events; null while there is none. */
  since: number | null;
  paused: boolean;
  /** Strongest first. Only values that this page knows: the stored profile holds no words. */
  interests: Interest[];
  /** Ids of items that this page knows, latest first, without what was dismissed since. */
  recentlyViewed: string[];
  /** What `mute` took out, as far as this page knows the values. */
  muted: { kind: string; value: string }[];
  /** The shopper wants the shop's own order; see `preferShopOrder`. */
  shopOrder: boolean;
}

/**
 * One value of the profile, under its kind: `{ brand: "Acme" }`. A category is named
 * by its path, `{ category: "Home > Candles" }`, and stands for all below it; a
 * price by the words of an interest.
 */
export type ProfileValue = { [Kind in "category" | "parentCategory" | "brand" | "price" | "colour" | "tag"]?: string };

/** Everything that is stored or would be, as JSON, for the shopper to take away. */
export interface ExportedProfile {
  format: "reshelf-profile";
  /** Version of this shape. */
  version: number;
  /** The option `store`. */
  store: string;
  /** The profile as it reads now. */
  profile: Profile;
  /**
   * The evidence behind it: the journal of each page load that contributed, as
   * it is stored. Counters under hashed keys; no words, ids or addresses.
   */
  journals: string[];
  /** Keys of stored records that could not be read, and so are not part of this. */
  unreadable: string[];
}
