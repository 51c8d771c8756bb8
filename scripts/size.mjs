// What a page downloads, and what the engine can reach.
//
//   node scripts/size.mjs    prints both and fails when a limit is broken
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { Stop, main, root, say } from "./terminal.mjs";

const dist = resolve(root, "pkg/dist");

/**
 * Most that the default entry may weigh, in KB (1,000 bytes) after brotli, and
 * what we aim for. Keeping what was learnt (snapshots, folds, the mirror, erasing
 * without a mark, a new engine after a trap) took it from 48 to 65; reading an
 * artifact, nine kinds of rows and the choice among them to 84; where the mission goes
 * next, segments, surroundings and readiness to buy to 90; rows in half the time to 92,
 * and in two thirds of that to 93; the shopper's word on the profile (muting, correcting,
 * bringing it back), orders for the stub and shards of large catalogues to 98; rows, marks
 * and adapters that complete each other, and the fewest moves into an order, to 99; presses
 * that are answered first, and the shop's own order in rows and in the stub, to 99.5.
 */
const LIMIT = 99.5;
const AIM = 48;

/** Most that an adapter may weigh, in KB after brotli, with all it imports. */
const ADAPTER_LIMIT = 3;

/**
 * Most that `reshelf/react` may weigh, in KB after brotli, beside the default entry and
 * React: 3, and what it takes that no argument of the hooks takes a page down.
 */
const REACT_LIMIT = 3.1;

/**
 * Most that the developers' tool may weigh, in KB after brotli, beside the engine that the page has
 * anyway. Rows that personas would see, and acts that are pushed twice, took it from 12.
 */
const DEVTOOLS_LIMIT = 13;

/** Most that the stub may weigh, in bytes as it stands in the page. */
const STUB_LIMIT = 2_000;

/** Most that the custom elements may weigh: a row and sections take 3 KB, the shopper's panel with its words and looks the rest. */
const ELEMENTS_LIMIT = 10;

const brotli = content => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }).length;

/** A built script and all that it imports, by file name. */
export function loadedBy(entry, folder = dist, found = new Set()) {
  if (found.has(entry)) return found;
  found.add(entry);
  const text = readFileSync(join(folder, entry), "utf8");
  for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) loadedBy(name, folder, found);
  return found;
}

/** Raw and brotli bytes of every shipped file but the type declarations, and the sum of the default entry. */
export function sizes(folder = dist) {
  const files = readdirSync(folder, { recursive: true })
    .map(name => name.replaceAll("\\", "/"))
    .filter(name => /\.(js|wasm)$/.test(name))
    .map(name => {
      const content = readFileSync(join(folder, name));
      return { name, raw: content.length, brotli: brotli(content) };
    });
  const byDefault = new Set([...loadedBy("index.js", folder), "reshelf.wasm"]);
  const total = files.filter(({ name }) => byDefault.has(name)).reduce((sum, file) => sum + file.brotli, 0);
  const under = (pattern, limit) => files.filter(({ name }) => pattern.test(name)).map(file => ({ ...file, limit: limit * 1_000 }));
  const adapters = under(/^adapters\/.*\.js$/, ADAPTER_LIMIT);
  const elements = under(/^elements\b.*\.js$/, ELEMENTS_LIMIT);
  const [react] = under(/^react\.js$/, REACT_LIMIT);
  const [devtools] = under(/^devtools\.js$/, DEVTOOLS_LIMIT);
  const stub = { ...files.find(({ name }) => name === "stub.iife.js"), limit: STUB_LIMIT };
  return { files: files.map(file => ({ ...file, byDefault: byDefault.has(file.name) })), total, limit: LIMIT * 1_000, adapters, elements, react, devtools, stub };
}

/** The name of an import without the number that keeps namesakes apart. */
export const stem = name => name.replace(/_\d+$/, "");

// No list of allowed names helps if one of them is of this kind.
const REACHES_OUT = /fetch|xmlhttp|beacon|websocket|eventsource|rtcpeer|webtransport|image|importscripts|worker|serviceworker|createelement|innerhtml|eval|newnoargs|new_no_args|newwithargs/i;

/**
 * Everything wrong with what the engine imports and with the glue around it;
 * empty when the engine is silent.
 */
export async function audit(wasm, glue, allowed) {
  const faults = [];
  const module = await WebAssembly.compile(wasm);
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    if (from !== "./reshelf_bg.js") faults.push(`the engine imports from "${from}"`);
    if (!allowed.includes(stem(name))) faults.push(`the engine imports ${stem(name)}, which is not in tests/package/allowed-imports.json`);
    if (REACHES_OUT.test(stem(name))) faults.push(`the engine imports ${stem(name)}, which can open a connection or run text`);
  }
  if (/\bnew\s+Function\b|\beval\s*\(/.test(glue)) faults.push("the glue runs text as code");
  if (/\b(XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeerConnection|WebTransport|importScripts)\b|\bnew\s+Image\b/.test(glue)) {
    faults.push("the glue can open a connection other than fetch");
  }
  const fetches = glue.match(/\bfetch\s*\(/g)?.length ?? 0;
  if (fetches > 1) faults.push(`the glue calls fetch in ${fetches} places; its own file is the only one allowed`);
  return faults;
}

/** The audit of what was built. */
export function auditBuilt() {
  return audit(
    readFileSync(join(dist, "reshelf.wasm")),
    readFileSync(resolve(root, "pkg/wasm/reshelf.js"), "utf8"),
    JSON.parse(readFileSync(resolve(root, "tests/package/allowed-imports.json"), "utf8")),
  );
}

async function report() {
  if (!existsSync(join(dist, "reshelf.wasm"))) throw new Stop("There is nothing to weigh yet: run 'npm run build' first.");
  const { files, total, limit, adapters, elements, react, devtools, stub } = sizes();
  const kb = bytes => `${(bytes / 1_000).toFixed(1)} KB`.padStart(10);
  say(`${"file".padEnd(32)}${"raw".padStart(10)}${"brotli".padStart(10)}`);
  for (const { name, raw, brotli, byDefault } of files.sort((a, b) => b.byDefault - a.byDefault || b.brotli - a.brotli)) {
    say(`${byDefault ? "*" : " "} ${name.padEnd(30)}${kb(raw)}${kb(brotli)}`);
  }
  say(`* default entry: ${kb(total).trim()} brotli (limit ${LIMIT} KB, aim ${AIM} KB)`);
  const faults = await auditBuilt();
  if (total > limit) faults.push(`the default entry is ${kb(total - limit).trim()} over its limit`);
  for (const { name, brotli, limit } of [...adapters, ...elements, react, devtools]) if (brotli > limit) faults.push(`${name} is ${kb(brotli - limit).trim()} over the limit of ${limit / 1_000} KB`);
  if (stub.raw > stub.limit) faults.push(`${stub.name} is ${stub.raw - stub.limit} bytes over the limit of ${STUB_LIMIT}, as it stands in the page`);
  if (faults.length > 0) throw new Stop(faults.map(fault => `✗ ${fault}`).join("\n"));
  say("imports: nothing that opens a connection");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main(report);
