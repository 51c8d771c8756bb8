// Pages for a real browser: the built package, served with the headers a test
// asks for, and a list of what was requested.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { chromium } from "playwright-core";
import { browsers } from "../../scripts/setup.mjs";

const dist = new URL("../../pkg/dist/", import.meta.url);
const TYPES = { js: "text/javascript", wasm: "application/wasm" };

const marked = `
  <ul data-reshelf="products" data-reshelf-placement="search">
    <li data-reshelf-item="a" data-reshelf-category="Home > Candles">a</li>
    <li data-reshelf-item="b" data-reshelf-category="Home > Garden">b</li>
  </ul>`;

/** A page that creates an instance as `window.shop` from a module of the package. */
export const moduleScript = (options = "{}", entry = "index.js") =>
  `<script type="module">
    import { createReshelf } from "/dist/${entry}";
    window.shop = createReshelf({ store: "acme", bots: "allow", ...${options} });
  </script>`;

export async function openBrowser() {
  const executablePath = browsers.chrome();
  if (!executablePath) throw new Error("These tests need Chromium: run 'node scripts/setup.mjs test' first.");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  let head = "";
  let policy;
  let files = {};
  const requested = [];
  const cookies = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname === "/") {
      if (policy) response.setHeader("Content-Security-Policy", policy);
      return response.setHeader("Content-Type", "text/html").end(`<!doctype html><link rel="icon" href="data:,"><head>${head}</head><body>${marked}</body>`);
    }
    requested.push(pathname);
    cookies.push(request.headers.cookie);
    const file = files[pathname];
    // Never answered, or answered as the test says.
    if (file === "never") return;
    if (file) return response.writeHead(file.status ?? 200, file.headers ?? {}).end(file.body);
    try {
      // "truncated/x" is the first half of "x"; a shop has the files at "reshelf/x".
      const name = pathname.replace(/^\/(dist|reshelf|truncated)\//, "");
      const content = readFileSync(new URL(name, dist));
      response.setHeader("Content-Type", TYPES[name.split(".").pop()]);
      response.end(pathname.startsWith("/truncated/") ? content.subarray(0, content.length / 2) : content);
    } catch {
      response.writeHead(404).end("Not found");
    }
  });
  await new Promise(done => server.listen(0, "localhost", done));
  return {
    requested,
    /** What came with each request. */
    cookies,
    /**
     * A new shopper's page with this in its head, served with this policy. `before` runs before any script of it;
     * `served` holds files of the server's by path: { status, headers, body }, or "never" for one without an answer;
     * `path` is the one to open instead of the page; `routes` answers requests to other servers, by pattern.
     */
    async open(content, { csp, before, served = {}, path = "/", routes = {} } = {}) {
      head = content;
      files = served;
      policy = csp;
      requested.length = 0;
      cookies.length = 0;
      const context = await browser.newContext();
      const page = await context.newPage();
      const thrown = [];
      const consoled = [];
      page.on("pageerror", error => thrown.push(String(error)));
      page.on("console", message => consoled.push(message));
      if (before) await page.addInitScript(before);
      for (const [pattern, answer] of Object.entries(routes)) await context.route(pattern, route => route.fulfill(answer));
      await page.goto(`http://localhost:${server.address().port}${path}`);
      return { page, thrown, consoled, context, status: () => page.evaluate(async () => (await (window.shop ?? window.reshelf)).status) };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
