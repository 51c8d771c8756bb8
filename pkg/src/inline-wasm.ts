/** The engine as text, decoded when an instance is created and not at import. */
import base64 from "../dist/reshelf.wasm";

export function inlineWasm(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}
