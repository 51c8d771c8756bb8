// What a scenario hands back, and the small arithmetic around it.

/** Progress goes to stderr, so that stdout holds nothing but figures. */
export const progress = text => process.stderr.write(`    ${text}\n`);

/**
 * One figure: what was asked, what was measured, whether the second satisfies
 * the first, and what a reader needs to judge a failure.
 */
export const figure = (name, asked, measured, ok, detail = "") => ({ name, asked, measured, ok: Boolean(ok), detail });

/** A figure about a thing that could not be tried at all: a failure, never silence. */
export const missing = (name, asked, why) => figure(name, asked, "not measured", false, why);

export const sum = numbers => numbers.reduce((total, number) => total + number, 0);

/** Largest of the numbers, or 0 of none. `Math.max(...)` fails on long lists. */
export const largest = numbers => numbers.reduce((most, number) => Math.max(most, number), 0);

/** The value below which this share (0 … 1) of the numbers lies. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const range = count => Array.from({ length: count }, (_, at) => at);

export const rounded = (number, digits = 1) => Number(number.toFixed(digits));

/**
 * Draws that a seed repeats: mulberry32, small and good enough to mix scripts.
 * The same seed must give the same script on every machine, so `Math.random`
 * is used nowhere in this folder.
 */
export class Draws {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(low, high) {
    return low + (high - low) * this.next();
  }

  /** A whole number from `low` up to and including `high`. */
  whole(low, high) {
    return Math.floor(this.between(low, high + 1));
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  shuffle(list) {
    const shuffled = [...list];
    for (let at = shuffled.length - 1; at > 0; at--) {
      const other = this.whole(0, at);
      [shuffled[at], shuffled[other]] = [shuffled[other], shuffled[at]];
    }
    return shuffled;
  }
}
