/** Names for what the profile and the page call by ids and paths. */

/**
 * Name for people of a value: of a `kind` of interest, or of an `item`, a `section`, a
 * `banner` or a `placement` by its id. Undefined: the element finds one itself.
 */
export type Naming = (kind: string, value: string) => string | undefined;

const MARKS: Record<string, string> = { item: "data-reshelf-item", section: "data-reshelf-section", banner: "data-reshelf-banner" };

/**
 * `naming`, and what can be read off the value or the page where it knows nothing;
 * `inWords` are prices as people write them. `isWhole`: the whole path of a category,
 * and a tag with what it is a tag of.
 */
export const nameOf = (naming: Naming | undefined, kind: string, value: string, inWords = value, isWhole = false): string => {
  const given = naming?.(kind, value);
  if (given) return given;
  const mark = MARKS[kind];
  if (mark) return onThePage(mark, value) ?? value;
  if (isWhole) return inWords;
  if (kind === "tag" || kind === "placement") return value.replace(/^\w+:(?=\S)/, "").replaceAll("-", " ");
  return (/price$/i.test(kind) ? inWords : value).split(" > ").at(-1) ?? value;
};

/** What the page itself calls a marked element: its heading, or its link or picture. */
function onThePage(mark: string, id: string): string | undefined {
  for (const element of document.querySelectorAll(`[${mark}="${CSS.escape(id)}"]`)) {
    const titled = element.querySelector("h1, h2, h3, h4, h5, h6, a, [aria-label]") ?? element;
    const name = titled.getAttribute("aria-label") || titled.textContent || element.querySelector("img[alt]")?.getAttribute("alt") || "";
    const text = name.replace(/\s+/g, " ").trim();
    if (text) return text.length > 80 ? `${text.slice(0, 79)}…` : text;
  }
  return undefined;
}
