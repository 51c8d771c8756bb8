// From a page's recorded life to the time somebody could really look at each
// product, and the comparison with what the package measured.

/** Without input for so long nobody is reading; the package documents this limit. */
const IDLE_CAP_MS = 15_000;
/** An interval shorter than this is not worth an event, as the package documents. */
const SHORTEST_MS = 1;

/**
 * Intervals of attention of one document, oldest first: which item, when it
 * ended, and how long it lasted.
 */
export function intervals(life) {
  const state = { visible: false, frozen: false, gone: false, begun: false };
  const open = () => state.begun && state.visible && !state.frozen && !state.gone;
  const found = [];
  let item;
  let lastInput = 0;
  /** Start of what is not yet counted, while the page is open. */
  let since;
  let counted = 0;
  const count = at => {
    if (since === undefined) return;
    counted += Math.max(0, Math.min(at, lastInput + IDLE_CAP_MS) - since);
    since = at;
  };
  const close = at => {
    count(at);
    if (since !== undefined || counted > 0) found.push({ item, end: at, ms: counted });
    counted = 0;
  };
  for (const { what, at, visible, item: shown } of life) {
    const wasOpen = open();
    if (what === "begin") Object.assign(state, { begun: true, visible });
    if (what === "visibilitychange") state.visible = visible;
    if (what === "freeze") state.frozen = true;
    if (what === "resume") state.frozen = false;
    if (what === "pagehide") state.gone = true;
    if (what === "pageshow") state.gone = false;
    if (wasOpen && !open()) {
      close(at);
      since = undefined;
    }
    if (!wasOpen && open()) {
      lastInput = at;
      since = at;
    }
    if (what === "input" && open()) {
      count(at);
      lastInput = at;
    }
    if (what === "route") {
      // Another page of the same product is the same product.
      if (open() && shown !== item) close(at);
      item = shown;
    }
    if (what === "begin") item = shown;
  }
  return found;
}

/**
 * Pairs what the package filed with the interval of the same item that ended
 * nearest, and returns each interval with the error in ms. What belongs to no
 * interval is an interval of length 0.
 */
export function compareDwell(life) {
  const truth = intervals(life).map(interval => ({ ...interval, measured: 0 }));
  const strays = [];
  for (const { item, at, dwellMs } of life.filter(entry => entry.what === "sdk dwell")) {
    const candidates = truth.filter(interval => interval.item === item);
    const nearest = candidates.reduce((best, interval) => (best && Math.abs(best.end - at) <= Math.abs(interval.end - at) ? best : interval), undefined);
    if (nearest) nearest.measured += dwellMs;
    else strays.push({ item, end: at, ms: 0, measured: dwellMs });
  }
  return [...truth, ...strays]
    .map(interval => ({ ...interval, error: interval.measured - interval.ms }))
    .filter(({ ms, measured }) => ms >= SHORTEST_MS || measured > 0);
}
