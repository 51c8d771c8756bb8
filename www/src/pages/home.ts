/** The front page: banners, then one section for each shelf. */
import { bannerPlace } from "../shop/banners.js";
import { cardList } from "../shop/card.js";
import { type Catalog, type Product, pathText } from "../shop/catalog.js";
import { byId, h } from "../shop/dom.js";
import { openPage } from "../shop/page.js";
import { link } from "../shop/parameters.js";
import { FRONT_PAGE, type ShelfText } from "../shop/shelves.js";

const PER_SHELF = 5;
const OF_ONE_TYPE = 2;

/** The best sellers of a shelf, but not five of the same thing. */
function shopWindow(products: readonly Product[]): Product[] {
  const types = new Map<string, number>();
  const mixed = products.filter(({ tags }) => {
    const type = tags[0] ?? "";
    types.set(type, (types.get(type) ?? 0) + 1);
    return (types.get(type) ?? 0) <= OF_ONE_TYPE;
  });
  return mixed.slice(0, PER_SHELF);
}

function shelfSection(catalog: Catalog, { slug, blurb, tint }: ShelfText): HTMLElement | null {
  const shelf = catalog.shelves.get(slug);
  if (!shelf) return null;
  const title = `shelf-${slug}`;
  const address = link("/category/", { c: slug });
  return h("section", {
    class: `shelf tint-${tint}`,
    "aria-labelledby": title,
    "data-test": "section",
    "data-reshelf-section": slug,
    "data-reshelf-category": pathText(shelf.path),
  },
    h("header", { class: "shelf-head" },
      h("h2", { id: title }, h("a", { href: address }, shelf.name)),
      h("p", {}, blurb),
      h("a", { class: "shelf-all", href: address, "data-test": "see-all" },
        `See all ${shelf.products.length}`, h("span", { class: "hidden" }, ` in ${shelf.name}`))),
    cardList(shopWindow(shelf.products), { class: "cards row" }));
}

/** Pinned: what a shopper must always find where it was. */
function serviceSection(): HTMLElement {
  const fact = (title: string, text: string) => h("li", {}, h("h3", {}, title), h("p", {}, text));
  return h("section", { class: "service", "aria-label": "Our service", "data-test": "section", "data-reshelf-section": "service", "data-reshelf-pin": true },
    h("ul", {},
      fact("Posted tomorrow", "Delivery is £3.95, and free from £40. Or it would be: this is a demonstration, and nothing is sold."),
      fact("Thirty days to decide", "Send back what did not make you smile. Pretend parcels travel both ways."),
      fact("Nobody watches you here", "The shelves of this page follow your taste, and your taste stays on this device.")),
    h("p", {}, h("a", { href: link("/privacy/") }, "Privacy in plain words")));
}

void openPage((main, catalog, page) => {
  const bestSellers = shopWindow(catalog.products);
  byId("rows").append(
    page.rows.row({ kind: "forYou", title: "Recommended for you", instead: { title: "Best sellers", products: bestSellers } }),
    page.rows.row({ kind: "recentlyViewed", title: "Recently viewed" }));
  byId("rows-below").append(page.rows.row({ kind: "trending", title: "Trending" }));
  const hero = byId("hero");
  hero.append(bannerPlace());
  main.dataset.reshelf = "sections";
  main.dataset.reshelfPlacement = "home";
  main.append(h("h1", { class: "hidden" }, "Hanging Heart, gifts for the home"));
  for (const text of FRONT_PAGE) {
    const section = shelfSection(catalog, text);
    if (section) main.append(section);
  }
  main.append(serviceSection());
}, "recentlyViewed");
