// A page with all the marks there are: lists, sections, banners.
{
  const element = (tag, marks, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(marks)) made.setAttribute(`data-reshelf${name ? `-${name}` : ""}`, value);
    made.append(...children);
    return made;
  };
  const product = at => element("li", { item: `p${at}`, category: `Home > Shelf ${at % 3}`, price: 5 + at }, `product ${at}`);
  const section = name => element("section", { section: name, category: "Home > Shelf 1" }, `section ${name}`);
  const banner = name => element("div", { banner: name, category: "Home > Shelf 2" }, `banner ${name}`);
  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(
      element("ul", { "": "products", placement: "list", query: "blue mugs" }, ...Array.from({ length: 12 }, (_, at) => product(at))),
      element("div", { "": "sections", placement: "home" }, ...["mugs", "candles", "legal"].map(section)),
      element("div", { "": "banners", placement: "top", show: 1 }, ...["sale", "new"].map(banner)),
    );
  });
}
