/**
 * Keeps what the shopper consented to keep: mirrors the ledger, tells other
 * pages that this one is open, moves what is finished into snapshots, and
 * notices when another page erased the store. Exists only while there is
 * consent; the engine decides everything, this is when and where.
 */
import type { Core } from "./core.js";
import { ask, locks } from "./locks.js";
import { type Changes, Mirror } from "./mirror.js";

/** At most so long is a change only in `localStorage`, in milliseconds. */
const MIRROR_EVERY_MS = 100;
/** `SETTLE_MS` of `src/engine/compaction.rs`, which says why. */
const SETTLE_MS = 500;
/** After so long, in milliseconds, the frame that answers a press is there: `SCAN_AFTER_MS` of `src/web/tracker.rs`. */
const FRAME_MS = 50;
/** How often an erasure is swept at most, while there is something to be found. */
const SWEEPS = 3;
/** How long after an erasure a page asks which others are open, in milliseconds. */
const ARRIVAL_MS = 50;
/** Longest wait for the lock before it is taken from whoever is frozen with it. */
const PATIENCE_MS = 2_000;

/** What a keeper asks of the instance it works for. */
export interface Kept {
  /** Asks the engine; `otherwise` when there is none. */
  ask<T>(question: (core: Core) => T, otherwise: T): T;
  /** Hands over what was tracked, and stores it. */
  settle(): void;
  /** The ledger learnt something from the mirror. */
  learned(): void;
  /** Another page erased the store; the engine has forgotten everything and stores nothing more. */
  erased(): void;
}

export class Keeper {
  readonly #prefix: string;
  readonly #kept: Kept;
  readonly #mirror: Mirror;
  readonly #pending: Changes = new Map();
  readonly #listening = new AbortController();
  /** When this page heard last of each page, by name: that it is open, or of a change to its journals. */
  readonly #heard = new Map<string, number>();
  /** Names of the pages that were open when this one looked last. */
  #open: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #forgetting: Promise<void> = Promise.resolve();
  #leave: (() => void) | undefined;
  /** Resolves when this page is left. */
  #left: Promise<void> = Promise.resolve();
  #sleeping = false;
  /** Until when this page knows of all that was written before it began, and who was open since. */
  #young = 0;
  #compacting = false;
  #ended = false;

  /** @param pressed whether the shopper waits for a frame: what can wait then begins after it. */
  constructor(store: string, kept: Kept, pressed: boolean) {
    this.#prefix = `reshelf.${store}.`;
    this.#kept = kept;
    this.#mirror = new Mirror(store);
    // Not in the capture phase, where the tracker listens: what it tells of the
    // same event is to be stored along.
    const listen = (target: EventTarget, type: string, act: (event: Event) => void) =>
      // A test's window may be none.
      target.addEventListener?.(type, act, { signal: this.#listening.signal });
    listen(document, "visibilitychange", () => document.visibilityState === "hidden" && this.#hide());
    listen(document, "freeze", () => this.#sleep());
    listen(document, "resume", () => this.#wake());
    listen(window, "pagehide", event => this.#rest((event as PageTransitionEvent).persisted));
    listen(window, "pageshow", event => (event as PageTransitionEvent).persisted && this.#wake(true));
    listen(window, "storage", event => this.#changedElsewhere(event as StorageEvent));
    if (pressed) setTimeout(() => this.#begin(), FRAME_MS);
    else this.#begin();
  }

  /** A page that is only being prerendered is no page yet: nobody may ever see it, and it leaves no trace. */
  #begin(): void {
    if (this.#leave || this.#sleeping || this.#ended) return;
    if ((document as { prerendering?: boolean }).prerendering) {
      document.addEventListener("prerenderingchange", () => this.#begin(), { once: true, signal: this.#listening.signal });
      return;
    }
    this.#young = performance.now() + SETTLE_MS;
    this.#enter();
    void this.#live();
    this.#collect();
    void this.#takeIn();
  }

  /** To be called after the engine stored something. As cheap as can be: it happens with every event. */
  changed(): void {
    if (!this.#ended && !this.#sleeping) this.#timer ??= setTimeout(() => this.#flush(), MIRROR_EVERY_MS);
  }

  /** After the engine forgot everything: so does the mirror, and what other pages write too late is removed. */
  forget(): Promise<void> {
    // One after the other: the end of one must not be taken for the end of the next.
    const next = this.#forgetting.then(() => this.#sweep());
    this.#forgetting = next.catch(() => {});
    return next;
  }

  async #sweep(): Promise<void> {
    this.#pending.clear();
    const look = this.#live();
    await this.#writing;
    await this.#mirror.erase();
    await look;
    // A page that has just been opened says so by then.
    await pause(ARRIVAL_MS);
    const known = await this.#live();
    const own = this.#kept.ask(core => core.page(), "");
    // What these write may still be of before, and what those wrote that are gone may not be seen yet.
    const others = this.#recent().filter(page => page !== own);
    this.#look(core => core.distrust(others.join("\n")));
    let rounds = known !== undefined && others.length === 0 ? 0 : SWEEPS;
    for (let attempt = 0; rounds > 0 && attempt < 3 * SWEEPS && !this.#ended && !this.#sleeping; attempt++) {
      const acted = await this.#alone(live => this.#look(core => core.compact(live, false)), "patient");
      if (!acted) continue;
      // Where something was found there may be more that did not arrive yet.
      rounds = this.#pending.size > 0 ? rounds - 1 : 0;
      await this.#flush();
    }
    this.#look(core => core.distrust(undefined));
    await this.#flush();
  }

  /** Ends the keeping and leaves what is stored; resolves when the last change is mirrored. */
  async end(): Promise<void> {
    const flushed = this.#flush();
    this.#close();
    await flushed;
    this.#mirror.close();
  }

  /**
   * Ends the keeping and erases the mirror. Then `wipe` is called for what other pages write
   * before they learn of it: they ask half a second later, and what they moved is seen later yet.
   */
  async erase(wipe: () => unknown): Promise<void> {
    this.#pending.clear();
    const alone = this.isAlone();
    this.#close();
    await this.#writing;
    await this.#mirror.erase();
    this.#mirror.close();
    if (!(await alone)) {
      await pause(3 * SETTLE_MS);
      await wipe();
      await pause(SETTLE_MS);
    }
    await wipe();
  }

  /** Whether no other page of this store is open, if the browser tells. */
  async isAlone(): Promise<boolean> {
    return ((await this.#live())?.length ?? 2) <= 1;
  }

  #close(): void {
    this.#ended = true;
    this.#listening.abort();
    clearTimeout(this.#timer);
    this.#leave?.();
  }

  /** Another page erased the store. What this one gave to the mirror before it knew is taken back. */
  #stop(): void {
    if (this.#ended) return;
    const page = this.#kept.ask(core => core.page(), "");
    this.#close();
    this.#pending.clear();
    const back = () => this.#mirror.takeBack(`${this.#prefix}j.${page.slice(0, 12)}`, `${this.#prefix}s.${page}`);
    void this.#writing.then(back).then(() => this.#mirror.close());
    this.#kept.erased();
  }

  #hide(): void {
    this.#kept.settle();
    void this.#flush();
  }

  /** Asks the engine, and acts on what it found. */
  #look(at: (core: Core) => void): void {
    this.#kept.ask(at, undefined);
    this.#collect();
  }

  /** Takes from the engine what waits for the mirror, and looks how it is. */
  #collect(): void {
    if (this.#ended) return;
    const lines = this.#kept.ask(core => core.takeOut(), "").split("\n");
    for (let i = 0; i + 1 < lines.length; i += 2) this.#pending.set(lines[i]!, lines[i + 1] || undefined);
    if (!this.#kept.ask(core => core.attached(), true)) return this.#stop();
    if (this.#pending.size > 0) this.changed();
    const crowd = this.#kept.ask(core => core.crowd(), 0);
    if (!this.#compacting && !this.#sleeping && crowd > 0) {
      // Who was open and gone in an older page's life may have a write on its way.
      void this.#compact(crowd > 1 && performance.now() < this.#young);
    }
  }

  #changedElsewhere({ key, newValue }: StorageEvent): void {
    if (key !== null && !key.startsWith(this.#prefix)) return;
    if (key && /\.[js]\.\w{16}$/.test(key)) this.#hear(`${key.slice(-16, -4)}0000`);
    this.#look(core => core.changedElsewhere(key ?? undefined, newValue === null));
  }

  // ---------------------------------------------------------------- mirror

  async #takeIn(): Promise<void> {
    const records = await this.#mirror.read();
    if (this.#ended || records === "failed") return;
    if (records === "erased") return this.#doubt();
    this.#look(core => core.takeIn(records.join("\n")));
    if (records.length > 0) this.#kept.learned();
  }

  /** The mirror was erased, by another page or by the browser: storage tells, once it must have heard of it. */
  async #doubt(): Promise<void> {
    await pause(SETTLE_MS);
    if (this.#ended) return;
    const outlives = this.#kept.ask(core => core.outlivesMirror(), false);
    if (!outlives) return this.#stop();
    this.#mirror.forgetMarker();
    this.#collect();
  }

  /** Writes what waits, after what is being written; resolves when it is there. */
  #flush(): Promise<void> {
    if (this.#sleeping) return this.#writing;
    this.#collect();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#writing = this.#writing.then(() => this.#write()));
  }

  async #write(): Promise<void> {
    // What was erased meanwhile is not to come back through this door.
    this.#look(core => core.check());
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.size === 0) return;
    const changes = new Map(this.#pending);
    this.#pending.clear();
    const mirrored = await this.#mirror.write(changes);
    if (mirrored === "failed") {
      // Kept for the next time; what has changed since is newer.
      for (const [key, text] of changes) if (!this.#pending.has(key)) this.#pending.set(key, text);
    } else if (mirrored === "erased" && !this.#ended) {
      for (const [key, text] of changes) if (!this.#pending.has(key)) this.#pending.set(key, text);
      await this.#doubt();
    }
  }

  // ----------------------------------------------------------------- locks

  /** Says that this page is open, until `#leave`. */
  #enter(): void {
    const page = this.#kept.ask(core => core.page(), "");
    const left = (this.#left = new Promise<void>(resolve => (this.#leave = resolve)));
    void ask(`${this.#prefix}o.${page}`, {}, () => left);
  }

  /**
   * The page is left. One that may be kept for the back button cannot say then
   * that it is open, and must not have anything under way: its last changes are
   * in `localStorage`, and the next page mirrors what it finds there.
   */
  #rest(kept: boolean): void {
    this.#kept.settle();
    if (kept) this.#sleep();
    this.#look(core => core.rest());
    void this.#flush();
    this.#leave?.();
  }

  #sleep(): void {
    this.#sleeping = true;
    this.#young = 0;
    // Whoever was late has heard of an erasure when this page runs again.
    this.#kept.ask(core => core.distrust(""), undefined);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#mirror.sleep();
  }

  #wake(wasLeft = false): void {
    this.#sleeping = false;
    this.#mirror.wake();
    if (wasLeft) this.#enter();
    this.#look(core => core.check());
  }

  /** Names of the open pages; undefined where nobody can tell. */
  async #live(): Promise<string[] | undefined> {
    try {
      const { held = [] } = await (locks() as LockManager).query();
      const prefix = `${this.#prefix}o.`;
      const open = held.flatMap(({ name = "" }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
      // One that was open when this page looked before may have written until just now.
      for (const page of [...open, ...this.#open]) this.#hear(page);
      return (this.#open = open);
    } catch {
      return undefined;
    }
  }

  #hear(page: string): void {
    this.#heard.delete(page);
    this.#heard.set(page, performance.now());
    // The oldest first: one page load after another must not fill the memory of a page that stays.
    for (const [name, at] of this.#heard) {
      if (performance.now() - at < SETTLE_MS) break;
      this.#heard.delete(name);
    }
  }

  /** Names of pages that were open or wrote within the time that a write may take to be seen. */
  #recent(): string[] {
    return [...this.#heard].flatMap(([page, at]) => (performance.now() - at < SETTLE_MS ? [page] : []));
  }

  async #compact(urgently: boolean): Promise<void> {
    this.#compacting = true;
    await this.#alone(live => live !== undefined && this.#look(core => core.compact(live, urgently)), urgently ? "urgent" : "idle");
    // Where another page had the lock, it is asked for again, but not at once.
    await pause(urgently ? MIRROR_EVERY_MS : SETTLE_MS);
    this.#compacting = false;
    this.#collect();
  }

  /**
   * Acts while no other page compacts: holds the lock, lets everybody's writes
   * arrive (unless it is urgent), acts in one step, and lets its own arrive. Not
   * at all if the lock was taken away or the page slept meanwhile.
   * Patiently: waits for the lock, and acts without one where there are none.
   * Whether it acted.
   */
  async #alone(act: (live: string | undefined) => void, how: "idle" | "urgent" | "patient"): Promise<boolean> {
    if (!locks()) {
      if (how === "patient") await pause(SETTLE_MS);
      act(undefined);
      return true;
    }
    let acted = false;
    let stolen = false;
    const settle = () => Promise.race([pause(SETTLE_MS), this.#left]);
    const hold = async (lock: Lock | null): Promise<void> => {
      if (!lock) return;
      const [start, wall] = [performance.now(), Date.now()];
      // Whoever is open at either moment may still have a write on its way.
      const before = await this.#live();
      if (how !== "urgent") await settle();
      // What late pages wrote before they could know of an erasure comes later still.
      if (how === "patient") await settle();
      // A page that is left must have nothing under way.
      if (this.#sleeping) return;
      const now = await this.#live();
      // As may whoever has just been open, or written, and is gone since.
      const live = before && now && [...before, ...now, ...this.#recent()].join("\n");
      // A browser that was killed can leave newer copies in the mirror only.
      await this.#takeIn();
      const slept = Math.max(performance.now() - start, Math.abs(Date.now() - wall)) > 10 * SETTLE_MS;
      if (!stolen && !slept && !this.#sleeping && !this.#ended) {
        act(live);
        acted = true;
      }
      if (how !== "patient") await settle();
    };
    const name = `${this.#prefix}c`;
    const request = (options: LockOptions) => ask(name, options, hold).catch(() => void (stolen = true));
    if (how !== "patient") {
      await request({ ifAvailable: true });
      return acted;
    }
    const waiting = new AbortController();
    const timer = setTimeout(() => waiting.abort(), PATIENCE_MS);
    let held = false;
    await ask(name, { signal: waiting.signal }, lock => {
      held = true;
      clearTimeout(timer);
      return hold(lock);
    }).catch(() => void (stolen = held));
    if (!held) await request({ steal: true });
    return acted;
  }
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
