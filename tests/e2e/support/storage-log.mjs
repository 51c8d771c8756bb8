// Every touch of the browser's storage, told through the console: unlike a list
// in the page, that also arrives from a page that is being left.

const MARK = "storage touched";

/** Runs in the page before any script of it. */
function spy(mark) {
  Error.stackTraceLimit = 100;
  const tell = (name, key = "") => console.debug(mark, name, String(key), new Error().stack);
  const wrap = (owner, name) => {
    const { value } = Object.getOwnPropertyDescriptor(owner, name);
    owner[name] = function (...given) {
      tell(name, given[0]);
      return value.apply(this, given);
    };
  };
  const watch = (owner, name) => {
    const { get, set } = Object.getOwnPropertyDescriptor(owner, name);
    const told = accessor => accessor && function (...given) { tell(name); return accessor.apply(this, given); };
    Object.defineProperty(owner, name, { get: told(get), set: told(set), configurable: true });
  };
  for (const name of ["getItem", "setItem", "removeItem", "key", "clear"]) wrap(Storage.prototype, name);
  for (const name of ["open", "deleteDatabase", "databases"]) wrap(IDBFactory.prototype, name);
  watch(Storage.prototype, "length");
  watch(Document.prototype, "cookie");
  // These two are there in secure contexts only, which the first blank page is not.
  if (window.StorageManager) wrap(StorageManager.prototype, "getDirectory");
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) if (name in window) watch(window, name);
}

/** A script for `welcome`, and what it has told. */
export const spyOnStorage = `(${spy})(${JSON.stringify(MARK)})`;

/** The touches of all pages of a context: what, which key, and whether Reshelf did it. */
export function listenToStorage(context) {
  const touches = [];
  context.on("console", message => {
    if (!message.text().startsWith(MARK)) return;
    const [, name, key, stack] = /touched (\S+) (.*?) ?(Error[^]*)$/.exec(message.text());
    touches.push({ name, key, bySdk: /\/reshelf\/|wasm:/.test(stack) || key.startsWith("reshelf.") });
  });
  return touches;
}
