// Printing and running: what every script of this folder shares.
// A failure a person can act on is a `Stop`: one sentence, no stack.
import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
export const logs = resolve(root, "target/logs");

/** One sentence for the person at the terminal; `main` prints it and exits 1. */
export class Stop extends Error {}

export const say = text => process.stdout.write(`${text}\n`);

/** Seconds since `start` (a `performance.now()` reading), for progress lines. */
export const seconds = start => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** Output of a command, trimmed, or undefined when it is missing or fails. */
export function read(command, args, options = {}) {
  const run = spawnSync(command, args, { encoding: "utf8", timeout: 20_000, ...options });
  return run.status === 0 ? run.stdout.trim() : undefined;
}

/**
 * Runs a command with a time limit. Its output goes to the terminal when `show`
 * is set, otherwise to a log file that the error names; a dot every ten seconds
 * shows that a long step is alive.
 * Resolves to the captured output, rejects with a `Stop`.
 */
export function run(command, args, { minutes = 10, env = {}, cwd = root, show = false, log = command } = {}) {
  mkdirSync(logs, { recursive: true });
  const path = resolve(logs, `${log.replace(/[^\w.-]+/g, "_")}.log`);
  const file = createWriteStream(path);
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const take = chunk => {
      output += chunk;
      file.write(chunk);
      if (show) process.stdout.write(chunk);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    const alive = show ? undefined : setInterval(() => process.stdout.write("."), 10_000);
    const limit = setTimeout(() => child.kill("SIGKILL"), minutes * 60_000);
    const end = error => {
      clearInterval(alive);
      clearTimeout(limit);
      file.end();
      if (error) fail(Object.assign(new Stop(error), { output }));
      else done(output);
    };
    child.on("error", error => end(`'${command}' could not be started: ${error.message}`));
    child.on("close", (code, signal) => {
      if (code === 0) return end();
      const how = signal ? `was ended by ${signal} (limit: ${minutes} min)` : `ended with code ${code}`;
      const tail = show ? "" : `\n${output.trimEnd().split("\n").slice(-15).join("\n")}`;
      end(`'${command} ${args.join(" ")}' ${how}; its whole output is in ${path}${tail}`);
    });
  });
}

/** Runs a script's entry function; a `Stop` becomes one message and exit code 1. */
export function main(entry) {
  entry().catch(error => {
    process.stderr.write(`\n${error instanceof Stop ? error.message : error.stack}\n`);
    process.exitCode = 1;
  });
}
