// The server of `npm start`: what a plain static host does.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { serve } from "../../scripts/serve.mjs";
import { Stop } from "../../scripts/terminal.mjs";

test("serves with the right types, uncached, and says when its port is taken", async () => {
  const folder = mkdtempSync(join(tmpdir(), "reshelf-serve-"));
  writeFileSync(join(folder, "index.html"), "<!doctype html>");
  writeFileSync(join(folder, "reshelf.wasm"), new Uint8Array(8));
  const server = await serve(folder, 0);
  try {
    const { port } = server.address();
    const get = path => fetch(`http://localhost:${port}${path}`);
    const wasm = await get("/reshelf.wasm");
    assert.equal(wasm.headers.get("content-type"), "application/wasm");
    assert.equal(wasm.headers.get("cache-control"), "no-store");
    assert.match((await get("/")).headers.get("content-type"), /^text\/html/);
    assert.equal((await get("/missing")).status, 404);
    assert.equal((await get("/../package.json")).status, 404);
    await assert.rejects(serve(folder, port), error => error instanceof Stop && /is taken/.test(error.message));
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  }
});
