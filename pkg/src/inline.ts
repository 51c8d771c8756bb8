/**
 * `reshelf/inline`: the engine comes inside the script, for pages that cannot
 * serve or fetch a `.wasm` file. A third larger before compression, and needs
 * only `'wasm-unsafe-eval'` of a content security policy.
 */
import { createReshelfWith } from "./create.js";
import { browser } from "./environment.js";
import { inlineWasm } from "./inline-wasm.js";
import type { Reshelf, ReshelfOptions } from "./types.js";

/**
 * Like `createReshelf` of `reshelf`, without a second file.
 * @throws ReshelfError (as a rejection) `invalid-option`, naming the option.
 */
export function createReshelf(options: ReshelfOptions): Promise<Reshelf> {
  return createReshelfWith({ ...browser, wasm: inlineWasm }, options);
}

export { ReshelfError, type ErrorCode } from "./errors.js";
export type * from "./types.js";
