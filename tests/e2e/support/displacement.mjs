// The displacement meter: how far anything that is marked moves under the
// shopper's eyes. Unlike layout shift as browsers count it, it also sees what is
// taken out and put back, or drawn anew under the same mark.

/** Runs in the page before any script of it. */
function measure() {
  const MARKED = "[data-reshelf] > :is([data-reshelf-section], [data-reshelf-item], [data-reshelf-banner])";
  const last = new Map();
  window.displacement = { px: 0, of: "", frames: 0, shift: 0, orders: [] };
  new PerformanceObserver(list => {
    // Unlike the metric of that name, also what follows an input.
    for (const { value } of list.getEntries()) window.displacement.shift += value;
  }).observe({ type: "layout-shift", buffered: true });
  const inView = ({ top, bottom, left, right, width, height }) => width > 0 && height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  // A frame that asks for its callbacks is painted after them: what stands now is what is seen.
  const look = () => {
    const told = window.displacement;
    const met = new Map();
    for (const element of document.querySelectorAll(MARKED)) {
      const { dataset } = element;
      const name = `${element.parentElement.dataset.reshelfPlacement} ${dataset.reshelfSection ?? dataset.reshelfBanner ?? dataset.reshelfItem}`;
      met.set(name, (met.get(name) ?? 0) + 1);
      const key = `${name} ${met.get(name)}`;
      const place = element.getBoundingClientRect();
      const before = last.get(key);
      last.set(key, place);
      if (!before || !(inView(before) || inView(place))) continue;
      const px = Math.max(Math.abs(place.left - before.left), Math.abs(place.top - before.top));
      if (px > told.px) Object.assign(told, { px, of: key });
    }
    if (last.size > 0) told.frames++;
    const order = [...met.keys()].join(", ");
    if (order && order !== told.orders.at(-1)) told.orders.push(order);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** For a context's or page's `addInitScript`. */
export const meter = `(${measure})()`;

/**
 * What the meter has seen by now: the largest movement in pixels and whose it
 * was, the sum of layout shifts, frames with anything marked, and each order.
 */
export const measured = page =>
  page.evaluate(async () => {
    // A shift is told after the frame it happened in: a few frames later all are.
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
    return window.displacement;
  });
