// How a text is cut into rows and cells: by its first rows, because exports agree on
// neither. Must not live here: what the cells mean.

const count = (text, letter) => text.split(letter).length - 1;

const NEWLINE = /\r\n|\n|\r/;

/** Tab where there is one; otherwise what stands most often in the first line outside of quotes. */
function delimiterOf(line) {
  const bare = line.replace(/"[^"]*"/g, "");
  return bare.includes("\t") ? "\t" : [",", ";", "|"].reduce((best, next) => (count(bare, next) > count(bare, best) ? next : best));
}

/** Rows of a text with quotes, as lists of cells; undefined is one in which a quote does not end with its cell. */
function* quotedRows(text, delimiter) {
  const letter = delimiter === "|" ? "\\|" : delimiter;
  const field = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|((?!")[^${letter}\\r\\n]*))(${letter}|\\r\\n|\\n|\\r|$)`, "y");
  let cells = [];
  for (let at = 0; at < text.length || cells.length > 0; ) {
    field.lastIndex = at;
    const found = field.exec(text);
    if (found) {
      cells.push(found[1]?.replaceAll('""', '"') ?? found[2]);
      at = field.lastIndex;
      if (found[3] === delimiter) continue;
      yield cells;
    } else {
      yield undefined;
      const rest = text.slice(at).search(NEWLINE);
      at = rest < 0 ? text.length : at + rest + 1;
    }
    cells = [];
  }
}

const rowsOf = (text, delimiter, quoted) => (quoted ? [...quotedRows(text, delimiter)] : text.split(NEWLINE).map(line => line.split(delimiter)));

/** How many of these rows, but for empty ones, have more or fewer cells than the first. */
const misfits = ([first, ...rows]) => rows.filter(cells => cells?.join("") !== "" && cells?.length !== first?.length).length;

/**
 * `{ delimiter, quoted, cells, line }` of a text, of which the end may be missing: the
 * cells of its first row, and its first line as it stands. Cells are quoted where that
 * gives rows of one length; between tabs only if one is, because an inch sign is none.
 */
export function dialectOf(text, whole) {
  const [line] = text.split(NEWLINE, 1);
  const delimiter = delimiterOf(line);
  const complete = rows => (whole ? rows : rows.slice(0, -1));
  const [bare, quoted] = [false, true].map(quoted => rowsOf(text, delimiter, quoted));
  const hasQuotes = delimiter !== "\t" || /(^|[\t\r\n])"/.test(text);
  const isQuoted = hasQuotes && misfits(complete(quoted)) <= misfits(complete(bare));
  const [cells] = isQuoted ? quoted : bare;
  return { delimiter, quoted: isQuoted, cells: cells ?? line.split(delimiter), line };
}
