// Trains the shop's artifact from its baskets, as `npm run build` does.
//
// A basket is a session here: the invoices are all that is left of the visits. It
// is an order too, so that the shop has both.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const command = fileURLToPath(new URL("../../cli/bin/reshelf.mjs", import.meta.url));

/** People behind every pair and prototype, as for any file on a server. */
const K = 5;
const BUDGET = "120kB";

/** A line a product of a basket, under the names that the command knows. */
function lines() {
  const baskets = gunzipSync(readFileSync(join(here, "baskets.tsv.gz"))).toString().trimEnd().split("\n");
  const rows = baskets.flatMap((line, basket) => {
    const [customer, date, items] = line.split("\t");
    return items.split(" ").map(item => [basket, basket, item, date, customer, 1].join(","));
  });
  return `SessionId,Invoice,ItemId,Time,CustomerId,Quantity\n${rows.join("\n")}\n`;
}

function catalogue() {
  const products = JSON.parse(readFileSync(join(here, "catalog.json"), "utf8"));
  const cells = ({ id, name, category, price }) => [id, name, category.join(" > "), `${price} GBP`].join("\t");
  return `id\ttitle\tproduct_type\tprice\n${products.map(cells).join("\n")}\n`;
}

const run = args =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [command, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let [output, errors] = ["", ""];
    child.stdout.on("data", text => (output += text));
    child.stderr.on("data", text => (errors += text));
    child.on("error", fail);
    child.on("close", code => (code === 0 ? done(JSON.parse(output)) : fail(new Error(`The shop's artifact could not be trained:\n${errors}`))));
  });

/** Writes `reshelf.json` and what it names into this folder; resolves to the trainer's report card. */
export async function trainShop(out) {
  const folder = mkdtempSync(join(tmpdir(), "hanging-heart-"));
  try {
    const [baskets, catalog] = [join(folder, "baskets.csv"), join(folder, "catalog.tsv")];
    writeFileSync(baskets, lines());
    writeFileSync(catalog, catalogue());
    return await run(["train", "--sessions", baskets, "--format", "events", "--orders", baskets, "--catalog", catalog, "--k", String(K), "--budget", BUDGET, "--out", out]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
