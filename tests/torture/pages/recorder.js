// An independent recorder of a page's life, installed before the package: what
// really happened to the page and when. It is told to the truth server within
// the same event, because a page that is frozen or left may never run again, but
// after the package's own listeners: sending takes milliseconds, which would be
// counted as an error of the package.
const LIFE = {
  window: ["pagehide", "pageshow"],
  document: ["visibilitychange", "freeze", "resume", "prerenderingchange"],
};
const documentName = Math.random().toString(36).slice(2, 10);
let order = 0;
let waiting = [];

const recorder = {
  document: documentName,
  note(what, more = {}) {
    const at = performance.timeOrigin + performance.now();
    const script = new URLSearchParams(location.search).get("script");
    const entry = { kind: "life", script, document: documentName, order: order++, at, what, ...more };
    if (waiting.push(entry) === 1) setTimeout(recorder.send, 0);
  },
  send() {
    if (waiting.length > 0) navigator.sendBeacon("/truth", JSON.stringify(waiting));
    waiting = [];
  },
  /** From now on the listeners of whoever came before run first. */
  sendLast() {
    for (const what of LIFE.window) addEventListener(what, recorder.send);
    for (const what of LIFE.document) document.addEventListener(what, recorder.send);
  },
};

for (const what of LIFE.window) {
  addEventListener(what, event => recorder.note(what, { persisted: event.persisted, visible: document.visibilityState === "visible" }));
}
for (const what of LIFE.document) {
  document.addEventListener(what, () => recorder.note(what, { visible: document.visibilityState === "visible" }));
}
for (const what of ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "touchstart"]) {
  addEventListener(what, () => recorder.note("input", { by: what }), { capture: true, passive: true });
}

window.recorder = recorder;
