/** `reshelf/elements` as a classic script: the build `dist/elements.iife.js`, which defines the elements and `ReshelfElements`. */
export { provideShop } from "./elements.js";
