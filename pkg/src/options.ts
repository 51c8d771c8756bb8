/** Checks the options of `createReshelf` and fills in the defaults. */
import { ReshelfError, isArray, kindOf, read } from "./errors.js";
import type { GoogleConsent, ReshelfOptions, WasmSource } from "./types.js";

/** Options with nothing left open. */
export interface CheckedOptions {
  store: string;
  consent: "granted" | "denied" | "auto";
  googleConsent: GoogleConsent;
  dataLayer: string | undefined;
  strength: number;
  quota: number;
  bots: "inert" | "allow";
  seed: number | undefined;
  wasm: WasmSource | undefined;
  artifact: string | URL | undefined;
}

const KNOWN: ReadonlySet<string> = new Set<keyof ReshelfOptions>(["store", "consent", "googleConsent", "dataLayer", "strength", "quota", "artifact", "wasm", "bots", "seed"]);

const wrong = (field: string, advice: string) => new ReshelfError("invalid-option", field, advice);

/** @throws ReshelfError `invalid-option` naming the option. */
export function checkOptions(options: unknown): CheckedOptions {
  if (typeof options !== "object" || options === null || isArray(options)) {
    throw wrong("options", `must be an object; got ${kindOf(options)}. Pass { store: "name-of-the-shop" }.`);
  }
  // One odd object must not fill the console.
  for (const key of keys(options).slice(0, 20)) {
    if (!KNOWN.has(key)) console.warn(`reshelf: this version has no option "${key.slice(0, 40)}"; it has no effect.`);
  }
  const get = (key: keyof ReshelfOptions) => read("invalid-option", options, key, key);
  return {
    store: store(get("store")),
    consent: oneOf(get("consent"), "consent", ["denied", "granted", "auto"]),
    googleConsent: oneOf(get("googleConsent"), "googleConsent", ["personalization_storage", "functionality_storage"]),
    dataLayer: name(get("dataLayer")),
    strength: number(get("strength"), "strength", 50, 0, 100),
    quota: whole(number(get("quota"), "quota", 3, 0, 10), "quota"),
    bots: oneOf(get("bots"), "bots", ["inert", "allow"]),
    seed: seed(get("seed")),
    wasm: source(get("wasm")),
    artifact: folder(get("artifact")),
  };
}

function keys(options: object): string[] {
  try {
    return Object.keys(options);
  } catch {
    throw wrong("options", "could not be read. Pass a plain object.");
  }
}

// No dots: `reshelf.<store>.` is the prefix of a store's keys, and no store's
// prefix may be the beginning of another's.
function store(value: unknown): string {
  if (typeof value === "string" && /^[\w-]{1,64}$/.test(value)) return value;
  throw wrong("store", `must be 1 to 64 letters, digits, "-" or "_"; got ${kindOf(value)}. Name the shop, for example "acme".`);
}

function name(value: unknown): string | undefined {
  if (value === undefined || (typeof value === "string" && value !== "")) return value;
  throw wrong("dataLayer", `must be the name of a global, for example "layer"; got ${kindOf(value)}.`);
}

function oneOf<T extends string>(value: unknown, field: string, choices: readonly [T, ...T[]]): T {
  if (value === undefined) return choices[0];
  const chosen = choices.find(choice => choice === value);
  if (chosen === undefined) throw wrong(field, `must be one of "${choices.join('", "')}"; got ${kindOf(value)}.`);
  return chosen;
}

function number(value: unknown, field: string, otherwise: number, least: number, most: number): number {
  if (value === undefined) return otherwise;
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw wrong(field, `must be a number from ${least} to ${most}; got ${kindOf(value)}.`);
}

function whole(value: number, field: string): number {
  if (Number.isInteger(value)) return value;
  throw wrong(field, `must be a whole number; got ${value}.`);
}

function seed(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  return whole(number(value, "seed", 0, 0, Number.MAX_SAFE_INTEGER), "seed");
}

// By tag and not by `instanceof`: the value may come from a frame, and not
// every runtime has all of these classes.
const SOURCES = new Set(["URL", "String", "Request", "Response", "ArrayBuffer", "SharedArrayBuffer", "WebAssembly.Module"]);

function source(value: unknown): WasmSource | undefined {
  if (value === undefined || ArrayBuffer.isView(value)) return value as WasmSource | undefined;
  if (SOURCES.has(tag(value))) return value as WasmSource;
  throw wrong("wasm", `must be a URL, Request, Response, buffer or WebAssembly.Module; got ${kindOf(value)}.`);
}

function folder(value: unknown): string | URL | undefined {
  if (value === undefined || (typeof value === "string" && value !== "") || tag(value) === "URL") return value as string | URL | undefined;
  throw wrong("artifact", `must be the address of a folder, for example "/reshelf/"; got ${kindOf(value)}.`);
}

function tag(value: unknown): string {
  try {
    return Object.prototype.toString.call(value).slice(8, -1);
  } catch {
    return "";
  }
}
