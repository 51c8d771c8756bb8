/**
 * What the shopper says about the profile: values that are not to count, and a
 * profile that is brought back. Checks both, before the engine is told.
 */
import { wrong } from "./arguments.js";
import { NONE } from "./core.js";
import type { Engine } from "./engine.js";
import { ReshelfError, isArray, kindOf } from "./errors.js";
import { LONGEST_TEXT } from "./rows.js";
import type { ProfileValue } from "./types.js";

/** What is said of a value, as the engine numbers it. */
export const WORD = { mute: 0, unmute: 1, correct: 2 } as const;

/** Kinds of values as the engine numbers them. */
const KINDS = ["category", "parentCategory", "brand", "price", "colour", "tag"];
/** Longest file that is looked at, in UTF-16 units: a store holds 64 KB at most, and a page's memory little more. */
const LONGEST_PROFILE = 1_000_000;

/** A word on the personal order as a whole. */
export const ORDER: [kind: number, text: string] = [KINDS.length, ""];

/** @throws ReshelfError `invalid-argument` */
export function checkValue(value: ProfileValue): [kind: number, text: string] {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const [name, text] = entries[0] ?? [];
  const kind = KINDS.indexOf(name!);
  if (entries.length !== 1 || kind < 0 || typeof text !== "string" || text === "" || text.length > LONGEST_TEXT) {
    throw wrong("value", `must be an object with one of ${KINDS.join(", ")} and a text, such as { brand: "Acme" }.`);
  }
  return [kind, text];
}

const invalid = (field: string, advice: string) => new ReshelfError("invalid-profile", field, advice);

/**
 * Gives the engine an exported profile of this store; returns its journals.
 * @throws ReshelfError `invalid-profile`
 */
export function bringBack(engine: Engine, profile: unknown, store: string): string[] {
  const journals = checkProfile(profile, store);
  const odd = engine.ask(core => core.import(journals.join("\n")), NONE);
  if (odd !== NONE) throw damaged(odd);
  return journals;
}

/** The journals of an exported profile of this store. */
function checkProfile(profile: unknown, store: string): string[] {
  let file: unknown;
  try {
    // A copy: what the page's object does when it is read must not happen later.
    const text = typeof profile === "string" ? profile : JSON.stringify(profile);
    if (text.length <= LONGEST_PROFILE) file = JSON.parse(text);
  } catch {
    throw invalid("profile", "is not JSON. Choose a file that was exported here.");
  }
  if (typeof file !== "object" || file === null) throw invalid("profile", `must be what export() gave; got ${kindOf(profile)}.`);
  const { format, version, store: of, journals } = file as Record<string, unknown>;
  if (format !== "reshelf-profile") throw invalid("profile.format", 'must be "reshelf-profile". This is another kind of file.');
  if (version !== 1) throw invalid("profile.version", `must be 1; got ${kindOf(version)}. The file is of a later release.`);
  if (of !== store) throw invalid("profile.store", `must be "${store}". This is the profile of another shop.`);
  const texts = isArray(journals) ? [...journals] : [undefined];
  const odd = texts.findIndex(text => typeof text !== "string" || /\n|\r/.test(text));
  if (odd >= 0) throw damaged(odd);
  return texts as string[];
}

/** The error of the journal at this place. */
const damaged = (place: number) => invalid(`profile.journals[${place}]`, "is damaged or of a later release.");
