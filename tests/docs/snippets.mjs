// Every snippet of every document, and the project that those of one document
// make together. A fence says the language and, after it, the stage on which the
// snippet is run (`stages.mjs`), which no renderer shows; a first line that is a
// comment with a file's name is that name.
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "svelte/compiler";
import { compileScript, parse } from "vue/compiler-sfc";
import { examples } from "./examples.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url));

const documents = ["README.md", "pkg/README.md", "cli/README.md", "www/README.md", "SECURITY.md", "CONTRIBUTING.md", ...readdirSync(join(root, "docs"), { recursive: true }).filter(name => name.endsWith(".md")).map(name => `docs/${name}`)];

/** Languages that become modules. */
const MODULES = ["js", "jsx", "ts", "tsx", "vue", "svelte"];

/** All snippets: `{ document, line, language, stage, code, file }`, in the order of the documents; then the examples of the sources. */
export const snippets = documents.flatMap(document => {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/^```([^\n]*)\n([^]*?)^```$/gm)].map(([, info, code, ], index, all) => {
    const [language, stage = "alone"] = info.split(" ");
    const line = text.slice(0, all[index].index).split("\n").length;
    const [, named] = /^(?:\/\/|<!--) ([\w./-]+\.\w+)(?: -->)?\n/.exec(code) ?? [];
    return { document, line, language, stage, code, file: named ?? `snippet-${line}.${language}` };
  });
}).concat(await examples());

export const isModule = ({ language }) => MODULES.includes(language);

const folderOf = document => document.replace(/[^\w]+/g, "-");

/** A single-file component as the module that Vue's own build makes of it, or without its template: that is compiled to untyped code. */
function compiledVue({ code, file }, inlineTemplate) {
  const { descriptor, errors } = parse(code, { filename: file });
  if (errors.length > 0) throw errors[0];
  // As docs/elements.md has it.
  const templateOptions = { compilerOptions: { isCustomElement: tag => tag.startsWith("reshelf-") } };
  return compileScript(descriptor, { id: file, inlineTemplate, isProd: true, templateOptions }).content;
}

const asModule = {
  vue: snippet => compiledVue(snippet, true),
  svelte: ({ code, file }) => compile(code, { filename: file, generate: "client" }).js.code,
};

/** What snippets use without saying where it comes from: what their stages provide. */
const GLOBALS = `
declare const shop: import("reshelf").Reshelf;
declare const products: { sku: string; name: string; category: string[]; brand: string; price: number }[];
declare const results: { sku: string }[];
declare function render(products: unknown): void;
declare const search: any;
declare const hits: any;
declare function register(extension: (api: any) => void): void;
declare module "@vitejs/plugin-vue";
`;

/**
 * Writes all modules below `folder`, one project a document, with two
 * configurations for the type checker: TypeScript strictly, JavaScript as far as
 * its callers can be checked. Sets `path` of each snippet.
 */
export function writeProjects(folder) {
  symlinkSync(join(root, "tests/docs/node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "globals.d.ts"), GLOBALS);
  for (const snippet of snippets.filter(isModule)) {
    snippet.path = join(folder, folderOf(snippet.document), snippet.file);
    if (existsSync(snippet.path)) throw new Error(`${snippet.document} has two snippets named ${snippet.file}`);
    mkdirSync(dirname(snippet.path), { recursive: true });
    writeFileSync(snippet.path, asModule[snippet.language]?.(snippet) ?? snippet.code);
    // The type checker takes this one for it, the bundler the other.
    if (snippet.language === "vue") writeFileSync(`${snippet.path}.ts`, compiledVue(snippet, false));
  }
  const common = { target: "es2022", module: "esnext", moduleResolution: "bundler", moduleDetection: "force", lib: ["es2023", "dom", "dom.iterable"], jsx: "react-jsx", types: ["node"], typeRoots: [join(root, "node_modules/@types")], skipLibCheck: true, noEmit: true };
  const write = (name, options, include) => writeFileSync(join(folder, name), JSON.stringify({ compilerOptions: { ...common, ...options }, include: ["globals.d.ts", ...include] }));
  write("typescript.json", { strict: true, noImplicitAny: false }, ["**/*.ts", "**/*.tsx"]);
  write("javascript.json", { allowJs: true, checkJs: true, strict: false }, ["**/*.js", "**/*.jsx"]);
}
