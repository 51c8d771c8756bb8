// Markdown to the HTML of a page's main part: anchors on headings, highlighted
// code, tables that scroll by themselves, links to files as links to pages.
import hljs from "highlight.js/lib/common";
import { Marked } from "marked";

/** What our fences say, where highlight.js has another name for it; Liquid, Svelte and Vue are HTML with holes. */
const LANGUAGES = { js: "javascript", ts: "typescript", tsx: "typescript", sh: "bash", html: "xml", vue: "xml", svelte: "xml", liquid: "xml", http: "plaintext", text: "plaintext" };

const escaped = text => text.replace(/[&<>"']/g, character => `&#${character.codePointAt(0)};`);

/** The anchor that GitHub gives to a heading, so that links work there as well as here. */
const slug = text => text.trim().toLowerCase().replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, "").replace(/\s/g, "-");

/** A heading as plain text. */
const plain = html => html.replace(/<[^>]*>/g, "").replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))).replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");

/**
 * Renders one document.
 * @param markdown its text
 * @param address of a link as it is written, the address of the page it leads to
 * @param deepest level of the headings that are listed
 * @returns `html`; its first heading as `title`; and `headings` from the second level on, `{ id, text, depth }`
 */
export function render(markdown, address, deepest = 2) {
  const taken = new Map();
  const headings = [];
  let title = "";
  const anchor = text => {
    const base = slug(text);
    const count = taken.get(base) ?? 0;
    taken.set(base, count + 1);
    return count === 0 ? base : `${base}-${count}`;
  };
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth }) {
        const html = this.parser.parseInline(tokens);
        const text = plain(html);
        const id = anchor(text);
        if (depth === 1) title ||= text;
        if (depth > 1 && depth <= deepest) headings.push({ id, text, depth });
        return `<h${depth} id="${escaped(id)}">${html}${depth > 1 ? ` <a class="anchor" href="#${escaped(id)}" aria-label="Link to “${escaped(text)}”">#</a>` : ""}</h${depth}>\n`;
      },
      code({ text, lang = "" }) {
        const [name] = lang.split(/\s/);
        const language = LANGUAGES[name] ?? (name || "plaintext");
        // Reached by keyboard, because it may scroll; a header is one long line.
        return `<pre tabindex="0"${name === "http" ? ' class="wraps"' : ""}><code class="hljs">${hljs.highlight(text, { language }).value}</code></pre>\n`;
      },
      table(token) {
        const row = (cells, tag) => `<tr>${cells.map(({ tokens }) => `<${tag}${tag === "th" ? ' scope="col"' : ""}>${this.parser.parseInline(tokens)}</${tag}>`).join("")}</tr>`;
        const body = token.rows.map(cells => row(cells, "td")).join("\n");
        const name = escaped(`Table: ${token.header.map(({ tokens }) => plain(this.parser.parseInline(tokens))).join(", ")}`);
        return `<div class="table" tabindex="0" role="group" aria-label="${name}"><table><thead>${row(token.header, "th")}</thead><tbody>${body}</tbody></table></div>\n`;
      },
      image({ href, text }) {
        // On a phone a drawing is too small to be read: it opens alone, and can be enlarged.
        const source = escaped(address(href));
        return `<a href="${source}"><img src="${source}" alt="${escaped(text)}" loading="lazy"></a>`;
      },
      link({ href, tokens }) {
        return `<a href="${escaped(address(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
    },
  });
  const html = marked.parse(markdown);
  return { html, title, headings };
}

export { escaped };
