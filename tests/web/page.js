// What the tests of the browser side do to the page, where doing it in Rust
// would need bindings that the engine itself does not use.

// ------------------------------------------------------------------ elements

/** A new element of this HTML at the top of the view; `unmount` removes it. */
export function mount(html) {
  const host = document.createElement("div");
  host.style.cssText = "position: fixed; inset: 0 auto auto 0; width: 200px; background: white";
  host.innerHTML = html;
  document.body.prepend(host);
  return host;
}

/** As `mount`, outside of the page. */
export function detached(html) {
  const host = document.createElement("div");
  host.innerHTML = html;
  return host;
}

export const unmount = host => host.remove();

/** A mounted element's open shadow root, filled with this HTML. */
export function shadow(html) {
  const root = mount("").attachShadow({ mode: "open" });
  root.innerHTML = html;
  return root;
}

export const hostOf = root => root.host;

/** The first element under a root that matches. */
export const find = (root, selector) => root.querySelector(selector);

export const add = (container, html, atTheTop) => container.insertAdjacentHTML(atTheTop ? "afterbegin" : "beforeend", html);

export const placeLast = (container, selector) => container.append(container.querySelector(selector));

export const rename = (element, attribute, value) => element.setAttribute(attribute, value);

const idOf = ({ dataset }) => dataset.reshelfItem ?? dataset.reshelfSection ?? dataset.reshelfBanner ?? "-";

/** Ids of a container's children in their order; "-" for what is not marked. */
export const shown = container => Array.from(container.children, idOf).join(" ");

/** The same for those that are not hidden. */
export const visible = container => Array.from(container.children).filter(child => !child.hidden).map(idOf).join(" ");

// -------------------------------------------------------------------- events

export const focus = element => element.focus();
export const isFocused = element => element.getRootNode().activeElement === element;
export const canMoveWithFocus = () => "moveBefore" in Element.prototype;

/** A click that no person made, in both ways a script can make one. */
export function click(element) {
  element.click();
  element.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
  element.dispatchEvent(new MouseEvent("auxclick", { bubbles: true, composed: true, button: 1 }));
}

export const fire = (name, onWindow) => (onWindow ? window : document).dispatchEvent(new Event(name));

/** A function for the tracker that keeps what it is told. */
export function recorder() {
  const sink = (...event) => sink.events.push(event);
  sink.events = [];
  return sink;
}

/** A function that keeps what it is told and then throws. */
export function throwing() {
  const sink = (...event) => {
    sink.events.push(event);
    throw new Error("the page's own fault");
  };
  sink.events = [];
  return sink;
}

export const told = sink => sink.events;

// ------------------------------------------------------------------ patching

/** Makes a container refuse moves from its nth on, `times` times. */
export function refuse(container, nth, times) {
  let calls = 0;
  for (const name of ["insertBefore", "moveBefore"]) {
    const move = Element.prototype[name];
    if (!move) continue;
    container[name] = function (...places) {
      calls += 1;
      if (calls >= nth && calls < nth + times) throw new Error("no moves here");
      return move.apply(this, places);
    };
  }
}

/** Takes `moveBefore` from a container, as browsers are that do not have it. */
export const withoutMoveBefore = container => void (container.moveBefore = undefined);

/** Leaves in a container what the inline stub leaves there. */
export const settle = (container, query, before, after) => void (container.reshelf = { query, before: before.replaceAll(" ", "\n"), after: after.replaceAll(" ", "\n") });

/** Leaves something else there. */
export const settleOddly = (container, value) => void (container.reshelf = value);

/** Counts what changes under a root. */
export function mutations(root) {
  const observer = new MutationObserver(() => {});
  observer.observe(root, { childList: true, subtree: true, attributes: true });
  return observer;
}

export const mutated = observer => observer.takeRecords().length;

/** Counts listeners and timers from now on. */
export function audit() {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const { setInterval, clearInterval } = window;
  const live = new Map();
  const names = new Map();
  const name = value => names.get(value) ?? (names.set(value, names.size), names.size - 1);
  const captures = options => (typeof options === "boolean" ? options : !!options?.capture);
  const key = (target, type, listener, options) => [name(target), type, name(listener), captures(options)].join(" ");
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    live.set(key(this ?? window, type, listener, options), type);
    return addEventListener.call(this ?? window, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    live.delete(key(this ?? window, type, listener, options));
    return removeEventListener.call(this ?? window, type, listener, options);
  };
  window.setInterval = (...rest) => {
    const id = setInterval(...rest);
    live.set(`interval ${id}`, "interval");
    return id;
  };
  window.clearInterval = id => {
    live.delete(`interval ${id}`);
    clearInterval(id);
  };
  const restore = () => {
    Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });
    Object.assign(window, { setInterval, clearInterval });
  };
  return { live, restore };
}

/** What is attached and not detached yet. */
export const attached = ({ live }) => live.size;
export const attachedNames = ({ live }) => Array.from(live.values()).sort().join(" ");
export const endAudit = ({ restore }) => restore();

/**
 * Takes the clocks and intervals of the page over: from now on time also passes
 * by `pass`, second by second, and intervals beat with it.
 */
export function ownTime() {
  const { setInterval, clearInterval } = window;
  const [monotonic, wall] = [performance.now, Date.now];
  let [ahead, last] = [0, 1e9];
  const beats = new Map();
  performance.now = () => monotonic.call(performance) + ahead;
  Date.now = () => wall() + ahead;
  window.setInterval = beat => {
    beats.set(++last, beat);
    return last;
  };
  window.clearInterval = id => beats.delete(id);
  const pass = seconds => {
    for (let second = 0; second < seconds; second++) {
      ahead += 1_000;
      for (const beat of beats.values()) beat();
    }
  };
  const restore = () => {
    Object.assign(window, { setInterval, clearInterval });
    delete performance.now;
    Date.now = wall;
  };
  return { pass, restore };
}

export const pass = (time, seconds) => time.pass(seconds);
export const endTime = ({ restore }) => restore();

/** Until the browser has drawn and told what is in view. */
export const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))));

export const sleep = ms => new Promise(done => setTimeout(done, ms));

// ------------------------------------------------------------------- storage

/** Names of the stored keys that start so. */
export const stored = prefix => Object.keys(localStorage).filter(key => key.startsWith(prefix)).sort().join(" ");

export const value = key => localStorage.getItem(key) ?? "";
export const store = (key, value) => localStorage.setItem(key, value);
export const unstore = key => localStorage.removeItem(key);

/** Fills storage until not even a character fits. */
export function fill(key) {
  localStorage.setItem(key, "");
  let text = "";
  for (let step = 2 ** 24; step >= 1; ) {
    try {
      localStorage.setItem(key, text + "x".repeat(step));
      text += "x".repeat(step);
    } catch {
      step = Math.floor(step / 2);
    }
  }
}

/** A second window of the same origin, as another tab would be. */
export function otherWindow() {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  return frame;
}

export const otherRemoves = (frame, key) => frame.contentWindow.localStorage.removeItem(key);
export const otherStores = (frame, key, value) => frame.contentWindow.localStorage.setItem(key, value);
export const otherClears = frame => frame.contentWindow.localStorage.clear();
