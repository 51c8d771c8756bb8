// A shop's sessions, invented but the same on every run: shoppers stay near one
// kind of thing, and some things are looked at far more than others.

export const ITEMS = 5_000;
const KINDS = 250;
export const SESSIONS = 120_000;

/** Whole numbers below `end` (mulberry32). */
export function random(seed) {
  let state = seed;
  return end => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * end);
  };
}

export const id = item => `SKU-${String(item).padStart(5, "0")}`;

function session(draw, length) {
  const perKind = ITEMS / KINDS;
  let kind = draw(KINDS);
  const items = [];
  while (items.length < length) {
    if (draw(5) === 0) kind = draw(KINDS);
    // The smaller of two draws: the first of a kind are met most.
    const item = kind + KINDS * Math.min(draw(perKind), draw(perKind));
    if (item !== items.at(-1)) items.push(item);
  }
  return items;
}

/** The sessions a shop learns from, the oldest first. */
export function sessions() {
  const draw = random(1);
  return Array.from({ length: SESSIONS }, () => session(draw, 2 + Math.min(draw(14), draw(14))));
}

/** Sessions of ten items that are being watched. */
export function visits(count) {
  const draw = random(2);
  return Array.from({ length: count }, () => session(draw, 10));
}
