/**
 * The trained artifact on its way to the engine: fetched once, in idle time,
 * without cookies. A manifest names its files: the core, which orders need, then
 * the graph, which rows need. Without them the page works on what it knows of
 * itself; without the graph, on the core.
 */
import { contextLines } from "./context.js";
import type { Engine } from "./engine.js";
import type { watchPolicy } from "./load.js";
import type { Artifact, ArtifactTrouble } from "./types.js";

/** Names in the folder, as the trainer writes them: the manifest, and the one file of a folder without. */
const MANIFEST = "reshelf.json";
const FILE = "reshelf.rsf";
/** Of the manifest. */
const FORMAT = "reshelf";
const VERSION = 1;
/** A file of the same folder. */
const NAME = /^[\w-]+\.rsf$/;
/** Longest that the browser may put the fetch off, in milliseconds; it is not needed for the first order. */
const IDLE_MS = 2_000;
/** Longest that the fetch may take, in milliseconds. */
const LIMIT_MS = 30_000;

/** What the engine answers to bytes it refuses, from 1. */
const REFUSALS: readonly ArtifactTrouble[] = ["foreign", "newer", "truncated", "damaged", "unpaired"];
const DAMAGED = 4;

const ADVICE: Record<ArtifactTrouble, string> = {
  missing: "the server has no such file: serve the folder that `reshelf train --out` wrote",
  unreachable: "it could not be fetched: check the address, and for another origin its Access-Control-Allow-Origin",
  blocked: "the content security policy must allow its address in connect-src",
  late: `it did not arrive within ${LIMIT_MS / 1_000} seconds`,
  foreign: "it is no artifact: a server may have answered with a page of its own",
  newer: "it was trained by a later release: update the package, or train it with this one",
  truncated: "its end is missing: the transfer broke off, or the copy on the server is cut off",
  damaged: "a checksum is wrong: copy or train it again, and serve it as application/octet-stream",
  unpaired: "it is of another training than the core: copy the whole folder that `reshelf train --out` wrote",
};

/** What an engine has accepted: files in their order, and the surroundings of the page. */
export interface Accepted {
  readonly files: Uint8Array[];
  readonly context: string;
}

/** One way of an artifact, from the server to the engine. */
export class ArtifactLoader {
  readonly #engine: Engine;
  readonly #become: (state: Artifact, accepted: Accepted) => void;
  readonly #abort: AbortSignal;
  readonly #watch: typeof watchPolicy;
  readonly #accepted: Accepted;

  /**
   * @param now epoch milliseconds.
   * @param become told how far it is, with what an engine has accepted.
   * @param watch given, not imported: this file shares none with the default entry, which then stays whole.
   */
  constructor(engine: Engine, now: number, abort: AbortSignal, watch: typeof watchPolicy, become: (state: Artifact, accepted: Accepted) => void) {
    this.#accepted = { files: [], context: contextLines(now) };
    this.#watch = watch;
    this.#engine = engine;
    this.#abort = abort;
    this.#become = become;
  }

  /** Fetches the artifact of this folder when the browser has nothing better to do; one file after the other. */
  start(folder: string): void {
    whenIdle(async () => {
      const files = await this.#filesOf(folder);
      if (files) this.#next(files);
    }, this.#abort);
  }

  /** Addresses of the files, in the order in which they are of use; undefined when there is nothing to go on with. */
  async #filesOf(folder: string): Promise<string[] | undefined> {
    const [, path = "", query = ""] = /^([^?#]*)(.*)$/.exec(folder)!;
    if (path.endsWith(".rsf")) return [folder];
    const within = (name: string) => path.replace(/\/?$/, "/") + name + query;
    const href = within(MANIFEST);
    return this.#fetch(href, async response => {
      // Whatever else answers under this name: the folder has the one file.
      const manifest = response.ok ? await response.json().catch(() => undefined) : undefined;
      if (manifest?.format !== FORMAT) return [within(FILE)];
      if (manifest.version > VERSION) return this.#fail("newer", href);
      const names: unknown[] = Array.isArray(manifest.files) ? manifest.files.map((entry: { file?: unknown } | null) => entry?.file) : [];
      const isRight = names.length > 0 && names.every((name): name is string => typeof name === "string" && NAME.test(name));
      return isRight ? names.map(within) : this.#fail("damaged", href);
    });
  }

  async #next([href, ...later]: string[]): Promise<void> {
    const bytes = await this.#fetch(href!, async response =>
      response.ok ? new Uint8Array(await response.arrayBuffer()) : this.#fail("missing", href!, response.status),
    );
    if (!bytes || this.#abort.aborted) return;
    // An engine that fails at it is one that was given damage.
    const refusal = this.#engine.ask(core => {
      core.setContext(this.#accepted.context);
      return core.loadArtifact(bytes);
    }, DAMAGED);
    if (refusal > 0) return this.#fail(REFUSALS[refusal - 1]!, href!);
    this.#accepted.files.push(bytes);
    this.#become({ state: later.length > 0 ? "loading" : "ready" }, this.#accepted);
    if (later.length > 0) whenIdle(() => void this.#next(later), this.#abort);
  }

  /** What `read` makes of the answer; undefined after a failure, which was told. */
  async #fetch<T>(href: string, read: (response: Response) => Promise<T>): Promise<T | undefined> {
    const policy = this.#watch(href);
    const limit = AbortSignal.timeout(LIMIT_MS);
    try {
      return await read(await fetch(href, { credentials: "omit", signal: either(this.#abort, limit) }));
    } catch (reason) {
      if (this.#abort.aborted) return;
      const trouble = limit.aborted ? "late" : (await policy.forbids(reason)) ? "blocked" : "unreachable";
      this.#fail(trouble, href, reason);
    } finally {
      policy.end();
    }
  }

  #fail(code: ArtifactTrouble, href: string, reason: unknown = ""): undefined {
    if (this.#abort.aborted) return;
    const message = `The artifact ${href} cannot be used: ${ADVICE[code]}.`;
    console.warn(`reshelf: ${message} The page works without it.`, reason);
    this.#become({ state: "failed", code, message }, this.#accepted);
  }
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
