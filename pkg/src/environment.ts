/** What an entry of the package knows of the world around it. */
import { isBot } from "./bots.js";
import type { WasmSource } from "./types.js";

export interface Environment {
  /** No page to put in order here: the instance is `inert:server`. */
  server(): boolean;
  /** No shopper looks at this page. */
  bot(): boolean;
  /** The browser sends Global Privacy Control. */
  optedOut(): boolean;
  /** Epoch milliseconds. */
  now(): number;
  /** The engine, when the caller does not say where it is. */
  wasm(): WasmSource;
}

/** A page in a browser, or a server that renders one. */
export const browser: Omit<Environment, "wasm"> = {
  server: () => typeof window === "undefined" || typeof document === "undefined",
  bot: isBot,
  optedOut: () => typeof navigator !== "undefined" && (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true,
  now: () => Date.now(),
};
