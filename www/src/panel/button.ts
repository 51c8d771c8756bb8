/**
 * The button that opens the panel. The panel itself is fetched when it is first
 * wanted: a shopper who never looks pays nothing for it.
 */
import type { Catalog } from "../shop/catalog.js";
import { h, svg } from "../shop/dom.js";
import { recall, remember } from "../shop/memory.js";
import type { Personal } from "../shop/personal.js";
import type { Panel } from "./panel.js";

const HEART = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 20.5C4.5 15 2.5 11.5 2.5 8.5a5 5 0 0 1 9.5-2 5 5 0 0 1 9.5 2c0 3-2 6.5-9.5 12Z"/></svg>`;

let stylesheet: Promise<void> | undefined;

function loadStyles(): Promise<void> {
  return (stylesheet ??= new Promise(resolve => {
    const sheet = h("link", { rel: "stylesheet", href: "/assets/panel.css" });
    sheet.addEventListener("load", () => resolve());
    sheet.addEventListener("error", () => resolve());
    document.head.append(sheet);
  }));
}

export function installPanel(personal: Personal, catalog: Catalog): void {
  const button = h("button", {
    type: "button",
    class: "panel-button",
    "aria-expanded": "false",
    "aria-controls": "panel",
    title: "Open or close with the ? key",
    "data-test": "panel-toggle",
  }, svg(HEART), h("span", {}, "What this shop knows"));
  document.body.append(button);

  let panel: Panel | undefined;
  let open = false;

  async function toggle(byHand: boolean): Promise<void> {
    open = !open;
    remember("panel", open ? "open" : "closed");
    button.setAttribute("aria-expanded", String(open));
    if (open && !panel) {
      const [{ createPanel }] = await Promise.all([import("./panel.js"), loadStyles()]);
      panel ??= createPanel(personal, catalog, () => void toggle(true));
    }
    panel?.show(open, byHand);
    if (!open && byHand) button.focus();
  }

  button.addEventListener("click", () => void toggle(true));
  document.addEventListener("keydown", event => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
    if (event.key === "?" && !typing) void toggle(true);
    if (event.key === "Escape" && open) void toggle(true);
  });
  // It stays open from page to page on a wide screen; on a phone it would
  // cover what the shopper came for.
  if (recall("panel") === "open" && matchMedia("(min-width: 64rem)").matches) void toggle(false);
}
