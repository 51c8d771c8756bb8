// Loading: once a page, again after a failure, and a reason for each way to fail.
// The order of these tests matters: a module that was loaded stays loaded.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, beforeEach, mock, test } from "node:test";
import { createReshelf } from "../../pkg/dist/index.js";
import { sampleItems } from "../../pkg/dist/testing.js";

const artifact = readFileSync(new URL("../golden/artifact.rsf", import.meta.url));
const bytes = readFileSync(new URL("../../pkg/dist/reshelf.wasm", import.meta.url));
const ids = sampleItems.map(item => item.id);
const options = { store: "loading", consent: "granted" };
const document = Object.assign(new EventTarget(), { baseURI: "https://shop.example/", querySelectorAll: () => [] });

let warn;
let server;
let requests = 0;
let address;

before(async () => {
  Object.assign(globalThis, { window: globalThis, document });
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "" }, configurable: true });
  server = createServer((request, response) => {
    requests++;
    const answers = {
      "/whole.wasm": [200, "application/wasm", bytes],
      "/wrong-type.wasm": [200, "text/plain", bytes],
      "/truncated.wasm": [200, "application/wasm", bytes.subarray(0, bytes.length / 2)],
      "/html.wasm": [200, "text/html", "<!doctype html>"],
      "/empty.wasm": [200, "application/wasm", ""],
      "/reshelf.rsf": [200, "application/octet-stream", artifact],
    };
    const [status, type, body] = answers[request.url] ?? [404, "text/html", "Not found"];
    response.writeHead(status, { "Content-Type": type, "Access-Control-Allow-Origin": "*" }).end(body);
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());
beforeEach(() => {
  mock.restoreAll();
  warn = mock.method(console, "warn", () => {});
});

async function assertFails(wasm, status) {
  const shop = await createReshelf({ ...options, wasm });
  assert.equal(shop.status, status);
  shop.addItems(sampleItems);
  assert.deepEqual(shop.order("search", ids), Uint32Array.from(ids, (_, i) => i));
  assert.ok(warn.mock.calls.some(({ arguments: [text] }) => text.includes("merchant's order")), "the developer is told");
  shop.destroy();
}

for (const file of ["missing.wasm", "truncated.wasm", "html.wasm", "empty.wasm"]) {
  test(`${file} -> inert:failed`, () => assertFails(`${address}/${file}`, "inert:failed"));
}

test("no server -> inert:failed", () => assertFails("http://127.0.0.1:1/reshelf.wasm", "inert:failed"));
test("no address -> inert:failed", () => assertFails("http://", "inert:failed"));
test("wrong bytes -> inert:failed", () => assertFails(new Uint8Array(8), "inert:failed"));

const refusals = [
  "WebAssembly.instantiate(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because 'unsafe-eval' is not an allowed source of script",
  "call to WebAssembly.instantiate() blocked by CSP",
  "Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script in the following Content Security Policy directive",
];
for (const [index, message] of refusals.entries()) {
  test(`compiling refused by policy, wording ${index} -> inert:blocked`, async () => {
    mock.method(WebAssembly, "instantiate", () => Promise.reject(new WebAssembly.CompileError(message)));
    await assertFails(bytes, "inert:blocked");
  });
}

test("fetching refused by policy -> inert:blocked", async () => {
  const wasm = `${address}/whole.wasm`;
  mock.method(globalThis, "fetch", async () => {
    const violation = Object.assign(new Event("securitypolicyviolation"), { effectiveDirective: "connect-src", blockedURI: wasm });
    setTimeout(() => document.dispatchEvent(violation));
    throw new TypeError("Failed to fetch");
  });
  await assertFails(wasm, "inert:blocked");
});

test("somebody else's violation is not ours", async () => {
  mock.method(globalThis, "fetch", async () => {
    const violation = Object.assign(new Event("securitypolicyviolation"), { effectiveDirective: "connect-src", blockedURI: "https://tracker.example/" });
    setTimeout(() => document.dispatchEvent(violation));
    throw new TypeError("Failed to fetch");
  });
  await assertFails(`${address}/whole.wasm`, "inert:failed");
});

test("forget() and deny() delete this store's keys even without an engine", async () => {
  const area = { "reshelf.loading.j.1": "x", "reshelf.loading.m": "x", "reshelf.loading2.j.1": "x", cart: "x" };
  Object.defineProperty(area, "removeItem", { value: key => delete area[key] });
  Object.defineProperty(globalThis, "localStorage", { value: area, configurable: true });
  const shop = await createReshelf({ ...options, wasm: new Uint8Array(8) });
  await shop.forget();
  assert.deepEqual(Object.keys(area), ["reshelf.loading2.j.1", "cart"]);
  area["reshelf.loading.j.2"] = "x";
  shop.consent.deny();
  assert.deepEqual(Object.keys(area), ["reshelf.loading2.j.1", "cart"]);
  delete globalThis.localStorage;
  await shop.forget();
  shop.destroy();
});

test("concurrent instances share one request, and a failure before does not stay", async () => {
  // Faults are put into the engine's own exports, to see what a trap does.
  const instantiate = WebAssembly.instantiate;
  mock.method(WebAssembly, "instantiate", async (...given) => {
    const result = await instantiate(...given);
    const wrap = instance => ({ exports: faulty(instance.exports) });
    return result instanceof WebAssembly.Instance ? wrap(result) : { ...result, instance: wrap(result.instance) };
  });
  requests = 0;
  const wasm = `${address}/wrong-type.wasm`;
  const shops = await Promise.all([1, 2].map(() => createReshelf({ ...options, wasm })));
  assert.deepEqual(shops.map(shop => shop.status), ["ready", "ready"]);
  assert.equal(requests, 1);
  const later = await createReshelf({ ...options, wasm: `${address}/missing.wasm` });
  assert.equal(later.status, "ready", "the module of the first instance serves all");
  assert.equal(requests, 1);
  [...shops, later].forEach(shop => shop.destroy());
});

let trapping;
let sprung = 0;
/** How often an engine was given an artifact. */
let given = 0;

/** The engine's exports, one of which traps when it is called. */
function faulty(exports) {
  const wrap = ([name, value]) => [
    name,
    typeof value !== "function"
      ? value
      : (...call) => {
          if (name === "core_loadArtifact") given++;
          if (name !== trapping) return value(...call);
          // Once: the engine that takes its place is sound.
          trapping = undefined;
          sprung++;
          throw new WebAssembly.RuntimeError("unreachable");
        },
  ];
  return Object.fromEntries(Object.entries(exports).map(wrap));
}

const calls = {
  core_order: shop => shop.order("search", ids),
  core_addItems: shop => shop.addItems(sampleItems),
  core_track: shop => (shop.track({ type: "view", item: ids[0] }), shop.profile()),
  core_item: shop => shop.track({ type: "view", item: "never seen" }),
  core_explain: shop => shop.explain("search", ids[0]),
  core_profile: shop => shop.profile(),
  core_journals: shop => shop.export(),
  core_setPaused: shop => shop.pause(),
  core_forget: shop => shop.forget(),
  core_deny: shop => shop.consent.deny(),
};

// A new engine comes out of `new WebAssembly.Instance`, with the same faults.
const RealInstance = WebAssembly.Instance;
before(() => {
  WebAssembly.Instance = function (...given) {
    return { exports: faulty(new RealInstance(...given).exports) };
  };
});
after(() => {
  WebAssembly.Instance = RealInstance;
});

/** Lets `call` meet a trap in the engine's function `name`, once. */
async function trapOnce(name, call) {
  trapping = name;
  sprung = 0;
  try {
    return await call();
  } finally {
    trapping = undefined;
    assert.equal(sprung, 1, `${name} was called once`);
  }
}

for (const [name, call] of Object.entries(calls)) {
  test(`after a trap in ${name} a new engine knows what the old one knew`, async () => {
    const shop = await createReshelf(options);
    const heard = [];
    shop.on("status", ({ status }) => heard.push(status));
    shop.addItems(sampleItems);
    for (let i = 0; i < 20; i++) shop.track({ type: "view", item: ids.at(-1), dwellMs: 60_000 });
    await Promise.resolve();
    await trapOnce(name, () => call(shop));
    assert.equal(shop.status, "ready");
    const forgotten = name === "core_forget" || name === "core_deny";
    const before = shop.profile().events;
    assert.ok(forgotten ? before === 0 : before >= 20, String(before));
    const liked = Array.from(shop.order("search", ids)).indexOf(ids.length - 1);
    assert.equal(liked < ids.length - 1, !forgotten, "the next call works");
    assert.equal(shop.explain("search", ids.at(-1)).rank, liked);
    shop.resume();
    shop.track({ type: "view", item: ids[0] });
    assert.equal(shop.profile().events, before + 1);
    await Promise.resolve();
    assert.deepEqual(heard, []);
    shop.destroy();
  });
}

/** An instance whose artifact arrived, or was given up. */
async function withArtifact() {
  const shop = await createReshelf({ ...options, artifact: address });
  while (shop.artifact.state === "loading") await new Promise(done => setTimeout(done, 10));
  return shop;
}

test("after a trap a new engine is given the artifact that the old one had", async () => {
  given = 0;
  const shop = await withArtifact();
  assert.deepEqual([shop.artifact.state, given], ["ready", 1]);
  await trapOnce("core_profile", () => shop.profile());
  assert.deepEqual([shop.status, shop.artifact.state, given], ["ready", "ready", 2]);
  shop.destroy();
});

test("an artifact at which an engine traps is not given to the next one", async () => {
  given = 0;
  const shop = await trapOnce("core_loadArtifact", withArtifact);
  assert.deepEqual([shop.status, shop.artifact.state, shop.artifact.code, given], ["ready", "failed", "damaged", 1]);
  await trapOnce("core_profile", () => shop.profile());
  assert.equal(given, 1);
  shop.destroy();
});

test("an engine that stops again and again is given up", async () => {
  const shop = await createReshelf(options);
  const other = await createReshelf({ ...options, store: "other" });
  other.addItems(sampleItems);
  other.track({ type: "view", item: ids[0] });
  assert.equal(other.profile().events, 1);
  await Promise.resolve();
  const heard = [];
  shop.on("status", ({ status }) => heard.push(status));
  shop.addItems(sampleItems);
  for (let i = 0; i < 3; i++) {
    await trapOnce("core_order", () => shop.order("search", ids));
    assert.equal(shop.status, "ready");
    // The other instance's engine went with the same memory; it has a new one as well.
    assert.equal(other.profile().events, i < 3 ? 0 : 1, "this call is answered without an engine");
    assert.equal(other.profile().events, 1);
  }
  await trapOnce("core_order", () => shop.order("search", ids));
  assert.equal(shop.status, "inert:failed");
  assert.deepEqual(shop.order("search", ids), Uint32Array.from(ids, (_, i) => i));
  assert.equal(shop.explain("search", ids[0]), null);
  shop.track({ type: "view", item: ids[0] });
  assert.equal(shop.profile().events, 0);
  await Promise.resolve();
  assert.deepEqual(heard, ["inert:failed"]);
  [shop, other].forEach(each => each.destroy());
  const next = await createReshelf(options);
  assert.equal(next.status, "ready");
  next.destroy();
});

test("an engine that cannot be started again leaves the merchant's page", async () => {
  const shop = await createReshelf(options);
  shop.addItems(sampleItems);
  const faulty = WebAssembly.Instance;
  WebAssembly.Instance = class {
    constructor() {
      throw new WebAssembly.CompileError("no memory");
    }
  };
  await trapOnce("core_order", () => shop.order("search", ids));
  WebAssembly.Instance = faulty;
  assert.equal(shop.status, "inert:failed");
  assert.deepEqual(shop.order("search", ids), Uint32Array.from(ids, (_, i) => i));
  shop.destroy();
});

