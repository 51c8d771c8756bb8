/**
 * What an adapter does with what it heard: it tells the shop. Nothing that
 * happens here reaches the page as an exception, and nothing is learnt any more
 * once the shop is destroyed.
 */
import { quietly } from "../quietly.js";
import type { EventType, ItemEvent, Reshelf, ReshelfEvent } from "../types.js";
import { Attention } from "./attention.js";
import { Catalogue, type Row } from "./catalogue.js";
import { type Keeping, type Orders, ordersOf } from "./orders.js";

/** What an adapter needs of a shop. By the rest, where it has it, an order counts once over all pages. */
export type Listener = Pick<Reshelf, "addItems" | "track"> & Keeping;

/** What all adapters that hear events take. */
export interface HearingOptions {
  /**
   * Types of events to pass on; by default all. Where `observe()` watches the
   * marked page, leave out what it sees itself: impression, view, click, dwell,
   * bannerView and bannerClick.
   */
  events?: readonly EventType[];
  /** False: events only. By default an adapter also adds what is not known yet of the products it hears of. */
  items?: boolean;
}

export class Hearing {
  readonly #shop: Listener;
  readonly #options: HearingOptions;
  readonly #catalogue: Catalogue;
  readonly #orders: Orders;
  readonly #attention = new Attention((item, dwellMs) => this.#pass({ type: "dwell", item, dwellMs }));

  constructor(shop: Listener, options: HearingOptions) {
    this.#shop = shop;
    this.#options = options;
    this.#catalogue = new Catalogue(shop);
    this.#orders = ordersOf(shop);
  }

  add(rows: readonly Row[]): void {
    if (this.#options.items !== false) this.#catalogue.add(rows);
  }

  /** Passes an event on. What is viewed is looked at from now on. */
  tell(event: ReshelfEvent): void {
    if (event.type === "view") this.#attention.turnTo(event.item);
    this.#pass(event);
  }

  /** Passes on what was bought: with the number of its order, once. */
  buy(order: string | undefined, events: readonly ItemEvent[]): void {
    const tell = (type: "purchase" | "refund") => events.forEach(event => this.#track({ ...event, type }));
    if (this.#options.events?.includes("purchase") === false) return;
    // A purchase counted twice is undone by a refund of the same moment.
    if (order === undefined || this.#orders.isNew(order, () => tell("refund"))) tell("purchase");
  }

  end(): void {
    this.#attention.end();
    this.#orders.end();
  }

  #pass(event: ReshelfEvent): void {
    if (this.#options.events?.includes(event.type) !== false) this.#track(event);
  }

  #track(event: ReshelfEvent): void {
    quietly(() => this.#shop.track(event));
  }
}
