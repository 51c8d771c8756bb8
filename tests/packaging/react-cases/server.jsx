// What the server sends of the case that is hydrated.
import { renderToString } from "react-dom/server";
import { cases } from "./cases.jsx";

process.stdout.write(renderToString(cases.suspense()));
