/** The colours of all drawings: a handful of named paints that go together. */

export interface Tone {
  /** The paint itself. */
  base: string;
  /** For outlines and drawing on the paint. */
  deep: string;
  /** For light parts and patterns on the paint. */
  light: string;
}

const tone = (base: string, deep: string, light: string): Tone => ({ base, deep, light });

export const TONES: Record<string, Tone> = {
  red: tone("#c84a43", "#8c2a2c", "#fbeee4"),
  pink: tone("#e7a1ad", "#b25468", "#fdf0ee"),
  blue: tone("#7299bd", "#3c6087", "#eef4f7"),
  green: tone("#88a97b", "#4c6d47", "#eff4e6"),
  white: tone("#fdfaf2", "#b5a48f", "#e9dccb"),
  cream: tone("#f3e3c4", "#ad9160", "#fdf7e8"),
  black: tone("#4a3f43", "#261d20", "#f2e8de"),
  silver: tone("#b9bfc1", "#737b81", "#eef0ef"),
  gold: tone("#d8ac54", "#936b25", "#fbeecb"),
  purple: tone("#9b83b3", "#614b7b", "#f0e9f4"),
  yellow: tone("#edc55f", "#a87d22", "#fdf4d8"),
  orange: tone("#e08d57", "#a05426", "#fcebdc"),
  brown: tone("#8d6752", "#573b2d", "#f1e2d3"),
  turquoise: tone("#6bb0ad", "#367370", "#e8f4f1"),
};

/** Paints for things whose name says no colour. */
export const UNNAMED = ["red", "pink", "blue", "green", "cream", "yellow", "turquoise", "orange"];

/** A second paint that goes with the first. */
export const PARTNERS: Record<string, string[]> = {
  red: ["cream", "blue", "yellow"],
  pink: ["cream", "green", "red"],
  blue: ["cream", "red", "yellow"],
  green: ["cream", "pink", "yellow"],
  white: ["red", "blue", "green"],
  cream: ["red", "green", "blue"],
  black: ["pink", "yellow", "cream"],
  silver: ["pink", "blue", "purple"],
  gold: ["red", "cream", "green"],
  purple: ["cream", "yellow", "pink"],
  yellow: ["blue", "white", "red"],
  orange: ["cream", "blue", "turquoise"],
  brown: ["pink", "cream", "turquoise"],
  turquoise: ["cream", "pink", "yellow"],
};

/** Backdrop and the lighter shape on it. */
export type Backdrop = [wall: string, light: string, table: string];

const BLUSH: Backdrop = ["#f6ddd6", "#fbebe5", "#ecc9bf"];
const ROSE: Backdrop = ["#ebbfb6", "#f2d1c9", "#dda89d"];
const SAGE: Backdrop = ["#dfe7d3", "#edf2e4", "#cbd7bb"];
const MOSS: Backdrop = ["#bfcfb0", "#cfdcc3", "#aabd99"];
const SKY: Backdrop = ["#dae6ed", "#eaf1f5", "#c3d5df"];
const DUSK: Backdrop = ["#b5cbda", "#c7d8e4", "#9db8ca"];
const BUTTER: Backdrop = ["#faebc4", "#fdf4da", "#f0dba4"];
const LINEN: Backdrop = ["#f0e6d6", "#f8f1e5", "#e2d3bc"];
const LILAC: Backdrop = ["#e8deec", "#f2ebf4", "#d5c7dc"];

/** Backdrops on which a paint stands out, and which it likes. */
export const BACKDROPS: Record<string, Backdrop[]> = {
  red: [LINEN, SKY, BUTTER, SAGE],
  pink: [SAGE, LINEN, SKY, BUTTER],
  blue: [BUTTER, BLUSH, LINEN],
  green: [BLUSH, BUTTER, LINEN],
  white: [ROSE, DUSK, MOSS],
  cream: [ROSE, DUSK, MOSS],
  black: [BLUSH, BUTTER, SAGE],
  silver: [BLUSH, BUTTER, LILAC],
  gold: [SKY, SAGE, LILAC],
  purple: [BUTTER, LINEN, SAGE],
  yellow: [SKY, LILAC, BLUSH],
  orange: [SKY, LINEN, SAGE],
  brown: [BLUSH, BUTTER, SKY],
  turquoise: [BLUSH, BUTTER, LINEN],
};

/** Materials that look alike whatever is made of them. */
export const WOOD = tone("#c99c6d", "#8d6440", "#e7cba5");
export const GLASS = tone("#d6e6e6", "#86a3a6", "#f5fafa");
export const WAX = tone("#fbf1da", "#c8b48a", "#fffaf0");
export const ZINC = tone("#b3bbbe", "#6f7a80", "#e3e7e8");
export const WICKER = tone("#d3ab74", "#94703f", "#edd5a8");
export const PAPER = tone("#fffcf5", "#c9baa3", "#f1e6d5");
export const FLAME = "#f6b545";
export const INK = "#4a3234";
