/** Cups, pots, cake and what they stand on. */
import { type Drawings, flat, table } from "./drawing.js";
import type { Paint } from "./paint.js";
import { GLASS, INK, WOOD } from "./palette.js";
import { fill, gleam, heart, line, many, oval, rect, shadow } from "./shapes.js";

/** A printed body gets no emblem; a plain one gets its motif, big. */
const mark = (p: Paint, x: number, y: number, scale: number): string =>
  p.surface.startsWith("url") || !p.motif ? "" : p.emblem(x, y, scale);

/** A sign's worth of words on a thing: two strokes read as writing. */
const words = (p: Paint, x: number, y: number): string =>
  p.says(/mug$|person|planet|home|gin|tea|billboard|cafe|pottering|shed/i) && !p.motif
    ? line(`M${x - 22} ${y - 8}h44M${x - 16} ${y + 4}h32M${x - 10} ${y + 16}h20`, p.main.light, 4.5)
    : "";

function mug(p: Paint): string {
  const body = "M52 70q40 10 80 0v72q0 20-20 20H72q-20 0-20-20Z";
  const flag = p.has("style:union-jack") ? p.flag(body, 52, 66, 80, 98) : "";
  return shadow(98, 163, 52) + `<path d="M130 84c30-8 40 44 2 48" fill="none" stroke="${p.main.base}" stroke-width="11" stroke-linecap="round"/><path d="M131 88c24-5 30 34 2 39" fill="none" stroke="#43211f" stroke-opacity=".14" stroke-width="3"/>` +
    p.solid(body) + flag + fill(oval(92, 70, 40, 8), p.main.light) + fill(oval(92, 71, 34, 5.5), "#8d6752") +
    mark(p, 92, 118, 2.2) + words(p, 92, 112) + gleam("M62 88v48");
}

function teacup(p: Paint): string {
  return shadow(100, 166, 66) + p.solid("M36 150q64 22 128 0-14 16-64 16t-64-16Z", p.second.base, 4) + fill(oval(100, 150, 64, 9), p.second.light) +
    line("M138 92c28-6 30 30-6 34", p.main.base, 8) + p.solid("M58 84q42 10 84 0c0 44-14 66-42 66s-42-22-42-66Z") +
    fill(oval(100, 84, 42, 8), p.main.light) + fill(oval(100, 85, 36, 5.5), "#8d6752") + line("M60 94q40 10 80 0", "#d8ac54", 2.5) +
    mark(p, 100, 116, 1.8) + gleam("M70 100q2 20 10 34");
}

function teapot(p: Paint): string {
  if (p.says(/cosy/i)) {
    return shadow(100, 163, 60) + line("M146 116c26-6 26 34-4 32", p.second.base, 9) + p.solid("M44 124 24 104q-4-4 2-6l24 14Z", p.second.base, 4) +
      p.solid("M42 162c-4-70 20-100 58-100s62 30 58 100Z") + fill(oval(100, 60, 11), p.second.base) + line("M46 150h108", p.main.deep, 3, "2 6");
  }
  return shadow(98, 163, 56) + line("M140 92c36-10 36 52-4 48", p.main.base, 10) +
    p.solid("M52 112C38 108 36 92 26 84c-3-3 0-7 4-6 18 4 24 18 34 20Z", p.main.base, 4) +
    p.solid("M52 108c0-24 20-38 46-38s46 14 46 38c0 30-14 54-30 54H82c-16 0-30-24-30-54Z") +
    p.solid("M68 76q30-26 60 0-30 10-60 0Z", p.second.base, 4) + fill(oval(98, 58, 7), p.second.deep) + mark(p, 98, 116, 2.2) + gleam("M64 100q2 26 12 40");
}

function cake(x: number, y: number, p: Paint): string {
  return fill(`M${x - 10} ${y - 12}h20l-3 13h-14Z`, p.second.base) +
    fill(`M${x - 12} ${y - 11}c-1-6 5-7 5-10 3-6 11-6 14 0 0 3 6 4 5 10Z`, "#fdf0ee") + fill(oval(x, y - 25, 3.5), "#c84a43");
}

function cakeStand(p: Paint): string {
  const plate = (y: number, half: number) => p.solid(`M${100 - half} ${y}h${half * 2}q-6 12-${half} 12t-${half}-12Z`, p.surface, 4) + fill(oval(100, y, half, 5), p.main.light);
  if (p.says(/cover|cloche/i)) {
    return shadow(100, 163, 50) + p.solid("M88 150h24l12 12H76Z", p.main.base, 4) + plate(140, 62) + cake(76, 138, p) + cake(104, 138, p) + cake(130, 138, p) +
      `<path d="M48 138c0-56 22-82 52-82s52 26 52 82Z" fill="${GLASS.light}" opacity=".55" stroke="${GLASS.deep}" stroke-width="2"/>` +
        fill(oval(100, 52, 7), GLASS.deep, 0.7) + gleam("M62 122q0-34 20-50");
  }
  const tiers = p.says(/3 tier|3 basket/i) ? 3 : p.says(/2 tier|two tier/i) ? 2 : 1;
  if (tiers === 1) {
    return shadow(100, 164, 44) + p.solid("M90 112h20c-4 22 2 34 20 46q4 5-3 5H73q-7 0-3-5c18-12 24-24 20-46Z", p.main.base, 5) + plate(104, 70) +
      cake(62, 102, p) + cake(100, 102, p) + cake(138, 102, p);
  }
  const levels: [number, number][] = tiers === 3 ? [[154, 68], [110, 52], [70, 36]] : [[152, 66], [98, 46]];
  return shadow(100, 165, 64) + line(`M100 156V34`, "#d8ac54", 5) + `<circle cx="100" cy="28" r="8" fill="none" stroke="#d8ac54" stroke-width="4"/>` +
    levels.map(([y, half]) => plate(y, half) + cake(100 - half * 0.6, y - 2, p) + cake(100 + half * 0.6, y - 2, p)).join("");
}

function cakeTin(p: Paint): string {
  const count = p.says(/set|3 tier|stacking/i) ? many(p.name, 2, 3) : 1;
  const tin = (y: number, w: number, h: number, print: string) =>
    p.solid(`M${100 - w} ${y}q${w} 9 ${2 * w} 0v${h}q-${w} 12-${2 * w} 0Z`, print, 8) +
      p.solid(`M${100 - w - 3} ${y - 12}q${w + 3} 10 ${2 * w + 6} 0v14q-${w + 3} 10-${2 * w + 6} 0Z`, p.second.base, 6) +
      fill(oval(100, y - 12, w + 3, 7), p.second.light);
  if (count === 1) return shadow(100, 163, 62) + tin(88, 58, 68, p.surface) + fill(rect(76, 110, 48, 30, 6), "#fffaf0") +
    line("M86 121h28M90 130h20", p.main.deep, 3.5) + gleam("M52 104v44");
  if (count === 2) return shadow(100, 163, 62) + tin(118, 58, 38, p.surface) + tin(72, 46, 32, p.surface);
  return shadow(100, 163, 62) + tin(130, 58, 28, p.surface) + tin(92, 47, 24, p.surface) + tin(56, 36, 22, p.surface);
}

function cakeCases(p: Paint): string {
  const one = (x: number, y: number, print: string) =>
    p.solid(`M${x - 30} ${y}h60l-10 40q-20 8-40 0Z`, print, 5) + fill(oval(x, y, 30, 8), p.main.deep, 0.35) +
      line(`M${x - 20} ${y + 6}l6 34M${x} ${y + 8}v36M${x + 20} ${y + 6}l-6 34`, "#43211f", 1.2).replace("/>", ' opacity=".25"/>');
  if (p.says(/doil/i)) {
    const scallops = Array.from({ length: 18 }, (_, i) => `<circle cx="100" cy="40" r="12" fill="#fffdf7" transform="rotate(${i * 20} 100 100)"/>`).join("");
    return fill(oval(104, 106, 68), "#43211f", 0.12) + scallops + fill(oval(100, 100, 62), "#fffdf7") +
      `<circle cx="100" cy="100" r="46" fill="${p.surface}"/><circle cx="100" cy="100" r="54" fill="none" stroke="${p.main.base}" stroke-width="3" stroke-dasharray="2 7" stroke-linecap="round"/>`;
  }
  return shadow(100, 163, 70) + one(100, 62, p.second.base) + one(62, 112, p.surface) + one(138, 112, p.surface);
}

function bakingSet(p: Paint): string {
  if (p.says(/scale/i)) {
    return shadow(100, 163, 50) + p.solid("M48 62q52 26 104 0-6 26-30 28H78q-24-2-30-28Z", "#e6e8e8", 5) +
      p.solid("M70 90h60l18 64q2 8-6 8H58q-8 0-6-8Z") + fill(oval(100, 126, 27), "#fffaf0") +
      line("M100 126V108M82 126h3M118 126h-3M100 144v-3", INK, 2.5) + fill(oval(100, 126, 3), INK);
  }
  if (p.says(/pan/i)) {
    return fill(oval(90, 108, 54), "#43211f", 0.14) + line("M126 68 170 26", p.main.deep, 11) + p.solid(oval(86, 104, 54), p.surface, 6) +
      fill(oval(86, 104, 40), "#4a3f43") + (p.says(/heart/i) ? fill(heart(86, 106, 46), "#fffdf7") : fill(oval(84, 104, 22, 19), "#fffdf7")) +
      fill(oval(86, 102, 9), "#edc55f");
  }
  if (p.says(/recipe/i)) {
    return shadow(100, 163, 54) + fill(rect(58, 58, 84, 40, 3), "#fffaf0") + line("M68 70h50M68 80h36", p.main.base, 3) +
      p.solid(rect(46, 84, 108, 78, 6)) + fill(rect(70, 106, 60, 32, 4), "#fffaf0") + p.emblem(100, 122, 1, p.main.base, p.main.deep, "cake");
  }
  const whisk = line("M136 160V96", WOOD.base, 8) + ["M136 98c-26-18-18-52 0-58", "M136 98c26-18 18-52 0-58", "M136 98c-10-20-8-44 0-58", "M136 98c10-20 8-44 0-58"].map(d => line(d, "#9aa2a6", 2.5)).join("");
  const cutter = (d: string) => `<path d="${d}" fill="${p.backdrop[1]}" stroke="#a3abae" stroke-width="6" stroke-linejoin="round"/>`;
  return whisk + cutter(heart(68, 74, 58)) + p.solid("M34 122q38 12 76 0c0 26-12 42-38 42s-38-16-38-42Z") + fill(oval(72, 122, 38, 7), p.main.light);
}

function eggCup(p: Paint): string {
  const cosy = p.says(/cosy|warmer/i);
  const top = cosy
    ? p.solid("M70 104c0-44 10-58 30-58s30 14 30 58Z") + fill(oval(90, 76, 2.6), INK) + fill(oval(110, 76, 2.6), INK) +
      fill("M96 84h8l-4 6Z", "#e08d57") + p.emblem(100, 40, 0.9, p.second.base, p.second.deep)
    : fill(oval(100, 78, 26, 32), "#f6d9b8") + fill("M76 66q24-10 48 0-6-22-24-22T76 66Z", "#fdeedd") + gleam("M86 68q2-8 8-12");
  return shadow(100, 163, 36) + top +
    p.solid("M66 96q34 12 68 0c0 26-12 36-24 38v10c10 2 18 8 20 14q1 4-4 4H74q-5 0-4-4c2-6 10-12 20-14v-10c-12-2-24-12-24-38Z") +
    (cosy ? "" : fill(oval(100, 97, 30, 5), p.main.light));
}

export const TEATIME: Drawings = {
  mug: table(mug),
  teacup: table(teacup),
  teapot: table(teapot),
  "cake-stand": table(cakeStand),
  "cake-tin": table(cakeTin),
  "cake-cases": table(cakeCases),
  doily: flat(cakeCases),
  "baking-set": table(bakingSet),
  pan: flat(bakingSet),
  "egg-cup": table(eggCup),
};
