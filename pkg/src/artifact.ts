/**
 * The trained artifact on its way to the engine: fetched once, in idle time,
 * without cookies, and given again to an engine that takes another's place.
 * Without it the page works on what it knows of itself.
 */
import { contextLines } from "./context.js";
import type { Core } from "./core.js";
import type { Engine } from "./engine.js";
import type { watchPolicy } from "./load.js";
import type { Artifact, ArtifactTrouble } from "./types.js";

/** Name of the file in its folder, as the trainer writes it. */
const FILE = "reshelf.rsf";
/** Longest that the browser may put the fetch off, in milliseconds; it is not needed for the first order. */
const IDLE_MS = 2_000;
/** Longest that the fetch may take, in milliseconds. */
const LIMIT_MS = 30_000;

/** What the engine answers to bytes it refuses, from 1. */
const REFUSALS: readonly ArtifactTrouble[] = ["foreign", "newer", "truncated", "damaged"];

const ADVICE: Record<ArtifactTrouble, string> = {
  missing: "the server has no such file: serve the folder that `reshelf train --out` wrote",
  unreachable: "it could not be fetched: check the address, and for another origin its Access-Control-Allow-Origin",
  blocked: "the content security policy must allow its address in connect-src",
  late: `it did not arrive within ${LIMIT_MS / 1_000} seconds`,
  foreign: "it is no artifact: a server may have answered with a page of its own",
  newer: "it was trained by a later release: update the package, or train it with this one",
  truncated: "its end is missing: the transfer broke off, or the copy on the server is cut off",
  damaged: "a checksum is wrong: copy or train it again, and serve it as application/octet-stream",
};

/** What an engine has accepted: the bytes, and the surroundings of the page. */
export interface Accepted {
  readonly bytes: Uint8Array;
  readonly context: string;
}

/** One way of an artifact, from the server to the engine. */
export class ArtifactLoader {
  readonly #engine: Engine;
  readonly #become: (state: Artifact, accepted?: Accepted) => void;
  readonly #abort: AbortSignal;
  readonly #watch: typeof watchPolicy;
  readonly #now: () => number;

  /**
   * @param now epoch milliseconds.
   * @param become told how far it is, with what an engine has accepted.
   * @param watch given, not imported: this file shares none with the default entry, which then stays whole.
   */
  constructor(engine: Engine, now: () => number, abort: AbortSignal, watch: typeof watchPolicy, become: (state: Artifact, accepted?: Accepted) => void) {
    this.#now = now;
    this.#watch = watch;
    this.#engine = engine;
    this.#abort = abort;
    this.#become = become;
  }

  /** Fetches the artifact of this folder when the browser has nothing better to do. */
  start(folder: string): void {
    const href = fileIn(folder);
    whenIdle(() => void this.#load(href), this.#abort);
  }

  async #load(href: string): Promise<void> {
    const policy = this.#watch(href);
    const limit = AbortSignal.timeout(LIMIT_MS);
    try {
      const response = await fetch(href, { credentials: "omit", signal: either(this.#abort, limit) });
      if (!response.ok) return this.#fail("missing", href, response.status);
      this.#take(new Uint8Array(await response.arrayBuffer()), href);
    } catch (reason) {
      if (this.#abort.aborted) return;
      const trouble = limit.aborted ? "late" : (await policy.forbids(reason)) ? "blocked" : "unreachable";
      this.#fail(trouble, href, reason);
    } finally {
      policy.end();
    }
  }

  #take(bytes: Uint8Array, href: string): void {
    if (this.#abort.aborted) return;
    const context = contextLines(this.#now());
    // An engine that fails at it is one that was given damage.
    const give = (core: Core) => {
      core.setContext(context);
      return core.loadArtifact(bytes);
    };
    const refusal = this.#engine.ask(give, REFUSALS.length);
    if (refusal > 0) return this.#fail(REFUSALS[refusal - 1]!, href);
    this.#become({ state: "ready" }, { bytes, context });
  }

  #fail(code: ArtifactTrouble, href: string, reason: unknown = ""): void {
    if (this.#abort.aborted) return;
    const message = `The artifact ${href} cannot be used: ${ADVICE[code]}.`;
    console.warn(`reshelf: ${message} The page works without it.`, reason);
    this.#become({ state: "failed", code, message });
  }
}

/** A folder with or without its slash, or the file itself. */
function fileIn(href: string): string {
  const at = href.search(/[?#]|$/);
  const path = href.slice(0, at);
  return path.endsWith(".rsf") ? href : `${path.replace(/\/?$/, "/")}${FILE}${href.slice(at)}`;
}

function whenIdle(work: () => void, signal: AbortSignal): void {
  const run = () => {
    if (!signal.aborted) work();
  };
  // Safari has no idle callbacks; a task of its own keeps out of the way of what is being rendered.
  if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: IDLE_MS });
  else setTimeout(run, 200);
}

/** `AbortSignal.any`, which Safari learned with 17.4. */
function either(a: AbortSignal, b: AbortSignal): AbortSignal {
  const both = new AbortController();
  for (const signal of [a, b]) signal.addEventListener("abort", () => both.abort(signal.reason), { once: true });
  return both.signal;
}
