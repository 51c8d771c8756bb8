/** When to do what a shopper does not wait for. */

/** Resolves in a task of its own after the next frame, which shows what was changed until then. */
export const framePassed = (): Promise<void> => new Promise(go => requestAnimationFrame(() => setTimeout(go)));

/** Acts on each while nobody waits for the page; on none, where the browser does not tell. */
export function whenIdle<T>(things: readonly T[], act: (thing: T) => void): void {
  if (things.length === 0) return;
  globalThis.requestIdleCallback?.(deadline => {
    let done = 0;
    while (done < things.length && deadline.timeRemaining() > 0) act(things[done++]!);
    whenIdle(things.slice(done), act);
  });
}
