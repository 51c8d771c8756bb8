/** Events on their way to the engine: plain numbers in one preallocated array. */
import { EVENT_STRIDE } from "./core.js";

/** Events the queue holds; a full one is emptied at once instead of in a microtask. */
const CAPACITY = 256;

export class EventQueue {
  readonly #numbers = new Float64Array(CAPACITY * EVENT_STRIDE);
  #used = 0;

  get empty(): boolean {
    return this.#used === 0;
  }

  get full(): boolean {
    return this.#used === this.#numbers.length;
  }

  /** Adds one event. Only to be called when not `full`. */
  push(kind: number, subject: number, at: number, dwellMs: number, placement: number, position: number): void {
    const numbers = this.#numbers;
    const used = this.#used;
    numbers[used] = kind;
    numbers[used + 1] = subject;
    numbers[used + 2] = at;
    numbers[used + 3] = dwellMs;
    numbers[used + 4] = placement;
    numbers[used + 5] = position;
    this.#used = used + EVENT_STRIDE;
  }

  /** All that was added; valid until the next `push`. The queue is empty afterwards. */
  take(): Float64Array {
    const taken = this.#numbers.subarray(0, this.#used);
    this.#used = 0;
    return taken;
  }
}
