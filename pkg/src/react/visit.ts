/** The provider's instance in a component, and what all hooks of lists answer with. */
import { createContext, startTransition, useCallback, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { ItemId, Reshelf } from "../types.js";
import { type Client, NOTHING, type Visit, type VisitStatus } from "./client.js";

export type { VisitStatus } from "./client.js";

/** What the hooks of lists answer with; each part stays the same object until it changes. */
export interface Shelved<T> {
  /** The entries in the order to show; the merchant's on a server, while hydrating and until the instance is there. */
  readonly items: readonly T[];
  readonly status: VisitStatus;
  /** Decides anew. Otherwise a list keeps the order it got in this visit, so that nothing jumps. */
  readonly refresh: () => void;
  /** The marks of the HTML contract for the element around the list, to spread. */
  readonly listProps: Readonly<Record<string, string>>;
  /** The marks of an entry's element, by its id, to spread: clicks and looks are learnt from them. */
  readonly itemProps: (id: ItemId) => Readonly<Record<string, string>>;
}

export const ClientContext = createContext<Client | null>(null);

/**
 * The provider's instance, to track events or ask for consent; null on a
 * server, while hydrating, and until it is there.
 * @throws Error outside of a `ReshelfProvider`.
 */
export function useReshelf(): { readonly shop: Reshelf | null; readonly status: VisitStatus } {
  return useVisit("useReshelf");
}

/** For a hook of this name: what there is to rank with. */
export function useVisit(hook: string): Visit {
  const client = useClient(hook);
  const isFirst = useHydrating();
  const [visit, setVisit] = useState(() => (isFirst ? NOTHING : client.read()));
  useEffect(() => {
    // A store's updates are urgent, and replace what the server sent of a `Suspense` below, where its code
    // is still to come, by the fallback; a transition waits for it.
    const update = () => startTransition(() => setVisit(client.read()));
    update();
    return client.subscribe(update);
  }, [client]);
  return visit;
}

/** What the hook of this name is under. */
export function useClient(hook: string): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error(`${hook} must be called under a <ReshelfProvider>.`);
  return client;
}

const NEVER = () => () => {};

/** Whether this render must be that of the server. React says so by what it asks a store for; this one is always the same and updates nothing. */
function useHydrating(): boolean {
  let isHydrating = false;
  useSyncExternalStore(
    NEVER,
    () => 0,
    () => {
      isHydrating = true;
      return 0;
    },
  );
  return isHydrating;
}

/** How often a list was asked to decide anew, and the asking. */
export function useRefresh(): [turn: number, refresh: () => void] {
  const [turn, setTurn] = useState(0);
  return [turn, useCallback(() => setTurn(turn => turn + 1), [])];
}

/** Gives the array of before as long as the entries are the same. */
export class Steady<T> {
  #last: readonly T[] = [];

  keep(next: readonly T[]): readonly T[] {
    const last = this.#last;
    const same = last.length === next.length && last.every((entry, i) => Object.is(entry, next[i]));
    return same ? last : (this.#last = next);
  }
}
