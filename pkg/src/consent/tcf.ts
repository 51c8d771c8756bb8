/**
 * IAB Transparency and Consent Framework, version 2 (CMP API v2). Asked by
 * `addEventListener`: `getTCData` is deprecated, and a stub that only queues
 * calls hands this one on to the platform when it arrives.
 */
import { ofPage, quietly } from "../quietly.js";
import type { Say, Source } from "./source.js";

/** Store and read on the device; create a profile for content; choose content by it. */
const PURPOSES = [1, 5, 6];

/** The part of `TCData` that decides. */
interface Data {
  gdprApplies?: unknown;
  eventStatus?: unknown;
  listenerId?: unknown;
  purpose: { consents: Record<number, unknown> };
}

type Api = (command: string, version: number, callback: (data: Data, success: unknown) => void, parameter?: unknown) => void;

export const tcf = (say: Say): Source => {
  let asked = false;
  let answered = false;
  let stopped = false;
  let removed = false;
  let listener: unknown;

  const call = (...given: Parameters<Api>) => {
    // Through the page each time: the platform replaces its stub.
    (window as unknown as { __tcfapi: Api }).__tcfapi(...given);
  };

  const remove = () => {
    if (removed || listener === undefined) return;
    removed = true;
    call("removeEventListener", 2, () => {}, listener);
  };

  const hear = (data: Data, success: unknown) =>
    quietly(() => {
      if (success !== true) return;
      listener = data.listenerId;
      // A stub may hand the question on after we left.
      if (stopped) return remove();
      // Then there is no choice to be heard; the law that applies has other platforms.
      if (data.gdprApplies === false) return say("unknown");
      const status = data.eventStatus;
      if (status === "tcloaded" || status === "useractioncomplete") {
        answered = true;
        let consented = false;
        // Undefined is no consent, by the specification; so is what cannot be read.
        quietly(() => (consented = PURPOSES.every(purpose => data.purpose.consents[purpose] === true)));
        say(consented ? "granted" : "denied");
      } else if (status === "cmpuishown" && !answered) {
        // Shown again later, the choice made before stands until it is changed.
        say("asking");
      }
    });

  return {
    look() {
      if (asked || typeof ofPage("__tcfapi") !== "function") return;
      asked = true;
      say("silent");
      call("addEventListener", 2, hear);
    },
    stop() {
      stopped = true;
      remove();
    },
  };
};
