/** Building the panel without markup texts, and keeping the keyboard where it was. */

type Child = Node | string | undefined;

/** `h("p", { part: "note" }, "text")`; attributes that are undefined are left out, true is an empty one. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== undefined));
  return element;
}

/** A list that says it is one: WebKit takes one without bullets for none. */
export const list = (tag: "ul" | "ol", attributes: Record<string, string>, ...entries: HTMLElement[]): HTMLElement => h(tag, { role: "list", ...attributes }, ...entries);

/** A button; `name` is what it is called where its text alone would be one of many. */
export function button(text: string, key: string, act: () => void, name?: string): HTMLButtonElement {
  const element = h("button", { type: "button", part: "button", "data-key": key, "aria-label": name }, text);
  element.addEventListener("click", act);
  return element;
}

/**
 * Replaces what is in `parent`. Focus stays on what has the same `data-key`; where
 * that is gone it goes to what took its place, or to `otherwise`.
 */
export function replace(parent: HTMLElement, children: Node[], otherwise: HTMLElement): void {
  const root = parent.getRootNode() as Document | ShadowRoot;
  const focused = root.activeElement instanceof HTMLElement && parent.contains(root.activeElement) ? root.activeElement : undefined;
  const keyed = () => [...parent.querySelectorAll<HTMLElement>("[data-key]")];
  const opened = new Set([...parent.querySelectorAll<HTMLDetailsElement>("details[open]")].map(details => details.dataset.name));
  const place = focused ? keyed().indexOf(focused) : -1;
  parent.replaceChildren(...children);
  for (const details of parent.querySelectorAll("details")) details.open = opened.has(details.dataset.name);
  if (!focused) return;
  const now = keyed();
  const same = now.find(element => element.dataset.key === focused.dataset.key);
  (same ?? now[Math.min(Math.max(place, 0), now.length - 1)] ?? otherwise).focus();
}
