// The renaming of imports: the engine and its glue must still fit together.
import assert from "node:assert/strict";
import { test } from "node:test";
import { shortenImports } from "../../scripts/imports.mjs";

const text = value => [value.length, ...Buffer.from(value)];
const section = (id, content) => [id, content.length, ...content];

/** A module that imports these functions, and exports the first again. */
const importing = (...names) =>
  Buffer.from([
    ...[0, 97, 115, 109, 1, 0, 0, 0],
    ...section(1, [1, 96, 0, 0]),
    ...section(2, [names.length, ...names.flatMap(name => [...text("./glue.js"), ...text(name), 0, 0])]),
    ...section(7, [1, ...text("same"), 0, 0]),
  ]);

const namesOf = wasm => WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => name);

test("both halves lose the same hashes", () => {
  const names = ["__wbg_now_0123456789abcdef", "__wbg_now_fedcba9876543210", "__wbg_set_0011223344556677"];
  const glue = names.map(name => `${name}: () => {},`).join("\n");
  const short = shortenImports(importing(...names), glue);
  assert.deepEqual(namesOf(short.wasm), ["now", "now_2", "set"]);
  assert.equal(short.glue, "now: () => {},\nnow_2: () => {},\nset: () => {},");
});

test("what has no hash stays, and so does the rest of the module", () => {
  const names = ["__wbindgen_throw"];
  const short = shortenImports(importing(...names), "__wbindgen_throw");
  assert.deepEqual(namesOf(short.wasm), names);
  assert.deepEqual(WebAssembly.Module.exports(new WebAssembly.Module(short.wasm)), [{ name: "same", kind: "function" }]);
});
