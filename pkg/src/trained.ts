/**
 * The instance's trained artifact: how far it is, and its bytes for an engine that
 * takes another's place. What fetches it is a file of its own, for pages that have one.
 */
import type { Accepted, ArtifactLoader } from "./artifact.js";
import { breath } from "./breath.js";
import type { Engine } from "./engine.js";
import { address, watchPolicy } from "./load.js";
import type { Artifact } from "./types.js";

export class Trained {
  #state: Artifact = { state: "none" };
  /** Only what an engine has accepted. */
  #accepted: Accepted | undefined;
  readonly #engine: Engine;
  readonly #now: () => number;
  readonly #changed: () => void;
  readonly #abort = new AbortController();
  #loader: ArtifactLoader | undefined;
  #isHurried = false;

  /**
   * @param now epoch milliseconds.
   * @param changed called whenever `state` is another one.
   */
  constructor(engine: Engine, now: () => number, changed: () => void) {
    this.#engine = engine;
    this.#now = now;
    this.#changed = changed;
  }

  get state(): Artifact {
    return this.#state;
  }

  async start(folder: string | URL): Promise<void> {
    const { signal } = this.#abort;
    const become = (state: Artifact, accepted?: Accepted) => {
      if (signal.aborted) return;
      this.#accepted = accepted;
      if (state.state === this.#state.state) return;
      this.#state = Object.freeze(state);
      this.#changed();
    };
    become({ state: "loading" });
    // What starts with it in one task is needed sooner.
    await breath();
    try {
      const { ArtifactLoader } = await import("./artifact.js");
      if (signal.aborted) return;
      this.#loader = new ArtifactLoader(this.#engine, this.#now, signal, watchPolicy, become);
      if (this.#isHurried) this.#loader.hurry();
      this.#loader.start(address(folder) || String(folder));
    } catch (reason) {
      const message = "The part of the package that fetches artifacts could not be loaded: serve all files of dist.";
      console.warn(`reshelf: ${message} The page works without an artifact.`, reason);
      become({ state: "failed", code: "unreachable", message });
    }
  }

  /** A row was asked for: what is on its way must not wait for idle time. */
  hurry(): void {
    this.#isHurried = true;
    this.#loader?.hurry();
  }

  /** Something was asked or learned: another shard may be of use. */
  look(): void {
    this.#loader?.look();
  }

  /** Gives a new engine what the old one had. */
  recall(): void {
    const accepted = this.#accepted;
    for (const bytes of accepted?.files ?? []) {
      this.#engine.ask(core => {
        core.setContext(accepted!.context);
        return core.loadArtifact(bytes);
      }, 0);
    }
  }

  end(): void {
    this.#accepted = undefined;
    this.#abort.abort();
  }
}
