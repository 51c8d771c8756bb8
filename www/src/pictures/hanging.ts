/** Hearts, stars, birds: what hangs in a window or on a tree. */
import { type Drawings, table, wall } from "./drawing.js";
import type { Paint } from "./paint.js";
import { INK, WICKER, WOOD, ZINC } from "./palette.js";
import { fill, gleam, heart, line, oval, rect, shadow, star } from "./shapes.js";

const string = (x: number, to: number) => line(`M${x} 0v${to}`, INK, 1.6);

/** Ribbon bow where the string meets the thing. */
const bow = (x: number, y: number, colour: string) =>
  fill(`M${x} ${y}c-8-12-22-8-20 0s14 8 20 0c6 8 18 8 20 0s-12-12-20 0Z`, colour) + line(`M${x} ${y}l-7 14M${x} ${y}l7 14`, colour, 3);

function stuff(p: Paint): string {
  if (p.has("material:wicker")) return p.pattern(9, WICKER.base, `<path d="M0 2h9M0 6.5h9M2 0v9M6.5 0v9" stroke="${WICKER.deep}" stroke-width="1.3" opacity=".55"/>`, 45);
  if (p.has("material:zinc")) return ZINC.base;
  if (p.has("material:wood") && !p.has("style:retrospot")) return p.surface === p.main.base ? WOOD.base : p.surface;
  return p.surface;
}

function hangingHeart(p: Paint): string {
  const fillIn = stuff(p);
  const count = p.says(/^(3|five|set of)/i) ? 3 : 1;
  if (count === 3) {
    return line("M100 0v190", INK, 1.4) + p.solid(heart(100, 46, 62), fillIn, 5) + p.solid(heart(100, 106, 62), p.second.base, 5) +
      p.solid(heart(100, 166, 62), fillIn, 5);
  }
  const d = heart(100, 112, 130);
  const pearls = p.has("style:baroque") || p.says(/pearl|bead/i)
    ? [[58, 92], [52, 112], [64, 134], [82, 152], [118, 152], [136, 134], [148, 112], [142, 92]].map(([x, y]) => fill(oval(x!, y!, 4), p.main.light)).join("")
    : "";
  const inner = p.says(/trellis|filigree|lattice|wire/i)
    ? `<path d="${d}" fill="none" stroke="${p.main.base}" stroke-width="9"/>` +
      line("M100 88c-22-26-52 8-24 34M100 88c22-26 52 8 24 34M100 88v76M76 122c8 12 16 8 24-4 8 12 16 16 24 4", p.main.base, 4.5) +
      (p.says(/butterfly/i) ? p.glyph("butterfly", 100, 108, 2.2, p.second.base, p.second.deep) : "")
    : p.solid(d, fillIn, 8) + pearls + gleam("M56 104q-4-24 18-28", 5);
  return string(100, 74) + inner + bow(100, 72, p.second.base) + (p.says(/bell/i) ? bell(100, 170, "#d8ac54", 0.5) : "");
}

function hangingStar(p: Paint): string {
  return string(100, 46) + p.solid(star(100, 106, 66), stuff(p), 7) + bow(100, 42, p.second.base) +
    (p.says(/bell/i) ? bell(100, 176, "#d8ac54", 0.45) : "") + gleam("M84 92l10-24", 4);
}

function bird(p: Paint): string {
  const body = "M28 116c10-6 16-8 24-18 16-34 58-36 74-10 10 2 16 6 28 6-8 6-14 8-20 10-2 32-28 48-58 44-20-2-34-14-48-32Z";
  return string(96, 74) + p.solid(body, stuff(p), 7) + p.solid("M66 108c16-14 44-8 52 8-12 20-40 18-52-8Z", p.second.base, 4) +
    fill(oval(122, 90, 3.5), INK) + line("M78 148v18M96 150v18", INK, 2.5) + bow(96, 70, p.second.deep);
}

function owl(p: Paint): string {
  return shadow(100, 164, 44) + p.solid("M56 56 74 68h52l18-12c12 50 8 106-44 106S44 106 56 56Z") + fill(oval(80, 92, 18), "#fffaf0") +
    fill(oval(120, 92, 18), "#fffaf0") + fill(oval(82, 92, 8), INK) + fill(oval(118, 92, 8), INK) + fill("M94 106h12l-6 12Z", "#e08d57") +
    p.solid("M70 124q30 18 60 0 2 26-30 32-32-6-30-32Z", p.second.base, 4);
}

function butterfly(p: Paint): string {
  const print = p.surface;
  return string(100, 60) + p.solid("M98 104C84 54 24 48 28 84c2 26 24 32 44 30-24 8-28 48 2 48 16 0 22-20 24-44Z", print, 5) +
    p.solid("M102 104c14-50 74-56 70-20-2 26-24 32-44 30 24 8 28 48-2 48-16 0-22-20-24-44Z", print, 5) +
    fill(oval(50, 84, 10), p.second.base) + fill(oval(150, 84, 10), p.second.base) +
    line("M100 74v78M100 78C92 62 86 58 78 58M100 78c8-16 14-20 22-20", INK, 5);
}

function wreath(p: Paint): string {
  if (p.says(/garland|string/i)) {
    const at: [number, number][] = [[30, 70], [64, 92], [100, 100], [136, 92], [170, 70]];
    const shape = p.motif ?? (p.says(/star/i) ? "star" : "heart");
    return line("M0 46C50 96 150 96 200 46", WOOD.deep, 2.5) + at.map(([x, y], i) => line(`M${x} ${y - 4}v12`, INK, 1.5) + p.glyph(shape, x, y + 26, 1.9, i % 2 ? p.second.base : p.main.base, i % 2 ? p.main.base : p.main.light)).join("");
  }
  const leaves = Array.from({ length: 20 }, (_, i) =>
    `<g transform="rotate(${i * 18} 100 106)"><ellipse cx="100" cy="${i % 2 ? 50 : 60}" rx="9" ry="17" fill="${["#6d8c5f", "#88a97b", "#55754c"][i % 3]}" transform="rotate(${i % 2 ? 28 : -28} 100 55)"/></g>`).join("");
  const berries = [0, 60, 120, 180, 240, 300].map(angle => `<g transform="rotate(${angle} 100 106)">${p.motif && p.motif !== "leaf" ? p.emblem(100, 55, 0.9, p.main.base, p.second.base) : fill(oval(100, 55, 6), p.main.base)}</g>`).join("");
  if (p.has("material:wicker")) return string(100, 40) +
    `<circle cx="100" cy="106" r="54" fill="none" stroke="${WICKER.base}" stroke-width="20"/><circle cx="100" cy="106" r="54" fill="none" stroke="${WICKER.deep}" stroke-width="20" stroke-dasharray="3 7" opacity=".5"/>` +
    bow(100, 52, p.main.base);
  return string(100, 40) + leaves + berries + bow(100, 160, p.main.base);
}

/** A bell hanging from (x, y). */
function bell(x: number, y: number, colour: string, s: number): string {
  return `<g transform="translate(${x} ${y}) scale(${s})">${fill("M0-30c24 0 26 26 28 44 2 10 10 14 10 18h-76c0-4 8-8 10-18 2-18 4-44 28-44Z", colour) + fill(oval(0, 36, 8), INK)}</g>`;
}

function bells(p: Paint): string {
  return string(72, 60) + string(132, 84) +
    `<g>${p.solid("M72 54c28 0 30 30 32 52 2 10 12 14 12 20H28c0-6 10-10 12-20 2-22 4-52 32-52Z", p.has("material:zinc") ? ZINC.base : p.surface)}</g>` +
    fill(oval(72, 132, 9), INK) + bell(132, 112, p.second.base, 0.9) + bow(72, 54, p.main.deep);
}

function angel(p: Paint): string {
  return string(100, 40) + fill("M88 96C52 56 22 76 30 108c18 10 42 4 58-12ZM112 96c36-40 66-20 58 12-18 10-42 4-58-12Z", "#fffaf0") +
    p.solid("M100 82 142 162q-42 14-84 0Z") + fill(oval(100, 70, 18), "#f6d9bf") + fill("M80 66c0-28 40-28 40 0-10-8-30-8-40 0Z", "#b98654") +
    `<ellipse cx="100" cy="42" rx="18" ry="5" fill="none" stroke="#d8ac54" stroke-width="4"/>` + p.glyph("heart", 100, 124, 1.3, p.main.light) +
    fill(oval(94, 71, 1.7), INK) + fill(oval(106, 71, 1.7), INK);
}

function toadstool(p: Paint): string {

  return shadow(100, 163, 48) + p.solid("M82 104h36c-4 22 6 40 12 52q2 6-6 6H76q-8 0-6-6c6-12 16-30 12-52Z", "#fbf1da") +
    p.solid("M34 108c0-82 132-82 132 0q-66 20-132 0Z", p.has("material:wood") ? WOOD.base : "#c84a43") +
    [[66, 84, 9], [96, 62, 11], [130, 82, 9], [106, 96, 6]].map(([x, y, r]) => fill(oval(x!, y!, r!), "#fffaf0")).join("");
}

function decoration(p: Paint): string {
  if (p.motif && p.motif !== "bird") return string(100, 54) + p.glyph(p.motif, 100, 108, 5.6, p.main.base, p.second.base) + bow(100, 48, p.second.base);
  if (p.says(/mobile/i)) {
    return string(100, 34) + line("M36 46Q100 22 164 46", WOOD.base, 5) +
      [[36, 60], [78, 84], [122, 72], [164, 58]].map(([x, y], i) => line(`M${x} ${i % 3 ? 36 : 46}V${y! + 20}`, INK, 1.4) + p.glyph(["star", "heart", "bird", "flower"][i]!, x!, y! + 40, 2, i % 2 ? p.second.base : p.main.base, p.main.light)).join("");
  }
  if (p.says(/disco|mirror|ball/i)) return bauble(p, p.pattern(12, "#d3dadd", `<path d="M0 0h12v12" fill="none" stroke="#fff" stroke-width="2"/><rect width="5" height="5" x="3" y="3" fill="#9fb0b8"/>`));
  if (p.says(/house|chalet/i)) return string(100, 44) + p.solid("M62 92h76v70H62Z", stuff(p)) + p.solid("M100 40 152 96H48Z", p.second.base, 5) +
    fill(oval(100, 122, 15), INK) + line("M100 144v14", INK, 4);
  return string(100, 40) + p.solid("M100 40c20 26 44 44 44 74a44 44 0 0 1-88 0c0-30 24-48 44-74Z", stuff(p)) +
    p.emblem(100, 116, 2.6, p.main.light, p.main.deep, "flower") + bow(100, 40, p.second.base);
}

export function bauble(p: Paint, print = p.surface): string {
  return string(100, 46) + p.solid(rect(88, 44, 24, 16, 4), "#d8ac54", 4) + p.solid(oval(100, 112, 54), print) +
    (print.startsWith("url") ? "" : line("M48 104q52 22 104 0M48 120q52 22 104 0", p.main.light, 4) + p.glyph("star", 100, 88, 1, p.main.light)) +
    gleam("M62 102q2-24 22-32", 6);
}

export const HANGING: Drawings = {
  "hanging-heart": wall(hangingHeart),
  "hanging-star": wall(hangingStar),
  bird: wall(bird),
  owl: table(owl),
  butterfly: wall(butterfly),
  wreath: wall(wreath),
  bell: wall(bells),
  angel: wall(angel),
  toadstool: table(toadstool),
  "tree-decoration": wall(decoration),
  bauble: wall(p => bauble(p)),
};
