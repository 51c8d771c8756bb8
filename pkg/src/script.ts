/** What a classic script knows of itself: where it was loaded from. */
import { browser, type Environment } from "./environment.js";

/** The script that runs now. Only known while it is evaluated. */
export const ownScript = typeof document === "undefined" ? null : (document.currentScript as HTMLScriptElement | null);

/** A page whose engine lies beside this script. */
export const script: Environment = {
  ...browser,
  wasm: () => (ownScript?.src ?? "").replace(/[^/]*$/, "reshelf.wasm"),
};
