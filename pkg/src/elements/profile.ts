/**
 * `<reshelf-profile>`: the shopper's panel. Holds its parts together; what each
 * shows is in a file of its own.
 */
import { sharesAnything } from "../shares.js";
import type { Reshelf } from "../types.js";
import { choices } from "./choices.js";
import { h } from "./dom.js";
import { type Messages, english } from "./messages.js";
import { type Naming, nameOf } from "./naming.js";
import { ownData } from "./own-data.js";
import type { Panel, Part, ShopperChange } from "./part.js";
import { rowsOf } from "./row.js";
import { sheet } from "./sheet.js";
import { ShopElement } from "./shop.js";
import { speech } from "./speech.js";
import { taste } from "./taste.js";
import { why } from "./why.js";

export type { Naming } from "./naming.js";
export type { ShopperChange } from "./part.js";

/** Events of the shop after which the panel may be out of date. */
const NEWS = ["profile", "consent", "status", "ranked"] as const;

/**
 * Everything the device knows of the shopper, and every choice about it. Tells each
 * change by the event `reshelf-change` (`detail`: a `ShopperChange`); cancelling that
 * of `order`, of `forget` or of `consent` switched off keeps the panel from putting the
 * page's marked lists in order anew.
 *
 * Its looks: the parts `panel`, `title`, `promise`, `choices`, `consent`, `pause`, `order`,
 * `taste`, `interest`, `muted`, `recent`, `why`, `yours`, `button`, `confirm`,
 * `problem` and `said`; the custom properties `--reshelf-ink`, `--reshelf-soft-ink`,
 * `--reshelf-paper`, `--reshelf-line`, `--reshelf-accent`, `--reshelf-on-accent`,
 * `--reshelf-grave` and `--reshelf-radius`. Dark where the page's `color-scheme` is.
 */
export class ReshelfProfile extends ShopElement {
  #messages: Partial<Messages> = {};
  #naming: Naming | undefined;
  #refresh: (() => void) | undefined;

  /** Words in place of the English ones; those left out stay English. */
  get messages(): Partial<Messages> {
    return this.#messages;
  }

  set messages(messages: Partial<Messages>) {
    this.#messages = messages;
    this.#rebuild();
  }

  /** The shop's own names for values and products. */
  get naming(): Naming | undefined {
    return this.#naming;
  }

  set naming(naming: Naming | undefined) {
    this.#naming = naming;
    this.#refresh?.();
  }

  /** Shows what is known now; the shop's own events do so by themselves. */
  refresh(): void {
    this.#refresh?.();
  }

  protected override properties(): string[] {
    return ["shop", "messages", "naming"];
  }

  protected override started(shop: Reshelf): () => void {
    this.#build(shop);
    const refresh = () => this.#refresh?.();
    const stops = NEWS.map(event => shop.on(event, refresh));
    // Rows fill later than what they follow is told.
    document.addEventListener("reshelf-filled", refresh);
    return () => {
      stops.forEach(stop => stop());
      document.removeEventListener("reshelf-filled", refresh);
      this.#refresh = undefined;
      this.shadowRoot?.replaceChildren();
    };
  }

  #rebuild(): void {
    if (this.shop) this.#build(this.shop);
  }

  #build(shop: Reshelf): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const messages: Messages = { ...english, ...this.#messages };
    const isEnglish = Object.keys(this.#messages).length === 0;
    const spoken = speech(messages, isEnglish ? english.language : this.#messages.language, (this.closest("[lang]") as HTMLElement | null)?.lang || undefined);
    const said = h("p", { role: "status", class: "said", part: "said" });
    // An instance that is gone, or without an engine, has none.
    const acts = () => (shop.status === "ready" ? shop.profile().events : 0);
    let actsThen = 0;
    const panel: Panel = {
      shop,
      messages,
      speech: spoken,
      name: (kind, value, isWhole) => nameOf(this.#naming, kind, value, spoken.value(value), isWhole),
      tell: text => {
        said.textContent = text;
        actsThen = acts();
      },
      changed: (change: ShopperChange) =>
        this.dispatchEvent(new CustomEvent("reshelf-change", { detail: change, bubbles: true, composed: true, cancelable: true })),
      reordered: change => {
        if (panel.changed(change)) shop.arrange(document, { refresh: true });
        for (const row of rowsOf(shop)) row.refresh();
      },
      refresh: () => this.#refresh?.(),
    };
    const isIdle = shop.status !== "ready";
    const parts: Part[] = isIdle ? [ownData(panel)] : [choices(panel), taste(panel), why(panel), ownData(panel)];
    const title = h("h2", { id: "title", part: "title" }, messages.title);
    const promise = h("p", { class: "hint", part: "promise" });
    root.adoptedStyleSheets = [sheet()];
    root.replaceChildren(h("div", { class: "panel", part: "panel", role: "group", "aria-labelledby": "title" },
      title,
      promise,
      said,
      ...parts.map(part => part.element)));
    this.#refresh = () => {
      // An adapter that tells may come after the panel.
      // What was said last need not be so any more.
      if (said.textContent && acts() !== actsThen) said.textContent = "";
      promise.textContent = isIdle ? messages.absent : sharesAnything(shop) ? messages.promiseShared : messages.promise;
      if ((shop.status !== "ready") === isIdle) parts.forEach(part => part.refresh());
      else if (shop.status !== "destroyed") this.#build(shop);
      // Nothing of it works any more.
      else root.replaceChildren();
    };
    this.#refresh();
  }
}
