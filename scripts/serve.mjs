// Serves a folder as a plain static host would: right types, nothing cached.
import { createServer } from "node:http";
import sirv from "sirv";
import { Stop } from "./terminal.mjs";

/**
 * Resolves to the running server once it listens.
 * @param folder the folder to serve
 * @param port 0 takes a free one; see `server.address().port`
 */
export function serve(folder, port) {
  const handle = sirv(folder, {
    dev: false,
    // What was just built must be what is seen.
    setHeaders: response => response.setHeader("Cache-Control", "no-store"),
  });
  const server = createServer((request, response) =>
    handle(request, response, () => {
      response.statusCode = 404;
      response.end("Not found");
    }),
  );
  return new Promise((done, fail) => {
    server.once("error", error =>
      fail(error.code === "EADDRINUSE" ? new Stop(`Port ${port} is taken: stop what uses it, or choose another with PORT=4174 npm start.`) : error),
    );
    server.listen(port, "localhost", () => done(server));
  });
}
