/** What the sources of consent have in common. */
import type { ConsentSignal } from "./watch.js";

/**
 * What one source says. Besides the three signals, a platform may be on the
 * page without having answered yet (`silent`), or be asking the shopper just
 * now (`asking`). Both hold back what others grant: a grant that is taken back
 * a moment later would have stored something meanwhile.
 */
export type Answer = ConsentSignal | "silent" | "asking";

/** Hands over an answer; the latest one counts. */
export type Say = (answer: Answer) => void;

/** One consent platform, watched. */
export interface Source {
  /** Looks whether the platform is there by now. Called several times; may throw what the page throws. */
  look(): void;
  /** Undoes what watching needed. */
  stop(): void;
}
