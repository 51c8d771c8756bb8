/** Listening to calls of the page's own functions, such as `dataLayer.push`, without getting in their way. */
import { quietly } from "./quietly.js";

/** One function that is listened to. */
export interface Following {
  /** Its calls cannot be heard: the page's object did not take our function. */
  deaf: boolean;
  /** Hears no more, and puts the page's own function back where ours still stands. */
  release(): void;
}

/** Calls `hear` with the arguments of each call of `owner[name]`, after the call. */
export function follow(owner: object, name: string, hear: (given: readonly unknown[]) => void): Following {
  const object = owner as Record<string, unknown>;
  const previous = object[name];
  if (typeof previous !== "function") return { deaf: true, release() {} };
  const own = Object.hasOwn(owner, name);
  let listening = true;
  const wrapper = function (this: unknown, ...given: unknown[]): unknown {
    try {
      return Reflect.apply(previous, this, given);
    } finally {
      // Afterwards: a bridge that wrapped before us may correct the entries
      // on their way, and what it throws is the page's to see.
      try {
        if (listening) hear(given);
      } catch {
        // Not by `quietly`: at the end of the stack even that call throws.
      }
    }
  };
  let deaf = true;
  quietly(() => {
    object[name] = wrapper;
    // A setter may have taken it and dropped it.
    deaf = object[name] !== wrapper;
  });
  return {
    deaf,
    release() {
      listening = false;
      // Under somebody else's wrapper ours has to stay, as a mere passage.
      if (object[name] !== wrapper) return;
      if (own) object[name] = previous;
      else delete object[name];
    },
  };
}
