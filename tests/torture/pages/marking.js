// Tracks an item nobody tracked before at every beat, and tells the truth server
// which and when: what a store still holds can be dated to the beat.
{
  let waiting = [];
  const send = () => {
    if (waiting.length > 0) window.torture.tell(waiting);
    waiting = [];
  };
  window.marking = {
    start({ who, run, everyMs }) {
      let beat = 0;
      setInterval(() => {
        const item = `${who}-${beat++}`;
        const at = performance.timeOrigin + performance.now();
        window.torture.shop.track({ type: "view", item });
        waiting.push({ kind: "mark", run, who, item, at });
      }, everyMs);
      setInterval(send, 50);
      addEventListener("pagehide", send);
      for (const event of ["visibilitychange", "freeze"]) document.addEventListener(event, send);
    },
  };
  addEventListener("pageshow", event => event.persisted && navigator.sendBeacon("/truth", JSON.stringify({ kind: "returned", href: location.href })));
}
