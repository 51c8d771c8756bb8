// What the adapters' tests share: a shop that writes down what it is told, and
// payloads that no vendor documents. Importing it puts a fake page up for each
// test, which afterwards must have been left without timers and listeners, and
// without any touch of storage or network (`tests/facade/consent-page.mjs`).
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { createTestReshelf } from "../../pkg/dist/testing.js";
import { stops } from "../facade/consent-page.mjs";

export { put, waiting } from "../facade/consent-page.mjs";

// Before the fake page is up: this one is for tests of pages and needs none.
export const shop = await createTestReshelf({ strength: 100, bots: "allow" });

/**
 * The real shop, written down: what it is told, and what it refuses. An adapter
 * catches what the shop throws, so only here can a wrong call be seen.
 */
export function recorder(more = {}) {
  const record = { events: [], rows: [], refused: [] };
  const calling = (name, note) => (...given) => {
    note(...given);
    try {
      return shop[name](...given);
    } catch (error) {
      record.refused.push(error.message);
      throw error;
    }
  };
  return {
    ...record,
    track: calling("track", event => record.events.push(structuredClone(event))),
    addItems: calling("addItems", (rows, options) => record.rows.push(...structuredClone(rows).map(row => (options?.keep === true ? row : { ...row, replaced: true })))),
    order: (...given) => shop.order(...given),
    profile: () => shop.profile(),
    consent: shop.consent,
    export: () => shop.export(),
    on: () => () => {},
    arrange: () => [],
    ...more,
  };
}

/** A stop that is called after the test at the latest. */
export function kept(stop) {
  stops.push(stop);
  return stop;
}

export const plain = value => JSON.parse(JSON.stringify(value));

// -------------------------------------------------------------------- documents

const documentation = readFileSync(new URL("../../docs/adapters.md", import.meta.url), "utf8");

/** The table of events under a heading of docs/adapters.md: name to what it becomes. */
export function documented(heading) {
  const [, section] = documentation.split(`\n## ${heading}\n`);
  const [part] = section.split("\n## ");
  const rows = [...part.matchAll(/^\| `([^|]+)` \| ([^|]+) \|/gm)];
  return new Map(rows.flatMap(([, names, becomes]) => names.split("`, `").map(name => [name, becomes.trim()])));
}

/** What the column "becomes" says of the events that were told. */
export const becomes = events => [...new Set(events.map(({ type }) => type))].map(type => `\`${type}\``).join(", ") || "–";

// --------------------------------------------------------------------- fuzzing

/** What no vendor sends and any script could. Made anew each time, and named only: fast-check itself looks into values. */
const hostile = {
  getter: () => Object.defineProperty({}, "items", { get() { throw new Error("a getter"); }, enumerable: true }),
  proxy: () => new Proxy({}, Object.fromEntries(["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor"].map(trap => [trap, () => { throw new Error("a proxy"); }]))),
  revoked: () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; },
  revokedArray: () => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy; },
  loop: () => { const loop = {}; return Object.assign(loop, { items: [loop], data: loop, "@type": "Product", isSimilarTo: loop }); },
  unprintable: () => ({ toString() { throw new Error("toString"); }, valueOf() { throw new Error("valueOf"); }, toJSON() { throw new Error("toJSON"); } }),
  bare: () => Object.create(null),
  symbol: () => Symbol("odd"),
  thrower: () => () => { throw new Error("called"); },
};

/** Anything at all, in a box. */
const anything = fc.oneof(
  { weight: 4, arbitrary: fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true, withTypedArray: true, withSparseArray: true, maxDepth: 3 }).map(value => ({ value })) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(hostile)).map(made => ({ made })) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -1, 1e300, "", "x".repeat(300), "-1", "1,299.00", "__proto__", "constructor", "null", null, undefined).map(value => ({ value })) },
);
const unboxed = ({ made, value }) => (made ? hostile[made]() : value);

const isOpen = value => typeof value === "object" && value !== null;

/** All paths to a value inside of what a vendor documents. */
function pathsOf(value, path = []) {
  return [path, ...(isOpen(value) ? Object.keys(value).flatMap(key => pathsOf(value[key], [...path, key])) : [])];
}

/** A copy with another value there, or above, where something odd is already. */
function replaced(value, path, by, odd) {
  const [key, ...rest] = path;
  if (key === undefined || !isOpen(value) || odd.has(value)) return by;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = replaced(value[key], rest, by, odd);
  return copy;
}

/** Calls `take` with 5,000 payloads: documented ones of which up to three parts are anything, and anything itself. */
export function fuzz(payloads, take) {
  const changes = fc.array(fc.tuple(fc.nat(), anything), { minLength: 1, maxLength: 3 });
  const payload = fc.oneof({ weight: 4, arbitrary: fc.tuple(fc.nat(payloads.length - 1), changes) }, { weight: 1, arbitrary: fc.tuple(fc.constant(-1), changes) });
  fc.assert(
    fc.property(payload, ([which, changes]) => {
      const parts = changes.map(([where, box]) => [where, unboxed(box)]);
      if (which < 0) return take(parts[0][1]);
      const [paths, odd] = [pathsOf(payloads[which]), new Set(parts.map(([, by]) => by))];
      take(parts.reduce((current, [where, by]) => replaced(current, paths[where % paths.length], by, odd), payloads[which]));
    }),
    { numRuns: 5_000 },
  );
}
