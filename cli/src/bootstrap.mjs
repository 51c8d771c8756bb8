// Intervals by bootstrap over sessions: the questions of one session depend on
// each other, so that sessions are drawn, not questions.

const ROUNDS = 1000;

/** A generator of whole numbers that is the same everywhere (mulberry32). */
function random(seed) {
  let state = seed;
  return end => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * end);
  };
}

/**
 * 95 % intervals of means. `sessions` holds, a session, the number of questions
 * and the sum of each measure.
 */
export function intervals(sessions, measures) {
  const draw = random(1);
  const means = measures.map(() => new Float64Array(ROUNDS));
  for (let round = 0; round < ROUNDS; round++) {
    let questions = 0;
    const sums = measures.map(() => 0);
    for (let i = 0; i < sessions.length; i++) {
      const session = sessions[draw(sessions.length)];
      questions += session.questions;
      measures.forEach((name, at) => (sums[at] += session[name]));
    }
    sums.forEach((sum, at) => (means[at][round] = sum / questions));
  }
  const bounds = sorted => [0.025, 0.975].map(share => round4(sorted[Math.floor(share * (ROUNDS - 1))]));
  return Object.fromEntries(measures.map((name, at) => [name, bounds(means[at].sort())]));
}

export const round4 = number => Math.round(number * 10_000) / 10_000;
