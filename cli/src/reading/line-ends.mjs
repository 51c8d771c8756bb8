// The ends of lines: a file with ends of several kinds is one whose rows no strict reader
// can tell. Such files are made where exports are put together, or edited on other
// systems. Must not live here: encodings.

const [FEED, RETURN] = [10, 13];

/** Which kinds of ends there are in bytes of a text whose ASCII is single bytes. */
export class LineEnds {
  #feeds = false;
  #returns = false;
  #both = false;
  #last = 0;

  /** Whether there are several kinds. */
  get mixed() {
    return Number(this.#feeds) + Number(this.#returns) + Number(this.#both) > 1;
  }

  take(bytes) {
    if (this.mixed) return;
    // Most files have no returns: searching for one takes a twentieth of going byte by byte.
    if (this.#last !== RETURN && !bytes.includes(RETURN)) {
      this.#feeds ||= bytes.includes(FEED);
      return;
    }
    let last = this.#last;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === FEED && last === RETURN) this.#both = true;
      else if (byte === FEED) this.#feeds = true;
      else if (last === RETURN) this.#returns = true;
      last = byte;
    }
    this.#last = last;
  }

  end() {
    this.#returns ||= this.#last === RETURN;
  }
}

/** Whether lines of a text that begins so end with returns alone. */
const endsWithReturns = text => /\r*\n|\r/.exec(text)?.[0] === "\r";

/**
 * Parts of a text with one kind of ends: feeds. Other returns become spaces; unless the
 * first line, in `head`, ends with one, and the text stays as it is.
 */
export async function* withEvenEnds(texts, head) {
  if (endsWithReturns(head)) return yield* texts;
  let rest = "";
  for await (const text of texts) {
    const whole = rest + text;
    // What follows the last returns is in the next part.
    const end = whole.length - /\r*$/.exec(whole)[0].length;
    rest = whole.slice(end);
    yield whole.slice(0, end).replace(/\r+(\n?)/g, (_, feed) => feed || " ");
  }
  yield rest.replace(/\r+/g, " ");
}
