/** "Not interested": said of one product, and only where it is noted. */
import { button } from "./dom.js";
import { say } from "./messages.js";
import type { Panel } from "./part.js";
import { rowsOf } from "./row.js";

/**
 * A button that dismisses the product; `key` is its `data-key`. None while learning is
 * paused: nothing is noted then, so nothing may be promised.
 */
export function dismissal(panel: Panel, id: string, placement: string, key: string): HTMLElement | undefined {
  const { shop, messages } = panel;
  if (shop.profile().paused) return undefined;
  const name = panel.name("item", id);
  const dismiss = () => {
    // Another page may have paused since, of which no event tells.
    if (shop.profile().paused) panel.tell(messages.dismissPaused);
    else {
      shop.track({ type: "dismiss", item: id, placement });
      panel.tell(say(messages.dismissed, { name }));
      panel.changed({ what: "dismiss" });
      for (const row of rowsOf(shop)) if (row.shown.some(shown => shown.id === id)) row.refresh();
    }
    panel.refresh();
  };
  return button(messages.dismiss, key, dismiss, say(messages.dismissOf, { name }));
}
