import { chromium } from "playwright-core";
import { browsers } from "../../../scripts/setup.mjs";

/** One browser a test file; every shopper gets a context of their own. */
export function openBrowser() {
  const executablePath = browsers.chrome();
  if (!executablePath) throw new Error("These tests need Chromium: run 'node scripts/setup.mjs test' first.");
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}
