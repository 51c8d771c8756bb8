/** What the device has learned: interests, and what was looked at last. */
import type { Interest } from "../../../pkg/src/types.js";
import { pictureOf } from "../pictures/picture.js";
import type { Catalog, Product } from "../shop/catalog.js";
import { h } from "../shop/dom.js";
import { link } from "../shop/parameters.js";
import type { Personal } from "../shop/personal.js";
import { bar } from "./bar.js";
import type { Part } from "./part.js";
import { inWords, isPrice, isShelf } from "./wording.js";

const MOST_OF_A_GROUP = 4;
const MOST_RECENT = 6;

/** Which kinds of interest are shown together, under which words. */
const GROUPS: [title: string, belongs: (kind: string) => boolean][] = [
  ["Shelves", isShelf],
  ["Kinds and looks", kind => !isShelf(kind) && !isPrice(kind)],
  ["Prices", isPrice],
];

function interestBar(interest: Interest): HTMLLIElement {
  return bar(inWords(interest.kind, interest.value), interest.score, String(Math.round(interest.score * 100)), {
    "data-test": "interest", "data-kind": interest.kind, "data-value": interest.value,
  });
}

function thumbnail(product: Product): HTMLLIElement {
  return h("li", {}, h("a", { href: link("/product/", { id: product.id }), title: product.name },
    pictureOf(product), h("span", { class: "hidden" }, product.name)));
}

export function tastePart(personal: Personal, catalog: Catalog): Part {
  const count = h("p", { class: "small", "data-test": "event-count" });
  const interests = h("div", { "data-test": "interests" });
  const nothing = h("p", { class: "part-empty", "data-test": "empty-profile" }, "Nothing yet. Open a few things you like and stay a moment.");
  const recentTitle = h("h4", {}, "Looked at last");
  const recent = h("ul", { class: "thumbnails", "data-test": "recently-viewed" });
  const element = h("section", { class: "part", "data-test": "taste" },
    h("h3", {}, "Your taste"), count, nothing, interests, recentTitle, recent);

  function refresh(): void {
    const profile = personal.shop?.profile();
    const found = profile?.interests ?? [];
    const seen = (profile?.recentlyViewed ?? []).flatMap(id => catalog.byId.get(id) ?? []).slice(0, MOST_RECENT);
    const events = profile?.events ?? 0;
    element.dataset.events = String(events);
    count.textContent = `${events} ${events === 1 ? "observation" : "observations"}${profile?.paused ? ", paused" : ""}`;
    nothing.hidden = found.length > 0 || seen.length > 0;
    interests.replaceChildren(...GROUPS.flatMap(([title, belongs]) => {
      const members = found.filter(({ kind }) => belongs(kind)).slice(0, MOST_OF_A_GROUP);
      return members.length === 0 ? [] : [h("h4", {}, title), h("ul", { class: "bars" }, ...members.map(interestBar))];
    }));
    recentTitle.hidden = seen.length === 0;
    recent.replaceChildren(...seen.map(thumbnail));
  }
  return { element, refresh };
}
