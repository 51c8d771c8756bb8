"use client";
/**
 * `reshelf/react`: the shopper's order as data. The server's render and the
 * first render in the browser show the merchant's order; the shopper's comes
 * after hydration. React's elements are never moved from here: its data is.
 *
 *     <ReshelfProvider options={{ store: "acme", consent: "auto" }} items={products}>
 *
 *     const { items, listProps, itemProps } = useRank("search", products);
 *     <ul {...listProps}>{items.map(p => <li key={p.id} {...itemProps(p.id)}>…</li>)}</ul>
 */
export { ReshelfProvider, type ReshelfProviderProps } from "./react/provider.js";
export { type UseRankOptions, useRank } from "./react/rank.js";
export { type UseRecommendationsOptions, useRecommendations } from "./react/recommendations.js";
export { type SectionEntry, type UseSectionsOptions, useSections } from "./react/sections.js";
export { type Shelved, type VisitStatus, useReshelf } from "./react/visit.js";
export type * from "./types.js";
