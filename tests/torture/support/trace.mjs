// Reads a trace of Chromium: tasks of the pages' main threads, whose code ran in
// each, and the interactions. What the format means is in this file alone.

/** Tasks, what of a script's own ran in them, samples of the stacks, and events that wait for their frame. */
const CATEGORIES = ["-*", "devtools.timeline", "disabled-by-default-devtools.timeline", "v8", "disabled-by-default-v8.cpu_profiler"];

/** Compiling and running a script as a whole: compilation has no stack that a sample could show. */
const OF_A_SCRIPT = new Set(["v8.compile", "v8.compileModule", "EvaluateScript"]);

/** Calls that name a cause, from the one by which the page or the browser came in. */
const FRAMES = 3;

const ms = microseconds => microseconds / 1_000;

/**
 * @param json what the browser recorded, with `readTrace.categories`
 * @param isOwn `(url) => boolean`: whether a script's address is one of those asked about
 * @returns `tasks`: `{ ms, ownMs, ownProcessorMs, causes }`, how long each took, how long
 *   code that was asked about was on the stack, the share of it in which the
 *   thread had a processor, which it has not always on a busy machine, and a
 *   function that tells which calls took that time, the longest first;
 *   `interactions`: `{ type, ms, ownMs, causes }`, the event that took longest, from input
 *   to the frame after it, what of it such code was on the stack, and which calls
 */
export function readTrace(json, isOwn) {
  const { traceEvents } = JSON.parse(new TextDecoder().decode(json));
  const profiles = readProfiles(traceEvents, isOwn);
  const own = [...profiles.flatMap(({ thread, spans }) => spans.map(span => ({ thread, ...span }))), ...compiled(traceEvents, isOwn)];
  // The browser's own surfaces are pages too, of which nobody asked.
  const threads = profiles.filter(({ ofTheWeb }) => ofTheWeb).map(({ thread }) => thread);
  const merged = new Map(threads.map(thread => [thread, merge(own.filter(span => span.thread === thread))]));
  const tasks = traceEvents
    .filter(event => event.name === "RunTask" && event.ph === "X" && merged.has(threadOf(event)))
    .map(event => {
      const ownMs = ms(within(merged.get(threadOf(event)), event.ts, event.ts + event.dur));
      const causes = () => causesWithin(own, threadOf(event), event.ts, event.ts + event.dur);
      return { ms: ms(event.dur), ownMs, ownProcessorMs: ownMs * Math.min(1, (event.tdur ?? event.dur) / event.dur), causes };
    });
  return { tasks, interactions: interactions(traceEvents, merged, own) };
}
readTrace.categories = CATEGORIES;

const threadOf = ({ pid, tid }) => `${pid} ${tid}`;

function isAddress(url, isOwn) {
  return typeof url === "string" && /^https?:/.test(url) && isOwn(url);
}

function compiled(events, isOwn) {
  return events
    .filter(({ name, ph, args }) => ph === "X" && OF_A_SCRIPT.has(name) && isAddress(args.data?.url ?? args.fileName, isOwn))
    .map(event => ({ thread: threadOf(event), from: event.ts, to: event.ts + event.dur, cause: event.name }));
}

/** A profile a thread: stretches of time whose samples have own code on the stack. */
function readProfiles(events, isOwn) {
  const profiles = new Map();
  for (const event of events) {
    // Chunks are written by the thread that samples; the profile by the one that is sampled.
    const key = `${event.pid} ${event.id}`;
    if (event.name === "Profile") profiles.set(key, { thread: threadOf(event), at: event.args.data.startTime, nodes: new Map(), spans: [], cause: "", ofTheWeb: false });
  }
  const chunks = events.filter(({ name }) => name === "ProfileChunk").sort((a, b) => a.ts - b.ts);
  for (const { pid, id, args } of chunks) {
    const profile = profiles.get(`${pid} ${id}`);
    if (profile) addChunk(profile, args.data, isOwn);
  }
  return [...profiles.values()];
}

function addChunk(profile, { cpuProfile, timeDeltas = [] }, isOwn) {
  for (const { id, parent, callFrame } of cpuProfile?.nodes ?? []) {
    profile.ofTheWeb ||= isAddress(callFrame.url, () => true);
    const caller = profile.nodes.get(parent)?.cause ?? [];
    const isOwnFrame = caller.length > 0 || isAddress(callFrame.url, isOwn);
    const cause = isOwnFrame && caller.length < FRAMES ? [...caller, callFrame.functionName || "(anonymous)"] : caller;
    profile.nodes.set(id, { cause, collects: callFrame.functionName === "(garbage collector)" });
  }
  for (const [place, sample] of (cpuProfile?.samples ?? []).entries()) {
    const from = profile.at;
    profile.at += timeDeltas[place] ?? 0;
    // A sample stands for the time before it, in which the last one's code ran on.
    if (profile.cause) profile.spans.push({ from, to: profile.at, cause: profile.cause });
    const node = profile.nodes.get(sample);
    // Collecting is the work of whoever ran when it began.
    if (!node?.collects) profile.cause = node?.cause.join(" > ");
  }
}

/** How long each call of a thread took between two moments: names and milliseconds. */
function causesWithin(spans, of, begin, end) {
  const took = new Map();
  for (const { thread, from, to, cause } of spans) {
    if (thread !== of || to <= begin || from >= end) continue;
    took.set(cause, (took.get(cause) ?? 0) + ms(Math.min(end, to) - Math.max(begin, from)));
  }
  return [...took].sort((a, b) => b[1] - a[1]);
}

/** Spans in order, without overlaps. */
function merge(spans) {
  const merged = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** How much of the time between two moments lies in the spans. */
function within(spans, begin, end) {
  let low = 0;
  for (let high = spans.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (spans[middle].to <= begin) low = middle + 1;
    else high = middle;
  }
  let total = 0;
  for (let at = low; at < spans.length && spans[at].from < end; at++) total += Math.min(end, spans[at].to) - Math.max(begin, spans[at].from);
  return total;
}

/** The longest event of each interaction, unrounded, unlike what a page is told. */
function interactions(events, merged, own) {
  const longest = new Map();
  for (const event of events) {
    const { interactionId, frame, duration, type } = (event.name === "EventTiming" && event.ph === "b" && event.args.data) || {};
    if (!interactionId) continue;
    const key = `${event.pid} ${frame} ${interactionId}`;
    if ((longest.get(key)?.ms ?? -1) >= duration) continue;
    const [thread, end] = [threadOf(event), event.ts + duration * 1_000];
    const ownMs = ms(within(merged.get(thread) ?? [], event.ts, end));
    longest.set(key, { type, ms: duration, ownMs, causes: () => causesWithin(own, thread, event.ts, end) });
  }
  return [...longest.values()];
}
