/** Ends the task that is running, so that work in pieces never keeps the page from answering. */

/** As it is when the package is loaded, if it is: a test that stops its clocks later does not hold the package up. */
const { setTimeout: later } = globalThis;

/** Lets the browser do what is more urgent. Where it cannot be asked to go on soon after, a timer does. */
export function breath(): Promise<unknown> {
  const { scheduler } = globalThis as { scheduler?: { yield?(): Promise<void> } };
  return scheduler?.yield?.() ?? new Promise(go => later(go));
}
