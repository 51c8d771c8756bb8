// A file of its own, because it spoils the generated glue for its process: a
// module that is valid, needs nothing and is not ours.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createReshelf } from "../../pkg/dist/index.js";

test("somebody else's module -> inert:failed", async t => {
  t.mock.method(console, "warn", () => {});
  Object.assign(globalThis, { window: globalThis, document: Object.assign(new EventTarget(), { baseURI: "https://shop.example/" }) });
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "" }, configurable: true });
  const wasm = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
  for (let attempt = 0; attempt < 2; attempt++) {
    const shop = await createReshelf({ store: "s", wasm });
    assert.equal(shop.status, "inert:failed");
    assert.deepEqual(shop.rank("search", ["b", "a"]), ["b", "a"]);
    shop.destroy();
  }
});
