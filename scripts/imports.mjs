// Shortens the names by which the engine and its glue know each other.
//
// wasm-bindgen ends each import's name with sixteen digits of hash, which no
// compression can shrink, in the engine and again in the glue. The stems are
// unique enough: where two share one, a number keeps them apart.

const HASHED = /\b__wbg_(\w+?)_[0-9a-f]{16}\b/g;

/** Both halves with short names; the audit in size.mjs reads the same stems. */
export function shortenImports(wasm, glue) {
  const short = new Map();
  const taken = new Set();
  for (const [name, stem] of glue.matchAll(HASHED)) {
    if (short.has(name)) continue;
    let candidate = stem;
    for (let count = 2; taken.has(candidate); count++) candidate = `${stem}_${count}`;
    taken.add(candidate);
    short.set(name, candidate);
  }
  return {
    glue: glue.replace(HASHED, name => short.get(name)),
    wasm: renameImports(wasm, name => short.get(name) ?? name),
  };
}

const IMPORTS = 2;

/** The module with every import's field name mapped; all else as it was. */
function renameImports(wasm, rename) {
  const parts = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length; ) {
    const id = wasm[at];
    const size = readNumber(wasm, at + 1);
    const end = size.end + size.value;
    const content = wasm.subarray(size.end, end);
    parts.push(id === IMPORTS ? section(id, renameFields(content, rename)) : wasm.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

function renameFields(content, rename) {
  const count = readNumber(content, 0);
  const parts = [content.subarray(0, count.end)];
  let at = count.end;
  for (let i = 0; i < count.value; i++) {
    const module = readText(content, at);
    const field = readText(content, module.end);
    const end = afterDescription(content, field.end);
    parts.push(content.subarray(at, module.end), text(rename(field.value)), content.subarray(field.end, end));
    at = end;
  }
  return Buffer.concat(parts);
}

/** Where an import's description ends: a function's type is all that wasm-bindgen imports. */
function afterDescription(bytes, at) {
  if (bytes[at] !== 0) throw new Error(`the engine imports something of kind ${bytes[at]}, which is not a function`);
  return readNumber(bytes, at + 1).end;
}

const section = (id, content) => Buffer.concat([Buffer.from([id]), number(content.length), content]);

function text(value) {
  const bytes = Buffer.from(value);
  return Buffer.concat([number(bytes.length), bytes]);
}

function readText(bytes, at) {
  const length = readNumber(bytes, at);
  const end = length.end + length.value;
  return { value: bytes.toString("utf8", length.end, end), end };
}

/** Unsigned LEB128, as WebAssembly writes every count. */
function readNumber(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, end: at };
  }
}

function number(value) {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(bytes);
}
