// Counts every touch of anything a browser can keep data in, before any other
// script of the page: the getters of the window, the methods behind them, the
// cookie in both its forms, and what could carry data to another tab. Changes
// nothing of what they do.
const spy = {
  /** Touches of storage: name, first argument, and the scripts on the stack. */
  touches: [],
  /** Locks and channels: they keep nothing, and are counted apart. */
  signals: [],
};

{
  const scriptsOf = stack => [...stack.matchAll(/(?:https?:\/\/[^/]+(\/[^\s:?)]+))|(wasm:)/g)].map(([, path, wasm]) => path ?? wasm);
  const tell = (list, name, first) => {
    Error.stackTraceLimit = 50;
    list.push({ name, first: String(first ?? ""), scripts: scriptsOf(new Error().stack ?? "") });
  };
  const wrapMethod = (list, owner, name) => {
    const original = owner?.prototype?.[name];
    if (typeof original !== "function") return;
    owner.prototype[name] = function (...given) {
      tell(list, `${owner.name}.${name}`, given[0]);
      return original.apply(this, given);
    };
  };
  const wrapAccessor = (list, owner, name, label) => {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (!found?.get || !found.configurable) return;
    const told = accessor =>
      accessor &&
      function (...given) {
        tell(list, label, given[0]);
        return accessor.apply(this, given);
      };
    Object.defineProperty(owner, name, { ...found, get: told(found.get), set: told(found.set) });
  };
  const methods = {
    Storage: ["getItem", "setItem", "removeItem", "key", "clear"],
    IDBFactory: ["open", "deleteDatabase", "databases", "cmp"],
    CacheStorage: ["open", "match", "has", "keys", "delete"],
    CookieStore: ["get", "getAll", "set", "delete"],
    StorageManager: ["getDirectory", "persist", "persisted", "estimate"],
    StorageBucketManager: ["open", "keys", "delete"],
    Document: ["requestStorageAccess", "hasStorageAccess"],
  };
  for (const [owner, names] of Object.entries(methods)) for (const name of names) wrapMethod(spy.touches, window[owner], name);
  wrapAccessor(spy.touches, Storage.prototype, "length", "Storage.length");
  wrapAccessor(spy.touches, Document.prototype, "cookie", "document.cookie");
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches", "cookieStore"]) wrapAccessor(spy.touches, window, name, name);
  for (const name of ["storage", "storageBuckets"]) wrapAccessor(spy.touches, Navigator.prototype, name, `navigator.${name}`);

  wrapMethod(spy.signals, window.LockManager, "request");
  wrapMethod(spy.signals, window.LockManager, "query");
  wrapMethod(spy.signals, window.BroadcastChannel, "postMessage");
  const Channel = window.BroadcastChannel;
  window.BroadcastChannel = class BroadcastChannel extends Channel {
    constructor(name) {
      tell(spy.signals, "new BroadcastChannel", name);
      super(name);
    }
  };
}

window.spy = spy;
