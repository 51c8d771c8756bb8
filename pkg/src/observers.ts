/**
 * Which roots of this document are watched, by any instance. Two instances of
 * one store, or two components of a page, must not count the same click twice,
 * and one that goes must not take the others' watching with it.
 */

/** Somebody's wish that a root be watched. */
interface Wish {
  root: Node;
  /** The instance whose engine would do the watching. */
  owner: object;
  start(): () => void;
  /** Ends the watching, while it is this wish that is carried out. */
  end?: (() => void) | undefined;
}

const wishes = new Map<string, Set<Wish>>();

/**
 * Watches `root` for `store` unless it is watched already, by itself or as
 * part of a larger root. Returns a function that stops, which may be called
 * more than once.
 */
export function observeOnce(store: string, root: Node, owner: object, start: () => () => void): () => void {
  const ofStore = wishes.get(store) ?? new Set();
  wishes.set(store, ofStore);
  const wish: Wish = { root, owner, start };
  ofStore.add(wish);
  settle(ofStore);
  return () => withdraw(ofStore, candidate => candidate === wish);
}

/** Ends all that this instance's engine watches; other instances take over what they wished for. */
export function endObservations(store: string, owner: object): void {
  withdraw(wishes.get(store) ?? new Set(), wish => wish.owner === owner);
}

/** Watches again all that this instance watched, with the engine that took the place of one that failed. */
export function restartObservations(store: string, owner: object): void {
  for (const wish of wishes.get(store) ?? []) {
    if (wish.owner === owner && wish.end) wish.end = wish.start();
  }
}

function withdraw(ofStore: Set<Wish>, unwanted: (wish: Wish) => boolean): void {
  for (const wish of [...ofStore].filter(unwanted)) {
    ofStore.delete(wish);
    wish.end?.();
  }
  settle(ofStore);
}

/** Carries out the fewest wishes that cover all: the outermost roots, each once. */
function settle(ofStore: Set<Wish>): void {
  const all = [...ofStore];
  const needed = (wish: Wish, place: number) =>
    !all.some((other, otherPlace) => (other.root === wish.root ? otherPlace < place : covers(other.root, wish.root)));
  const outermost = new Set(all.filter(needed));
  for (const wish of all) {
    if (outermost.has(wish)) wish.end ??= wish.start();
    else if (wish.end) {
      wish.end();
      wish.end = undefined;
    }
  }
}

/** Whether `inner` is in `outer`, also through shadow roots: clicks in there are seen from outside. */
function covers(outer: Node, inner: Node): boolean {
  for (let node: Node | null = inner; node; node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null) {
    if (node === outer) return true;
  }
  return false;
}

const warned = new Set<string>();
const alive = new Map<string, number>();

/** Counts a new instance, and tells the page's developers, once a store, that it is not the only one. */
export function announce(store: string): void {
  const others = alive.get(store) ?? 0;
  alive.set(store, others + 1);
  if (others === 0 || warned.has(store)) return;
  warned.add(store);
  console.warn(
    `reshelf: store "${store}" has more than one instance on this page. Each keeps a profile of its own until the next page; create one and share it.`,
  );
}

/** Counts an instance that was destroyed. */
export function retire(store: string): void {
  alive.set(store, Math.max(0, (alive.get(store) ?? 0) - 1));
}
