/** From options to an instance: what every entry of the package shares. */
import { breath } from "./breath.js";
import type { Core } from "./core.js";
import type { Environment } from "./environment.js";
import { currentGeneration, loadCore, revive, supported } from "./load.js";
import { type CheckedOptions, checkOptions } from "./options.js";
import { Shop } from "./shop.js";
import type { ReshelfOptions, Status } from "./types.js";

/**
 * The only step that waits: for the engine's file, and for that which hears consent
 * platforms where it is wanted. Whatever is wrong with the
 * surroundings ends in the instance's status.
 * @throws ReshelfError `invalid-option` when an option is wrong.
 */
export async function createReshelfWith(environment: Environment, options: ReshelfOptions): Promise<Shop> {
  const checked = checkOptions(options);
  const { store, strength, quota, seed } = checked;
  let generation = 0;
  const make = (): Core => {
    const Core = revive(generation);
    generation = currentGeneration();
    return new Core(store, strength, quota, seed);
  };
  const started = await start(environment, checked);
  generation = currentGeneration();
  // The engine's start, the reading of what is stored, and what the page goes on with are a task each.
  await breath();
  const shop = new Shop(environment, checked, started, make);
  // A shopper who is known to agree gets their order at the first `arrange`, not on some later page.
  await shop.followed;
  await breath();
  return shop;
}

async function start(environment: Environment, options: CheckedOptions): Promise<Core | Status> {
  if (environment.server()) return "inert:server";
  if (options.bots === "inert" && environment.bot()) return "inert:bot";
  if (!supported()) return "inert:unsupported";
  // Side by side with the engine; what cannot be had grants nothing.
  if (options.consent === "auto") import("./consent/watch.js").catch(() => {});
  const loaded = await loadCore(() => options.wasm ?? environment.wasm());
  if (!("Core" in loaded)) {
    explainWhy(loaded.status, loaded.reason);
    return loaded.status;
  }
  const { store, strength, quota, seed } = options;
  try {
    return new loaded.Core(store, strength, quota, seed);
  } catch (reason) {
    explainWhy("inert:failed", reason);
    return "inert:failed";
  }
}

function explainWhy(status: Status, reason: unknown): void {
  const advice =
    status === "inert:blocked"
      ? "the content security policy must allow 'wasm-unsafe-eval' in script-src and the address of reshelf.wasm in connect-src"
      : "check that reshelf.wasm is served where the option `wasm` says, whole";
  console.warn(`reshelf: the engine could not be loaded, so the page keeps the merchant's order; ${advice}.`, reason);
}
