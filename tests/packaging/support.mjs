// What the tests of this folder share: the packed tarball, installed as a
// stranger would, a server for what was built of it, and a browser.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { browsers } from "../../scripts/setup.mjs";

export const here = fileURLToPath(new URL(".", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

export function run(command, args, cwd, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8", timeout: 240_000, env: { ...process.env, ...env } });
  assert.equal(status, 0, `${command} ${args.join(" ")}\n${error ?? ""}${stdout}${stderr}`);
  return stdout;
}

/** Parcel reads `exports` only when told so: parceljs.org/features/dependency-resolution/#enabling-package-exports */
const PARCEL = { "@parcel/resolver-default": { packageExports: true } };

/** A folder for projects, with the tarball installed in one that others are copied from. */
export function workplace() {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "reshelf-packaging-")));
  const installed = join(home, "installed");
  const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", home], resolve(here, "../../pkg")));
  mkdirSync(installed);
  writeFileSync(join(installed, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module", ...PARCEL }));
  run("npm", ["install", join(home, filename), "--offline", "--no-audit", "--no-fund"], installed);
  return {
    home,
    installed,
    /** A project of a stranger's with the tarball installed, an app of this folder in it, and links to these packages in this folder. */
    project(name, app = "app", packages = {}) {
      const folder = join(home, name);
      cpSync(installed, folder, { recursive: true });
      cpSync(join(here, app), folder, { recursive: true });
      for (const [name, path] of Object.entries(packages)) symlinkSync(join(here, path), join(folder, "node_modules", name));
      return folder;
    },
    clean: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Files under a folder that end so. */
export const found = (folder, ending) => readdirSync(folder, { recursive: true }).filter(name => name.endsWith(ending));

/** Serves a folder, with a policy if asked. */
export async function host(folder, policy) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = join(folder, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(path)) return response.writeHead(404).end();
    if (policy) response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream").end(readFileSync(path));
  });
  await new Promise(done => server.listen(0, "localhost", done));
  return { address: `http://localhost:${server.address().port}/`, close: () => new Promise(done => (server.close(done), server.closeAllConnections())) };
}

export function openBrowser() {
  const executablePath = browsers.chrome();
  assert.ok(executablePath, "These tests need Chromium: run 'node scripts/setup.mjs test' first.");
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/** The installed packages of each React that is tried, by their names. */
export const REACTS = {
  "React 19": { react: "node_modules/react", "react-dom": "node_modules/react-dom" },
  "React 18": { react: "react18/node_modules/react", "react-dom": "react18/node_modules/react-dom" },
};
