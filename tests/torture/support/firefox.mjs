// Firefox by puppeteer-core, which speaks WebDriver BiDi to it.
import puppeteer from "puppeteer-core";
import { browsers } from "../../../scripts/setup.mjs";

/** Opens Firefox; undefined where the machine has none. */
export async function openFirefox() {
  const executablePath = browsers.firefox();
  if (!executablePath) return undefined;
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, defaultViewport: null, protocolTimeout: 120_000 });
  return {
    browser,
    newTab: () => browser.newPage(),
    newWindow: () => browser.newPage({ type: "window" }),
    close: () => browser.close().catch(() => {}),
  };
}
