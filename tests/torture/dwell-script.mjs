// Random lives of a page, from a seed: what happens to it, and how long until
// the next thing. Knows which steps make sense in which state, and nothing of
// how a browser is made to take them.
import { Draws } from "./support/figures.mjs";

const TOTAL_MS = [2_000, 4_000];
const PAUSE_MS = [40, 700];
/** Longer than the idle limit of 15 s, in a few scripts: it costs its time. */
const LONG_IDLE_MS = 17_000;
const LONG_IDLE_SHARE = 0.02;

/** What may follow in each state, and the state it leads to; often is listed twice. */
const STEPS = {
  visible: [
    ["hideByTab", "hidden"],
    ["minimise", "minimised"],
    ["leave", "away"],
    ["route", "visible"],
    ["route", "visible"],
    ["input", "visible"],
    ["idle", "visible"],
  ],
  hidden: [
    ["showByTab", "visible"],
    ["showByTab", "visible"],
    ["freeze", "frozen"],
    ["route", "hidden"],
  ],
  minimised: [["restore", "visible"]],
  frozen: [["resume", "hidden"]],
  away: [["back", "visible"]],
};

/** Steps that bring any state to an end in which nothing more is to be measured. */
const ENDINGS = {
  visible: ["hideByTab"],
  hidden: [],
  minimised: [],
  frozen: ["resume"],
  away: ["back", "hideByTab"],
};

/** The script of a seed: steps in order, each with the pause that follows it. */
export function scriptOf(seed) {
  const draws = new Draws(seed);
  const steps = [];
  const total = draws.between(...TOTAL_MS);
  const idlesLong = draws.next() < LONG_IDLE_SHARE;
  let state = "visible";
  let products = 1;
  let left = total;
  const wait = () => {
    const ms = Math.round(draws.between(...PAUSE_MS));
    left -= ms;
    return ms;
  };
  const item = () => (products > 1 && draws.next() < 0.2 ? draws.whole(0, products - 1) : products++);
  const beginMs = wait();
  if (idlesLong) steps.push({ what: "idle", waitMs: LONG_IDLE_MS }, { what: "input", waitMs: wait() });
  while (left > 0) {
    const [what, next] = draws.pick(STEPS[state]);
    steps.push({ what, waitMs: wait(), ...(what === "route" ? { item: `p${item()}` } : {}) });
    state = next;
  }
  steps.push(...ENDINGS[state].map(what => ({ what, waitMs: PAUSE_MS[0] })));
  return { seed, first: "p0", beginMs, steps };
}
