/** Elements without markup: what the page says is text, always. Must not live here: what an element is for. */

type Child = Node | string;

/** `h("button", { type: "button" }, "Close")`; an attribute that is false is left out, true makes an empty one. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string | boolean> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...children);
  return element;
}

/** A table with a header row; the cells of the first column head their rows. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
  const lines = rows.map(([first = "", ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), ...rest.map(cell => h("td", {}, cell))));
  return h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
    h("table", {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, ...head.map(text => h("th", { scope: "col" }, text)))),
      h("tbody", {}, ...lines)));
}

export const paragraph = (text: string, kind = ""): HTMLElement => h("p", { class: kind }, text);

let fields = 0;

/** A control with its label; the control gets an id for it. */
export function labelled<E extends HTMLElement>(label: string, control: E): HTMLElement {
  control.id = `field-${++fields}`;
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control);
}

export function button(text: string, act: () => void): HTMLButtonElement {
  const made = h("button", { type: "button" }, text);
  made.addEventListener("click", act);
  return made;
}

/** Anything as one short line of text; what throws when it is read is named as such. */
export function shown(value: unknown): string {
  try {
    const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
    return text.length > 200 ? `${text.slice(0, 199)}…` : text;
  } catch {
    return "(cannot be read)";
  }
}

/** A part of a score, with its sign and three places. */
export const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
