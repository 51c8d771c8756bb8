// A page with consent platforms made by hand, and the module that listens to them.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import fc from "fast-check";

// The source itself: the built package does not hand this module out.
export const entry = fileURLToPath(new URL("../../pkg/src/consent/watch.ts", import.meta.url));
export const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", write: false, logLevel: "error" });
export const { watchConsent } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);

// ---------------------------------------------------------------- the page

export const fakes = ["window", "document", "navigator"];
export const own = new Map(fakes.map(name => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
export const touched = [];
export let stops = [];

/** What is still waited for: nothing, after a stop. */
export const waiting = new Set();

export class Target extends EventTarget {
  addEventListener(type, listener) {
    waiting.add(listener);
    super.addEventListener(type, listener);
  }
  removeEventListener(type, listener) {
    waiting.delete(listener);
    super.removeEventListener(type, listener);
  }
}

/** The clock of `mock.timers`, which does not say what is pending. */
export function countTimers() {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  globalThis.setTimeout = (run, milliseconds) => {
    const timer = set(() => (waiting.delete(timer), run()), milliseconds);
    waiting.add(timer);
    return timer;
  };
  globalThis.clearTimeout = timer => (waiting.delete(timer), clear(timer));
}

export const put = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

beforeEach(() => {
  countTimers();
  touched.length = 0;
  const document = new Target();
  for (const name of ["cookie", "documentElement", "createElement"]) {
    Object.defineProperty(document, name, { get: () => touched.push(`document.${name}`) });
  }
  const window = new Target();
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches", "cookieStore", "fetch", "XMLHttpRequest"]) {
    Object.defineProperty(window, name, { get: () => touched.push(`window.${name}`) });
  }
  put("window", window);
  put("document", document);
  put("navigator", {});
});

afterEach(() => {
  for (const stop of stops) stop();
  stops = [];
  const left = waiting.size;
  waiting.clear();
  mock.timers.reset();
  for (const [name, descriptor] of own) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else delete globalThis[name];
  }
  assert.deepEqual(touched, [], "neither storage nor network");
  assert.equal(left, 0, "no timer and no listener after a stop");
});

/** Starts watching; the array grows with each signal. */
export function listen(options) {
  const heard = [];
  const stop = watchConsent(signal => heard.push(signal), options);
  stops.push(stop);
  return { heard, stop };
}

/** Google's own snippet: what is pushed is an `arguments` object. */
export function gtag() {
  return window.dataLayer.push(arguments);
}
export const settings = (value, more) => ({
  ad_storage: "denied",
  ad_user_data: "denied",
  ad_personalization: "denied",
  analytics_storage: "granted",
  functionality_storage: "granted",
  security_storage: "granted",
  ...(value === undefined ? {} : { personalization_storage: value }),
  ...more,
});

/** A consent platform with the queue stub of the specification, until `load()`. */
export function tcfPlatform() {
  const queue = [];
  const listeners = new Map();
  const removed = [];
  const platform = {
    removed,
    asked: [],
    install() {
      window.__tcfapi = (...call) => {
        platform.asked.push(call[0]);
        queue.push(call);
      };
      return platform;
    },
    load() {
      window.__tcfapi = (command, version, callback, parameter) => {
        assert.equal(version, 2);
        if (command === "addEventListener") listeners.set(listeners.size, callback);
        else if (command === "removeEventListener") {
          removed.push(parameter);
          callback(listeners.delete(parameter));
        } else assert.fail(`unexpected ${command}`);
      };
      for (const call of queue.splice(0)) window.__tcfapi(...call);
      return platform;
    },
    say(data, success = true) {
      for (const [listenerId, callback] of [...listeners]) callback(data && { ...data, listenerId }, success);
    },
  };
  return platform;
}
export const tcData = (eventStatus, purposes, more) => ({
  tcString: "CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA",
  tcfPolicyVersion: 4,
  cmpId: 1000,
  cmpVersion: 1000,
  gdprApplies: true,
  eventStatus,
  cmpStatus: "loaded",
  isServiceSpecific: true,
  purpose: { consents: Object.fromEntries(purposes.map(purpose => [purpose, true])), legitimateInterests: { 2: true } },
  vendor: { consents: {}, legitimateInterests: {} },
  ...more,
});

export function shopifyApi(allowed) {
  return {
    analyticsProcessingAllowed: () => true,
    marketingAllowed: () => true,
    saleOfDataAllowed: () => true,
    preferencesProcessingAllowed: () => allowed,
  };
}
export const shopperChose = detail => document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail }));
