// Tracks one event after another at a steady rate, and acknowledges them to the
// truth server in small batches: what the server holds when the browser dies is
// what was acknowledged. Started by the scenario through `ticking.start`.
const BATCH_MS = 25;

const ticking = {
  /** Tracks one event of `items`, in turn, every `everyMs` until the page is hidden or told to stop. */
  start({ tab, run, items, everyMs }) {
    const { torture } = window;
    torture.shop.addItems(items.map(id => ({ id, category: ["Ticking"] })));
    const begin = performance.now();
    let tracked = 0;
    let waiting = [];
    let on = true;
    const beat = () => {
      if (!on) return;
      // As many as are due: a late timer must not slow the rate down.
      const due = Math.floor((performance.now() - begin) / everyMs);
      for (; tracked < due; tracked++) {
        torture.shop.track({ type: "addToCart", item: items[tracked % items.length] });
        waiting.push(performance.timeOrigin + performance.now());
      }
    };
    const acknowledge = kind => {
      // An event is acknowledged after the task that tracked it is over, as a
      // shopper's click is over when the page answers.
      torture.tell({ kind, tab, run, count: tracked, times: waiting });
      waiting = [];
    };
    setInterval(beat, everyMs);
    setInterval(() => on && waiting.length > 0 && acknowledge("tracked"), BATCH_MS);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "hidden" || !on) return;
      on = false;
      acknowledge("hidden");
    });
  },
};

window.ticking = ticking;
