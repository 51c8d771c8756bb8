/**
 * Rows of recommendations: checks what is asked for, keeps rows of one page from
 * repeating each other, and puts the engine's reasons into words.
 */
import { wrong } from "./arguments.js";
import { NONE, REASONS, ROW_KINDS, type Core } from "./core.js";
import { isArray, kindOf, read } from "./errors.js";
import type { Handles } from "./handles.js";
import type { Memory } from "./memory.js";
import type { Reason, ReasonCode, Recommendation, RecommendOptions, RowKind } from "./types.js";

const LONGEST_ROW = 24;
const DEFAULT_LENGTH = 8;
/** How often the engine is asked for more where the page's filter refuses what it gave. */
const MOST_ROUNDS = 16;

/** What is wanted, checked. */
export interface Wanted {
  kind: number;
  placement: string;
  limit: number;
  item: unknown;
  items: readonly unknown[];
  exclude: readonly unknown[];
  filter: ((id: string) => boolean) | undefined;
  repeat: boolean;
}

/** @throws ReshelfError `invalid-argument` naming the argument. */
export function checkWanted(kind: unknown, options: RecommendOptions = {}): Wanted {
  const number = ROW_KINDS.indexOf(kind as RowKind);
  if (number < 0) throw wrong("kind", `must be one of ${ROW_KINDS.join(", ")}; got ${kindOf(kind)}.`);
  if (typeof options !== "object" || options === null) throw wrong("options", `must be an object; got ${kindOf(options)}.`);
  const { item, limit = DEFAULT_LENGTH, filter, placement = kind, repeat, ...lists } = copied(options);
  const [items, exclude] = [ids(lists.items, "options.items"), ids(lists.exclude, "options.exclude")];
  if (!Number.isInteger(limit) || limit < 1 || limit > LONGEST_ROW) {
    throw wrong("options.limit", `must be a whole number from 1 to ${LONGEST_ROW}; got ${kindOf(limit)}.`);
  }
  if (item !== undefined && typeof item !== "string" && typeof item !== "number") throw wrong("options.item", `must be an id; got ${kindOf(item)}.`);
  if (filter !== undefined && typeof filter !== "function") throw wrong("options.filter", `must be a function from an id to true or false; got ${kindOf(filter)}.`);
  if (typeof placement !== "string" || placement === "") throw wrong("options.placement", `must be a text; got ${kindOf(placement)}.`);
  return { kind: number, placement, limit, item, items, exclude, filter, repeat: repeat === true };
}

/** Each option read once. One by one, with its name, only where one of them throws. */
function copied(options: RecommendOptions): RecommendOptions {
  try {
    const { item, limit, filter, placement, repeat, items, exclude } = options;
    return { item, limit, filter, placement, repeat, items, exclude } as RecommendOptions;
  } catch {
    for (const key of ["item", "limit", "filter", "placement", "repeat", "items", "exclude"]) read("invalid-argument", options, key, `options.${key}`);
    throw wrong("options", "could not be read: a getter threw. Pass plain values.");
  }
}

/** A copy: what the page's array does when it is read must not happen later. */
function ids(value: unknown, field: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!isArray(value)) throw wrong(field, `must be an array of ids; got ${kindOf(value)}.`);
  try {
    return [...value];
  } catch {
    throw wrong(field, "could not be read: an entry threw. Pass plain values.");
  }
}

export class Rows {
  /** What each row of this page shows, in the order in which they were first asked for. */
  readonly #shown = new Map<string, readonly string[]>();
  #href = "";
  #address = "";
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  fill(core: Core, handles: Handles, wanted: Wanted, now: number): Recommendation[] {
    const { kind, placement, limit, filter } = wanted;
    const known = (ids: Iterable<unknown>) => {
      const found: number[] = [];
      for (const id of ids) {
        const handle = handles.known(id);
        if (handle !== NONE) found.push(handle);
      }
      return new Uint32Array(found);
    };
    const item = wanted.item === undefined ? NONE : handles.item(core, wanted.item);
    const basket = known([...wanted.items].reverse());
    const excluded = new Set<unknown>([...wanted.exclude, ...this.#elsewhere(wanted)]);
    const row: Recommendation[] = [];
    for (let round = 0; row.length < limit && round < MOST_ROUNDS; round++) {
      const flat = core.recommend(kind, item, basket, known(excluded), filter ? LONGEST_ROW : limit, now);
      for (let i = 0; i < flat.length; i += 4) {
        const id = handles.text(core, false, flat[i]!);
        if (filter) excluded.add(id);
        // The engine has answered: the page's code may run.
        if (row.length >= limit || (filter && !filter(id))) continue;
        const [code, number] = [REASONS[flat[i + 2]!]!, flat[i + 3]!];
        const about = number === NONE ? "" : handles.text(core, code === "taste", number);
        row.push({ id, score: flat[i + 1]!, reason: this.#reason(code, about) });
      }
      if (!filter || flat.length === 0) break;
    }
    // The engine's row falls; several of them are put in order.
    if (filter) row.sort((a, b) => b.score - a.score);
    this.#shown.set(placement, row.map(({ id }) => id));
    return row;
  }

  /** What rows show that this page asked for before this one. */
  *#elsewhere({ placement, repeat }: Wanted): Iterable<string> {
    const href = typeof location === "undefined" ? "" : location.href;
    if (href !== this.#href) {
      this.#href = href;
      const address = href.replace(/#.*/, "");
      if (address !== this.#address) this.#shown.clear();
      this.#address = address;
    }
    if (repeat) return;
    for (const [name, ids] of this.#shown) {
      if (name === placement) return;
      yield* ids;
    }
  }

  #reason(code: ReasonCode, about: string): Reason {
    const name = code === "taste" ? about.split(" > ").at(-1)!.replace(/^\w+:/, "").replaceAll("-", " ") : this.#memory.title(about);
    const text = WORDS[code](name);
    return about === "" ? { code, text } : { code, text, about };
  }
}

const WORDS: Record<ReasonCode, (name: string | undefined) => string> = {
  lookedAtTogether: name => `Often chosen together with ${name ?? "this"}`,
  lookedAt: name => (name ? `Because you looked at ${name}` : "Because of what you looked at"),
  similar: name => (name ? `Similar to ${name}` : "Much in common with this"),
  similarVisits: () => "Found by others who looked at the same things",
  taste: name => (name ? `Because you like ${name}` : "To your taste"),
  popular: () => "Popular in this shop",
  shopOrder: () => "One of the shop's own favourites",
  seen: () => "You looked at this",
  boughtBefore: () => "You bought this before",
  due: () => "You may be running low",
  goesWith: name => `Goes with ${name ?? "what is in your basket"}`,
  boughtTogether: name => `Often bought with ${name ?? "this"}`,
  nextNeed: () => "Often needed after what you bought",
  looksLike: name => `Looks like ${name ?? "this"}`,
};
