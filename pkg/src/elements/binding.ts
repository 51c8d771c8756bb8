/**
 * Fills a copy of a template with an item's fields. Texts of the shop are written
 * as text, addresses only where they lead to a page or a picture: nothing here
 * turns a text into markup or code.
 */

/** One product as a row shows it: any fields, by the names that the template uses. */
export interface RowItem {
  id: string | number;
  [field: string]: unknown;
}

/** What a row shows of an item, and in which language. */
export interface Filling {
  fields: Readonly<Record<string, unknown>>;
  language: string | undefined;
}

const FIELD = "data-field";
const PICTURES = ["img", "source", "video", "audio"];

/** The first element of a template; frameworks that build templates by hand leave it outside of `content`. */
export const patternOf = (template: HTMLTemplateElement): Element | null => template.content.firstElementChild ?? template.firstElementChild;

/**
 * Writes the fields that `root` and what it holds name: `data-field="title"` fills
 * the text of an element, the address of a link and the source of a picture;
 * `data-field-alt="title"` fills the attribute `alt`. An element whose field the
 * item lacks is hidden.
 */
export function fill(root: Element, filling: Filling): void {
  for (const element of [root, ...root.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (name === FIELD) write(element, value, filling);
      else if (name.startsWith(`${FIELD}-`)) setAttribute(element, name.slice(FIELD.length + 1), textOf(value, filling));
    }
  }
}

function write(element: Element, field: string, filling: Filling): void {
  const text = textOf(field, filling);
  if (text === undefined) return element.setAttribute("hidden", "");
  if (element.localName === "a") setAttribute(element, "href", text);
  else if (PICTURES.includes(element.localName)) setAttribute(element, "src", text);
  else element.textContent = text;
}

/** Attributes that only describe, and addresses that lead nowhere else than to a page or a picture. */
function setAttribute(element: Element, name: string, text: string | undefined): void {
  if (text === undefined) return;
  if (name === "href" && element.localName === "a" && leadsTo(text, /^https?:$/)) element.setAttribute(name, text);
  else if (name === "src" && PICTURES.includes(element.localName) && leadsTo(text, /^(https?|data|blob):$/)) element.setAttribute(name, text);
  else if (/^(alt|title|value|datetime|lang|class|width|height|aria-[a-z]+|data-(?!reshelf|field)[\w-]+)$/.test(name)) element.setAttribute(name, text);
}

function leadsTo(address: string, schemes: RegExp): boolean {
  try {
    return schemes.test(new URL(address, document.baseURI).protocol);
  } catch {
    return false;
  }
}

/** A field in words; prices in the currency that the item names. */
function textOf(field: string, { fields, language }: Filling): string | undefined {
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
  const { currency } = fields;
  if (typeof value === "number" && /price$/i.test(field) && typeof currency === "string") {
    try {
      return new Intl.NumberFormat(language, { style: "currency", currency }).format(value);
    } catch {
      // No such currency or language.
    }
  }
  if (Array.isArray(value)) return value.map(String).join(", ");
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
