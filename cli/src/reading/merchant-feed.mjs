// Product feeds in XML, as Google Merchant Center takes them (RSS 2.0 and Atom):
// a table of their products, one pass over the file, whatever its size. A feed
// with mistakes, such as a bare ampersand, is read on; the mistakes are told.
// Must not live here: what the values mean.
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import sax from "sax";

/** What a product is called: RSS, Atom, and feeds of other shop systems. */
const PRODUCTS = new Set(["item", "entry", "product"]);

const bare = name => name.slice(name.indexOf(":") + 1).toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Products one after another, as maps from bare names to texts, and what was wrong. */
class Feed {
  products = [];
  mistakes = [];
  #path = [];
  #product;
  #depth = 0;
  #text = "";

  constructor() {
    // Strict, so that mistakes are noticed; after each it goes on.
    this.parser = sax.parser(true);
    this.parser.onerror = error => {
      const [what, line] = error.message.split("\n");
      this.mistakes.push(`${what} (${(line ?? "").toLowerCase()})`);
      this.parser.error = null;
      this.parser.resume();
    };
    this.parser.onopentag = ({ name }) => this.#open(bare(name));
    this.parser.ontext = this.parser.oncdata = text => (this.#text += text);
    this.parser.onclosetag = name => this.#close(bare(name));
  }

  #open(name) {
    this.#path.push(name);
    if (!this.#product && PRODUCTS.has(name)) [this.#product, this.#depth] = [new Map(), this.#path.length];
    this.#text = "";
  }

  #close(name) {
    const depth = this.#path.length;
    this.#path.pop();
    if (!this.#product) return;
    if (depth === this.#depth) {
      this.products.push(this.#product);
      this.#product = undefined;
    } else if (depth === this.#depth + 1 && this.#text.trim() !== "" && !this.#product.has(name)) {
      // Only what stands in the product itself: a price of its shipping is none
      // of its own. Of what stands twice, the first is the main one.
      this.#product.set(name, this.#text.trim());
    }
    this.#text = "";
  }
}

/** Reads a feed into a table, under the first accepted name of each column; resolves to `{ table, mistakes }`. */
export async function readFeed(database, path, gzipped, wanted) {
  const columns = Object.values(wanted).map(({ names }) => names[0]);
  await database.execute(`CREATE OR REPLACE TABLE feed (${columns.map(name => `${name} VARCHAR`).join(", ")})`);
  const feed = new Feed();
  const file = createReadStream(path);
  const bytes = gzipped ? file.pipe(createGunzip()) : file;
  file.on("error", error => bytes.destroy(error));
  const appender = await database.appender("feed");
  const append = () => {
    for (const product of feed.products.splice(0)) {
      for (const { names } of Object.values(wanted)) {
        const found = names.find(name => product.has(name));
        if (found === undefined) appender.appendNull();
        else appender.appendVarchar(product.get(found));
      }
      appender.endRow();
    }
  };
  bytes.setEncoding("utf8");
  for await (const chunk of bytes) {
    feed.parser.write(chunk);
    append();
  }
  feed.parser.close();
  append();
  appender.closeSync();
  return { table: "feed", mistakes: feed.mistakes };
}
