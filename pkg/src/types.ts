/**
 * Every public type of the package. Plain data only: what goes in and what
 * comes out survives `JSON.stringify`, and nothing of it refers to the engine.
 */

import type { Artifact } from "./artifact-types.js";
import type { ExportedProfile, Profile, ProfileValue } from "./profile-types.js";
import type { Recommendation, RecommendOptions, RowKind } from "./recommendation-types.js";

export type * from "./artifact-types.js";
export type * from "./profile-types.js";
export type * from "./recommendation-types.js";

/** Numbers are accepted and turned into strings: `7` and `"7"` name the same item. */
export type ItemId = string | number;

/**
 * One product as the shop knows it. Only `id` is required; the more of the
 * rest is given, the more there is to learn from. Unknown fields are ignored,
 * so a shop's own product objects can be passed as they are.
 */
export interface ItemRow {
  /** 1 to 256 UTF-16 units. */
  id: ItemId;
  /** Path from the root of the shop's tree, at most 16 levels: `["Home", "Candles"]`. */
  category?: readonly string[] | null;
  /** At most 256 UTF-16 units, as all texts of a row; a longer one counts as absent. */
  brand?: string | null;
  /** In `currency`. Negative and non-finite prices count as absent. */
  price?: number | null;
  /** Price before a reduction, in `currency`. Does not change an order yet. */
  listPrice?: number | null;
  /** ISO 4217 code, for example `"GBP"`. Prices are never converted. Does not change an order yet. */
  currency?: string | null;
  colour?: string | null;
  /** Free words or `kind:value` pairs, for example `"material:wood"`. At most 64. */
  tags?: readonly string[] | null;
  /** False when it cannot be bought now: it is not recommended. Absent means in stock. Does not change an order yet. */
  inStock?: boolean | null;
  /** Its name for people: only for the words of a reason. */
  title?: string | null;
  /** What all variants of one product have in common: a row shows one of them. */
  group?: string | null;
  /** True for what is bought again and again, such as coffee: it is recommended to who has just bought it. */
  replenishable?: boolean | null;
  /** How it looks or reads, by an encoder of the shop's: 1 to 1,024 finite numbers, of which the direction counts; for `looksLike`. */
  vector?: readonly number[] | Float32Array | null;
}

interface EventBase {
  /** Where on the page it happened: the name given to `rank`, `order` or `data-reshelf-placement`. */
  placement?: string;
  /** Place in that list, counted from 0. */
  position?: number;
  /** Active time in milliseconds. Negative counts as 0, `NaN` as not given. */
  dwellMs?: number;
  /** Epoch milliseconds; by default now. May lie in the past; a time in the future counts as now. */
  at?: number;
}

/** Something happened to an item. Unknown items are remembered and make sense once they are added. */
export interface ItemEvent extends EventBase {
  type:
    | "impression"
    | "view"
    | "click"
    | "dwell"
    | "addToCart"
    | "removeFromCart"
    | "wishlist"
    | "purchase"
    | "refund"
    | "dismiss";
  item: ItemId;
}

/** The shopper searched. */
export interface SearchEvent extends EventBase {
  type: "search";
  /** As typed. At most 256 UTF-16 units count. */
  query: string;
}

/** The shopper chose a filter or a sort order. */
export interface RefinementEvent extends EventBase {
  type: "filter" | "sort";
  /** What was chosen, for example `"colour:red"` or `"price-ascending"`. */
  value: string;
}

/** A section of a page was seen or used. */
export interface SectionEvent extends EventBase {
  type: "sectionView" | "sectionClick";
  /** The section's id: what `data-reshelf-section` says. */
  section: string;
}

/** A banner was seen or used. */
export interface BannerEvent extends EventBase {
  type: "bannerView" | "bannerClick";
  /** The banner's id: what `data-reshelf-banner` says. */
  banner: string;
}

/** An offer was seen or used. */
export interface OfferEvent extends EventBase {
  type: "offerView" | "offerClick";
  offer: string;
}

/** What `track` takes: one of 19 types, told apart by `type`. */
export type ReshelfEvent = ItemEvent | SearchEvent | RefinementEvent | SectionEvent | BannerEvent | OfferEvent;

/** The 19 event types. */
export type EventType = ReshelfEvent["type"];

/**
 * How the instance is doing. Everything but `"ready"` means that the page keeps
 * the merchant's order and nothing is learned:
 *
 * - `inert:server`: no window and document here (server render, worker).
 * - `inert:bot`: a crawler or an automated browser; see the option `bots`.
 * - `inert:unsupported`: this browser lacks WebAssembly, its reference types or SIMD.
 * - `inert:blocked`: a content security policy forbade fetching or compiling.
 * - `inert:failed`: the file was missing or damaged, or the engine stopped.
 * - `destroyed`: after `destroy()`.
 */
export type Status =
  | "ready"
  | "inert:server"
  | "inert:bot"
  | "inert:unsupported"
  | "inert:blocked"
  | "inert:failed"
  | "destroyed";

/** Whether the profile may be written to the browser's storage. */
export type ConsentState = "granted" | "denied";

/** Type of consent of Google Consent Mode that is asked for by `consent: "auto"`. */
export type GoogleConsent = "personalization_storage" | "functionality_storage";

/** Where the compiled engine comes from, for shops that host it elsewhere. */
export type WasmSource = URL | string | Request | Response | BufferSource | WebAssembly.Module;

/** What `createReshelf` takes. */
export interface ReshelfOptions {
  /**
   * Namespace of all that is stored: 1 to 64 letters, digits, `-` or `_`.
   * Keys in the browser's storage start with `reshelf.` and this name.
   */
  store: string;
  /**
   * `"granted"`: the profile is kept in this browser's storage. `"denied"`
   * (default): it lives in memory and ends with the page; storage is not
   * touched. `"auto"`: like `"denied"` until the page's consent platform allows
   * it (Google Consent Mode, Shopify, IAB TCF) or `consent.grant()` is called;
   * neither has an effect while the browser sends Global Privacy Control.
   */
  consent?: ConsentState | "auto";
  /**
   * With `consent: "auto"`, what of Google Consent Mode allows a profile:
   * `"personalization_storage"` (default), or `"functionality_storage"` where the
   * page asks its shoppers for no other. An update that refuses the former refuses all the same.
   */
  googleConsent?: GoogleConsent;
  /** With `"auto"`, the name of Google's data layer where the page renamed it. Default `"dataLayer"`. */
  dataLayer?: string;
  /** 0 (the merchant's order exactly) to 100. Default 50. */
  strength?: number;
  /** Of the first ten places, how many may go to items from below the merchant's tenth: 0 to 10. Default 3. */
  quota?: number;
  /**
   * Folder with what `reshelf train` wrote, `"/reshelf/"`, or the address of an
   * artifact that is one file. Relative addresses are of the document. Fetched in idle time,
   * or at once when a row is asked for, without cookies; `shop.artifact` says how far it is.
   */
  artifact?: string | URL;
  /** The engine's file or module; by default `reshelf.wasm` beside the package's script. The first instance of a page decides. */
  wasm?: WasmSource;
  /** `"inert"` (default) leaves crawlers and automated browsers the merchant's page; `"allow"` is for tests. */
  bots?: "inert" | "allow";
  /** Tests only: an integer from 0 to 2^53 - 1 that makes every draw repeatable. */
  seed?: number;
}

/** Further arguments of `addItems`. */
export interface AddOptions {
  /** True: what rows added before say of an item stays, and only what they left open is added. */
  keep?: boolean;
}

/** Further arguments of `order`. */
export interface OrderOptions {
  /** What the shopper searched for, when the list is a search result. */
  query?: string;
}

/** Further arguments of `rank`. */
export interface RankOptions<T> extends OrderOptions {
  /** Id of a list entry. By default the entry itself if it is a string or number, else its `id`. */
  id?: (entry: T) => ItemId;
}

/** Further arguments of `arrange`. */
export interface ArrangeOptions {
  /** Decide anew. By default a placement keeps the order it got earlier in this visit, so that nothing jumps. */
  refresh?: boolean;
}

/** One placement that `arrange` looked at. */
export interface ArrangedPlacement {
  placement: string;
  kind: "sections" | "products" | "banners";
  /** Ids in the merchant's order. */
  before: string[];
  /** The same ids in the order now shown. */
  after: string[];
}

/** One additive part of a score. */
export interface Contribution {
  /** Stable name, for programs. */
  code: string;
  /** For people. */
  label: string;
  /** Its share of the score; all values of an explanation add up to `score`. */
  value: number;
}

/** Why an item stands where it stands. */
export interface Explanation {
  id: string;
  /** Place in the latest order of this placement, counted from 0. */
  rank: number;
  /** Place in the merchant's order, counted from 0. */
  merchantRank: number;
  score: number;
  contributions: Contribution[];
  /** Rules that decided over the score, for example a pin. */
  rules: string[];
}

/** How ready the shopper is to buy, by the artifact's model of it. It is for layout, never for prices. */
export interface Intent {
  /**
   * `browse`, `compare`, `buy`: below the shop's mean readiness, above it, and at
   * four times its odds. `unknown`: no artifact with a model, or nothing done yet.
   */
  stage: "browse" | "compare" | "buy" | "unknown";
  /** Of a purchase, from 0 to 1; 0 while the stage is unknown. */
  probability: number;
}

/** What each event of `on` hands to its handlers. */
export interface ShopEvents {
  /** A list was put in order, by `arrange`, `order` or `rank`. */
  ranked: { placement: string; before: string[]; after: string[] };
  /** The shop was told of an act, by `track`, an adapter or `observe`; as it was told, with its time. Not while paused. */
  tracked: ReshelfEvent;
  /** The status changed, or how far the artifact is. */
  status: { status: Status; artifact: Artifact };
  /** Consent changed. */
  consent: { state: ConsentState };
  /** The profile changed; this is the new one. */
  profile: Profile;
  /** Something is wrong with what is stored; the page works on. */
  storage: StorageTrouble;
}

/**
 * What can be wrong with storage:
 *
 * - `unavailable`: this browser offers none here; the profile lives in memory.
 * - `unreadable`: records of these keys were damaged and set aside.
 * - `erased`: another page had everything forgotten, or consent was withdrawn
 *   there. This page has forgotten it too and stores nothing more until
 *   `consent.grant()`.
 */
export type StorageTrouble = { trouble: "unavailable" } | { trouble: "unreadable"; keys: string[] } | { trouble: "erased" };

/** Consent to store the profile in this browser. */
export interface Consent {
  readonly state: ConsentState;
  /** Merges what is stored with what memory holds, and stores it from now on. */
  grant(): void;
  /** Deletes all this store keeps in this browser and starts from nothing, in memory. */
  deny(): void;
}

/**
 * A shop whose order follows the shopper. Every method is synchronous unless it
 * returns a promise, works in every status, and throws `ReshelfError` only for
 * wrong arguments and after `destroy()`.
 */
export interface Reshelf {
  readonly status: Status;
  /** How far the trained artifact is; a `status` event tells of each change. */
  readonly artifact: Artifact;
  readonly consent: Consent;
  /**
   * Registers products, or replaces those with the same id; a category, brand, price or
   * tags that a new row does not name stay as they were known. Many are taken in slices,
   * so that the page answers in between; what depends on them takes the rest first.
   * @throws ReshelfError `invalid-items`; nothing is registered then.
   */
  addItems(rows: readonly ItemRow[], options?: AddOptions): void;
  /**
   * Resolves when all products that were given to `addItems` are in use: to be awaited
   * before the first `arrange`, `rank` or `recommend` where there are thousands and
   * the page can wait, so that none of its tasks is a long one.
   */
  itemsAdded(): Promise<void>;
  /**
   * Notes what the shopper did. Takes effect with the next call that reads.
   * @throws ReshelfError `invalid-event` when it is no object or has an unknown `type`; never for unknown items.
   */
  track(event: ReshelfEvent): void;
  /**
   * A new array with the entries of `list` in the shopper's order. Entries with
   * unknown ids keep their place.
   */
  rank<T>(placement: string, list: readonly T[], options?: RankOptions<T>): T[];
  /**
   * The same for ids alone: `p[i]` is the index in `ids` of the item to show at
   * place `i`. Always a permutation; the fastest way to rank.
   */
  order(placement: string, ids: readonly ItemId[], options?: OrderOptions): Uint32Array;
  /**
   * Fills a row, best first: ids that `addItems` or marks of the page told of, each
   * once, and fewer than `limit` where there are not as many. Never the current
   * item, what is in the basket, sold out or dismissed in the last 90 days; nor,
   * but for `buyAgain` and `nextNeed`, what was bought in the last 30 days and is
   * not `replenishable`. Empty while there is no engine.
   * @throws ReshelfError `invalid-argument` naming the argument.
   */
  recommend(kind: RowKind, options?: RecommendOptions): Recommendation[];
  /** Puts every marked placement under `root` (default: the document) in order, once. */
  arrange(root?: ParentNode & Node, options?: ArrangeOptions): ArrangedPlacement[];
  /**
   * Watches clicks, impressions and dwell of marked elements under `root`
   * (default: the document). A root that is watched already, itself or as part
   * of another one, by any instance of the same store, is not watched twice.
   * Returns a function that stops.
   */
  observe(root?: ParentNode & Node): () => void;
  /** Why the item stood where it stood in the latest ranking of this placement; null if it was not in it. */
  explain(placement: string, id: ItemId): Explanation | null;
  /** What the device knows about the shopper. */
  profile(): Profile;
  /** How ready the shopper is to buy; `unknown` without a model in the artifact. */
  intent(): Intent;
  /** The whole profile as JSON-serialisable data. */
  export(): ExportedProfile;
  /**
   * Takes back what `export` gave, of this store: as text or parsed. What is known
   * already does not count again. Kept like everything else: with consent in storage.
   * @throws ReshelfError `invalid-profile` saying what is wrong; nothing is taken then.
   */
  import(profile: unknown): void;
  /**
   * What the shopper did and does with this value counts as if it had not happened,
   * until `unmute`, or for 400 days. Part of the profile: stored with it, exported and
   * forgotten with it. Works while paused.
   * @throws ReshelfError `invalid-argument`
   */
  mute(value: ProfileValue): void;
  /** The value counts again, with all that was done meanwhile. */
  unmute(value: ProfileValue): void;
  /** Takes back what was learned of this value so far; it may be learned anew. */
  correct(value: ProfileValue): void;
  /**
   * True: every order is the shop's own until this is called with false, and rows have what anybody would be
   * shown, beside the shopper's own lists (`recentlyViewed`, `buyAgain`). Part of the profile, as what `mute` says.
   */
  preferShopOrder(preferred: boolean): void;
  /**
   * Deletes the profile, in memory and in storage; resolves when nothing of this
   * store is left: at once, or after half a second where other pages of it are open.
   */
  forget(): Promise<void>;
  /** Stops learning: events are dropped until `resume()`. What is known stays and is used. */
  pause(): void;
  resume(): void;
  /**
   * Calls `handler` whenever `event` happens, after the call that caused it
   * returned. A handler that throws is reported to the console and stops nobody.
   * Returns a function that unsubscribes.
   */
  on<E extends keyof ShopEvents>(event: E, handler: (detail: ShopEvents[E]) => void): () => void;
  /** Stores what is to be stored, stops watching and frees the engine. May be called twice. */
  destroy(): void;
}
