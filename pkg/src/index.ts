/**
 * `reshelf`: the engine comes from the file `reshelf.wasm`, which bundlers find
 * by the expression below and copy along.
 */
import { createReshelfWith } from "./create.js";
import { browser } from "./environment.js";
import type { Reshelf, ReshelfOptions } from "./types.js";

/**
 * Creates an instance. Resolves in every environment; where it cannot work (a
 * server, a crawler, a blocked or missing engine) the instance is inert: all
 * methods work and the page keeps the merchant's order. `status` says which.
 *
 * @example
 * const shop = await createReshelf({ store: "acme" });
 * shop.addItems(products.map(product => ({ ...product, id: product.sku })));
 * const sorted = shop.rank("search", results, { id: result => result.sku, query: "candle" });
 *
 * @throws ReshelfError (as a rejection) `invalid-option`, naming the option.
 */
export function createReshelf(options: ReshelfOptions): Promise<Reshelf> {
  return createReshelfWith({ ...browser, wasm: () => new URL("./reshelf.wasm", import.meta.url) }, options);
}

export { ReshelfError, type ErrorCode } from "./errors.js";
export type * from "./types.js";
