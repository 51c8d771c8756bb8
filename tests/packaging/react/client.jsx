// What the browser does with the server's page.
import { hydrateRoot } from "react-dom/client";
import { Shop } from "./shop.jsx";

window.complaints = [];
for (const level of ["error", "warn"]) {
  const tell = console[level];
  console[level] = (...given) => {
    window.complaints.push(given.map(String).join(" "));
    tell.apply(console, given);
  };
}
hydrateRoot(document.getElementById("root"), <Shop isWrong={location.search === "?wrong"} />, { onRecoverableError: error => window.complaints.push(String(error)) });
