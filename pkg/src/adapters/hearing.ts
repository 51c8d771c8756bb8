/**
 * What an adapter does with what it heard: it tells the shop. Nothing that
 * happens here reaches the page as an exception, and nothing is learnt any more
 * once the shop is destroyed.
 */
import { quietly } from "../quietly.js";
import type { EventType, ItemEvent, Reshelf, ReshelfEvent } from "../types.js";
import { attention } from "./attention.js";
import { type Row, catalogueOf } from "./catalogue.js";
import { type Keeping, ordersOf } from "./orders.js";

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

/** Tells a shop what was heard. */
export interface Hearing {
  add(rows: readonly Row[]): void;
  /** Passes an event on. What is viewed is looked at from now on. */
  tell(event: ReshelfEvent): void;
  /** Passes on what was bought: with the number of its order, once. Not while paused: it would be kept as counted. */
  buy(order: string | undefined, events: readonly ItemEvent[]): void;
  end(): void;
}

export function hearingOf(shop: Listener, options: HearingOptions): Hearing {
  const add = catalogueOf(shop);
  const orders = ordersOf(shop);
  const wants = (type: EventType) => options.events?.includes(type) !== false;
  const track = (event: ReshelfEvent) => quietly(() => shop.track(event));
  const looking = attention((item, dwellMs) => wants("dwell") && track({ type: "dwell", item, dwellMs }));

  return {
    add(rows) {
      if (options.items !== false) add(rows);
    },
    tell(event) {
      if (event.type === "view") looking.turnTo(event.item);
      if (wants(event.type)) track(event);
    },
    buy(order, events) {
      const tell = (type: "purchase" | "refund") => events.forEach(event => track({ ...event, type }));
      // A purchase counted twice is undone by a refund of the same moment.
      if (wants("purchase") && !shop.profile?.().paused && (order === undefined || orders.isNew(order, () => tell("refund")))) tell("purchase");
    },
    end() {
      looking.end();
      orders.end();
    },
  };
}
