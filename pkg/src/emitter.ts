/** Subscribers of an instance, and when they are called. */
import type { ShopEvents } from "./types.js";

type Handler = (detail: never) => void;

/**
 * Handlers run in a microtask: never inside the call that caused the event, so
 * a handler may call the instance again without finding the engine at work.
 */
export class Emitter {
  readonly #handlers: Record<keyof ShopEvents, Set<{ call: Handler }>> = {
    ranked: new Set(),
    tracked: new Set(),
    status: new Set(),
    consent: new Set(),
    profile: new Set(),
    storage: new Set(),
  };

  /** True for a name that can be subscribed to. */
  knows(event: unknown): event is keyof ShopEvents {
    return typeof event === "string" && Object.hasOwn(this.#handlers, event);
  }

  /** True when somebody listens; what nobody hears need not be put together. */
  hears(event: keyof ShopEvents): boolean {
    return this.#handlers[event].size > 0;
  }

  on(event: keyof ShopEvents, call: Handler): () => void {
    // A new object each time: the same function may subscribe twice, and each
    // of the two unsubscribes itself only.
    const entry = { call };
    this.#handlers[event].add(entry);
    return () => void this.#handlers[event].delete(entry);
  }

  emit<E extends keyof ShopEvents>(event: E, detail: ShopEvents[E]): void {
    const handlers = this.#handlers[event];
    if (handlers.size === 0) return;
    queueMicrotask(() => {
      for (const { call } of [...handlers]) {
        try {
          call(detail as never);
        } catch (error) {
          report(error);
        }
      }
    });
  }
}

/** Shows the page's own error where its developers look, without throwing it into somebody else's call. */
function report(error: unknown): void {
  if (typeof reportError === "function") reportError(error);
  else console.error(error);
}
