// What a page downloads, and that the engine can reach nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { audit, auditBuilt, loadedBy, sizes, stem } from "../../scripts/size.mjs";

test("the default entry keeps to its size", t => {
  const { total, limit } = sizes();
  t.diagnostic(`${total} of ${limit} bytes after brotli`);
  assert.ok(total <= limit, `${total} bytes are more than ${limit}`);
});

test("every adapter keeps to its size, alone", t => {
  const { adapters } = sizes();
  assert.ok(adapters.length >= 7);
  for (const { name, brotli, limit } of adapters) {
    t.diagnostic(`${name}: ${brotli} of ${limit} bytes after brotli`);
    assert.ok(brotli <= limit, `${name}: ${brotli} bytes are more than ${limit}`);
    assert.equal(loadedBy(name).size, 1, "one file, whose imports nobody has to wait for");
  }
});

test("`reshelf/react` keeps to its size, and leaves the engine to the default entry", t => {
  const { react } = sizes();
  t.diagnostic(`${react.brotli} of ${react.limit} bytes after brotli`);
  assert.ok(react.brotli <= react.limit, `${react.brotli} bytes are more than ${react.limit}`);
  assert.equal(loadedBy("react.js").size, 1, "the default entry is fetched only when it is wanted");
});

test("the developers' tool keeps to its size, beside the engine that the page has", t => {
  const { devtools } = sizes();
  t.diagnostic(`${devtools.brotli} of ${devtools.limit} bytes after brotli`);
  assert.ok(devtools.brotli <= devtools.limit, `${devtools.brotli} bytes are more than ${devtools.limit}`);
  assert.deepEqual([...loadedBy("index.js")].filter(name => name === "devtools.js"), [], "no page for shoppers loads it");
});

test("the stub keeps to its size as it stands in the page", t => {
  const { stub } = sizes();
  t.diagnostic(`${stub.raw} of ${stub.limit} bytes`);
  assert.ok(stub.raw <= stub.limit, `${stub.raw} bytes are more than ${stub.limit}`);
});

test("the elements keep to their size, each file whole in itself", t => {
  const { elements } = sizes();
  assert.deepEqual(elements.map(({ name }) => name).sort(), ["elements.iife.js", "elements.js", "elements/de.js"]);
  for (const { name, brotli, limit } of elements) {
    t.diagnostic(`${name}: ${brotli} of ${limit} bytes after brotli`);
    assert.ok(brotli <= limit, `${name}: ${brotli} bytes are more than ${limit}`);
    assert.equal(loadedBy(name).size, 1);
  }
});

test("the engine imports only what is allowed, and the glue opens one connection", async () => {
  assert.deepEqual(await auditBuilt(), []);
});

test("the audit would notice", async () => {
  // (import "./reshelf_bg.js" "<name>" (func))
  const importing = (name, from = "./reshelf_bg.js") => {
    const text = value => [value.length, ...Buffer.from(value)];
    const entry = [1, ...text(from), ...text(name), 0, 0];
    return Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, entry.length, ...entry);
  };
  const harmless = "now_2";
  assert.equal(stem(harmless), "now");
  assert.deepEqual(await audit(importing(harmless), "fetch(own)", ["now"]), []);
  assert.equal((await audit(importing(harmless), "", [])).length, 1);
  assert.equal((await audit(importing(harmless, "env"), "", ["now"])).length, 1);
  for (const name of ["fetch", "sendBeacon", "newXMLHttpRequest", "new_WebSocket", "newnoargs", "setinnerHTML"]) {
    assert.equal((await audit(importing(name), "", [name])).length, 1, name);
  }
  for (const glue of ["fetch(a);fetch (b)", "new Function('')", "eval ('')", "new Image()", "navigator.sendBeacon(u)", "new WebSocket(u)"]) {
    assert.equal((await audit(importing(harmless), glue, ["now"])).length, 1, glue);
  }
});
