// What is wrong with the data, and what became of it: nothing is dropped without a
// word. Must not live here: what counts as wrong, which is SQL's.

/** Examples of a problem: the first ones. */
const EXAMPLES = 3;

const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

export class DataReport {
  #inputs = new Map();

  #input(name) {
    if (!this.#inputs.has(name)) this.#inputs.set(name, { rows: 0, kept: 0, problems: [] });
    return this.#inputs.get(name);
  }

  /** How many rows an input has, and how many of them count. */
  count(name, rows, kept) {
    Object.assign(this.#input(name), { rows: Number(rows), kept: Number(kept) });
  }

  /** Notes a problem of so many rows, or of what `unit` says, if there are any. */
  note(name, problem, { count, unit = "row", dropped = false, examples = [] }) {
    if (Number(count) === 0) return;
    this.#input(name).problems.push({ problem, count: Number(count), unit, dropped, examples: examples.slice(0, EXAMPLES).map(String) });
  }

  /** Rows that left the file out altogether, on top of those that were counted. */
  rejected(name, problem, count, examples) {
    this.note(name, problem, { count, dropped: true, examples });
    this.#input(name).rows += Number(count);
  }

  /** Rows that were counted as kept, and are left out after all. */
  drop(name, problem, count, examples) {
    this.note(name, problem, { count, dropped: true, examples });
    this.#input(name).kept -= Number(count);
  }

  /** The report for a program: `{ sessions: { rows, kept, problems }, … }`. */
  get json() {
    return Object.fromEntries(this.#inputs);
  }

  /** The report for a person: a line an input and a problem. */
  get lines() {
    return [...this.#inputs].flatMap(([name, { rows, kept, problems }]) => [
      `${name}: ${plural(rows, "row")}, ${kept.toLocaleString("en")} kept`,
      ...problems.map(({ problem, count, unit, dropped, examples }) => {
        const shown = examples.length > 0 ? `: ${examples.join("; ")}${count > examples.length ? " …" : ""}` : "";
        return `  ${dropped ? "left out" : "kept"}: ${plural(count, unit)} ${problem}${shown}`;
      }),
    ]);
  }
}
