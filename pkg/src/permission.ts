/**
 * The shopper's permission to keep a profile, and all that hangs on it: the
 * engine's storage, the keeper of what is stored, and its deletion. Without
 * permission none of it exists.
 */
import { page } from "./arguments.js";
import type { ConsentSignal, WatchOptions } from "./consent/watch.js";
import type { Core } from "./core.js";
import type { Emitter } from "./emitter.js";
import type { Engine } from "./engine.js";
import type { Feed } from "./feed.js";
import type { Handles } from "./handles.js";
import { Keeper } from "./keeper.js";
import type { Memory } from "./memory.js";
import type { ConsentState } from "./types.js";
import { wipe, wipeBeside, wipeOrders } from "./wipe.js";

/** The parts of an instance that a permission concerns. */
export interface Concerned {
  store: string;
  engine: Engine;
  feed: Feed;
  handles: Handles;
  memory: Memory;
  emitter: Emitter;
  /** Whether permission is refused for good, whatever is granted. */
  optedOut(): boolean;
  /** The profile is another one now. */
  changed(): void;
}

export class Permission {
  readonly #of: Concerned;
  #state: ConsentState = "denied";
  #keeper: Keeper | undefined;
  /** Nothing of this store can be in storage: it was wiped, and consent was not given since. */
  #clean = false;
  #stopWatching: (() => void) | undefined;
  #ended = false;

  constructor(concerned: Concerned) {
    this.#of = concerned;
  }

  get state(): ConsentState {
    return this.#state;
  }

  /** @param pressed whether the shopper waits for the page to answer; see `Keeper`. */
  grant(pressed = false): void {
    if (this.#state === "granted" || this.#of.optedOut()) return;
    this.#state = "granted";
    this.#clean = false;
    this.#of.feed.flush();
    this.keep(pressed);
    this.#of.emitter.emit("consent", { state: "granted" });
    this.#of.changed();
  }

  deny(): void {
    const changed = this.#state === "granted";
    const keeper = this.#keeper;
    this.#keeper = undefined;
    // First the mirror's keeper: it must not write what is about to be erased. Once more
    // for what other pages wrote before they knew of it, also where consent was given again.
    void keeper?.erase(() => (this.#state === "denied" ? wipe(this.#of.store) : this.forget()));
    this.#erase(core => core.deny());
    this.#state = "denied";
    this.#clean = true;
    if (changed) this.#of.emitter.emit("consent", { state: "denied" });
  }

  /** Deletes the profile; permission stays as it is. */
  async forget(): Promise<void> {
    this.#erase(core => core.forget());
    await this.#keeper?.forget();
  }

  /** Gives the engine its storage, and the storage its keeper: after a grant, and for a new engine. */
  keep(pressed = false): void {
    if (this.#state === "denied") return;
    const { store, engine, feed, memory, emitter, changed } = this.#of;
    if (!engine.ask(core => core.grant(), false)) return emitter.emit("storage", { trouble: "unavailable" });
    engine.ask(core => memory.hand(core), undefined);
    memory.forget();
    const unreadable = engine.ask(core => core.unreadable(), []);
    if (unreadable.length > 0) emitter.emit("storage", { trouble: "unreadable", keys: unreadable });
    const kept = { ask: engine.ask, settle: feed.settle, learned: changed, erased: () => this.#erasedElsewhere() };
    this.#keeper ??= new Keeper(store, kept, pressed);
    this.#keeper.changed();
  }

  /** The shopper had their word on the profile: what the stub was left with may contradict it. */
  amended(): void {
    if (this.#state === "granted") wipeOrders(this.#of.store);
  }

  /** Journals were taken back: without permission they are to be stored once there is some. */
  broughtBack(journals: readonly string[]): void {
    if (this.#state === "denied") this.#of.memory.bring(journals);
  }

  /** The engine may have stored something. */
  stored(): void {
    this.#keeper?.changed();
  }

  /** The engine learnt something and stored it, where it may. */
  settled(): void {
    if (this.#keeper) this.#keeper.changed();
    else this.#of.engine.ask(core => this.#of.memory.note(core), undefined);
  }

  /** `consent: "auto"`: follows what the page's consent platforms say. */
  async follow(options: WatchOptions): Promise<void> {
    try {
      const { watchConsent } = await import("./consent/watch.js");
      if (!this.#ended) this.#stopWatching = watchConsent(signal => this.#heard(signal), options);
    } catch {
      // A file that cannot be had grants nothing.
    }
  }

  /** Ends the keeping; what is stored stays. */
  end(): void {
    this.#ended = true;
    this.#stopWatching?.();
    void this.#keeper?.end();
    this.#keeper = undefined;
  }

  /** A refusal erases only what was granted on this page: most pages say no until the shopper's choice is read. */
  #heard(signal: ConsentSignal): void {
    if (this.#ended) return;
    // What is told as watching begins was chosen on an earlier page: nobody waits for an answer.
    if (signal === "granted") this.grant(this.#stopWatching !== undefined);
    else if (signal === "denied" && this.#state === "granted") this.deny();
  }

  /**
   * Another page had everything forgotten, or consent was withdrawn there; this
   * one cannot tell which, so it stores nothing more until it is granted again.
   */
  #erasedElsewhere(): void {
    this.#keeper = undefined;
    this.#state = "denied";
    this.#of.feed.discard();
    this.#of.handles.forgetSymbols();
    this.#of.memory.forget();
    this.#of.emitter.emit("storage", { trouble: "erased" });
    this.#of.emitter.emit("consent", { state: "denied" });
    this.#of.changed();
  }

  /** Deletes the profile in memory and in storage. */
  #erase(byEngine: (core: Core) => void): void {
    const { store, engine, feed, handles, memory, changed } = this.#of;
    feed.discard();
    memory.forget();
    // Queries are the shopper's own words: this side keeps none of them either.
    handles.forgetSymbols();
    engine.ask(byEngine, undefined);
    // The engine reaches storage only with consent; without, an earlier page
    // may have left something there that is now to go.
    const erased = this.#state === "granted" && engine.core !== undefined;
    if (erased) wipeBeside(store);
    else if (!this.#clean && page()) wipe(store);
    this.#clean = this.#state === "denied";
    changed();
  }
}
