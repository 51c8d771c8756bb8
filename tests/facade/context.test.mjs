// The surroundings of a page, as words: from what browsers tell, and from nothing.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { buildSync } from "esbuild";

const entry = fileURLToPath(new URL("../../pkg/src/context.ts", import.meta.url));
const [{ text }] = buildSync({ entryPoints: [entry], format: "esm", write: false }).outputFiles;
const { channel, contextLines } = await import(`data:text/javascript,${encodeURIComponent(text)}`);

const facts = now => {
  const lines = contextLines(now).split("\n");
  return Object.fromEntries(lines.flatMap((kind, at) => (at % 2 === 0 ? [[kind, lines[at + 1]]] : [])));
};

test("a channel is known by the referrer's host, and only by whole labels of it", () => {
  const channels = {
    "": "direct",
    "https://shop.example/a": "shop",
    "https://www.google.co.uk/": "search",
    "https://duckduckgo.com/": "search",
    "https://mail.google.com/": "mail",
    "https://l.instagram.com/": "social",
    "https://t.co/x": "social",
    "https://x.com/": "social",
    "https://notgoogle.example/": "other",
    "https://netflix.com/": "other",
    "https://best.example/": "other",
  };
  for (const [referrer, expected] of Object.entries(channels)) assert.equal(channel(referrer, "shop.example"), expected, referrer);
});

test("time gives hour, weekday and season; what is not told is empty", () => {
  const at = (month, day, hour) => facts(new Date(2026, month, day, hour).getTime());
  const { hour, weekday, season, device, channel } = at(11, 5, 5);
  assert.deepEqual([hour, weekday, season], ["night", "weekend", "winter"]);
  // There is no page here.
  assert.deepEqual([device, channel], ["", ""]);
  assert.deepEqual([at(10, 30, 23).season, at(10, 30, 23).hour, at(10, 30, 23).weekday], ["autumn", "evening", "weekday"]);
  assert.deepEqual([at(1, 1, 6).season, at(2, 1, 12).season, at(7, 31, 18).season], ["winter", "spring", "summer"]);
  assert.deepEqual([at(1, 1, 6).hour, at(2, 1, 12).hour], ["morning", "afternoon"]);
});
