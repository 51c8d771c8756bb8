// All that an origin keeps of a store, read by a page that does not run the
// package: the text of every record, of localStorage and of every database.

/** Runs in the page. */
async function dump(prefix) {
  const local = Object.entries(localStorage).filter(([key]) => key.startsWith(prefix));
  const text = value => {
    if (typeof value === "string") return [value];
    if (value instanceof ArrayBuffer) return text(new Uint8Array(value));
    if (ArrayBuffer.isView(value)) return [btoa(String.fromCharCode(...value)).replace(/=+$/, "")];
    if (Array.isArray(value)) return value.flatMap(text);
    if (value && typeof value === "object") return Object.values(value).flatMap(text);
    return [];
  };
  const answer = request =>
    new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  const mirrored = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = [await answer(objects.getAllKeys()), await answer(objects.getAll())];
      keys.forEach((key, at) => {
        const named = [name, String(key)].some(part => part.startsWith(prefix) || `${part}.`.startsWith(prefix));
        if (named) text(values[at]).forEach(value => mirrored.push([`${name}/${store}/${String(key)}`, value]));
      });
    }
    database.close();
  }
  return { local, mirrored };
}

/** What is kept of a store: `[key, text]` pairs of localStorage, and of every database that names it. */
export const stored = (page, store) => page.evaluate(dump, `reshelf.${store}.`);
