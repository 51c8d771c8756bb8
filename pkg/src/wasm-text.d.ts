/** The bundler turns an imported `.wasm` file into base64 text. */
declare module "*.wasm" {
  const base64: string;
  export default base64;
}
