/**
 * What is wrong with what a page says of its products and events. Must not live
 * here: reading the page.
 */
import { type Fields, fields, firstText, list, text } from "../adapters/values.js";
import type { ItemRow, ReshelfEvent } from "../types.js";
import type { SourceName, Sources } from "./sources.js";

export interface Finding {
  /** Stable name, for programs. */
  readonly code: "unknown-id" | "other-ids" | "missing" | "price-differs" | "currency-mix" | "currency-missing" | "event-twice" | "push-twice" | "order-twice";
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

/** Ids of one source that another does not have: against the feed where there is one, else against the marks, else against the first. */
function mismatches(named: readonly [SourceName, readonly ItemRow[]][]): Finding[] {
  const [against, known] = named.find(([name]) => name === "feed") ?? named[0] ?? [];
  if (!known) return [];
  // Structured data is often of one product alone: of others it need not know.
  const isWhole = against === "feed" || against === "marks";
  const ids = idsOf(known);
  const spelled = new Map([...ids].map(id => [folded(id), id]));
  return named.filter(([name]) => name !== against).flatMap(([name, all]) => {
    const unknown = [...idsOf(all)].filter(id => !ids.has(id));
    const none = unknown.length === idsOf(all).size;
    const told = unknown.filter(id => isWhole || none || spelled.has(folded(id)));
    const examples = told.map(id => (spelled.has(folded(id)) ? `${id} (${against} has ${spelled.get(folded(id))})` : id));
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

/** Of the data layer's events those that a shop learns from. Others, such as a look into the basket, are told again and again. */
const ACTS = new Set(["view_item_list", "select_item", "view_item", "add_to_cart", "remove_from_cart", "add_to_wishlist", "purchase", "refund"]);

interface Pushed {
  readonly event: string;
  readonly order: string | undefined;
  readonly items: readonly Fields[];
  /** All that was said of these items, to be compared. */
  readonly words: string;
}

/** The acts of a data layer, in both of its shapes. As a tag manager keeps it, the last `ecommerce` says what an event does not. */
function acts(pushes: readonly unknown[]): Pushed[] {
  let ecommerce: unknown;
  return pushes.flatMap(push => {
    const pushed = fields(push);
    if ("ecommerce" in pushed) ecommerce = pushed["ecommerce"];
    const [name, said] = pushed["0"] === "event" ? [pushed["1"], fields(pushed["2"])] : [pushed["event"], { ...fields(ecommerce), ...pushed }];
    const event = text(name);
    if (event === undefined || !ACTS.has(event)) return [];
    const items = list(said["items"]).map(fields);
    const listed = [said["item_list_id"], said["item_list_name"]].map(text);
    return [{ event, order: text(said["transaction_id"]), items, words: JSON.stringify([event, listed, items.map(item => Object.entries(item).map(([field, value]) => [field, text(value)]))]) }];
  });
}

function pushedTwice(pushes: readonly unknown[]): Finding[] {
  const orders: string[] = [];
  const doubled: string[] = [];
  const bought = new Set<string>();
  const told = new Set<string>();
  let viewed = "";
  for (const { event, order, items, words } of acts(pushes)) {
    if (event === "purchase" && order !== undefined) {
      if (bought.has(order)) orders.push(order);
      bought.add(order);
    } else if (items.length > 0) {
      // Who looked at something else may come back and do all of it again.
      if (event === "view_item" && viewed !== "" && words !== viewed) told.clear();
      if (event === "view_item") viewed = words;
      if (told.has(words)) doubled.push(`${event} of ${firstText(items[0]!["item_id"], items[0]!["id"], items[0]!["item_name"]) ?? "nothing"}`);
      told.add(words);
    }
  }
  return [
    ...found("order-twice", "An order that was pushed into the data layer more than once.", [...new Set(orders)]),
    ...found("push-twice", "Pushed into the data layer twice in the same words: two tags tell of the same act, or it was done again.", [...new Set(doubled)]),
  ];
}
