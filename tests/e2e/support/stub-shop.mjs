// A shop whose server renders its pages, with the inline stub in them and
// `reshelf/auto` after it, under a strict policy that names the stub by its hash.
import { stub, stubHash } from "../../../pkg/dist/stub.js";
import { openShop } from "./server.mjs";

const section = (id, category, more = "") => `<section data-reshelf-section="${id}" data-reshelf-category="${category}" ${more}><h2>${id}</h2></section>`;
const item = (id, category, inside = "") => `<li data-reshelf-item="${id}" data-reshelf-category="${category}">${id}${inside}</li>`;

/** What is in the page, as the merchant has it. */
export const MERCHANTS = {
  hero: ["mugs", "garden", "candles"],
  home: ["mugs", "bags", "legal", "candles"],
  search: ["mug", "bag", "plate", "candle", "lamp"],
};

const lists = inside => `
  <div data-reshelf="banners" data-reshelf-placement="hero" data-reshelf-show="1">
    <a data-reshelf-banner="mugs" data-reshelf-category="Mugs">Mugs</a>
    <a data-reshelf-banner="garden" data-reshelf-category="Garden" hidden>Garden</a>
    <a data-reshelf-banner="candles" data-reshelf-category="Candles" hidden>Candles</a>
  </div>
  <main data-reshelf="sections" data-reshelf-placement="home">
    ${section("mugs", "Mugs")}${section("bags", "Bags")}${section("legal", "", "data-reshelf-pin")}${section("candles", "Candles")}
  </main>
  <ul data-reshelf="products" data-reshelf-placement="search" data-reshelf-query="gift">
    ${item("mug", "Mugs")}${item("bag", "Bags")}<li>an advertisement</li>${item("plate", "Mugs")}${item("candle", "Candles", inside)}${item("lamp", "Candles")}
  </ul>`;

/** The stub's tag as a merchant puts it into the page. */
export const stubTag = (attributes = 'data-consent="granted"') => `<script data-store="acme" ${attributes}>${stub}</script>`;

const page = ({ tag = stubTag(), head = "", consent = "granted", inside = "", auto = true, attributes = "" }) => `<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,">
      <link rel="stylesheet" href="/stub-shop.css">
      <link rel="expect" href="#end" blocking="render">
      ${head}
      ${auto ? `<script async src="/reshelf/auto.iife.js" data-store="acme" data-consent="${consent}" data-bots="allow" ${attributes}></script>` : ""}
    </head>
    <body>${lists(inside)}${tag}<p id="end">The end</p></body>
  </html>`;

const POLICY = `default-src 'none'; img-src data:; style-src 'self'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval' '${stubHash}'; require-trusted-types-for 'script'`;

/** Opens it. `show(options)` decides what the page is from then on; the engine comes `late` milliseconds late. */
export async function openStubShop() {
  let content = page({});
  let policy = POLICY;
  let late = 0;
  const shop = await openShop({
    answer(request, response) {
      const { pathname } = new URL(request.url, "http://localhost");
      if (pathname.endsWith(".wasm") && late > 0) {
        const wait = late;
        late = 0;
        setTimeout(() => shop.again(request, response), wait);
        return true;
      }
      if (pathname === "/elsewhere/") return response.setHeader("Content-Type", "text/html").end('<!doctype html><link rel="icon" href="data:,"><title>Elsewhere</title>');
      if (pathname === "/stub-shop.css") return response.setHeader("Content-Type", "text/css").end("body { margin: 0 } section, li { height: 40px } a { display: block; height: 30px } [hidden] { display: none }");
      if (pathname !== "/stub-shop/") return false;
      response.setHeader("Cache-Control", "no-store");
      if (policy) response.setHeader("Content-Security-Policy", policy);
      return response.setHeader("Content-Type", "text/html; charset=utf-8").end(content);
    },
  });
  return {
    ...shop,
    show(options = {}) {
      content = page(options);
      policy = options.head || options.inside ? undefined : POLICY;
      late = options.late ?? 0;
    },
  };
}
