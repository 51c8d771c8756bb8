// What is kept, in a real browser: two stores that rebuild each other, pages
// that make room, erasures that other pages notice, and consent platforms.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { moduleScript, openBrowser } from "./pages.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

const granted = moduleScript('{ consent: "granted" }');
const events = page => page.evaluate(async () => (await shop).profile().events);
const keys = page => page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith("reshelf.acme.")).sort());
const consent = page => page.evaluate(async () => (await shop).consent.state);

/** Tracks so many events of as many items, each in a task of its own. */
const track = (page, count, from = 0) =>
  page.evaluate(
    async ([count, from]) => {
      const instance = await shop;
      for (let i = from; i < from + count; i++) {
        instance.track({ type: "addToCart", item: `item-${i}` });
        await new Promise(done => setTimeout(done));
      }
    },
    [count, from],
  );

/** The keys in the mirror, without its marker; undefined where there is no database. */
const mirrored = page =>
  page.evaluate(async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === "reshelf.acme")) return undefined;
    const database = await new Promise(done => {
      const request = indexedDB.open("reshelf.acme");
      // It was deleted just now: opening must not make it again.
      request.onupgradeneeded = () => request.transaction.abort();
      request.onerror = () => done(undefined);
      request.onsuccess = () => done(request.result);
    });
    if (!database) return undefined;
    const keys = await new Promise(done => (database.transaction("records").objectStore("records").getAllKeys().onsuccess = e => done(e.target.result)));
    database.close();
    return keys.filter(key => key !== "").sort();
  });

/** Waits until a question has the wanted answer; the answer it had last. */
async function until(question, wanted, patience = 5_000) {
  const end = performance.now() + patience;
  for (;;) {
    const answer = await question();
    try {
      assert.deepEqual(answer, wanted);
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await pause(20);
    }
  }
}

/** Another page of the same shopper. */
async function another(context, page) {
  const other = await context.newPage();
  await other.goto(page.url());
  await other.evaluate(() => shop);
  return other;
}

test("what is stored is mirrored, and either store rebuilds the other", async () => {
  const { page, context, thrown } = await browser.open(granted);
  await track(page, 3);
  await until(() => mirrored(page), await keys(page));
  await page.close();

  const second = await context.newPage();
  await second.goto(page.url());
  await second.evaluate(() => localStorage.clear());
  await second.reload();
  await until(() => events(second), 3);
  await until(async () => (await keys(second)).length, 1);
  await track(second, 1);
  await second.close();

  const third = await context.newPage();
  await third.goto(page.url());
  await third.evaluate(() => shop.then(instance => instance.destroy()));
  await third.evaluate(() => new Promise(done => (indexedDB.deleteDatabase("reshelf.acme").onsuccess = done)));
  await third.reload();
  assert.equal(await events(third), 4);
  assert.deepEqual(thrown, []);
  await context.close();
});

test("page after page takes no more room than a few", async () => {
  const { page, context, thrown } = await browser.open(granted);
  for (let visit = 0; visit < 12; visit++) {
    await track(page, 2, visit * 2);
    await page.reload();
  }
  await until(async () => (await keys(page)).length <= 2, true);
  assert.equal(await events(page), 24);
  await until(async () => (await mirrored(page)).length <= 2, true);
  await page.reload();
  assert.equal(await events(page), 24);
  assert.deepEqual(thrown, []);
  await context.close();
});

test("\"forget\" in one page is heard in all, and leaves nothing in either store", async () => {
  const { page, context, thrown } = await browser.open(granted);
  await track(page, 2);
  const other = await another(context, page);
  await track(other, 2, 2);
  assert.equal(await events(other), 4);
  await other.evaluate(async () => {
    window.troubles = [];
    (await shop).on("storage", ({ trouble }) => window.troubles.push(trouble));
  });
  await page.evaluate(async () => (await shop).forget());
  assert.deepEqual(await keys(page), []);
  assert.deepEqual(await mirrored(page), []);
  await until(() => events(other), 0);
  assert.equal(await consent(other), "denied", "it cannot know whether consent was withdrawn");
  assert.deepEqual(await other.evaluate(() => window.troubles), ["erased"]);
  await track(other, 1);
  assert.deepEqual(await keys(other), []);
  // The page that was told goes on.
  assert.equal(await consent(page), "granted");
  await track(page, 1);
  await until(async () => (await mirrored(page)).length, 1);
  await other.reload();
  assert.equal(await events(other), 1);
  assert.deepEqual(thrown, []);
  await context.close();
});

test("consent withdrawn in one page is withdrawn in all, and the database goes too", async () => {
  const { page, context, thrown } = await browser.open(granted);
  await track(page, 2);
  const other = await another(context, page);
  await track(other, 1);
  await until(async () => (await mirrored(page)).length, 2);
  await page.evaluate(async () => (await shop).consent.deny());
  assert.deepEqual(await keys(page), []);
  await until(() => consent(other), "denied");
  await until(() => mirrored(page), undefined);
  await track(other, 1);
  await track(page, 1);
  await pause(300);
  assert.deepEqual(await keys(page), []);
  assert.equal(await mirrored(page), undefined);
  assert.deepEqual(thrown, []);
  await context.close();
});

test("a page that comes back out of the browser's cache finds out what was forgotten meanwhile", async () => {
  const { page, context, thrown } = await browser.open(granted);
  await track(page, 2);
  const other = await another(context, page);
  // The page cannot hear storage events while it is away.
  await page.evaluate(() => {
    window.addEventListener("storage", event => event.stopImmediatePropagation(), true);
    window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
  });
  await other.evaluate(async () => (await shop).forget());
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await until(() => events(page), 0);
  await track(page, 1);
  assert.deepEqual(await keys(page), []);
  assert.deepEqual(thrown, []);
  await context.close();
});

const noDatabase = [
  ["throws", 'Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("denied", "SecurityError"); } });'],
  ["refuses", 'IDBFactory.prototype.open = function () { const request = new EventTarget(); setTimeout(() => request.onerror?.(new Event("error"))); return request; };'],
  ["never answers", "IDBFactory.prototype.open = () => new EventTarget();"],
  ["aborts every write", 'const put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (...given) { this.transaction.abort(); return put.apply(this, given); };'],
];
for (const [what, script] of noDatabase) {
  test(`a database that ${what}: localStorage carries on`, async () => {
    const { page, context, thrown } = await browser.open(granted, { before: script });
    await track(page, 3);
    await page.reload();
    assert.equal(await events(page), 3);
    await page.evaluate(async () => (await shop).forget());
    assert.deepEqual(await keys(page), []);
    assert.deepEqual(thrown, []);
    await context.close();
  });
}

test("without Web Locks nothing is moved, and nothing is lost", async () => {
  const { page, context, thrown } = await browser.open(granted, { before: "delete Navigator.prototype.locks" });
  for (let visit = 0; visit < 8; visit++) {
    await track(page, 1, visit);
    await page.reload();
  }
  await pause(1_000);
  assert.equal((await keys(page)).length, 8);
  assert.equal(await events(page), 8);
  await page.evaluate(async () => (await shop).forget());
  assert.deepEqual(await keys(page), []);
  assert.deepEqual(thrown, []);
  await context.close();
});

test("a damaged record is set aside, told once, and named in the export", async () => {
  const { page, context, thrown } = await browser.open(granted);
  await track(page, 2);
  const [key] = await keys(page);
  await page.evaluate(async key => {
    (await shop).destroy();
    await new Promise(done => (indexedDB.deleteDatabase("reshelf.acme").onsuccess = done));
    localStorage.setItem(key, localStorage.getItem(key).replace(/.$/, "?"));
  }, key);
  await page.reload();
  assert.equal(await events(page), 0);
  const exported = await page.evaluate(async () => (await shop).export());
  assert.deepEqual(exported.unreadable, [key]);
  assert.deepEqual(await keys(page), ["reshelf.acme.q"]);
  await page.reload();
  assert.deepEqual(await page.evaluate(async () => (await shop).export().unreadable), []);
  assert.deepEqual(thrown, []);
  await context.close();
});

// ----------------------------------------------------------- consent: "auto"

const auto = moduleScript('{ consent: "auto" }');
const mode = (command, value) => `dataLayer.push((function () { return arguments; })("consent", "${command}", { personalization_storage: "${value}" }));`;

test("\"auto\" follows Google Consent Mode, and stores nothing before a grant", async () => {
  const { page, context, thrown } = await browser.open(auto, { before: `window.dataLayer = []; ${mode("default", "denied")}` });
  await track(page, 2);
  await pause(200);
  assert.equal(await consent(page), "denied");
  assert.deepEqual([await keys(page), await mirrored(page)], [[], undefined]);
  await page.evaluate(mode("update", "granted"));
  await until(() => consent(page), "granted");
  assert.equal((await keys(page)).length, 1);
  assert.equal(await events(page), 2);
  // The next page says no before it says yes, as most do: that deletes nothing.
  await page.reload();
  await pause(200);
  assert.equal((await keys(page)).length, 1);
  await page.evaluate(mode("update", "granted"));
  await until(() => events(page), 2);
  await page.evaluate(mode("update", "denied"));
  await until(() => consent(page), "denied");
  assert.deepEqual(await keys(page), []);
  assert.deepEqual(thrown, []);
  await context.close();
});

test("\"auto\" under Global Privacy Control stores nothing, whatever is granted", async () => {
  const script = `Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true }); window.dataLayer = []; ${mode("update", "granted")}`;
  const { page, context, thrown } = await browser.open(auto, { before: script });
  await track(page, 2);
  await page.evaluate(async () => (await shop).consent.grant());
  await pause(200);
  assert.equal(await consent(page), "denied");
  assert.deepEqual([await keys(page), await mirrored(page)], [[], undefined]);
  assert.deepEqual(thrown, []);
  await context.close();
});

test("the shopper's word on the profile deletes the orders that the stub would show, with consent only", async () => {
  const { page, thrown, context } = await browser.open(moduleScript("{}"), { before: 'localStorage.setItem("reshelf.acme.order", "x:1,0")' });
  const left = await page.evaluate(async () => {
    const instance = await shop;
    const after = act => {
      localStorage.setItem("reshelf.acme.order", "x:1,0");
      localStorage.setItem("reshelf.acme.orders", "1");
      act();
      return [localStorage.getItem("reshelf.acme.order"), localStorage.getItem("reshelf.acme.orders")];
    };
    const without = after(() => instance.preferShopOrder(true));
    instance.consent.grant();
    const copy = instance.export();
    const acts = [() => instance.preferShopOrder(true), () => instance.mute({ brand: "Wick" }), () => instance.import(copy), () => instance.track({ type: "view", item: "a" })];
    return [without, ...acts.map(after)];
  });
  const kept = ["x:1,0", "1"];
  const gone = [null, "1"];
  assert.deepEqual(left, [kept, gone, gone, gone, kept]);
  assert.deepEqual(thrown, []);
  await context.close();
});
