/**
 * The frame: a shadow root with tabs, after the pattern for them of the ARIA
 * Authoring Practices (w3.org/WAI/ARIA/apg/patterns/tabs). Not modal: the page
 * below goes on. Must not live here: what is in a tab.
 */
import { button, h, paragraph } from "./dom.js";
import type { Panel } from "./panel.js";
import { dress } from "./style.js";

export class Overlay {
  readonly #host = document.createElement("div");
  readonly #panels: readonly Panel[];
  readonly #tabs: readonly HTMLButtonElement[];
  readonly #bodies: readonly HTMLElement[];
  readonly #closed: () => void;
  /** What had the focus before. */
  readonly #before = document.activeElement;
  #open = 0;
  #due = false;

  /** @param closed called once when the overlay is gone */
  constructor(panels: readonly Panel[], closed: () => void) {
    this.#panels = panels;
    this.#closed = closed;
    this.#tabs = panels.map(({ title }, place) => {
      const tab = button(title, () => this.show(place));
      tab.id = `tab-${place}`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", `body-${place}`);
      return tab;
    });
    this.#bodies = panels.map(({ element }, place) => h("div", { id: `body-${place}`, class: "body", role: "tabpanel", "aria-labelledby": `tab-${place}`, tabindex: "0" }, element));
    const list = h("div", { role: "tablist", "aria-label": "Reshelf tools" }, ...this.#tabs);
    list.addEventListener("keydown", event => this.#walk(event));
    const close = button("Close", () => this.close());
    const frame = h("div", { class: "frame", role: "dialog", "aria-labelledby": "name" },
      h("header", {}, h("h2", { id: "name" }, "Reshelf tools"), close), list, ...this.#bodies);
    frame.addEventListener("keydown", event => {
      // Keys pressed in here are none of the page's shortcuts.
      event.stopPropagation();
      if (event.key === "Escape") this.close();
    });
    // What waited while somebody was at work in it.
    frame.addEventListener("focusout", () => this.changed());
    const root = this.#host.attachShadow({ mode: "open" });
    dress(root);
    root.append(frame);
    document.documentElement.append(this.#host);
    this.show(0);
  }

  /** Opens a tab and gives it the focus. */
  show(place: number): void {
    this.#open = place;
    this.#tabs.forEach((tab, other) => {
      tab.setAttribute("aria-selected", String(other === place));
      tab.tabIndex = other === place ? 0 : -1;
    });
    this.#bodies.forEach((body, other) => (body.hidden = other !== place));
    this.#refresh();
    this.#tabs[place]!.focus();
  }

  focus(): void {
    this.#tabs[this.#open]!.focus();
  }

  /** Something happened: what is open is drawn again, once a frame, unless somebody is at work in it. */
  changed(): void {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      if (this.#host.isConnected) this.#redraw();
      this.#due = false;
    });
  }

  /** Draws again what is open, but for what somebody is about to choose, press or copy. */
  #redraw(): void {
    const body = this.#bodies[this.#open]!;
    const root: ShadowRoot & { getSelection?(): Selection | null } = this.#host.shadowRoot!;
    const held = root.activeElement;
    const selection = root.getSelection?.() ?? document.getSelection();
    const isCopying = selection && body.contains(selection.anchorNode) && String(selection) !== "";
    if (isCopying || (body.contains(held) && held!.matches("select, table *"))) return;
    const tables = () => [...body.querySelectorAll<HTMLElement>(".scroll")];
    const place = tables().findIndex(each => each === held);
    this.#refresh();
    tables()[place]?.focus({ preventScroll: true });
  }

  close(): void {
    if (!this.#host.isConnected) return;
    this.#host.remove();
    this.#panels.forEach(panel => panel.end?.());
    if (this.#before instanceof HTMLElement) this.#before.focus();
    this.#closed();
  }

  /** A tool for a page must not add to what is wrong with it. */
  #refresh(): void {
    const { element, ...panel } = this.#panels[this.#open]!;
    try {
      this.#panels[this.#open]!.refresh();
    } catch (error) {
      element.replaceChildren(paragraph(`“${panel.title}” could not be shown: ${String(error)}`, "empty"));
    }
  }

  #walk(event: KeyboardEvent): void {
    const last = this.#tabs.length - 1;
    const to = { ArrowRight: this.#open === last ? 0 : this.#open + 1, ArrowLeft: this.#open === 0 ? last : this.#open - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.show(to);
  }
}
