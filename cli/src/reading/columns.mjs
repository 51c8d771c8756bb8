// Which column of a file is which of ours. Shops name the same thing in many ways;
// a name is compared by its letters and digits alone, so that `Item ID`, `item_id`
// and `g:itemId` are one. Must not live here: how a file is opened.
import { Stop } from "../stop.mjs";

const SESSION = ["sessionid", "session", "sid", "visitid", "visit", "gasessionid"];
const ITEM = ["itemid", "item", "productid", "product", "sku", "stockcode", "articleid", "id"];
const TIME = ["time", "timestamp", "ts", "datetime", "clickedat", "eventtime", "eventtimestamp", "eventdate", "date"];
const PERSON = ["personid", "person", "userid", "user", "customerid", "customer", "visitorid", "clientid", "userpseudoid", "memberid"];

/** What stands between the steps of a path of categories. */
const PATH = "\\s*(?:&gt;|>|»|→|\\|)\\s*|\\s+/\\s+";

/** `{ ours: { names, required, list } }`; of a list, the pattern at which its text is split. */
export const COLUMNS = {
  events: {
    session: { names: SESSION, required: true },
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
};

const bare = name => name.replace(/^g:/i, "").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/**
 * Which of these names each of ours is, by what we call it; `undefined` for one
 * that is not there. `named` are those that the caller named, as a flag does;
 * `what` starts the message about one that is missing.
 */
export function matchColumns(found, wanted, what, named = {}) {
  const listed = `Its columns are ${found.join(", ")}.`;
  return Object.fromEntries(
    Object.entries(wanted).map(([ours, { names, required }]) => {
      const name = named[ours];
      if (name !== undefined) {
        const column = found.find(each => each === name) ?? found.find(each => bare(each) === bare(name));
        if (column === undefined) throw new Stop(`${what}: there is no column '${name}' (--${ours}). ${listed}`);
        return [ours, column];
      }
      const accepted = names.find(each => found.some(column => bare(column) === each));
      const column = found.find(each => bare(each) === accepted);
      if (column === undefined && required) throw new Stop(`${what}: there is no column for the ${ours} (${names.slice(0, 5).join(", ")} …). ${listed}`);
      return [ours, column];
    }),
  );
}

/** Whether a first line is a header rather than data. */
export const isHeader = (cells, wanted) => cells.some(cell => Object.values(wanted).some(({ names }) => names.includes(bare(cell))));
