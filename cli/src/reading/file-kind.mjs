// What a plain file is: by its first bytes rather than by its name, because exports are
// named as people like. Must not live here: what its columns mean.
import { dialectOf } from "./dialect.mjs";
import { headOf, isParquet } from "./head.mjs";

/**
 * `{ kind, gzipped, … }` of a file as `plainFile` gives it: "parquet", "json", "xml", or
 * "text" with its delimiter, whether cells are quoted, the first line and its cells.
 */
export function kindOf(path) {
  const { bytes, gzipped, whole } = headOf(path);
  if (isParquet(bytes)) return { kind: "parquet", gzipped };
  // `stream`: the last letter may be cut off.
  const text = new TextDecoder("utf-8").decode(bytes, { stream: true });
  const start = text.trimStart();
  if (start.startsWith("<")) return { kind: "xml", gzipped };
  if (start.startsWith("{") || start.startsWith("[")) return { kind: "json", gzipped };
  return { kind: "text", gzipped, ...dialectOf(text, whole) };
}
