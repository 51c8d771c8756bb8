// `reshelf train` on ten million invented clicks against the bare pair-count in SQL
// on the same clicks, in the same run: time, and the most memory either held.
//
//   npm run bench -- train [CLICKS]
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { writeClicks } from "./clicks.mjs";

const here = path => fileURLToPath(new URL(path, import.meta.url));

/** A child of Node: seconds, and the most bytes it held. */
function child(args) {
  const tell = 'process.on("exit", () => process.stderr.write(`\\npeak ${process.resourceUsage().maxRSS}\\n`))';
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", `data:text/javascript,${tell}`, ...args], { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(stderr);
  return { seconds: (performance.now() - start) / 1000, bytes: 1024 * Number(/peak (\d+)/.exec(stderr)[1]), stdout };
}

// Nearer clicks count more, what stands before less: the weights of cli/sql/pairs.sql.
const WEIGHT = `exp(-(abs(b.place - a.place) - 1) / 2.0) * CASE WHEN b.place > a.place THEN 1.0 ELSE 0.7 END`;
const bare = support => `
  SELECT count(*) FROM (
    SELECT a.item AS from_item, b.item AS to_item, ${support} AS support, sum(${WEIGHT}) AS weight
    FROM clicks AS a JOIN clicks AS b
      ON a.session = b.session AND a.item <> b.item AND b.place - a.place BETWEEN -8 AND 8
    GROUP BY a.item, b.item HAVING ${support} >= 5
  )`;

/** Seconds of the SQL alone, on clicks that are already numbered, in a process of its own. */
async function countPairs(path) {
  const { Database } = await import("../../cli/src/database.mjs");
  const database = await Database.of(path, "events");
  const times = {};
  for (const [name, support] of [["people", "count(DISTINCT a.session)"], ["rows", "count(*)"]]) {
    const start = performance.now();
    await database.rows(bare(support));
    times[name] = (performance.now() - start) / 1000;
  }
  database.close();
  return times;
}

const mean = (a, b) => (a + b) / 2;

/** Measures; figures as `torture` has them: `{ name, asked, measured, ok }`. */
export function benchTrain(clicks = 10_000_000) {
  const folder = here("../../target/bench");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `clicks-${clicks}.tsv`);
  if (!existsSync(path)) writeClicks(clicks, path);
  const out = mkdtempSync(join(tmpdir(), "reshelf-bench-"));
  try {
    const alone = () => JSON.parse(child([here("train.mjs"), path]).stdout);
    // Before and after, because others may use the machine.
    const before = alone();
    const train = child([here("../../cli/bin/reshelf.mjs"), "train", "--sessions", path, "--format", "events", "--out", out]);
    const after = alone();
    const people = mean(before.people, after.people);
    const rows = mean(before.rows, after.rows);
    const { data, fitted, ...card } = JSON.parse(train.stdout);
    const ratio = train.seconds / people;
    const gigabytes = train.bytes / 1e9;
    return {
      card,
      figures: [
        { name: `train on ${clicks.toLocaleString("en")} clicks, against the bare pair-count`, asked: "at most 3 times", measured: `${ratio.toFixed(2)} times (${train.seconds.toFixed(1)} s against ${people.toFixed(1)} s)`, ok: ratio <= 3 },
        { name: "  the same against a count that tells no people apart", asked: "no figure", measured: `${(train.seconds / rows).toFixed(2)} times (${rows.toFixed(1)} s)`, ok: true },
        { name: "  most memory held", asked: "under 4 GB", measured: `${gigabytes.toFixed(2)} GB`, ok: gigabytes < 4 },
      ],
    };
  } finally {
    rmSync(out, { recursive: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(JSON.stringify(await countPairs(process.argv[2])));
