// What the server sends: the page, rendered.
import { Writable } from "node:stream";
import { renderToPipeableStream } from "react-dom/server";
import { Shop } from "./shop.jsx";

const { pipe } = renderToPipeableStream(<Shop isWrong={process.argv[2] === "wrong"} />, {
  onAllReady: () => pipe(new Writable({ write: (chunk, _, done) => (process.stdout.write(chunk), done()) })),
  onError: error => {
    throw error;
  },
});
