/** What was learned, each value with a way to correct it: interests, what is muted, what was looked at. */
import type { Interest, ProfileValue } from "../types.js";
import { dismissal } from "./dismissal.js";
import { button, h, list, replace } from "./dom.js";
import { say } from "./messages.js";
import type { Panel, Part } from "./part.js";

const MOST_INTERESTS = 12;
const MOST_RECENT = 8;
/** Interests that follow from two others; muting those mutes them. */
const PAIRS = ["categoryBrand", "categoryPrice"];
/** Scores from which an interest is called strong, and middling: thirds of what shows in practice. */
const STRONG = 0.3;
const MIDDLING = 0.12;

export function taste(panel: Panel): Part {
  const { shop, messages, speech } = panel;
  const title = h("h3", { id: "taste-title", tabindex: "-1" }, messages.taste);
  const summary = h("p", { class: "hint", part: "summary" });
  const body = h("div", {});
  const element = h("section", { part: "taste", "aria-labelledby": "taste-title" }, title, summary, body);

  /** Lists that the shopper asked for whole. */
  const whole = new Set<string>();
  /** How many values have a name. */
  let namesakes = new Map<string, number>();
  const nameOf = ({ kind, value }: { kind: string; value: string }) => {
    const name = panel.name(kind, value);
    return (namesakes.get(name) ?? 0) > 1 ? panel.name(kind, value, true) : name;
  };

  const act = (what: "mute" | "unmute" | "correct", kind: string, value: string, told: string, name: string) => () => {
    shop[what]({ [kind]: value } as ProfileValue);
    panel.tell(say(told, { name }));
    panel.changed({ what });
    panel.refresh();
  };

  function interest({ kind, value, score }: Interest): HTMLElement {
    const name = nameOf({ kind, value });
    const words = score >= STRONG ? messages.strong : score >= MIDDLING ? messages.middling : messages.slight;
    const bar = h("span", { class: "bar", "aria-hidden": "true" });
    bar.style.setProperty("--_score", String(Math.min(1, score / STRONG)));
    return h("li", { part: "interest", "data-kind": kind, "data-value": value },
      h("span", { class: "name" }, name, bar),
      h("span", { class: "hint" }, words),
      h("span", { class: "acts" },
        button(messages.mute, `mute ${kind} ${value}`, act("mute", kind, value, messages.muted, name), say(messages.muteOf, { name })),
        button(messages.correct, `correct ${kind} ${value}`, act("correct", kind, value, messages.corrected, name), say(messages.correctOf, { name }))));
  }

  function muted({ kind, value }: { kind: string; value: string }): HTMLElement {
    const name = nameOf({ kind, value });
    return h("li", { part: "muted", "data-kind": kind, "data-value": value }, h("span", { class: "name" }, name),
      h("span", { class: "acts" }, button(messages.unmute, `unmute ${kind} ${value}`, act("unmute", kind, value, messages.unmuted, name), say(messages.unmuteOf, { name }))));
  }

  function recent(id: string): HTMLElement {
    const name = panel.name("item", id);
    return h("li", { part: "recent", "data-value": id }, h("span", { class: "name" }, name),
      h("span", { class: "acts" }, dismissal(panel, id, "profile", `dismiss ${id}`)));
  }

  function titled<T>(key: string, title: string | undefined, values: readonly T[], most: number, entry: (value: T) => HTMLElement): HTMLElement[] {
    if (values.length === 0) return [];
    const shown = whole.has(key) ? values : values.slice(0, most);
    const showAll = () => {
      whole.add(key);
      panel.refresh();
    };
    return [
      ...(title ? [h("h4", {}, title)] : []),
      list("ul", {}, ...shown.map(entry)),
      ...(shown.length < values.length ? [button(say(messages.showAll, { count: values.length }), `all ${key}`, showAll)] : []),
    ];
  }

  return {
    element,
    refresh() {
      const profile = shop.profile();
      const interests = profile.interests.filter(({ kind }) => !PAIRS.includes(kind));
      const seen = profile.recentlyViewed;
      namesakes = new Map();
      for (const { kind, value } of [...interests, ...profile.muted]) {
        const name = panel.name(kind, value);
        namesakes.set(name, (namesakes.get(name) ?? 0) + 1);
      }
      const isEmpty = interests.length === 0 && seen.length === 0 && profile.muted.length === 0;
      // What was done is kept without words; those are of products that the page registers.
      summary.textContent = isEmpty
        ? profile.events > 0 ? messages.tasteUnnamed : profile.paused ? messages.tasteEmptyPaused : messages.tasteEmpty
        : profile.events === 1 || profile.since === null
          ? messages.observedOne
          : say(messages.observed, { count: profile.events, since: speech.day(profile.since) });
      replace(body, [
        ...titled("interests", undefined, interests, MOST_INTERESTS, interest),
        ...titled("muted", messages.mutedTitle, profile.muted, Infinity, muted),
        ...titled("recent", messages.recent, seen, MOST_RECENT, recent),
        ...(profile.paused && seen.length > 0 ? [h("p", { class: "hint" }, messages.dismissPaused)] : []),
      ], title);
    },
  };
}
