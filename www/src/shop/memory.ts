/**
 * The shop's own small memory in this browser, under keys of its own
 * ("hanging-heart."), apart from what Reshelf keeps. Where storage is blocked
 * it lasts as long as the page.
 */
const PREFIX = "hanging-heart.";
const fallback = new Map<string, string>();

/** Reads a value; undefined when there is none or it is not what was written. */
export function recall(key: string): unknown {
  try {
    const text = localStorage.getItem(PREFIX + key) ?? fallback.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    const text = fallback.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }
}

/** Writes a value. Never throws. */
export function remember(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  fallback.set(key, text);
  try {
    localStorage.setItem(PREFIX + key, text);
  } catch {
    // Blocked or full: the copy in memory is all there is, and enough.
  }
}
