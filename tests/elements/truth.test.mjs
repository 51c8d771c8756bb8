// What `<reshelf-profile>` says beside what the page shows and what is kept: neither
// may contradict the other.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPages, scripts } from "./support.mjs";

let pages;
before(async () => (pages = await openPages()));
after(() => pages?.close());

const GOODS = ["Candles", "Mugs", "Garden"].flatMap(kind => [0, 1, 2, 3, 4].map(n => ({ id: `${kind}${n}`, title: `${kind} ${n}`, category: ["Home", kind] })));
const LIST = `<ul id="list" data-reshelf="products" data-reshelf-placement="list">${["Candles0", "Mugs0", "Garden4"].map(id => `<li data-reshelf-item="${id}">${id}</li>`).join("")}</ul>`;
const ROW = `<reshelf-row kind="forYou" limit="3"><ul><template><li><b data-field="title"></b> <i data-field="reason"></i></li></template></ul></reshelf-row>`;
const PANEL = "<reshelf-profile></reshelf-profile>";

/** A page for a shopper who likes the garden, once its rows are filled. */
async function open(body, { options = "{}", goods = GOODS, before } = {}) {
  const learn = `
    shop.addItems(${JSON.stringify(goods)});
    window.learn = () => { for (let n = 0; n < 4; n++) shop.track({ type: "view", item: "Garden" + n, dwellMs: 20_000 }); };
    learn();
    shop.arrange();
    for (const row of document.querySelectorAll("reshelf-row")) row.items = ${JSON.stringify(goods)};
    window.isReady = true;`;
  const opened = await pages.open(`${body}${scripts(options, learn)}`, { before });
  const { page } = opened;
  await page.waitForFunction(() => window.isReady && [...document.querySelectorAll("reshelf-row")].every(row => row.shown?.length > 0));
  const panel = page.locator("reshelf-profile");
  await panel.locator("h2").waitFor({ state: "attached" });
  const press = key => panel.locator(`button[data-key="${key}"]`).click();
  const text = part => panel.locator(`[part="${part}"]`).first().textContent();
  const until = (part, pattern) =>
    page.waitForFunction(([part, pattern]) => new RegExp(pattern).test(document.querySelector("reshelf-profile").shadowRoot.querySelector(`[part="${part}"]`).textContent), [part, pattern.source]);
  const list = () => page.locator("#list > li").evaluateAll(all => all.map(({ dataset }) => dataset.reshelfItem).join(" "));
  const row = () => page.locator("reshelf-row li").allTextContents();
  const close = async () => {
    assert.deepEqual([opened.thrown, opened.complaints], [[], []]);
    await opened.context.close();
  };
  return { ...opened, panel, press, text, until, list, row, close };
}

for (const [how, act] of [
  ["forgotten", async ({ press }) => (await press("forget"), await press("yes"))],
  ["no longer allowed", ({ panel }) => panel.locator("#consent").uncheck()],
]) {
  test(`once everything is ${how}, lists, rows and their reasons are nobody's`, async () => {
    const opened = await open(LIST + ROW + PANEL, { options: '{ consent: "granted" }' });
    const { panel, list, row, until, text, close } = opened;
    assert.equal(await list(), "Candles0 Garden4 Mugs0");
    assert.match((await row()).join(), /Because you like Garden/);
    await panel.locator('[data-key="why"]').click();
    await until("why", /Because you like Garden/);
    await act(opened);
    await until("said", /^Forgotten/);
    assert.equal(await list(), "Candles0 Mugs0 Garden4");
    await until("why", /^(?!.*Because you like)/);
    assert.doesNotMatch((await row()).join(), /Garden/);
    assert.doesNotMatch(await text("why"), /raises it|lowers it/);
    await close();
  });
}

test("a page that renders its lists itself keeps them where all is forgotten", async () => {
  const { page, press, until, list, close } = await open(LIST + PANEL);
  await page.evaluate(() => document.addEventListener("reshelf-change", event => event.preventDefault()));
  await press("forget");
  await press("yes");
  await until("said", /^Forgotten/);
  assert.equal(await list(), "Candles0 Garden4 Mugs0");
  await close();
});

test("rows are filled again where the shop's own order is asked for, and where it no longer is", async () => {
  const { page, panel, close } = await open(ROW + PANEL);
  for (const press of ["check", "uncheck"]) {
    await page.evaluate(() => {
      window.filling = new Promise(done => document.addEventListener("reshelf-filled", () => done(shop.profile().shopOrder), { once: true }));
    });
    await panel.locator("#order")[press]();
    assert.equal(await page.evaluate(() => filling), press === "check");
  }
  await close();
});

test("what is dismissed in the panel leaves the row that shows it, and no more is promised", async () => {
  const { page, press, panel, text, close } = await open(LIST + ROW + PANEL);
  await panel.locator('[data-key="why"]').click();
  const id = await page.evaluate(() => document.querySelector("reshelf-row").shown[0].id);
  await panel.locator(`summary[data-key="why forYou ${id}"]`).click();
  await press(`dismiss forYou ${id}`);
  await page.waitForFunction(id => document.querySelector("reshelf-row").shown.every(shown => shown.id !== id), id);
  assert.match(await text("said"), /will not be recommended to you for a while/);
  await close();
});

test("what was said goes once it is not so any more", async () => {
  const { page, panel, press, text, until, close } = await open(PANEL, { options: '{ consent: "granted" }' });
  const copy = await page.evaluate(() => JSON.stringify(shop.export()));
  const bringBack = async text => panel.locator("#file").setInputFiles({ name: "copy.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await press("forget");
  await press("yes");
  await until("said", /^Forgotten/);
  await page.evaluate(() => learn());
  await until("said", /^$/);
  assert.match(await text("summary"), /^From 4 things/);
  await panel.locator("#consent").uncheck();
  assert.match(await text("said"), /^Forgotten/);
  await panel.locator("#consent").check();
  assert.equal(await text("said"), "");
  await bringBack(copy);
  await until("said", /brought back/);
  await bringBack(copy.replace('"acme"', '"other"'));
  await until("problem", /another shop/);
  assert.equal(await text("said"), "");
  await bringBack(copy);
  await until("said", /brought back/);
  assert.equal(await text("problem"), "");
  await close();
});

test("values of one name are told apart", async () => {
  const shoes = ["Men", "Women"].flatMap(group => ["Shoes", "Hats"].flatMap(kind => [0, 1, 2, 3].map(n => ({ id: group + kind + n, category: [group, kind] }))));
  const { page, panel, press, text, close } = await open(PANEL, { goods: shoes });
  await page.evaluate(async () => {
    for (const group of ["Men", "Women"]) for (let n = 0; n < 4; n++) shop.track({ type: "view", item: `${group}Shoes${n}`, dwellMs: 20_000 });
    await new Promise(done => setTimeout(done));
  });
  const names = await panel.locator('[part="interest"] .name').allTextContents();
  assert.ok(names.includes("Men > Shoes") && names.includes("Women > Shoes"), names.join());
  assert.equal(new Set(names).size, names.length);
  assert.equal(await panel.locator('button[data-key="mute category Men > Shoes"]').getAttribute("aria-label"), "Don’t use “Men > Shoes”");
  await press("mute category Men > Shoes");
  assert.equal(await text("said"), "“Men > Shoes” is no longer used.");
  assert.equal(await panel.locator('[part="muted"] .name').textContent(), "Men > Shoes");
  await close();
});

test("of long lists the rest can be shown, and the keyboard goes on in it", async () => {
  const many = [...Array(18).keys()].flatMap(kind => [0, 1].map(n => ({ id: `${kind}-${n}`, category: ["Home", `Kind ${kind}`], brand: `Brand ${kind}` })));
  const { page, panel, close } = await open(PANEL, { goods: many });
  await page.evaluate(async () => {
    for (let kind = 0; kind < 18; kind++) for (let n = 0; n < 2; n++) shop.track({ type: "view", item: `${kind}-${n}`, dwellMs: 20_000 });
    await new Promise(done => setTimeout(done));
  });
  const { interests, recent } = await page.evaluate(() => {
    const { interests, recentlyViewed } = shop.profile();
    return { interests: interests.filter(({ kind }) => !/^category[BP]/.test(kind)).length, recent: recentlyViewed.length };
  });
  for (const [list, part, shown, all] of [["interests", "interest", 12, interests], ["recent", "recent", 8, recent]]) {
    assert.ok(all > shown);
    assert.equal(await panel.locator(`[part="${part}"]`).count(), shown);
    const more = panel.locator(`button[data-key="all ${list}"]`);
    assert.equal(await more.textContent(), `Show all ${all}`);
    await more.focus();
    await page.keyboard.press("Enter");
    assert.equal(await panel.locator(`[part="${part}"]`).count(), all);
    assert.equal(await more.count(), 0);
    const place = await panel.evaluate(({ shadowRoot }, part) => [...shadowRoot.querySelectorAll(`[part="${part}"]`)].indexOf(shadowRoot.activeElement?.closest("li")), part);
    assert.equal(place, shown, "at the first that was not shown before");
  }
  await close();
});

test("where a browser keeps nothing, the panel says so", async () => {
  const refusing = 'for (const name of ["localStorage", "sessionStorage", "indexedDB"]) Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });';
  const { panel, text, close } = await open(PANEL, { before: refusing });
  assert.match(await panel.locator("#consent-hint").textContent(), /^Switched off/);
  await panel.locator("#consent").check();
  assert.match(await text("said"), /lets this shop keep nothing/);
  assert.match(await panel.locator("#consent-hint").textContent(), /lets this shop keep nothing/);
  await close();
  const granted = await open(PANEL, { before: refusing, options: '{ consent: "granted" }' });
  assert.match(await granted.panel.locator("#consent-hint").textContent(), /lets this shop keep nothing/);
  await granted.close();
});

test("a list that is rendered as data and was put in no order is none that can be explained", async () => {
  const rendered = LIST.replace("data-reshelf-placement", "data-reshelf-rendered data-reshelf-placement");
  const { page, panel, until, close } = await open(rendered + PANEL);
  await page.evaluate(() => {
    document.querySelector("#list").dataset.reshelfPlacement = "a row of recommend";
    for (const other of document.querySelectorAll("[data-reshelf]:not(#list)")) other.remove();
  });
  await panel.locator('[data-key="why"]').click();
  await until("why", /no list that can be explained here/);
  await close();
});

test("Escape at the question closes the question, not the dialog around the panel", async () => {
  const { page, panel, press, close } = await open(`<dialog>${PANEL}</dialog>`);
  await page.locator("dialog").evaluate(dialog => {
    dialog.style.width = "40rem";
    dialog.showModal();
  });
  await press("forget");
  await page.keyboard.press("Escape");
  assert.equal(await panel.locator('[part="confirm"]').isVisible(), false);
  assert.equal(await page.locator("dialog").evaluate(dialog => dialog.open), true);
  await close();
});
