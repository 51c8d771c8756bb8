/**
 * What components of one provider see of its instance, as an external store:
 * nothing until it is there, then the instance. Must not live
 * here: any order.
 */
import type { ItemRow, Reshelf, Status } from "../types.js";

/** How the provider's instance is doing: `loading` until it is there. */
export type VisitStatus = Status | "loading";

/** What there is to rank with. */
export interface Visit {
  readonly shop: Reshelf | null;
  readonly status: VisitStatus;
  /** Whether rows can be filled: what the shop was trained on is in use, or will not be. */
  readonly canFill: boolean;
  /** Another number: orders are to be made anew. */
  readonly revision: number;
}

export const NOTHING: Visit = { shop: null, status: "loading", canFill: false, revision: 0 };

/** Longest wait of a row for what the shop was trained on, in milliseconds; then it does without. */
const PATIENCE_MS = 4_000;

export class Client {
  #visit = NOTHING;
  #items: readonly ItemRow[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly read = (): Visit => this.#visit;

  /** What the provider knows of products; the same array is told once. In a render, before lists below are put in order. */
  tell(items: readonly ItemRow[]): void {
    if (items === this.#items) return;
    this.#items = items;
    if (this.#visit.shop) register(this.#visit.shop, items);
  }

  /** Products were registered: rows that had none to show may ask again. */
  told(): void {
    if (this.#visit.shop) this.#change({ ...this.#visit });
  }

  /** Shows an instance until the returned function is called, and has it watch the page if asked. */
  follow(source: Reshelf | PromiseLike<Reshelf>, isWatching: boolean): () => void {
    const ends: (() => void)[] = [];
    let ended = false;
    const begin = (shop: Reshelf) => {
      if (!ended) this.#begin(shop, isWatching, ends);
    };
    const failed = (reason: unknown) => {
      complain("there is no instance", reason);
      if (!ended) this.#change({ ...NOTHING, status: "inert:failed" });
    };
    try {
      // At once where it is there: a first render in the browser alone need not be the merchant's.
      if ("then" in source) source.then(begin).then(null, failed);
      else begin(source);
    } catch (reason) {
      failed(reason);
    }
    return () => {
      ended = true;
      ends.forEach(end => end());
      this.#change(NOTHING);
    };
  }

  #begin(shop: Reshelf, isWatching: boolean, ends: (() => void)[]): void {
    const update = (more: Partial<Visit> = {}) => {
      const { status, artifact } = shop;
      const canFill = this.#visit.canFill || artifact.state !== "loading";
      this.#change({ ...this.#visit, shop: status === "destroyed" ? null : shop, status, canFill, ...more });
    };
    const again = () => update({ revision: this.#visit.revision + 1 });
    if (shop.status !== "destroyed") {
      register(shop, this.#items);
      let { shopOrder, events } = shop.profile();
      // A profile that is kept may become readable only after the first orders, when a
      // consent platform has answered. These were nobody's then, and are made anew; not
      // so where the shopper has been at work since, for whom nothing may jump.
      let isNobodys = shop.consent.state !== "granted" && events === 0;
      ends.push(
        shop.on("status", () => update()),
        shop.on("consent", ({ state }) => isNobodys && state === "granted" && again()),
        shop.on("profile", profile => {
          isNobodys &&= profile.events === 0;
          // Unless the shopper asks for the shop's own order, or no longer does.
          if (profile.shopOrder !== shopOrder) again();
          shopOrder = profile.shopOrder;
        }),
      );
      if (isWatching) ends.push(shop.observe());
      const timer = setTimeout(() => this.#visit.canFill || update({ canFill: true }), PATIENCE_MS);
      ends.push(() => clearTimeout(timer));
    }
    update();
  }

  #change(visit: Visit): void {
    this.#visit = visit;
    this.#listeners.forEach(listener => listener());
  }
}

/** Tells the engine of products; a row that is wrong is told in the console and takes no page down. */
export function register(shop: Reshelf, rows: readonly ItemRow[], keep = false): void {
  if (rows.length > 0) attempt("products could not be registered", () => shop.addItems(rows, { keep }), undefined);
}

/** What `ask` answers; `otherwise` where it throws, which is told in the console. */
export function attempt<T>(what: string, ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch (reason) {
    complain(what, reason);
    return otherwise;
  }
}

/** In React an error that is thrown takes the page down, so mistakes are told where developers look. */
export function complain(what: string, reason: unknown): void {
  console.error(`reshelf/react: ${what}; the page goes on without.`, reason);
}

export const NONE: readonly never[] = [];

/** An array of the shop's; an empty one while it is still to come, and where it is something else, which is told. */
export function listed<T>(name: string, list: readonly T[] | null | undefined): readonly T[] {
  if (Array.isArray(list)) return list;
  if ((list ?? NONE) !== NONE) complain(`${name} must be an array`, list);
  return NONE;
}

/** Arguments without those that are null, which are still to come. */
export const given = <Options extends object>(options: Options | null): Options =>
  Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== null)) as Options;
