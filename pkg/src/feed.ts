/** How events reach the engine: collected during a task, handed over together. */
import { EVENT_KINDS, type Sink } from "./core.js";
import type { Emitter } from "./emitter.js";
import type { Engine } from "./engine.js";
import type { Handles } from "./handles.js";
import { SUBJECT } from "./kinds.js";
import { EventQueue } from "./queue.js";
import type { ReshelfEvent } from "./types.js";

export class Feed {
  /** While set, events are dropped. */
  paused = false;
  readonly #engine: Engine;
  readonly #handles: Handles;
  readonly #clock: () => number;
  readonly #settled: () => void;
  readonly #emitter: Emitter;
  readonly #queue = new EventQueue();
  /** Epoch ms of the events in the queue. */
  #now = 0;
  #scheduled = false;

  /** @param settled called once after each task that had events, when they are learned and stored. */
  constructor(engine: Engine, handles: Handles, clock: () => number, settled: () => void, emitter: Emitter) {
    this.#engine = engine;
    this.#handles = handles;
    this.#clock = clock;
    this.#settled = settled;
    this.#emitter = emitter;
  }

  /** Takes an event as the caller gave it: everything but `kind` may be anything. */
  add(kind: number, subject: unknown, at: unknown, dwellMs: unknown, placement: unknown, position: unknown): void {
    const core = this.#engine.core;
    if (core === undefined || this.paused) return;
    const queue = this.#queue;
    try {
      if (queue.empty) {
        // One reading for all events of a task: a task is short against the
        // shortest half-life of 30 minutes, and reading costs as much as the rest.
        this.#now = this.#clock();
        if (!this.#scheduled) {
          this.#scheduled = true;
          queueMicrotask(this.settle);
        }
      }
      const handles = this.#handles;
      const handle = SUBJECT[kind] === "item" ? handles.item(core, subject) : handles.symbol(core, subject);
      const time = typeof at === "number" && Number.isFinite(at) ? at : this.#now;
      queue.push(kind, handle, time, duration(dwellMs), handles.symbol(core, placement), place(position));
      if (this.#emitter.hears("tracked")) {
        this.#emitter.emit("tracked", { type: EVENT_KINDS[kind], [SUBJECT[kind]!]: subject, dwellMs, placement, position, at: time } as unknown as ReshelfEvent);
      }
    } catch (error) {
      this.#engine.fail(error, core);
    }
    if (queue.full) this.flush();
  }

  /** The tracker's way in. */
  readonly sink: Sink = (kind, subject, dwellMs, placement, position) => {
    this.add(kind, subject, undefined, dwellMs < 0 ? undefined : dwellMs, placement, position);
  };

  /** Gives the engine what waits; every call that reads does this first. */
  flush(): void {
    if (this.#queue.empty) return;
    const events = this.#queue.take();
    this.#engine.ask(core => core.track(events, this.#now), undefined);
  }

  /** Forgets what waits. */
  discard(): void {
    this.#queue.take();
  }

  /** What a batch of events ends with, after the task that tracked them. */
  readonly settle = (): void => {
    if (!this.#scheduled) return;
    this.#scheduled = false;
    this.flush();
    this.#engine.ask(core => core.persist(), undefined);
    this.#settled();
  };
}

const duration = (ms: unknown) => (typeof ms === "number" && ms < Infinity ? Math.max(ms, 0) : -1);

const place = (position: unknown) => (typeof position === "number" && position >= 0 && position < 2 ** 31 ? Math.floor(position) : -1);
