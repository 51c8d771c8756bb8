/**
 * `reshelf/elements`: custom elements for any page and any framework. Importing
 * defines them, once a page however many copies there are; on a server it does
 * nothing.
 *
 * - `<reshelf-row>`: a row of recommendations in the shop's own markup.
 * - `<reshelf-sections>`: sections in the shopper's order.
 * - `<reshelf-profile>`: what the shop knows of the shopper, and every choice about it.
 *
 * An element asks the shop it is given (`element.shop = shop`), or else the page's:
 * the one of `reshelf/auto`, or of `provideShop`.
 */
import { ReshelfProfile, type ShopperChange } from "./elements/profile.js";
import { ReshelfRow } from "./elements/row.js";
import { ReshelfSections } from "./elements/sections.js";
import { define } from "./elements/shop.js";

declare global {
  interface HTMLElementTagNameMap {
    "reshelf-row": ReshelfRow;
    "reshelf-sections": ReshelfSections;
    "reshelf-profile": ReshelfProfile;
  }
  interface HTMLElementEventMap {
    "reshelf-change": CustomEvent<ShopperChange>;
  }
}

define("reshelf-row", ReshelfRow);
define("reshelf-sections", ReshelfSections);
define("reshelf-profile", ReshelfProfile);

export { ReshelfProfile, ReshelfRow, ReshelfSections };
export { provideShop } from "./elements/shop.js";
export type { RowItem } from "./elements/binding.js";
export type { ItemResolver, ReasonWording, ShownItem } from "./elements/row.js";
export type { Messages } from "./elements/messages.js";
export type { Naming, ShopperChange } from "./elements/profile.js";
