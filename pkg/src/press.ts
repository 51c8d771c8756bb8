/** What can wait until the shopper has seen what a press of theirs did. */

/** Events by which a press reaches a page's code and that are no `UIEvent`. */
const OF_FORMS = /^(change|submit)$/;

/** Longest wait for that frame, in milliseconds: a page that opens a window over itself has none, and is not told that it is hidden (Chromium). */
const PATIENCE_MS = 250;

/**
 * Acts at the end of the running task; of one that answers a press, after the frame that
 * shows the answer, and perhaps once more. A page that is left or hidden before that
 * shows none: whoever must not miss it there acts by themselves.
 */
export function afterwards(act: () => void): void {
  // Deprecated for code that could be given the event; no other tells a call by where it comes from.
  const { event } = globalThis as { event?: Event };
  if (!event?.isTrusted || !(event instanceof UIEvent || OF_FORMS.test(event.type))) return queueMicrotask(act);
  requestAnimationFrame(() => setTimeout(act));
  setTimeout(act, PATIENCE_MS);
}
