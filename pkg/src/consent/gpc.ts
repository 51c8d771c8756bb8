/**
 * Global Privacy Control (w3.org/TR/gpc). The signal says no to whatever the
 * page was told; its absence says nothing, so it never grants.
 */
import type { Say, Source } from "./source.js";

export const privacyControl = (say: Say): Source => ({
  look: () => say((navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true ? "denied" : "unknown"),
  stop: () => {},
});
