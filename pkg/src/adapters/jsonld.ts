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
import { isA, nameOf, objectsOf, term } from "./schema.js";
import { type Fields, amount, fields, list, path } from "./values.js";

/** What one product has to do with another; both are ids. */
export interface Relation {
  from: string;
  to: string;
  /** `similar`: in its place. `related`: along with it. `accessory`: `from` belongs to `to`. */
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
] as const;
const CODES = ["sku", "productID", "gtin", "gtin14", "gtin13", "gtin12", "gtin8", "mpn"];
/** The values of `ItemAvailability`, but `Reserved`, which says neither. */
const FOR_SALE = /^(?:InSto|Online|Limited|Pre|Back|Made)/;
const NOT_FOR_SALE = /^(?:Out|Sold|Disc)/;
const BEFORE_REDUCTION = /^(?:List|Strikethrough|M?SRP)/;

/**
 * Adds the products of the page, and of what a single-page application writes
 * into it later.
 *
 * @example
 * const stop = jsonld(shop);
 */
export function jsonld(shop: Pick<Reshelf, "addItems">, options: StructuredDataOptions = {}): () => void {
  if (typeof document === "undefined") return () => {};
  const add = catalogueOf(shop);
  const read = () => add(readStructuredData(document, options).items as Row[]);
  read();
  quietly(() => document.addEventListener("DOMContentLoaded", read));
  const isData = (node: Node) => (node as Partial<Element>).matches?.('script[type="application/ld+json" i]') === true;
  const observer = new MutationObserver(changes => {
    quietly(() => changes.some(({ addedNodes }) => [...addedNodes].some(isData)) && read());
  });
  quietly(() => observer.observe(document, { childList: true, subtree: true }));
  return () => {
    document.removeEventListener("DOMContentLoaded", read);
    observer.disconnect();
  };
}

/** What is written under `root`. Never throws; what cannot be read is left out. */
export function readStructuredData(root: ParentNode, options: StructuredDataOptions = {}): StructuredData {
  const data: StructuredData = { items: [], relations: [], lists: [] };
  quietly(() => new Reader(root, options, data).read());
  return data;
}

class Reader {
  readonly #options: StructuredDataOptions;
  readonly #data: StructuredData;
  readonly #base: string | undefined;
  readonly #objects: readonly Fields[];
  readonly #byId = new Map<unknown, Fields>();
  /** The group of a variant. */
  readonly #groups = new Map<Fields, Fields>();
  /** Ids of marked elements by address. */
  readonly #marked = new Map<string, string>();

  constructor(root: ParentNode, options: StructuredDataOptions, data: StructuredData) {
    this.#options = options;
    this.#data = data;
    this.#base = (root as Partial<Node>).baseURI;
    this.#objects = objectsOf(root);
    for (const object of this.#objects) if (!this.#byId.has(object["@id"])) this.#byId.set(object["@id"], object);
    for (const object of this.#objects) {
      if (isA(object, "ProductGroup")) this.#all(object["hasVariant"]).forEach(variant => this.#groups.set(variant, object));
    }
    for (const element of root.querySelectorAll("[data-reshelf-item]")) {
      const link = element.matches("a[href]") ? element : element.querySelector("a[href]");
      const isPage = element.getAttribute("data-reshelf") === "product";
      const address = this.#address(isPage ? this.#base : link?.getAttribute("href"));
      if (address !== undefined && !this.#marked.has(address)) this.#marked.set(address, element.getAttribute("data-reshelf-item") ?? "");
    }
  }

  read(): void {
    const products = this.#objects.filter(object => isA(object, "Product", "ProductGroup"));
    const inner = new Set<Fields>();
    for (const object of this.#objects) {
      for (const key of ["hasVariant", "isVariantOf", ...RELATIONS.map(([key]) => key)]) this.#all(object[key]).forEach(other => inner.add(other));
      for (const entry of this.#all(object["itemListElement"])) for (const item of this.#all(entry["item"] ?? entry)) inner.add(item);
    }
    const [main, another] = products.filter(product => !inner.has(product));
    for (const product of products) {
      quietly(() => {
        const row = this.#row(product);
        if (row === undefined) return;
        // On a product's own page, the way to it is the way down the shop's tree.
        if (product === main && another === undefined) row.category ??= this.#breadcrumbs(row.title);
        this.#data.items.push(row as ItemRow);
        for (const [key, kind] of RELATIONS) {
          for (const other of this.#all(product[key])) {
            const to = this.#id(other);
            if (to !== undefined && to !== row.id) this.#data.relations.push({ from: row.id, to, kind });
          }
        }
      });
    }
    for (const object of this.#objects) if (isA(object, "ItemList")) quietly(() => this.#list(object));
  }

  /** Objects and references as objects, addresses as objects that have one. */
  #all(value: unknown): Fields[] {
    return (typeof value === "string" ? [value] : list(value)).map(entry => {
      if (typeof entry === "string") return this.#byId.get(entry) ?? { url: entry };
      const object = fields(entry);
      return Object.keys(object).length === 1 ? (this.#byId.get(object["@id"] ?? object) ?? object) : object;
    });
  }

  #address(value: unknown): string | undefined {
    let address: string | undefined;
    quietly(() => {
      const found = nameOf(value);
      if (found === undefined) return;
      const url = new URL(found, this.#base);
      url.hash = "";
      address = url.href;
    });
    return address;
  }

  #id(product: Fields): string | undefined {
    if (this.#options.id) return nameOf(this.#options.id(product));
    const offered = this.#all(product["offers"]).map(({ url }) => url);
    const addresses = [product["url"], product["@id"], ...offered].map(value => this.#address(value)).filter(address => address !== undefined);
    const marked = addresses.map(address => this.#marked.get(address)).find(id => id !== undefined);
    const codes = isA(product, "ProductGroup") ? ["productGroupID", ...CODES] : CODES;
    const id = marked ?? codes.map(code => nameOf(product[code])).find(code => code !== undefined) ?? addresses[0];
    return nameOf(id);
  }

  #row(product: Fields): Row | undefined {
    const id = this.#id(product);
    if (id === undefined) return undefined;
    const isGroup = isA(product, "ProductGroup");
    const group = isGroup ? product : (this.#all(product["isVariantOf"])[0] ?? this.#groups.get(product));
    // What a variant does not say itself, its group says.
    const say = (key: string) => product[key] ?? group?.[key];
    const variants = isGroup ? this.#all(product["hasVariant"]) : [];
    const offers = [product, ...variants].flatMap(each => this.#all(each["offers"])).flatMap(offer => [offer, ...this.#all(offer["offers"])]);
    const specifications = offers.flatMap(offer => this.#all(offer["priceSpecification"]));
    const isBefore = (specification: Fields) => BEFORE_REDUCTION.test(term(specification["priceType"]) ?? "");
    const priced = [...offers, ...specifications.filter(each => !isBefore(each))];
    const prices = priced.map(offer => amount(offer["price"] ?? offer["lowPrice"])).filter(price => price !== undefined);
    const before = specifications.filter(isBefore).map(each => amount(each["price"])).filter(price => price !== undefined);
    const stock = offers.map(offer => term(offer["availability"]) ?? "");
    return {
      id,
      title: nameOf(say("name")),
      group: group === undefined ? nameOf(product["inProductGroupWithID"]) : this.#id(group),
      category: [say("category")].flat().map(each => path(nameOf(each))).find(each => each !== undefined),
      brand: nameOf(say("brand")),
      price: prices.length > 0 ? Math.min(...prices) : undefined,
      listPrice: before.length > 0 ? Math.max(...before) : undefined,
      currency: [...offers, ...specifications].map(offer => nameOf(offer["priceCurrency"])).find(each => each !== undefined),
      colour: nameOf(say("color")),
      tags: tagsOf(say),
      inStock: stock.some(each => FOR_SALE.test(each)) || (stock.some(each => NOT_FOR_SALE.test(each)) ? false : undefined),
    };
  }

  #breadcrumbs(title: string | undefined): string[] | undefined {
    const trail = this.#objects.find(object => isA(object, "BreadcrumbList"));
    const crumbs = inOrder(this.#all(trail?.["itemListElement"])).map(crumb => {
      const item = this.#all(crumb["item"])[0];
      return { name: nameOf(crumb["name"]) ?? nameOf(item?.["name"]), address: this.#address(item?.["url"] ?? item?.["@id"]) };
    });
    const last = crumbs.at(-1);
    // The product itself; the last crumb needs no address where it is the page.
    if (last && (last.name === title || last.address === undefined)) crumbs.pop();
    if (crumbs[0]?.address !== undefined && new URL(crumbs[0].address).pathname === "/") crumbs.shift();
    const names = crumbs.map(({ name }) => name).filter(name => name !== undefined);
    return names.length > 0 ? names : undefined;
  }

  #list(object: Fields): void {
    const entries = inOrder(this.#all(object["itemListElement"])).map(entry => (entry["item"] === undefined ? entry : this.#all(entry["item"])[0]!));
    const items = entries.map(entry => this.#id(entry)).filter(id => id !== undefined);
    if (items.length > 0) this.#data.lists.push({ name: nameOf(object["name"]), items });
  }
}

const inOrder = (entries: readonly Fields[]) =>
  entries.map((entry, index) => ({ entry, at: amount(entry["position"]) ?? index + 1 })).sort((a, b) => a.at - b.at).map(({ entry }) => entry);

function tagsOf(say: (key: string) => unknown): string[] | undefined {
  const tags = ["material", "pattern", "size"].flatMap(kind => {
    const value = nameOf(say(kind));
    return value === undefined ? [] : [`${kind}:${value}`];
  });
  const gender = term(fields(say("audience"))["suggestedGender"]);
  if (gender !== undefined) tags.push(`gender:${gender.toLowerCase()}`);
  const keywords = [say("keywords")].flat().flatMap(words => (nameOf(words) ?? "").split(","));
  tags.push(...keywords.map(word => word.trim()).filter(word => word !== ""));
  return tags.length > 0 ? tags : undefined;
}
