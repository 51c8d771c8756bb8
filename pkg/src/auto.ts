/**
 * `reshelf/auto`: one script tag and no code.
 *
 *     <script type="module" src="…/reshelf/dist/auto.js" data-store="acme" data-consent="denied"></script>
 *
 * Attributes: `data-store`, `data-consent`, `data-google-consent`, `data-strength`, `data-quota`,
 * `data-artifact` and `data-bots`, with the meaning and the defaults of the options of
 * `createReshelf`; `data-budget`, the milliseconds after the first contentful paint in which
 * lists still move, by default 1,000; `data-adapters` names adapters to start, for example
 * `"ga4 jsonld"`, and `data-layer` the page's data layer where it was renamed.
 * The instance is `await window.reshelf`.
 */
import { automatic } from "./automatic.js";
import { createReshelf } from "./index.js";
import type { Reshelf } from "./types.js";

declare global {
  interface Window {
    /** The instance that `reshelf/auto` created. Never rejects. */
    reshelf?: Promise<Reshelf>;
    /** True where the inline script of `reshelf/stub` ran. */
    reshelfStub?: boolean;
  }
}

// A module is not told which tag loaded it: the one that has this file's name, or names a store, where a bundler gave it another.
const TAGS = ["script[data-store][src$='/auto.js']", "script[type=module][src$='/auto.js']", "script[type=module][data-store][src*=auto]"];
const tagOf = (page: Document) => TAGS.map(tag => page.querySelector<HTMLScriptElement>(tag)).find(tag => tag) ?? null;
automatic(createReshelf, typeof document === "undefined" ? null : tagOf(document));
