/**
 * Shopify's own recommendations as candidates: the shop's server says what goes
 * with a product, this device decides in which order and which few are shown.
 *
 * shopify.dev/docs/api/ajax/reference/product-recommendations and
 * shopify.dev/docs/api/ajax/section-rendering
 */
import { ofPage, quietly } from "../quietly.js";
import type { Reshelf } from "../types.js";
import { type Row, catalogueOf } from "./catalogue.js";
import { type Fields, amount, fields, list, text } from "./values.js";

/** What goes instead of a product, or along with it. */
export type Intent = "related" | "complementary";

/** What `shopifyRecommendations` takes. */
export interface RecommendationOptions {
  /** Number of the product on the page. */
  product: string | number;
  intent?: Intent;
  /** How many are shown; the endpoint is always asked for ten, its most. Default 4. */
  limit?: number;
  /** Name of the list in the shop; by default the intent. */
  placement?: string;
}

/** What `shopifySection` takes. */
export interface SectionOptions extends RecommendationOptions {
  /** Id of the section that renders recommendations. Its list and entries carry the marks `data-reshelf`. */
  section: string;
  /** What is filled with it. Stays as it is when there is nothing to show. */
  into: Element;
}

/** Milliseconds after which a row that is still not there is no longer waited for. */
const PATIENCE = 5_000;
const MOST = 10;

/**
 * Products as the endpoint describes them, the shopper's order first; empty when it cannot be had.
 *
 * @example
 * const products = await shopifyRecommendations(shop, { product: 7194, intent: "related" });
 */
export async function shopifyRecommendations(shop: Pick<Reshelf, "addItems" | "order">, options: RecommendationOptions): Promise<Fields[]> {
  try {
    const answer = fields(await (await ask("products.json", options)).json());
    const products = list(answer["products"]).map(fields).filter(({ id }) => text(id) !== undefined);
    const rows = products.map(rowOf);
    catalogueOf(shop)(rows);
    const order = shop.order(options.placement ?? options.intent ?? "related", rows.map(({ id }) => id));
    return Array.from(order, index => products[index]!).slice(0, options.limit ?? 4);
  } catch {
    return [];
  }
}

/**
 * Has the shop's server render a section with ten recommendations, puts its
 * marked lists in order before anybody sees them, and shows the first few.
 * Resolves to whether there was anything to show.
 */
export async function shopifySection(shop: Pick<Reshelf, "arrange">, options: SectionOptions): Promise<boolean> {
  try {
    const html = await (await ask("products", options, options.section)).text();
    // An inert document: its scripts do not run.
    const rendered = new DOMParser().parseFromString(html, "text/html");
    quietly(() => void shop.arrange(rendered.body, { refresh: true }));
    let entries = 0;
    for (const shown of rendered.querySelectorAll('[data-reshelf="products"]')) {
      const marked = [...shown.querySelectorAll("[data-reshelf-item]")];
      entries += marked.length;
      for (const entry of marked.slice(options.limit ?? 4)) entry.remove();
    }
    if (entries === 0) return false;
    options.into.replaceChildren(...(rendered.querySelector('[id^="shopify-section"]') ?? rendered.body).childNodes);
    return true;
  } catch {
    return false;
  }
}

async function ask(path: string, { product, intent = "related" }: RecommendationOptions, section?: string): Promise<Response> {
  // Locale-aware, as Shopify asks for: "/" or "/fr/".
  const routes = fields(fields(ofPage("Shopify"))["routes"]);
  const query = new URLSearchParams({ product_id: String(product), limit: String(MOST), intent, ...(section !== undefined && { section_id: section }) });
  const answer = await fetch(`${text(routes["root"]) ?? "/"}recommendations/${path}?${query}`, { signal: AbortSignal.timeout(PATIENCE) });
  // Who calls shows nothing then, and reads no message.
  if (!answer.ok) throw new Error();
  return answer;
}

function rowOf({ id, title, type, vendor, price, compare_at_price: before, available, tags }: Fields): Row {
  // The Ajax API counts cents.
  const [now, then] = [price, before].map(amount).map(cents => (cents === undefined ? cents : cents / 100));
  const category = text(type);
  return {
    id: text(id)!,
    title: text(title),
    category: category === undefined ? category : [category],
    brand: text(vendor),
    price: now,
    listPrice: then,
    inStock: typeof available === "boolean" ? available : undefined,
    tags: list(tags).map(text).filter(tag => tag !== undefined),
  };
}
