// Random lives of pages in Chromium: hidden, minimised, frozen, left for the
// back-forward cache, routed. The dwell the package files is held against what
// an independent recorder in the page saw, and the recorder against the
// commands that were given. One script again:
//
//   node tests/torture/browsers.mjs dwell 1 --seed 17
import { setTimeout as pause } from "node:timers/promises";
import { openChromium, openShop, ready } from "./support/chromium.mjs";
import { compareDwell } from "./dwell-truth.mjs";
import { scriptOf } from "./dwell-script.mjs";
import { figure, largest, missing, progress, quantile, range, rounded, sum } from "./support/figures.mjs";
import { openTruth, until } from "./support/truth.mjs";

/** Windows at once: each has a visibility of its own. More would only disturb each other's clocks. */
const WINDOWS = 4;
const MOST_ERROR_MS = 250;
const MOST_TOTAL_PERCENT = 1;
/** A recorder that learns of a command later than this did not record the command. */
const PATIENCE_MS = 5_000;
const CLOCK_GRAIN_MS = 5;

/** What each step does to the browser, and the report that proves it happened. */
const STEPS = {
  hideByTab: { act: seat => seat.chromium.activate(seat.other), proof: hidden },
  showByTab: { act: seat => seat.chromium.activate(seat.page), proof: visible },
  minimise: { act: seat => seat.chromium.setWindow(seat.page, "minimized"), proof: hidden },
  restore: { act: seat => seat.chromium.setWindow(seat.page, "normal"), proof: visible },
  freeze: { act: seat => seat.session.send("Page.setWebLifecycleState", { state: "frozen" }), proof: ({ what }) => what === "freeze" },
  resume: { act: seat => seat.session.send("Page.setWebLifecycleState", { state: "active" }), proof: ({ what }) => what === "resume" },
  leave: { act: (seat, { away }) => seat.run(`setTimeout(() => { location.href = ${JSON.stringify(away)}; }, 0)`), proof: ({ what, persisted }) => what === "pagehide" && persisted },
  back: { act: seat => seat.run("setTimeout(() => history.back(), 0)"), proof: ({ what }) => what === "pageshow" },
  route: { act: (seat, { item }) => seat.run(`reader.route(${JSON.stringify(item)})`), proof: ({ what }) => what === "route" },
  input: { act: moveMouse, proof: ({ what }) => what === "input" },
  idle: { act: () => {} },
};

function hidden({ what, visible }) {
  return what === "visibilitychange" && !visible;
}

function visible({ what, visible }) {
  return what === "visibilitychange" && visible;
}

let moves = 0;
async function moveMouse({ session }) {
  moves += 1;
  await session.send("Input.dispatchMouseEvent", { type: "mouseMoved", x: 20 + (moves % 50) * 5, y: 30 + (moves % 30) * 5 });
}

/** A window with the page that is tried and another tab to hide it behind. */
async function takeSeat(chromium) {
  const page = await chromium.newWindow();
  const other = await chromium.newTab();
  const session = await page.createCDPSession();
  const run = async expression => {
    const { exceptionDetails } = await session.send("Runtime.evaluate", { expression, userGesture: true });
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
  };
  /** Why the browser did not use its back-forward cache. */
  const refusals = [];
  session.on("Page.backForwardCacheNotUsed", ({ notRestoredExplanations }) => refusals.push(...notRestoredExplanations.map(({ reason }) => reason)));
  await session.send("Page.enable");
  return { chromium, page, other, session, run, refusals };
}

/** Plays one script; what the recorder told, and how long after each command it did. */
async function play(seat, truth, script) {
  const told = [];
  const reports = () => truth.log.filter(entry => entry.kind === "life" && entry.script === String(script.seed));
  const give = async (step, proof, act) => {
    const sent = Date.now();
    await act();
    if (!proof) return;
    const proven = await until(() => reports().find(entry => entry.at >= sent - CLOCK_GRAIN_MS && proof(entry)), { ms: PATIENCE_MS, every: 5 });
    told.push({ step, lag: proven ? proven.at - sent : undefined });
    return proven;
  };
  const url = truth.page({ store: "dwell", consent: "granted", product: script.first, script: script.seed, scripts: "recorder,engine-watch,reader" });
  // The script before may have left the window anyhow.
  await seat.chromium.setWindow(seat.page, "normal");
  await seat.chromium.activate(seat.page);
  const begin = () => give("begin", ({ what }) => what === "begin", () => seat.run("reader.begin()"));
  await openShop(seat.page, url);
  await seat.page.waitForFunction("document.visibilityState === 'visible'");
  await begin();
  await pause(script.beginMs);
  const away = truth.page({ main: "none" });
  for (const step of script.steps) {
    const { act, proof } = STEPS[step.what];
    const proven = await give(step.what, proof, () => act(seat, { ...step, away }));
    // Not out of the cache but loaded anew: another document, which begins again.
    if (step.what === "back" && !proven?.persisted) {
      await ready(seat.page);
      await begin();
    }
    await pause(step.waitMs);
  }
  // The last reports are on their way.
  await pause(60);
  const life = reports().sort((a, b) => a.at - b.at || a.order - b.order);
  const documents = [...new Set(life.map(entry => entry.document))].map(name => life.filter(entry => entry.document === name));
  return { script, told, documents, compared: documents.flatMap(compareDwell) };
}

function describe({ script, compared, told }) {
  const worst = largest(compared.map(({ error }) => Math.abs(error)));
  const steps = script.steps.map(({ what, waitMs }) => `${what} ${waitMs}`).join(", ");
  const intervals = compared.map(({ item, ms, measured }) => `${item} ${Math.round(ms)}/${Math.round(measured)}`).join(", ");
  const unproven = told.filter(({ lag }) => lag === undefined).map(({ step }) => step);
  return `seed ${script.seed}: worst ${Math.round(worst)} ms; ${steps}; true/measured ms: ${intervals}${unproven.length ? `; not recorded: ${unproven}` : ""}`;
}

/** @param count scripts; @param seed of the first, the others follow */
export async function dwell({ count = 500, seed = 1 } = {}) {
  const truth = await openTruth();
  const chromium = await openChromium();
  const played = [];
  const refusals = [];
  try {
    const waiting = range(count).map(at => seed + at);
    const seats = [];
    // One after the other: a new tab goes to the window that was used last.
    for (const _ of range(Math.min(WINDOWS, count))) seats.push(await takeSeat(chromium));
    await Promise.all(
      seats.map(async seat => {
        while (waiting.length > 0) {
          seat.refusals.length = 0;
          const result = await play(seat, truth, scriptOf(waiting.shift()));
          played.push(result);
          refusals.push(...seat.refusals);
          const failed = result.compared.some(({ error }) => Math.abs(error) > MOST_ERROR_MS) || result.told.some(({ lag }) => lag === undefined);
          if (failed || count === 1) progress(describe(result));
          if (played.length % 50 === 0) progress(`${played.length} scripts`);
        }
      }),
    );
  } finally {
    await chromium.close();
    truth.close();
  }
  return figures(played, refusals);
}

function figures(played, refusals) {
  const watched = played.every(({ documents }) => documents.flat().some(({ what, watched }) => what === "begin" && watched));
  if (!watched) return [missing("dwell: error", `≤ ${MOST_ERROR_MS} ms`, "The functions of the engine that pages/engine-watch.js looks at were not found; their names in the glue have changed.")];
  const compared = played.flatMap(({ compared, script }) => compared.map(interval => ({ ...interval, seed: script.seed })));
  const errors = compared.map(({ error }) => Math.abs(error));
  const worst = largest(errors);
  const wrong = [...new Set(compared.filter(({ error }) => Math.abs(error) > MOST_ERROR_MS).map(interval => interval.seed))];
  const truly = sum(compared.map(({ ms }) => ms));
  const measured = sum(compared.map(({ measured }) => measured));
  const percent = (100 * Math.abs(measured - truly)) / Math.max(1, truly);
  const told = played.flatMap(({ told }) => told);
  const unrecorded = told.filter(({ lag }) => lag === undefined);
  const lags = told.flatMap(({ lag }) => (lag === undefined ? [] : [lag]));
  const returns = played.flatMap(({ documents }) => documents.flat()).filter(({ what, persisted }) => what === "pageshow" && persisted).length;
  const backs = told.filter(({ step }) => step === "back").length;
  const how = `${played.length} scripts, ${compared.length} intervals, ${rounded(truly / 1_000)} s of attention`;
  return [
    figure("dwell: largest error of an interval", `≤ ${MOST_ERROR_MS} ms`, `${rounded(worst)} ms`, compared.length > 0 && worst <= MOST_ERROR_MS, `${how}; p50 ${rounded(quantile(errors, 0.5), 2)} ms, p99 ${rounded(quantile(errors, 0.99), 2)} ms${wrong.length ? `; failing seeds: ${wrong.join(", ")}` : ""}`),
    figure("dwell: error in total", `≤ ${MOST_TOTAL_PERCENT} %`, `${rounded(percent, 3)} %`, compared.length > 0 && percent <= MOST_TOTAL_PERCENT, `${how}; measured ${rounded(measured / 1_000)} s`),
    figure("dwell: commands that the recorder did not see", "0", String(unrecorded.length), unrecorded.length === 0, `${told.length} commands; recorded after p50 ${rounded(quantile(lags, 0.5))} ms, p99 ${rounded(quantile(lags, 0.99))} ms, at most ${rounded(largest(lags))} ms${unrecorded.length ? `; not seen: ${unrecorded.map(({ step }) => step).join(", ")}` : ""}`),
    figure("dwell: returns out of the back-forward cache that were real", `at least three of four of ${backs}`, String(returns), returns >= 0.75 * backs, `pageshow with persisted, in the same document${refusals.length > 0 ? `; Chromium's reasons against: ${[...new Set(refusals)].join(", ")}` : ""}`),
  ];
}
