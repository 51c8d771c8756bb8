// The truth server: serves the test pages and the built package on one
// loopback port, counts every request, and keeps what pages report of what
// they really did. Reports come from the test page's own scripts; the package
// sends nothing, which the `silence` scenario counts here.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const dist = new URL("../../../pkg/dist/", import.meta.url);
const pages = new URL("../pages/", import.meta.url);
const TYPES = { js: "text/javascript", wasm: "application/wasm", html: "text/html; charset=utf-8" };

/** Somebody may be building right now; a build takes less than this. */
const PATIENCE_MS = 300_000;

/**
 * The package as it is now, in memory: a build that ends while a scenario runs
 * must not serve one half of the pages another engine than the other half.
 */
async function packageNow() {
  const complete = () => ["index.js", "reshelf.wasm"].every(name => existsSync(new URL(name, dist)));
  const begin = performance.now();
  while (!complete()) {
    if (performance.now() - begin > PATIENCE_MS) throw new Error("There is no built package: run 'node scripts/build.mjs' first.");
    await pause(500);
  }
  const names = readdirSync(dist).filter(name => /\.(js|wasm)$/.test(name));
  return new Map(names.map(name => [name, readFileSync(new URL(name, dist))]));
}

/**
 * A page. `?scripts=a,b` names classic scripts of ./pages that run first, in
 * this order; `&main=name` its module, by default the one that makes a shop.
 */
function html(parameters) {
  const before = (parameters.get("scripts") ?? "").split(",").filter(Boolean);
  const module = parameters.get("main") ?? "shop";
  const scripts = [
    ...before.map(name => `<script src="/pages/${name}.js"></script>`),
    ...(module === "none" ? [] : [`<script type="module" src="/pages/${module}.js"></script>`]),
  ];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>torture</title><link rel="icon" href="data:,">
${scripts.join("\n")}
<body><main id="page"></main></body></html>`;
}

/**
 * @param policy content security policy of every page
 * @param routes further answers: path to `(request, response, url) => void`
 */
export async function openTruth({ policy, routes = {} } = {}) {
  const files = await packageNow();
  const truth = { log: [], requests: [] };
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    truth.requests.push({ at: Date.now(), method: request.method, path: url.pathname, from: request.headers.referer ?? "" });
    if (url.pathname === "/truth") return note(request, response, truth.log);
    if (routes[url.pathname]) return routes[url.pathname](request, response, url);
    // Pages must be allowed into the back-forward cache, which no-store forbids
    // in some browsers, and must never come out of the ordinary cache.
    response.setHeader("Cache-Control", "no-cache");
    if (url.pathname === "/page") {
      if (policy) response.setHeader("Content-Security-Policy", policy);
      if (url.searchParams.has("isolated")) {
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
      }
      return answer(response, "html", html(url.searchParams));
    }
    const [, folder, name = ""] = url.pathname.split("/");
    const type = name.split(".").pop();
    if (folder === "dist" && files.has(name)) return answer(response, type, files.get(name));
    if (folder === "pages" && /^[\w-]+\.js$/.test(name) && existsSync(new URL(name, pages))) {
      return answer(response, type, readFileSync(new URL(name, pages)));
    }
    response.writeHead(404).end("Not found");
  });
  await new Promise(done => server.listen(0, "localhost", done));
  truth.address = `http://localhost:${server.address().port}`;
  /** Address of a page with these parameters. */
  truth.page = (parameters = {}) => `${truth.address}/page?${new URLSearchParams(parameters)}`;
  /** Reports of this kind, oldest first. */
  truth.of = kind => truth.log.filter(entry => entry.kind === kind);
  truth.close = () => {
    server.close();
    server.closeAllConnections();
  };
  return truth;
}

function answer(response, type, content) {
  response.setHeader("Content-Type", TYPES[type] ?? "application/octet-stream");
  response.end(content);
}

/** Files one report, or a list of them, with the moment it arrived. */
function note(request, response, log) {
  const arrived = Date.now();
  let text = "";
  request.on("data", chunk => (text += chunk));
  request.on("end", () => {
    response.writeHead(204).end();
    try {
      log.push(...[JSON.parse(text)].flat().map(entry => ({ ...entry, arrived })));
    } catch {
      // A browser that was killed may leave half a report: nobody acknowledged it.
    }
  });
}

/** Waits until `found()` gives something; the last answer, which may be nothing. */
export async function until(found, { ms = 10_000, every = 50 } = {}) {
  const begin = performance.now();
  for (;;) {
    const answer = await found();
    if (answer || performance.now() - begin > ms) return answer;
    await pause(every);
  }
}
