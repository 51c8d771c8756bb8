/**
 * Product rows on their way to the engine: many are taken in slices, between which
 * the page can answer the shopper. Who asks for what depends on rows has the rest
 * taken in first, so that no answer tells how far it was.
 */
import { breath } from "./breath.js";
import { NONE } from "./core.js";
import type { Engine } from "./engine.js";
import { type Handles, idText } from "./handles.js";
import type { Memory } from "./memory.js";
import type { CheckedRow } from "./rows.js";

/** Rows between two looks at the clock: 2 ms on a processor four times slower than a desk's. */
const HANDFUL = 32;
/** Longest slice, in milliseconds: a fifth of what the Long Tasks API calls long, because the page's own work may share the task. */
const SLICE_MS = 10;

export class Intake {
  readonly #engine: Engine;
  readonly #handles: Handles;
  readonly #memory: Memory;
  readonly #stored: () => void;
  #waiting: CheckedRow[] = [];
  #work: Promise<void> | undefined;

  /** @param stored called when the engine may have stored what waited for a row. */
  constructor(engine: Engine, handles: Handles, memory: Memory, stored: () => void) {
    this.#engine = engine;
    this.#handles = handles;
    this.#memory = memory;
    this.#stored = stored;
  }

  /** Resolves when no row waits. */
  get done(): Promise<void> {
    return this.#work ?? Promise.resolve();
  }

  /** Takes the first rows at once, and the others as soon as the page lets it. `since`: when the work on them began, by the page's monotonic clock. */
  add(rows: readonly CheckedRow[], since: number): void {
    if (this.#engine.core === undefined) return;
    this.#waiting = this.#waiting.concat(rows);
    this.#take(since + SLICE_MS);
    if (this.#waiting.length > 0) this.#work ??= this.#takeAll();
  }

  /** Takes all that waits. */
  flush(): void {
    if (this.#waiting.length > 0) this.#take(Infinity);
  }

  /** Takes all that waits if an item's row is among it, or if the engine never heard of the item: it numbers them as they come. */
  hasten(id: unknown): void {
    if (this.#waiting.length === 0) return;
    const text = idText(id);
    if (this.#handles.known(id) === NONE || this.#waiting.some(row => row.id === text)) this.#take(Infinity);
  }

  /** Forgets what waits: a new engine is told all rows, and none needs none. */
  discard(): void {
    this.#waiting = [];
  }

  async #takeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await breath();
      if (this.#waiting.length > 0) this.#take(performance.now() + SLICE_MS);
    }
    this.#work = undefined;
  }

  #take(end: number): void {
    do {
      const rows = this.#waiting.splice(0, HANDFUL);
      this.#engine.ask(core => this.#memory.register(core, this.#handles, rows), undefined);
    } while (this.#waiting.length > 0 && performance.now() < end);
    this.#stored();
  }
}

