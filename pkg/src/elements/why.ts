/** "Why am I seeing this?": for the lists of this page, what moved each entry, in words. */
import type { Explanation, Reason } from "../types.js";
import { dismissal } from "./dismissal.js";
import { h, list, replace } from "./dom.js";
import { type Messages, say } from "./messages.js";
import type { Panel, Part } from "./part.js";
import type { ReshelfRow } from "./row.js";

/** Entries of a list that are explained. */
const MOST = 12;
/** Contributions smaller than this move nothing that anybody sees. */
const SLIGHT = 0.01;

const LISTS = [
  ["products", "item"],
  ["sections", "section"],
  ["banners", "banner"],
] as const;

export function why(panel: Panel): Part {
  const { shop, messages } = panel;
  const summary = h("summary", { "data-key": "why" }, messages.why);
  const body = h("div", {});
  const details = h("details", { "data-name": "why" }, summary, body);
  details.addEventListener("toggle", () => fill());

  function entry(kind: string, id: string, placement: string, reasons: HTMLElement): HTMLElement {
    const name = panel.name(kind, id);
    return h("li", {}, h("details", { "data-name": `${placement} ${id}` },
      h("summary", { "data-key": `why ${placement} ${id}`, "aria-label": say(messages.whyMoved, { name }) }, name),
      reasons,
      kind === "item" ? dismissal(panel, id, placement, `dismiss ${placement} ${id}`) : undefined));
  }

  /** The page's own lists, as far as they were put in order. */
  function* lists(): Iterable<HTMLElement> {
    for (const [mark, kind] of LISTS) {
      for (const container of document.querySelectorAll<HTMLElement>(`[data-reshelf="${mark}"]`)) {
        if (container.closest("reshelf-row")) continue;
        const placement = container.dataset.reshelfPlacement || mark;
        const entries = [...container.children].slice(0, MOST).flatMap(child => {
          const id = child.getAttribute(`data-reshelf-${kind}`);
          const explained = id ? shop.explain(placement, id) : null;
          return id && explained ? [entry(kind, id, placement, sum(panel, messages, explained))] : [];
        });
        if (entries.length > 0) yield h("div", {}, h("h4", {}, panel.name("placement", placement)), list("ol", {}, ...entries));
      }
    }
  }

  /** What a reason is about, as people call it. */
  function subject({ items }: ReshelfRow, { code, about }: Reason): string | undefined {
    if (about === undefined) return undefined;
    if (code === "taste") return panel.name("tag", panel.speech.value(about).split(" > ").at(-1)!);
    const title = Array.isArray(items) ? items.find(({ id }) => String(id) === about)?.title : undefined;
    const name = typeof title === "string" ? title : panel.name("item", about);
    return name === about ? undefined : name;
  }

  /** A row's reason in the panel's words, where the row has none of its own. */
  const inWords = (row: ReshelfRow, reason: Reason): string => (row.reasonOf ? undefined : panel.speech.reason(reason, subject(row, reason))) ?? reason.text;

  /** Rows of recommendations, with the reason that each entry has. */
  function* rows(): Iterable<HTMLElement> {
    for (const row of document.querySelectorAll<ReshelfRow>("reshelf-row")) {
      const entries = (row.shown ?? []).map(({ id, reason }) =>
        entry("item", id, row.getAttribute("placement") ?? row.getAttribute("kind") ?? "", h("p", { class: "hint" }, inWords(row, reason))));
      const title = row.querySelector("h1, h2, h3, h4, h5, h6")?.textContent?.trim();
      if (entries.length > 0) yield h("div", {}, h("h4", {}, title || panel.name("placement", row.getAttribute("kind") ?? "")), list("ol", {}, ...entries));
    }
  }

  // Only when it is open: it reads the page.
  function fill(): void {
    if (!details.open) return;
    const found = [...lists(), ...rows()];
    // Rows and lists that the page renders as data are not seen, whatever they are marked for: of a page without others nothing is known.
    const isSeen = LISTS.some(([mark, kind]) => document.querySelector(`[data-reshelf="${mark}"]:not([data-reshelf-rendered]) > [data-reshelf-${kind}]`));
    replace(body, found.length > 0 ? found : [h("p", { class: "hint" }, isSeen ? messages.whyNothing : messages.whyUnseen)], summary);
  }

  return { element: h("section", { part: "why" }, details), refresh: fill };
}

/** What speaks for a place, and what against it. */
function sum(panel: Panel, messages: Messages, { contributions }: Explanation): HTMLElement {
  const moving = contributions.filter(({ code, value }) => code !== "position" && Math.abs(value) >= SLIGHT);
  if (moving.length === 0) return h("p", { class: "hint" }, messages.shopPlace);
  const words = messages as unknown as Partial<Record<string, string>>;
  return list("ul", { class: "sum" }, ...moving.map(({ code, label, value }) =>
    h("li", {},
      h("span", { "aria-hidden": "true" }, value > 0 ? "▲" : "▼"),
      ` ${words[code] ?? panel.name(code, label)} `,
      h("span", { class: "hint" }, value > 0 ? messages.up : messages.down))));
}
