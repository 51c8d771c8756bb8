/** What a part of the panel is, and what it can ask of the panel around it. */
import type { Reshelf } from "../types.js";
import type { Messages } from "./messages.js";
import type { Speech } from "./speech.js";

/** A part of the panel: an element, and how to bring it up to date. */
export interface Part {
  element: HTMLElement;
  refresh(): void;
}

/** What the shopper changed, as the event `reshelf-change` tells it. */
export interface ShopperChange {
  what: "consent" | "pause" | "order" | "mute" | "unmute" | "correct" | "dismiss" | "import" | "forget";
  /** Of a switch: whether it is on now. */
  on?: boolean;
}

/** The panel, as its parts see it. */
export interface Panel {
  shop: Reshelf;
  messages: Messages;
  speech: Speech;
  /** Name for people of a value; `isWhole`: with what tells it from another of the same name. */
  name(kind: string, value: string, isWhole?: boolean): string;
  /** Says something to the shopper, also to one who hears the page. */
  tell(text: string): void;
  /** Tells the page of a change; false: the page does by itself what would follow. */
  changed(change: ShopperChange): boolean;
  /** Tells the page of a change after which lists and rows are to be others, and has them follow. */
  reordered(change: ShopperChange): void;
  refresh(): void;
}
