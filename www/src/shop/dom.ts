/** Building DOM without HTML strings: text is always text. */
type Child = Node | string | null | undefined | false;
type Value = string | number | boolean | null | undefined;

/**
 * `h("a", { href: "/", class: "logo" }, "Home")`. Attributes that are false,
 * null or undefined are left out; true makes an empty attribute.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** An SVG element from a drawing of ours. Drawings hold no text from outside. */
export function svg(markup: string): SVGElement {
  const parsed = new DOMParser().parseFromString(markup, "image/svg+xml").documentElement;
  return document.importNode(parsed, true) as unknown as SVGElement;
}

/** The element with this id, which the page's HTML has. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element #${id}.`);
  return element;
}

const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });

/** `2.95` → "£2.95" */
export const price = (amount: number): string => pounds.format(amount);
