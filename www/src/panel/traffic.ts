/**
 * How much Reshelf sends, measured.
 *
 * The browser lists every request of a page (Resource Timing). It does not say
 * which script asked, so the count errs against Reshelf: whatever is neither a
 * file of the shop (`/assets/`, the icon) nor one of Reshelf's own files counts
 * as sent by Reshelf, with the length of its address as the least it can have
 * carried. Files of Reshelf are fetched with plain requests that carry nothing.
 */
import { h } from "../shop/dom.js";
import { parameter } from "../shop/parameters.js";
import type { Part } from "./part.js";

interface Traffic {
  files: string[];
  received: number;
  sent: string[];
  bytesSent: number;
}

function isFileOfShop({ origin, pathname }: URL): boolean {
  return origin === location.origin && (pathname.startsWith("/assets/") || pathname === "/favicon.svg");
}

function isFileOfReshelf(url: URL): boolean {
  const own = url.origin === location.origin && url.pathname.startsWith("/reshelf/");
  const chosen = parameter("wasm");
  return own || (chosen !== "" && url.href === new URL(chosen, location.href).href);
}

function count(traffic: Traffic, entry: PerformanceResourceTiming): void {
  const url = new URL(entry.name, location.href);
  if (isFileOfShop(url)) return;
  if (isFileOfReshelf(url)) {
    if (!traffic.files.includes(url.pathname)) traffic.files.push(url.pathname);
    traffic.received += entry.encodedBodySize;
    return;
  }
  traffic.sent.push(url.href);
  traffic.bytesSent += new TextEncoder().encode(url.pathname + url.search).length;
}

export function trafficPart(): Part {
  const traffic: Traffic = { files: [], received: 0, sent: [], bytesSent: 0 };
  const number = h("strong", { "data-test": "bytes-sent" });
  const files = h("span", { "data-test": "files-fetched" });
  const list = h("ul", { class: "traffic-list" });
  const element = h("section", { class: "part traffic", "data-test": "traffic" },
    h("p", { class: "traffic-line" }, number, h("span", { "aria-hidden": "true" }, " · "), files),
    h("details", {},
      h("summary", {}, "How this is counted"),
      h("p", {}, "Your browser keeps a list of every request this page makes. All that are not files of the shop are counted here as Reshelf’s. It may fetch its own files, listed below; anything else would show up as bytes sent."),
      list));

  function refresh(): void {
    number.textContent = `${traffic.bytesSent} bytes sent`;
    files.textContent = `${traffic.files.length} ${traffic.files.length === 1 ? "file" : "files"} fetched`;
    element.classList.toggle("leak", traffic.sent.length > 0);
    list.replaceChildren(
      ...traffic.sent.map(url => h("li", {}, `sent: ${url}`)),
      ...traffic.files.map(path => h("li", {}, path)));
  }

  new PerformanceObserver(entries => {
    for (const entry of entries.getEntries()) count(traffic, entry as PerformanceResourceTiming);
    refresh();
  }).observe({ type: "resource", buffered: true });
  return { element, refresh };
}
