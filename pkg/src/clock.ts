/** A clock that stands still until a test moves it. */

/** Epoch milliseconds of a fake clock that is given no time: 1 January 2026, 12:00 UTC. */
const START = Date.UTC(2026, 0, 1, 12);

export class FakeClock {
  #now: number;
  readonly #before = new Set<() => void>();

  /** @param start epoch milliseconds; by default noon of 1 January 2026, UTC. */
  constructor(start: number = START) {
    this.#now = start;
  }

  /** Epoch milliseconds. */
  get now(): number {
    return this.#now;
  }

  /** Moves the clock by `ms` milliseconds. Events tracked before keep the time they were tracked at. */
  advance(ms: number): void {
    for (const settle of this.#before) settle();
    this.#now += ms;
  }

  /** Runs `settle` before each move. */
  beforeMove(settle: () => void): void {
    this.#before.add(settle);
  }
}
