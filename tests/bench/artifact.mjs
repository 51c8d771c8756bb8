// What an artifact of a large shop weighs on the wire, by section.
//
//   node tests/bench/artifact.mjs [--products 10000] [--budget 300kB] [--k 5]
//
// The shop is invented, the same each time: 400 categories, 300 brands, popularity
// that falls as in real shops, 40 clicks a product in visits that mostly stay in a
// category, 4 orders a product, of things that go together across categories.
// Fails when everything together takes more than 300 KB at 10,000 products.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";

const { values } = parseArgs({
  options: { products: { type: "string", default: "10000" }, budget: { type: "string", default: "300kB" }, k: { type: "string", default: "5" } },
});
const products = Number(values.products);
const LIMIT = 300_000;

let state = 1;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const below = end => Math.floor(random() * end);
/** One of so many, the first ones far more often. */
const popular = end => Math.min(end - 1, Math.floor(end * random() ** 2.5));

const size = Math.ceil(products / 400);
const words = ["lantern", "candle", "frame", "basket", "mug", "cushion", "clock", "tray", "jar", "bowl", "lamp", "vase"];
const colours = ["red", "white", "blue", "green", "natural", "black", "silver", "pink"];
const sku = item => String(20_000 + item * 7);
const inCategory = category => Math.min(products - 1, category * size + popular(size));

function catalogue() {
  const rows = Array.from({ length: products }, (_, item) => {
    const category = Math.floor(item / size);
    const title = `${colours[below(8)]} ${words[category % 12]} no ${below(40)}`;
    return [sku(item), title, `Home > Floor ${category % 20} > Aisle ${category}`, `Maker ${popular(300)}`, (1 + 50 * random() ** 3).toFixed(2)].join(",");
  });
  return ["id,title,category,brand,price", ...rows];
}

function sessions() {
  const count = Math.round(products * 10);
  return Array.from({ length: count }, () => {
    const category = popular(400);
    return Array.from({ length: 1 + below(7) }, () => sku(random() < 0.15 ? inCategory(popular(400)) : inCategory(category))).join(" ");
  });
}

function orders() {
  const lines = ["invoice,item,time,customer,quantity,price"];
  for (let order = 0; order < products * 4; order++) {
    const category = popular(400);
    const day = `2026-0${1 + below(6)}-${10 + below(18)}`;
    for (let line = 1 + below(5); line > 0; line--) {
      // Things of a category go with those of the next two.
      lines.push(`${order},${sku(inCategory((category + below(3)) % 400))},${day},${below(products)},1,2.00`);
    }
  }
  return lines;
}

const folder = mkdtempSync(join(tmpdir(), "reshelf-"));
try {
  const write = (name, lines) => {
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
    return join(folder, name);
  };
  const args = ["--catalog", write("catalogue.csv", catalogue()), "--sessions", write("sessions", sessions()), "--orders", write("orders.csv", orders())];
  const command = fileURLToPath(new URL("../../cli/bin/reshelf.mjs", import.meta.url));
  const start = performance.now();
  const done = spawnSync(process.execPath, [command, "train", ...args, "--format", "session-lines", "--k", values.k, "--budget", values.budget, "--out", folder], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
  const { data, ...card } = JSON.parse(done.stdout);
  const { files } = JSON.parse(readFileSync(join(folder, "reshelf.json"), "utf8"));
  const contents = files.map(({ file }) => readFileSync(join(folder, file)));
  const parts = Object.fromEntries(files.map(({ part, bytes }, at) => [part, { bytes, brotli: brotliCompressSync(contents[at]).length }]));
  const wire = Object.values(parts).reduce((sum, { brotli }) => sum + brotli, 0);
  const table = contents.flatMap(bytes => Array.from({ length: bytes.readUInt16LE(6) }, (_, at) => {
    const entry = 12 + 16 * at;
    const [id, from, length] = [bytes.toString("latin1", entry, entry + 4), bytes.readUInt32LE(entry + 4), bytes.readUInt32LE(entry + 8)];
    return [id, { bytes: length, brotli: brotliCompressSync(bytes.subarray(from, from + length)).length }];
  }));
  console.log(JSON.stringify({ products, seconds: Math.round((performance.now() - start) / 1000), ...card, brotli: wire, parts, sections: Object.fromEntries(table) }, null, 2));
  if (products <= 10_000 && wire > LIMIT) throw new Error(`${wire} bytes are more than ${LIMIT}.`);
} finally {
  rmSync(folder, { recursive: true });
}
