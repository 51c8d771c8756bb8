/** Touching what is the page's: its getters and functions may throw, and its globals may be missing. */

/** Runs what touches the page's objects; what they throw is not the page's concern. */
export function quietly(run: () => void): void {
  try {
    run();
  } catch {
    // What cannot be read says nothing.
  }
}

/** A global of the page that may not be there. */
export function ofPage(name: string): unknown {
  return (window as unknown as Record<string, unknown>)[name];
}
