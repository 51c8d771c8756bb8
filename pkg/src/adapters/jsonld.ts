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

/** Ways in which an object names a product that it is not about, and what the two have to do with each other. */
const NAMING = [
  ["hasVariant"],
  ["isVariantOf"],
  ["isSimilarTo", "similar"],
  ["isRelatedTo", "related"],
  ["isAccessoryOrSparePartFor", "accessory"],
  ["isConsumableFor", "accessory"],
] as const;
const CODES = ["sku", "productGroupID", "productID", "gtin", "gtin14", "gtin13", "gtin12", "gtin8", "mpn"];
/** The values of `ItemAvailability`, also as feeds spell them, but `Reserved`, which says neither. */
const FOR_SALE = /\b(in.?sto|online|limited|pre|back|made)/i;
const NOT_FOR_SALE = /\b(out|sold|disc)/i;
/** The address of a shop's first page, or of that in one of its languages: `/`, `/fr/`, `/en-gb`. */
const HOME = /^[^/]+..[^/]+\/(\w\w([-_]\w\w)?\/?)?(\?|$)/;
const BEFORE_REDUCTION = /^(List|Strikethrough|M?SRP)/;

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
  /** What scripts and the page's mark said when they were read, and where. Other changes of a page are none here. */
  let [scripts, mark, pathname]: (string | null | undefined)[] = [];
  const look = (parsed?: unknown) => {
    const said = [...document.querySelectorAll(DATA)].map(script => script.textContent).join();
    const marked = document.querySelector("[data-reshelf=product]")?.getAttribute("data-reshelf-item");
    const here = location.pathname;
    // A page that is navigated head first, as Turbo does, has the mark of the page before until its body comes;
    // scripts that stayed may be those of the page before, in an application that writes them once.
    if (parsed || (said === scripts ? here === pathname && marked && !mark : here === pathname || !marked || marked !== mark)) {
      [scripts, mark, pathname] = [said, marked, here];
      add(readStructuredData(document, options).items as Row[]);
    }
  };
  look();
  addEventListener("DOMContentLoaded", look);
  const observer = new MutationObserver(() => quietly(look));
  observer.observe(document, { childList: true, characterData: true, subtree: true });
  return () => {
    removeEventListener("DOMContentLoaded", look);
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
  const byId = new Map<unknown, Fields>();
  /** The object that another refers to, or is a part of: those of one kind with one `@id` are one. */
  const whole = (object: Fields): Fields => {
    const first = byId.get(object["@id"]);
    return first && (!says(object) || isA(first, term(object["@type"])!)) ? first : object;
  };
  const objects = objectsOf(root).filter(object => {
    const id = object["@id"];
    if (id && !byId.has(id)) byId.set(id, object);
    const first = whole(object);
    return first === object || !complete(first, object);
  });

  /** Objects and references as objects, addresses as objects that have one. */
  const all = (value: unknown): Fields[] =>
    list(typeof value === "string" ? [value] : value).map(entry => (typeof entry === "string" ? (byId.get(entry) ?? { url: entry }) : whole(fields(entry))));

  const addressOf = (value: unknown): string | undefined => {
    let address: string | undefined;
    // "//" is no address.
    quietly(() => (address = new URL(nameOf(value) ?? "//", base).href.replace(/#.*/, "")));
    return address;
  };

  /** The group of a variant. */
  const groups = new Map<Fields, Fields>();
  for (const object of objects) all(object["hasVariant"]).forEach(variant => groups.set(variant, object));
  /** Ids of marked elements by address. */
  const marked = new Map<unknown, string>();
  const pages: string[] = [];
  for (const element of [...root.querySelectorAll("[data-reshelf-item]")].reverse()) {
    const isPage = element.matches("[data-reshelf=product]");
    const link = element.querySelector("a[href]") ?? element;
    const address = addressOf(isPage ? base : link.getAttribute("href"));
    const id = element.getAttribute("data-reshelf-item")!;
    if (isPage) pages.push(id);
    // Also without a query: a campaign or a place in a list is no other product.
    marked.set(address, id).set(withoutQuery(address), id);
  }

  const addressesOf = (product: Fields): string[] => known([product["url"], product["@id"], ...all(product["offers"]).map(({ url }) => url)].map(addressOf));

  const idOf = (product: Fields): string | undefined => {
    if (options.id) return nameOf(options.id(product));
    const addresses = addressesOf(product);
    // A page that is marked as one product's, and describes one.
    return nameOf([!pages[1] && main.includes(product) && pages[0], ...addresses.map(address => marked.get(address)), ...CODES.map(code => nameOf(product[code])), ...addresses].find(id => id));
  };

  const rowOf = (product: Fields, id: string): Row => {
    const group = isA(product, "ProductGroup") ? product : [...all(product["isVariantOf"]), groups.get(product)][0];
    // What a variant does not say itself, its group says.
    const say = (key: string) => product[key] ?? group?.[key];
    const offers = [product, ...all(product["hasVariant"])].flatMap(each => all(each["offers"])).flatMap(offer => [offer, ...all(offer["offers"])]).flatMap(offer => [offer, ...all(offer["priceSpecification"])]);
    /** Prices, the least first: those of today, or from before a reduction. */
    const prices = (before: boolean) =>
      known(offers.map(offer => (BEFORE_REDUCTION.test(term(offer["priceType"])!) === before ? amount(offer["price"] ?? offer["lowPrice"]) : undefined))).sort((a, b) => a - b);
    const stock = offers.map(offer => term(offer["availability"])).join();
    const brand = say("brand");
    const tags = [...["material", "pattern", "size"].map(kind => [kind, nameOf(say(kind))]), ["gender", term(fields(say("audience"))["suggestedGender"])?.toLowerCase()]].map(
      ([kind, value]) => value && `${kind}:${value}`,
    );
    const words = [say("keywords")].flat().map(nameOf).join().split(",").map(word => word.trim());
    return {
      id,
      title: nameOf(say("name")),
      group: group ? idOf(group) : nameOf(product["inProductGroupWithID"]),
      category: path(nameOf(say("category"))),
      brand: nameOf(brand) ?? nameOf(whole(fields(brand))),
      price: prices(false)[0],
      listPrice: prices(true).at(-1),
      currency: offers.map(offer => nameOf(offer["priceCurrency"])).find(currency => currency),
      colour: nameOf(say("color")),
      tags: some([...known(tags), ...words.filter(word => word)]),
      inStock: FOR_SALE.test(stock) || (NOT_FOR_SALE.test(stock) ? false : undefined),
    };
  };

  /** Entries of a list or a trail, in their order. */
  const entries = (object: Fields | undefined): Fields[] => all(object?.["itemListElement"]).sort((a, b) => (amount(a["position"]) ?? 0) - (amount(b["position"]) ?? 0));
  const listed = (object: Fields) => entries(object).flatMap(entry => all(entry["item"] ?? entry));

  const breadcrumbs = (title: string | undefined): string[] | undefined => {
    const crumbs = entries(objects.find(object => isA(object, "BreadcrumbList"))).map(crumb => {
      const [item = {}] = all(crumb["item"]);
      return { name: nameOf(crumb["name"]) ?? nameOf(item["name"]), address: addressOf(item["url"] ?? item["@id"]) };
    });
    const last = crumbs.at(-1);
    // The product itself; the last crumb needs no address where it is the page.
    if (last?.name === title || !last?.address) crumbs.pop();
    if (HOME.test(crumbs[0]?.address!)) crumbs.shift();
    return some(known(crumbs.map(({ name }) => name)));
  };

  const products = objects.filter(object => isA(object, "Product", "ProductGroup"));
  /** Named by another object: not what the page is about. */
  const inner = new Set(objects.flatMap(object => [...(isA(object, "BreadcrumbList") ? [] : listed(object)), ...NAMING.flatMap(([key]) => all(object[key]))]));
  const outer = products.filter(product => !inner.has(product));
  // Others describe the page's product too (a theme's microdata, a block of reviews), or stand beside it (what else to buy).
  const offered = some(outer.filter(product => product["offers"])) ?? outer;
  const here = some(offered.filter(product => addressesOf(product).some(address => withoutQuery(address) === withoutQuery(addressOf(base))))) ?? offered;
  const [subject] = here;
  /** Whether this describes the same product: the first code that both have decides, else their names. */
  const isSubject = (product: Fields) => {
    const key = CODES.find(code => subject![code] && product[code]) ?? "name";
    return nameOf(subject![key]) === nameOf(product[key]);
  };
  /** The only product that the page is about, as often as it is described. */
  const main = here.every(isSubject) ? outer.filter(isSubject) : [];

  for (const each of main) complete(subject!, each);
  for (const product of products) {
    if (main.includes(product) && product !== subject) continue;
    quietly(() => {
      const id = idOf(product);
      if (!id) return;
      const row = rowOf(product, id);
      // On a product's own page, the way to it is the way down the shop's tree, for its variants too.
      if (main.includes(product) || main.includes(groups.get(product)!)) row.category ??= breadcrumbs(nameOf(subject!["name"]));
      // Nobody buys a group whose variants are known, unless the page's marks name it.
      if (!all(product["hasVariant"]).some(variant => products.includes(variant)) || [...marked.values()].includes(id)) data.items.push(row as ItemRow);
      for (const [key, kind] of NAMING) {
        for (const other of all(product[key])) {
          const to = idOf(other);
          if (kind && to && to !== id) data.relations.push({ from: id, to, kind });
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

/** Adds what an object does not say itself. */
const complete = (object: Fields, more: Fields): Fields => Object.assign(object, { ...more, ...object });

const withoutQuery = (address: string | undefined): string | undefined => address?.split("?")[0];

