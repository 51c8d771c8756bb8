/**
 * `<reshelf-row>`: a row of recommendations in the shop's own markup. Finds out
 * which items are wanted and puts copies of the template there; what a copy is
 * filled with is in `binding`.
 */
import type { Recommendation, Reshelf, RowKind } from "../types.js";
import { type RowItem, fill, patternOf } from "./binding.js";
import { ShopElement } from "./shop.js";

/** Finds items by their ids; those it does not know are left out. */
export type ItemResolver = (ids: string[]) => readonly RowItem[] | Promise<readonly RowItem[]>;

/** A reason in words. */
export type ReasonWording = (reason: Recommendation["reason"]) => string;

/** What a row shows: an item's fields, and why. */
export interface ShownItem {
  id: string;
  reason: Recommendation["reason"];
  item: RowItem;
}

/** The shopper's own rows need nothing but the shopper's history. */
const OWN = ["recentlyViewed", "buyAgain"];
/** Longest wait for what the shop was trained on, in milliseconds: a row that comes later would only disturb. */
const PATIENCE_MS = 4_000;
/** Marks what a row made. A page cache that copies the document copies it too, into a row that did not make it. */
const COPY = "data-reshelf-copy";
/** What the keyboard comes to. */
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
/** Where a page without code keeps its items. */
const ON_THE_PAGE = 'script[type="application/json"][data-reshelf-items]';

/**
 * A row. Attributes: `kind` (of `recommend`), `item`, `limit`, `placement`; with a
 * `<template>` whose first element is copied for each item, where the template stands.
 *
 * `state` is an attribute for the shop's style sheet: `loading`, `filled` or `empty`.
 * An empty row is `hidden` and takes no place, but for one with an element marked
 * `data-fallback`, which is shown instead. The event `reshelf-filled` (`detail`: the
 * shown items) tells of each change.
 */
export class ReshelfRow extends ShopElement {
  static readonly observedAttributes = ["kind", "item", "limit", "placement"];

  #items: readonly RowItem[] | ItemResolver | undefined;
  #reasonOf: ReasonWording | undefined;
  #shown: ShownItem[] = [];
  /** Elements of the row that were made here. */
  #made: Element[] = [];
  #round = 0;
  #isWaiting = false;
  /** The shop is there, and the first round waits for what it was trained on. */
  #isComing = false;
  /** What was dismissed here while learning was paused: no profile holds it, and the row keeps to it while it is in the page. */
  readonly #unwanted = new Set<string>();

  /**
   * The items a row may show, or a function that finds them. Without it: the JSON
   * array in `<script type="application/json" data-reshelf-items>`.
   */
  get items(): readonly RowItem[] | ItemResolver | undefined {
    return this.#items;
  }

  set items(items: readonly RowItem[] | ItemResolver | undefined) {
    this.#items = items;
    this.#changed();
  }

  /** The words of a reason, for a shop that speaks another language; by default the engine's, in English. */
  get reasonOf(): ReasonWording | undefined {
    return this.#reasonOf;
  }

  set reasonOf(reasonOf: ReasonWording | undefined) {
    this.#reasonOf = reasonOf;
    this.#changed();
  }

  /** What the row shows now. */
  get shown(): readonly ShownItem[] {
    return this.#shown;
  }

  /** Asks again, for example when the basket changed. */
  refresh(): void {
    // The round that is coming reads the newest; one before it would only be replaced.
    if (this.shop && !this.#isComing) void this.#fill(this.shop);
  }

  attributeChangedCallback(): void {
    this.#changed();
  }

  protected override properties(): string[] {
    return ["shop", "items", "reasonOf"];
  }

  protected override started(shop: Reshelf): () => void {
    this.#enter("loading");
    const stopWatching = shop.observe(this);
    this.#isComing = true;
    const stopWaiting = this.#whenTrained(shop, () => {
      this.#isComing = false;
      void this.#fill(shop);
    });
    const dismiss = (event: Event) => this.#dismiss(shop, event);
    this.addEventListener("click", dismiss);
    return () => {
      this.#round++;
      stopWaiting();
      stopWatching();
      this.removeEventListener("click", dismiss);
    };
  }

  /** Attributes and properties change together; one round is enough. */
  #changed(): void {
    if (this.#isWaiting || !this.shop) return;
    this.#isWaiting = true;
    queueMicrotask(() => {
      this.#isWaiting = false;
      this.refresh();
    });
  }

  #whenTrained(shop: Reshelf, ready: () => void): () => void {
    if (shop.artifact.state !== "loading" || OWN.includes(this.getAttribute("kind") ?? "")) {
      ready();
      return () => {};
    }
    let isOver = false;
    const once = () => {
      if (isOver) return;
      end();
      ready();
    };
    const stop = shop.on("status", ({ artifact }) => artifact.state !== "loading" && once());
    const timer = setTimeout(once, PATIENCE_MS);
    const end = () => {
      isOver = true;
      stop();
      clearTimeout(timer);
    };
    return end;
  }

  async #fill(shop: Reshelf): Promise<void> {
    const round = ++this.#round;
    try {
      const shown = await this.#ask(shop);
      if (round === this.#round) this.#show(shown);
    } catch (reason) {
      console.warn("reshelf: a row could not be filled; the page works without it.", reason);
      if (round === this.#round) this.#show([]);
    }
  }

  async #ask(shop: Reshelf): Promise<ShownItem[]> {
    const [kind, item, limit] = ["kind", "item", "limit"].map(name => this.getAttribute(name));
    const items = this.#items ?? itemsOnThePage(this.ownerDocument);
    const options = { placement: this.#placement, ...(item && { item }), ...(limit && { limit: Number(limit) }) };
    const known = typeof items === "function" ? undefined : new Map(items.map(item => [String(item.id), item]));
    if (known) tell(shop, [...known.values()]);
    const row = shop.recommend((kind ?? "forYou") as RowKind, { ...options, exclude: [...this.#unwanted], ...(known && { filter: id => known.has(id) }) });
    const found = known ?? new Map((await (items as ItemResolver)(row.map(({ id }) => id))).map(item => [String(item.id), item]));
    return row.flatMap(({ id, reason }) => {
      const item = found.get(id);
      return item ? [{ id, reason: { ...reason, text: this.#reasonOf?.(reason) ?? reason.text }, item }] : [];
    });
  }

  get #placement(): string {
    return this.getAttribute("placement") || this.getAttribute("kind") || "forYou";
  }

  #show(shown: ShownItem[]): void {
    const template = this.querySelector("template");
    const pattern = template && patternOf(template);
    const list = template?.parentElement;
    if (!pattern || !list) {
      console.warn("reshelf: <reshelf-row> has no <template> with an element in it.");
      return this.#enter("empty");
    }
    // Watched as a list of the page's, and pinned: no order moves what a row shows.
    list.setAttribute("data-reshelf", "products");
    list.setAttribute("data-reshelf-placement", this.#placement);
    const language = (this.closest("[lang]") as HTMLElement | null)?.lang || undefined;
    const made = shown.map(({ id, item, reason }) => {
      const copy = this.ownerDocument.importNode(pattern, true);
      fill(copy, { fields: { ...item, id, reason: reason.text }, language });
      copy.setAttribute("data-reshelf-item", id);
      copy.setAttribute("data-reshelf-pin", "");
      copy.setAttribute(COPY, "");
      return copy;
    });
    for (const element of [...this.#made, ...this.querySelectorAll(`[${COPY}]`)]) element.remove();
    template.after(...made);
    [this.#made, this.#shown] = [made, shown];
    this.#enter(shown.length > 0 ? "filled" : "empty");
    this.dispatchEvent(new CustomEvent("reshelf-filled", { detail: shown, bubbles: true, composed: true }));
  }

  #enter(state: "loading" | "filled" | "empty"): void {
    this.setAttribute("state", state);
    this.toggleAttribute("aria-busy", false);
    if (state === "loading") this.setAttribute("aria-busy", "true");
    const instead = [...this.querySelectorAll<HTMLElement>("[data-fallback]")];
    for (const element of instead) element.hidden = state === "filled";
    this.hidden = state === "empty" && instead.length === 0;
  }

  /** A button `data-action="dismiss"` of an item: it goes, and another takes its place. */
  #dismiss(shop: Reshelf, event: Event): void {
    const button = event.target instanceof Element && event.target.closest('[data-action="dismiss"]');
    const place = button ? this.#made.findIndex(element => element.contains(button)) : -1;
    if (place < 0) return;
    event.preventDefault();
    const { id } = this.#shown[place]!;
    if (shop.profile().paused) this.#unwanted.add(id);
    else shop.track({ type: "dismiss", item: id, placement: this.#placement, position: place });
    void this.#fill(shop).then(() => {
      // Where the keyboard was, something still is; or it goes on to what follows the row.
      const next = this.#made[Math.min(place, this.#made.length - 1)];
      if (next) next.querySelector<HTMLElement>('[data-action="dismiss"]')?.focus();
      else this.#following()?.focus({ preventScroll: true });
    });
  }

  /** What the keyboard comes to in the row or after it; the last of the page where nothing follows. */
  #following(): HTMLElement | undefined {
    const all = [...this.ownerDocument.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(element => element.tabIndex >= 0 && element.getClientRects().length > 0 && !element.matches(":disabled"));
    return all.find(element => this.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) ?? all.at(-1);
  }
}

/** The page's rows that ask this shop. */
export function rowsOf(shop: Reshelf): ReshelfRow[] {
  return [...document.querySelectorAll<ReshelfRow>("reshelf-row")].filter(row => row.shop === shop);
}

/** Tells the shop of items that it may not know otherwise. Odd fields cost no more than that: the page shows what it shows. */
function tell(shop: Reshelf, items: readonly RowItem[]): void {
  try {
    shop.addItems(items, { keep: true });
  } catch (reason) {
    console.warn("reshelf: the items of a row could not be told to the shop.", reason);
  }
}

function itemsOnThePage(document: Document): readonly RowItem[] {
  const text = document.querySelector(ON_THE_PAGE)?.textContent;
  const items: unknown = text ? JSON.parse(text) : [];
  if (!Array.isArray(items)) throw new TypeError("data-reshelf-items must hold a JSON array of items");
  return items.filter(item => typeof item === "object" && item !== null && "id" in item) as RowItem[];
}
