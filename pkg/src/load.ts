/** Fetches and compiles the engine, once a page, and says why it could not. */
import init, { Core, __wbg_reset_state as resetState } from "../wasm/reshelf.js";
import type { CoreModule } from "./core.js";
import type { Status, WasmSource } from "./types.js";

/** The engine's class, or the status of an instance that must do without, and the reason. */
export type Loaded = { Core: CoreModule["Core"] } | { status: Status; reason: unknown };

let loading: Promise<Loaded> | undefined;

/**
 * Concurrent and later calls share one fetch and one module; after a failure
 * the next call tries again. Never rejects.
 */
export function loadCore(source: () => WasmSource): Promise<Loaded> {
  loading ??= load(source).then(loaded => {
    if (!("Core" in loaded)) loading = undefined;
    return loaded;
  });
  return loading;
}

async function load(source: () => WasmSource): Promise<Loaded> {
  let policy: ReturnType<typeof watchPolicy> | undefined;
  try {
    const module_or_path = source();
    policy = watchPolicy(address(module_or_path));
    await init({ module_or_path });
    return { Core };
  } catch (reason) {
    return { status: (await policy?.forbids(reason)) ? "inert:blocked" : "inert:failed", reason };
  } finally {
    policy?.end();
  }
}

/** How often the module was instantiated anew. */
let generation = 0;

/**
 * A class that works again after a trap, which ends a whole instance of the
 * module: a new instance for whoever comes first, the same for the others whose
 * engines were lost with it.
 * @param lost the generation in which the caller's engine was made.
 */
export function revive(lost: number): CoreModule["Core"] {
  if (lost === generation) {
    resetState();
    generation++;
  }
  return Core;
}

/** The generation of engines that are made now. */
export const currentGeneration = (): number => generation;

// The smallest module with a function that takes an `externref`, which the engine's
// glue is built on, and a `v128`, which the engine computes with: Safari learned both
// last, in 16.4.
const PROBE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 2, 111, 123, 0);

/** Whether this browser can run the engine; asked before anything is fetched. */
export function supported(): boolean {
  try {
    return typeof WebAssembly === "object" && WebAssembly.validate(PROBE);
  } catch {
    return false;
  }
}

/** Address that will be fetched, or empty when none will be. */
export function address(source: WasmSource): string {
  try {
    const url = typeof source === "string" || source instanceof URL ? source : (source as Request).url;
    return url === undefined ? "" : new URL(url, document.baseURI).href;
  } catch {
    return "";
  }
}

/**
 * Watches for violations of the page's content security policy while a file
 * loads. A refused `fetch` fails with the same error as a lost
 * connection; only this event tells them apart.
 */
export function watchPolicy(href: string): { forbids(reason: unknown): Promise<boolean>; end(): void } {
  let violated = false;
  const note = ({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent) => {
    // A report may name only the beginning of the address.
    const fetched = effectiveDirective === "connect-src" && blockedURI !== "" && href.startsWith(blockedURI);
    if (fetched || blockedURI === "wasm-eval") violated = true;
  };
  const page = typeof document === "undefined" ? undefined : document;
  page?.addEventListener("securitypolicyviolation", note);
  return {
    async forbids(reason) {
      if (/content security policy|blocked by csp|unsafe-eval/i.test(String(reason))) return true;
      // The event is a task of its own and may come after the rejection.
      if (page && !violated) await new Promise(done => setTimeout(done, 50));
      return violated;
    },
    end: () => page?.removeEventListener("securitypolicyviolation", note),
  };
}
