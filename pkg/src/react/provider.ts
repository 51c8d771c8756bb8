/** The component that has an instance for those below it. */
import { type ReactElement, type ReactNode, createElement, useEffect, useState } from "react";
import type { ItemRow, Reshelf, ReshelfOptions } from "../types.js";
import { Client, listed } from "./client.js";
import { hold } from "./sharing.js";
import { ClientContext } from "./visit.js";

/** What `ReshelfProvider` takes: `options` or `shop`. */
export interface ReshelfProviderProps {
  /**
   * What `createReshelf` takes; read once for each `store`. Plain data, so that a
   * server component can pass it. Providers of one store share an instance, made
   * with the options of the first.
   */
  readonly options?: ReshelfOptions;
  /** An instance of your own, or its promise, instead; it is not destroyed with the provider. Keep it in a constant or state. */
  readonly shop?: Reshelf | PromiseLike<Reshelf>;
  /** Products to register before the first order, and again when it is another array; null while they are still to come. */
  readonly items?: readonly ItemRow[] | null;
  /** False: clicks, looks and dwell of marked elements are not watched; track them yourself. */
  readonly observe?: boolean;
  readonly children?: ReactNode;
}

/** Has an instance while it is mounted; what is below it reads it by the hooks. */
export function ReshelfProvider({ options, shop, items, observe = true, children }: ReshelfProviderProps): ReactElement {
  const [client] = useState(() => new Client());
  const store = options?.store;
  client.tell(listed("items", items));
  useEffect(() => {
    const held = shop === undefined && options ? hold(options) : undefined;
    const source = shop ?? held?.shop;
    const stop = source && client.follow(source, observe);
    return () => {
      stop?.();
      held?.release();
    };
    // Options as they are then: a new object is no new shop.
  }, [client, shop, store, observe]);
  useEffect(() => client.told(), [client, items]);
  return createElement(ClientContext.Provider, { value: client }, children);
}
