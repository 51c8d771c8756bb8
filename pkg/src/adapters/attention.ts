/**
 * How long a product's page was in front: vendors say when it was opened, and
 * nobody says when it was left. The engine's own tracker knows more (input,
 * sleep, clocks); it does so for marked pages.
 */
import { quietly } from "../quietly.js";
import type { ItemId } from "../types.js";

/** Longest stretch counted, in milliseconds: whoever reads longer without leaving the page has gone for a coffee. */
const LONGEST_STRETCH = 120_000;

/** Who looks at what. */
export interface Attention {
  /** Another product is in front. */
  turnTo(item: ItemId | undefined): void;
  end(): void;
}

/** Calls `report` with each stretch, when it ends. */
export function attention(report: (item: ItemId, dwellMs: number) => void): Attention {
  let item: ItemId | undefined;
  /** Reading of the clock when the page came to the front; undefined while it is behind. */
  let since: number | undefined;

  const pause = () => {
    const [seen, began] = [item, since];
    since = undefined;
    if (seen !== undefined && began !== undefined) report(seen, Math.min(performance.now() - began, LONGEST_STRETCH));
  };
  const changed = () => {
    if (typeof document !== "undefined" && document.visibilityState === "visible") since ??= performance.now();
    else pause();
  };
  const turnTo = (next: ItemId | undefined) => {
    pause();
    item = next;
    changed();
  };

  quietly(() => {
    document.addEventListener("visibilitychange", changed);
    window.addEventListener("pagehide", pause);
  });
  return {
    turnTo,
    end() {
      turnTo(undefined);
      quietly(() => {
        document.removeEventListener("visibilitychange", changed);
        window.removeEventListener("pagehide", pause);
      });
    },
  };
}
