/** The custom pixel to paste in Shopify's admin, below a line `const RESHELF_STORE = "…";`. */
import { type PixelApi, shopifyPixel } from "./shopify-pixel.js";

declare const RESHELF_STORE: string | undefined;
declare const analytics: PixelApi["analytics"];
declare const browser: PixelApi["browser"];
declare const init: unknown;
declare const customerPrivacy: PixelApi["customerPrivacy"];
declare const api: { customerPrivacy?: PixelApi["customerPrivacy"] } | undefined;

shopifyPixel(
  {
    analytics,
    browser,
    init,
    // A custom pixel has it as a part of `api`, some versions as a global.
    customerPrivacy: typeof api === "undefined" ? (typeof customerPrivacy === "undefined" ? undefined : customerPrivacy) : api?.customerPrivacy,
  },
  { store: typeof RESHELF_STORE === "undefined" ? "shop" : RESHELF_STORE },
);
