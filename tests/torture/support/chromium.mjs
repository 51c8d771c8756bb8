// Chromium by puppeteer-core, with none of the flags that make automation easy
// and the page's life unreal: tabs go to the background, timers are throttled,
// pages enter the back-forward cache, and a window can be minimised.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import { browsers } from "../../../scripts/setup.mjs";

const { args } = JSON.parse(readFileSync(new URL("../../../webdriver.json", import.meta.url), "utf8"))["goog:chromeOptions"];

/** A profile folder of its own, which outlives a killed browser. */
export const newFolder = () => mkdtempSync(join(tmpdir(), "reshelf-torture-"));

export const removeFolder = folder => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });

/**
 * @param folder profile folder; by default a new one, removed on `close()`
 * @param flags further command-line flags
 */
export async function openChromium({ folder, flags = [] } = {}) {
  const executablePath = browsers.chrome();
  if (!executablePath) throw new Error("These tests need Chromium: run 'node scripts/setup.mjs test' first.");
  const profile = folder ?? newFolder();
  const browser = await puppeteer.launch({
    executablePath,
    ignoreDefaultArgs: true,
    defaultViewport: null,
    protocolTimeout: 60_000,
    args: [...args, "--no-sandbox", "--no-default-browser-check", "--remote-debugging-port=0", ...flags, `--user-data-dir=${profile}`, "about:blank"],
  });
  const root = await browser.target().createCDPSession();
  return new Chromium(browser, root, profile, folder === undefined);
}

export class Chromium {
  constructor(browser, root, folder, temporary) {
    this.browser = browser;
    /** Commands to the browser itself. */
    this.root = root;
    this.folder = folder;
    this.temporary = temporary;
  }

  /** A new tab in the window that was used last. */
  async newTab(url) {
    return this.#open(await this.browser.newPage(), url);
  }

  /** A new window with one tab: pages of different windows are visible together. */
  async newWindow(url) {
    return this.#open(await this.browser.newPage({ type: "window" }), url);
  }

  async #open(page, url) {
    if (url) await page.goto(url);
    return page;
  }

  /** Puts a tab in front of the others of its window, as a click on it does. */
  async activate(page) {
    await this.root.send("Target.activateTarget", { targetId: targetOf(page) });
  }

  /** "minimized" or "normal". */
  async setWindow(page, windowState) {
    const { windowId } = await this.root.send("Browser.getWindowForTarget", { targetId: targetOf(page) });
    await this.root.send("Browser.setWindowBounds", { windowId, bounds: { windowState } });
  }

  /** Ends the browser and every process of it at once, as a power cut would. */
  async kill() {
    const { pid } = this.browser.process();
    killGroup(pid);
    const killedAt = Date.now();
    while (groupLives(pid)) await pause(10);
    await this.browser.disconnect().catch(() => {});
    return killedAt;
  }

  async close() {
    const child = this.browser.process();
    await Promise.race([this.browser.close().catch(() => {}), pause(5_000, undefined, { ref: false })]);
killGroup(child.pid);
    if (this.temporary) removeFolder(this.folder);
  }
}

/** The browser leads a process group of its own: its renderers die with it. */
function killGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It was gone already.
  }
}

function groupLives(pid) {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

/** The page's name in the protocol. */
export const targetOf = page => page.target()._targetId;

/** Opens a page of a shop and waits until its shop is there. */
export async function openShop(page, url) {
  await page.goto(url);
  await ready(page);
  return page;
}

/** Waits for the page's own script; a page that never gets there says why. */
export async function ready(page) {
  await page.waitForFunction("window.torture && window.torture.ready");
  const status = await page.evaluate("window.torture.ready");
  if (status !== "ready" && status !== "late") throw new Error(`the shop of ${page.url()} is ${status}`);
}
