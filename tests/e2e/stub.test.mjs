// The inline stub: a shopper who comes again has their order before the first
// paint, and nothing moves after it. Whatever is in doubt, the page stays the merchant's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { measured, meter } from "./support/displacement.mjs";
import { MERCHANTS, openStubShop, stubTag } from "./support/stub-shop.mjs";

const KEY = "reshelf.acme.order";
const CANDLES = {
  hero: ["candles", "mugs", "garden"],
  home: ["candles", "mugs", "legal", "bags"],
  search: ["candle", "lamp", "mug", "bag", "plate"],
};

let browser, shop, memory;
before(async () => {
  browser = await openBrowser();
  shop = await openStubShop();
  memory = await candleLover();
});
after(async () => {
  await browser?.close();
  shop?.close();
});

/** A shopper's browser, with what it keeps for the shop. */
async function come(memory = [], { init = meter, ...options } = {}) {
  const context = await browser.newContext({ ...options, storageState: { cookies: [], origins: [{ origin: shop.address, localStorage: memory }] } });
  await context.addInitScript(init);
  const page = await context.newPage();
  const thrown = [];
  page.on("pageerror", error => thrown.push(String(error)));
  page.on("console", message => message.type() === "error" && thrown.push(message.text()));
  return { context, page, thrown, visit: () => page.goto(`${shop.address}/stub-shop/`), leave: () => page.goto(`${shop.address}/elsewhere/`) };
}

const remembered = page => page.evaluate(() => Object.entries(localStorage).map(([name, value]) => ({ name, value })));

const shown = page =>
  page.evaluate(() => {
    const ids = list => [...list.children].flatMap(({ dataset }) => dataset.reshelfSection ?? dataset.reshelfBanner ?? dataset.reshelfItem ?? []);
    return Object.fromEntries([...document.querySelectorAll("[data-reshelf]")].map(list => [list.dataset.reshelfPlacement, ids(list)]));
  });

const visible = page => page.locator("[data-reshelf] > :visible").count();

/** Until everything that `reshelf/auto` does is done. */
const ready = page =>
  page.evaluate(async () => {
    await window.reshelf;
    for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
  });

/** What the browser of a shopper keeps who bought candles before. */
async function candleLover() {
  shop.show();
  const { context, page, thrown, visit, leave } = await come();
  await visit();
  await ready(page);
  assert.deepEqual(await shown(page), MERCHANTS);
  await page.evaluate(async () => {
    for (let i = 0; i < 20; i++) {
      (await window.reshelf).track({ type: "purchase", item: "candle" });
      (await window.reshelf).track({ type: "sectionClick", section: "candles", placement: "home" });
      (await window.reshelf).track({ type: "bannerClick", banner: "candles", placement: "hero" });
    }
  });
  // Nothing jumps, and nothing is kept for the next page before this one is left.
  await ready(page);
  assert.deepEqual(await shown(page), MERCHANTS);
  assert.equal((await measured(page)).px, 0);
  await leave();
  const memory = await remembered(page);
  assert.deepEqual(thrown, []);
  await context.close();
  return memory;
}

test("what is kept are places: no ids, no words", () => {
  const { value } = memory.find(({ name }) => name === KEY);
  assert.match(value, /^([0-9a-z]+:[0-9,]+\n?){3}$/);
});

for (const [label, viewport] of [["desktop", { width: 1280, height: 900 }], ["phone", { width: 390, height: 844 }]]) {
  for (const late of [0, 700]) {
    test(`${label}, the engine ${late} ms late: the shopper's order from the first frame on, and nothing moves`, async t => {
      shop.show({ late });
      const { context, page, thrown, visit } = await come(memory, { viewport });
      await visit();
      await ready(page);
      const { px, shift, frames, orders } = await measured(page);
      t.diagnostic(`largest displacement ${px} px, layout shift ${shift.toFixed(3)}, over ${frames} frames`);
      assert.ok(frames > 20);
      assert.deepEqual(await shown(page), CANDLES);
      assert.equal(orders.length, 1, orders.join("\n"));
      assert.deepEqual([px, shift], [0, 0]);
      assert.equal(await visible(page), 1 + 4 + 6, "as many as the merchant shows");

      // `arrange` knows the merchant's order, holds the shown one, and decides anew when asked.
      const held = await page.evaluate(async () => (await window.reshelf).arrange());
      for (const { placement, before, after } of held) assert.deepEqual([before, after], [MERCHANTS[placement], CANDLES[placement]]);
      await page.evaluate(async () => {
        await (await window.reshelf).forget();
        (await window.reshelf).arrange(document, { refresh: true });
      });
      assert.deepEqual(await shown(page), MERCHANTS);
      assert.ok((await measured(page)).px > 0, "the meter sees a page that does move");
      assert.deepEqual(thrown, []);
      await context.close();
    });
  }
}

test("the meter sees what happens without the stub: the order comes after the first paint", async () => {
  shop.show({ tag: "", late: 700 });
  const { context, page, visit } = await come(memory);
  await visit();
  await ready(page);
  const { px, orders } = await measured(page);
  assert.ok(px >= 40, `${px} px`);
  assert.equal(orders.length, 2);
  await context.close();
});

test("with scripts of the page turned off but the stub, or without an engine, the order is there all the same", async () => {
  shop.show({ auto: false });
  const { context, page, visit } = await come(memory);
  await visit();
  assert.deepEqual(await shown(page), CANDLES);
  await context.close();
});

test("bytes that are no order, or not of this list, change nothing", async () => {
  shop.show({ auto: false });
  const { value } = memory.find(({ name }) => name === KEY);
  const keys = value.split("\n").map(line => line.split(":")[0]);
  const search = value.split("\n").find(line => line.split(",").length === 5);
  const each = places => keys.map(key => `${key}:${places}`).join("\n");
  const hostile = [
    "", "\n\n", ":", each(""), each("0"), each("0,0,0,0"), each("0,1,2,3,3"), each("4,3,2,1,0,5"), each("-1,0,1,2"), each("1.5,0,1,2"), each("0,1,2,x"),
    each("NaN,0,1"), each("1e99,0,1"), each("__proto__,constructor,0"), each("<img src=x onerror=alert(1)>"), "x".repeat(500_000), `${"a:0\n".repeat(1_000)}${search}`,
    // The pinned section elsewhere.
    each("2,0,1,3"),
    each(" 0, 1, 2, 3"), "\u0000\uffff\ud800",
  ];
  const { context, page, thrown, visit } = await come(memory);
  await visit();
  assert.deepEqual(await shown(page), CANDLES, "were it the right one, it would count");
  for (const value of hostile) {
    await page.evaluate(([key, value]) => localStorage.setItem(key, value), [KEY, value]);
    await visit();
    // Of three banners any permutation of three is an order; nothing more than that.
    const { home, search } = await shown(page);
    assert.deepEqual({ home, search }, { home: MERCHANTS.home, search: MERCHANTS.search }, value.slice(0, 80));
    assert.equal(await visible(page), 1 + 4 + 6);
  }
  assert.deepEqual(thrown, []);
  await context.close();
});

test("a list that is another one by now stays as the merchant has it", async () => {
  shop.show({ tag: `<script>document.querySelector("[data-reshelf-item=bag]").dataset.reshelfItem = "basket"</script>${stubTag()}`, head: "<meta>" });
  const { context, page, visit } = await come(memory);
  await visit();
  assert.deepEqual((await shown(page)).search, ["mug", "basket", "plate", "candle", "lamp"]);
  assert.deepEqual((await shown(page)).home, CANDLES.home);
  await context.close();
});

// ------------------------------------------------------------------ consent

const counting = `{
  window.touched = 0;
  const { get } = Object.getOwnPropertyDescriptor(window, "localStorage") ?? Object.getOwnPropertyDescriptor(Window.prototype, "localStorage");
  Object.defineProperty(window, "localStorage", { configurable: true, get() { touched++; return get.call(window); } });
}`;

const layer = (...commands) => `<script>dataLayer = []; function gtag() { dataLayer.push(arguments) } ${commands.map(command => `gtag("consent", ${command});`).join("")}</script>`;
const consents = [
  ["none is known", "", "", false],
  ["denied", 'data-consent="denied"', "", false],
  ["granted", 'data-consent="granted"', "", true],
  ["auto, nobody says", 'data-consent="auto"', "", false],
  ["auto, granted by default", 'data-consent="auto"', layer('"default", { personalization_storage: "granted" }'), true],
  ["auto, granted by default in a region", 'data-consent="auto"', layer('"default", { personalization_storage: "granted", region: ["FR"] }'), false],
  ["auto, denied in a region", 'data-consent="auto"', layer('"default", { personalization_storage: "granted" }', '"default", { personalization_storage: "denied", region: ["FR"] }'), false],
  ["auto, updated to granted", 'data-consent="auto"', layer('"default", { personalization_storage: "denied" }', '"update", { personalization_storage: "granted" }'), true],
  ["auto, updated to denied", 'data-consent="auto"', layer('"default", { personalization_storage: "granted" }', '"update", { personalization_storage: "denied" }'), false],
  ["auto, granted for something else", 'data-consent="auto"', layer('"update", { ad_storage: "granted" }'), false],
  ["auto, what the page takes for it is granted", 'data-consent="auto" data-google-consent="functionality_storage"', layer('"update", { functionality_storage: "granted" }'), true],
  ["auto, what the page takes for it is denied", 'data-consent="auto" data-google-consent="functionality_storage"', layer('"default", { functionality_storage: "denied", personalization_storage: "granted" }'), false],
  ["auto, granted but refused in so many words", 'data-consent="auto" data-google-consent="functionality_storage"', layer('"update", { functionality_storage: "granted" }', '"update", { personalization_storage: "denied" }'), false],
  ["auto, the page takes what may not stand for it", 'data-consent="auto" data-google-consent="ad_storage"', layer('"update", { ad_storage: "granted" }'), false],
];
for (const [label, attributes, head, reads] of consents) {
  test(`consent: ${label} -> ${reads ? "the shopper's order" : "storage is not touched"}`, async () => {
    shop.show({ tag: stubTag(attributes), head: head || "<meta>", auto: false });
    const { context, page, thrown, visit } = await come(memory, { init: counting });
    await visit();
    assert.equal((await page.evaluate("touched")) > 0, reads);
    assert.deepEqual(await shown(page), reads ? CANDLES : MERCHANTS);
    assert.deepEqual(thrown, []);
    await context.close();
  });
}

test("consent that is told after the stub holds nothing back: the order comes with the engine, and is kept for the next page", async () => {
  const denied = layer('"default", { personalization_storage: "denied", wait_for_update: 500 }');
  const late = `<script>setTimeout(() => gtag("consent", "update", { personalization_storage: "granted" }))</script>`;
  const options = { tag: stubTag('data-consent="auto"') + late, head: denied, consent: "auto", attributes: 'data-budget="100000"' };
  shop.show(options);
  const { context, page, thrown, visit, leave } = await come(memory.filter(({ name }) => name !== KEY));
  await visit();
  await ready(page);
  assert.deepEqual(await shown(page), CANDLES);
  await leave();
  shop.show({ ...options, head: layer('"default", { personalization_storage: "granted" }'), auto: false });
  await visit();
  assert.deepEqual(await shown(page), CANDLES, "before the first paint, now that consent is known by then");
  assert.deepEqual(thrown, []);
  await context.close();
});

test("forget() and deny() delete it, and no page writes it without consent", async () => {
  const keys = page => page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith("reshelf.")));
  for (const call of ["forget()", "consent.deny()"]) {
    shop.show();
    const { context, page, visit, leave } = await come(memory);
    await visit();
    await ready(page);
    const other = await context.newPage();
    await other.goto(`${shop.address}/stub-shop/`);
    await ready(other);
    await page.evaluate(`window.reshelf.then(shop => shop.${call})`);
    assert.deepEqual((await keys(page)).filter(key => key === KEY), []);
    await other.waitForTimeout(1_500);
    await other.close();
    await leave();
    assert.deepEqual((await keys(page)).filter(key => key === KEY), [], call);
    await context.close();
  }
  shop.show({ consent: "denied", tag: stubTag("") });
  const { context, page, visit, leave } = await come();
  await visit();
  await ready(page);
  await page.evaluate(async () => {
    for (let i = 0; i < 20; i++) (await window.reshelf).track({ type: "purchase", item: "candle" });
  });
  await leave();
  assert.deepEqual(await keys(page), []);
  await context.close();
});

// --------------------------------------------------------------- what stays

test("after the first paint the stub moves nothing any more", async () => {
  shop.show({ tag: "", auto: false, head: "<meta>" });
  const { context, page, visit } = await come(memory);
  await visit();
  await page.waitForFunction(() => performance.getEntriesByType("paint").length > 0);
  await page.evaluate(tag => document.body.append(document.createRange().createContextualFragment(tag)), stubTag());
  assert.deepEqual(await shown(page), MERCHANTS);
  assert.equal(await page.evaluate(() => document.querySelector("ul").reshelf.after), MERCHANTS.search.join("\n"), "so that `arrange` leaves it, too");
  await context.close();
});

test("a budget that is spent leaves the merchant's order", async () => {
  shop.show({ tag: stubTag('data-consent="granted" data-budget="-1"') });
  const { context, page, visit } = await come(memory);
  await visit();
  await ready(page);
  assert.deepEqual(await shown(page), MERCHANTS);
  await context.close();
});

test("a page that refuses to be moved is left as it was", async () => {
  shop.show();
  const refuse = `for (const name of ["insertBefore", "moveBefore"]) {
    const own = (name === "insertBefore" ? Node : Element).prototype;
    const move = own[name];
    let calls = 0;
    if (move) own[name] = function (...given) { if (this.dataset?.reshelf && ++calls === 2) throw new Error("no"); return move.apply(this, given); };
  }`;
  const { context, page, thrown, visit } = await come(memory, { init: refuse });
  await visit();
  const seen = await shown(page);
  for (const list of Object.keys(MERCHANTS)) assert.ok([MERCHANTS, CANDLES].some(order => order[list].join() === seen[list].join()), `${list}: ${seen[list]}`);
  assert.equal(await visible(page), 1 + 4 + 6);
  assert.deepEqual(thrown, []);
  await context.close();
});

const inside = `<input value="a text"><video muted loop></video><iframe srcdoc="<p>in a frame</p>"></iframe><p class="words">words to select</p>`;

/** In the page: arranges it, and what became of what is inside the candle. */
async function arrangeAround(what) {
  const personal = await Reshelf.createReshelf({ store: "acme", consent: "granted", bots: "allow" });
  const [item, input, video, frame, words] = ["[data-reshelf-item=candle]", "input", "video", "iframe", ".words"].map(selector => document.querySelector(selector));
  const canvas = Object.assign(document.createElement("canvas"), { width: 8, height: 8 });
  const context = canvas.getContext("2d");
  setInterval(() => context.fillRect(0, 0, 8, 8), 20);
  video.srcObject = canvas.captureStream();
  await video.play();
  frame.contentWindow.mark = 7;
  if (what === "focus") {
    input.focus();
    input.setSelectionRange(2, 4);
  } else {
    const [text] = words.childNodes;
    // Backwards, as somebody may select.
    getSelection().setBaseAndExtent(text, 8, text, 0);
  }
  const changes = new MutationObserver(() => {});
  changes.observe(document, { attributes: true, subtree: true, attributeFilter: ["style", "class"] });
  let moved = false;
  new MutationObserver(records => (moved ||= records.some(({ addedNodes }) => [...addedNodes].includes(item)))).observe(item.parentElement, { childList: true });
  personal.arrange();
  await null;
  const list = [...item.parentElement.children];
  const tops = list.map(child => child.getBoundingClientRect().top);
  const selection = getSelection();
  return {
    moved,
    kept: what === "focus" ? [document.activeElement === input, input.selectionStart, input.selectionEnd] : [String(selection), selection.anchorOffset, selection.focusOffset],
    playing: !video.paused,
    frame: frame.contentWindow.mark,
    inReadingOrder: tops.every((top, at) => at === 0 || top > tops[at - 1]) && list.every(child => getComputedStyle(child).order === "0"),
    styles: changes.takeRecords().length,
    animations: document.getAnimations().length,
  };
}

for (const [what, kept] of [["focus", [true, 2, 4]], ["selection", ["words to", 8, 0]]]) {
  for (const reducedMotion of ["no-preference", "reduce"]) {
    test(`${what}, playing media, frames and reading order survive a reorder, and nothing is animated; motion: ${reducedMotion}`, async () => {
      shop.show({ inside, tag: "" });
      const { context, page, thrown, visit } = await come(memory.filter(({ name }) => name !== KEY), { reducedMotion, init: ";" });
      // Not to be arranged before the test says so.
      await page.route("**/auto.iife.js", async route => route.fulfill({ response: await route.fetch({ url: `${shop.address}/reshelf/reshelf.iife.js` }) }));
      await visit();
      // Nobody has the focus or a selection without a press or a key.
      await page.keyboard.press("Shift");
      assert.deepEqual(await page.evaluate(arrangeAround, what), { moved: true, kept, playing: true, frame: 7, inReadingOrder: true, styles: 0, animations: 0 });
      assert.deepEqual(thrown, []);
      await context.close();
    });
  }
}
