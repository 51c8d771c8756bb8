/**
 * Compiled and never shipped: fails the build when the glue that wasm-bindgen
 * generated is not what `core.ts` promises the facade.
 */
import * as glue from "../wasm/reshelf.js";
import type { CoreModule } from "./core.js";

glue satisfies CoreModule;
