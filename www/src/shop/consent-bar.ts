/**
 * The shop's own question, asked once. It stands in the page's flow, so that it
 * covers nothing, and its two answers weigh the same.
 */
import { h } from "./dom.js";
import { framePassed } from "./frames.js";
import { link } from "./parameters.js";
import type { Personal } from "./personal.js";
import { keepTasteConsent, tasteConsent } from "./settings.js";

export function askForConsent(personal: Personal): void {
  if (tasteConsent()) return;
  const bar = h("section", { class: "consent", "aria-label": "Your choice", "data-test": "consent-bar" },
    h("p", {},
      h("strong", {}, "Remember my taste on this device? "),
      "Shelves you linger at move nearer the top. All of it stays in this browser; nothing is sent to anybody. ",
      h("a", { href: link("/privacy/") }, "How it works")),
    h("div", { class: "consent-choices" },
      h("button", { type: "button", class: "button", "data-test": "consent-yes" }, "Yes, remember"),
      h("button", { type: "button", class: "button", "data-test": "consent-no" }, "No thanks")));
  const [yes, no] = bar.querySelectorAll("button");
  yes?.addEventListener("click", () => answer(personal, "yes"));
  no?.addEventListener("click", () => answer(personal, "no"));
  document.querySelector(".header")?.after(bar);
}

async function answer(personal: Personal, choice: "yes" | "no"): Promise<void> {
  keepConsentChoice(choice);
  if (choice === "no") return personal.shop?.consent.deny();
  // First the bar goes: nobody waits for what is remembered.
  await framePassed();
  personal.shop?.consent.grant();
}

/** Keeps a choice that Reshelf knows of already. */
export function keepConsentChoice(choice: "yes" | "no"): void {
  keepTasteConsent(choice);
  document.querySelector(".consent")?.remove();
}
