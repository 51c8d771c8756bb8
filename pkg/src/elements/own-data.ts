/** The shopper's data as a file, back from one, and away for good. */
import { button, h } from "./dom.js";
import type { Messages } from "./messages.js";
import type { Panel, Part } from "./part.js";

/** Largest file that is read: a hundred times what a profile can be. */
const LARGEST_FILE = 1_000_000;

/** What is wrong with a file, by the field that the error names. */
function complaint(messages: Messages, error: unknown): string {
  const field = (error as { code?: string; field?: string }).field ?? "";
  if (field === "profile.store") return messages.importOtherShop;
  if (field === "profile.version") return messages.importLater;
  return field.startsWith("profile.journals") ? messages.importDamaged : messages.importNoFile;
}

export function ownData(panel: Panel): Part {
  const { shop, messages } = panel;

  // Made here and handed over here: no address outside of this page is involved.
  const save = button(messages.export, "export", () => {
    const address = URL.createObjectURL(new Blob([JSON.stringify(shop.export(), null, 2)], { type: "application/json" }));
    h("a", { href: address, download: "reshelf-profile.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1_000);
    panel.tell(messages.exported);
  });

  const file = h("input", { type: "file", accept: ".json,application/json", id: "file", "data-key": "file" });
  const problem = h("p", { id: "file-problem", class: "problem", part: "problem", role: "alert" });
  const complain = (text: string) => {
    panel.tell("");
    problem.textContent = text;
    file.toggleAttribute("aria-invalid", false);
    if (text) file.setAttribute("aria-invalid", "true");
  };
  file.setAttribute("aria-describedby", "file-problem");
  file.addEventListener("change", () => void bringBack());
  async function bringBack(): Promise<void> {
    const chosen = file.files?.[0];
    if (!chosen) return;
    complain("");
    try {
      if (chosen.size > LARGEST_FILE) return complain(messages.importTooLarge);
      shop.import(await chosen.text());
      panel.tell(messages.imported);
      panel.changed({ what: "import" });
    } catch (error) {
      complain(complaint(messages, error));
    } finally {
      // The same file can be chosen again.
      file.value = "";
      panel.refresh();
    }
  }

  const ask = button(messages.forget, "forget", () => question(true));
  ask.classList.add("grave");
  const keep = button(messages.forgetNo, "keep", () => question(false));
  const yes = button(messages.forgetYes, "yes", () => void forget());
  yes.classList.add("grave");
  const confirm = h("div", { role: "group", "aria-labelledby": "forget-question", class: "confirm", part: "confirm", hidden: true },
    h("p", { id: "forget-question" }, messages.forgetQuestion),
    h("div", { class: "acts" }, keep, yes));
  confirm.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    // The panel may stand in something that closes at this key; a `<dialog>` does so by itself.
    event.stopPropagation();
    event.preventDefault();
    question(false);
  });
  const question = (open: boolean) => {
    confirm.hidden = !open;
    ask.hidden = open;
    (open ? keep : ask).focus();
  };
  async function forget(): Promise<void> {
    await shop.forget();
    question(false);
    complain("");
    panel.tell(messages.forgotten);
    panel.reordered({ what: "forget" });
    panel.refresh();
  }

  const copies = [save, h("label", { class: "file", part: "button" }, file, messages.import)];

  return {
    element: h("section", { part: "yours", "aria-labelledby": "yours-title" },
      h("h3", { id: "yours-title" }, messages.yours),
      // Without an engine nothing reads what is kept: a copy would be empty, and one brought back would go nowhere.
      h("div", { class: "acts" }, ...(shop.status === "ready" ? copies : []), ask),
      problem,
      confirm),
    refresh() {},
  };
}
