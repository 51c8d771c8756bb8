/** A persona in a shop, with time passing. */
import type { FakeClock } from "./clock.js";
import type { Persona } from "./personas.js";
import type { Reshelf } from "./types.js";

/** How time passes in `play`. */
export interface PlayOptions {
  /** The clock of the instance. Without it, everything happens at one moment. */
  clock?: FakeClock;
  /** Milliseconds between two events. Default 20 seconds. */
  pauseMs?: number;
  /** Milliseconds between two visits. Default a week. */
  betweenVisitsMs?: number;
}

/**
 * Tracks what a persona does. Afterwards the clock stands after the last event.
 *
 * @example
 * const clock = new FakeClock();
 * const shop = await createTestReshelf({ clock });
 * shop.addItems(sampleItems);
 * play(shop, persona("candle lover"), { clock });
 */
export function play(shop: Pick<Reshelf, "track">, persona: Persona, options: PlayOptions = {}): void {
  const { clock, pauseMs = 20_000, betweenVisitsMs = 7 * 86_400_000 } = options;
  persona.visits.forEach((visit, index) => {
    if (index > 0) clock?.advance(betweenVisitsMs);
    for (const event of visit) {
      shop.track(event);
      clock?.advance(pauseMs);
    }
  });
}
