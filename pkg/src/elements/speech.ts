/** Dates, prices and reasons in the language of the panel's words. Must not live here: the words. */
import type { Reason } from "../types.js";
import { type Messages, say } from "./messages.js";

/** A band of prices as the engine names it, alone or after a category. */
const BAND = /(\d+\.\d\d) to (\d+\.\d\d)$/;

export interface Speech {
  /** A day in words. */
  day(at: number): string;
  /** A value of the profile, with the prices in it as people write them. */
  value(text: string): string;
  /** Why a row shows something, by the name of what it is about; undefined where these words have nothing for it. */
  reason(reason: Reason, name: string | undefined): string | undefined;
}

/**
 * Speech of `messages`. Their language decides, in the manner of `page`, the language
 * of the page around, where that is the same one (`de-AT` for `de`); words that do not
 * say theirs are taken to be of the page's.
 */
export function speech(messages: Messages, own: string | undefined, page: string | undefined): Speech {
  const wanted = own === undefined || page?.split("-")[0] === own ? page : own;
  // A page's `lang` may be no language.
  const language = supported(wanted) ? wanted : undefined;
  const price = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return {
    day: at => new Date(at).toLocaleDateString(language, { dateStyle: "long" }),
    value: text => text.replace(BAND, (_, from: string, to: string, at: number) => say(at > 0 ? messages.priceBandOf : messages.priceBand, { from: price.format(Number(from)), to: price.format(Number(to)) })),
    reason({ code }, name) {
      const [named, nameless = named] = messages.reasons?.[code]?.split("|") ?? [];
      return name === undefined ? nameless : named && say(named, { name });
    },
  };
}

function supported(language: string | undefined): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0;
  } catch {
    return false;
  }
}
