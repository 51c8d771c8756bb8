/**
 * What this side remembers for an engine that may have to take another's place:
 * the shop's rows, and without consent, where the ledger is in memory only, a
 * copy of it. With consent the ledger is in storage.
 */
import type { Core } from "./core.js";
import type { Handles } from "./handles.js";
import { type CheckedRow, packRows } from "./rows.js";

/** A copy of the ledger is at most so old, in milliseconds; it costs more than an event. */
const COPY_EVERY_MS = 100;

export class Memory {
  readonly #rows = new Map<string, CheckedRow>();
  #journals: string[] = [];
  /** Brought back by the shopper, and not in storage yet. */
  #brought: readonly string[] = [];
  #copied = -Infinity;

  addItems(rows: readonly CheckedRow[]): void {
    for (const row of rows) this.#rows.set(row.id, row);
  }

  /** Rows that say what is known of their items, and for themselves only what is not. */
  completed(rows: readonly CheckedRow[]): CheckedRow[] {
    return rows.map(row => {
      const known = Object.entries(this.#rows.get(row.id) ?? {}).filter(([, value]) => value !== undefined);
      return { ...row, ...Object.fromEntries(known) };
    });
  }

  /** Tells an engine rows, and `handles` what it calls them. */
  register(core: Core, handles: Handles, rows: readonly CheckedRow[]): void {
    const numbers = core.addItems(...packRows(rows));
    rows.forEach((row, i) => handles.register(row.id, numbers[i]!));
  }

  /** What the shop calls an item, if it said. */
  title(id: string): string | undefined {
    return this.#rows.get(id)?.title ?? undefined;
  }

  /** Remembers journals that the engine took back without storage. */
  bring(journals: readonly string[]): void {
    this.#brought = [...this.#brought, ...journals];
  }

  /** Has the engine, which has storage now, store what was brought back before. */
  hand(core: Core): void {
    if (this.#brought.length > 0) core.import(this.#brought.join("\n"));
  }

  /** Copies the ledger, from time to time. */
  note(core: Core): void {
    const now = performance.now();
    if (now - this.#copied < COPY_EVERY_MS) return;
    this.#copied = now;
    this.#journals = core.journals();
  }

  /** Tells a new engine all of it. */
  recall(core: Core, handles: Handles): void {
    this.register(core, handles, [...this.#rows.values()]);
    // Each journal is a record of its own; nothing reads the key.
    core.takeIn(this.#journals.flatMap(text => ["-", text]).join("\n"));
  }

  /** Forgets the copy of the ledger. */
  forget(): void {
    this.#brought = this.#journals = [];
    this.#copied = -Infinity;
  }
}
