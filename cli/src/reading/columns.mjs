// Which column of a file is which of ours. Shops name the same thing in many ways;
// a name is compared by its letters and digits alone, so that `Item ID`, `item_id`
// and `g:itemId` are one. Must not live here: how a file is opened.
import { Stop } from "../stop.mjs";

const SESSION = ["sessionid", "session", "sid", "visitid", "visit", "usersession", "gasessionid"];
const ITEM = ["itemid", "item", "productid", "product", "sku", "stockcode", "articleid", "aid", "asin", "id"];
const TIME = ["time", "timestamp", "ts", "datetime", "clickedat", "eventtime", "eventtimestamp", "eventdate", "date", "tdat"];
const PERSON = ["personid", "person", "userid", "user", "customerid", "customer", "visitorid", "clientid", "userpseudoid", "memberid"];

/** What stands between the steps of a path of categories. */
const PATH = "\\s*(?:&gt;|>|»|→|\\|)\\s*|\\s+/\\s+";

/**
 * `{ ours: { names, required, unless, list } }`: `unless` names another of ours that will
 * do in place of a required one; of a list, the pattern at which its text is split.
 */
export const COLUMNS = {
  events: {
    session: { names: SESSION, required: true, unless: "person" },
    item: { names: ITEM, required: true },
    time: { names: TIME, required: true },
    person: { names: PERSON },
    kind: { names: ["eventtype", "eventname", "event", "action", "actiontype", "behavior", "behaviour", "interaction", "type"] },
    device: { names: ["device", "devicetype", "devicecategory", "deviceclass"] },
    channel: { names: ["channel", "entrychannel", "trafficchannel", "medium", "source"] },
    locale: { names: ["locale", "language", "lang"] },
    connection: { names: ["connection", "connectiontype", "effectivetype"] },
  },
  "session-lines": {
    items: { names: ["items", "itemids", "session", "sequence", "json"], required: true, list: "\\s+" },
    target: { names: [] },
  },
  "prefix-target": {
    items: { names: ["prefix", "before", "context", "items"], required: true, list: "\\s+" },
    target: { names: ["target", "next", "nextitem"], required: true },
  },
  "category-sessions": {
    session: { names: SESSION },
    categories: { names: ["categorys", "categories"] },
    items: { names: ["items", "itemids"], required: true, list: "," },
    target: { names: [] },
  },
  // The names of Google's product data specification, of schema.org and of exports.
  catalog: {
    item: { names: ["id", "itemid", "productid", "sku", "stockcode", "item", "articleid", "articlenumber", "variantsku", "handle"], required: true },
    title: { names: ["title", "name", "productname", "producttitle", "description", "itemname"] },
    category: { names: ["producttype", "category", "categories", "categorypath", "productcategory", "categoryname", "breadcrumb", "type", "categoryid", "department"], list: PATH },
    google_category: { names: ["googleproductcategory"], list: PATH },
    brand: { names: ["brand", "manufacturer", "vendor", "make", "label"] },
    price: { names: ["price", "unitprice", "regularprice", "variantprice", "amount"] },
    sale_price: { names: ["saleprice", "specialprice", "discountprice", "offerprice"] },
    sale_dates: { names: ["salepriceeffectivedate"] },
    list_price: { names: ["listprice", "compareatprice", "variantcompareatprice", "oldprice", "rrp", "msrp", "originalprice", "wasprice"] },
    currency: { names: ["currency", "pricecurrency", "currencycode"] },
    availability: { names: ["availability", "instock", "stock", "available", "stockstatus", "inventory", "inventoryquantity", "isinstock"] },
    colour: { names: ["colour", "color", "colourname", "colorname"] },
    // Numbers between commas or spaces, with brackets or without.
    vector: { names: ["vector", "embedding", "embeddings"], list: "[\\s,;\\[\\]]+" },
    item_group: { names: ["itemgroupid", "itemgroup", "parentid", "groupid", "parentsku"] },
  },
  orders: {
    invoice: { names: ["invoice", "invoiceno", "invoiceid", "orderid", "order", "orderno", "ordernumber", "transactionid", "basketid"], required: true },
    item: { names: ITEM, required: true },
    time: { names: ["invoicedate", "orderdate", "createdat", ...TIME] },
    customer: { names: [...PERSON, "clientnumber"] },
    quantity: { names: ["quantity", "qty", "units", "pieces", "count"] },
    price: { names: ["price", "unitprice", "itemprice", "amount"] },
  },
  // Items between commas, a basket a line.
  baskets: {
    items: { names: [], list: "\\s*,\\s*" },
  },
  categories: {
    item: { names: ITEM, required: true },
    category: { names: ["category", "categories", "categoryid", "categorypath", "producttype"], required: true, list: PATH },
  },
  // As the Open Bandit Dataset has them.
  bandit: {
    item: { names: ["itemid"], required: true },
    position: { names: ["position"], required: true },
    click: { names: ["click"], required: true },
    propensity: { names: ["propensityscore"], required: true },
  },
};

/** Inputs of which a file without a header can be told, and the columns that it then has, by their places. */
const PLACES = {
  events: ["session", "item", "time"],
  orders: ["invoice", "item", "time", "customer", "quantity", "price"],
  "category-sessions": ["session", "categories", "items"],
  "session-lines": ["items"],
  baskets: ["items"],
  "prefix-target": ["items", "target"],
  categories: ["item", "category"],
};

const [NUMBER, INSTANT] = [/^\d+$/, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/];

/**
 * Public data sets without a header whose columns stand elsewhere, as pairs of a name and
 * what its cells look like: YooChoose's clicks and buys (RecSys Challenge 2015), and
 * Taobao's behaviour (Tianchi 649). So exactly that logs of others are not taken for them.
 */
const DATA_SETS = {
  events: [
    [["session", NUMBER], ["time", INSTANT], ["item", NUMBER], ["", /^(S|\d\d?)$/]],
    [["person", NUMBER], ["item", NUMBER], ["", NUMBER], ["event", /^(pv|buy|cart|fav)$/], ["time", /^\d{10}$/]],
  ],
  orders: [[["invoice", NUMBER], ["time", INSTANT], ["item", NUMBER], ["price", NUMBER], ["quantity", NUMBER]]],
};

/** Names of the columns of a data set whose rows have such cells. */
function namesOfDataSet(cells, input) {
  const suits = columns => columns.length === cells.length && columns.every(([, pattern], at) => pattern.test(cells[at].trim()));
  return DATA_SETS[input]?.find(suits)?.map(([name]) => name);
}

/** Those that come without one as a rule. */
const BARE = ["session-lines", "baskets", "prefix-target", "categories"];

const bare = name => name.replace(/^g:/i, "").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/**
 * Which of these names each of ours is, by what we call it; `undefined` for one
 * that is not there. `named` are those that the caller named, as a flag does;
 * `what` starts the message about one that is missing.
 */
export function matchColumns(found, wanted, what, named = {}) {
  const listed = `Its columns are ${found.join(", ")}.`;
  const some = names => `${names.slice(0, 5).join(", ")} …`;
  const first = names => {
    const accepted = names.find(each => found.some(column => bare(column) === each));
    return found.find(each => bare(each) === accepted);
  };
  return Object.fromEntries(
    Object.entries(wanted).map(([ours, { names, required, unless }]) => {
      const name = named[ours];
      if (name !== undefined) {
        const column = found.find(each => each === name) ?? found.find(each => bare(each) === bare(name));
        if (column === undefined) throw new Stop(`${what}: there is no column '${name}' (--${ours}). ${listed}`);
        return [ours, column];
      }
      const column = first(names);
      const replaced = unless !== undefined && first(wanted[unless].names) !== undefined;
      if (column === undefined && required && !replaced) throw new Stop(`${what}: there is no column for the ${ours} (${some(names)})${unless ? `, nor, in its place, for the ${unless} (${some(wanted[unless].names)})` : ""}. ${listed}`);
      return [ours, column];
    }),
  );
}

/** Dates, and seconds or parts of them since 1970 that are not before 2001, which an id may be. */
const isDate = cell => /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?!\d)|^(19|20)\d{6}$/.test(cell.trim());
const isTime = cell => isDate(cell) || (/^\d+(\.\d+)?$/.test(cell.trim()) && Number(cell) >= 1e9);

/**
 * What the columns of a file are called: `{ header, names, guessed }`. `cells` are those
 * of its first line, which is a header if it has a name that we know, or one that the
 * caller named; `guessed` says that the places of the columns had to tell what they are.
 */
export function namesOf(cells, input, wanted, named = {}) {
  const known = Object.entries(wanted).flatMap(([ours, { names }]) => [...names, ...(named[ours] ? [bare(named[ours])] : [])]);
  if (cells.some(cell => known.includes(bare(cell)))) return { header: true, names: cells };
  const isBare = BARE.includes(input);
  const dataSet = namesOfDataSet(cells, input);
  const places = dataSet ?? PLACES[input];
  const time = cells[places?.indexOf("time")];
  const isMisplaced = !dataSet && time !== undefined && (!isTime(time) || (!isDate(time) && cells.some(isDate)));
  // Words alone are names, though none that we know; so they are told.
  const isHeader = !isBare && (!places || isMisplaced || !cells.some(cell => /\d/.test(cell)));
  if (isHeader) return { header: true, names: cells };
  const guessed = isBare ? undefined : places.slice(0, cells.length).map(name => name || "-");
  return { header: false, names: cells.map((_, at) => places[at] ?? ""), guessed };
}
