// docs/adapters.md says how big each adapter is.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sizes } from "../../scripts/size.mjs";

const documentation = readFileSync(new URL("../../docs/adapters.md", import.meta.url), "utf8");

test("the sizes in the table are those of the files, to 0.2 KB", () => {
  const table = new Map([...documentation.matchAll(/^\| `reshelf\/(adapters\/[\w-]+)` \|.*\| ([\d.]+) KB \|$/gm)].map(([, name, size]) => [`${name}.js`, Number(size)]));
  const { adapters } = sizes();
  const modules = adapters.filter(({ name }) => !name.endsWith(".iife.js"));
  assert.deepEqual([...table.keys()].sort(), modules.map(({ name }) => name).sort());
  for (const { name, brotli } of modules) assert.ok(Math.abs(table.get(name) - brotli / 1_000) <= 0.2, `${name}: ${brotli} bytes`);
});
