// The shop behind the pages of `vue` and `svelte`, and what both tell the test.
import { createReshelf } from "reshelf";

export const products = [
  { id: "mug", title: "Mug", url: "#mug", category: ["Kitchen", "Mugs"] },
  { id: "cup", title: "Cup", url: "#cup", category: ["Kitchen", "Mugs"] },
  { id: "candle", title: "Candle", url: "#candle", category: ["Home", "Candles"] },
  { id: "lantern", title: "Lantern", url: "#lantern", category: ["Home", "Candles"] },
];

/** Automated browsers are left alone otherwise. */
export const shop = createReshelf({ store: "acme", bots: "allow" });

/** The first that a row shows for `mug`, then for `candle`, which `change` asks for. */
export async function tell(change) {
  const row = document.querySelector("reshelf-row");
  const shown = () => new Promise(done => row.addEventListener("reshelf-filled", () => done([...row.querySelectorAll("[data-reshelf-item] a")].map(({ textContent }) => textContent)), { once: true }));
  const first = await shown();
  const second = shown();
  change();
  const { status } = await shop;
  return { status, shown: [first[0], (await second)[0]], panel: document.querySelector("reshelf-profile").shadowRoot.querySelector("h2").textContent };
}
