/** Cushions, bottles, mats and bath things; boxes, baskets and drawers. */
import { type Drawings, flat, table, wall } from "./drawing.js";
import type { Paint } from "./paint.js";
import { INK, PAPER, WICKER, WOOD, ZINC } from "./palette.js";
import { fill, gleam, heart, line, many, oval, rect, shadow, soft } from "./shapes.js";

const weave = (p: Paint) => p.pattern(12, WICKER.base, `<path d="M0 3h6v6H0ZM6 9h6v6H6Z" fill="${WICKER.deep}" opacity=".35"/>`);

function cushion(p: Paint): string {
  if (p.says(/throw/i)) {
    return shadow(100, 163, 62) + p.solid("M42 70h116v22H42ZM36 92h128v24H36ZM40 116h120v22H40ZM34 138h132v24H34Z", p.surface, 5) +
      line("M42 92h116M36 116h128M40 138h120", p.main.deep, 2);
  }
  if (p.says(/pouffe|floor/i)) return shadow(100, 163, 66) + p.solid("M34 104q66-30 132 0v36q0 22-66 22t-66-22Z") +
    fill(oval(100, 104, 66, 20), p.second.base) + fill(oval(100, 104, 7, 4), p.second.deep);
  const d = "M48 56q52 10 104 0 8 0 8 8-10 44 0 88 0 10-10 10-50-10-100 0-10 0-10-10 10-44 0-88 0-8 8-8Z";
  const flag = p.has("style:union-jack") ? p.flag(d, 40, 54, 120, 108) : "";
  return shadow(100, 165, 58) + p.solid(d) + flag + (p.surface.startsWith("url") || flag ? "" : p.emblem(100, 108, 3.6)) +
    fill(oval(44, 60, 5), p.second.base) + fill(oval(156, 60, 5), p.second.base) + fill(oval(44, 158, 5), p.second.base) +
    fill(oval(156, 158, 5), p.second.base);
}

function bottle(p: Paint): string {
  if (p.says(/hand warmer|pocket warmer/i)) {
    const d = p.says(/heart/i) ? heart(100, 104, 120) : "M60 62q40-16 80 0 22 46 0 92-40 16-80 0-22-46 0-92Z";
    return soft(d) + p.solid(d, p.surface, 6) + line("M66 70q34-12 68 0", p.main.light, 2.5, "5 5") + p.emblem(100, 108, 3, p.main.light, p.main.deep);
  }
  if (p.says(/mug/i)) return shadow(100, 163, 60) + p.solid(rect(36, 146, 128, 16, 8), p.main.deep, 4) +
    p.solid("M62 84q36 8 72 0v46q0 18-18 18H80q-18 0-18-18Z") + line("M133 96c24-4 24 34-2 34", p.main.base, 8) +
    line("M86 70q-8-10 0-20t0-20M110 70q-8-10 0-20t0-20", "#fff", 4);
  const d = "M86 34h28q4 12-2 22 44 4 44 34v54q0 20-20 20H64q-20 0-20-20V90q0-30 44-34-6-10-2-22Z";
  const flag = p.has("style:union-jack") ? p.flag(d, 44, 34, 112, 132) : "";
  return shadow(100, 166, 54) + p.solid(d) + flag + line("M84 58q16 6 32 0", p.second.base, 6) +
    (p.surface.startsWith("url") || flag ? "" : p.emblem(100, 116, 3)) + line("M58 90q-2 30 0 56", "#ffffff", 3).replace("/>", ' opacity=".5"/>');
}

function doormat(p: Paint): string {
  const d = "M18 62h164v88H18Z";
  const flag = p.has("style:union-jack") ? p.flag(rect(28, 72, 144, 68), 28, 72, 144, 68) : "";
  const plain = !p.surface.startsWith("url") && !flag;
  return soft(d) + p.solid(d, plain ? WICKER.base : p.surface, 5) + flag + line("M18 66v82M182 66v82", WICKER.deep, 4, "1 6") +
    (plain ? `<path d="${rect(28, 72, 144, 68, 2)}" fill="none" stroke="${p.main.base}" stroke-width="4"/>` + (p.motif ? p.emblem(100, 106, 3, p.main.base, p.main.deep) : line("M54 96h92M66 114h68", p.main.base, 7)) : "");
}

function doorstop(p: Paint): string {
  if (p.says(/owl|cat|duck|doll/i)) {
    const motif = p.says(/owl/i) ? "owl" : p.says(/cat/i) ? "cat" : p.says(/doll/i) ? "doll" : "bird";
    return shadow(100, 163, 46) + p.solid("M56 160c-8-60 8-104 44-104s52 44 44 104q-44 8-88 0Z") + p.glyph(motif, 100, 108, 2.8, p.second.base, p.main.deep);
  }
  const d = "M48 86 100 52l52 34v70q0 6-6 6H54q-6 0-6-6Z";
  const flag = p.has("style:union-jack") ? p.flag(d, 48, 52, 104, 110) : "";
  return shadow(100, 163, 56) + line("M84 62c-6-30 38-30 32 0", p.second.base, 8) + p.solid(d) + flag + line("M48 86h104", p.main.deep, 2) +
    (flag ? "" : p.emblem(100, 122, 2.4, p.main.light, p.main.deep));
}

function bath(p: Paint): string {
  if (p.says(/sponge|toilet roll/i)) {
    return shadow(100, 163, 56) + p.solid("M42 112c-6-30 14-52 30-46 12-18 44-18 56 0 20-4 38 20 30 46 6 26-10 50-32 48H74c-22 2-38-20-32-48Z") +
      [[70, 96, 6], [96, 84, 4], [124, 100, 7], [84, 126, 5], [114, 132, 4], [140, 122, 5], [62, 124, 3]].map(([x, y, r]) => fill(oval(x!, y!, r!), p.main.deep, 0.35)).join("");
  }
  if (p.says(/soap|dish|shell/i)) return shadow(100, 163, 60) +
    [[66, 74, 9], [92, 58, 6], [122, 70, 8], [140, 52, 5]].map(([x, y, r]) => `<circle cx="${x}" cy="${y}" r="${r}" fill="#fff" opacity=".75"/>`).join("") +
    p.solid(rect(58, 92, 84, 44, 18), p.second.base, 6) + line("M82 114h36", p.second.deep, 4) + p.solid("M34 128q66 22 132 0-4 34-66 34t-66-34Z");
  const roll = (y: number, w: number, print: string) => p.solid(rect(100 - w, y, 2 * w, 30, 14), print, 5) +
    fill(oval(100 + w - 15, y + 15, 9, 11), p.main.deep, 0.25) + fill(oval(100 + w - 15, y + 15, 4, 5), p.main.deep, 0.35);
  return shadow(100, 163, 66) + roll(132, 66, p.surface) + roll(102, 60, p.second.base) + roll(72, 54, p.surface) +
    p.emblem(100, 52, 1.1, p.main.base, p.main.deep, "flower");
}

function slippers(p: Paint): string {
  const shoe = (x: number, y: number) => p.solid(`M${x} ${y}c-18 0-22-22-18-48s-2-44 18-44 14 20 18 44 0 48-18 48Z`, p.surface, 5) +
    fill(`M${x} ${y - 8}c-10 0-13-10-12-24q12-8 24 0c1 14-2 24-12 24Z`, p.main.deep, 0.45) + fill(oval(x, y - 56, 7), p.second.base);
  return `<g transform="rotate(-10 70 110)">${shoe(70, 160)}</g><g transform="rotate(10 130 110)">${shoe(130, 160)}</g>`;
}

function tissues(p: Paint): string {
  if (p.says(/pack/i)) {
    const d = rect(54, 46, 92, 116, 8);
    return soft(d) + p.solid(d, p.surface, 5) + fill(rect(70, 78, 60, 44, 6), "#fffaf0") + p.emblem(100, 100, 1.5, p.main.base, p.main.deep) +
      line("M54 62h92", p.main.light, 2, "4 5");
  }
  const d = rect(40, 86, 120, 76, 6);
  const flag = p.has("style:union-jack") ? p.flag(d, 40, 86, 120, 76) : "";
  return shadow(100, 163, 62) + fill("M74 96c-6-26 8-30 12-52 10 14 20 4 28 18 8 12 14 18 8 34Z", "#fffdf7") +
    fill("M92 96c0-18 8-24 8-40 8 12 14 26 6 40Z", "#e9dccb") + p.solid(d, p.surface) + flag + fill(oval(100, 90, 36, 5), p.main.deep, 0.5);
}

function knob(p: Paint): string {
  return shadow(100, 163, 40) + p.solid(rect(92, 120, 16, 42, 4), ZINC.base, 4) + p.solid(rect(78, 116, 44, 12, 5), ZINC.base, 4) +
    p.solid(oval(100, 82, 44)) +
    (p.surface.startsWith("url") ? "" : fill(oval(100, 82, 22), p.main.light, 0.35) + Array.from({ length: 8 }, (_, i) => `<path d="M100 60v-18" stroke="${p.main.light}" stroke-width="3" opacity=".6" transform="rotate(${i * 45} 100 82)"/>`).join("")) +
    gleam("M70 78q4-18 18-24", 5);
}

function cabinet(p: Paint): string {
  if (p.says(/stool|table|bench/i)) {
    return shadow(100, 164, 56) + line("M66 84 54 160M134 84l12 76M62 120h76", p.main.deep, 7) + p.solid("M44 72q56-14 112 0v8q-56 14-112 0Z", p.surface, 4);
  }
  if (p.says(/rack|shelf|stand/i)) {
    return line("M46 60q54-30 108 0", p.main.base, 6) + p.solid(rect(34, 84, 132, 12, 3), p.surface, 4) +
      p.solid(rect(34, 138, 132, 12, 3), p.surface, 4) + line("M40 60v96M160 60v96", p.main.base, 7) + jars(p) +
      p.emblem(100, 60, 1.3, p.main.base, p.main.deep);
  }
  const drawer = (y: number, print: string) => p.solid(rect(54, y, 92, 28, 3), print, 4) + fill(oval(100, y + 14, 4.5), p.main.deep);
  return shadow(100, 165, 56) + p.solid(rect(44, 48, 112, 114, 6), p.has("material:wood") ? WOOD.base : p.main.base, 6) + drawer(58, p.second.light) +
    drawer(92, p.surface) + drawer(126, p.second.light) + line("M52 162v6M148 162v6", p.main.deep, 6);
}

function jars(p: Paint): string {
  return p.solid(rect(52, 60, 22, 24, 4), p.second.base, 4) + p.solid(rect(82, 66, 26, 18, 4), p.main.light, 4) +
    p.solid(rect(60, 112, 30, 26, 4), p.main.light, 4) + p.solid("M104 138v-30q10-8 20 0v30Z", p.second.base, 4);
}

function basket(p: Paint): string {
  const toadstools = p.says(/toadstool/i) ? [[74, 86], [100, 78], [126, 86]].map(([x, y]) => p.glyph("woodland", x!, y!, 1.8, "#c84a43", "#fffaf0")).join("") : "";
  if (p.says(/bin|tub/i)) return shadow(100, 163, 50) + p.solid("M50 62q50 14 100 0l-10 94q-40 14-80 0Z") +
    fill(oval(100, 62, 50, 10), p.main.deep, 0.6) + (p.surface.startsWith("url") ? "" : p.emblem(100, 114, 2.4));
  return shadow(100, 163, 62) + `<path d="M48 98C50 24 150 24 152 98" fill="none" stroke="${WICKER.deep}" stroke-width="8"/>` + toadstools +
    p.solid("M34 98q66 16 132 0l-14 58q-52 14-104 0Z", p.has("style:stripes") ? p.surface : weave(p)) + line("M34 98q66 16 132 0", p.main.base, 8);
}

function tin(p: Paint): string {
  return shadow(100, 163, 58) + p.solid(rect(42, 78, 116, 84, 8)) + p.solid(rect(38, 64, 124, 24, 7), p.second.base, 5) +
    fill(rect(72, 104, 56, 40, 6), "#fffaf0") +
    (p.says(/aid|plaster|pharmacie/i) ? fill("M94 110h12v9h9v12h-9v9H94v-9h-9v-12h9Z", "#c84a43") : p.emblem(100, 124, 1.5, p.main.base, p.main.deep)) +
    gleam("M50 98v50");
}

function trinket(p: Paint): string {
  if (p.says(/gem|stone/i)) return shadow(100, 163, 50) + p.solid("M58 92q42-12 84 0c22 30 22 70-8 70H66c-30 0-30-40-8-70Z", p.main.light) +
    [[74, 120], [98, 112], [124, 122], [86, 140], [112, 142]].map(([x, y]) => fill(`M${x! - 11} ${y}l6-9h10l6 9-11 13Z`, p.main.base)).join("") +
    line("M58 92q42 10 84 0", p.second.base, 5);
  return shadow(100, 163, 48) + p.solid("M50 112q50 12 100 0v30q0 20-20 20H70q-20 0-20-20Z") +
    p.solid("M46 104c0-40 108-40 108 0v8q-54 12-108 0Z", p.second.base) + p.emblem(100, 62, 1.5, p.main.base, p.main.deep) +
    gleam("M62 100q4-14 20-18");
}

function box(p: Paint): string {
  const count = p.says(/set|nesting/i) ? many(p.name, 2, 3) : 1;
  const one = (y: number, w: number, h: number, print: string) => p.solid(rect(100 - w, y, 2 * w, h, 4), print, 6) + p.solid(rect(97 - w, y - 12, 2 * w + 6, 18, 4), p.second.base, 5);
  if (p.says(/heart/i)) return shadow(100, 165, 40) + p.solid(heart(100, 112, 136), p.second.base, 6) + p.solid(heart(100, 104, 136), p.surface, 6) +
    p.glyph("flower", 100, 100, 2, p.main.light, p.main.deep);
  if (count === 1) return shadow(100, 163, 60) + one(92, 56, 70, p.surface) + line("M100 80v82", p.main.light, 8).replace("/>", ' opacity=".8"/>') +
    fill("M100 80c-10-20-34-16-30-4s20 10 30 4c10 6 26 8 30-4s-20-16-30 4Z", p.main.light);
  if (count === 2) return shadow(100, 163, 60) + one(118, 58, 44, p.surface) + one(68, 44, 38, p.surface);
  return shadow(100, 163, 60) + one(130, 60, 32, p.surface) + one(90, 47, 28, p.surface) + one(56, 34, 22, p.surface);
}

function pegs(p: Paint): string {
  const peg = (x: number, colour: string) => p.solid(`M${x - 8} 70q8-8 16 0l-2 70h-4l-2-34-2 34h-4Z`, WOOD.light, 3) + p.glyph(p.says(/toadstool/i) ? "woodland" : p.motif ?? "heart", x, 82, 0.9, colour, "#fffaf0");
  return line("M0 74Q100 92 200 74", INK, 2) + peg(48, p.main.base) + peg(84, p.second.base) + peg(118, p.main.base) + peg(154, p.second.base);
}

function hammock(p: Paint): string {
  return line("M14 40 44 104M186 40l-30 64", WOOD.deep, 3) + line("M14 30v136M186 30v136", WOOD.base, 9) +
    p.solid("M40 100q60 24 120 0c0 34-24 50-60 50s-60-16-60-50Z", p.has("style:stripes") ? p.surface : p.print(p.main, p.second)) +
    line("M52 136q48 24 96 0", PAPER.light, 4, "2 6");
}

export const COMFORTS: Drawings = {
  cushion: table(cushion),
  "hot-water-bottle": table(bottle),
  doormat: flat(doormat),
  doorstop: table(doorstop),
  bath: table(bath),
  slippers: flat(slippers),
  tissues: table(tissues),
  "drawer-knob": table(knob),
  cabinet: table(cabinet),
  basket: table(basket),
  tin: table(tin),
  trinket: table(trinket),
  box: table(box),
  pegs: wall(pegs),
  hammock: wall(hammock),
};
