// The same Rust code that a page loads, with the trainer, as WebAssembly.
import { existsSync, readFileSync } from "node:fs";
import { initSync, Alike, Baskets, Evaluator, EventWeights, IntentTable, Log, Priors, Shop, Trainer, extendArtifact, inspect, packTransitions, roomOf, runSearch, simulateSections, simulateTabs, simulateTaste, splitArtifact, splittingBytes } from "../wasm/trainer.js";
import { Stop } from "./stop.mjs";

const file = new URL("../wasm/trainer_bg.wasm", import.meta.url);
if (!existsSync(file)) throw new Stop(`${file.pathname} is missing: run 'npm run build'.`);
initSync({ module: readFileSync(file) });

export { Alike, Baskets, Evaluator, EventWeights, IntentTable, Log, Priors, Shop, Trainer, extendArtifact, inspect, packTransitions, roomOf, runSearch, simulateSections, simulateTabs, simulateTaste, splitArtifact, splittingBytes };

/** "No item", in lists of item numbers. */
export const NONE = 0xffff_ffff;

/** Name of an artifact that is one file, in its folder. */
export const ARTIFACT = "reshelf.rsf";

/** Name of the file of vectors beside it, which only pages load that ask for look-alikes. */
export const VECTORS = "vectors.rsf";
