/**
 * The engine's numbers for the caller's texts. Kept on this side of the
 * boundary, so that no text crosses it in `order` and `track`. Maps, not
 * objects: a shop may well sell an item called `__proto__`.
 */
import { NONE, type Core } from "./core.js";
import { LONGEST_TEXT } from "./rows.js";

// Bounds for pages that invent ids or queries without end. An item beyond the
// first keeps its place in every order; the symbols start again from nothing.
const MOST_ITEMS = 250_000;
const MOST_SYMBOLS = 4_096;

export class Handles {
  readonly #items = new Map<string, number>();
  readonly #symbols = new Map<string, number>();
  readonly #ids = new Map<number, string>();
  readonly #attributes = new Map<number, string>();
  // Events of one task mostly name one placement, and orders one query.
  #lastText: unknown;
  #lastSymbol = NONE;

  /** Remembers what the engine answered to `addItems`. */
  register(id: string, handle: number): void {
    if (handle !== NONE && (this.#items.size < MOST_ITEMS || this.#items.has(id))) this.#items.set(id, handle);
  }

  /** Handle of an item the engine has met, else `NONE`. */
  known(id: unknown): number {
    const handle = this.#items.get(idText(id));
    return handle === undefined ? NONE : handle;
  }

  /** Handle of any item; introduces an unknown one to the engine. */
  item(core: Core, id: unknown): number {
    const text = idText(id);
    const known = this.#items.get(text);
    if (known !== undefined) return known;
    if (text === "" || text.length > LONGEST_TEXT || this.#items.size >= MOST_ITEMS) return NONE;
    const handle = core.item(text);
    this.register(text, handle);
    return handle;
  }

  /** The id of an item, or the value of an attribute, that the engine has answered with. */
  text(core: Core, attribute: boolean, number: number): string {
    const known = attribute ? this.#attributes : this.#ids;
    let text = known.get(number);
    if (text === undefined) known.set(number, (text = core.text(attribute, number)));
    return text;
  }

  /** Handle of a placement, query, section, banner …; `NONE` for what is no such text. */
  symbol(core: Core, text: unknown): number {
    if (text === this.#lastText) return this.#lastSymbol;
    if (typeof text !== "string" || text === "" || text.length > LONGEST_TEXT) return NONE;
    let symbol = this.#symbols.get(text);
    if (symbol === undefined) {
      if (this.#symbols.size >= MOST_SYMBOLS) this.#symbols.clear();
      symbol = core.symbol(text);
      this.#symbols.set(text, symbol);
    }
    this.#lastText = text;
    this.#lastSymbol = symbol;
    return symbol;
  }

  /** Forgets all texts but item ids. The engine answers with the same handle when asked again. */
  forgetSymbols(): void {
    this.#symbols.clear();
    this.#lastText = undefined;
    this.#lastSymbol = NONE;
  }

  /** Forgets everything, with an engine that is gone. */
  clear(): void {
    this.#items.clear();
    this.#ids.clear();
    this.#attributes.clear();
    this.forgetSymbols();
  }
}

/** An id as text; empty, which names nothing, for what cannot be one. Never throws, unlike `String`. */
export function idText(id: unknown): string {
  if (typeof id === "string") return id;
  return typeof id === "number" || typeof id === "bigint" ? String(id) : "";
}
