/** Every word of `<reshelf-profile>`, in English; other languages are objects of this shape. */

import type { ReasonCode } from "../types.js";

/** Why rows show something, by code: a text with `{name}` in it, and after a `|` the same without a name. */
export type ReasonMessages = Record<ReasonCode, string>;

/**
 * Texts by name; `{name}`, `{count}`, `{since}`, `{from}` and `{to}` stand for what is put in.
 * Without `reasons` those of rows are in the engine's words.
 */
export type Messages = typeof english & { reasons?: Partial<ReasonMessages> };

export const english = {
  /** Language of these texts (BCP 47), for dates and prices between them. */
  language: "en",
  title: "What this shop knows about you",
  promise: "All of it stays in this browser. Nothing is sent to anybody.",
  promiseShared: "All of it is kept in this browser only. While “Remember on this device” is on, this shop’s search service is told what you look at most, so that it can find what suits you. Nothing else is sent.",
  absent: "This page works without personalisation. What an earlier visit left here can be forgotten.",

  choices: "Your choices",
  remember: "Remember on this device",
  rememberHint: "Switched off, what is kept here is erased at once, and nothing is kept when you leave the page.",
  rememberRefused: "Your browser asks shops not to track you, so this stays off.",
  rememberUnavailable: "Your browser lets this shop keep nothing: all is forgotten when you leave the page.",
  pause: "Pause learning",
  pauseHint: "What is known stays and is used; nothing new is added.",
  order: "Show the shop’s own order",
  orderHint: "Lists stand where the shop put them, and recommendations do not follow your taste.",

  taste: "Your taste",
  priceBand: "Prices from {from} to {to}",
  /** After a category and a comma. */
  priceBandOf: "{from} to {to}",
  showAll: "Show all {count}",
  tasteEmpty: "Nothing yet. Look at a few things you like, and it will show here.",
  tasteEmptyPaused: "Nothing yet, and learning is paused.",
  tasteUnnamed: "Something is remembered, but nothing that this page can name. Look again on a page with products.",
  observedOne: "From one thing you did here.",
  observed: "From {count} things you did here since {since}.",
  strong: "a lot",
  middling: "somewhat",
  slight: "a little",
  mute: "Don’t use",
  muteOf: "Don’t use “{name}”",
  muted: "“{name}” is no longer used.",
  correct: "Not true",
  correctOf: "Not true: forget “{name}”",
  corrected: "Forgotten: “{name}”. It can be learned again.",
  mutedTitle: "Not used",
  unmute: "Use again",
  unmuteOf: "Use “{name}” again",
  unmuted: "“{name}” is used again.",

  recent: "Looked at last",
  dismiss: "Not interested",
  dismissOf: "Not interested in “{name}”",
  dismissed: "“{name}” will not be recommended to you for a while.",
  dismissPaused: "While learning is paused, “Not interested” cannot be noted.",

  why: "Why am I seeing this?",
  whyNothing: "The lists here stand where the shop put them.",
  whyUnseen: "This page has no list that can be explained here.",
  whyMoved: "{name}: why here",
  up: "raises it",
  down: "lowers it",
  shopPlace: "The shop’s own place; nothing speaks for moving it.",

  yours: "Your data",
  export: "Save a copy",
  exported: "A copy was saved as a file.",
  import: "Bring back a copy",
  imported: "Your copy was brought back.",
  importNoFile: "This file is not a copy from here.",
  importOtherShop: "This is a copy from another shop.",
  importLater: "This copy was made by a later version of the shop.",
  importDamaged: "This file is damaged. Nothing was changed.",
  importTooLarge: "This file is too large to be a copy from here.",
  forget: "Forget everything",
  forgetQuestion: "Forget all this shop learned about you? This cannot be undone.",
  forgetYes: "Yes, forget",
  forgetNo: "Keep it",
  forgotten: "Forgotten. Nothing about you is left.",

  /** Parts of an explanation, by their code; a part that is not here is shown in the engine’s words. */
  position: "The shop’s own order",
  history: "What you did with it before",
  graph: "Goes with what you looked at",
  next: "Where others go next from here",
  segment: "Shoppers like you",
  context: "When and how you came",
  fatigue: "Shown often already",
  query: "What you chose after this search before",
  reminder: "You looked at it before",
};

/** A text with what belongs into it. */
export const say = (text: string, values: Readonly<Record<string, string | number>> = {}): string =>
  text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
