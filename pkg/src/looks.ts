/** Waiting for what other scripts of the page bring: they come in any order. */
import { quietly } from "./quietly.js";

/** Milliseconds after the start at which nobody is expected any more. */
export const PATIENCE_MS = 8_000;
const LOOKS = [500, 1_000, 2_000, 4_000, PATIENCE_MS];
const MOMENTS = ["DOMContentLoaded", "load"];

/** Calls `look` now, when the page is parsed, when it is loaded, and a few times more. Returns a function that stops. */
export function keepLooking(look: () => void): () => void {
  const timers = LOOKS.map(milliseconds => setTimeout(look, milliseconds));
  for (const moment of MOMENTS) quietly(() => window.addEventListener(moment, look));
  look();
  return () => {
    timers.forEach(clearTimeout);
    for (const moment of MOMENTS) quietly(() => window.removeEventListener(moment, look));
  };
}
