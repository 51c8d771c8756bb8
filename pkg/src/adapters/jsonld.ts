/**
 * `reshelf/adapters/jsonld`: the structured data that a page publishes for
 * search engines anyway (schema.org, as JSON-LD or microdata) as the shop's
 * catalogue. Reads the page and changes nothing.
 *
 * schema.org/Product, developers.google.com/search/docs/appearance/structured-data/merchant-listing
 */
import { quietly } from "../quietly.js";
import type { ItemRow, Reshelf } from "../types.js";
import { type Row, catalogueOf } from "./catalogue.js";
import { DATA, isA, nameOf, objectsOf, says, term } from "./schema.js";
import { type Fields, amount, fields, list, path, some } from "./values.js";

/** What one product has to do with another; both are ids. */
export interface Relation {
  from: string;
  to: string;
  /** `similar`: in its place. `related`: along with it. `accessory`: `from` belongs to `to`, or is used up in it. */
  kind: "similar" | "related" | "accessory";
}

/** What a page says of products. */
export interface StructuredData {
  items: ItemRow[];
  relations: Relation[];
  /** `ItemList`s, in their order. */
  lists: { name: string | undefined; items: string[] }[];
}

/** What `jsonld` and `readStructuredData` take. */
export interface StructuredDataOptions {
  /**
   * Id of a product as the shop knows it. By default that of the marked element
   * (`data-reshelf-item`) with the same address, else `sku`, `productID`, a
   * `gtin`, or its address.
   */
  id?: (product: Fields) => string | number | undefined;
}

const RELATIONS = [
  ["isSimilarTo", "similar"],
  ["isRelatedTo", "related"],
  ["isAccessoryOrSparePartFor", "accessory"],
  ["isConsumableFor", "accessory"],
] as const;
const CODES = ["sku", "productGroupID", "productID", "gtin", "gtin14", "gtin13", "gtin12", "gtin8", "mpn"];
/** The values of `ItemAvailability`, also as feeds spell them, but `Reserved`, which says neither. */
const FOR_SALE = /\b(in.?sto|online|limited|pre|back|made)/i;
const NOT_FOR_SALE = /\b(out|sold|disc)/i;
const BEFORE_REDUCTION = /^(?:List|Strikethrough|M?SRP)/;

/**
 * Adds the products of the page, and of what a single-page application writes
 * into it later: whole scripts, alone or inside of what is put in, and other
 * text in those that are there.
 *
 * @example
 * const stop = jsonld(shop);
 */
export function jsonld(shop: Pick<Reshelf, "addItems">, options: StructuredDataOptions = {}): () => void {
  if (typeof document === "undefined") return () => {};
  const add = catalogueOf(shop);
  const read = () => add(readStructuredData(document, options).items as Row[]);
  /** All that scripts say: other changes of a page are none here. */
  const said = () => [...document.querySelectorAll(DATA)].map(script => script.textContent).join();
  let before = said();
  read();
  document.addEventListener("DOMContentLoaded", read);
  const observer = new MutationObserver(() => quietly(() => before !== (before = said()) && read()));
  observer.observe(document, { childList: true, characterData: true, subtree: true });
  return () => {
    document.removeEventListener("DOMContentLoaded", read);
    observer.disconnect();
  };
}

/** What is written under `root`. Never throws; what cannot be read is left out. */
export function readStructuredData(root: ParentNode, options: StructuredDataOptions = {}): StructuredData {
  const data: StructuredData = { items: [], relations: [], lists: [] };
  quietly(() => readInto(data, root, options));
  return data;
}

function readInto(data: StructuredData, root: ParentNode, options: StructuredDataOptions): void {
  const base = (root as Partial<Node>).baseURI;
  const objects = objectsOf(root);
  const byId = new Map<unknown, Fields>();
  for (const object of objects) if (object["@id"] && !byId.has(object["@id"])) byId.set(object["@id"], object);

  /** Objects and references as objects, addresses as objects that have one. */
  const all = (value: unknown): Fields[] =>
    (typeof value === "string" ? [value] : list(value)).map(entry => {
      if (typeof entry === "string") return byId.get(entry) ?? { url: entry };
      const object = fields(entry);
      return says(object) ? object : (byId.get(object["@id"]) ?? object);
    });

  const addressOf = (value: unknown): string | undefined => {
    let address: string | undefined;
    // "//" is no address.
    quietly(() => (address = new URL(nameOf(value) ?? "//", base).href.replace(/#.*/, "")));
    return address;
  };

  /** The group of a variant. */
  const groups = new Map<Fields, Fields>();
  for (const object of objects) {
    if (isA(object, "ProductGroup")) all(object["hasVariant"]).forEach(variant => groups.set(variant, object));
  }
  /** Ids of marked elements by address. */
  const marked = new Map<string, string>();
  const pages: string[] = [];
  for (const element of root.querySelectorAll("[data-reshelf-item]")) {
    const isPage = element.matches("[data-reshelf=product]");
    const link = element.matches("a[href]") ? element : element.querySelector("a[href]");
    const address = addressOf(isPage ? base : link?.getAttribute("href"));
    const id = element.getAttribute("data-reshelf-item")!;
    if (isPage) pages.push(id);
    // Also without a query: a campaign or a place in a list is no other product.
    for (const each of [address, address?.split("?")[0]]) if (each && !marked.has(each)) marked.set(each, id);
  }

  const idOf = (product: Fields): string | undefined => {
    if (options.id) return nameOf(options.id(product));
    const addresses = known([product["url"], product["@id"], ...all(product["offers"]).map(({ url }) => url)].map(addressOf));
    // A page that is marked as one product's, and describes one.
    const [id] = known([product === main && !pages[1] ? pages[0] : undefined, ...addresses.map(address => marked.get(address)), ...CODES.map(code => nameOf(product[code])), ...addresses]);
    return nameOf(id);
  };

  const rowOf = (product: Fields): Row | undefined => {
    const id = idOf(product);
    if (id === undefined) return undefined;
    const isGroup = isA(product, "ProductGroup");
    const group = isGroup ? product : [...all(product["isVariantOf"]), groups.get(product)][0];
    // What a variant does not say itself, its group says.
    const say = (key: string) => product[key] ?? group?.[key];
    const variants = isGroup ? all(product["hasVariant"]) : [];
    const offers = [product, ...variants].flatMap(each => all(each["offers"])).flatMap(offer => [offer, ...all(offer["offers"])]);
    const specifications = offers.flatMap(offer => all(offer["priceSpecification"]));
    const isBefore = (specification: Fields) => BEFORE_REDUCTION.test(term(specification["priceType"]) ?? "");
    const prices = known([...offers, ...specifications.filter(each => !isBefore(each))].map(offer => amount(offer["price"] ?? offer["lowPrice"])));
    const before = known(specifications.filter(isBefore).map(each => amount(each["price"])));
    const stock = offers.map(offer => term(offer["availability"])).join();
    const brand = say("brand");
    return {
      id,
      title: nameOf(say("name")),
      group: group ? idOf(group) : nameOf(product["inProductGroupWithID"]),
      category: known([say("category")].flat().map(each => path(nameOf(each))))[0],
      brand: nameOf(brand) ?? nameOf(byId.get(fields(brand)["@id"])),
      price: prices.sort((a, b) => a - b)[0],
      listPrice: before.sort((a, b) => b - a)[0],
      currency: known([...offers, ...specifications].map(offer => nameOf(offer["priceCurrency"])))[0],
      colour: nameOf(say("color")),
      tags: tagsOf(say),
      inStock: FOR_SALE.test(stock) || (NOT_FOR_SALE.test(stock) ? false : undefined),
    };
  };

  const breadcrumbs = (title: string | undefined): string[] | undefined => {
    const trail = objects.find(object => isA(object, "BreadcrumbList"));
    const crumbs = inOrder(all(trail?.["itemListElement"])).map(crumb => {
      const item = all(crumb["item"])[0];
      return { name: nameOf(crumb["name"]) ?? nameOf(item?.["name"]), address: addressOf(item?.["url"] ?? item?.["@id"]) };
    });
    const last = crumbs.at(-1);
    // The product itself; the last crumb needs no address where it is the page.
    if (last?.name === title || !last?.address) crumbs.pop();
    if (crumbs[0]?.address !== undefined && new URL(crumbs[0].address).pathname === "/") crumbs.shift();
    return some(known(crumbs.map(({ name }) => name)));
  };

  const listed = (object: Fields) => inOrder(all(object["itemListElement"])).flatMap(entry => all(entry["item"] ?? entry));
  const products = objects.filter(object => isA(object, "Product", "ProductGroup"));
  /** Named by another object: not what the page is about. */
  const inner = new Set<Fields>();
  for (const object of objects) {
    for (const key of ["hasVariant", "isVariantOf", ...RELATIONS.map(([key]) => key)]) all(object[key]).forEach(other => inner.add(other));
    listed(object).forEach(item => inner.add(item));
  }
  const [first, another] = products.filter(product => !inner.has(product));
  /** The only one that the page is about. */
  const main = another ? undefined : first;

  for (const product of products) {
    quietly(() => {
      const row = rowOf(product);
      if (!row) return;
      // On a product's own page, the way to it is the way down the shop's tree, for its variants too.
      if (main && (product === main || groups.get(product) === main)) row.category ??= breadcrumbs(nameOf(main["name"]));
      // Nobody buys a group whose variants are known, unless the page's marks name it.
      if (!all(product["hasVariant"]).some(variant => products.includes(variant)) || [...marked.values()].includes(row.id)) data.items.push(row as ItemRow);
      for (const [key, kind] of RELATIONS) {
        for (const other of all(product[key])) {
          const to = idOf(other);
          if (to && to !== row.id) data.relations.push({ from: row.id, to, kind });
        }
      }
    });
  }
  for (const object of objects) {
    if (!isA(object, "ItemList")) continue;
    quietly(() => {
      const items = known(listed(object).map(idOf));
      if (items[0]) data.lists.push({ name: nameOf(object["name"]), items });
    });
  }
}

const known = <T>(values: readonly (T | undefined | null)[]): T[] => values.filter(value => value != null);

const inOrder = (entries: Fields[]): Fields[] => entries.sort((a, b) => (amount(a["position"]) ?? 0) - (amount(b["position"]) ?? 0));

function tagsOf(say: (key: string) => unknown): string[] | undefined {
  const tags = ["material", "pattern", "size"].flatMap(kind => {
    const value = nameOf(say(kind));
    return value ? [`${kind}:${value}`] : [];
  });
  const gender = term(fields(say("audience"))["suggestedGender"]);
  if (gender) tags.push(`gender:${gender.toLowerCase()}`);
  const keywords = [say("keywords")].flat().flatMap(words => (nameOf(words) ?? "").split(","));
  tags.push(...keywords.map(word => word.trim()).filter(word => word));
  return some(tags);
}
