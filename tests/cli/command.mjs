// Runs the command, and invents sessions for it: items in aisles, visits that
// mostly stay in one. The same seed gives the same sessions.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const command = fileURLToPath(new URL("../../cli/bin/reshelf.mjs", import.meta.url));

/** Exit code, the printed object if there is one, and what was said besides. */
export function reshelf(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });
  return { status, stdout, stderr, get json() { return JSON.parse(stdout); } };
}

/** A folder that goes with the test. */
export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), "reshelf-"));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

/** So many visits, each a list of ids, oldest first. */
export function visits(count, seed) {
  let state = seed;
  const below = end => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  return Array.from({ length: count }, () => {
    const aisle = below(20);
    return Array.from({ length: 1 + below(6) }, () => `sku-${below(8) === 0 ? below(240) : aisle * 12 + below(12)}`);
  });
}

/** Visits as a file of this format; a `.gz` is compressed. */
export function write(path, format, sessions) {
  const lines = {
    "events": () => ["SessionId\tItemId\tTime", ...sessions.flatMap((items, s) => items.map((id, i) => `${s}\t${id}\t${1_600_000_000 + s * 600 + i}.5`))],
    "session-lines": () => sessions.map(items => items.join(" ")),
    "prefix-target": () => sessions.flatMap(items => items.slice(1).map((id, i) => `${items.slice(0, i + 1).join(" ")}\t${id}`)),
    "category-sessions": () => ["sessionId\tcategorys\titems", ...sessions.map((items, s) => `${s}\t${items.map(() => 1)}\t${items}`)],
  }[format]();
  const text = `${lines.join("\n")}\n`;
  writeFileSync(path, path.endsWith(".gz") ? gzipSync(text) : text);
  return path;
}
