/** Choices of the shopper and of the shopkeeper that outlive a page. */
import { recall, remember } from "./memory.js";
import { numberParameter } from "./parameters.js";

/** The shopper's answer to "Remember my taste on this device?"; undefined while not asked. */
export function tasteConsent(): "yes" | "no" | undefined {
  const answer = recall("consent");
  return answer === "yes" || answer === "no" ? answer : undefined;
}

export const keepTasteConsent = (answer: "yes" | "no"): void => remember("consent", answer);

export const DEFAULT_STRENGTH = 50;
const DEFAULT_QUOTA = 3;

function stored(key: string): number | undefined {
  const value = recall(key);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** How strongly taste moves things: the address decides over the slider of the panel. */
export const strength = (): number => numberParameter("strength", 0, 100) ?? stored("strength") ?? DEFAULT_STRENGTH;

export const keepStrength = (value: number): void => remember("strength", value);

/** How many of the first ten places may go to things from below the tenth. */
export const quota = (): number => Math.round(numberParameter("quota", 0, 10) ?? DEFAULT_QUOTA);
