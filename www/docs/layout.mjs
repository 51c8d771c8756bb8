// The frame of a page of documentation: header, navigation, what is on the page,
// the pages before and after. No script: the menu of a phone is a <details>.
import { escaped } from "./markdown.mjs";

const MARK = '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><path d="M3 28h26M3 15h26"/><path class="stock" d="M6 28V19h4v9m3 0v-6h6v6m3 0v-9h4v9M6 15V8h6v7m3 0V4h4v11m3 0V9h4v6"/></svg>';

const entry = (page, current) => `<li><a href="${page.address}"${page === current ? ' aria-current="page"' : ""}>${escaped(page.label)}</a></li>`;

const menu = (groups, current) => groups.map(({ name, pages }) => `<h2>${escaped(name)}</h2>\n<ul>${pages.map(page => entry(page, current)).join("\n")}</ul>`).join("\n");

/**
 * A whole page.
 * @param page `{ address, label, title, html, headings }`
 * @param groups all pages: `{ name, pages }`, in the order of the navigation
 */
export function layout(page, groups) {
  const all = groups.flatMap(({ pages }) => pages);
  const at = all.indexOf(page);
  const [before, after] = [all[at - 1], all[at + 1]];
  const onPage = page.headings.map(({ id, text, depth }) => `<li class="level-${depth}"><a href="#${escaped(id)}">${escaped(text)}</a></li>`).join("\n");
  return `<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${escaped(page.title)} · Reshelf</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/assets/docs.css">
  </head>
  <body class="docs">
    <a class="skip" href="#main">Skip to the text</a>
    <header class="docs-header">
      <a class="docs-logo" href="/docs/">${MARK}<span>Reshelf</span></a>
      <a class="docs-demo" href="/">Demo store</a>
    </header>
    <div class="docs-body">
      <nav class="docs-nav docs-nav-wide" aria-label="Documentation">${menu(groups, page)}</nav>
      <details class="docs-nav docs-nav-narrow"><summary>All pages</summary><nav aria-label="Documentation">${menu(groups, page)}</nav></details>
      <main id="main" class="docs-main" tabindex="-1">
${page.html}
        <nav class="docs-turn" aria-label="Before and after">
          ${before ? `<a rel="prev" href="${before.address}"><span>Before</span> ${escaped(before.label)}</a>` : "<span></span>"}
          ${after ? `<a rel="next" href="${after.address}"><span>Next</span> ${escaped(after.label)}</a>` : "<span></span>"}
        </nav>
      </main>
      ${onPage ? `<nav class="docs-contents" aria-labelledby="on-this-page"><h2 id="on-this-page">On this page</h2><ul>${onPage}</ul></nav>` : ""}
    </div>
  </body>
</html>
`;
}
