/** `reshelf/auto` as a classic script: the build `dist/auto.iife.js`. */
import { automatic } from "./automatic.js";
import { createReshelfWith } from "./create.js";
import { ownScript, script } from "./script.js";

automatic(options => createReshelfWith(script, options), ownScript);
