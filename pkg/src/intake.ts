/**
 * Product rows on their way to the engine: many are taken in slices, between which
 * the page can answer the shopper. Who asks for what depends on rows has the rest
 * taken in first, so that no answer tells how far it was.
 */
import { breath } from "./breath.js";
import type { Engine } from "./engine.js";
import type { Handles } from "./handles.js";
import type { Memory } from "./memory.js";
import type { CheckedRow } from "./rows.js";

/** Rows that are taken at once, and between two looks at the clock: 2 ms on a processor four times slower than a desk's. */
const HANDFUL = 32;
/** Longest slice, in milliseconds: a fifth of what the Long Tasks API calls long, because the page's own work may share the task. */
const SLICE_MS = 10;

export class Intake {
  readonly #engine: Engine;
  readonly #handles: Handles;
  readonly #memory: Memory;
  readonly #stored: () => void;
  #waiting: CheckedRow[] = [];
  /** Resolves when no row waits; undefined while none does. */
  work: Promise<void> | undefined;

  /** @param stored called when the engine may have stored what waited for a row. */
  constructor(engine: Engine, handles: Handles, memory: Memory, stored: () => void) {
    this.#engine = engine;
    this.#handles = handles;
    this.#memory = memory;
    this.#stored = stored;
  }

  /** Takes a few at once, and many in slices, as the page lets it. `keep`: what is known of an item stays. */
  add(rows: readonly CheckedRow[], keep: boolean): void {
    if (this.#engine.core === undefined) return;
    if (keep) this.flush();
    this.#waiting = this.#waiting.concat(keep ? this.#memory.completed(rows) : rows);
    if (this.#waiting.length <= HANDFUL) this.#take(0);
    else this.work ??= this.#takeAll();
  }

  /** Takes all that waits. */
  flush(): void {
    if (this.#waiting.length > 0) this.#take(Infinity);
  }

  /** Forgets what waits. */
  discard(): void {
    this.#waiting = [];
  }

  async #takeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await breath();
      this.#take(performance.now() + SLICE_MS);
    }
    this.work = undefined;
    // What was waited for is not to be one task with the last slice.
    await breath();
  }

  #take(end: number): void {
    do {
      const rows = this.#waiting.splice(0, HANDFUL);
      // First: an engine that fails at them is not the only one to be told of them.
      this.#memory.addItems(rows);
      this.#engine.ask(core => this.#memory.register(core, this.#handles, rows), undefined);
    } while (this.#waiting.length > 0 && performance.now() < end);
    this.#stored();
  }
}

