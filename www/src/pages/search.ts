/** Search results. */
import { h } from "../shop/dom.js";
import { empty } from "../shop/empty.js";
import { longList } from "../shop/long-list.js";
import { openPage } from "../shop/page.js";
import { link, parameter } from "../shop/parameters.js";
import { search } from "../shop/search-index.js";

/** More than anybody looks through; keeps the page light for "e". */
const MOST = 200;
const IDEAS = ["heart", "candle", "retrospot", "cake stand", "vintage", "birds"];

function ideas(): HTMLElement {
  return h("nav", { class: "chips", "aria-label": "Ideas" },
    h("ul", {}, ...IDEAS.map(idea => h("li", {}, h("a", { href: link("/search/", { q: idea }) }, idea)))));
}

void openPage((main, catalog, page) => {
  const query = parameter("q").trim().slice(0, 100);
  if (query === "") {
    main.append(h("div", { class: "page-head" }, h("h1", {}, "What are you looking for?"), h("p", { class: "lead" }, "Some ideas:")), ideas());
    return;
  }
  document.title = `“${query}” · Hanging Heart`;
  const found = search(catalog, query).slice(0, MOST);
  if (found.length === 0) {
    main.append(empty(`Nothing here answers to “${query}”`, "Perhaps another word for it? These are well liked:", "no-results"), ideas());
    return () => page.reshelf()?.track({ type: "search", query });
  }
  const { list, more, settle } = longList(found, {
    "data-reshelf": "products",
    "data-reshelf-placement": "search",
    "data-reshelf-query": query,
  });
  const count = found.length === MOST ? `The first ${MOST} things` : found.length === 1 ? "One thing" : `${found.length} things`;
  main.append(
    h("div", { class: "page-head" },
      h("p", { class: "crumbs" }, h("a", { href: link("/") }, "Hanging Heart"), " / Search"),
      h("h1", {}, `“${query}”`),
      h("p", { class: "lead", "data-test": "result-count" }, `${count} on our shelves`)),
    list,
    more);
  return () => {
    settle();
    page.reshelf()?.track({ type: "search", query });
  };
});
