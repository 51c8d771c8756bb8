// Quality per byte: trains artifacts of several sizes, asks each the questions of a
// test file that nothing was tuned on, and draws how good they are for their bytes,
// with the published systems as lines.
//
//   npm run curve -- --toy FOLDER --diginetica FOLDER   measures (some minutes), then draws
//   … --people 5                                        measures only what k people are behind
//   npm run curve                                       draws docs/quality-per-byte.json again
//
// The folders hold the splits of the literature, which are not ours to publish:
// docs/quality-per-byte.md says which files, and from where.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as vega from "vega";
import * as lite from "vega-lite";
import { Stop, main, root, run, say } from "./terminal.mjs";

const FIGURES = resolve(root, "docs/quality-per-byte.json");
const CLI = resolve(root, "cli/bin/reshelf.mjs");

/** Bytes an item, from little more than what every item takes to more than either shop can fill. */
const SIZES = [8, 12, 20, 32, 48];
const PEOPLE = [1, 5];

/**
 * The shops, their protocols, and what was published for them, in the same order:
 * name, HR@20, MRR@20. Nobody states bytes, so that they are lines. VMIS-kNN is of
 * Kersbergen et al. (Serenade, SIGMOD 2022), the others of Ludewig et al. (Empirical
 * analysis of session-based recommendation algorithms, UMUAI 2021).
 */
const SHOPS = {
  toy: {
    shop: "Serenade toy",
    items: 18_009,
    train: ["train.txt.gz", "events"],
    test: ["test.txt.gz", "events", "--exclude-current"],
    published: [["VMIS-kNN", 0.6402, 0.3277]],
  },
  diginetica: {
    shop: "Diginetica",
    items: 43_097,
    train: ["train_sessions.txt.gz", "session-lines"],
    test: ["test_prefix_target.tsv.gz", "prefix-target", "--every", "5"],
    published: [
      ["VS-kNN", 0.5203, 0.1841],
      ["GRU4Rec", 0.5097, 0.175],
      ["NARM", 0.4979, 0.1585],
      ["STAMP", 0.469, 0.1499],
    ],
  },
};

const figures = () => JSON.parse(readFileSync(FIGURES, "utf8"));

/** What a command prints on stdout; what it says meanwhile comes along. */
async function reshelf(...args) {
  const output = await run(process.execPath, [CLI, ...args], { minutes: 20, log: `curve-${args[0]}` });
  return JSON.parse(output.split("\n").findLast(line => line.startsWith("{")));
}

/** One artifact of a shop, and how good it is. */
async function point({ shop, items, train, test }, folder, k, size) {
  const out = mkdtempSync(join(tmpdir(), "reshelf-curve-"));
  try {
    const card = await reshelf("train", "--sessions", join(folder, train[0]), "--format", train[1], "--k", String(k), "--budget", `${size * items}B`, "--out", out);
    const quality = await reshelf("eval", "next-item", "--artifact", out, "--test", join(folder, test[0]), "--format", ...test.slice(1));
    say(`  ${shop}, k = ${k}, up to ${size} bytes an item: ${quality.bytes_per_item}, HR@20 ${quality.hr20}, MRR@20 ${quality.mrr20}`);
    const { bytes_per_item: bytesAnItem, artifact_bytes: bytes, hr20, mrr20, ci95, pairs } = quality;
    return { shop, k, budget: size, bytesAnItem, bytes, hr20, mrr20, hr20Within: ci95.hr20, mrr20Within: ci95.mrr20, questions: pairs, neighbours: card.neighbours, prototypes: card.prototypes };
  } finally {
    rmSync(out, { recursive: true });
  }
}

async function measure(folders, people) {
  // What is not measured again stays as it was.
  const before = people === PEOPLE ? [] : figures();
  const points = [];
  for (const [name, shop] of Object.entries(SHOPS)) {
    const folder = resolve(folders[name]);
    const missing = [shop.train[0], shop.test[0]].find(file => !existsSync(join(folder, file)));
    if (missing) throw new Stop(`There is no ${join(folder, missing)}: docs/quality-per-byte.md says where it is from.`);
    for (const k of PEOPLE) {
      if (!people.includes(k)) points.push(...before.filter(known => known.shop === shop.shop && known.k === k));
      else for (const size of SIZES) points.push(await point(shop, folder, k, size));
    }
  }
  return points;
}

const PALETTE = { "k = 1": "#b45309", "k = 5": "#0f766e" };

/** One panel: a measure of a shop. */
function panel(points, { shop, published }, field, title, at) {
  const y = { type: "quantitative", scale: { zero: false }, title };
  const x = { field: "bytesAnItem", type: "quantitative", title: "bytes an item in the artifact", scale: { domain: [5, 50], zero: false, nice: false } };
  const color = { field: "people", type: "nominal", title: "people behind each pair", legend: { titleLimit: 0, symbolOpacity: 1 }, scale: { domain: Object.keys(PALETTE), range: Object.values(PALETTE) } };
  const lines = published.map(system => ({ system: `${system[0]} ${system[at].toFixed(3)}`, value: system[at] }));
  // A budget that a shop cannot fill gives the file of the one before.
  const isNew = (point, at, all) => all.findIndex(({ k, bytes }) => k === point.k && bytes === point.bytes) === at;
  const own = points.filter(point => point.shop === shop).filter(isNew).map(point => ({ ...point, people: `k = ${point.k}`, low: point[`${field}Within`][0], high: point[`${field}Within`][1] }));
  return {
    width: 400,
    height: 300,
    title: shop,
    layer: [
      { data: { values: lines }, mark: { type: "rule", strokeDash: [5, 4], color: "#6b7280" }, encoding: { y: { field: "value", ...y } } },
      { data: { values: lines }, mark: { type: "text", align: "right", dy: -6, color: "#374151", fontSize: 11 }, encoding: { x: { datum: 49.5 }, y: { field: "value", ...y }, text: { field: "system" } } },
      { data: { values: own }, mark: { type: "rule", opacity: 0.35 }, encoding: { x, y: { field: "low", ...y }, y2: { field: "high" }, color } },
      { data: { values: own }, mark: { type: "line", point: { size: 45 }, strokeWidth: 2 }, encoding: { x, y: { field, ...y }, color } },
    ],
  };
}

const CHARTS = [
  ["hit-rate", "hr20", "hit rate at 20", 1],
  ["reciprocal-rank", "mrr20", "mean reciprocal rank at 20", 2],
];

async function draw(points) {
  for (const [name, field, title, at] of CHARTS) {
    const chart = {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      // A ground of its own: read on dark pages as on light ones.
      background: "white",
      padding: 14,
      hconcat: Object.values(SHOPS).map(shop => panel(points, shop, field, title, at)),
      resolve: { scale: { y: "independent", x: "independent" } },
    };
    const view = new vega.View(vega.parse(lite.compile(chart).spec), { renderer: "none" });
    writeFileSync(resolve(root, `docs/quality-per-byte-${name}.svg`), `${await view.toSVG()}\n`);
  }
}

async function curve() {
  const { values } = parseArgs({ options: { toy: { type: "string" }, diginetica: { type: "string" }, people: { type: "string" } } });
  const people = values.people === undefined ? PEOPLE : [Number(values.people)];
  if (!people.every(k => PEOPLE.includes(k))) throw new Stop(`--people must be one of ${PEOPLE.join(", ")}.`);
  if (Boolean(values.toy) !== Boolean(values.diginetica)) throw new Stop("Give both folders, --toy and --diginetica, or none to draw again.");
  if (values.toy) {
    const points = await measure(values, people);
    writeFileSync(FIGURES, `[\n${points.map(point => JSON.stringify(point)).join(",\n")}\n]\n`);
  }
  await draw(figures());
  say("docs/quality-per-byte-hit-rate.svg and -reciprocal-rank.svg are drawn.");
}

main(curve);
