/** How an element finds its shop, and what all elements have in common. Must not live here: what an element shows. */
import type {} from "../auto.js";
import type { Reshelf } from "../types.js";

/** Tells elements that wait that the page has a shop now; also those of another copy of this package. */
const PROVIDED = "reshelf:shop";

/**
 * Makes `shop` that of all elements of this page which are given no other: what
 * `reshelf/auto` does by itself. Does nothing on a server.
 *
 * @example
 * provideShop(createReshelf({ store: "acme" }));
 */
export function provideShop(shop: Reshelf | Promise<Reshelf>): void {
  if (typeof document === "undefined") return;
  window.reshelf = Promise.resolve(shop);
  document.dispatchEvent(new Event(PROVIDED));
}

/** The page's shop. An element with the id `reshelf` is another thing of that name. */
const provided = (): Promise<Reshelf> | undefined => (typeof window.reshelf?.then === "function" ? window.reshelf : undefined);

/** Calls `found` when the page has a shop; returns a function that stops waiting. */
function whenProvided(found: (shop: Promise<Reshelf>) => void): () => void {
  const moments = [[document, PROVIDED], [document, "DOMContentLoaded"], [window, "load"]] as const;
  const stop = () => moments.forEach(([target, name]) => target.removeEventListener(name, look));
  const look = () => {
    const shop = provided();
    if (!shop) return;
    stop();
    found(shop);
  };
  moments.forEach(([target, name]) => target.addEventListener(name, look));
  look();
  return stop;
}

// On a server there are no elements, and importing must not fail.
const Base: typeof HTMLElement = typeof HTMLElement === "undefined" ? (class {} as typeof HTMLElement) : HTMLElement;

/** An element that works while it is in the page and there is a shop. */
export abstract class ShopElement extends Base {
  #given: Reshelf | Promise<Reshelf> | undefined;
  #shop: Reshelf | undefined;
  /** Ends the waiting for a shop, or the work with one; undefined while there is neither. */
  #end: (() => void) | undefined;

  /** The shop this element asks: one it was given, or the page's. Undefined while there is none. */
  get shop(): Reshelf | undefined {
    return this.#shop;
  }

  set shop(shop: Reshelf | Promise<Reshelf> | undefined) {
    this.#given = shop;
    if (this.isConnected) this.#restart();
  }

  connectedCallback(): void {
    // Frameworks may have set properties before this class was there to receive them.
    for (const name of this.properties()) {
      if (!Object.hasOwn(this, name)) continue;
      const value = (this as Record<string, unknown>)[name];
      delete (this as Record<string, unknown>)[name];
      (this as Record<string, unknown>)[name] = value;
    }
    if (!this.#end) this.#restart();
  }

  disconnectedCallback(): void {
    // An element that is moved leaves the page and comes back within a task.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  /** Names of the properties that can be set. */
  protected properties(): string[] {
    return ["shop"];
  }

  /** There is a shop, and the element is in the page. Returns what is to be done when either is over. */
  protected abstract started(shop: Reshelf): () => void;

  #restart(): void {
    this.#stop();
    let isOver = false;
    let end: (() => void) | undefined;
    this.#end = () => {
      isOver = true;
      end?.();
    };
    const begin = async (coming: Reshelf | Promise<Reshelf>) => {
      try {
        const shop = await coming;
        // Before the page is read, what is in an element, and the items of a row, may still be on their way.
        if (document.readyState === "loading") await new Promise(done => document.addEventListener("DOMContentLoaded", done, { once: true }));
        if (isOver || shop.status === "destroyed") return;
        this.#shop = shop;
        end = this.started(shop);
      } catch (reason) {
        console.warn(`reshelf: <${this.localName}> has no shop or cannot use it; the page works without.`, reason);
      }
    };
    if (this.#given === undefined) end = whenProvided(begin);
    else void begin(this.#given);
  }

  #stop(): void {
    this.#end?.();
    this.#end = this.#shop = undefined;
  }
}

/** Defines an element, unless another copy of this package did. */
export function define(name: string, element: CustomElementConstructor): void {
  if (typeof customElements !== "undefined" && !customElements.get(name)) customElements.define(name, element);
}
