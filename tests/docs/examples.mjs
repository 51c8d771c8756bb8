// The `@example`s of the package's sources, as snippets: what they call is
// imported as a reader would, from the entry that has it.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = path => readFileSync(join(root, path), "utf8");

/** The stage of a source's examples (`stages.mjs`); those of any other are run where there is a shop. */
const STAGES = {
  "index.ts": "results",
  "play.ts": "alone",
  "elements/de.ts": "german",
  "elements/shop.ts": "provided",
  "adapters/instantsearch.ts": "hits",
  "adapters/shopify-pixel.ts": "pixel",
  "adapters/shopify-recommendations.ts": "recommended",
};

/** Names that each entry of the package exports, by import. */
async function exported() {
  const { exports } = JSON.parse(read("pkg/package.json"));
  const found = new Map();
  for (const [path, { default: file } = {}] of Object.entries(exports)) {
    // Those of React and of one script tag are shown elsewhere; the inline engine has the names of the main entry.
    if (!file?.endsWith(".js") || ["./react", "./auto", "./inline"].includes(path)) continue;
    found.set(`reshelf${path.slice(1)}`, Object.keys(await import(join(root, "pkg", file))));
  }
  return found;
}

/** All of them, in the shape of `snippets`. */
export async function examples() {
  const entries = await exported();
  const files = readdirSync(join(root, "pkg/src"), { recursive: true }).filter(name => name.endsWith(".ts")).toSorted();
  return files.flatMap(name => {
    const text = read(`pkg/src/${name}`);
    return [...text.matchAll(/^ *\* @example\n((?: *\*(?: (?!@).*)?\n)+?)(?= *\*(?:\/| @))/gm)].map(({ 1: lines, index }) => {
      const body = lines.replace(/^ *\* ?/gm, "");
      const imports = [...entries].flatMap(([entry, names]) => {
        const used = names.filter(called => new RegExp(`\\b${called}\\b`).test(body));
        // The page's own entry first: others hand on some of its names.
        return used.length > 0 && (entry !== "reshelf/testing" || !/\bcreateReshelf\b/.test(body)) ? [`import { ${used.join(", ")} } from "${entry}";\n`] : [];
      });
      const line = text.slice(0, index).split("\n").length;
      if (imports.length === 0) throw new Error(`the example of ${name} uses nothing of the package`);
      return { document: `pkg/src/${name}`, line, language: "js", stage: STAGES[name] ?? "ready", code: `${imports.join("")}${body}`, file: `snippet-${line}.js` };
    });
  });
}
