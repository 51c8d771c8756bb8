// A page that begins by itself, as a shop's page does, and tells at once which
// storage it touches: it may be thrown away without another event.
{
  let told = 0;
  const tellTouches = () => {
    for (const { name, first } of window.spy.touches.slice(told)) window.recorder.note("touch", { name, key: first });
    told = window.spy.touches.length;
    window.recorder.send();
  };
  window.reader.tellTouches = tellTouches;
  setInterval(tellTouches, 100);

  const begun = setInterval(async () => {
    if (!window.torture?.shop) return;
    clearInterval(begun);
    await window.torture.ready;
    window.recorder.note("begin", { prerendering: document.prerendering, visible: document.visibilityState === "visible", watched: window.engineWatch.found });
    window.torture.shop.observe(document);
    window.recorder.sendLast();
    tellTouches();
  }, 20);
}
