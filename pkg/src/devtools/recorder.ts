/**
 * What happened to a shop since somebody listened: its events, and the orders it
 * gave. Must not live here: how that is shown.
 */
import type { Reshelf, ReshelfEvent } from "../types.js";

/** Events and orders that are kept; older ones go. */
const MOST = 500;

/** One line of the stream. */
export interface Happening {
  /** Epoch milliseconds. */
  readonly at: number;
  /** `tracked`, or the name of the shop's event. */
  readonly what: string;
  readonly detail: unknown;
}

/** The latest order of a list. */
export interface Order {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export class Recorder {
  readonly happenings: Happening[] = [];
  /** By placement. */
  readonly orders = new Map<string, Order>();
  readonly #stops: (() => void)[];
  readonly #listeners = new Set<() => void>();

  constructor(shop: Reshelf) {
    this.#stops = [
      shop.on("tracked", event => this.#note("tracked", event)),
      shop.on("ranked", ({ placement, before, after }) => {
        this.orders.set(placement, { before, after });
        this.#note("ranked", { placement, moved: after.filter((id, place) => before[place] !== id).length, of: after.length });
      }),
      shop.on("status", detail => this.#note("status", detail)),
      shop.on("consent", detail => this.#note("consent", detail)),
      shop.on("storage", detail => this.#note("storage", detail)),
    ];
  }

  /** What the shop was told, oldest first. */
  tracked(): ReshelfEvent[] {
    return this.happenings.filter(({ what }) => what === "tracked").map(({ detail }) => detail as ReshelfEvent);
  }

  /** Calls `listener` after each happening; returns a function that ends it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  clear(): void {
    this.happenings.length = 0;
    this.#tell();
  }

  end(): void {
    this.#stops.forEach(stop => stop());
    this.#listeners.clear();
  }

  #note(what: string, detail: unknown): void {
    this.happenings.push({ at: Date.now(), what, detail });
    if (this.happenings.length > MOST) this.happenings.shift();
    this.#tell();
  }

  #tell(): void {
    this.#listeners.forEach(listener => listener());
  }
}
