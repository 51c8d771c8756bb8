// The documentation's pages: which there are, in which order, and where each is
// served. Their text is Markdown elsewhere in the repository, so that it can be
// read there too; a link that leads to no page is an error here.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { layout } from "./layout.mjs";
import { render } from "./markdown.mjs";
import { entries, reference } from "./reference.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** A document of the repository at `/docs/<name>/`. */
const document = (label, source, name) => ({ label, source, address: posix.join("/docs", name, "/") });

const GUIDES = [
  {
    name: "Start",
    pages: [
      document("Overview", "docs/index.md", ""),
      document("Script tag", "docs/start/script-tag.md", "start/script-tag"),
      document("npm", "docs/start/npm.md", "start/npm"),
      document("Shopify theme", "docs/start/shopify.md", "start/shopify"),
      document("Next and React", "docs/start/next.md", "start/next"),
      document("Vue", "docs/start/vue.md", "start/vue"),
      document("Algolia", "docs/start/algolia.md", "start/algolia"),
    ],
  },
  {
    name: "Guides",
    pages: [
      document("Marks in the page", "docs/marks.md", "marks"),
      document("Recommendations", "docs/recommendations.md", "recommendations"),
      document("Adapters", "docs/adapters.md", "adapters"),
      document("Consent", "docs/consent.md", "consent"),
      document("Policies and hosting", "docs/hosting.md", "hosting"),
      document("React in detail", "docs/react.md", "react"),
      document("Before the first paint", "docs/stub.md", "stub"),
      document("Custom elements", "docs/elements.md", "elements"),
      document("Developer tools", "docs/devtools.md", "devtools"),
      document("Testing", "docs/testing.md", "testing"),
      document("Limits", "docs/limits.md", "limits"),
      document("Quality per byte", "docs/quality-per-byte.md", "quality-per-byte"),
      document("Security", "SECURITY.md", "security"),
    ],
  },
];

/** The generated part: a page for each entry, and the command line. */
function referencePages() {
  const generated = entries().map(({ name, page }) => ({
    label: name,
    source: relative(root, join(reference, page)),
    address: posix.join("/docs/api", page.replace(/\.md$/, ""), "/"),
    heading: `# \`${name}\`\n\n`,
    // Each name of the package is looked for.
    deepest: 3,
  }));
  const command = document("Command line", "cli/README.md", "command-line");
  return [...generated.filter(({ source }) => existsSync(join(root, source))), command];
}

/** All pages, grouped as in the navigation. */
export const groups = () => [...GUIDES, { name: "Reference", pages: referencePages() }];

/** Files that are linked and are no page of their own here, and what stands for them. */
const INSTEAD = { "README.md": "/docs/", "pkg/README.md": "/docs/start/npm/" };

/** Drawings and figures that a document shows or links to, as they are. */
const isShown = file => /^docs\/[\w-]+\.(svg|json)$/.test(file) && existsSync(join(root, file));

/** Turns links as the documents have them into addresses; `show` is told which files are to be served. */
function addresses(page, byFile, show) {
  return href => {
    if (/^([a-z]+:|#|\/)/.test(href)) return href;
    const [path, anchor] = href.split("#");
    const file = posix.join(posix.dirname(page.source), path);
    if (isShown(file)) show(file);
    const address = byFile.get(file)?.address ?? INSTEAD[file] ?? (isShown(file) ? `/${file}` : undefined);
    if (!address) throw new Error(`${page.source} links to ${href}, which is no page of the documentation (www/docs/site.mjs).`);
    return anchor ? `${address}#${anchor}` : address;
  };
}

/** Writes every page below `out`, the folder that is served as the root. */
export function buildDocumentation(out) {
  const navigation = groups();
  const all = navigation.flatMap(({ pages }) => pages);
  const byFile = new Map(all.map(page => [page.source, page]));
  const shown = new Set();
  for (const page of all) {
    const text = (page.heading ?? "") + readFileSync(join(root, page.source), "utf8");
    Object.assign(page, render(text, addresses(page, byFile, file => shown.add(file)), page.deepest));
  }
  for (const page of all) {
    const folder = join(out, page.address);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "index.html"), layout(page, navigation));
  }
  for (const file of shown) copyFileSync(join(root, file), join(out, file));
}
