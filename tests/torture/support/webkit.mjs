// WebKit, Safari's engine, by its own WebDriver, spoken to with plain HTTP. The
// browser needs a display, so it gets a virtual one, and a message bus.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const DRIVER = "/usr/bin/WebKitWebDriver";
const NEEDED = [
  ["WebKitWebDriver", DRIVER],
  ["Xvfb", "/usr/bin/Xvfb"],
  ["dbus-run-session", "/usr/bin/dbus-run-session"],
];
const STARTS_WITHIN_MS = 30_000;

/** The browser beside the driver: in the folder of whichever version of the library is installed. */
const browser = () =>
  ["4.1", "4.0"].flatMap(version => ["x86_64", "aarch64"].map(machine => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${version}/MiniBrowser`)).find(path => existsSync(path));

/** What is missing on this machine, in words, or undefined. */
export function missingForWebKit() {
  const missing = NEEDED.filter(([, path]) => !existsSync(path)).map(([name]) => name);
  if (!browser()) missing.push("MiniBrowser");
  return missing.length > 0 ? `${missing.join(", ")} not on this machine: 'apt-get install webkit2gtk-driver xvfb dbus' brings ${missing.length > 1 ? "them" : "it"}.` : undefined;
}

/** A port nobody listens on now. */
async function freePort() {
  const server = createServer();
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise(done => server.close(done));
  return port;
}

/** A display number no server has taken: its lock file would be there. */
const freeDisplay = () => Array.from({ length: 200 }, (_, at) => 90 + at).find(number => !existsSync(`/tmp/.X${number}-lock`));

/** Starts display, bus and driver, and opens one session. */
export async function openWebKit() {
  const display = `:${freeDisplay()}`;
  const port = await freePort();
  // Each leads a process group, so that nothing of it stays behind.
  const start = (command, args, env = {}) => spawn(command, args, { detached: true, stdio: "ignore", env: { ...process.env, ...env } });
  const screen = start("Xvfb", [display, "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
  // The sandbox needs what containers and root do not give it; the pages are ours.
  const driver = start("dbus-run-session", ["--", DRIVER, `--port=${port}`], { DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", NO_AT_BRIDGE: "1" });
  const end = () => {
    for (const { pid } of [driver, screen]) {
      try {
        process.kill(-pid, "SIGKILL");
      } catch {
        // It had ended.
      }
    }
  };
  const base = `http://127.0.0.1:${port}`;
  try {
    await answering(base);
    const options = { binary: browser(), args: ["--automation"] };
    const { sessionId } = await ask(base, "POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } } });
    return new WebKit(`${base}/session/${sessionId}`, end);
  } catch (error) {
    end();
    throw error;
  }
}

async function answering(base) {
  const begin = performance.now();
  for (;;) {
    if (await fetch(`${base}/status`).then(({ ok }) => ok, () => false)) return;
    if (performance.now() - begin > STARTS_WITHIN_MS) throw new Error("WebKitWebDriver did not start");
    await pause(100);
  }
}

async function ask(base, method, path, body) {
  const response = await fetch(`${base}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`WebKit: ${method} ${path}: ${value?.error}: ${value?.message}`);
  return value;
}

class WebKit {
  #base;
  #end;

  constructor(base, end) {
    this.#base = base;
    this.#end = end;
  }

  /** Handle of the window that commands go to now. */
  current() {
    return ask(this.#base, "GET", "/window");
  }

  async newWindow(type = "window") {
    const { handle } = await ask(this.#base, "POST", "/window/new", { type });
    return handle;
  }

  switchTo(handle) {
    return ask(this.#base, "POST", "/window", { handle });
  }

  go(url) {
    return ask(this.#base, "POST", "/url", { url });
  }

  /** Clicks the first such element as a person does; ` >>> ` goes into an open shadow root. */
  async click(selector) {
    const script = `return arguments[0].reduce((root, part) => (root.shadowRoot ?? root).querySelector(part), document);`;
    const element = await ask(this.#base, "POST", "/execute/sync", { script, args: [selector.split(" >>> ")] });
    // The protocol's own name of a reference is the object's only key.
    const [reference] = Object.values(element);
    await ask(this.#base, "POST", `/element/${reference}/click`, {});
  }

  /** Closes the current window. */
  closeWindow() {
    return ask(this.#base, "DELETE", "/window");
  }

  setTimeouts(script) {
    return ask(this.#base, "POST", "/timeouts", { script });
  }

  /** Runs an async function of the page with these arguments; what it resolves to. */
  async run(work, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      (${work})(...Array.prototype.slice.call(arguments, 0, -1)).then(value => done({ value }), error => done({ error: String(error && error.stack || error) }));`;
    const { value, error } = await ask(this.#base, "POST", "/execute/async", { script, args });
    if (error) throw new Error(`in WebKit: ${error}`);
    return value;
  }

  async close() {
    await Promise.race([ask(this.#base, "DELETE", "").catch(() => {}), pause(5_000, undefined, { ref: false })]);
    this.#end();
  }
}
