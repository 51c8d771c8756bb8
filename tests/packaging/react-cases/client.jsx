// Renders the case that the address names, for a shopper who likes candles; the test says when the instance is there.
import { lazy } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { createReshelf } from "reshelf";
import { cases } from "./cases.jsx";

window.complaints = [];
const complain = error => window.complaints.push(String(error));
const root = document.getElementById("root");
const name = location.search.slice(1);

const shop = (window.shop = await createReshelf({ store: "cases", bots: "allow", strength: 100, quota: 10 }));
for (let i = 0; i < 6; i++) shop.track({ type: "purchase", item: "candle", category: ["Home", "Candles"] });
const instance = new Promise(done => (window.come = () => done(shop)));

if (root.hasChildNodes()) {
  const Inner = lazy(() => new Promise(done => (window.arrive = () => done({ default: () => <b>content</b> }))));
  window.seen = [];
  const look = () => {
    const text = [...root.querySelectorAll("i, b")].filter(element => element.checkVisibility()).map(element => element.textContent).join(" ");
    if (window.seen.at(-1) !== text) window.seen.push(text);
  };
  look();
  new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  hydrateRoot(root, cases[name](instance, Inner), { onRecoverableError: complain });
} else createRoot(root).render(cases[name](instance));
