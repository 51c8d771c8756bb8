// A worker of `fit`: bytes in, bytes out.
export { runSearch as default } from "./engine.mjs";
