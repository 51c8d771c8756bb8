/** Three switches: whether anything is kept, whether anything is learned, and whose order is shown. */
import { h } from "./dom.js";
import type { Panel, Part } from "./part.js";

interface Switch {
  element: HTMLElement;
  set(on: boolean): void;
}

function toggle(name: string, label: string, hint: string, change: (on: boolean) => void): Switch {
  const input = h("input", { type: "checkbox", role: "switch", id: name, part: "switch", "aria-describedby": `${name}-hint` });
  input.addEventListener("change", () => change(input.checked));
  return {
    element: h("div", { class: "switch", part: name },
      h("label", { for: name }, label),
      input,
      h("p", { id: `${name}-hint`, class: "hint" }, hint)),
    set(on) {
      input.checked = on;
    },
  };
}

export function choices(panel: Panel): Part {
  const { shop, messages } = panel;
  const consent = toggle("consent", messages.remember, messages.rememberHint, on => {
    if (on) shop.consent.grant();
    else shop.consent.deny();
    // A browser that opts out is obeyed: the switch must not say otherwise.
    if (on && shop.consent.state === "denied") panel.tell(messages.rememberRefused);
    else panel.changed({ what: "consent", on });
    if (!on) panel.tell(messages.forgotten);
    panel.refresh();
  });
  const pause = toggle("pause", messages.pause, messages.pauseHint, on => {
    if (on) shop.pause();
    else shop.resume();
    panel.changed({ what: "pause", on });
    panel.refresh();
  });
  const order = toggle("order", messages.order, messages.orderHint, on => {
    shop.preferShopOrder(on);
    if (panel.changed({ what: "order", on })) shop.arrange(document, { refresh: true });
    panel.refresh();
  });
  return {
    element: h("section", { part: "choices", "aria-labelledby": "choices-title" },
      h("h3", { id: "choices-title" }, messages.choices),
      consent.element, pause.element, order.element),
    refresh() {
      const { paused, shopOrder } = shop.profile();
      consent.set(shop.consent.state === "granted");
      pause.set(paused);
      order.set(shopOrder);
    },
  };
}
