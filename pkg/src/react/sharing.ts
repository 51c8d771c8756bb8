/**
 * One instance for all providers of a store on a page. StrictMode and hot
 * reloading take a provider away and put it back at once: an instance ends only
 * if nobody holds it a moment later.
 */
import type { Reshelf, ReshelfOptions } from "../types.js";

interface Shared {
  shop: Promise<Reshelf>;
  holders: number;
}

const shared = new Map<string, Shared>();

/** The instance of this store, made with the options of whoever asked first; hold it until `release()`. */
export function hold(options: ReshelfOptions): { shop: Promise<Reshelf>; release(): void } {
  const { store } = options;
  let found = shared.get(store);
  if (!found) {
    // Imported here, so that a page's script does not carry it and a server never meets it.
    const made: Shared = { shop: import("../index.js").then(({ createReshelf }) => createReshelf(options)), holders: 0 };
    // What could not be made may be tried again.
    made.shop.catch(() => shared.get(store) === made && shared.delete(store));
    shared.set(store, (found = made));
  }
  const held = found;
  held.holders++;
  let released = false;
  const end = () => {
    if (held.holders > 0) return;
    if (shared.get(store) === held) shared.delete(store);
    held.shop.then(
      shop => shop.destroy(),
      () => {},
    );
  };
  return {
    shop: held.shop,
    release() {
      if (released) return;
      released = true;
      held.holders--;
      setTimeout(end);
    },
  };
}
