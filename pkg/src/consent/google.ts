/**
 * Google Consent Mode (developers.google.com/tag-platform/security/guides/consent):
 * commands in the page's data layer. Of its settings
 * `personalization_storage` is about what a profile is for, recommendations; a page
 * may say that `functionality_storage` stands for it.
 */
import { follow } from "../follow.js";
import { ofPage, quietly } from "../quietly.js";
import type { GoogleConsent } from "../types.js";
import type { Say, Source } from "./source.js";

type Decision = "granted" | "denied";

/** `["consent", "default" | "update", settings]`, as `arguments` or, from transpiled pages, as an array. */
type Command = readonly [unknown, unknown, { [Type in GoogleConsent]?: unknown } & { region?: unknown }];

/** The largest layer read: tag managers cut theirs to 300 entries, and a broken length must not hang the page. */
const LONGEST = 10_000;

export const google =
  (name: string, type: GoogleConsent = "personalization_storage") =>
  (say: Say): Source => {
    let updated: Decision | undefined;
    /** The shopper has refused what the other type stands for, in so many words. */
    let refused = false;
    let deniedSomewhere: Decision | undefined;
    let preset: Decision | undefined;
    let followed: unknown;
    let deaf = false;
    let release = () => {};

    const hear = (entry: unknown) =>
      quietly(() => {
        const command = entry as Command;
        if (command[0] !== "consent") return;
        const { [type]: value, personalization_storage: personal, region } = command[2];
        if (command[1] === "update" && personal !== undefined) refused = personal !== "granted";
        // Not mentioned leaves it as it is; mentioned and misspelt is no consent.
        if (value === undefined) return;
        const decision = value === "granted" ? value : "denied";
        if (command[1] === "update") updated = decision;
        else if (command[1] === "default") {
          // Where the shopper is we do not know: a refusal for some regions may
          // be theirs, a grant for some regions may be not.
          if (region === undefined) preset = decision;
          else if (decision === "denied") deniedSomewhere = decision;
        }
      });

    const answer = () => {
      const decision = refused ? "denied" : (updated ?? deniedSomewhere ?? preset ?? "unknown");
      // A grant whose withdrawal could not be heard is none.
      say(deaf && decision === "granted" ? "unknown" : decision);
    };

    return {
      look() {
        const layer = ofPage(name);
        if (layer === followed || !Array.isArray(layer)) return;
        quietly(release);
        release = () => {};
        followed = layer;
        deaf = true;
        quietly(() => Array.prototype.slice.call(layer, -LONGEST).forEach(hear));
        quietly(() => {
          const following = follow(layer, "push", entries => {
            entries.forEach(hear);
            answer();
          });
          release = following.release;
          deaf = following.deaf;
        });
        answer();
      },
      stop: () => release(),
    };
  };
