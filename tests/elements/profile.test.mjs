// `<reshelf-profile>` in a real browser, under a strict policy: every choice it
// offers has its effect, by mouse and by keyboard, in any language.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { german } from "../../pkg/dist/elements/de.js";
import { ITEMS, itemsOnThePage, openPages, scripts } from "./support.mjs";

let pages;
before(async () => (pages = await openPages()));
after(() => pages?.close());

const LIST = `<ul data-reshelf="products" data-reshelf-placement="list">${["bag", "cup"].map(id => `<li data-reshelf-item="${id}"><a href="#${id}">The ${id}</a></li>`).join("")}</ul>`;
const LEARN = `
  shop.addItems(${JSON.stringify(ITEMS).replaceAll("<", "\\u003c")});
  shop.on("consent", () => {});
  window.changes = [];
  document.addEventListener("reshelf-change", ({ detail }) => changes.push(detail));
  window.learn = () => {
    for (const type of ["view", "addToCart", "purchase"]) shop.track({ type, item: "mug" });
    shop.arrange(document.querySelector('[data-reshelf-placement="list"]'), { refresh: true });
  };`;

/** A page with the panel, and a shopper who likes mugs. */
async function open({ learn = true, options, attributes = "" } = {}) {
  const opened = await pages.open(`${LIST}<reshelf-profile ${attributes}></reshelf-profile>${scripts(options, `${LEARN}${learn ? "learn();" : ""} window.isReady = true;`)}`);
  const { page } = opened;
  await page.waitForFunction(() => window.isReady);
  const panel = page.locator("reshelf-profile");
  await panel.locator("h2").waitFor();
  const profile = () => page.evaluate(() => shop.profile());
  const said = () => panel.locator('[part="said"]').textContent();
  const close = async () => {
    assert.deepEqual([opened.thrown, opened.complaints], [[], []]);
    await opened.context.close();
  };
  return { ...opened, panel, profile, said, close };
}

const button = (panel, key) => panel.locator(`button[data-key="${key}"]`);
const order = page => page.locator('ul[data-reshelf-placement="list"] > li').evaluateAll(all => all.map(({ dataset }) => dataset.reshelfItem));

test("with nothing learned it says so, and it fills by itself", async () => {
  const { page, panel, close } = await open({ learn: false });
  assert.match(await panel.locator('[part="summary"]').textContent(), /Nothing yet/);
  assert.equal(await panel.locator("li").count(), 0);
  await page.evaluate(() => learn());
  await panel.locator('[part="interest"]').first().waitFor();
  assert.match(await panel.locator('[part="summary"]').textContent(), /^From 3 things you did here since/);
  await close();
});

test("an interest is muted and used again; the focus stays in the list", async () => {
  const { page, panel, profile, said, close } = await open();
  await button(panel, "mute brand Acme").focus();
  await page.keyboard.press("Enter");
  await panel.locator('[part="muted"]').waitFor();
  assert.deepEqual((await profile()).muted, [{ kind: "brand", value: "Acme" }]);
  assert.ok((await profile()).interests.every(({ value }) => !value.includes("Acme")));
  assert.equal(await said(), "“Acme” is no longer used.");
  assert.ok(await panel.evaluate(({ shadowRoot }) => shadowRoot.activeElement?.matches("button, [tabindex]")), "the keyboard is not thrown out");
  await button(panel, "unmute brand Acme").click();
  assert.deepEqual((await profile()).muted, []);
  assert.ok((await profile()).interests.some(({ value }) => value === "Acme"));
  assert.deepEqual(await page.evaluate(() => changes.map(({ what }) => what)), ["mute", "unmute"]);
  await close();
});

test("what is not true is forgotten, and can be learned again", async () => {
  const { page, panel, profile, close } = await open();
  await button(panel, "correct brand Acme").click();
  assert.ok((await profile()).interests.every(({ kind, value }) => kind !== "brand" || value !== "Acme"));
  assert.deepEqual((await profile()).muted, []);
  await page.evaluate(() => learn());
  assert.ok((await profile()).interests.some(({ value }) => value === "Acme"));
  await close();
});

test("a product that is not wanted leaves the list", async () => {
  const { panel, profile, said, close } = await open();
  await button(panel, "dismiss mug").click();
  assert.deepEqual((await profile()).recentlyViewed, []);
  assert.match(await said(), /mug|Mug/);
  assert.equal(await panel.locator('[part="recent"]').count(), 0);
  await close();
});

test("paused, nothing is learned", async () => {
  const { page, panel, profile, close } = await open();
  await panel.locator("#pause").check();
  await page.evaluate(() => learn());
  assert.equal((await profile()).events, 3);
  await panel.locator("#pause").uncheck();
  await page.evaluate(() => learn());
  assert.equal((await profile()).events, 6);
  await close();
});

test("where the page can name nothing of what is remembered, it says so", async () => {
  const { page, panel, close } = await open({ learn: false });
  const summary = () => panel.locator('[part="summary"]').textContent();
  await page.evaluate(async () => {
    for (let i = 0; i < 12; i++) shop.track({ type: "search", query: `a thing ${i}` });
    await new Promise(done => setTimeout(done));
  });
  assert.equal(await page.evaluate(() => shop.profile().events), 12);
  assert.match(await summary(), /^Something is remembered, but nothing that this page can name/);
  await panel.locator("#pause").check();
  assert.match(await summary(), /^Something is remembered/);
  await page.evaluate(() => shop.forget());
  await page.waitForFunction(() => /Nothing yet/.test(document.querySelector("reshelf-profile").shadowRoot.querySelector('[part="summary"]').textContent));
  await close();
});

test("paused, nothing is offered that would not be noted", async () => {
  const { page, panel, profile, said, close } = await open();
  await panel.locator('[data-key="why"]').click();
  await button(panel, "dismiss list cup").waitFor({ state: "attached" });
  await panel.locator("#pause").check();
  assert.equal(await panel.locator('button[data-key^="dismiss"]').count(), 0);
  assert.match(await panel.locator('[part="taste"]').textContent(), /While learning is paused, “Not interested” cannot be noted\./);
  await panel.locator("#pause").uncheck();
  // Paused where the panel hears nothing of it.
  await page.evaluate(() => {
    const { profile } = shop;
    shop.profile = () => ({ ...profile.call(shop), paused: true });
  });
  await button(panel, "dismiss mug").click();
  assert.match(await said(), /cannot be noted/);
  assert.deepEqual(await page.evaluate(() => changes.map(({ what }) => what)), ["pause", "pause"]);
  assert.deepEqual((await profile()).recentlyViewed, ["mug"]);
  await close();
});

test("of a page whose lists it cannot see, it does not say that the shop put them so", async () => {
  const { page, panel, close } = await open({ learn: false });
  const told = () => panel.locator('[part="why"] .hint').first().textContent();
  await panel.locator('[data-key="why"]').click();
  assert.equal(await told(), "The lists here stand where the shop put them.");
  await page.evaluate(() => {
    for (const list of document.querySelectorAll("[data-reshelf]")) list.remove();
    const [first] = shop.recommend("trending");
    document.body.append(first.id);
    document.querySelector("reshelf-profile").refresh();
  });
  assert.equal(await told(), "This page has no list that can be explained here.");
  await close();
});

test("the shop's own order is one switch away, and the page may do it itself", async () => {
  const { page, panel, close } = await open();
  assert.deepEqual(await order(page), ["cup", "bag"]);
  await panel.locator("#order").check();
  assert.deepEqual(await order(page), ["bag", "cup"]);
  await panel.locator("#order").uncheck();
  assert.deepEqual(await order(page), ["cup", "bag"]);
  await page.evaluate(() => document.addEventListener("reshelf-change", event => event.preventDefault(), { once: true }));
  await panel.locator("#order").check();
  assert.deepEqual(await order(page), ["cup", "bag"], "its list is the framework's");
  assert.deepEqual(await page.evaluate(() => Array.from(shop.order("list", ["bag", "cup"]))), [0, 1]);
  await close();
});

test("remembering begins and ends here", async () => {
  const keys = page => page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith("reshelf.")));
  const { page, panel, close } = await open();
  assert.deepEqual(await keys(page), []);
  await panel.locator("#consent").check();
  assert.ok((await keys(page)).length > 0);
  await panel.locator("#consent").uncheck();
  assert.deepEqual(await keys(page), []);
  assert.match(await panel.locator('[part="summary"]').textContent(), /Nothing yet/);
  assert.match(await panel.locator('[part="said"]').textContent(), /^Forgotten/);
  await close();
});

test("of an instance that was destroyed nothing is offered", async () => {
  const { page, panel, close } = await open();
  await page.evaluate(() => shop.destroy());
  await panel.locator("h2").waitFor({ state: "detached" });
  assert.equal(await panel.locator("button").count(), 0);
  await close();
});

test("a browser that opts out is obeyed, and the switch says so", async () => {
  const { page, context } = await pages.open(`<reshelf-profile></reshelf-profile>${scripts('{ consent: "auto" }')}`, { before: "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })" });
  const consent = page.locator("reshelf-profile #consent");
  await consent.click();
  assert.equal(await consent.isChecked(), false);
  assert.match(await page.locator('reshelf-profile [part="said"]').textContent(), /asks shops not to track/);
  await context.close();
});

test("forgetting asks first, in place, and takes no for an answer", async () => {
  const { page, panel, profile, said, close } = await open();
  await button(panel, "forget").focus();
  await page.keyboard.press("Enter");
  assert.equal(await panel.locator('[part="confirm"]').isVisible(), true);
  await page.keyboard.press("Escape");
  assert.equal(await panel.locator('[part="confirm"]').isVisible(), false);
  assert.equal((await profile()).events, 3);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await panel.locator('[part="said"]:not(:empty)').waitFor();
  assert.equal((await profile()).events, 0);
  assert.match(await said(), /^Forgotten/);
  await close();
});

test("a copy is saved, and brings everything back", async () => {
  const { page, panel, profile, close } = await open();
  await button(panel, "mute brand Acme").click();
  const before = await profile();
  const download = page.waitForEvent("download");
  await button(panel, "export").click();
  const path = await (await download).path();
  assert.equal(JSON.parse(readFileSync(path, "utf8")).format, "reshelf-profile");
  await page.evaluate(() => shop.forget());
  assert.equal((await profile()).events, 0);
  for (let times = 0; times < 2; times++) await panel.locator("#file").setInputFiles({ name: "copy.json", mimeType: "application/json", buffer: readFileSync(path) });
  await panel.locator('[part="said"]:not(:empty)').waitFor();
  assert.deepEqual(await profile(), before);
  await close();
});

test("a file that is no copy changes nothing, and the panel says what is wrong with it", async () => {
  const { page, panel, profile, close } = await open();
  const before = await profile();
  const copy = await page.evaluate(() => shop.export());
  const damaged = { ...copy, journals: [`${copy.journals[0].slice(0, -4)}AAAA`] };
  const files = [
    ["no JSON", /not a copy/],
    ["[1]", /not a copy/],
    ['{"format":"something"}', /not a copy/],
    [JSON.stringify({ ...copy, store: "other" }), /another shop/],
    [JSON.stringify({ ...copy, version: 2 }), /later version/],
    [JSON.stringify({ ...copy, journals: [7] }), /damaged/],
    [JSON.stringify(damaged), /damaged/],
    ["x".repeat(1_000_001), /too large/],
  ];
  for (const [text, message] of files) {
    await panel.locator("#file").setInputFiles({ name: "odd.json", mimeType: "application/json", buffer: Buffer.from(text) });
    await page.waitForFunction(pattern => new RegExp(pattern).test(document.querySelector("reshelf-profile").shadowRoot.querySelector('[part="problem"]').textContent), message.source);
    assert.equal(await panel.locator("#file").getAttribute("aria-invalid"), "true");
  }
  assert.deepEqual(await profile(), before);
  await close();
});

test("why something stands where it does is told in words", async () => {
  const { page, panel, close } = await open();
  await panel.locator('[data-key="why"]').click();
  const cup = panel.locator("summary", { hasText: "The cup" });
  await cup.click();
  const reasons = await panel.locator(".sum").first().textContent();
  assert.match(reasons, /Mugs|Acme/);
  assert.match(reasons, /raises it/);
  await page.evaluate(() => learn());
  await page.waitForFunction(() => shop.profile().events === 6);
  assert.ok(await cup.locator("..").evaluate(details => details.open), "news do not close what is open");
  await button(panel, "dismiss list cup").click();
  assert.deepEqual(await page.evaluate(() => shop.recommend("forYou").map(({ id }) => id).filter(id => id === "cup")), []);
  await close();
});

test("it speaks another language, and the shop's own names", async () => {
  const { page, panel, close } = await open();
  await page.evaluate(messages => {
    const panel = document.querySelector("reshelf-profile");
    panel.messages = messages;
    panel.naming = (kind, value) => (kind === "brand" && value === "Acme" ? "<i>Akme</i>" : undefined);
  }, german);
  assert.equal(await panel.locator("h2").textContent(), german.title);
  assert.equal(await button(panel, "mute brand Acme").getAttribute("aria-label"), "Nicht benutzen: „<i>Akme</i>“");
  assert.equal(await panel.locator("i").count(), 0);
  const words = await panel.evaluate(({ shadowRoot }) => shadowRoot.textContent);
  assert.doesNotMatch(words, /\b(Your|shop|Forget|learned)\b/, "no English is left");
  await close();
});

test("without an engine what was kept can still be forgotten", async () => {
  const { page, panel, context } = await open({ learn: false, options: '{ wasm: "/missing.wasm" }' });
  await page.evaluate(() => localStorage.setItem("reshelf.acme.m", "old"));
  assert.equal(await panel.locator("#consent").count(), 0);
  assert.equal(await panel.locator('[data-key="export"], [data-key="file"]').count(), 0, "no copy is promised that nothing reads");
  await button(panel, "forget").click();
  await button(panel, "yes").click();
  await panel.locator('[part="said"]:not(:empty)').waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem("reshelf.acme.m")), null);
  await context.close();
});
