// The reference: what the type declarations of the package say, as Markdown, one
// file for each entry that `exports` names. TypeDoc reads them with a TypeScript
// of this folder's own: it needs the compiler's JavaScript API, which the
// TypeScript that the package is built with no longer has.
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application, ReflectionKind } from "typedoc";

const here = dirname(fileURLToPath(import.meta.url));
const pkg = join(here, "../../pkg");

/** Where `writeReference` puts it. */
export const reference = join(here, "reference");

/** Entries with types, as `import` names them, and the files of their pages. */
export function entries() {
  const { exports } = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8"));
  return Object.entries(exports)
    .filter(([, target]) => target.types)
    .map(([path, { types }]) => ({
      name: join("reshelf", path),
      types: join(pkg, types),
      page: types.replace(/^\.\/dist\//, "").replace(/\.d\.ts$/, ".md"),
    }));
}

/** Writes the reference anew; a mistake in a documentation comment is an error. */
export async function writeReference() {
  rmSync(reference, { recursive: true, force: true });
  const app = await Application.bootstrapWithPlugins({
    plugin: ["typedoc-plugin-markdown"],
    entryPoints: entries().map(({ types }) => types),
    tsconfig: join(here, "tsconfig.json"),
    basePath: join(pkg, "dist"),
    outputs: [{ name: "markdown", path: reference }],
    outputFileStrategy: "modules",
    readme: "none",
    disableSources: true,
    excludeExternals: true,
    hidePageTitle: true,
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    parametersFormat: "table",
    interfacePropertiesFormat: "table",
    classPropertiesFormat: "table",
    typeAliasPropertiesFormat: "table",
    typeDeclarationFormat: "table",
    groupOrder: ["Functions", "Interfaces", "Type Aliases", "Classes", "*"],
    sort: ["source-order"],
    logLevel: "Warn",
  });
  const project = await app.convert();
  if (!project) throw new Error("The reference could not be made: TypeDoc could not read the type declarations of pkg/dist.");
  // `reshelf/auto` adds to the browser's Window, whose constructor is none of ours.
  for (const variable of project.getReflectionsByKind(ReflectionKind.Variable)) if (variable.name === "Window") project.removeReflection(variable);
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) throw new Error("The reference could not be made; TypeDoc says why above.");
}
