/** `Reshelf.createReshelf` for script tags: the build `dist/reshelf.iife.js`. */
import { createReshelfWith } from "./create.js";
import { script } from "./script.js";
import type { Reshelf, ReshelfOptions } from "./types.js";

export const createReshelf = (options: ReshelfOptions): Promise<Reshelf> => createReshelfWith(script, options);

export { ReshelfError } from "./errors.js";
