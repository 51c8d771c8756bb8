/** What a drawing is, and on what it is drawn. */
import type { Paint } from "./paint.js";

export type Draw = (p: Paint) => string;

/**
 * - `table`: stands on something, seen from the front.
 * - `wall`: hangs or leans, seen from the front.
 * - `flat`: lies on the backdrop, seen from above.
 */
export type Setting = "table" | "wall" | "flat";

export interface Drawing {
  setting: Setting;
  draw: Draw;
}

export type Drawings = Record<string, Drawing>;

export const table = (draw: Draw): Drawing => ({ setting: "table", draw });
export const wall = (draw: Draw): Drawing => ({ setting: "wall", draw });
export const flat = (draw: Draw): Drawing => ({ setting: "flat", draw });
