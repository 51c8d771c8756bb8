// The same Rust code that a page loads, with the trainer, as WebAssembly.
import { existsSync, readFileSync } from "node:fs";
import { initSync, Evaluator, extendArtifact, IntentTable, Log, packTransitions, roomOf, Shop, simulateSections, simulateTabs, simulateTaste, Trainer } from "../wasm/trainer.js";
import { Stop } from "./stop.mjs";

const file = new URL("../wasm/trainer_bg.wasm", import.meta.url);
if (!existsSync(file)) throw new Stop(`${file.pathname} is missing: run 'npm run build'.`);
initSync({ module: readFileSync(file) });

export { Evaluator, extendArtifact, IntentTable, Log, packTransitions, roomOf, Shop, simulateSections, simulateTabs, simulateTaste, Trainer };

/** "No item", in lists of item numbers. */
export const NONE = 0xffff_ffff;

/** Name of the artifact in its folder. */
export const ARTIFACT = "reshelf.rsf";
