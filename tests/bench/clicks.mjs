// Invented clicks in any number, the same for the same number: items in aisles,
// popular ones far more often than others, sessions of some four clicks that
// mostly stay in one aisle, in the course of thirty days.
//
//   node tests/bench/clicks.mjs 10000000 FILE
import { closeSync, openSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";

const AISLES = 200;
const SHELF = 50;
const CLICKS_A_SESSION = 4;
const START = 1_767_225_600;
const DAYS = 30;

/** Numbers from 0 up to 1, the same everywhere (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Writes so many clicks as events, tab separated; the number of their sessions. */
export function writeClicks(count, path) {
  const draw = random(1);
  // A rank below n, as often as Zipf has it: its logarithm is uniform.
  const rank = n => Math.floor(n ** draw()) - 1;
  const length = () => 1 + Math.floor(-Math.log(1 - draw()) * (CLICKS_A_SESSION - 0.5));
  const pace = (DAYS * 86_400 * CLICKS_A_SESSION) / count;
  const file = openSync(path, "w");
  let lines = ["SessionId\tItemId\tTime"];
  let [written, session] = [0, 0];
  while (written < count) {
    const [aisle, start] = [rank(AISLES), START + session * pace];
    let at = start;
    for (let left = Math.min(length(), count - written); left > 0; left--, written++) {
      const item = draw() < 1 / 8 ? rank(AISLES * SHELF) : aisle + AISLES * rank(SHELF);
      lines.push(`${session}\tsku-${item}\t${at.toFixed(2)}`);
      at += 5 + draw() * 90;
    }
    session++;
    if (lines.length > 50_000) {
      writeSync(file, `${lines.join("\n")}\n`);
      lines = [];
    }
  }
  writeSync(file, `${lines.join("\n")}\n`);
  closeSync(file);
  return session;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const sessions = writeClicks(Number(process.argv[2]), process.argv[3]);
  process.stdout.write(`${sessions} sessions\n`);
}
