/**
 * The compiled engine behind a guard: what it throws ends the engine and not
 * the page's script.
 */
import type { Core } from "./core.js";

export class Engine {
  #core: Core | undefined;
  readonly #failed: (reason: unknown) => void;

  /** @param failed called once, when the engine had to be given up. */
  constructor(core: Core | undefined, failed: (reason: unknown) => void) {
    this.#core = core;
    this.#failed = failed;
  }

  /** For calls too frequent to go through `ask`; undefined when there is no engine or no longer. */
  get core(): Core | undefined {
    return this.#core;
  }

  /** The engine's answer, or `otherwise` when there is no engine or it fails at this. */
  ask<T>(question: (core: Core) => T, otherwise: T): T {
    const core = this.#core;
    if (core === undefined) return otherwise;
    try {
      return question(core);
    } catch (error) {
      this.fail(error);
      return otherwise;
    }
  }

  /** Gives the engine up: after a trap its memory cannot be trusted. */
  fail(reason: unknown): void {
    const core = this.#core;
    if (core === undefined) return;
    this.#core = undefined;
    // Before it is freed, so that its trackers can still be stopped.
    this.#failed(reason);
    free(core);
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
    core.free();
  } catch {
    // It stopped in the middle of a call and cannot be freed.
  }
}
