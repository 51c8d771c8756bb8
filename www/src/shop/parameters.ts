/**
 * What the address says. Besides a page's own parameters there are a few for
 * tests and for trying things out; links carry them on, so that a whole visit
 * runs under them.
 */
const query = new URLSearchParams(location.search);

/** Parameters that every link of the shop carries on. */
const CARRIED = ["reshelf", "wasm", "wait", "strength", "quota"] as const;

/** A parameter of this page; the empty text when it is absent. */
export const parameter = (name: string): string => query.get(name) ?? "";

/** A number from the address, within bounds; undefined when absent or no number. */
export function numberParameter(name: string, least: number, most: number): number | undefined {
  const text = query.get(name);
  if (text === null || text.trim() === "") return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : undefined;
}

/** Address of another page of the shop. */
export function link(path: string, parameters: Record<string, string> = {}): string {
  const search = new URLSearchParams(parameters);
  for (const name of CARRIED) {
    const value = query.get(name);
    if (value !== null && !search.has(name)) search.set(name, value);
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** Lets links and forms that stand in the HTML carry the parameters on too. */
export function carryParameters(root: ParentNode): void {
  const carried = CARRIED.filter(name => query.has(name));
  if (carried.length === 0) return;
  for (const anchor of root.querySelectorAll<HTMLAnchorElement>('a[href^="/"]')) {
    const url = new URL(anchor.href);
    for (const name of carried) url.searchParams.set(name, query.get(name) ?? "");
    anchor.href = `${url.pathname}${url.search}${url.hash}`;
  }
  for (const form of root.querySelectorAll("form")) {
    for (const name of carried) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value: query.get(name) ?? "" });
      form.append(input);
    }
  }
}
