// How far a command is: a bar that redraws itself on a terminal, a line a step
// elsewhere. All on stderr, because stdout belongs to the result.

const WIDTH = 24;

const seconds = since => `${((performance.now() - since) / 1000).toFixed(1)} s`;

export class Progress {
  #begin = performance.now();
  #steps;
  #done = 0;
  #current = "";
  #stream;

  /** `steps` is how many there will be. */
  constructor(steps, stream = process.stderr) {
    this.#steps = steps;
    this.#stream = stream;
  }

  /** Begins the next step; the one before is done. */
  step(text) {
    if (this.#current !== "") this.#done++;
    this.#current = text;
    if (this.#stream.isTTY) this.#draw();
    else this.#stream.write(`[${this.#done + 1}/${this.#steps}] ${text} (${seconds(this.#begin)})\n`);
  }

  /** A line above the bar. */
  say(line) {
    this.#clear();
    this.#stream.write(`${line}\n`);
    if (this.#stream.isTTY && this.#current !== "") this.#draw();
  }

  /** Takes the bar away; what is written next stands alone. */
  end() {
    this.#clear();
    this.#current = "";
  }

  #clear() {
    if (this.#stream.isTTY) this.#stream.write("\r\x1b[K");
  }

  #draw() {
    const full = Math.round((WIDTH * this.#done) / this.#steps);
    const bar = `${"█".repeat(full)}${"░".repeat(WIDTH - full)}`;
    const line = `${bar} ${this.#done}/${this.#steps} ${this.#current} (${seconds(this.#begin)})`;
    // Longer than the terminal, it would wrap and not be overwritten.
    this.#stream.write(`\r\x1b[K${line.slice(0, (this.#stream.columns ?? 80) - 1)}`);
  }
}
