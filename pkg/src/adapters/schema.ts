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
export const says = (object: Fields): boolean => Object.keys(object).some(key => key[0] !== "@");

/** All objects of the page that have a type and say something, outer ones first. */
export function objectsOf(root: ParentNode): Fields[] {
  const found: Fields[] = [];
  const visit = (value: unknown, depth: number) => {
    const object = fields(value);
    if (object !== value || depth > DEEPEST || found.length >= MOST) return;
    if (object["@type"] && says(object)) found.push(object);
    for (const inner of Object.values(object)) visit(inner, depth + 1);
  };
  for (const script of root.querySelectorAll(DATA)) {
    quietly(() => visit(parsed(script.textContent!), 0));
  }
  for (const element of root.querySelectorAll("[itemscope]:not([itemprop])")) quietly(() => visit(microdata(element), 0));
  return found;
}

/** JSON as content systems write it: with line breaks inside texts, in comments or CDATA, a comma too many at the end. */
function parsed(source: string): unknown {
  const spaced = source.replace(/[\u0000-\u001f]+/g, " ");
  try {
    return JSON.parse(spaced);
  } catch {
    const [bare] = /[[{][^]*[\]}]/.exec(spaced.replace(/<!\[CDATA\[|\]\]>/g, ""))!;
    return JSON.parse(bare.replace(/,(\s*[}\]])/g, "$1"));
  }
}

/** html.spec.whatwg.org/multipage/microdata.html, as far as shops use it: no `itemref`. */
function microdata(element: Element): Fields {
  const object: Record<string, unknown> = { __proto__: null, "@type": element.getAttribute("itemtype"), "@id": element.getAttribute("itemid") };
  for (const property of element.querySelectorAll("[itemprop]")) {
    // Its own properties, not those of an object inside it.
    if (property.parentElement!.closest("[itemscope]") !== element) continue;
    const value = property.matches("[itemscope]") ? microdata(property) : valueOf(property);
    for (const name of property.getAttribute("itemprop")!.split(/\s+/)) object[name] = name in object ? [object[name], value].flat() : value;
  }
  return object;
}

const valueOf = (element: Element): string | null =>
  ["content", "href", "src", "datetime", "value"].map(name => element.getAttribute(name)).find(value => value != null) ?? element.textContent;

/** Whether an object is one of these types; a type may be a list, an address or prefixed. */
export function isA(object: Fields, ...types: string[]): boolean {
  return [object["@type"]].flat().some(type => types.includes(term(type)!));
}

const ENTITIES: Readonly<Record<string, string | null>> = { __proto__: null, amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** A text, or the name of an object; without the HTML encoding that some systems leave in. */
export function nameOf(value: unknown): string | undefined {
  const [first] = [value].flat();
  const { name, "@value": literal } = fields(first);
  const found = text(first) ?? text(name) ?? text(literal);
  return text(
    found?.replace(/&(#(x?))?(\w+);/gi, (whole, number: string | undefined, hexadecimal: string | undefined, entity: string) => {
      const code = Number((hexadecimal && "0x") + entity);
      return (number ? code <= 0x10ffff && String.fromCodePoint(code) : ENTITIES[entity]) || whole;
    }),
  );
}

/** The last part of an address such as `https://schema.org/InStock`. */
export const term = (value: unknown): string | undefined => nameOf(value)?.split(/[/#:]/).pop();
