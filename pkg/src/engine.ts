/**
 * The compiled engine behind a guard: what it throws ends the engine and not
 * the page's script. A new engine takes its place, with what the ledger holds;
 * one that keeps failing is given up.
 */
import type { Core, Guard } from "./core.js";

/** Engines that may take the place of one that failed, a page. */
const MOST_REVIVALS = 3;

export class Engine {
  #core: Core | undefined;
  readonly #revive: () => Core;
  readonly #lost: (reason: unknown, core: Core | undefined) => void;
  #revivals = 0;
  #failing = false;

  /**
   * @param revive makes a new engine, with nothing known yet.
   * @param lost called when an engine failed, with the one in its place, if there is one.
   */
  constructor(core: Core | undefined, revive: () => Core, lost: (reason: unknown, core: Core | undefined) => void) {
    this.#core = core;
    this.#revive = revive;
    this.#lost = lost;
  }

  /** For calls too frequent to go through `ask`; undefined when there is no engine or no longer. */
  get core(): Core | undefined {
    return this.#core;
  }

  /** The engine's answer, or `otherwise` when there is no engine or it fails at this. */
  readonly ask = <T>(question: (core: Core) => T, otherwise: T): T => {
    const core = this.#core;
    if (core === undefined) return otherwise;
    try {
      return question(core);
    } catch (error) {
      this.fail(error, core);
      return otherwise;
    }
  };

  /** Lets this engine's functions be called by the browser while it is there; what they throw stays here. */
  guard(core: Core): Guard {
    return called => event => {
      if (this.#core !== core) return;
      try {
        called(event);
      } catch (error) {
        this.fail(error, core);
      }
    };
  }

  /** Gives an engine up: after a trap its memory cannot be trusted. A second report of the same failure is none. */
  fail(reason: unknown, failed: Core | undefined): void {
    if (failed === undefined || failed !== this.#core) return;
    // Not freed: its memory is gone or cannot be trusted.
    this.#core = undefined;
    // An engine that fails while it is being set up is not worth a third one.
    if (!this.#failing && this.#revivals++ < MOST_REVIVALS) {
      this.#failing = true;
      try {
        this.#core = this.#revive();
      } catch {
        // Without an engine from here on.
      }
      const revived = this.#core;
      if (revived) this.#lost(reason, revived);
      this.#failing = false;
      if (revived && this.#core === revived) return;
    }
    if (this.#core === undefined && !this.#failing) this.#lost(reason, undefined);
  }

  /** Ends it in peace. */
  end(): void {
    const core = this.#core;
    this.#core = undefined;
    if (core !== undefined) free(core);
  }
}

function free(core: Core): void {
  try {
    // Throws for an engine whose instance went with another one's trap; to free
    // it would free what lies there in the instance that took its place.
    core.attached();
    core.free();
  } catch {
    // Nothing is left to be freed.
  }
}
