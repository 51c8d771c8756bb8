/** Frames, clocks, signs: what hangs on a wall or leans against one. */
import { type Drawings, table, wall } from "./drawing.js";
import type { Paint } from "./paint.js";
import { GLASS, INK, PAPER, WOOD, ZINC } from "./palette.js";
import { fill, gleam, heart, line, oval, rect, shadow, soft } from "./shapes.js";

function frame(p: Paint): string {
  if (p.says(/album/i)) {
    return shadow(100, 163, 58) + p.solid(rect(50, 52, 100, 110, 6)) + fill(rect(50, 52, 14, 110, 4), p.main.deep) +
      fill(rect(82, 82, 50, 38, 4), PAPER.base) + p.emblem(107, 101, 1.3, p.main.base, p.main.deep);
  }
  const edge = p.has("style:baroque") ? 16 : 13;
  const one = (x: number, y: number, w: number, h: number) => {
    const inner = rect(x + edge, y + edge, w - 2 * edge, h - 2 * edge, 2);
    return soft(rect(x, y, w, h, 4)) + p.solid(rect(x, y, w, h, 4), p.surface, 4) + fill(inner, PAPER.base) +
      fill(rect(x + edge + 7, y + edge + 7, w - 2 * edge - 14, h - 2 * edge - 14, 1), p.backdrop[1]) +
      p.emblem(x + w / 2, y + h / 2, Math.min(w, h) / 50, p.second.base, p.second.deep, p.pick("photo", ["bird", "flower", "cat", "heart", "dog"]));
  };
  if (p.says(/triple|3 classic|set of 3|collage/i)) return line("M62 0v46M138 0v46", INK, 1.2) + one(16, 46, 54, 66) + one(73, 62, 54, 66) +
    one(130, 46, 54, 66);
  if (p.says(/record|vinyl/i)) return one(38, 38, 124, 124) + fill(oval(100, 100, 34), INK) + fill(oval(100, 100, 12), p.second.base) +
    fill(oval(100, 100, 2.5), "#fff");
  if (p.says(/heart/i)) return soft(heart(100, 102, 134)) + p.solid(heart(100, 102, 134), p.surface, 6) + fill(heart(100, 102, 92), PAPER.base) +
    p.glyph("bird", 100, 98, 2, p.second.base, p.second.deep);
  return line("M70 42 100 12 130 42", INK, 1.4) + fill(oval(100, 11, 3.5), INK) + one(46, 40, 108, 128);
}

function clock(p: Paint): string {
  const face = fill(oval(100, 104, 40), "#fffaf0") + Array.from({ length: 12 }, (_, i) => `<path d="M100 70v${i % 3 === 0 ? 7 : 4}" stroke="${INK}" stroke-width="${i % 3 === 0 ? 3 : 1.8}" stroke-linecap="round" transform="rotate(${i * 30} 100 104)"/>`).join("") +
    line("M100 104V82M100 104l15 9", INK, 3.6) + fill(oval(100, 104, 3.6), p.main.base);
  if (p.says(/alarm/i)) {
    return shadow(100, 163, 46) + line("M74 146l-10 16M126 146l10 16", p.main.deep, 7) + p.solid("M58 66a20 20 0 0 1 30-22Z", p.second.base, 4) +
      p.solid("M142 66a20 20 0 0 0-30-22Z", p.second.base, 4) + line("M100 50V38", p.main.deep, 5) + p.solid(oval(100, 104, 54)) + face +
      gleam("M58 92q6-20 22-28");
  }
  if (p.says(/cuckoo/i)) return line("M84 150v40M116 150v30", INK, 1.6) + fill("M78 186h12l-6 12ZM110 176h12l-6 12Z", INK) +
    p.solid("M100 20 168 78v70q0 8-8 8H40q-8 0-8-8V78Z") + face + p.glyph("bird", 100, 50, 1.1, p.main.light, p.main.deep);
  return soft(oval(100, 104, 62)) + p.solid(oval(100, 104, 62)) + face;
}

function mirror(p: Paint): string {
  const shine = gleam("M82 118 112 84M94 126l22-26", 5);
  if (p.says(/heart/i)) return soft(heart(100, 104, 140)) + p.solid(heart(100, 104, 140), p.surface, 6) + fill(heart(100, 102, 106), GLASS.base) + shine;
  if (p.says(/rect|square|beach/i)) return soft(rect(48, 36, 104, 132, 8)) + p.solid(rect(48, 36, 104, 132, 8), p.surface, 6) +
    fill(rect(64, 52, 72, 100, 4), GLASS.base) + shine;
  const beads = p.has("style:baroque") ? Array.from({ length: 20 }, (_, i) => `<circle cx="100" cy="44" r="5" fill="${p.main.light}" transform="rotate(${i * 18} 100 104)"/>`).join("") : "";
  return line("M100 0v44", INK, 1.4) + soft(oval(100, 104, 64)) + p.solid(oval(100, 104, 64), p.surface, 6) + beads +
    fill(oval(100, 104, 48), GLASS.base) + shine;
}

function sign(p: Paint): string {
  if (p.says(/door hanger/i)) {
    const d = "M64 30q36-14 72 0v140q-36 10-72 0Z";
    return soft(d) + p.solid(d) + fill(oval(100, 56, 19), p.backdrop[0]) + fill(rect(74, 92, 52, 58, 6), p.main.light) +
      p.emblem(100, 110, 1.1, p.main.base, p.main.deep, "star") + line("M84 130h32M90 140h20", p.main.deep, 4);
  }
  const number = /[ ,](\d|No)$/.exec(p.name)?.[1];
  if (number) {
    const d = rect(56, 46, 88, 108, 10);
    return soft(d) + p.solid(d) +
      `<path d="${rect(63, 53, 74, 94, 7)}" fill="none" stroke="${p.main.light}" stroke-width="3"/><text x="100" y="120" text-anchor="middle" font-family="Georgia, serif" font-size="${number === "No" ? 44 : 62}" font-weight="bold" fill="${p.main.light}">${number}</text>`;
  }
  const d = rect(28, 60, 144, 88, 9);
  const strokes = p.pick("words", ["M56 92h88M66 108h68M82 124h36", "M52 96h40M102 96h46M60 114h80", "M60 90h80M52 106h96M74 122h52"]);
  return line("M52 62 100 22 148 62", INK, 1.6) + fill(oval(100, 21, 3.5), INK) + soft(d) + p.solid(d, p.main.base, 5) +
    `<path d="${rect(35, 67, 130, 74, 6)}" fill="none" stroke="${p.main.light}" stroke-width="2.5"/>` + fill(oval(52, 71, 2.4), p.main.light) +
    fill(oval(148, 71, 2.4), p.main.light) + line(strokes, p.main.light, 6) + (p.motif ? p.emblem(148, 128, 1, p.second.base, p.main.deep) : "");
}

function blackboard(p: Paint): string {
  const slate = "#4d4a4b";
  if (p.says(/memo/i) && !p.says(/holder/i)) {
    const d = rect(34, 42, 132, 116, 6);
    const flag = p.has("style:union-jack") ? p.flag(d, 34, 42, 132, 116) : "";
    return soft(d) + p.solid(d, p.surface, 5) + flag + line("M34 42 166 158M166 42 34 158", p.second.base, 4) + fill(oval(100, 100, 5), "#fff") +
      `<g transform="rotate(-6 82 84)">${fill(rect(62, 66, 40, 30, 2), PAPER.base) + line("M69 76h26M69 84h18", p.main.base, 2.5)}</g>`;
  }
  if (p.says(/heart/i)) return line("M100 0v64", INK, 1.8) + soft(heart(100, 108, 132)) + p.solid(heart(100, 108, 132), slate, 6) +
    line("M70 100q12-10 30 0t28-2M82 118h34", "#fbf6ea", 4);
  const d = rect(38, 44, 124, 112, 6);
  return line("M70 46 100 16 130 46", INK, 1.6) + soft(d) + p.solid(d, p.says(/slate/i) ? slate : WOOD.base, 5) +
    fill(rect(50, 56, 100, 88, 2), slate) + line("M64 80h60M64 96h44M64 112h52", "#fbf6ea", 4) + p.glyph("heart", 132, 120, 1, "#e7a1ad");
}

function letters(p: Paint): string {
  const word = (/\b(home|love|bath|peace|joy|noel|relax|welcome)\b/i.exec(p.name)?.[1] ?? "abc").toUpperCase();
  const size = Math.min(74, 250 / word.length);
  const blocks = p.says(/block/i);
  const w = Math.min(46, 164 / word.length);
  const tiles = [...word].map((letter, i) => {
    const x = 100 + (i - (word.length - 1) / 2) * (w + 2);
    const tile = blocks ? p.solid(rect(x - w / 2, 156 - w, w, w, 4), i % 2 ? p.second.base : p.main.base, 4) : "";
    return tile + `<text x="${x}" y="${blocks ? 156 - w * 0.22 : 158}" text-anchor="middle" font-family="Georgia, serif" font-weight="bold" font-size="${blocks ? w * 0.8 : size}" fill="${blocks ? p.main.light : p.main.base}">${letter}</text>`;
  }).join("");
  return shadow(100, 160, 84) + tiles;
}

function ducks(p: Paint): string {
  if (p.says(/rose/i)) return p.glyph("flower", 100, 100, 6.5, p.main.base, p.second.base) + p.glyph("flower", 100, 100, 3, p.main.light, p.main.deep);
  const duck = (x: number, y: number, s: number, colour: string) =>
    `<g transform="translate(${x} ${y}) scale(${s})">${fill("M-40 8C-24 6-22-8-4-10c4-18 26-20 30-4l12 4-10 6c2 16-14 26-36 26-14 0-24-6-32-14Z", colour) + fill("M-14 0C-30-18-12-36 4-40c-2 14 6 26 12 36Z", p.second.base) + fill(oval(20, -12, 2.5), INK)}</g>`;
  return duck(70, 62, 0.8, p.main.base) + duck(104, 104, 1, p.main.base) + duck(136, 150, 1.15, p.main.base);
}

function paperweight(p: Paint): string {
  return shadow(100, 163, 54) + p.solid("M38 150c0-60 28-84 62-84s62 24 62 84q0 12-14 12H52q-14 0-14-12Z", GLASS.base) +
    fill(oval(100, 124, 42, 26), p.main.base, 0.8) + p.emblem(100, 122, 2.2) + gleam("M56 128q2-32 26-46", 5);
}

function cardHolder(p: Paint): string {
  const shape = p.says(/star/i) ? "star" : p.says(/tree/i) ? "leaf" : "heart";
  return line("M100 0v50", INK, 1.6) + p.glyph(shape, 100, 98, 6, p.main.base, p.main.deep) +
    `<g transform="rotate(-8 86 104)">${fill(rect(60, 84, 50, 36, 2), PAPER.base) + line("M68 96h30M68 106h20", p.second.deep, 2.5)}</g><g transform="rotate(9 122 124)">${fill(rect(98, 108, 46, 34, 2), PAPER.light) + p.glyph("flower", 120, 124, 0.9, p.second.base, p.second.deep)}</g>`;
}

export const WALLS: Drawings = {
  frame: wall(frame),
  clock: wall(clock),
  "clock-standing": table(clock),
  mirror: wall(mirror),
  sign: wall(sign),
  blackboard: wall(blackboard),
  letters: table(letters),
  "wall-ducks": wall(ducks),
  paperweight: table(paperweight),
  "card-holder": wall(cardHolder),
  hook: wall(p => {
    const count = Number(/(\d) (?:hook|hanger)/i.exec(p.name)?.[1] ?? 3);
    const xs = Array.from({ length: Math.min(count, 5) }, (_, i) => 100 + (i - (Math.min(count, 5) - 1) / 2) * 32);
    const board = count === 1 ? rect(72, 60, 56, 56, 10) : rect(18, 66, 164, 44, 10);
    return soft(board) + p.solid(board, p.surface, 5) + p.emblem(100, 86, 1.3) +
      xs.map(x => line(`M${x} 104v18c0 18 20 18 20 2`, ZINC.deep, 5.5) + fill(oval(x, 102, 4.5), ZINC.base)).join("");
  }),
};
