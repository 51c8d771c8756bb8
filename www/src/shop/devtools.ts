/**
 * The developers' link in the footer. The tool is fetched when it is first
 * wanted; from then on it has its keys.
 */
import type { DevtoolsOptions } from "../../../pkg/src/devtools.js";
import type { Reshelf } from "../../../pkg/src/types.js";
import type { Catalog } from "./catalog.js";
import { byId } from "./dom.js";
import { quota, strength } from "./settings.js";

/** The package as the browser sees it: a file of this server, not a bundled module. */
const DEVTOOLS: string = "/reshelf/devtools.js";
interface DevtoolsModule {
  devtoolsShortcut(shop: Reshelf, options: DevtoolsOptions): () => void;
  openDevtools(shop: Reshelf, options: DevtoolsOptions): void;
}

export function offerDevtools(shop: Reshelf, catalog: Catalog): void {
  const link = byId("devtools");
  let keys: (() => void) | undefined;
  link.hidden = false;
  link.addEventListener("click", async () => {
    try {
      const { devtoolsShortcut, openDevtools } = (await import(DEVTOOLS)) as DevtoolsModule;
      const options = { feed: catalog.rows(), copy: { strength: strength(), quota: quota(), artifact: "/reshelf/" } };
      keys ??= devtoolsShortcut(shop, options);
      openDevtools(shop, options);
    } catch (error) {
      console.info("The developer tools could not be opened:", error);
    }
  });
}
