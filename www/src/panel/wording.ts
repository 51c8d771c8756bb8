/** The engine's names for features, in words for people. */

export const isPrice = (kind: string): boolean => kind === "price" || kind === "categoryPrice";

export const isShelf = (kind: string): boolean => kind === "category" || kind === "parentCategory";

/**
 * "tag", "motif:heart" → "heart (motif)"; "categoryPrice", "Home > Candles &
 * Lights, 2.83 to 4.00" → "Candles & Lights, £2.83 to £4.00". What the engine
 * already says in words stays as it is.
 */
export function inWords(kind: string, label: string): string {
  const last = label.replace(/^(?:[^>]* > )+/, "");
  if (isPrice(kind)) return last.replace(/(\d+(?:\.\d+)?) to (\d+(?:\.\d+)?)/, "£$1 to £$2");
  const what = /^([a-z]+):(?=\S)/.exec(last)?.[1];
  if (!what) return last;
  const plain = last.slice(what.length + 1).replaceAll("-", " ");
  return what === "type" ? plain : `${plain} (${what})`;
}

/** "+0.50", "−1.82" */
export const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
