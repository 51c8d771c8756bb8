/**
 * What is wrong with what a page says of its products and events. Must not live
 * here: reading the page.
 */
import { fields, text } from "../adapters/values.js";
import type { ItemRow, ReshelfEvent } from "../types.js";
import type { SourceName, Sources } from "./sources.js";

export interface Finding {
  /** Stable name, for programs. */
  readonly code: "unknown-id" | "other-ids" | "missing" | "price-differs" | "currency-mix" | "currency-missing" | "event-twice" | "order-twice";
  /** For people. */
  readonly text: string;
  readonly count: number;
  /** The first few. */
  readonly examples: readonly string[];
}

/** Examples of each finding. */
const EXAMPLES = 5;
/** Two acts of a person on one thing are further apart, in milliseconds: most double tags fire in the same task. */
const TOGETHER_MS = 300;

const found = (code: Finding["code"], text: string, examples: readonly string[]): Finding[] => (examples.length === 0 ? [] : [{ code, text, count: examples.length, examples: examples.slice(0, EXAMPLES) }]);

const idsOf = (rows: readonly ItemRow[]) => new Set(rows.map(({ id }) => String(id)));

/** The same id in another spelling: case, spaces, leading zeros. */
const folded = (id: string) => id.trim().toLowerCase().replace(/^0+(?=.)/, "");

export function findings(sources: Sources, tracked: readonly ReshelfEvent[]): Finding[] {
  const { rows, pushes } = sources;
  const named = [...rows].filter(([, all]) => all.length > 0);
  return [...mismatches(named), ...gaps(named), ...prices(named), ...currencies(named), ...twice(tracked), ...pushedTwice(pushes)];
}

/** Ids of one source that another does not have: against the feed where there is one, else against the marks. */
function mismatches(named: readonly [SourceName, readonly ItemRow[]][]): Finding[] {
  const [against, known] = named.find(([name]) => name === "feed") ?? named.find(([name]) => name === "marks") ?? [];
  if (!known) return [];
  const ids = idsOf(known);
  const spelled = new Map([...ids].map(id => [folded(id), id]));
  return named.filter(([name]) => name !== against).flatMap(([name, all]) => {
    const unknown = [...idsOf(all)].filter(id => !ids.has(id));
    const examples = unknown.map(id => (spelled.has(folded(id)) ? `${id} (${against} has ${spelled.get(folded(id))})` : id));
    const none = unknown.length === idsOf(all).size;
    return none
      ? found("other-ids", `No id of ${name} is one of ${against}: they name products differently, or other products.`, examples)
      : found("unknown-id", `Ids of ${name} that ${against} does not have.`, examples);
  });
}

function gaps(named: readonly [SourceName, readonly ItemRow[]][]): Finding[] {
  // One product is one gap, however often it is named, and none where any of its namings says it.
  return named.flatMap(([name, all]) => (["category", "brand", "price"] as const).flatMap(field => {
    const has = ({ [field]: value }: ItemRow) => (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== "");
    const complete = idsOf(all.filter(has));
    return found("missing", `Without a ${field} in ${name}.`, [...idsOf(all)].filter(id => !complete.has(id)));
  }));
}

function prices(named: readonly [SourceName, readonly ItemRow[]][]): Finding[] {
  const said = new Map<string, Map<number, SourceName>>();
  for (const [name, all] of named) {
    for (const { id, price } of all) {
      if (typeof price !== "number") continue;
      const ofId = said.get(String(id)) ?? new Map<number, SourceName>();
      said.set(String(id), ofId);
      if (!ofId.has(price)) ofId.set(price, name);
    }
  }
  const differing = [...said].filter(([, ofId]) => ofId.size > 1);
  return found("price-differs", "One product, several prices.", differing.map(([id, ofId]) => `${id}: ${[...ofId].map(([price, name]) => `${price} (${name})`).join(", ")}`));
}

function currencies(named: readonly [SourceName, readonly ItemRow[]][]): Finding[] {
  const all = named.flatMap(([, rows]) => rows);
  const used = new Map<string, string>();
  for (const { id, currency } of all) if (currency && !used.has(currency)) used.set(currency, String(id));
  const mix = used.size > 1 ? [...used].map(([currency, id]) => `${currency} (${id})`) : [];
  // Marks have no attribute for it.
  const silent = named.filter(([name]) => name !== "marks").flatMap(([name, rows]) => rows.filter(({ price, currency }) => typeof price === "number" && !currency).map(({ id }) => `${id} (${name})`));
  return [
    ...found("currency-mix", "Prices in several currencies: they are compared as numbers, never converted.", mix),
    ...found("currency-missing", "A price without a currency.", silent),
  ];
}

const subject = (event: ReshelfEvent) => Object.entries(event).find(([key]) => ["item", "query", "value", "section", "banner", "offer"].includes(key))?.[1];

/** The same act on the same thing at the same moment: two tags, or an adapter beside observe(). */
function twice(tracked: readonly ReshelfEvent[]): Finding[] {
  const latest = new Map<string, number>();
  const doubled: string[] = [];
  for (const event of tracked) {
    const act = `${event.type} of ${text(subject(event)) ?? "nothing"}`;
    // Two lists may show one product at the same moment.
    const key = event.type === "impression" ? `${act} in ${event.placement ?? ""}` : act;
    const at = event.at ?? 0;
    if (at - (latest.get(key) ?? -Infinity) < TOGETHER_MS) doubled.push(act);
    latest.set(key, at);
  }
  return found("event-twice", "Told twice at the same moment: two sources tell of the same act.", [...new Set(doubled)]);
}

function pushedTwice(pushes: readonly unknown[]): Finding[] {
  const orders = new Map<string, number>();
  for (const push of pushes) {
    const pushed = fields(push);
    const [event, said] = pushed["0"] === "event" ? [pushed["1"], fields(pushed["2"])] : [pushed["event"], fields(pushed["ecommerce"])];
    const order = event === "purchase" ? text(said["transaction_id"]) : undefined;
    if (order !== undefined) orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  return found("order-twice", "An order that was pushed into the data layer more than once.", [...orders].filter(([, times]) => times > 1).map(([order]) => order));
}
