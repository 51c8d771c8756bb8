/** How events reach the engine: collected during a task, handed over together. */
import { EVENT_KINDS, type Sink } from "./core.js";
import type { Emitter } from "./emitter.js";
import type { Engine } from "./engine.js";
import { ReshelfError, kindOf } from "./errors.js";
import type { Handles } from "./handles.js";
import type { Intake } from "./intake.js";
import { KIND, SUBJECT } from "./kinds.js";
import { afterwards } from "./press.js";
import { EventQueue } from "./queue.js";
import type { ReshelfEvent } from "./types.js";

export class Feed {
  /** While set, events are dropped. */
  paused = false;
  readonly #engine: Engine;
  readonly #handles: Handles;
  readonly #intake: Intake;
  readonly #clock: () => number;
  readonly #settled: () => void;
  readonly #emitter: Emitter;
  readonly #queue = new EventQueue();
  /** Epoch ms of the events in the queue. */
  #now = 0;
  #scheduled = false;

  /** @param settled called once after each task, or press, that had events, when they are learned and stored. */
  constructor(engine: Engine, handles: Handles, intake: Intake, clock: () => number, settled: () => void, emitter: Emitter) {
    this.#engine = engine;
    this.#handles = handles;
    this.#intake = intake;
    this.#clock = clock;
    this.#settled = settled;
    this.#emitter = emitter;
  }

  /**
   * Takes an event from the caller.
   * @throws ReshelfError `invalid-event`
   */
  track(event: ReshelfEvent): void {
    if (typeof event !== "object" || event === null) {
      throw new ReshelfError("invalid-event", "event", `must be an object with a type; got ${kindOf(event)}.`);
    }
    let kind: number | undefined;
    let subject: unknown;
    let dwellMs: unknown;
    let at: unknown;
    let placement: unknown;
    let position: unknown;
    try {
      kind = KIND.get(event.type);
      if (kind !== undefined) {
        const field = SUBJECT[kind]!;
        // The common case by name: engines read a fixed property faster.
        subject = field === "item" ? (event as { item: unknown }).item : (event as unknown as Record<string, unknown>)[field];
        ({ dwellMs, at, placement, position } = event);
      }
    } catch {
      throw new ReshelfError("invalid-event", "event", "could not be read: a getter threw. Pass plain values.");
    }
    if (kind === undefined) {
      throw new ReshelfError("invalid-event", "event.type", `must be one of ${EVENT_KINDS.join(", ")}.`);
    }
    this.add(kind, subject, at, dwellMs, placement, position);
  }

  /** Takes an event as the caller gave it: everything but `kind` may be anything. */
  add(kind: number, subject: unknown, at: unknown, dwellMs: unknown, placement: unknown, position: unknown): void {
    const core = this.#engine.core;
    if (core === undefined || this.paused) return;
    const queue = this.#queue;
    try {
      if (queue.empty) {
        // One reading for all events that wait: a task, or a frame, is short against the
        // shortest half-life of 30 minutes, and reading costs as much as the rest.
        this.#now = this.#clock();
        if (!this.#scheduled) {
          this.#scheduled = true;
          afterwards(this.settle);
        }
      }
      const handles = this.#handles;
      const isItem = SUBJECT[kind] === "item";
      // What is told of an item is filed by its row, and items are numbered as they come.
      if (isItem) this.#intake.flush();
      const handle = isItem ? handles.item(core, subject) : handles.symbol(core, subject);
      const time = typeof at === "number" && Number.isFinite(at) ? at : this.#now;
      queue.push(kind, handle, time, duration(dwellMs), handles.symbol(core, placement), place(position));
      if (this.#emitter.hears("tracked")) {
        this.#emitter.emit("tracked", { type: EVENT_KINDS[kind], [SUBJECT[kind]!]: subject, dwellMs, placement, position, at: time } as unknown as ReshelfEvent);
      }
    } catch (error) {
      this.#engine.fail(error, core);
    }
    if (queue.full) this.hand();
  }

  /** The tracker's way in. */
  readonly sink: Sink = (kind, subject, dwellMs, placement, position) => {
    this.add(kind, subject, undefined, dwellMs < 0 ? undefined : dwellMs, placement, position);
  };

  /** Gives the engine all that waits, rows too; every call that reads does this first. */
  flush(): void {
    this.#intake.flush();
    this.hand();
  }

  /** Gives the engine the events that wait. */
  hand(): void {
    if (this.#queue.empty) return;
    const events = this.#queue.take();
    this.#engine.ask(core => core.track(events, this.#now), undefined);
  }

  /** Forgets what waits. */
  discard(): void {
    this.#queue.take();
  }

  /** What a batch of events ends with, after the task that tracked them or the answer to the press; where the page goes before that, its keeper calls it. */
  readonly settle = (): void => {
    if (!this.#scheduled) return;
    this.#scheduled = false;
    this.hand();
    this.#engine.ask(core => core.persist(), undefined);
    this.#settled();
  };
}

const duration = (ms: unknown) => (typeof ms === "number" && ms < Infinity ? Math.max(ms, 0) : -1);

const place = (position: unknown) => (typeof position === "number" && position >= 0 && position < 2 ** 31 ? Math.floor(position) : -1);
