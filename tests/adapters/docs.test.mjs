// docs/adapters.md: its snippets are JavaScript, import what there is, and say how big it is.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { transform } from "esbuild";
import { sizes } from "../../scripts/size.mjs";

const documentation = readFileSync(new URL("../../docs/adapters.md", import.meta.url), "utf8");
const snippets = [...documentation.matchAll(/```js\n([^]*?)```/g)].map(([, snippet]) => snippet);

test("every snippet can be read, and what it imports is exported", async () => {
  assert.ok(snippets.length >= 3);
  for (const snippet of snippets) {
    await transform(snippet, { format: "esm", target: "es2022", supported: { "top-level-await": true } });
    const imports = [...snippet.matchAll(/import \{ ([^}]+) \} from "([^"]+)"/g)];
    assert.ok(imports.length > 0);
    for (const [, names, from] of imports) {
      const exported = await import(from);
      for (const name of names.split(", ")) assert.equal(typeof exported[name], "function", `${name} of ${from}`);
    }
  }
});

test("the sizes in the table are those of the files, to 0.2 KB", () => {
  const table = new Map([...documentation.matchAll(/^\| `reshelf\/(adapters\/[\w-]+)` \|.*\| ([\d.]+) KB \|$/gm)].map(([, name, size]) => [`${name}.js`, Number(size)]));
  const { adapters } = sizes();
  const modules = adapters.filter(({ name }) => !name.endsWith(".iife.js"));
  assert.deepEqual([...table.keys()].sort(), modules.map(({ name }) => name).sort());
  for (const { name, brotli } of modules) assert.ok(Math.abs(table.get(name) - brotli / 1_000) <= 0.2, `${name}: ${brotli} bytes`);
});
