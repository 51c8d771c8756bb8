// From a bare machine to a working workshop. Each step looks for its result
// before it works, so that a second run costs a moment.
//
//   node scripts/setup.mjs start    what building and serving needs
//   node scripts/setup.mjs test     that, browsers, test runners, Apache Spark and what fuzzing needs
//   node scripts/setup.mjs spark    what building needs, and Apache Spark
//   node scripts/setup.mjs fuzz     what fuzzing needs
//   node scripts/setup.mjs mutants  what mutation testing needs
//   node scripts/setup.mjs torture  all of it, and WebKit
//
// Tools of our own go to one cache folder (RESHELF_TOOLS, by default
// ~/.cache/reshelf), never over what the machine's owner has installed.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, platform, tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Stop, main, read, root, run, say, seconds } from "./terminal.mjs";

// The library in Cargo.toml and the command must be the same release: the
// generated glue is checked for it.
const WASM_BINDGEN = "0.2.130";
const WASM_PACK = "0.15.1";
const CARGO_FUZZ = "0.13.2";
const CARGO_MUTANTS = "27.1.0";
const PYSPARK = "4.0.1";
const TARGET = "wasm32-unknown-unknown";

const tools = process.env.RESHELF_TOOLS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "reshelf");
const bin = join(tools, "bin");
const exe = platform() === "win32" ? ".exe" : "";
process.env.PATH = [bin, process.env.PATH].join(delimiter);

// ---------------------------------------------------------------- compiler

/**
 * True when this toolchain (undefined: the default one) has a std for wasm32,
 * which the tests link, and std's source, which the shipped engine compiles
 * along for size.
 */
function compilesWasm(toolchain) {
  const env = toolchain ? { ...process.env, RUSTUP_TOOLCHAIN: toolchain } : process.env;
  const folder = read("rustc", ["--print", "target-libdir", "--target", TARGET], { env });
  const sysroot = read("rustc", ["--print", "sysroot"], { env });
  return !!folder && hasStd(folder) && existsSync(join(sysroot, "lib/rustlib/src/rust/library/std/Cargo.toml"));
}

const hasStd = folder => existsSync(folder) && readdirSync(folder).some(name => /^libstd-.*\.rlib$/.test(name));

/** Environment that makes cargo build for wasm: `{}`, or a linked toolchain. */
export function wasmCompiler() {
  if (compilesWasm()) return {};
  if (read("rustup", ["--version"]) && compilesWasm("debian")) return { RUSTUP_TOOLCHAIN: "debian" };
  return undefined;
}

async function installWasmCompiler() {
  if (read("rustup", ["--version"])) {
    say(`    rustup target add ${TARGET}, rustup component add rust-src …`);
    try {
      for (const what of [["target", "add", TARGET], ["component", "add", "rust-src"]]) {
        await run("rustup", what, { minutes: 3, env: { RUSTUP_MAX_RETRIES: "1" }, log: `rustup-${what[0]}` });
      }
      if (wasmCompiler()) return;
    } catch {
      say("    rustup cannot reach its server; trying the system's packages");
    }
  }
  if (!read("apt-cache", ["policy", "rustc-web"])?.includes("Candidate:")) await aptUpdate();
  if (!/Candidate: \d/.test(read("apt-cache", ["policy", "rustc-web"]) ?? "")) {
    throw new Stop(`Reshelf needs Rust's ${TARGET} target, and neither rustup nor this system's packages offer it: run 'rustup target add ${TARGET}' where the network allows it, then start again.`);
  }
  await apt("rustc-web", "cargo-web", "rust-web-src", "lld-22");
  await buildStd();
  if (read("rustup", ["--version"])) await run("rustup", ["toolchain", "link", "debian", "/usr"]);
}

/**
 * Debian's compiler comes without a std for wasm32, but with its source, so it
 * is built here, once.
 */
async function buildStd() {
  const rustc = "/usr/bin/rustc";
  const sysroot = read(rustc, ["--print", "sysroot"]);
  const libraries = join(sysroot, "lib/rustlib", TARGET, "lib");
  const host = /host: (.*)/.exec(read(rustc, ["-vV"]))[1];
  const linkers = join(sysroot, "lib/rustlib", host, "bin");
  const linker = ["/usr/bin/wasm-ld-22", "/usr/bin/wasm-ld"].find(path => existsSync(path));
  if (!existsSync(join(linkers, "rust-lld"))) {
    mkdirSync(linkers, { recursive: true });
    symlinkSync(linker, join(linkers, "rust-lld"));
  }
  if (hasStd(libraries)) return;
  const crate = mkdtempSync(join(tmpdir(), "reshelf-std-"));
  mkdirSync(join(crate, "src"));
  writeFileSync(join(crate, "Cargo.toml"), '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[profile.release]\npanic = "abort"\n');
  writeFileSync(join(crate, "src/lib.rs"), "");
  // `test` is among them because wasm-pack's test harness links it.
  await run("/usr/bin/cargo", ["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,test"], {
    cwd: crate,
    env: { RUSTC_BOOTSTRAP: "1", RUSTC: rustc, CARGO_TARGET_DIR: join(crate, "target") },
    log: "build-std",
  });
  const built = join(crate, "target", TARGET, "release/deps");
  mkdirSync(libraries, { recursive: true });
  for (const name of readdirSync(built)) {
    if (name.endsWith(".rlib") && !name.startsWith("libempty")) copyFileSync(join(built, name), join(libraries, name));
  }
}

// ---------------------------------------------------------------- packages

const isRoot = () => process.getuid?.() === 0;

async function asRoot(command, args, options) {
  if (isRoot()) return run(command, args, options);
  if (read("sudo", ["-n", "true"]) === undefined) {
    throw new Stop(`This needs the system's packages, which only an administrator may install: run 'sudo ${command} ${args.join(" ")}', then start again.`);
  }
  return run("sudo", ["-n", command, ...args], options);
}

let updated = false;
async function aptUpdate() {
  if (updated) return;
  say("    apt-get update …");
  await asRoot("apt-get", ["update"], { minutes: 5, log: "apt-update" });
  updated = true;
}

async function apt(...packages) {
  if (!read("apt-get", ["--version"])) {
    throw new Stop(`These are missing and this system has no apt to install them: ${packages.join(", ")}. Install them by hand (CONTRIBUTING.md lists what each is for), then start again.`);
  }
  await aptUpdate();
  say(`    apt-get install ${packages.join(" ")} …`);
  await asRoot("apt-get", ["install", "--yes", "--no-install-recommends", ...packages], {
    minutes: 15,
    env: { DEBIAN_FRONTEND: "noninteractive" },
    log: `apt-${packages[0]}`,
  });
}

/** `cargo install` into our own folder, with the machine's default compiler. */
function cargoInstall(name, version, ...flags) {
  return run("cargo", ["install", name, ...(version ? ["--version", version] : []), "--root", tools, ...flags], {
    minutes: 20,
    env: { CARGO_TARGET_DIR: join(tools, "target") },
    cwd: tmpdir(),
    log: `install-${name}`,
  });
}

// ---------------------------------------------------------------- browsers

const first = (...candidates) => {
  for (const candidate of candidates) {
    if (!candidate) continue;
    if (candidate.includes("/") || candidate.includes("\\")) {
      if (existsSync(candidate)) return candidate;
    } else {
      const found = read(platform() === "win32" ? "where" : "which", [candidate]);
      if (found) return found.split("\n")[0];
    }
  }
  return undefined;
};

/** Where the browsers and their drivers are; a missing one is undefined. */
export const browsers = {
  chrome: () => first(process.env.CHROME_PATH, "chromium", "google-chrome", "chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
  chromedriver: () => first(process.env.CHROMEDRIVER, "chromedriver"),
  firefox: () => first(process.env.FIREFOX_PATH, "firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"),
  geckodriver: () => first(process.env.GECKODRIVER, join(bin, `geckodriver${exe}`), "geckodriver"),
};

// ------------------------------------------------------------------- steps

const has = (command, version) => read(command, ["--version"])?.includes(version) ?? false;

/** Packages of a folder's lock file, installed when they are others than last time. */
function npmPackages(what, folder, ...options) {
  const [lock, installed] = [resolve(root, folder, "package-lock.json"), resolve(root, folder, "node_modules/.reshelf-lock")];
  return {
    what,
    done: () => existsSync(installed) && readFileSync(installed, "utf8") === readFileSync(lock, "utf8"),
    work: async () => {
      await run("npm", ["ci", "--no-audit", "--no-fund", ...options], { minutes: 10, cwd: resolve(root, folder), log: `npm-ci-${what}` });
      copyFileSync(lock, installed);
    },
  };
}

const forStart = [
  npmPackages("npm packages", "."),
  { what: `Rust for ${TARGET}`, done: () => !!wasmCompiler(), work: installWasmCompiler },
  {
    // Without --locked: the lock file of this release names a version of a TLS
    // root crate that the registry does not have. No TLS is needed here anyway.
    what: `wasm-bindgen ${WASM_BINDGEN}`,
    done: () => has(join(bin, `wasm-bindgen${exe}`), WASM_BINDGEN),
    work: () => cargoInstall("wasm-bindgen-cli", WASM_BINDGEN, "--no-default-features", "--force"),
  },
];

const forTest = [
  ...forStart,
  // In a workspace of their own, so that `npm start` need not wait for them.
  npmPackages("bundlers", "tests/packaging", "--ignore-scripts"),
  npmPackages("what snippets of the documentation use", "tests/docs", "--ignore-scripts"),
  {
    what: "Chromium and its driver",
    done: () => !!browsers.chrome() && !!browsers.chromedriver(),
    work: () => apt("chromium", "chromium-driver", "fonts-dejavu-core"),
  },
  { what: "Firefox", done: () => !!browsers.firefox(), work: () => apt("firefox-esr") },
  { what: "geckodriver", done: () => !!browsers.geckodriver(), work: () => cargoInstall("geckodriver", undefined, "--locked") },
  {
    what: `wasm-pack ${WASM_PACK}`,
    done: () => has(join(bin, `wasm-pack${exe}`), WASM_PACK),
    work: () => cargoInstall("wasm-pack", WASM_PACK, "--locked", "--force"),
  },
];

/** A command of cargo in our own folder, which is on the path. */
const cargoCommand = (name, version) => ({
  what: `${name} ${version}`,
  // As cargo calls it: alone, not each of them knows the option.
  done: () => read(join(bin, `${name}${exe}`), [name.replace("cargo-", ""), "--version"])?.includes(version) ?? false,
  work: () => cargoInstall(name, version, "--locked", "--force"),
});

const forFuzz = [
  // libFuzzer is C++ and compiled along.
  { what: "C++ compiler", done: () => !!first("c++", "g++", "clang++"), work: () => apt("g++") },
  cargoCommand("cargo-fuzz", CARGO_FUZZ),
];

const forMutants = [cargoCommand("cargo-mutants", CARGO_MUTANTS)];

/** Safari's engine with a driver of its own, which needs a display and a message bus. */
const WEBKIT = ["WebKitWebDriver", "Xvfb", "dbus-run-session"];
const forWebKit = [
  { what: "WebKit and its driver", done: () => WEBKIT.every(command => first(command)), work: () => apt("webkit2gtk-driver", "xvfb", "dbus") },
];

/** The major version of the Java that Spark would start; 0 without one. */
function javaVersion() {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", `java${exe}`) : "java";
  return Number(/^openjdk (\d+)|^java (\d+)/m.exec(read(java, ["--version"]) ?? "")?.slice(1).find(Boolean) ?? 0);
}

/** Apache Spark's Python in an environment of its own: it brings Spark along, and wants Java. */
export const sparkPython = join(tools, `spark-${PYSPARK}`, platform() === "win32" ? "Scripts/python.exe" : "bin/python");

async function installSpark() {
  const python = first("python3", "python");
  if (!python) throw new Stop("The comparison with Apache Spark needs Python 3.9 or newer: install it, then start again.");
  const folder = join(tools, `spark-${PYSPARK}`);
  // Debian keeps the module that makes environments in a package of its own.
  await run(python, ["-m", "venv", "--clear", folder], { minutes: 3, log: "spark-venv" }).catch(async () => {
    await apt("python3-venv");
    await run(python, ["-m", "venv", "--clear", folder], { minutes: 3, log: "spark-venv" });
  });
  say("    pip install pyspark: some 400 MB …");
  await run(sparkPython, ["-m", "pip", "install", "--quiet", `pyspark==${PYSPARK}`], { minutes: 15, log: "spark-pip" }).catch(error => {
    throw new Stop(`Apache Spark could not be installed: ${error.message}\nIt comes from the Python package index: where that cannot be reached, 'npm test' cannot compare the two databases.`);
  });
}

const forSpark = [
  { what: "Java 17 or newer", done: () => javaVersion() >= 17, work: () => apt("openjdk-17-jre-headless") },
  { what: `Apache Spark ${PYSPARK}`, done: () => !!read(sparkPython, ["-c", "import pyspark; print(pyspark.__version__)"])?.includes(PYSPARK), work: installSpark },
];

const purposes = {
  start: forStart,
  spark: [...forStart, ...forSpark],
  test: [...forTest, ...forFuzz, ...forSpark],
  fuzz: forFuzz,
  mutants: forMutants,
  torture: [...forTest, ...forFuzz, ...forMutants, ...forWebKit],
};

/** Makes the machine ready for one of `purposes`; prints a line a step. */
export async function setup(purpose = "start") {
  const [major] = process.versions.node.split(".");
  if (Number(major) < 20) throw new Stop(`Reshelf needs Node 20 or newer; this is ${process.version}.`);
  if (!read("cargo", ["--version"]) && !read("apt-get", ["--version"])) {
    throw new Stop("Reshelf needs Rust: install it with rustup (rust-lang.org/tools/install), then start again.");
  }
  for (const { what, done, work } of purposes[purpose] ?? forStart) {
    if (done()) {
      say(`  ✓ ${what}`);
      continue;
    }
    const start = performance.now();
    say(`  … ${what}`);
    await work();
    if (!done()) throw new Stop(`Setting up '${what}' ended without an error but also without a result; the logs are in target/logs.`);
    say(`\r  ✓ ${what} (${seconds(start)})`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(() => setup(process.argv[2]));
