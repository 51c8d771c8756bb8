// Looks at what the package hands to its engine, without changing the package:
// the public interface tells no dwell, so the numbers are read where the glue
// puts them, in the memory of the WebAssembly instance. Installed before the
// package. Where the glue's names have changed, `found` stays false and the
// scenario says so.
const STRIDE = 6;
const KINDS = ["impression", "view", "click", "dwell"];

const engineWatch = {
  /** Whether the functions that are watched were there. */
  found: false,
  memory: undefined,
  items: new Map(),
  /** Called with each event of an item. */
  heard: () => {},
  memoryPages: () => (engineWatch.memory ? engineWatch.memory.buffer.byteLength / 65_536 : 0),
};

{
  const named = (exports, name) => Object.keys(exports).find(key => key === `core_${name}`);

  function watch(exports) {
    const [track, item] = ["track", "item"].map(name => named(exports, name));
    engineWatch.memory = exports.memory;
    engineWatch.found = Boolean(track && item && exports.memory);
    if (!engineWatch.found) return exports;
    const watched = { ...exports };
    watched[item] = (self, at, length) => {
      const id = new TextDecoder().decode(new Uint8Array(exports.memory.buffer, at, length).slice());
      const handle = exports[item](self, at, length);
      engineWatch.items.set(handle >>> 0, id);
      return handle;
    };
    watched[track] = (self, at, length, ...more) => {
      const numbers = [...new Float64Array(exports.memory.buffer, at, length)];
      for (let event = 0; event + STRIDE <= numbers.length; event += STRIDE) {
        const [kind, subject, time, dwellMs] = numbers.slice(event, event + STRIDE);
        engineWatch.heard({ what: KINDS[kind] ?? `kind ${kind}`, item: engineWatch.items.get(subject), time, dwellMs });
      }
      return exports[track](self, at, length, ...more);
    };
    return watched;
  }

  for (const name of ["instantiateStreaming", "instantiate"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await original.apply(WebAssembly, given);
      if (result instanceof WebAssembly.Instance) return { exports: watch(result.exports) };
      return { module: result.module, instance: { exports: watch(result.instance.exports) } };
    };
  }
}

window.engineWatch = engineWatch;
