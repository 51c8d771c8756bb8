/**
 * The shop's side of Reshelf: starts it within a time budget, and does without
 * it when it is late, blocked or switched off.
 */
import type { ArrangedPlacement, Reshelf, ReshelfOptions } from "../../../pkg/src/types.js";
import type { Catalog } from "./catalog.js";
import { numberParameter, parameter } from "./parameters.js";
import { quota, strength, tasteConsent } from "./settings.js";

/** The package as the browser sees it: a file of this server, not a bundled module. */
const RESHELF: string = "/reshelf/index.js";
interface ReshelfModule {
  createReshelf(options: ReshelfOptions): Promise<Reshelf>;
}

/** Longest wait for the shopper's order; after it the page shows the merchant's. */
const BUDGET_MS = 300;

/** Rows are checked in the call that tells them: 20 to 40 ms of a slow phone for these, while the code is new to it. */
const ROWS_AT_ONCE = 600;

/** Why a page is in the merchant's order although nothing failed. */
export type Arrival = "in-time" | "late" | "never";

export interface Personal {
  shop: Reshelf | null;
  arrival: Arrival;
  /** What `arrange` did on this page, for the panel. */
  arranged: ArrangedPlacement[];
}

/** Starts fetching at once; resolves to null when there is no Reshelf on this page. */
export async function startReshelf(): Promise<Reshelf | null> {
  if (parameter("reshelf") === "off") return null;
  try {
    // A dynamic import: were it static, a blocked file would take the page along.
    const { createReshelf } = (await import(RESHELF)) as ReshelfModule;
    return await createReshelf({
      store: "hanging-heart",
      consent: tasteConsent() === "yes" ? "granted" : "denied",
      strength: strength(),
      quota: quota(),
      bots: "allow",
      artifact: "/reshelf/",
      wasm: parameter("wasm") || undefined,
    });
  } catch (error) {
    console.info("Hanging Heart runs without Reshelf:", error);
    return null;
  }
}

/** The SDK if it is ready within the budget, else undefined. */
export function withinBudget(starting: Promise<Reshelf | null>): Promise<Reshelf | null | undefined> {
  const budget = numberParameter("wait", 0, 60_000) ?? BUDGET_MS;
  const late = new Promise<undefined>(resolve => setTimeout(resolve, budget, undefined));
  return Promise.race([starting, late]);
}

/** Tells Reshelf what the shop sells: before anything is ordered, because the page can still wait then, and no click is kept waiting. */
export async function tell(shop: Reshelf, catalog: Catalog): Promise<void> {
  const rows = catalog.rows();
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    shop.addItems(rows.slice(from, from + ROWS_AT_ONCE));
    await shop.itemsAdded();
  }
}

/** Starts to watch the page, in a task of its own: with the first order it would be a long one. */
export async function watch(shop: Reshelf): Promise<void> {
  await new Promise(go => setTimeout(go));
  shop.observe(document);
}
