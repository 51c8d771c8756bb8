/**
 * The trained artifact on its way to the engine: each file fetched once, without
 * cookies, in idle time, or at once when a row was asked for. A manifest names the
 * files: the core, which orders need, then the graph, which rows need, or its shards,
 * of which a page fetches those that it has a use for. Without them the page works on
 * what it knows of itself; without the graph or a shard, on the rest.
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
const VERSION = 2;
/** A file of the same folder. */
const NAME = /^[\w-]+\.rsf$/;
/** A bit for each shard. */
const ALL = -1;
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

/** An entry of the manifest. */
interface Named {
  readonly file: string;
  readonly part?: unknown;
}

const isNamed = (entry: unknown): entry is Named => typeof (entry as Named | null)?.file === "string" && NAME.test((entry as Named).file);

/** One way of an artifact, from the server to the engine. */
export class ArtifactLoader {
  readonly #engine: Engine;
  readonly #become: (state: Artifact, accepted: Accepted) => void;
  readonly #abort: AbortSignal;
  readonly #watch: typeof watchPolicy;
  readonly #accepted: Accepted;
  readonly #now: () => number;
  /** Addresses of the shards, by number; none once it was asked for. */
  #shards: string[] = [];
  /** On another origin, which must not learn from what is asked for what the shopper looks at: it is asked for all. */
  #isForeign = false;
  /** Shards on their way. */
  #coming = 0;
  /** What is told of a shard that failed, whatever else arrives. */
  #failure: Artifact | undefined;
  #isHurried = false;
  /** Does at once what waits for idle time. */
  #hurry = () => {};

  /**
   * @param now epoch milliseconds.
   * @param become told how far it is, with what an engine has accepted.
   * @param watch given, not imported: this file shares none with the default entry, which then stays whole.
   */
  constructor(engine: Engine, now: () => number, abort: AbortSignal, watch: typeof watchPolicy, become: (state: Artifact, accepted: Accepted) => void) {
    this.#accepted = { files: [], context: contextLines(now()) };
    this.#now = now;
    this.#watch = watch;
    this.#engine = engine;
    this.#abort = abort;
    this.#become = become;
  }

  /** Fetches the artifact of this folder when the browser has nothing better to do; one file after the other. */
  start(folder: string): void {
    this.#whenIdle(async () => {
      const files = await this.#filesOf(folder);
      if (files) await this.#next(files);
    });
  }

  /** A row was asked for: what waits for idle time waits no longer, and another shard may be of use. */
  hurry(): void {
    this.#isHurried = true;
    this.#hurry();
    this.look();
  }

  /** Fetches the shards that the page has come to have a use for. */
  look(): void {
    // None is of use before the core.
    if (this.#accepted.files.length === 0 || !this.#shards.some(Boolean)) return;
    const wanted = this.#isForeign ? ALL : this.#engine.ask(core => core.wantedShards(this.#now()), 0);
    this.#shards.forEach((href, at) => {
      if (href && (wanted >>> at) & 1) void this.#fetchShard(href, at);
    });
  }

  async #fetchShard(href: string, at: number): Promise<void> {
    this.#shards[at] = "";
    this.#coming++;
    this.#become({ state: "loading" }, this.#accepted);
    await this.#take(href);
    if (--this.#coming === 0) this.#become(this.#failure ?? { state: "ready" }, this.#accepted);
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
      const entries: unknown = manifest.files;
      if (!Array.isArray(entries) || entries.length === 0 || !entries.every(isNamed)) return this.#fail("damaged", href);
      const hrefs = entries.map(({ file }) => within(file));
      if (entries.at(-1)!.part !== "shard") return hrefs;
      this.#shards = hrefs.slice(1);
      this.#isForeign = new URL(href, globalThis.location?.href).origin !== globalThis.location?.origin;
      return hrefs.slice(0, 1);
    });
  }

  async #next([href, ...later]: string[]): Promise<void> {
    if (!(await this.#take(href!)) || this.#abort.aborted) return;
    this.look();
    this.#become({ state: later.length + this.#coming > 0 ? "loading" : "ready" }, this.#accepted);
    if (later.length > 0) this.#whenIdle(() => this.#next(later));
  }

  /** Gives a file to the engine; whether it can be used. */
  async #take(href: string): Promise<boolean> {
    const bytes = await this.#fetch(href, async response =>
      response.ok ? new Uint8Array(await response.arrayBuffer()) : this.#fail("missing", href, response.status),
    );
    if (!bytes || this.#abort.aborted) return false;
    // An engine that fails at it is one that was given damage.
    const refusal = this.#engine.ask(core => {
      core.setContext(this.#accepted.context);
      return core.loadArtifact(bytes);
    }, DAMAGED);
    if (refusal > 0) return this.#fail(REFUSALS[refusal - 1]!, href) ?? false;
    this.#accepted.files.push(bytes);
    // What the page does when it hears of it is not to be one task with this.
    await new Promise(go => setTimeout(go));
    return !this.#abort.aborted;
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
    this.#failure ??= { state: "failed", code, message };
    if (this.#coming === 0) this.#become(this.#failure, this.#accepted);
  }

  #whenIdle(work: () => Promise<void>): void {
    let isDone = false;
    const once = () => {
      if (isDone || this.#abort.aborted) return;
      isDone = true;
      void work();
    };
    this.#hurry = once;
    if (this.#isHurried) once();
    // Safari has no idle callbacks; a task of its own keeps out of the way of what is being rendered.
    else if (typeof requestIdleCallback === "function") requestIdleCallback(once, { timeout: IDLE_MS });
    else setTimeout(once, 200);
  }
}

/** `AbortSignal.any`, which Safari learned with 17.4. */
function either(a: AbortSignal, b: AbortSignal): AbortSignal {
  const both = new AbortController();
  for (const signal of [a, b]) signal.addEventListener("abort", () => both.abort(signal.reason), { once: true });
  return both.signal;
}
