/** The provider's instance in a component, and what all hooks of lists answer with. */
import { createContext, startTransition, useCallback, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { type Marks, type ShelfKind, listMarks } from "../shelf.js";
import type { ItemId, Reshelf } from "../types.js";
import { type Client, NONE, NOTHING, type Visit, type VisitStatus, attempt, complain } from "./client.js";

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
  return useVisit(useClient("useReshelf"));
}

/** What there is to rank with. */
function useVisit(client: Client): Visit {
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
function useClient(hook: string): Client {
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

/** What a hook has to put a list in order with. */
export interface List extends Visit {
  readonly client: Client;
  /** Another number: the list is to be put in order anew. */
  readonly turn: number;
  readonly refresh: () => void;
  readonly listProps: Marks;
}

/** For a hook of this name: a list by its marks. */
export function useList(hook: string, kind: ShelfKind, placement: string, query?: string): List {
  const client = useClient(hook);
  const visit = useVisit(client);
  const [turn, setTurn] = useState(0);
  const refresh = useCallback(() => setTurn(turn => turn + 1), []);
  const listProps = useMemo(() => listMarks(kind, placement, query), [kind, placement, query]);
  return { ...visit, client, turn: turn + visit.revision, refresh, listProps };
}

/** What a hook answers with, of all entries in order: as many as are asked for, as the page wants them. */
export function useShelved<T, U>(
  { status, refresh, listProps }: List,
  itemProps: Shelved<U>["itemProps"],
  entries: readonly T[],
  { limit = Infinity, transformItems }: { readonly limit?: number; readonly transformItems?: (items: readonly T[]) => readonly U[] },
): Shelved<U> {
  const [memory] = useState<{ items: readonly U[] }>({ items: NONE });
  const isLimit = limit >= 0;
  if (!isLimit) complain("limit must be 0 or more", limit);
  const shown = entries.slice(0, isLimit ? limit : Infinity);
  // The array of before as long as the entries are the same.
  const items = attempt("transformItems failed", () => {
    const { items } = memory;
    const next = transformItems ? transformItems(shown) : (shown as readonly unknown[] as readonly U[]);
    const isSame = items.length === next.length && items.every((entry, i) => Object.is(entry, next[i]));
    return isSame ? items : (memory.items = next);
  }, NONE);
  return useMemo(() => ({ items, status, refresh, listProps, itemProps }), [items, status, refresh, listProps, itemProps]);
}
