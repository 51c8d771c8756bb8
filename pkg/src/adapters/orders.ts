/**
 * Which orders were counted: a thank-you page tells of its purchase each time it
 * is loaded. Without consent this is known for the page alone, whose profile ends
 * with it; with consent it is kept beside the profile, for all tabs. What an order
 * consists of is not known here.
 */
import { quietly } from "../quietly.js";
import type { Reshelf } from "../types.js";

/** Tells whether anything may be kept, and where. Of a shop without these nothing is kept. */
export type Keeping = Partial<Pick<Reshelf, "consent" | "export" | "on" | "profile" | "status">>;

/** The orders that were counted. */
export interface Orders {
  /**
   * Whether this order is to be counted now. `takeBack` is called where consent
   * comes later and shows that an earlier page had counted it.
   */
  isNew(order: string, takeBack: () => void): boolean;
  end(): void;
}

/** Orders remembered on the device; the oldest goes first. Nobody opens older thank-you pages. */
const MOST_KEPT = 32;

/**
 * Four letters for an order: 20 bits of salted FNV-1a, folded. So few that many
 * numbers have the same ones: who reads them cannot tell which it was. One order
 * in 32,000 is taken for one of 32 others, and not counted.
 */
export function markOf(salt: string, order: string): string {
  let hash = 0x811c9dc5;
  for (const letter of salt + order) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  return ((hash >>> 20) ^ (hash & 0xfffff)).toString(32).padStart(4, "0");
}

/** So that an order has another mark in each browser. */
const newSalt = (): string => crypto.getRandomValues(new Uint32Array(1)).join();

/** Remembers the orders of this page, and with consent those of all pages of the shop's store. */
export function ordersOf(shop: Keeping): Orders {
  const counted = new Set<string>();
  /** Counted while nothing could be kept, and how to take each back. */
  const unkept = new Map<string, () => void>();
  // Under the stub's own prefix, so that what deletes the store deletes it (`wipe`).
  const key = () => `reshelf.${shop.export!().store}.orders`;
  // A bot's page keeps nothing.
  const mayKeep = () => shop.consent?.state === "granted" && shop.status === "ready";

  /** Keeps the order as counted; whether it was already. */
  const keep = (order: string): boolean => {
    const [salt = newSalt(), ...marks] = (localStorage.getItem(key()) ?? "").match(/\w+/g) ?? [];
    const mark = markOf(salt, order);
    const isKnown = marks.includes(mark);
    if (!isKnown) localStorage.setItem(key(), [salt, mark, ...marks].slice(0, MOST_KEPT + 1).join(" "));
    return isKnown;
  };

  const stops = [
    shop.on?.("consent", () => {
      if (!mayKeep()) return;
      for (const [order, takeBack] of unkept) quietly(() => keep(order) && takeBack());
      unkept.clear();
    }),
    // Another page had everything forgotten; this one may have written since.
    shop.on?.("storage", ({ trouble }) => trouble === "erased" && quietly(() => localStorage.removeItem(key()))),
  ];

  return {
    isNew(order, takeBack) {
      let isNew = !counted.has(order);
      counted.add(order);
      quietly(() => {
        if (!isNew) return;
        if (mayKeep()) isNew = !keep(order);
        else unkept.set(order, takeBack);
      });
      return isNew;
    },
    end() {
      stops.forEach(stop => stop && quietly(stop));
    },
  };
}
