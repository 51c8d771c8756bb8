/**
 * Rows that Reshelf fills: what may be liked, what goes with it, what was looked
 * at. A row keeps its place while it waits for what the shop was trained on; one
 * that stays empty says so, or goes before anybody saw it.
 */
import type { RecommendOptions, Recommendation, Reshelf, RowKind } from "../../../pkg/src/types.js";
import { card, drawCard } from "./card.js";
import type { Catalog, Product } from "./catalog.js";
import { h } from "./dom.js";

export interface RowText {
  kind: RowKind;
  title: string;
  options?: RecommendOptions;
  /** What stands there when there is nothing; without it the row goes. */
  empty?: string;
  /** What is shown without Reshelf. */
  instead?: { title: string; products: readonly Product[] };
}

/** Cards of a row. */
const LENGTH = 5;
/** Longest wait for what the shop was trained on, in milliseconds. */
const PATIENCE_MS = 4_000;

interface Row {
  text: RowText;
  section: HTMLElement;
  list: HTMLUListElement;
}

export class Rows {
  readonly #catalog: Catalog;
  /** Answers that came before the rows. */
  readonly #asked = new Map<RowKind, Recommendation[]>();
  #rows: Row[] = [];
  #shop: Reshelf | null = null;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** A place for a row. */
  row(text: RowText): HTMLElement {
    const id = `row-${text.kind}`;
    const ghosts = Array.from({ length: LENGTH }, () =>
      h("li", { class: "card ghost", "aria-hidden": "true" }, h("span", { class: "card-picture" })));
    const list = h("ul", { class: "cards row" }, ...ghosts);
    const section = h("section", { class: "related reshelf-row", "aria-labelledby": id, "aria-busy": "true", "data-test": "row", "data-kind": text.kind },
      h("h2", { id }, text.title),
      list);
    this.#rows.push({ text, section, list });
    return section;
  }

  /**
   * Asks for a row that needs nothing but the shopper's own history, and ends the task:
   * with the order of the page it would be a long one.
   */
  async ask(shop: Reshelf, kind: RowKind): Promise<void> {
    this.#asked.set(kind, shop.recommend(kind, { limit: LENGTH }));
    await new Promise(go => setTimeout(go));
  }

  /** Fills what was asked for, before the page is painted, and the rest when it can be. */
  fill(shop: Reshelf): void {
    this.#shop = shop;
    this.#rows.filter(({ text }) => this.#asked.has(text.kind)).forEach(row => this.#show(row));
    void trained(shop).then(() => this.#showWaiting());
  }

  /** Each in a task of its own, so that a click waits for one at most. */
  async #showWaiting(): Promise<void> {
    for (const row of this.#rows) {
      if (row.section.ariaBusy !== "true") continue;
      this.#show(row);
      await new Promise(go => setTimeout(go));
    }
  }

  /** There is no Reshelf on this page, or not yet. */
  fillWithout(): void {
    for (const { text, section, list } of this.#rows) {
      if (!text.instead) section.remove();
      else this.#put({ text: { ...text, title: text.instead.title }, section, list }, text.instead.products.map(product => [product, ""]));
    }
    this.#rows = [];
  }

  /** Fills a row anew, for another basket. */
  refill(kind: RowKind, options: RecommendOptions): void {
    const row = this.#rows.find(({ text }) => text.kind === kind);
    if (!row || row.section.ariaBusy === "true") return;
    row.text = { ...row.text, options };
    this.#show(row);
  }

  #show(row: Row): void {
    const { kind, options } = row.text;
    const answer = this.#asked.get(kind) ?? this.#shop?.recommend(kind, { limit: LENGTH, ...options }) ?? [];
    this.#asked.delete(kind);
    this.#put(row, answer.flatMap(({ id, reason }) => {
      const product = this.#catalog.byId.get(id);
      return product ? [[product, reason.text] as const] : [];
    }));
  }

  #put({ text, section, list }: Row, products: readonly (readonly [Product, string])[]): void {
    section.ariaBusy = null;
    section.querySelector("h2")!.textContent = text.title;
    section.querySelector(".row-empty")?.remove();
    list.hidden = products.length === 0;
    section.hidden = products.length === 0 && !text.empty;
    if (products.length === 0 && text.empty) section.append(h("p", { class: "row-empty", "data-test": "row-empty" }, text.empty));
    list.replaceChildren(...products.map(([product, reason]) => {
      const item = card(product);
      item.dataset.test = "row-card";
      item.querySelector("a")!.dataset.test = "row-link";
      drawCard(item, product);
      if (reason) item.append(h("p", { class: "card-reason", "data-test": "row-reason" }, reason));
      return item;
    }));
  }
}

/** Resolves when the artifact is in use, or will not be. */
function trained(shop: Reshelf): Promise<void> {
  if (shop.artifact.state !== "loading") return Promise.resolve();
  return new Promise(done => {
    const stop = shop.on("status", ({ artifact }) => {
      if (artifact.state === "loading") return;
      stop();
      done();
    });
    setTimeout(done, PATIENCE_MS);
  });
}
