// What the elements' tests share: a page under the strictest policy, with the
// built package and a small catalogue.
import { openBrowser } from "../facade/pages.mjs";

/** Nothing but files of the shop's, no inline style, no text that becomes code. */
const csp = "default-src 'none'; script-src 'self' 'nonce-x' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self' data:; style-src 'self'; require-trusted-types-for 'script'";

export const ITEMS = [
  { id: "mug", title: "Mug <b>blue</b>", category: ["Kitchen", "Mugs"], brand: "Acme", price: 3.5, currency: "GBP", url: "#mug", image: "data:image/gif;base64,R0lGODlhAQABAAAAACw=" },
  { id: "cup", title: "Cup", category: ["Kitchen", "Mugs"], brand: "Acme", price: 4, currency: "GBP", url: "javascript:document.title='taken'", image: "data:image/gif;base64,R0lGODlhAQABAAAAACw=" },
  { id: "bowl", title: "Bowl", category: ["Kitchen", "Bowls"], brand: "Other", price: 9, url: "#bowl" },
  { id: "frame", title: "Frame", category: ["Home", "Frames"], brand: "Other", price: 12, url: "#frame" },
  { id: "bag", title: "Bag", category: ["Home", "Bags"], brand: "Third", price: 19, url: "#bag" },
];

export const itemsOnThePage = `<script type="application/json" data-reshelf-items>${JSON.stringify(ITEMS).replaceAll("<", "\\u003c")}</script>`;

/** The page's shop, and the elements. */
export const scripts = (options = "{}", more = "") => `<script type="module" nonce="x">
  import { createReshelf } from "/dist/index.js";
  import { provideShop } from "/dist/elements.js";
  window.making = createReshelf({ store: "acme", bots: "allow", strength: 100, quota: 10, ...${options} });
  provideShop(making);
  const shop = (window.shop = await making);
  ${more}
</script>`;

export async function openPages() {
  const browser = await openBrowser();
  return {
    /** Opens a page; nothing may be thrown there or refused by the policy. */
    async open(content, options = {}) {
      const opened = await browser.open(content, { csp, ...options });
      const said = type => opened.consoled.filter(message => message.type() === type).map(message => message.text());
      return {
        ...opened,
        get complaints() {
          return said("error");
        },
        get warnings() {
          return said("warning");
        },
      };
    },
    close: () => browser.close(),
  };
}
