// Runs in the page: the timed calls. Each figure is the microseconds of one
// call: [5th percentile, median, 95th percentile] over many samples.
import { createReshelf } from "/reshelf/index.js";
import { ITEMS as SHOP, id, sessions, visits } from "/sessions.js";
import { VmisKnn } from "/vmis.js";

const ITEMS = 1000;
const options = { store: "bench", bots: "allow", consent: "denied" };

/** The same shop as `order.rs` builds. */
const row = index => ({
  id: `SKU-${String(index).padStart(5, "0")}`,
  category: ["Home", `Shelf ${index % 12}`],
  brand: `Brand ${index % 40}`,
  price: 1 + ((index * 37) % 900) / 10,
  tags: [`colour:${index % 9}`, `material:${index % 7}`],
});

async function sample(calls, call, between) {
  const samples = [];
  for (let i = 0; i < 220; i++) {
    const start = performance.now();
    for (let j = 0; j < calls; j++) call(j);
    const taken = (performance.now() - start) * 1000;
    // The first samples run before the code is compiled for good.
    if (i >= 20) samples.push(taken / calls);
    await between?.();
  }
  samples.sort((a, b) => a - b);
  return [0.05, 0.5, 0.95].map(share => samples[Math.floor(samples.length * share)]);
}

/** `(module (func (export "empty") (param f64 f64 f64 f64 f64 f64)))` */
const EMPTY = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 10, 1, 96, 6, 124, 124, 124, 124, 124, 124, 0, 3, 2, 1, 0, 7, 9, 1, 5, 101, 109, 112,
  116, 121, 0, 0, 10, 4, 1, 2, 0, 11,
]);

export async function calls() {
  const shop = await createReshelf(options);
  if (shop.status !== "ready") throw new Error(`status ${shop.status}`);
  const ids = Array.from({ length: ITEMS }, (_, i) => row(i).id);
  shop.addItems(ids.map((_, i) => row(i)));
  const view = i => ({ type: "view", item: ids[i % ITEMS], dwellMs: 20000, placement: "bench", position: 3 });
  for (let i = 0; i < 40; i++) shop.track(view(i * 13));

  const scores = ids.map((_, i) => Math.sin(i * 12.9898) * 43758.5453 % 1);
  // Sixteen instances, so that the call is made and not compiled away.
  const empties = await Promise.all(Array.from({ length: 16 }, () => WebAssembly.instantiate(EMPTY).then(made => made.instance.exports.empty)));
  const events = Array.from({ length: 250 }, (_, i) => view(i));

  const order = await sample(20, () => shop.order("bench", ids));
  const sort = await sample(20, () => scores.slice().sort((a, b) => a - b));
  const empty = await sample(4000, i => empties[i & 15](1, i, 2, 3, 4, 5));
  // Fewer than a batch, then the microtask that hands it to the engine, untimed:
  // what a page waits for when it calls track.
  const track = await sample(250, i => shop.track(events[i]), () => null);
  // The same with the engine's share, which runs after the page's own code.
  const start = performance.now();
  for (let i = 0; i < 100_000; i++) shop.track(events[i % 250]);
  const whole = (performance.now() - start) * 1000 / 100_000;
  shop.destroy();
  return { order, sort, empty, track, whole };
}

/** Milliseconds from the first byte asked for to `ready`. */
export async function start() {
  const begin = performance.now();
  const shop = await createReshelf(options);
  const taken = performance.now() - begin;
  if (shop.status !== "ready") throw new Error(`status ${shop.status}`);
  return taken;
}

/**
 * Milliseconds of the same bytes compiled and instantiated, and nothing else.
 * `names` are the module's imports: asking it here would compile it before.
 */
export async function bare(names) {
  const imports = {};
  for (const { module, name } of names) (imports[module] ??= {})[name] = () => {};
  const begin = performance.now();
  await WebAssembly.instantiateStreaming(fetch("/reshelf/reshelf.wasm"), imports);
  return performance.now() - begin;
}

const VISITS = 300;
const ROW = 20;

/**
 * A row of 20 after ten items that were looked at: the package with its artifact
 * (16 neighbours an item, 10,000 prototypes) and VMIS-kNN over the same sessions,
 * by turns. Microseconds of a call: [median, 90th percentile] of each.
 */
export async function rows() {
  const shop = await createReshelf({ ...options, artifact: "/artifact/" });
  while (shop.artifact.state === "loading") await new Promise(done => setTimeout(done, 10));
  if (shop.artifact.state !== "ready") throw new Error(JSON.stringify(shop.artifact));
  shop.addItems(Array.from({ length: SHOP }, (_, item) => ({ ...row(item), id: id(item) })));
  const neighbours = new VmisKnn(sessions(), SHOP);
  const CALLS = 10;
  const time = call => {
    const start = performance.now();
    for (let i = 0; i < CALLS; i++) call();
    return ((performance.now() - start) * 1000) / CALLS;
  };
  const [ours, theirs, alike] = [[], [], []];
  for (const [at, visit] of visits(VISITS + 50).entries()) {
    await shop.forget();
    const before = Date.now() - visit.length * 1000;
    visit.forEach((item, place) => shop.track({ type: "view", item: id(item), at: before + place * 1000 }));
    // Reads the profile: a page that has just learned does so once, for all that it asks.
    shop.profile();
    const current = id(visit.at(-1));
    let [row, list] = [];
    const us = time(() => (row = shop.recommend("related", { item: current, limit: ROW, repeat: true })));
    const them = time(() => (list = neighbours.recommend(visit, ROW)));
    if (row.length !== ROW || list.length !== ROW) throw new Error(`${row.length} and ${list.length} answers`);
    // The first run before the code is compiled for good.
    if (at < 50) continue;
    ours.push(us);
    theirs.push(them);
    const known = new Set(list.map(([item]) => id(item)));
    alike.push(row.filter(entry => known.has(entry.id)).length / ROW);
  }
  shop.destroy();
  const at = (samples, share) => samples.toSorted((a, b) => a - b)[Math.floor(samples.length * share)];
  const both = samples => [at(samples, 0.5), at(samples, 0.9)];
  return { ours: both(ours), theirs: both(theirs), alike: alike.reduce((sum, share) => sum + share, 0) / alike.length };
}
