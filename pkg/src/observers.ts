/**
 * Which roots of this document are being watched, by any instance. Two
 * instances of one store, or two components of a page, must not count the same
 * click twice.
 */

interface Observation {
  root: Node;
  /** The instance whose engine does the watching. */
  owner: object;
  /** How many callers rely on it; the last one to stop ends it. */
  uses: number;
  end(): void;
}

const observations = new Map<string, Set<Observation>>();

/**
 * Watches `root` for `store` unless it is watched already, by itself or as
 * part of a larger root. Returns a function that stops, which may be called
 * more than once.
 */
export function observeOnce(store: string, root: Node, owner: object, start: () => () => void): () => void {
  const ofStore = observations.get(store) ?? new Set();
  observations.set(store, ofStore);
  let found = [...ofStore].find(observation => observation.root === root || observation.root.contains(root));
  if (found) found.uses++;
  else ofStore.add((found = { root, owner, uses: 1, end: start() }));
  const observation = found;
  let stopped = false;
  return () => {
    if (stopped) return;
    stopped = true;
    if (--observation.uses === 0 && ofStore.delete(observation)) observation.end();
  };
}

/** Ends all that this instance's engine watches. */
export function endObservations(store: string, owner: object): void {
  const ofStore = observations.get(store);
  for (const observation of [...(ofStore ?? [])]) {
    if (observation.owner === owner && ofStore?.delete(observation)) observation.end();
  }
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
