/**
 * The instance behind `createReshelf`: checks what the caller says, keeps the
 * engine's failures away from the page, and answers with the merchant's order
 * whenever there is no engine.
 */
import { ORDER, WORD, bringBack, checkValue } from "./amending.js";
import { type Root, mustContain, mustName, ownId, page, wrong } from "./arguments.js";
import type { Core } from "./core.js";
import { Emitter } from "./emitter.js";
import { Engine } from "./engine.js";
import type { Environment } from "./environment.js";
import { ReshelfError, isArray, kindOf } from "./errors.js";
import { Feed } from "./feed.js";
import { Handles, idText } from "./handles.js";
import { Intake } from "./intake.js";
import { Memory } from "./memory.js";
import { announce, endObservations, observeOnce, restartObservations, retire } from "./observers.js";
import type { CheckedOptions } from "./options.js";
import { Permission } from "./permission.js";
import { Rows, checkWanted } from "./recommending.js";
import { checkRows } from "./rows.js";
import { keepSelection } from "./selection.js";
import { Trained } from "./trained.js";
import { unpackArranged, unpackExplanation, unpackIntent, unpackProfile } from "./unpack.js";
import type { AddOptions, ArrangedPlacement, ArrangeOptions, Artifact, Consent, Explanation, ExportedProfile, Intent, ItemId, ItemRow, OrderOptions } from "./types.js";
import type { Profile, ProfileValue, RankOptions, Recommendation, RecommendOptions, Reshelf, ReshelfEvent, RowKind, ShopEvents, Status } from "./types.js";

export class Shop implements Reshelf {
  readonly consent: Consent;
  readonly #environment: Environment;
  readonly #options: CheckedOptions;
  /** With `consent: "auto"`, resolves when what consent platforms say already has been heard; never rejects. */
  readonly followed: Promise<void> | undefined;
  readonly #emitter = new Emitter();
  readonly #handles = new Handles();
  readonly #engine: Engine;
  readonly #intake: Intake;
  readonly #feed: Feed;
  /** What a new engine is told when this one fails. */
  readonly #memory = new Memory();
  readonly #rows = new Rows(this.#memory);
  readonly #permission: Permission;
  readonly #artifact: Trained;
  #status: Status;
  /** Handles of the list being ordered; kept, because lists come often and in similar lengths. */
  #scratch = new Uint32Array(1_024);

  constructor(environment: Environment, options: CheckedOptions, start: Core | Status, make: () => Core) {
    this.#environment = environment;
    this.#options = options;
    this.#status = typeof start === "string" ? start : "ready";
    this.#engine = new Engine(typeof start === "string" ? undefined : start, make, (reason, core) => this.#lost(reason, core));
    this.#intake = new Intake(this.#engine, this.#handles, this.#memory, () => this.#permission.stored());
    this.#feed = new Feed(this.#engine, this.#handles, this.#intake, environment.now, () => this.#settled(), this.#emitter);
    this.#permission = new Permission({
      store: options.store,
      engine: this.#engine,
      feed: this.#feed,
      handles: this.#handles,
      memory: this.#memory,
      emitter: this.#emitter,
      optedOut: () => options.consent === "auto" && environment.optedOut(),
      changed: () => this.#profileChanged(),
    });
    this.#artifact = new Trained(this.#engine, environment.now, () => this.#announce());
    const permission = this.#permission;
    const live = (act: () => void) => () => {
      this.#mustLive();
      act();
    };
    this.consent = {
      get state() {
        return permission.state;
      },
      grant: live(() => permission.grant(true)),
      deny: live(() => permission.deny()),
    };
    if (this.#engine.core && page()) announce(options.store);
    if (options.artifact !== undefined && this.#engine.core) void this.#artifact.start(options.artifact);
    if (options.consent === "granted") permission.grant();
    if (options.consent === "auto" && this.#engine.core && page()) this.followed = permission.follow(options);
  }

  get status(): Status {
    return this.#status;
  }

  get artifact(): Artifact {
    return this.#artifact.state;
  }

  addItems(rows: readonly ItemRow[], options?: AddOptions): void {
    this.#mustLive();
    const given = checkRows(rows);
    // They were tracked before these rows were told.
    this.#feed.hand();
    this.#intake.add(given, options?.keep === true);
  }

  async itemsAdded(): Promise<void> {
    this.#mustLive();
    await this.#intake.work;
  }

  track(event: ReshelfEvent): void {
    this.#mustLive();
    this.#feed.track(event);
  }

  rank<T>(placement: string, list: readonly T[], options?: RankOptions<T>): T[] {
    this.#mustLive();
    if (!isArray(list)) throw wrong("list", `must be an array; got ${kindOf(list)}.`);
    const id = options?.id ?? ownId;
    if (typeof id !== "function") throw wrong("options.id", `must be a function from an entry to its id; got ${kindOf(id)}.`);
    const ids = (list as readonly T[]).map(entry => id(entry));
    const order = this.order(placement, ids, options);
    return Array.from(order, index => list[index]!);
  }

  order(placement: string, ids: readonly ItemId[], options?: OrderOptions): Uint32Array {
    this.#mustLive();
    mustName(placement);
    if (!isArray(ids)) throw wrong("ids", `must be an array of ids; got ${kindOf(ids)}.`);
    const order = this.#permutation(placement, ids, options?.query);
    if (this.#emitter.hears("ranked")) {
      const before = ids.map(idText);
      this.#emitter.emit("ranked", { placement, before, after: Array.from(order, index => before[index]!) });
    }
    return order;
  }

  recommend(kind: RowKind, options?: RecommendOptions): Recommendation[] {
    this.#mustLive();
    const wanted = checkWanted(kind, options);
    this.#feed.flush();
    let mistake: { error: unknown } | undefined;
    const { filter } = wanted;
    // The page's own error is not the engine's failure.
    if (filter) {
      wanted.filter = id => {
        if (mistake) return false;
        try {
          return filter(id);
        } catch (error) {
          mistake = { error };
          return false;
        }
      };
    }
    const row = this.#engine.ask(core => this.#rows.fill(core, this.#handles, wanted, this.#environment.now()), []);
    this.#artifact.hurry();
    if (mistake) throw mistake.error;
    return row;
  }

  arrange(root: Root | undefined = page(), options?: ArrangeOptions): ArrangedPlacement[] {
    this.#mustLive();
    if (root === undefined) return [];
    mustContain(root);
    this.#feed.flush();
    const refresh = options?.refresh === true;
    const flat = keepSelection(() => this.#engine.ask(core => core.arrange(root, refresh, this.#environment.now()), []));
    const arranged = unpackArranged(flat);
    for (const { placement, kind, before, after } of arranged) {
      // The engine now knows these items from their marks; so must `order`.
      if (kind === "products") this.#engine.ask(core => before.forEach(id => this.#handles.item(core, id)), undefined);
      this.#emitter.emit("ranked", { placement, before, after });
    }
    return arranged;
  }

  observe(root: Root | undefined = page()): () => void {
    this.#mustLive();
    if (root === undefined) return () => {};
    mustContain(root);
    const stopper = (core: Core, token: number) => () => {
      try {
        // An engine that is gone watches nothing.
        if (this.#engine.core === core) core.unobserve(token);
      } catch (error) {
        this.#engine.fail(error, core);
      }
    };
    const start = () => this.#engine.ask(core => stopper(core, core.observe(root, this.#feed.sink, this.#engine.guard(core))), () => {});
    return this.#engine.core ? observeOnce(this.#options.store, root, this, start) : () => {};
  }

  explain(placement: string, id: ItemId): Explanation | null {
    this.#mustLive();
    mustName(placement);
    if (typeof id !== "string" && typeof id !== "number") throw wrong("id", `must be a text or a number; got ${kindOf(id)}.`);
    this.#feed.flush();
    const packed = this.#engine.ask(core => core.explain(placement, String(id)), undefined);
    return packed ? unpackExplanation(String(id), packed) : null;
  }

  profile(): Profile {
    this.#mustLive();
    this.#feed.flush();
    const packed = this.#engine.ask(core => core.profile(this.#environment.now()), undefined);
    return unpackProfile(packed ?? [0, undefined, this.#feed.paused, [], [], [], false]);
  }

  intent(): Intent {
    this.#mustLive();
    this.#feed.flush();
    return unpackIntent(this.#engine.ask(core => core.intent(this.#environment.now()), new Float64Array(2)));
  }

  export(): ExportedProfile {
    this.#mustLive();
    this.#feed.flush();
    const told = (ask: (core: Core) => string[]) => this.#engine.ask(ask, []);
    const of = { format: "reshelf-profile", version: 1, store: this.#options.store } as const;
    return { ...of, profile: this.profile(), journals: told(core => core.journals()), unreadable: told(core => core.unreadable()) };
  }

  import(profile: unknown): void {
    this.#mustLive();
    this.#permission.broughtBack(bringBack(this.#engine, profile, this.#options.store));
    this.#permission.amended();
    this.#settled();
  }

  mute(value: ProfileValue): void {
    this.#amend(WORD.mute, checkValue(value));
  }

  unmute(value: ProfileValue): void {
    this.#amend(WORD.unmute, checkValue(value));
  }

  correct(value: ProfileValue): void {
    this.#amend(WORD.correct, checkValue(value));
  }

  preferShopOrder(preferred: boolean): void {
    this.#amend(preferred ? WORD.mute : WORD.unmute, ORDER);
  }

  async forget(): Promise<void> {
    this.#mustLive();
    await this.#permission.forget();
  }

  pause(): void {
    this.#setPaused(true);
  }

  resume(): void {
    this.#setPaused(false);
  }

  on<E extends keyof ShopEvents>(event: E, handler: (detail: ShopEvents[E]) => void): () => void {
    this.#mustLive();
    if (!this.#emitter.knows(event)) throw wrong("event", `must be "ranked", "tracked", "status", "consent", "profile" or "storage"; got ${kindOf(event)}.`);
    if (typeof handler !== "function") throw wrong("handler", `must be a function; got ${kindOf(handler)}.`);
    return this.#emitter.on(event, handler);
  }

  destroy(): void {
    if (this.#status === "destroyed") return;
    // In this order: a tracker that stops reports the last dwell, and that is
    // to be stored before the engine goes.
    endObservations(this.#options.store, this);
    this.#feed.settle();
    this.#permission.end();
    this.#artifact.end();
    if (this.#engine.core) {
      this.#engine.end();
      this.#release();
    }
    this.#setStatus("destroyed");
  }

  /** Hands waiting events to the engine; a clock that tests move by hand calls it before it moves. */
  drain(): void {
    this.#feed.flush();
  }

  #amend(word: number, [kind, text]: [kind: number, text: string]): void {
    this.#mustLive();
    this.#feed.flush();
    this.#engine.ask(core => core.amend(kind, text, word, this.#environment.now()), undefined);
    this.#engine.ask(core => core.persist(), undefined);
    this.#permission.amended();
    this.#settled();
  }

  /** A task that had events is over, and they are stored. */
  #settled(): void {
    this.#permission.settled();
    this.#artifact.look();
    this.#profileChanged();
  }

  #profileChanged(): void {
    if (this.#engine.core && this.#emitter.hears("profile")) this.#emitter.emit("profile", this.profile());
  }

  // ----------------------------------------------------------------- order

  #permutation(placement: string, ids: readonly unknown[], query: unknown): Uint32Array {
    this.#feed.flush();
    const count = ids.length;
    const core = this.#engine.core;
    if (core === undefined || count === 0) return identity(count);
    if (this.#scratch.length < count) this.#scratch = new Uint32Array(count * 2);
    const scratch = this.#scratch;
    const handles = this.#handles;
    for (let i = 0; i < count; i++) scratch[i] = handles.known(ids[i]);
    try {
      const items = scratch.subarray(0, count);
      const order = core.order(handles.symbol(core, placement), items, handles.symbol(core, query), this.#environment.now());
      // A shorter answer would hide products; that is worse than no ranking.
      if (order.length !== count) throw new Error(`${order.length} places for ${count} items`);
      return order;
    } catch (error) {
      this.#engine.fail(error, core);
      return identity(count);
    }
  }

  // ---------------------------------------------------------------- learning

  #setPaused(paused: boolean): void {
    this.#mustLive();
    this.#feed.flush();
    this.#feed.paused = paused;
    this.#engine.ask(core => core.setPaused(paused), undefined);
    this.#profileChanged();
  }

  // ------------------------------------------------------------- the engine

  /**
   * An engine failed. The new one, if there is one, is told what the old one
   * knew; otherwise the page keeps the merchant's order from here on.
   */
  #lost(reason: unknown, core: Core | undefined): void {
    this.#feed.discard();
    this.#handles.clear();
    if (core === undefined) {
      this.#permission.end();
      this.#artifact.end();
      this.#release();
      this.#setStatus("inert:failed");
      console.warn("reshelf: the engine stopped; the page keeps the merchant's order.", reason);
      return;
    }
    console.warn("reshelf: the engine stopped and was started again; the page is not affected.", reason);
    this.#engine.ask(core => this.#memory.recall(core, this.#handles), undefined);
    this.#artifact.recall();
    if (this.#feed.paused) this.#engine.ask(core => core.setPaused(true), undefined);
    this.#permission.keep();
    restartObservations(this.#options.store, this);
  }

  /** Lets go of all that refers to an engine that is gone. */
  #release(): void {
    endObservations(this.#options.store, this);
    this.#feed.discard();
    this.#intake.discard();
    this.#handles.clear();
    if (page()) retire(this.#options.store);
  }

  #setStatus(status: Status): void {
    this.#status = status;
    this.#announce();
  }

  #announce(): void {
    this.#emitter.emit("status", { status: this.#status, artifact: this.artifact });
  }

  #mustLive(): void {
    if (this.#status === "destroyed") {
      throw new ReshelfError("destroyed", "this instance", "was destroyed. Create a new one with createReshelf().");
    }
  }
}

const identity = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);
