// A page of a shop. What it is comes from its address: `store`, `consent`,
// `observe`, `product` (the item it is about). Scenarios drive it through
// `torture`; reports to the truth server are this script's, not the package's.
import { createReshelf } from "/dist/index.js";

const parameters = new URLSearchParams(location.search);
const main = document.querySelector("#page");

/** Shows a product as a single-page shop does: another marked element. */
function show(item) {
  if (!main.dataset.reshelf) main.dataset.reshelf = "product";
  main.dataset.reshelfItem = item;
}

if (parameters.has("product")) show(parameters.get("product"));

const tell = entry => navigator.sendBeacon("/truth", JSON.stringify(entry));

/** Lets other tasks run, without the delay that timers get in hidden pages. */
const nextTask = () =>
  new Promise(done => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(0);
  });

/** Until what is known no longer grows: a store may be read in more than one step. */
async function settled(quietMs = 1_000, mostMs = 8_000) {
  const begin = performance.now();
  let since = begin;
  let events = -1;
  while (performance.now() - since < quietMs && performance.now() - begin < mostMs) {
    const now = torture.shop.profile().events;
    if (now !== events) [events, since] = [now, performance.now()];
    await new Promise(done => setTimeout(done, 50));
  }
  return torture.shop.profile();
}

const torture = {
  parameters,
  /** What the package found wrong with storage. */
  troubles: [],
  show,
  tell,
  nextTask,
  settled,
  async create(options = {}) {
    torture.shop = await createReshelf({
      store: parameters.get("store") ?? "torture",
      consent: parameters.get("consent") ?? "granted",
      bots: "allow",
      ...options,
    });
    torture.shop.on("storage", trouble => torture.troubles.push(trouble.trouble));
    if (parameters.has("observe")) torture.stop = torture.shop.observe(document);
    return torture.shop.status;
  },
  /** One event an id, in one task. */
  track: (type, ids) => ids.forEach(item => torture.shop.track({ type, item })),
};

window.torture = torture;
torture.ready = parameters.has("late") ? Promise.resolve("late") : torture.create();
await torture.ready;
