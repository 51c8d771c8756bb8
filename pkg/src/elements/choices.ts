/** Three switches: whether anything is kept, whether anything is learned, and whose order is shown. */
import { h } from "./dom.js";
import type { Panel, Part } from "./part.js";

interface Switch {
  element: HTMLElement;
  hint: HTMLElement;
  set(on: boolean): void;
}

function toggle(name: string, label: string, hint: string, change: (on: boolean) => void): Switch {
  const input = h("input", { type: "checkbox", role: "switch", id: name, part: "switch", "aria-describedby": `${name}-hint` });
  input.addEventListener("change", () => change(input.checked));
  const explained = h("p", { id: `${name}-hint`, class: "hint" }, hint);
  return {
    hint: explained,
    element: h("div", { class: "switch", part: name },
      h("label", { for: name }, label),
      input,
      explained),
    set(on) {
      input.checked = on;
    },
  };
}

/** Whether this browser lets the shop keep anything; one that does not says so by an error or by null. */
function canKeep(): boolean {
  try {
    return window.localStorage !== null;
  } catch {
    return false;
  }
}

export function choices(panel: Panel): Part {
  const { shop, messages } = panel;
  const consent = toggle("consent", messages.remember, messages.rememberHint, on => {
    if (on) shop.consent.grant();
    else shop.consent.deny();
    panel.tell(on ? "" : messages.forgotten);
    // A browser that opts out is obeyed: the switch must not say otherwise.
    if (on && shop.consent.state === "denied") panel.tell(messages.rememberRefused);
    else if (on) panel.changed({ what: "consent", on });
    else panel.reordered({ what: "consent", on });
    if (on && !canKeep()) panel.tell(messages.rememberUnavailable);
    panel.refresh();
  });
  const pause = toggle("pause", messages.pause, messages.pauseHint, on => {
    if (on) shop.pause();
    else shop.resume();
    panel.tell("");
    panel.changed({ what: "pause", on });
    panel.refresh();
  });
  const order = toggle("order", messages.order, messages.orderHint, on => {
    shop.preferShopOrder(on);
    panel.tell("");
    panel.reordered({ what: "order", on });
    panel.refresh();
  });
  return {
    element: h("section", { part: "choices", "aria-labelledby": "choices-title" },
      h("h3", { id: "choices-title" }, messages.choices),
      consent.element, pause.element, order.element),
    refresh() {
      const { paused, shopOrder } = shop.profile();
      const isGranted = shop.consent.state === "granted";
      consent.set(isGranted);
      consent.hint.textContent = isGranted && !canKeep() ? messages.rememberUnavailable : messages.rememberHint;
      pause.set(paused);
      order.set(shopOrder);
    },
  };
}
