/**
 * How long a product's page was in front: vendors say when it was opened, and
 * nobody says when it was left. The engine's own tracker knows more (input,
 * sleep, clocks); it does so for marked pages.
 */
import { quietly } from "../quietly.js";
import type { ItemId } from "../types.js";

/** Longest stretch counted, in milliseconds: whoever reads longer without leaving the page has gone for a coffee. */
const LONGEST_STRETCH = 120_000;

export class Attention {
  readonly #report: (item: ItemId, dwellMs: number) => void;
  #item: ItemId | undefined;
  /** Reading of the clock when the page came to the front; undefined while it is behind. */
  #since: number | undefined;

  constructor(report: (item: ItemId, dwellMs: number) => void) {
    this.#report = report;
    quietly(() => {
      document.addEventListener("visibilitychange", this.#changed);
      window.addEventListener("pagehide", this.#pause);
    });
  }

  /** Another product is in front. */
  turnTo(item: ItemId | undefined): void {
    this.#pause();
    this.#item = item;
    this.#changed();
  }

  end(): void {
    this.turnTo(undefined);
    quietly(() => {
      document.removeEventListener("visibilitychange", this.#changed);
      window.removeEventListener("pagehide", this.#pause);
    });
  }

  readonly #changed = (): void => {
    if (typeof document !== "undefined" && document.visibilityState === "visible") this.#since ??= performance.now();
    else this.#pause();
  };

  /** Reports the stretch that ends now. */
  readonly #pause = (): void => {
    const [item, since] = [this.#item, this.#since];
    this.#since = undefined;
    if (item === undefined || since === undefined) return;
    this.#report(item, Math.min(performance.now() - since, LONGEST_STRETCH));
  };
}
