// `<reshelf-profile>` in a real browser, under a strict policy: every choice it
// offers has its effect, by mouse and by keyboard, in any language.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { english } from "../../pkg/dist/elements/de.js";
import { ITEMS, itemsOnThePage, openPages, scripts } from "./support.mjs";

let pages;
before(async () => (pages = await openPages()));
after(() => pages?.close());
