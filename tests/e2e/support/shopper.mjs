// A shopper: a browser context of their own and what people do in a shop, by
// the hooks that www/README.md lists. Everything is done with real input.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Longer than any machine needs to start Reshelf: a late start is a case of its own, not an accident. */
const PATIENCE = { wait: "20000" };

/** What the package's own panel shows, by its public parts. */
const PARTS = {
  interest: '[part="interest"]',
  "recently-viewed": '[part="recent"]',
  "consent-switch": "#consent",
  "pause-switch": "#pause",
  "order-switch": "#order",
  forget: '[data-key="forget"]',
  "forget-yes": '[data-key="yes"]',
  "choice-said": '[part="said"]',
};

export const hook = name => (PARTS[name] ? `reshelf-profile ${PARTS[name]}` : `[data-test="${name}"]`);

/**
 * A new shopper in front of the shop.
 * @param memory what `remembered()` of an earlier visit gave
 * @param before script that runs before any of a page's own
 */
export async function welcome(browser, shop, { memory = [], viewport = DESKTOP, before } = {}) {
  const storageState = { cookies: [], origins: [{ origin: shop.address, localStorage: memory }] };
  const context = await browser.newContext({ viewport, storageState });
  if (before) await context.addInitScript(before);
  const shopper = new Shopper(shop, context);
  await shopper.newTab();
  return shopper;
}

/** What the browser of somebody keeps who came for candles before. */
export async function candleLover(browser, shop) {
  const shopper = await welcome(browser, shop);
  await shopper.visit("/category/?c=candles-lights");
  await shopper.acceptMemory();
  await shopper.browse({ count: 2, dwellMs: 300 });
  const memory = await shopper.remembered();
  await shopper.leave();
  return memory;
}

export class Shopper {
  /** What went wrong on any page: uncaught errors and rejections. */
  thrown = [];
  /** What any page's console showed as an error. */
  complaints = [];

  constructor(shop, context) {
    this.shop = shop;
    this.context = context;
    context.on("weberror", event => this.thrown.push(String(event.error())));
    context.on("console", message => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
  }

  /** Goes on in a new tab; returns its page. */
  async newTab() {
    this.page = await this.context.newPage();
    return this.page;
  }

  /** Goes back to a tab that is open. */
  async switchTo(page) {
    this.page = page;
    await page.bringToFront();
  }

  /** Ends the visit; no page of it may have thrown. */
  async leave() {
    await this.context.close();
    assert.deepEqual(this.thrown, []);
  }

  // ------------------------------------------------------------------ moving

  /** Types an address. Parameters stay in the links of the pages that follow. */
  async visit(path, parameters = PATIENCE) {
    const url = new URL(path, this.shop.address);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    await this.page.goto(url.href);
    await this.settled();
  }

  /** The same address in the merchant's own order. */
  visitWithoutReshelf(path) {
    return this.visit(path, { reshelf: "off" });
  }

  /** Does what leads to another page and waits until that is there. */
  async follow(act) {
    const next = this.page.waitForEvent("domcontentloaded");
    await act();
    await next;
    await this.settled();
  }

  click(selector) {
    return this.page.locator(selector).click();
  }

  followLink(selector) {
    return this.follow(() => this.click(selector));
  }

  /** Waits until the page is rendered and arranged. */
  async settled() {
    await this.page.locator("main:not([aria-busy])").waitFor();
  }

  // ----------------------------------------------------------------- shopping

  acceptMemory() {
    return this.click(hook("consent-yes"));
  }

  declineMemory() {
    return this.click(hook("consent-no"));
  }

  async search(words) {
    await this.page.locator(hook("search-box")).fill(words);
    await this.follow(() => this.page.keyboard.press("Enter"));
  }

  async browseShelf(shelf, how) {
    await this.visit(`/category/?c=${shelf}`);
    return this.browse(how);
  }

  /**
   * Opens products from the page of a shelf, one after another, as they come,
   * and reads each for a while. Returns their ids.
   */
  async browse({ count, dwellMs }) {
    const opened = [];
    for (let i = 0; i < count; i++) {
      const id = (await this.ids(hook("product-list"))).find(id => !opened.includes(id));
      await this.openProduct(id);
      opened.push(id);
      await this.read(dwellMs);
      await this.followLink(hook("crumb-shelf"));
    }
    return opened;
  }

  openProduct(id) {
    return this.followLink(`${hook("product-list")} [data-reshelf-item="${id}"] ${hook("product-link")}`);
  }

  /** Reads the page, the mouse in hand. Dwell is time, so this one wait is one. */
  async read(ms) {
    const end = performance.now() + ms;
    for (let step = 0; performance.now() < end; step++) {
      await this.page.mouse.move(300 + 40 * (step % 5), 400 + 30 * (step % 3), { steps: 3 });
      await pause(Math.min(100, Math.max(0, end - performance.now())));
    }
  }

  // ------------------------------------------------------------------ looking

  /** Ids of the marked entries of a list, in the order shown. */
  ids(list) {
    return this.page.locator(`${list} [data-reshelf-item]`).evaluateAll(entries => entries.map(entry => entry.dataset.reshelfItem));
  }

  /** The search results: ids, and whether they stand on this shelf. */
  results(category) {
    return this.page
      .locator(`${hook("product-list")} [data-reshelf-item]`)
      .evaluateAll((cards, category) => cards.map(({ dataset }) => ({ id: dataset.reshelfItem, liked: dataset.reshelfCategory === category })), category);
  }

  sections() {
    return this.page.locator(hook("section")).evaluateAll(sections => sections.map(section => section.dataset.reshelfSection));
  }

  /** Ids of the banners a shopper can see. */
  async banners() {
    const seen = await this.page.locator(`${hook("banner")}:visible`).all();
    return Promise.all(seen.map(banner => banner.getAttribute("data-reshelf-banner")));
  }

  /** The HTML of every marked container, without the parameters that links carry from page to page. */
  async markup() {
    // What the next press would show is drawn while nobody waits for the page.
    await this.page.waitForFunction(list => {
      const cards = [...document.querySelectorAll(`${list} > *`)];
      const shown = cards.filter(({ hidden }) => !hidden).length;
      return cards.slice(shown, shown + 36).every(card => card.querySelector("svg"));
    }, hook("product-list"));
    const html = await this.page.locator("[data-reshelf]").evaluateAll(containers => containers.map(container => container.outerHTML));
    return html.map(text => text.replace(/(\?|&amp;)(reshelf|wasm|wait|strength|quota)=[^&"]*/g, ""));
  }

  /** How many sections, banners and products a shopper can see or scroll to. */
  visible() {
    return this.page.locator(`:is(${["section", "banner", "product-card"].map(hook)}):visible`).count();
  }

  // -------------------------------------------------------------------- panel

  async openPanel() {
    const panel = this.page.locator(hook("panel"));
    // On a wide screen it may be about to open by itself, as on the page before.
    if ((await this.page.locator(hook("panel-toggle")).getAttribute("aria-expanded")) === "false") await this.click(hook("panel-toggle"));
    await panel.waitFor();
    return panel;
  }

  /** Has everything forgotten, in the open panel, and waits until it is said. */
  async forget() {
    await this.click(hook("forget"));
    await this.click(hook("forget-yes"));
    await this.page.locator(`${hook("choice-said")}:not(:empty)`).waitFor();
  }

  closePanel() {
    return this.click(hook("panel-close"));
  }

  /** How many acts the panel says it knows of. */
  async events() {
    const panel = await this.openPanel();
    const events = Number(await panel.locator(hook("taste")).getAttribute("data-events"));
    await this.closePanel();
    return events;
  }

  /** Status and arrival as the panel tells them. */
  async status() {
    const panel = await this.openPanel();
    const { status, arrival } = await panel.locator(hook("status")).evaluate(({ dataset }) => ({ ...dataset }));
    await this.closePanel();
    return { status, arrival };
  }

  // ------------------------------------------------------------------ storage

  /** All that this browser keeps for the shop, to begin another visit with. */
  remembered() {
    return this.page.evaluate(() => Object.entries(localStorage).map(([name, value]) => ({ name, value })));
  }

  /** Keys that Reshelf keeps. */
  async keys() {
    return (await this.remembered()).map(({ name }) => name).filter(name => name.startsWith("reshelf."));
  }
}
