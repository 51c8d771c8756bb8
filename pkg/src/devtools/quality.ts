/** The tab "Data": what is wrong with what the page says of its products and events. */
import type { ItemRow } from "../types.js";
import { h, paragraph, shown, table } from "./dom.js";
import { findings } from "./findings.js";
import type { Panel } from "./panel.js";
import type { Recorder } from "./recorder.js";
import { Layer, readSources } from "./sources.js";

export function qualityPanel(recorder: Recorder, root: ParentNode, { feed, dataLayer }: { feed?: readonly ItemRow[] | undefined; dataLayer?: string | undefined }): Panel {
  const element = h("section");
  const layer = new Layer(dataLayer);
  return {
    title: "Data",
    element,
    refresh() {
      const sources = readSources(root, layer, feed);
      const all = findings(sources, recorder.tracked());
      element.replaceChildren(
        table("What was read", ["Source", "Products named"], [...sources.rows].map(([name, rows]) => [name, String(rows.length)])),
        all.length === 0
          ? paragraph("Nothing is wrong with it.", "empty")
          : table("Findings", ["Finding", "Count", "For example"], all.map(({ text, count, examples }) => [text, String(count), examples.map(shown).join(", ")])),
      );
    },
    end: () => layer.end(),
  };
}
