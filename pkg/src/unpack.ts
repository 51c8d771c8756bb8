/**
 * Gives names to what the engine answers in plain arrays: names cost the engine
 * a table and a search each, and here only these lines.
 */
import type { ArrangedPlacement, Explanation, Intent, Profile } from "./types.js";

export type PackedExplanation = [
  rank: number,
  merchantRank: number,
  score: number,
  contributions: [code: string, label: string, value: number][],
  rules: string[],
];

export type PackedProfile = [
  events: number,
  since: number | undefined,
  paused: boolean,
  interests: [kind: string, value: string, score: number, share: number][],
  recentlyViewed: string[],
  muted: string[],
  shopOrder: boolean,
];

/** Stages as the engine numbers them. */
const STAGES = ["unknown", "browse", "compare", "buy"] as const;

export function unpackIntent([stage = 0, probability = 0]: ArrayLike<number> & Iterable<number>): Intent {
  return { stage: STAGES[stage] ?? "unknown", probability };
}

export function unpackExplanation(id: string, packed: PackedExplanation): Explanation {
  const [rank, merchantRank, score, contributions, rules] = packed;
  return { id, rank, merchantRank, score, contributions: contributions.map(([code, label, value]) => ({ code, label, value })), rules };
}

export function unpackProfile([events, since, paused, interests, recentlyViewed, muted, shopOrder]: PackedProfile): Profile {
  return {
    events,
    since: since ?? null,
    paused,
    interests: interests.map(([kind, value, score, share]) => ({ kind, value, score, share })),
    recentlyViewed,
    muted: muted.flatMap((kind, at) => (at % 2 === 0 ? [{ kind, value: muted[at + 1]! }] : [])),
    shopOrder,
  };
}

/** Name, kind, ids before and ids after of each container, one after the other. */
export function unpackArranged(flat: readonly unknown[]): ArrangedPlacement[] {
  const arranged: ArrangedPlacement[] = [];
  for (let i = 0; i < flat.length; i += 4) {
    const [placement, kind, before, after] = flat.slice(i, i + 4) as [string, ArrangedPlacement["kind"], string[], string[]];
    arranged.push({ placement, kind, before, after });
  }
  return arranged;
}
