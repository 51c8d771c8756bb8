/**
 * Structured data of a page (schema.org) as plain objects: JSON-LD as it is,
 * microdata in the same shape, so that one reader (`jsonld`) understands both.
 * Scripts are read as text and never run.
 */
import { quietly } from "../quietly.js";
import { type Fields, fields, text } from "./values.js";

/** Deepest nesting that is read; pages in use have some six levels. */
const DEEPEST = 16;
/** Most objects read of one page. */
const MOST = 5_000;

/** Scripts that hold structured data. */
export const DATA = 'script[type="application/ld+json" i]';

/** Whether an object says anything itself, and does not only refer to another by its `@id`. */
export const says = (object: Fields): boolean => Object.keys(object).some(key => key !== "@id" && key !== "@type");

/** All objects of the page that have a type and say something, outer ones first. */
export function objectsOf(root: ParentNode): Fields[] {
  const found: Fields[] = [];
  const visit = (value: unknown, depth: number) => {
    if (typeof value !== "object" || value === null || depth > DEEPEST || found.length >= MOST) return;
    if (!Array.isArray(value) && "@type" in value && says(value as Fields)) found.push(value as Fields);
    for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  for (const script of root.querySelectorAll(DATA)) {
    quietly(() => visit(parsed(script.textContent ?? ""), 0));
  }
  for (const element of root.querySelectorAll("[itemscope]:not([itemprop])")) quietly(() => visit(microdata(element, 0), 0));
  return found;
}

/** JSON as content systems write it: with line breaks inside texts, in comments or CDATA, a comma too many at the end. */
function parsed(source: string): unknown {
  const spaced = source.replace(/[\u0000-\u001f]+/g, " ");
  try {
    return JSON.parse(spaced);
  } catch {
    const [bare = ""] = /[[{][^]*[\]}]/.exec(spaced.replace(/<!\[CDATA\[|\]\]>/g, "")) ?? [];
    return JSON.parse(bare.replace(/,(\s*[}\]])/g, "$1"));
  }
}

/** html.spec.whatwg.org/multipage/microdata.html, as far as shops use it: no `itemref`. */
function microdata(element: Element, depth: number): Fields {
  const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const type = element.getAttribute("itemtype")?.trim().split("/").pop();
  if (type) object["@type"] = type;
  const id = element.getAttribute("itemid");
  if (id) object["@id"] = id;
  if (depth > DEEPEST) return object;
  for (const property of element.querySelectorAll("[itemprop]")) {
    // Its own properties, not those of an object inside it.
    if (property.parentElement?.closest("[itemscope]") !== element) continue;
    const value = property.hasAttribute("itemscope") ? microdata(property, depth + 1) : valueOf(property);
    for (const name of (property.getAttribute("itemprop") ?? "").split(/\s+/)) {
      const before = object[name];
      object[name] = before === undefined ? value : Array.isArray(before) ? [...(before as unknown[]), value] : [before, value];
    }
  }
  return object;
}

function valueOf(element: Element): string | null {
  for (const name of ["content", "href", "src", "datetime", "value"]) if (element.hasAttribute(name)) return element.getAttribute(name);
  return element.textContent;
}

/** Whether an object is one of these types; a type may be a list, an address or prefixed. */
export function isA(object: Fields, ...types: string[]): boolean {
  return [object["@type"]].flat().some(type => types.includes(text(type)?.split(/[/:#]/).pop() ?? ""));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** A text, or the name of an object; without the HTML encoding that some systems leave in. */
export function nameOf(value: unknown): string | undefined {
  const [first] = [value].flat();
  const { name, "@value": literal } = fields(first);
  const found = text(first) ?? text(name) ?? text(literal);
  return text(
    found?.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hexadecimal?: string, entity?: string) => {
      const code = Number(decimal ?? `0x${hexadecimal}`);
      if (entity !== undefined) return Object.hasOwn(ENTITIES, entity) ? ENTITIES[entity]! : whole;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }),
  );
}

/** The last part of an address such as `https://schema.org/InStock`. */
export const term = (value: unknown): string | undefined => nameOf(value)?.split(/[/#:]/).pop();
