/** The tab "Events": what the shop is told and what it does, as it happens. */
import type { ReshelfEvent } from "../types.js";
import { button, h, paragraph, shown, table } from "./dom.js";
import type { Panel } from "./panel.js";
import type { Happening, Recorder } from "./recorder.js";

/** Rows that are drawn; the recorder has more. */
const MOST_SHOWN = 100;

const time = (at: number) => new Date(at).toLocaleTimeString([], { hour12: false });

export function streamPanel(recorder: Recorder): Panel {
  const lines = h("div");
  const refresh = () => {
    const latest = recorder.happenings.slice(-MOST_SHOWN).reverse();
    lines.replaceChildren(latest.length === 0 ? paragraph("Nothing has happened yet.", "empty") : table("Events", ["Time", "What", "Detail"], latest.map(line)));
  };
  const element = h("section", {},
    paragraph("Newest first, since the page loaded this tool. What observe() and adapters hear is among them."),
    button("Clear", () => {
      recorder.clear();
      refresh();
    }),
    lines);
  return { title: "Events", element, refresh };
}

function line({ at, what, detail }: Happening): string[] {
  if (what !== "tracked") return [time(at), what, shown(detail)];
  const { type, at: _, ...rest } = detail as ReshelfEvent;
  return [time(at), shown(type), shown(rest)];
}
