// The documentation as it is served: every link leads somewhere, nothing comes
// from elsewhere, every public name has its place, and it fits phones.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser } from "../e2e/support/browser.mjs";
import { openShop } from "../e2e/support/server.mjs";
import { entries } from "../../www/docs/reference.mjs";
import { groups } from "../../www/docs/site.mjs";
import { root } from "./snippets.mjs";

const axe = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const dist = join(root, "www/dist");
const pages = new Map(readdirSync(join(dist, "docs"), { recursive: true }).map(name => name.replaceAll("\\", "/")).filter(name => name.endsWith("index.html")).map(name => [`/docs/${name.replace(/index\.html$/, "")}`, readFileSync(join(dist, "docs", name), "utf8")]));

let browser;
let shop;
before(async () => {
  // Nothing but what the documentation needs.
  shop = await openShop({ policy: "default-src 'none'; style-src 'self'; img-src 'self'" });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  shop?.close();
});

test("every page of the navigation is there, and no other", () => {
  assert.deepEqual([...pages.keys()].sort(), groups().flatMap(({ pages }) => pages.map(({ address }) => address)).sort());
});

test("every link leads to a page or file that is there, and to an anchor that it has", () => {
  const broken = [];
  for (const [address, html] of pages) {
    for (const [, href] of html.matchAll(/ href="([^"]+)"/g)) {
      const url = new URL(href.replaceAll("&#38;", "&"), `http://docs.invalid${address}`);
      if (url.hostname !== "docs.invalid") continue;
      const target = pages.get(url.pathname);
      const anchor = decodeURIComponent(url.hash.slice(1));
      if (target === undefined ? !existsSync(join(dist, url.pathname)) : anchor !== "" && !target.includes(` id="${anchor}"`)) broken.push(`${address}: ${href}`);
    }
  }
  assert.deepEqual(broken, []);
});

test("nothing is loaded from elsewhere, and no script", () => {
  for (const [address, html] of pages) {
    assert.doesNotMatch(html, /<(script|iframe|object|embed)\b/, address);
    for (const [tag] of html.matchAll(/<img\b[^>]*>/g)) assert.match(tag, / src="\/docs\//, address);
    for (const [tag] of html.matchAll(/<link\b[^>]*>/g)) assert.match(tag, / href="\//, address);
  }
});

/** Names that a declaration file exports: its own, those it names of others, and all of those it passes on whole. */
function exportedBy(path) {
  const text = readFileSync(path, "utf8");
  const own = [...text.matchAll(/^export (?:declare )?(?:interface|class|type|function|const) (\w+)/gm)].map(([, name]) => name);
  const named = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) => names.split(",").map(name => name.trim().replace(/^type /, "")).filter(name => name !== ""));
  const whole = [...text.matchAll(/^export (?:type )?\* from "\.\/(.+)\.js"/gm)].flatMap(([, name]) => exportedBy(join(dirname(path), `${name}.d.ts`)));
  return [...own, ...named, ...whole];
}

test("every public name of the package stands in the reference", () => {
  const reference = [...pages].filter(([address]) => address.startsWith("/docs/api/")).map(([, html]) => html).join("");
  const declared = entries().flatMap(({ types }) => exportedBy(types));
  assert.ok(declared.length > 40);
  for (const name of declared) assert.match(reference, new RegExp(`<h[2-6] id="${name.toLowerCase()}(-\\d+)?">`), name);
});

for (const [what, viewport] of [["phone", { width: 390, height: 844 }], ["desktop", { width: 1280, height: 900 }]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`on a ${what}, ${colorScheme}: nothing is wider than the page, the menu is at hand, axe finds nothing`, async () => {
      const context = await browser.newContext({ viewport, colorScheme });
      const page = await context.newPage();
      const complaints = [];
      page.on("console", message => message.type() === "error" && complaints.push(message.text()));
      for (const address of pages.keys()) {
        await page.goto(shop.address + address);
        const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(wide <= seen, `${address} is ${wide} px wide`);
      }
      await page.goto(`${shop.address}/docs/`);
      const menu = page.getByRole("navigation", { name: "Documentation" });
      if (what === "phone") await page.getByText("All pages").click();
      await menu.getByRole("link", { name: "Consent", exact: true }).click();
      await page.waitForURL("**/docs/consent/");
      const colours = await page.evaluate(() => ["backgroundColor", "color"].map(name => getComputedStyle(document.body)[name].match(/\d+/g).map(Number).reduce((sum, part) => sum + part)));
      assert.equal(colours[0] < colours[1], colorScheme === "dark", `background and letters: ${colours}`);
      for (const address of ["/docs/", "/docs/start/npm/", "/docs/hosting/", "/docs/api/index/"]) {
        await page.goto(shop.address + address);
        await page.evaluate(axe);
        const violations = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ["violations"] })).violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`));
        assert.deepEqual(violations, [], address);
      }
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
}
