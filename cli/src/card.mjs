// The report card of an artifact: what a shop should know of it before it is
// published. It is printed, and lies in the artifact itself, so that a file can be
// asked years later. Must not live here: how anything was measured.
import { round4 } from "./bootstrap.mjs";

/** Bytes that are kept free for it in the artifact. */
export const CARD_BYTES = 2_560;

const rounded = values => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round4(value)]));

/** The card, from what the trainer counted and measured on the packed bytes. */
export function cardOf({ items, sessions, clicks, k, bytes, neighbours, prototypes, support, share, mixes, fitted: questions, fallback, coverage20, heldOut, heldOutSessions, ...others }) {
  const [allowed, excluded] = mixes.map(rounded);
  return {
    items,
    sessions,
    clicks,
    clicksPerItem: round4(clicks / Math.max(items, 1)),
    k,
    bytes,
    bytesPerItem: round4(bytes / Math.max(items, 1)),
    neighbours,
    prototypes,
    support,
    fallback: round4(fallback),
    // Where too few clicks could be held out, nothing was measured, and no number says so.
    coverage20: heldOut ? round4(coverage20) : null,
    heldOut: heldOut?.map(({ hr20, mrr20, ...rest }) => ({ ...rest, hr20: round4(hr20), mrr20: round4(mrr20) })) ?? null,
    heldOutSessions: heldOutSessions ?? null,
    // To so many questions; to none where they were too few, and all is where a fit starts.
    fitted: { questions, support, share, allowed, excluded },
    ...others,
  };
}

const percent = share => `${(100 * share).toFixed(1)} %`;
const count = number => number.toLocaleString("en");
const several = (number, one, more = `${one}s`) => `${count(number)} ${number === 1 ? one : more}`;

/** What is asked: at which place among all sections does the one stand that is clicked? */
const contextLine = ({ questions, mrrWithout, mrrWith, kinds }) => {
  const each = Object.entries(kinds).map(([kind, { weight, mrr }]) => `${kind} ${weight > 0 ? `${mrr.toFixed(3)} (weight ${weight})` : "0"}`);
  return `sections of a visit's first click, on ${count(questions)} held-out sessions: mean reciprocal rank ${mrrWithout.toFixed(3)} by popularity, ${mrrWith.toFixed(3)} with its context; each alone: ${each.join(", ") || "nothing known"}`;
};
const segmentLine = ({ segments, questions, mrrWithout, mrrWith }) =>
  `${segments} segments of shoppers: sections of later clicks, on ${count(questions)} held-out ones, ${mrrWithout.toFixed(3)} without and ${mrrWith.toFixed(3)} with them`;

/** What was chosen for one kind of list: shares of a score, and ages at which a part has fallen to 1/e. */
const mixLine = ({ table, table_decay, session_decay, nearest, current, reminder, reminder_decay }, excluded) => {
  const own = `${excluded ? "" : `the current item ${current}, `}what was seen before ${reminder} (age ${reminder_decay})`;
  return `fitted with the current item ${excluded ? "excluded" : "allowed"}: table ${table} (age ${table_decay}), prototypes ${round4(1 - table)} (age ${session_decay}, the nearest ${nearest}), ${own}`;
};

/** What the shop's own purchases say acts are worth. */
const weightLine = weights =>
  `fitted weights of acts, where a look is 1: ${Object.entries(weights).map(([name, weight]) => `${name} ${weight}`).join(", ")}`;

/** What the weights of a list's score are, and what the fitted ones add. */
const rankLine = ({ graph, doubt, reminder, taste, questions, mrrMerchant, mrrWithout, mrrWith, worseWithout, worseWith }) =>
  `weights of a list's score: sessions alike ${graph} (doubt ${doubt}), taste ${taste}, what was looked at ${reminder}; clicked item of ${several(questions, "held-out list")} at ${mrrMerchant.toFixed(3)} by popularity, ${mrrWithout.toFixed(3)} with the starting weights, ${mrrWith.toFixed(3)} with these; lists made worse ${percent(worseWithout)} and ${percent(worseWith)}`;

/** The card in plain words, a line a fact. */
export function cardLines({ items, sessions, clicks, clicksPerItem, k, bytes, bytesPerItem, neighbours, prototypes, fallback, coverage20, heldOut, heldOutSessions, fitted, contexts, segments, rankWeights, eventWeights, shards, pageBytes }) {
  const reached = heldOut?.map(({ excluded, hr20, mrr20 }) => `${percent(hr20)} at ${mrr20.toFixed(3)} with the current item ${excluded ? "excluded" : "allowed"}`);
  return [
    `learned from ${several(clicks, "click")} in ${several(sessions, "session")} on ${several(items, "item")}: ${clicksPerItem.toFixed(1)} clicks an item`,
    `${count(bytes)} bytes, ${bytesPerItem.toFixed(1)} an item: ${several(neighbours, "neighbour")}, ${several(prototypes, "prototype")}, each of at least ${k} ${k === 1 ? "(for evaluation, never for a server)" : "people or sessions"}`,
    ...(shards ? [`the graph is in ${shards} shards by category${pageBytes ? `: a page loads ${count(pageBytes)} bytes at the most with one of them` : ""}`] : []),
    reached ? `next item among the first 20 (and mean reciprocal rank) on ${count(heldOut[0].pairs)} held-out clicks${heldOutSessions ? ` of the newest ${several(heldOutSessions, "session")}` : ""}: ${reached.join("; ")}` : "too few clicks to hold any out: nothing was measured",
    `${heldOut ? `${percent(coverage20)} of the items are among the answers to those; ` : ""}${percent(fallback)} have neighbours by their content alone`,
    ...(heldOut && fitted.questions !== 0 ? [mixLine(fitted.allowed, false), mixLine(fitted.excluded, true)] : ["too few held-out clicks to fit anything to: the mix is the one that every shop starts from"]),
    ...(eventWeights ? [weightLine(eventWeights)] : []),
    ...(contexts ? [contextLine(contexts)] : []),
    ...(segments ? [segmentLine(segments)] : []),
    ...(rankWeights?.questions > 0 ? [rankLine(rankWeights)] : []),
  ];
}
