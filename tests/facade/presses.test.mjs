// What the shopper waits for after a press: what of the package runs before the
// frame that answers it, and what comes after. By what the page is asked, not by time.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { moduleScript, openBrowser } from "./pages.mjs";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** Counts what is asked of the page, by name: `asked`. */
const counting = () => {
  const asked = (window.asked = {});
  const count = (owner, method, nameOf = () => method) => {
    const original = owner[method];
    owner[method] = function (...args) {
      const name = nameOf(...args);
      asked[name] = (asked[name] ?? 0) + 1;
      return original.apply(this, args);
    };
  };
  count(IDBFactory.prototype, "open");
  count(LockManager.prototype, "request");
  count(Document.prototype, "querySelectorAll");
  count(Element.prototype, "getAttribute", name => name);
};

const open = (options, script = "") => browser.open(moduleScript(options), { before: `(${counting})();${script}` });
const held = page => page.evaluate(async () => (await navigator.locks.query()).held.map(({ name }) => name).filter(name => name.startsWith("reshelf.acme.o.")).length);
const databases = page => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
const moment = () => new Promise(done => setTimeout(done, 400));

test("a press on a consent button opens the profile at once, and begins to keep it after the frame", async () => {
  const { page, thrown, context } = await open("{}");
  const told = await page.evaluate(async () => {
    const instance = await shop;
    instance.track({ type: "addToCart", item: "a" });
    const before = { ...asked };
    instance.consent.grant();
    const { open = 0, request = 0 } = asked;
    return { before, open, request, state: instance.consent.state, stored: Object.keys(localStorage).length };
  });
  assert.deepEqual([told.before.open, told.before.request], [undefined, undefined], "nothing is asked without consent");
  assert.deepEqual([told.state, told.stored], ["granted", 1], "what was learnt is stored");
  assert.deepEqual([told.open, told.request], [0, 0]);
  await page.waitForFunction(() => asked.open > 0 && asked.request > 0);
  assert.equal(await held(page), 1);
  assert.deepEqual(thrown, []);
  await context.close();
});

test("a page that comes with consent keeps from the start", async () => {
  const { page, context } = await open('{ consent: "granted" }');
  const told = await page.evaluate(async () => {
    await shop;
    return { ...asked };
  });
  assert.ok(told.open > 0 && told.request > 0);
  await context.close();
});

for (const [what, act, isKept] of [
  ["withdrawn", instance => instance.consent.deny(), false],
  ["withdrawn and given", instance => (instance.consent.deny(), instance.consent.grant()), true],
  ["given, and everything forgotten", instance => instance.forget(), true],
  ["given, and the instance destroyed", instance => instance.destroy(), false],
]) {
  test(`consent that is ${what} before that frame`, async () => {
    const { page, thrown, context } = await open("{}");
    await page.evaluate(
      async act => {
        const instance = await shop;
        instance.track({ type: "addToCart", item: "a" });
        instance.consent.grant();
        await new Function("instance", `return (${act})(instance)`)(instance);
      },
      String(act),
    );
    await page.evaluate(moment);
    assert.equal(await held(page), isKept ? 1 : 0, "a page that keeps says that it is open, no other");
    if (what === "withdrawn") assert.deepEqual(await databases(page), []);
    const events = await page.evaluate(async () => {
      const instance = await shop;
      return instance.status === "ready" ? instance.profile().events : 0;
    });
    assert.equal(events, 0);
    assert.deepEqual(thrown, []);
    await context.close();
  });
}

test("a list that grows is looked through after the frame that shows it; where a product is read, the next one is seen at once", async () => {
  const { page, thrown, context } = await open("{}");
  const told = await page.evaluate(async () => {
    const instance = await shop;
    instance.observe();
    const grow = async () => {
      document.querySelector("ul").append(document.createElement("li"));
      const before = asked.querySelectorAll;
      // The observer of changes has been called by then, in a microtask of its own.
      await Promise.resolve();
      await Promise.resolve();
      return asked.querySelectorAll - before;
    };
    const atOnce = await grow();
    const before = asked.querySelectorAll;
    await new Promise(done => setTimeout(done, 150));
    const later = asked.querySelectorAll - before;
    document.body.insertAdjacentHTML("beforeend", '<main data-reshelf="product" data-reshelf-item="a"></main>');
    await new Promise(done => setTimeout(done, 150));
    return { atOnce, later, ofProduct: await grow() };
  });
  assert.equal(told.atOnce, 0);
  assert.ok(told.later > 0);
  assert.ok(told.ofProduct > 0);
  assert.deepEqual(thrown, []);
  await context.close();
});

test("an order reads the id of each entry once, also where entries move, and not one by one whether they are hidden", async () => {
  const COUNT = 200;
  const { page, thrown, context } = await open("{ strength: 100 }");
  const told = await page.evaluate(async COUNT => {
    const instance = await shop;
    const ids = Array.from({ length: COUNT }, (_, i) => `p${i}`);
    instance.addItems(ids.map((id, i) => ({ id, category: [i % 2 ? "Candles" : "Mugs"] })));
    for (let i = 0; i < 20; i++) instance.track({ type: "addToCart", item: "p1" });
    const answers = [];
    for (const hidden of ["", "hidden"]) {
      const list = document.createElement("ul");
      list.dataset.reshelf = "products";
      list.innerHTML = ids.map(id => `<li data-reshelf-item="${id}" ${hidden}></li>`).join("");
      document.body.append(list);
      const before = { ...asked };
      const [{ after }] = instance.arrange(list);
      const read = name => (asked[name] ?? 0) - (before[name] ?? 0);
      answers.push({ moved: after[0] !== "p0", ids: read("data-reshelf-item"), hidden: read("hidden") });
      list.remove();
    }
    return answers;
  }, COUNT);
  for (const { moved, ids, hidden } of told) {
    assert.ok(moved, "or nothing had to be read twice");
    assert.deepEqual([ids, hidden], [COUNT, 0]);
  }
  assert.deepEqual(thrown, []);
  await context.close();
});

const button = `document.addEventListener("DOMContentLoaded", () => document.body.insertAdjacentHTML("beforeend", "<button data-reshelf-item='b'>Add</button>"))`;

/** Has the button tell of something; resolves with what is stored at the end of the task that does. */
const listening = page =>
  page.evaluate(async () => {
    const instance = await shop;
    const journal = () => Object.entries(localStorage).find(([key]) => key.startsWith("reshelf.acme.j."))?.[1];
    window.told = new Promise(done =>
      document.querySelector("button").addEventListener("click", event => {
        const before = journal();
        instance.track({ type: "addToCart", item: "a" });
        setTimeout(() => done({ trusted: event.isTrusted, changed: stored !== before, before }));
        let stored = before;
        queueMicrotask(() => queueMicrotask(() => (stored = journal())));
      }, { once: true }),
    );
    window.journal = journal;
  });

test("what a press tells is stored after the frame that answers it, what a script tells in its task", async () => {
  const { page, thrown, context } = await open('{ consent: "granted" }', button);
  await listening(page);
  await page.click("button");
  const pressed = await page.evaluate(() => told);
  assert.deepEqual([pressed.trusted, pressed.changed], [true, false]);
  await page.waitForFunction(before => journal() !== before, pressed.before);
  await listening(page);
  await page.evaluate(() => document.querySelector("button").click());
  const called = await page.evaluate(() => told);
  assert.deepEqual([called.trusted, called.changed], [false, true]);
  const { events } = await page.evaluate(async () => (await shop).profile());
  assert.equal(events, 2);
  assert.deepEqual(thrown, []);
  await context.close();
});

for (const [what, act] of [
  ["left", () => location.assign("/?left")],
  ["reloaded", () => location.reload()],
]) {
  test(`a page that is ${what} by a press stores what the press told`, async () => {
    const { page, thrown, context } = await open('{ consent: "granted" }', button);
    await page.evaluate(async act => {
      const instance = await shop;
      document.querySelector("button").addEventListener("click", () => {
        instance.track({ type: "addToCart", item: "a" });
        new Function(`(${act})()`)();
        // No frame comes before the page goes.
        for (const start = performance.now(); performance.now() - start < 300; );
      });
    }, String(act));
    await Promise.all([page.waitForNavigation(), page.click("button")]);
    assert.equal(await page.evaluate(async () => (await shop).profile().events), 1);
    assert.deepEqual(thrown, []);
    await context.close();
  });
}

test("what a press tells counts in the next line", async () => {
  const { page, context } = await open("{}", button);
  await page.evaluate(async () => {
    const instance = await shop;
    window.told = new Promise(done =>
      document.querySelector("button").addEventListener("click", () => {
        instance.track({ type: "addToCart", item: "a" });
        done(instance.profile().events);
      }),
    );
  });
  await page.click("button");
  assert.equal(await page.evaluate(() => told), 1);
  await context.close();
});

/** No frame comes, as where a press opens a window over its page. */
const noFrames = "window.requestAnimationFrame = () => 0;";

test("what a press tells is stored where no frame follows", async () => {
  const { page, thrown, context } = await open('{ consent: "granted" }', `${button};${noFrames}`);
  await listening(page);
  await page.click("button");
  const { before, trusted } = await page.evaluate(() => told);
  assert.ok(trusted);
  await page.waitForFunction(before => journal() !== before, before, { polling: 50 });
  assert.deepEqual(thrown, []);
  await context.close();
});

test("what a press told before another page had everything forgotten is forgotten", async () => {
  // Long enough for the other page.
  const patient = "const later = setTimeout; window.setTimeout = (act, ms, ...given) => later(act, ms === 250 ? 5_000 : ms, ...given);";
  const { page, thrown, context } = await open('{ consent: "granted" }', `${button};${noFrames}${patient}`);
  await page.evaluate(async () => (await shop).track({ type: "addToCart", item: "b" }));
  await listening(page);
  await page.click("button");
  await page.evaluate(() => told);
  const other = await context.newPage();
  await other.goto(page.url());
  await other.evaluate(async () => await (await shop).forget());
  await page.waitForFunction(async () => (await shop).consent.state === "denied", undefined, { polling: 50 });
  assert.equal(await page.evaluate(async () => (await shop).profile().events), 0);
  assert.deepEqual(thrown, []);
  await context.close();
});
