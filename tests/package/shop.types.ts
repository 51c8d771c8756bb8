// Compiled, never run: a shop that uses every public name. Each expected error
// is one that a typed caller must get.
import { ReshelfError, createReshelf, type ArrangedPlacement, type ErrorCode, type Explanation, type Profile, type Reshelf, type Status } from "reshelf";
import { createReshelf as createInline } from "reshelf/inline";
import { devtoolsShortcut, openDevtools, type Devtools, type DevtoolsOptions } from "reshelf/devtools";
import { FakeClock, createTestReshelf, persona, personas, play, sampleItems, type Persona } from "reshelf/testing";
import type {} from "reshelf/auto";
import { provideShop, type Messages, type ReshelfRow, type RowItem, type ShopperChange } from "reshelf/elements";
import { german } from "reshelf/elements/de";
import { consent, watchConsent, type ConsentSignal } from "reshelf/adapters/consent";
import { ga4, type Ga4Options } from "reshelf/adapters/ga4";
import { instantsearch, type InstantSearchBridge } from "reshelf/adapters/instantsearch";
import { jsonld, readStructuredData, type StructuredData } from "reshelf/adapters/jsonld";
import { segment, type SegmentOptions } from "reshelf/adapters/segment";
import { shopify, shopifyRecommendations, shopifySection, type ShopifyBridge } from "reshelf/adapters/shopify";
import { shopifyPixel, type PixelApi } from "reshelf/adapters/shopify-pixel";

interface Result {
  sku: string;
}

export async function shop(results: readonly Result[], module: WebAssembly.Module): Promise<void> {
  const shop: Reshelf = await createReshelf({ store: "acme", consent: "auto", strength: 50, quota: 3, bots: "inert", seed: 1, wasm: module });
  const status: Status = shop.status;
  shop.addItems([{ id: 7, category: ["Home", "Candles"], brand: "Wick", price: 2.55, listPrice: null, currency: "GBP", colour: "red", tags: ["a:b"], inStock: true }]);
  shop.track({ type: "view", item: "85123A", dwellMs: 12_000, placement: "search", position: 3, at: Date.now() });
  shop.track({ type: "search", query: "candle" });
  shop.track({ type: "filter", value: "colour:red" });
  shop.track({ type: "sectionClick", section: "candles" });
  shop.track({ type: "bannerView", banner: "spring" });
  shop.track({ type: "offerClick", offer: "two-for-one" });
  const tools: DevtoolsOptions = { feed: [{ id: 7 }], dataLayer: "layer", copy: { strength: 100 } };
  const overlay: Devtools = openDevtools(shop, tools);
  const ended: () => void = devtoolsShortcut(shop);
  shop.on("tracked", ({ type, at }) => void [type, at]);
  overlay.close();
  ended();
  const sorted: Result[] = shop.rank("search", results, { id: r => r.sku, query: "candle" });
  const order: Uint32Array = shop.order("search", ["a", 7], { query: "candle" });
  const arranged: ArrangedPlacement[] = shop.arrange(document, { refresh: true });
  const stop: () => void = shop.observe(document.body);
  const explanation: Explanation | null = shop.explain("search", 7);
  const profile: Profile = shop.profile();
  const version: number = shop.export().version;
  shop.mute({ brand: "Wick" });
  shop.unmute({ category: "Home > Candles" });
  shop.correct({ tag: "a:b" });
  shop.preferShopOrder(true);
  shop.import(shop.export());
  const muted: { kind: string; value: string }[] = profile.muted;
  provideShop(shop);
  const row: ReshelfRow = document.createElement("reshelf-row");
  row.items = async (ids: string[]): Promise<RowItem[]> => ids.map(id => ({ id, title: id }));
  const panel = document.createElement("reshelf-profile");
  panel.messages = german satisfies Messages;
  panel.naming = (kind, value) => (kind === "item" ? value : undefined);
  panel.addEventListener("reshelf-change", event => void (event as CustomEvent<ShopperChange>).detail.what);
  const state: "granted" | "denied" = shop.consent.state;
  const unsubscribe = shop.on("ranked", ({ placement, before, after }) => void [placement.length, before[0], after[0]]);
  shop.on("profile", ({ interests }) => void interests[0]?.score);
  shop.on("status", ({ status }) => void (status === "inert:blocked"));
  shop.consent.grant();
  await shop.forget();
  try {
    shop.destroy();
  } catch (error) {
    if (error instanceof ReshelfError) void ([error.code, error.field] satisfies [ErrorCode, string]);
  }
  void [status, sorted, order, arranged, stop, explanation, profile, muted, version, state, unsubscribe, window.reshelf];

  // @ts-expect-error a store is required
  await createInline({});
  // @ts-expect-error no such type
  shop.track({ type: "glance", item: "a" });
  // @ts-expect-error a search has a query
  shop.track({ type: "search", item: "a" });
  // @ts-expect-error a category is a path
  shop.addItems([{ id: 1, category: "Home > Candles" }]);
  // @ts-expect-error no such kind of value
  shop.mute({ shelf: "Home" });
  // @ts-expect-error no such event
  shop.on("click", () => {});
  // @ts-expect-error the status is the instance's own
  shop.status = "ready";
}

export async function tests(): Promise<void> {
  const clock = new FakeClock(0);
  const shop = await createTestReshelf({ clock, seed: 7 });
  shop.addItems(sampleItems);
  const first: Persona | undefined = personas[0];
  first?.events.forEach(event => shop.track(event));
  play(shop, persona("candle lover"), { clock, pauseMs: 1_000 });
  clock.advance(1_000);
}

export async function adapters(shop: Reshelf, api: PixelApi, hits: { objectID: string; brand: string }[]): Promise<void> {
  const options: Ga4Options & SegmentOptions = { events: ["addToCart"], items: false, id: fields => String(fields["sku"]) };
  const bridge: InstantSearchBridge = instantsearch(shop, { row: hit => ({ brand: String(hit["brand"]) }), share: { brand: "brand" } });
  const shown: { objectID: string; brand: string }[] = bridge.transformItems(hits, { results: { query: "lamp" } });
  const theme: ShopifyBridge = shopify(shop, { id: "variant" });
  theme.hear({ name: "product_viewed" });
  const data: StructuredData = readStructuredData(document);
  const signal: (signal: ConsentSignal) => void = () => {};
  const stops: (() => void)[] = [ga4(shop, options), segment(shop, options), theme, jsonld(shop), bridge, consent(shop, { dataLayer: "layer" }), watchConsent(signal), shopifyPixel(api, { store: "acme" })];
  await shopifyRecommendations(shop, { product: 1, intent: "complementary", limit: 4 });
  await shopifySection(shop, { product: 1, section: "related", into: document.body });
  shop.addItems(data.items, { keep: true });
  void [shown, stops];

  // @ts-expect-error no such event type
  ga4(shop, { events: ["glance"] });
  // @ts-expect-error a pixel writes for a store
  shopifyPixel(api, {});
}
