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

/** Parts of a text, of which every line ends with a feed; returns before one are part of it. */
export async function* withEvenEnds(texts) {
  let rest = "";
  for await (const text of texts) {
    const whole = rest + text;
    // What follows the last returns is in the next part.
    let end = whole.length;
    while (whole.charCodeAt(end - 1) === RETURN) end--;
    rest = whole.slice(end);
    yield even(whole.slice(0, end));
  }
  yield even(rest);
}

// A run at once: of a damaged file it may be long.
const even = text => text.replace(/\r+(\n?)/g, (run, feed) => feed || "\n".repeat(run.length));
