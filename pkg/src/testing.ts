/**
 * `reshelf/testing`: the real engine for the tests of your page, in Node as
 * well as in a browser. Nothing is fetched; time and chance are in your hands.
 */
import { FakeClock } from "./clock.js";
import { createReshelfWith } from "./create.js";
import { browser } from "./environment.js";
import { inlineWasm } from "./inline-wasm.js";
import type { Reshelf, ReshelfOptions } from "./types.js";

/** What `createTestReshelf` takes: all options of `createReshelf`, none required. */
export interface TestOptions extends Partial<ReshelfOptions> {
  /** Time for the instance; by default a new `FakeClock`. */
  clock?: FakeClock;
}

/**
 * An instance that behaves the same on every run: `store` is `"test"`, `seed`
 * is 1 and the clock stands still unless told otherwise.
 * @throws ReshelfError (as a rejection) `invalid-option`, naming the option.
 */
export async function createTestReshelf({ clock = new FakeClock(), ...options }: TestOptions = {}): Promise<Reshelf> {
  const environment = { ...browser, server: () => false, bot: () => false, now: () => clock.now, wasm: inlineWasm };
  const shop = await createReshelfWith(environment, { store: "test", seed: 1, ...options });
  clock.beforeMove(() => shop.drain());
  return shop;
}

export { FakeClock } from "./clock.js";
export { type Persona, persona, personas, sampleItems } from "./personas.js";
export { type PlayOptions, play } from "./play.js";
export { ReshelfError, type ErrorCode } from "./errors.js";
export type * from "./types.js";
