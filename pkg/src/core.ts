/**
 * The boundary: what the facade asks of the compiled engine, and nothing else.
 *
 * `src/bindings/` implements this class in Rust; `npm run build` type-checks
 * the generated glue against it, so the two cannot drift apart. It is private:
 * no handle of it ever reaches the caller of the package.
 */
import type { PackedExplanation, PackedProfile } from "./unpack.js";

/** Stands for "no item", "no query", "no placement" where a handle is asked. */
export const NONE = 0xffff_ffff;

/**
 * Event kinds as the engine numbers them: the position in this list. The list
 * is part of the stored format's contract fixtures: add at the end only.
 */
export const EVENT_KINDS = [
  "impression", "view", "click", "dwell", "addToCart", "removeFromCart", "wishlist", "purchase", "refund",
  "search", "filter", "sort", "sectionView", "sectionClick", "bannerView", "bannerClick", "offerView",
  "offerClick", "dismiss",
] as const;

/** Kinds of rows as the engine numbers them: add at the end only. */
export const ROW_KINDS = [
  "related", "forYou", "boughtTogether", "completeCart", "recentlyViewed", "buyAgain", "trending", "looksLike", "nextNeed",
] as const;

/** Reasons as the engine numbers them: add at the end only. */
export const REASONS = [
  "lookedAtTogether", "lookedAt", "similar", "similarVisits", "taste", "popular", "shopOrder", "seen", "boughtBefore", "due", "goesWith",
  "looksLike", "boughtTogether", "nextNeed",
] as const;

/** Numbers an event takes in the array given to `track`. */
export const EVENT_STRIDE = 6;

/**
 * What the page does not tell the engine but the tracker saw. Called by the
 * tracker after the DOM event that caused it, never while the engine works.
 * `subject` is an item id, section id, banner id or query, by `kind`.
 * `dwellMs` and `position` are -1 where there is none, `placement` is "".
 */
export type Sink = (kind: number, subject: string, dwellMs: number, placement: string, position: number) => void;

/** What the browser is to call in place of `called`. */
export type Guard = (called: (event: unknown) => void) => (event: unknown) => void;

export interface Core {
  /**
   * Registers or replaces rows, packed by `packRows`: all texts in one, all
   * prices in one and all vectors in one. One handle a row, in their order.
   */
  addItems(texts: string, prices: Float64Array, vectors: Int8Array): Uint32Array;
  /** Takes a trained artifact into use: 0, or why not: 1 foreign, 2 of a later release, 3 cut off, 4 damaged. */
  loadArtifact(bytes: Uint8Array): number;
  wantedShards(now: number): number;
  /** In what surroundings the page was opened: kind, value, kind, value … a line each. */
  setContext(facts: string): void;
  /** Handle of an item id, known or not. An id over 256 UTF-16 units has none: `NONE`. */
  item(id: string): number;
  /** Handle of any other text: placement, query, section, banner. Over 256 UTF-16 units: `NONE`. */
  symbol(text: string): number;
  /**
   * Takes a batch of events, `EVENT_STRIDE` numbers each: index of the kind in
   * `EVENT_KINDS`, subject (item handle for item events, symbol for all
   * others, or `NONE`), time in epoch ms, dwell in ms (-1: none), placement
   * symbol (or `NONE`), position from 0 (-1: none). Never throws on odd values.
   */
  track(events: Float64Array, now: number): void;
  /** p[i] = index in `items` of the one to show at place i. `query` is a symbol or `NONE`. */
  order(placement: number, items: Uint32Array, query: number, now: number): Uint32Array;
  /**
   * Reads the marked placements under `root`, orders them and moves their
   * children. Flat: name, kind, ids before and ids after of each container.
   */
  arrange(root: Node, refresh: boolean, now: number): unknown[];
  /**
   * Starts the tracker under `root`; returns a token for `unobserve`. `guard`
   * wraps each function that the browser is to call.
   */
  observe(root: Node, sink: Sink, guard: Guard): number;
  unobserve(token: number): void;
  /**
   * A row of recommendations, flat: handle, score, index of the reason in `REASONS`,
   * and what it is about (the handle of an item, the number of an attribute where
   * it is "taste", or `NONE`). `kind` is the index in `ROW_KINDS`, `item` a handle
   * or `NONE`; the lists are handles.
   */
  recommend(kind: number, item: number, basket: Uint32Array, excluded: Uint32Array, limit: number, now: number): Float64Array;
  /** The id of an item, or the value of an attribute; they never change. */
  text(attribute: boolean, number: number): string;
  /** Of the latest ranking of this placement; undefined where there was none or it had no such id. */
  explain(placement: string, id: string): PackedExplanation | undefined;
  profile(now: number): PackedProfile;
  /** The shopper's word on a value of the profile: 0 it is muted, 1 it counts again, 2 what was learnt of it was wrong. `kind` is the index in `KINDS` of `amending`. */
  amend(kind: number, value: string, word: number, now: number): void;
  /** Takes exported journals back, a line each, all or none: `NONE`, or the place of the first that cannot be read. */
  import(journals: string): number;
  /** The number of the stage in `STAGES` and the probability of a purchase. */
  intent(now: number): Float64Array;
  /** Every page load's journal as it is stored. */
  journals(): string[];
  setPaused(paused: boolean): void;
  /**
   * Consent given: creates the storage capability, merges what is stored and
   * writes what memory holds. False when this browser offers no storage.
   */
  grant(): boolean;
  /** Consent withdrawn: wipes this store's keys, drops the capability; memory starts empty. */
  deny(): void;
  /** Wipes this store's keys and the memory; consent stays as it is. */
  forget(): void;
  /** Writes the journal if it changed and storage is granted. Never throws. */
  persist(): void;
  /** Whether consent was given and nobody erased the store since. */
  attached(): boolean;
  /** Looks whether the store was erased meanwhile. */
  check(): void;
  /** Writes the journal and ends it, before this page stops saying that it is open. */
  rest(): void;
  /** Another page changed this key, or removed it; undefined: all of them. */
  changedElsewhere(key: string | undefined, removed: boolean): void;
  /** The name of this page among the open ones. */
  page(): string;
  /** How much a compaction has to do: 0 not enough, 1 enough, 2 so much that it must not wait. */
  crowd(): number;
  /** Moves finished journals into a snapshot and removes what was erased; `live` names the open pages, a line each, if anybody knows. `atOnce`: without having been alone for a while before. */
  compact(live: string | undefined, atOnce: boolean): void;
  /** After an erasure: whatever is in the name of these other pages, a line each, is removed when it is met; undefined: the erasure is over. */
  distrust(late: string | undefined): void;
  /** Takes records of the mirror in: key, text, key, text … a line each. */
  takeIn(records: string): void;
  /** Changes for the mirror since the last call: key, text (empty: removed), key … each ended by a line feed. */
  takeOut(): string;
  /** The mirror was erased: whether storage was not, so that it is to be filled again. */
  outlivesMirror(): boolean;
  /** Keys of stored records that could not be read. */
  unreadable(): string[];
  /** Frees the wasm memory and stops every tracker. */
  free(): void;
}

/** The generated module, as `wasm-bindgen --target web` emits it. */
export interface CoreModule {
  /**
   * `store` is the namespace of all that is stored; `strength` 0 … 100; `quota`
   * the most of the first ten from below the merchant's tenth; a `seed` makes
   * the random name of the journal repeatable.
   */
  Core: new (store: string, strength: number, quota: number, seed?: number) => Core;
}
