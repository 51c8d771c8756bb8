// What a thread of `fit` does: one search, bytes in and bytes out.
export { runSearch as default } from "./engine.mjs";
