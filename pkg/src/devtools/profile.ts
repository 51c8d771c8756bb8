/** The tab "Profile": what the device knows, and how the instance is doing. */
import type { Reshelf } from "../types.js";
import { h, paragraph, shown, table } from "./dom.js";
import type { Panel } from "./panel.js";

const percent = (part: number) => `${Math.round(part * 100)} %`;

export function profilePanel(shop: Reshelf): Panel {
  const element = h("section");
  return {
    title: "Profile",
    element,
    refresh() {
      const { events, since, paused, interests, recentlyViewed } = shop.profile();
      const { stage, probability } = shop.intent();
      const state = [
        ["Status", shop.status],
        ["Artifact", shown(shop.artifact)],
        ["Consent", shop.consent.state === "granted" ? "granted: kept in this browser" : "denied: in memory, until the page goes"],
        ["Acts", `${events}${since === null ? "" : `, since ${new Date(since).toLocaleDateString()}`}${paused ? ", paused" : ""}`],
        ["Readiness to buy", stage === "unknown" ? "unknown: no model, or nothing done yet" : `${stage}, ${percent(probability)}`],
        ["Recently viewed", recentlyViewed.slice(0, 10).join(", ") || "nothing"],
      ];
      element.replaceChildren(
        table("State", ["What", "Now"], state),
        interests.length === 0
          ? paragraph("No interests yet.", "empty")
          : table("Interests, strongest first", ["Value", "Kind", "Strength", "Share of looks"], interests.slice(0, 50).map(({ kind, value, score, share }) => [value, kind, score.toFixed(3), percent(share)])));
    },
  };
}
