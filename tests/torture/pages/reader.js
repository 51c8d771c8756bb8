// Connects the recorder and the view into the engine: every view and dwell the
// package files is told to the truth server beside what really happened.
window.engineWatch.heard = event => {
  if (event.what !== "dwell" && event.what !== "view") return;
  window.recorder.note(`sdk ${event.what}`, { item: event.item, dwellMs: event.dwellMs, time: event.time });
};

window.reader = {
  /** Starts watching; time before this cannot be anybody's to measure. */
  begin() {
    const { shop, parameters } = window.torture;
    const visible = document.visibilityState === "visible";
    window.recorder.note("begin", { item: parameters.get("product"), visible, watched: window.engineWatch.found });
    shop.observe(document);
    window.recorder.sendLast();
  },
  route(item) {
    history.pushState({}, "", location.href);
    window.torture.show(item);
    window.recorder.note("route", { item });
    window.recorder.send();
  },
};
