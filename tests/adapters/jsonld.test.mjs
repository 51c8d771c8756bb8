// Structured data in a real browser. Fields as documented at schema.org and at
// developers.google.com/search/docs/appearance/structured-data/merchant-listing,
// …/product-variants, …/carousel and …/breadcrumb
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { openBrowser } from "../facade/pages.mjs";

let browser;
let page;
let thrown;
before(async () => {
  browser = await openBrowser();
  ({ page, thrown } = await browser.open(`<base href="https://shop.example/">`));
  await page.evaluate(async base => {
    window.adapter = await import(`${base}/dist/adapters/jsonld.js`);
    window.shop = await (await import(`${base}/dist/testing.js`)).createTestReshelf({ bots: "allow" });
    // Markup as a page of the shop would have it.
    window.parse = html => new DOMParser().parseFromString(`<base href="https://shop.example/">${html}`, "text/html");
  }, new URL(page.url()).origin);
});
after(() => browser?.close());

const script = data => `<script type="application/ld+json">${typeof data === "string" ? data : JSON.stringify(data)}</script>`;
const read = html => page.evaluate(html => JSON.parse(JSON.stringify(adapter.readStructuredData(parse(html)))), html);
const items = async html => (await read(html)).items;

const anvil = {
  "@context": "https://schema.org/",
  "@type": "Product",
  name: "Executive Anvil",
  image: ["https://shop.example/photos/1x1/photo.jpg", "https://shop.example/photos/4x3/photo.jpg"],
  description: "Sleeker than ACME&#39;s Classic Anvil.",
  sku: "0446310786",
  mpn: "925872",
  brand: { "@type": "Brand", name: "ACME &amp; Sons" },
  category: "Tools > Anvils",
  color: "black",
  material: "steel",
  pattern: "plain",
  size: "large",
  audience: { "@type": "PeopleAudience", suggestedGender: "https://schema.org/Female", suggestedMinAge: 13 },
  keywords: "heavy, forged",
  aggregateRating: { "@type": "AggregateRating", ratingValue: "4.4", reviewCount: "89" },
  offers: {
    "@type": "Offer",
    url: "/anvil",
    priceCurrency: "USD",
    price: "119.99",
    priceValidUntil: "2030-11-20",
    itemCondition: "https://schema.org/NewCondition",
    availability: "https://schema.org/InStock",
    priceSpecification: { "@type": "UnitPriceSpecification", priceType: "https://schema.org/StrikethroughPrice", price: "139.99", priceCurrency: "USD" },
  },
};
const row = {
  id: "0446310786",
  title: "Executive Anvil",
  category: ["Tools", "Anvils"],
  brand: "ACME & Sons",
  price: 119.99,
  listPrice: 139.99,
  currency: "USD",
  colour: "black",
  tags: ["material:steel", "pattern:plain", "size:large", "gender:female", "heavy", "forged"],
  inStock: true,
};

test("a Product with an Offer", async () => {
  assert.deepEqual(await items(script(anvil)), [row]);
});

test("the same in arrays, in a graph, by reference, in comments, with faults, beside a broken block", async () => {
  const { "@context": context, ...product } = anvil;
  const graph = [{ "@type": "WebSite", "@id": "#site" }, { ...product, offers: { "@id": "#offer" } }, { ...product.offers, "@id": "#offer" }];
  const text = JSON.stringify(anvil);
  const forms = [
    [anvil],
    { "@context": context, "@graph": graph },
    { "@type": "ItemPage", mainEntity: product },
    { ...anvil, "@type": ["Product", "Thing"] },
    { ...anvil, "@type": "schema:Product", offers: [anvil.offers], category: [anvil.category] },
    `<!-- ${text} -->`,
    `//<![CDATA[\n${text}\n//]]>`,
    `/*<![CDATA[*/ ${text} /*]]>*/`,
    text.replace("Executive Anvil", "Executive\nAnvil"),
    text.replace(/\}$/, ",};"),
  ];
  for (const form of forms) assert.deepEqual(await items(script('{ "@type": "Product", ') + script(form)), [row], JSON.stringify(form).slice(0, 60));
});

test("an offer that says one thing only is no reference to another object", async () => {
  const [row] = await items(script([{ "@type": "Organization", name: "Acme" }, { "@type": "Product", sku: "a", offers: { price: "2.00" } }]));
  assert.deepEqual(row, { id: "a", price: 2 });
});

test("AggregateOffer: the least price; several offers: in stock where one is", async () => {
  const offers = { "@type": "AggregateOffer", lowPrice: "1,119.50", highPrice: 1299, priceCurrency: "EUR", offerCount: 2, offers: [{ "@type": "Offer", availability: "OutOfStock" }, { "@type": "Offer", availability: "http://schema.org/PreOrder" }] };
  const [{ price, currency, inStock }] = await items(script({ ...anvil, offers }));
  assert.deepEqual([price, currency, inStock], [1119.5, "EUR", true]);
  const gone = async availability => (await items(script({ ...anvil, offers: { price: 1, availability } })))[0].inStock;
  assert.deepEqual([await gone("https://schema.org/OutOfStock"), await gone("SoldOut"), await gone("Discontinued"), await gone("InStoreOnly"), await gone("Whatever")], [false, false, false, true, undefined]);
});

const coat = (sku, color, price, more) => ({ "@type": "Product", sku, name: `Wool winter coat, ${color}`, color, offers: { "@type": "Offer", priceCurrency: "USD", price, availability: "https://schema.org/InStock" }, ...more });
const group = {
  "@type": "ProductGroup",
  name: "Wool winter coat",
  brand: { "@type": "Brand", name: "Good brand" },
  category: "Coats",
  material: "wool",
  productGroupID: "44E01",
  variesBy: ["https://schema.org/color"],
  hasVariant: [coat("44E01-M", "Green", 39.99), coat("44E01-X", "Grey", 29.99)],
};

test("ProductGroup: variants say what it says; a row of its own only where the page marks it", async () => {
  const [all] = await items(`<li data-reshelf-item="44E01"><a href="/coat">Coat</a></li>${script({ ...group, url: "/coat" })}`);
  const [green, grey, none] = await items(script(group));
  assert.equal(none, undefined, "what nobody can buy is no product");
  assert.deepEqual(all, { id: "44E01", title: "Wool winter coat", group: "44E01", category: ["Coats"], brand: "Good brand", price: 29.99, currency: "USD", tags: ["material:wool"], inStock: true });
  assert.deepEqual(green, { ...all, id: "44E01-M", title: "Wool winter coat, Green", price: 39.99, colour: "Green" });
  assert.deepEqual([grey.id, grey.group, grey.brand], ["44E01-X", "44E01", "Good brand"]);
});

test("variants on pages of their own: isVariantOf, and the number alone", async () => {
  const { hasVariant, ...alone } = group;
  const [variant] = await items(script(coat("44E01-M", "Green", 39.99, { isVariantOf: alone })));
  assert.deepEqual([variant.id, variant.group, variant.brand, variant.category], ["44E01-M", "44E01", "Good brand", ["Coats"]]);
  const [numbered] = await items(script(coat("44E01-M", "Green", 39.99, { inProductGroupWithID: "44E01" })));
  assert.equal(numbered.group, "44E01");
});

test("relations, to products that are described and to addresses", async () => {
  const data = { ...anvil, isSimilarTo: { "@type": "Product", sku: "S1", name: "Other anvil" }, isRelatedTo: ["https://shop.example/hammer"], isAccessoryOrSparePartFor: { "@id": "#forge" }, isConsumableFor: { "@type": "Product", sku: "P1", name: "Press" } };
  const { relations, items } = await read(script([data, { "@type": "Product", "@id": "#forge", sku: "F1", name: "Forge" }]));
  assert.deepEqual(relations, [
    { from: row.id, to: "S1", kind: "similar" },
    { from: row.id, to: "https://shop.example/hammer", kind: "related" },
    { from: row.id, to: "F1", kind: "accessory" },
    { from: row.id, to: "P1", kind: "accessory" },
  ]);
  assert.deepEqual(items.map(({ id }) => id).sort(), ["0446310786", "F1", "P1", "S1"]);
});

test("ItemList by position, nested and by address", async () => {
  const nested = { "@type": "ItemList", name: "Best", numberOfItems: 2, itemListElement: [{ "@type": "ListItem", position: 2, item: { "@type": "Product", sku: "b" } }, { "@type": "ListItem", position: 1, item: { "@type": "Product", sku: "a" } }] };
  const addresses = { "@type": "ItemList", itemListElement: [{ "@type": "ListItem", position: 1, url: "/a" }, { "@type": "ListItem", position: 2, url: "/b" }] };
  const texts = { "@type": "ItemList", itemListElement: ["/a", "/b"] };
  assert.deepEqual((await read(script([nested, addresses, texts]))).lists, [
    { name: "Best", items: ["a", "b"] },
    { items: ["https://shop.example/a", "https://shop.example/b"] },
    { items: ["https://shop.example/a", "https://shop.example/b"] },
  ]);
});

test("in lists of a page of a graph, split over objects that refer to each other", async () => {
  const { "@context": context, offers, ...product } = anvil;
  const listed = item => ({ "@context": context, "@graph": [{ "@type": "CollectionPage", mainEntity: { "@type": "ItemList", name: "Forge", itemListElement: [{ "@type": "ListItem", position: 1, item }] } }] });
  const nested = await read(script(listed({ ...product, offers })));
  assert.deepEqual([nested.items, nested.lists], [[row], [{ name: "Forge", items: [row.id] }]]);
  const parts = [{ "@type": "Organization", name: "Not a brand" }, { "@type": "WebPage", mainEntity: { "@type": "Product", "@id": "#anvil" } }, { ...product, "@id": "#anvil", brand: { "@type": "Brand", "@id": "#acme" }, offers: { "@type": "Offer", "@id": "#offer" } }, { ...offers, "@id": "#offer" }, { "@type": "Brand", "@id": "#acme", name: "ACME & Sons" }];
  const split = listed({ "@id": "#anvil" });
  split["@graph"].push(...parts, { "@type": "BreadcrumbList", itemListElement: [] });
  const { items: found, lists } = await read(script(split));
  assert.deepEqual([found, lists], [[row], [{ name: "Forge", items: [row.id] }]], "what only refers to a product is none itself");
  const byGroup = await items(script({ "@context": context, "@graph": [{ "@type": "ItemPage", mainEntity: { ...group, hasVariant: [{ "@id": "#green" }] } }, { ...group.hasVariant[0], "@id": "#green" }] }));
  assert.deepEqual(byGroup.map(({ id, group, brand }) => [id, group, brand]), [["44E01-M", "44E01", "Good brand"]]);
  const brands = await Promise.all(["ACME", ["ACME"], { name: "ACME" }, [{ "@type": "Brand", name: "ACME" }], { "@type": "Organization", name: "ACME", logo: "/x.png" }].map(brand => items(script({ ...anvil, brand }))));
  assert.deepEqual(brands.map(([{ brand }]) => brand), Array(5).fill("ACME"));
});

const crumb = (position, name, item) => ({ "@type": "ListItem", position, name, ...(item && { item }) });
const trail = { "@type": "BreadcrumbList", itemListElement: [crumb(3, "Anvils", "/tools/anvils"), crumb(1, "Home", "https://shop.example/"), crumb(2, "Tools", { "@id": "/tools", name: "Tools" }), crumb(4, "Executive Anvil")] };

test("BreadcrumbList: the way to a page's only product is its category, where it names none", async () => {
  const { category, ...without } = anvil;
  assert.deepEqual((await items(script([without, trail])))[0].category, ["Tools", "Anvils"]);
  assert.deepEqual((await items(script([{ ...anvil, category: "Other" }, trail])))[0].category, ["Other"]);
  const [first, second] = await items(script([without, { ...without, sku: "2" }, trail]));
  assert.deepEqual([first.category, second.category], [undefined, undefined], "of a list it would be anybody's");
  const suggested = { ...without, isRelatedTo: { "@type": "Product", sku: "2" } };
  assert.deepEqual((await items(script([suggested, trail]))).map(({ category }) => category), [["Tools", "Anvils"], undefined]);
});

test("the way to a group is that of its variants", async () => {
  const { category, ...without } = group;
  const way = { ...trail, itemListElement: [crumb(1, "Coats", "/coats"), crumb(2, "Wool winter coat", "/coat")] };
  assert.deepEqual((await items(script([without, way]))).map(({ id, category }) => [id, category]), [["44E01-M", ["Coats"]], ["44E01-X", ["Coats"]]]);
});

test("stock as feeds spell it", async () => {
  const stock = async availability => (await items(script({ ...anvil, offers: { price: 1, availability } })))[0].inStock;
  assert.deepEqual([await stock("out of stock"), await stock("out_of_stock"), await stock("outofstock"), await stock("in stock"), await stock("in_stock")], [false, false, false, true, true]);
});

test("an address with a query is the product's all the same", async () => {
  const id = async (base, url, html) => page.evaluate(([base, html]) => adapter.readStructuredData(new DOMParser().parseFromString(`<base href="${base}">${html}`, "text/html")).items.map(({ id }) => id), [base, html + script({ "@type": "Product", name: "x", sku: "sku", url })]);
  const marked = '<main data-reshelf="product" data-reshelf-item="7194"></main>';
  for (const more of ["/products/x?utm_source=google", "/products/x?variant=2", "/collections/c/products/x?_pos=1"]) assert.deepEqual(await id(`https://shop.example${more}`, "/products/x", marked), ["7194"], more);
  assert.deepEqual(await id("https://shop.example/c", "/products/x", '<li data-reshelf-item="7194"><a href="/products/x?_pos=1">x</a></li>'), ["7194"]);
  assert.deepEqual(await id("https://shop.example/c", "/product?id=2", '<li data-reshelf-item="1"><a href="/product?id=1">x</a></li>'), ["sku"], "a query may be all that names a product");
});

test("microdata", async () => {
  const html = `
    <div itemscope itemtype="https://schema.org/Product">
      <h1 itemprop="name">Executive Anvil</h1>
      <span itemprop="brand" itemscope itemtype="https://schema.org/Brand"><b itemprop="name">ACME</b></span>
      <meta itemprop="sku" content="0446310786"><meta itemprop="category" content="Tools > Anvils">
      <span itemprop="color">black</span><meta itemprop="keywords" content="heavy"><meta itemprop="keywords" content="forged">
      <div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
        <meta itemprop="priceCurrency" content="USD"><span itemprop="price" content="119.99">$119.99</span>
        <link itemprop="availability" href="https://schema.org/OutOfStock">
      </div>
      <div itemprop="isSimilarTo" itemscope itemtype="https://schema.org/Product"><a itemprop="url" href="/other">x</a><span itemprop="name">Other</span></div>
    </div>`;
  const { items, relations } = await read(html);
  assert.deepEqual(items, [
    { id: "0446310786", title: "Executive Anvil", category: ["Tools", "Anvils"], brand: "ACME", price: 119.99, currency: "USD", colour: "black", tags: ["heavy", "forged"], inStock: false },
    { id: "https://shop.example/other", title: "Other" },
  ]);
  assert.deepEqual(relations, [{ from: "0446310786", to: "https://shop.example/other", kind: "similar" }]);
});

test("which id: the mark's, else sku, productID, gtin, mpn, address; or a function's", async () => {
  const offers = { "@type": "Offer", url: "/anvil#reviews" };
  const codes = { sku: "sku", productID: "productID", gtin13: "gtin13", mpn: "mpn" };
  const marked = `<li data-reshelf-item="A-1"><a href="/anvil">Anvil</a></li>`;
  const id = async (data, html = "") => (await items(html + script({ "@type": "Product", name: "x", offers, ...data })))[0].id;
  assert.equal(await id(codes, marked), "A-1");
  assert.equal(await id({ ...codes, url: "https://shop.example/" }, '<main data-reshelf="product" data-reshelf-item="P-1"><a href="/anvil"></a></main>'), "P-1", "the mark of the page itself");
  assert.equal(await id(codes), "sku");
  assert.equal(await id({ ...codes, sku: undefined }), "productID");
  assert.equal(await id({ gtin13: "gtin13", mpn: "mpn" }), "gtin13");
  assert.equal(await id({ mpn: "mpn" }), "mpn");
  assert.equal(await id({}), "https://shop.example/anvil");
  assert.equal(await page.evaluate(html => adapter.readStructuredData(parse(html), { id: product => product.mpn }).items[0].id, script(anvil)), "925872");
  assert.deepEqual(await items(script({ "@type": "Product", name: "nameless" })), [], "what has no id is nobody");
});

test("one product that several blocks describe is one: its mark's id, its category, one row", async () => {
  const { category, ...without } = anvil;
  const mark = '<main data-reshelf="product" data-reshelf-item="77"></main>';
  const way = script(trail);
  const named = { ...without, "@id": "/anvil#product" };
  const reviews = { "@type": "Product", name: without.name, aggregateRating: { ratingValue: 5 } };
  const itemscope = more => `<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Executive Anvil</b><meta itemprop="material" content="iron"><meta itemprop="keywords" content="old">${more}</div>`;
  const offer = '<div itemprop="offers" itemscope><meta itemprop="price" content="120"></div>';
  const pages = {
    "reviews beside it": script(without) + script(reviews),
    "reviews before it": script(reviews) + script(without),
    "reviews of another name": script({ ...reviews, name: "Anvil reviews", sku: "R1" }) + script(without),
    "a review's itemReviewed": script({ ...without, review: { "@type": "Review", itemReviewed: { "@type": "Product", name: without.name } } }),
    "a review that refers to it": script({ "@type": "Review", itemReviewed: { "@id": "/anvil#product" } }) + script(named),
    "one @id in two blocks": script({ "@type": "Product", "@id": "/anvil#product", aggregateRating: { ratingValue: 5 } }) + script(named),
    "microdata without a code": script(without) + itemscope(offer),
    "microdata with its code": script(without) + itemscope(`<meta itemprop="sku" content="${without.sku}">${offer}`),
    "an @id that the trail ends with": script({ ...without, "@id": "https://shop.example/anvil" }) + script({ ...trail, itemListElement: [...trail.itemListElement.slice(0, 3), crumb(4, anvil.name, "https://shop.example/anvil")] }),
  };
  for (const [name, html] of Object.entries(pages)) {
    const found = (await items(mark + html + way)).filter(({ id }) => id !== "R1");
    assert.deepEqual(found, [{ ...row, id: "77", category: ["Tools", "Anvils"] }], name);
  }
  const other = { "@type": "Product", sku: "O", name: "Hammer", url: "/hammer", offers: { price: 5 } };
  const beside = await items(mark + script({ ...without, url: "https://shop.example/" }) + script(other) + way);
  assert.deepEqual(beside.map(({ id, category }) => [id, category]), [["77", ["Tools", "Anvils"]], ["O", undefined]], "what else to buy, with an address of its own");
});

test("the first crumb is no category, in a shop under its language too", async () => {
  const { category, ...without } = anvil;
  const under = async home => (await items(script([without, { ...trail, itemListElement: [crumb(1, "Home", home), crumb(2, "Anvils", `${home}/anvils`), crumb(3, anvil.name)] }])))[0].category;
  for (const home of ["/", "https://shop.example", "/fr", "/fr/", "/en-gb/", "/de_CH", "/?utm_source=x"]) assert.deepEqual(await under(home), ["Anvils"], home);
  for (const home of ["/tools", "/c/tv", "/a/"]) assert.deepEqual(await under(home), ["Home", "Anvils"], home);
});

// ------------------------------------------------------------------ fuzzing

test("5,000 pages, documented ones with parts replaced, cut and disturbed: none throws, none makes a row that the shop refuses", async () => {
  const documented = [anvil, group, trail, { "@graph": [anvil, group, trail] }].map(data => JSON.stringify(data));
  const json = fc.jsonValue({ maxDepth: 3 }).map(value => JSON.stringify(value));
  // A value or a name replaced by anything, the text cut, or a piece of it changed.
  const disturbed = fc.tuple(fc.constantFrom(...documented), fc.nat(), json, fc.nat(4), fc.string({ maxLength: 6 })).map(([text, at, by, how, piece]) => {
    const values = [...text.matchAll(/"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?/g)];
    const { index, 0: value } = values[at % values.length];
    if (how < 3) return text.slice(0, index) + by + text.slice(index + value.length);
    return how === 3 ? text.slice(0, at % text.length) : text.slice(0, at % text.length) + piece + text.slice((at % text.length) + 3);
  });
  const attributes = fc.tuple(fc.constantFrom("name", "offers", "brand", "sku", "isSimilarTo", "", "  "), fc.constantFrom("https://schema.org/Product", "Offer", "", "/", "ProductGroup"), fc.string({ maxLength: 8 })).map(
    ([property, type, text]) => `<div itemscope itemtype="${type}"><p itemprop="${property}" itemscope itemtype="${type}"><b itemprop="${property} name" content="${text.replace(/["<&]/g, "")}"></b></p></div>`,
  );
  const sources = fc.sample(fc.oneof({ weight: 6, arbitrary: disturbed.map(script) }, { weight: 1, arbitrary: json.map(script) }, { weight: 1, arbitrary: attributes }), 5_000);
  let rows = 0;
  for (let from = 0; from < sources.length; from += 500) {
    rows += await page.evaluate(batch => {
      let rows = 0;
      for (const html of batch) {
        const { items } = adapter.readStructuredData(parse(html));
        shop.addItems(items);
        rows += items.length;
      }
      return rows;
    }, sources.slice(from, from + 500));
  }
  assert.ok(rows > 2_000, `${rows} rows were read`);
  assert.deepEqual(thrown, []);
});

test("a page made to hang a reader does not", async () => {
  const deep = depth => (depth === 0 ? { "@type": "Product", sku: "deep" } : { "@type": "Product", sku: `s${depth}`, isSimilarTo: deep(depth - 1) });
  const wide = Array.from({ length: 4_000 }, (_, i) => ({ "@type": "ProductGroup", productGroupID: `g${i}`, hasVariant: [{ "@type": "Product", sku: `v${i}` }] }));
  const start = performance.now();
  const [few, many] = [await items(script(deep(100))), await items(script(wide))];
  assert.ok(few.length > 10 && few.length < 20 && many.length > 1_000);
  assert.ok(performance.now() - start < 5_000);
});
