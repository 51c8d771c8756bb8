/** What the facade must know of each event type to turn an event into numbers. */
import { EVENT_KINDS } from "./core.js";
import type { EventType } from "./types.js";

/** Fields that say what an event happened to. */
export type SubjectField = "item" | "query" | "value" | "section" | "banner" | "offer";

function subjectOf(type: EventType): SubjectField {
  if (type === "search") return "query";
  if (type === "filter" || type === "sort") return "value";
  for (const field of ["section", "banner", "offer"] as const) {
    if (type.startsWith(field)) return field;
  }
  return "item";
}

/** Number of an event type; undefined for anything else. A map, so that `"constructor"` is no type. */
export const KIND: ReadonlyMap<unknown, number> = new Map(EVENT_KINDS.map((type, kind) => [type, kind]));

/** Field of the subject, by number of the type. */
export const SUBJECT: readonly SubjectField[] = EVENT_KINDS.map(subjectOf);
