/**
 * The second copy of the ledger, in IndexedDB: it reaches the disk within a
 * tenth of a second, where `localStorage` takes up to a minute (Chromium) and a
 * killed browser loses what it was told since.
 *
 * One object store of texts, by the same keys as in `localStorage`. Beside them
 * lies a marker, made by chance by whoever comes first: a page that finds
 * another one, or none, where it knew one knows that the store was erased. All
 * of that happens within one transaction, which is atomic across pages.
 */

/** Key and text, or undefined where a record was removed. */
export type Changes = Map<string, string | undefined>;

/** What became of a transaction. */
export type Mirrored = "done" | "erased" | "failed";

const RECORDS = "records";
const MARKER = "";
/** A database that does not answer in this time is done without. */
const PATIENCE_MS = 2_000;

export const databaseName = (store: string): string => `reshelf.${store}`;

export class Mirror {
  readonly #name: string;
  #database: Promise<IDBDatabase | undefined> | undefined;
  /** Gives up what is under way, without another call of ours. */
  #cancel: (() => void) | undefined;
  #sleeping = false;
  #marker: string | undefined;

  constructor(store: string) {
    this.#name = databaseName(store);
  }

  /** All records: key, text, key, text …; or why there are none to be had. */
  async read(): Promise<string[] | Exclude<Mirrored, "done">> {
    const records: string[] = [];
    const known = this.#marker;
    const read = await this.#transact("readonly", (store, found) => {
      if (known !== undefined && known !== found) return false;
      if (typeof found === "string") this.#marker = found;
      store.openCursor().onsuccess = ({ target }) => {
        const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
        if (cursor === null) return;
        const { key, value } = cursor as { key: unknown; value: unknown };
        if (typeof key === "string" && typeof value === "string" && key !== MARKER) records.push(key, value);
        cursor.continue();
      };
    });
    return read === "done" ? records : read;
  }

  /** Applies changes, unless somebody erased the store since this page read or wrote it. */
  async write(changes: Changes): Promise<Mirrored> {
    const known = this.#marker;
    let marker: string | undefined;
    const written = await this.#transact("readwrite", (store, found) => {
      if (known !== undefined && known !== found) return false;
      marker = typeof found === "string" ? found : `${Math.random()}${Math.random()}`;
      if (marker !== found) store.put(marker, MARKER);
      for (const [key, text] of changes) {
        if (text === undefined) store.delete(key);
        else store.put(text, key);
      }
      return true;
    });
    if (written === "done") this.#marker = marker;
    return written;
  }

  /** Removes what a page gave since an erasure that it did not know of; the keys of a page have these beginnings. */
  async takeBack(...beginnings: string[]): Promise<void> {
    await this.#transact("readwrite", store => {
      for (const beginning of beginnings) store.delete(IDBKeyRange.bound(beginning, `${beginning}\uffff`));
    });
  }

  /** After an erasure that was none: takes whatever marker there is now. */
  forgetMarker(): void {
    this.#marker = undefined;
  }

  /**
   * Removes everything, the marker too. Where that fails, or takes too long, the
   * browser is asked to delete the database, which it does also without this page.
   */
  async erase(): Promise<void> {
    const late = new Promise<Mirrored>(resolve => setTimeout(resolve, PATIENCE_MS, "failed"));
    const clear = (store: IDBObjectStore): void => {
      store.clear();
      // Not before: what was under way may have read the old one since.
      this.#marker = undefined;
    };
    const erased = await Promise.race([late, this.#transact("readwrite", clear)]);
    this.#marker = undefined;
    if (erased === "done") return;
    this.close();
    deleteMirror(this.#name);
  }

  /**
   * Stops at once, before the page is frozen or kept for the back button: an
   * open transaction would block every other page, and its end would throw this
   * one out of the browser's cache.
   */
  sleep(): void {
    this.#sleeping = true;
    this.#cancel?.();
    this.close();
  }

  wake(): void {
    this.#sleeping = false;
  }

  close(): void {
    void this.#database?.then(database => database?.close());
    this.#database = undefined;
  }

  /** Runs `step` in one transaction, with the marker; its answer false is an erasure. */
  async #transact(mode: IDBTransactionMode, step: (store: IDBObjectStore, found: unknown) => boolean | void, again = true): Promise<Mirrored> {
    const database = this.#sleeping ? undefined : await this.#open();
    // One that did not answer is asked again the next time.
    if (!database) this.#database = undefined;
    if (!database || this.#sleeping) return "failed";
    try {
      const transaction = database.transaction(RECORDS, mode, { durability: "relaxed" });
      const store = transaction.objectStore(RECORDS);
      let result: Mirrored = "done";
      store.get(MARKER).onsuccess = ({ target }) => {
        try {
          if (step(store, (target as IDBRequest).result) === false) result = "erased";
        } catch {
          // Aborted in between: nobody may hear of it from the page's own error handler.
          result = "failed";
        }
      };
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
        this.#cancel = () => {
          transaction.oncomplete = transaction.onabort = null;
          reject();
          try {
            transaction.abort();
          } catch {
            // It is being committed: it was not needed again, only not known to be done.
          }
        };
      });
      this.#cancel = undefined;
      return result;
    } catch {
      this.#cancel = undefined;
      // Browsers close connections by themselves: once more with a new one.
      this.close();
      return again ? this.#transact(mode, step, false) : "failed";
    }
  }

  #open(): Promise<IDBDatabase | undefined> {
    this.#database ??= open(
      this.#name,
      () => (this.#database = undefined),
      cancel => (this.#cancel = cancel),
    );
    return this.#database;
  }
}

/** Deletes a database, without reading it. */
export function deleteMirror(name: string): void {
  try {
    indexedDB.deleteDatabase(name);
  } catch {
    // What cannot be reached holds nothing of ours.
  }
}

function open(name: string, closed: () => void, cancels: (cancel: (() => void) | undefined) => void): Promise<IDBDatabase | undefined> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, PATIENCE_MS, undefined);
    const answer = (database?: IDBDatabase) => {
      clearTimeout(timer);
      cancels(undefined);
      resolve(database);
    };
    try {
      const request = indexedDB.open(name, 1);
      cancels(() => {
        request.onsuccess = request.onerror = null;
        answer();
      });
      request.onupgradeneeded = () => request.result.createObjectStore(RECORDS);
      request.onerror = () => answer();
      request.onsuccess = () => {
        const database = request.result;
        // Made by somebody else: nothing of ours can be in there.
        if (!database.objectStoreNames.contains(RECORDS)) {
          database.close();
          return answer();
        }
        // Another page deletes it: let it, and open anew when there is need.
        database.onversionchange = () => {
          database.close();
          closed();
        };
        database.onclose = closed;
        answer(database);
      };
    } catch {
      answer();
    }
  });
}
