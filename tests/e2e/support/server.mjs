// The built demo store on a port of its own, with what a test wants to be
// different, and a list of what was requested.
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

const folder = fileURLToPath(new URL("../../../www/dist", import.meta.url));

/**
 * @param policy content security policy of every page
 * @param answer `(request, response) => true` when it took the request itself
 */
export async function openShop({ policy, answer = () => false } = {}) {
  if (!existsSync(`${folder}/reshelf/reshelf.wasm`)) throw new Error("These tests need the built demo store: run 'node scripts/build.mjs' first.");
  const requests = [];
  const files = sirv(folder, {
    setHeaders(response, path) {
      const page = path.endsWith("/");
      // As a shop's server would: files may be kept, pages may not.
      response.setHeader("Cache-Control", page ? "no-store" : "max-age=600");
      if (policy && page) response.setHeader("Content-Security-Policy", policy);
    },
  });
  const send = (request, response) => files(request, response, () => response.writeHead(404).end("Not found"));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    requests.push({ method: request.method, path: pathname, url: request.url, headers: request.headers });
    if (answer(request, response)) return;
    send(request, response);
  });
  await new Promise(done => server.listen(0, "localhost", done));
  return {
    address: `http://localhost:${server.address().port}`,
    requests,
    /** The shop's own answer, for one who took a request to answer it later. */
    again: send,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
