/**
 * `reshelf/devtools`: an overlay for developers and merchandisers. It shows what
 * the shop hears, knows and orders, why, how others would see the page, and what
 * is wrong with the page's data. Load it where those people are, not for shoppers.
 */
import { explanationPanel } from "./devtools/explanation.js";
import { ordersPanel } from "./devtools/orders.js";
import { Overlay } from "./devtools/overlay.js";
import { placementsOf } from "./devtools/placements.js";
import { profilePanel } from "./devtools/profile.js";
import { qualityPanel } from "./devtools/quality.js";
import { Recorder } from "./devtools/recorder.js";
import { simulatorPanel } from "./devtools/simulator.js";
import { markedItems, merged, rowItems } from "./devtools/sources.js";
import { streamPanel } from "./devtools/stream.js";
import { readStructuredData } from "./adapters/jsonld.js";
import type { ReshelfRow } from "./elements/row.js";
import type { ItemRow, Reshelf, ReshelfOptions } from "./types.js";

/** What `openDevtools` takes. */
export interface DevtoolsOptions {
  /** The shop's products as it knows them: ids of the page are compared with these, and personas are cast on them. */
  readonly feed?: readonly ItemRow[];
  /** Name of the page's data layer, where it was renamed. */
  readonly dataLayer?: string;
  /** Options of the page's own instance that the copy of the tab "Personas" is to share, such as `strength` or `artifact`. */
  readonly copy?: Partial<ReshelfOptions>;
}

/** An overlay that is open. */
export interface Devtools {
  /** Removes it; the page is as it was before. May be called twice. */
  close(): void;
}

/** One a shop, for as long as a shortcut or an overlay needs it. */
const recorders = new Map<Reshelf, { readonly recorder: Recorder; users: number }>();
let opened: { readonly shop: Reshelf; readonly overlay: Overlay } | undefined;

/**
 * Opens the overlay, or brings the focus to it where it is open. Neither the page,
 * nor its orders, nor the shopper's profile change. On a server it does nothing.
 * @throws ReshelfError `destroyed`
 */
export function openDevtools(shop: Reshelf, options: DevtoolsOptions = {}): Devtools {
  if (typeof document === "undefined") return { close() {} };
  if (opened && opened.shop !== shop) opened.overlay.close();
  if (opened) opened.overlay.focus();
  else opened = { shop, overlay: overlayFor(shop, options) };
  const { overlay } = opened;
  return { close: () => overlay.close() };
}

/**
 * Listens for Alt+Shift+D, which opens and closes the overlay, and records what
 * happens from now on, so that there is something to see. Returns a function that
 * stops both.
 * @throws ReshelfError `destroyed`
 */
export function devtoolsShortcut(shop: Reshelf, options: DevtoolsOptions = {}): () => void {
  if (typeof document === "undefined") return () => {};
  recorderFor(shop);
  let ended = false;
  const pressed = (event: KeyboardEvent) => {
    // By the key's place: with Alt, its letter is another one on many keyboards.
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.code !== "KeyD") return;
    event.preventDefault();
    if (opened?.shop === shop) opened.overlay.close();
    else if (shop.status !== "destroyed") openDevtools(shop, options);
  };
  // Before the page and the overlay: neither is to keep the key for itself.
  window.addEventListener("keydown", pressed, true);
  return () => {
    if (ended) return;
    ended = true;
    window.removeEventListener("keydown", pressed, true);
    giveBack(shop);
  };
}

function recorderFor(shop: Reshelf): Recorder {
  const held = recorders.get(shop) ?? { recorder: new Recorder(shop), users: 0 };
  held.users++;
  recorders.set(shop, held);
  return held.recorder;
}

function giveBack(shop: Reshelf): void {
  const held = recorders.get(shop);
  if (!held || --held.users > 0) return;
  held.recorder.end();
  recorders.delete(shop);
}

function overlayFor(shop: Reshelf, { feed, dataLayer, copy = {} }: DevtoolsOptions): Overlay {
  const recorder = recorderFor(shop);
  const placements = () => placementsOf(shop, recorder, document);
  const rows = () => [...document.querySelectorAll<ReshelfRow>("reshelf-row")];
  // Best first: bare marks take nothing away from what the feed says.
  const items = () => merged([...(feed ?? []), ...readStructuredData(document).items, ...rows().flatMap(row => rowItems(row) ?? []), ...markedItems(document)]);
  const explanation = explanationPanel(shop, placements);
  const panels = [
    ordersPanel(placements, (placement, id) => {
      overlay.show(1);
      explanation.show(placement, id);
    }),
    explanation,
    profilePanel(shop),
    streamPanel(recorder),
    simulatorPanel(placements, items, copy),
    qualityPanel(recorder, document, { feed, dataLayer }),
  ];
  const overlay = new Overlay(panels, () => {
    stop();
    giveBack(shop);
    opened = undefined;
  });
  const stop = recorder.listen(() => (shop.status === "destroyed" ? overlay.close() : overlay.changed()));
  return overlay;
}
