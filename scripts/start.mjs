// `npm start`: from a bare machine to the demo store in the browser.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { setup } from "./setup.mjs";
import { Stop, main, root, say } from "./terminal.mjs";

main(async () => {
  const port = Number(process.env.PORT ?? 4173);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Stop(`PORT must be a number from 0 to 65535; it is "${process.env.PORT}".`);
  say("Setting up");
  await setup("start");
  // Only now: these import npm packages that the set-up installs.
  const { build } = await import("./build.mjs");
  const { serve } = await import("./serve.mjs");
  say("Building");
  await build();
  const folder = resolve(root, "www/dist");
  if (!existsSync(folder)) throw new Stop("There is no demo store to serve: www/dist was not built.");
  const server = await serve(folder, port);
  say(`\nThe demo store is open: http://localhost:${server.address().port}  (Ctrl+C closes it)`);
});
