/** The one error this package throws, and only for mistakes of the caller. */

/**
 * Stable names of the mistakes:
 *
 * - `invalid-option`: an option of `createReshelf`.
 * - `invalid-items`: a row of `addItems`.
 * - `invalid-event`: what was given to `track`.
 * - `invalid-argument`: an argument of any other method.
 * - `invalid-profile`: what was given to `import`.
 * - `destroyed`: a call after `destroy()`.
 */
export type ErrorCode = "invalid-option" | "invalid-items" | "invalid-event" | "invalid-argument" | "invalid-profile" | "destroyed";

/** A mistake in a call: `field` says where, the message also what to do. */
export class ReshelfError extends Error {
  readonly code: ErrorCode;
  /** Path of the argument, for example `items[3].id`. */
  readonly field: string;

  constructor(code: ErrorCode, field: string, advice: string) {
    super(`${field} ${advice}`);
    this.name = "ReshelfError";
    this.code = code;
    this.field = field;
  }
}

/** Names a value in an error message without quoting it: it may be 10 MB long, or private. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value.length > 256 ? `a text of ${value.length} characters` : value === "" ? "an empty text" : "a text";
  if (typeof value === "undefined") return "nothing";
  if (typeof value === "object") return isArray(value) ? "an array" : "an object";
  return `a ${typeof value}`;
}

/** `Array.isArray` that does not throw on a revoked proxy. */
export function isArray(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** What is said of a property whose getter throws. */
export const UNREADABLE = "could not be read: its getter threw. Pass plain values.";

/** Reads a property of the caller's object; a getter that throws is the caller's mistake. */
export function read(code: ErrorCode, source: object, key: PropertyKey, field: string): unknown {
  try {
    return (source as Record<PropertyKey, unknown>)[key];
  } catch {
    throw new ReshelfError(code, field, UNREADABLE);
  }
}
