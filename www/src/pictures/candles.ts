/** Candles, lights and what holds them. */
import { type Drawings, flat, table, wall } from "./drawing.js";
import type { Paint } from "./paint.js";
import { GLASS, INK, WAX, WOOD, ZINC } from "./palette.js";
import { fill, flame, gleam, heart, line, many, oval, rect, shadow } from "./shapes.js";

function pillar(p: Paint, x: number, top: number, w: number, print: string): string {
  const h = 160 - top;
  return p.solid(`M${x} ${top + 4}q0-5 ${w / 2}-5t${w / 2} 5v${h - 8}q0 5-${w / 2} 5t-${w / 2}-5Z`, print) +
    fill(oval(x + w / 2, top + 4, w / 2, 5), p.main.light) + flame(x + w / 2, top + 3, 0.85);
}

function candle(p: Paint): string {
  const count = many(p.name, 1, 3);
  if (count === 1) return shadow(100, 163, 44) + pillar(p, 72, 78, 56, p.surface) + gleam("M82 96v44");
  if (count === 2) return shadow(100, 163, 62) + pillar(p, 52, 92, 44, p.surface) + pillar(p, 104, 68, 44, p.second.base) + gleam("M60 108v34M112 86v56");
  return shadow(100, 163, 72) + pillar(p, 34, 100, 40, p.surface) + pillar(p, 80, 72, 40, p.second.base) + pillar(p, 126, 112, 40, p.surface) +
    gleam("M42 114v28M88 90v52");
}

function cup(p: Paint, y: number, colour: string): string {
  return p.solid(`M66 ${y}h68l-7 56q-1 8-9 8H82q-8 0-9-8Z`, colour, 6);
}

function holder(p: Paint): string {
  const glass = p.has("material:glass");
  const colour = glass ? GLASS.base : p.surface;
  const window = glass ? "" : [82, 100, 118].map(x => p.glyph(p.motif ?? "heart", x, 128, 0.55, "#ffe9ad", "#ffe9ad")).join("");
  return shadow(100, 163, 42) + fill(oval(100, 112, 46, 40), "#ffefc0", 0.5) + flame(100, 104, 0.9) + cup(p, 98, colour) +
    (glass ? fill("M72 118h56l-4 34q-1 6-8 6H84q-7 0-8-6Z", p.main.base, 0.45) : "") + window + gleam("M78 108l4 34");
}

function hangingHolder(p: Paint): string {
  const frame = p.has("material:zinc") ? ZINC.base : p.main.base;
  const d = heart(100, 108, 118);
  return line("M100 0v62", INK, 1.6) + `<path d="${d}" fill="none" stroke="#43211f" stroke-opacity=".15" stroke-width="13" transform="translate(3 4)"/>` +
    `<path d="${d}" fill="#fff1c4" opacity=".4"/><path d="${d}" fill="none" stroke="${frame}" stroke-width="11" stroke-linejoin="round"/>` +
    `<path d="${heart(98.5, 106, 118)}" fill="none" stroke="#fff" stroke-opacity=".4" stroke-width="2.5"/>` +
    flame(100, 112, 0.8) + p.solid(rect(82, 112, 36, 16, 4), GLASS.base, 4) + fill(rect(85, 118, 30, 8, 3), WAX.base) + line("M74 130q26 10 52 0", frame, 4);
}

function tlights(p: Paint): string {
  const one = (x: number, y: number, colour: string) =>
    flame(x, y - 2, 0.62) + p.solid(`M${x - 20} ${y}q20 8 40 0v16q-20 10-40 0Z`, "#c9ced0", 4) + fill(oval(x, y, 20, 6), colour);
  return shadow(100, 163, 70) + one(72, 102, p.second.base) + one(128, 102, p.main.base) + one(48, 138, p.main.base) + one(100, 138, p.second.base) +
    one(152, 138, p.main.base);
}

function dinner(p: Paint): string {
  const taper = (x: number, top: number, colour: string) =>
    p.solid(`M${x - 6} ${top}q6-4 12 0l2 ${158 - top}h-16Z`, colour, 4) + flame(x, top, 0.6);
  return shadow(100, 163, 60) + taper(58, 66, p.main.base) + taper(86, 50, p.second.base) + taper(114, 58, p.main.base) + taper(142, 46, p.second.base) +
    p.solid(rect(44, 146, 112, 16, 5), WOOD.base, 5);
}

function candlestick(p: Paint): string {
  const metal = p.has("material:zinc") ? ZINC.base : p.has("material:glass") ? GLASS.base : p.surface;
  return shadow(100, 163, 40) + p.solid("M92 44q8-4 16 0v50H92Z", WAX.base, 4) + flame(100, 44, 0.8) +
    p.solid("M80 92h40q0 12-12 14c-2 8-2 12 2 18 4 6 4 12-2 16 4 6 18 8 24 14 4 4 2 8-2 8H70c-4 0-6-4-2-8 6-6 20-8 24-14-6-4-6-10-2-16 4-6 4-10 2-18-12-2-12-14-12-14Z", metal) + gleam("M90 98q4 8 2 16");
}

function pot(p: Paint): string {
  return shadow(100, 163, 48) + p.solid("M56 92q44 12 88 0l-6 62q-2 9-11 9H73q-9 0-11-9Z") +
    fill(oval(100, 92, 44, 9), WAX.base) + fill(oval(100, 93, 36, 6), WAX.deep, 0.25) + flame(100, 94, 0.95) + fill(rect(72, 116, 56, 26, 5), "#fffaf0") +
    p.emblem(100, 129, 0.9, p.main.deep, p.main.base, "flower");
}

function lantern(p: Paint): string {
  const bars = p.main.base;
  return line("M100 0v28", INK, 1.6) + `<circle cx="100" cy="38" r="9" fill="none" stroke="${bars}" stroke-width="5"/>` +
    p.solid("M100 44 140 74H60Z", bars, 5) + fill(rect(66, 74, 68, 76), "#fff0bf") + flame(100, 130, 1.1) +
    p.solid(rect(86, 128, 28, 22, 3), WAX.base, 4) + line("M68 74v76M132 74v76M100 74v20", bars, 6) +
    p.solid(rect(58, 148, 84, 13, 4), bars, 5);
}

function fairyLights(p: Paint): string {
  const shape = p.motif ?? (p.says(/cherry/i) ? "apple" : p.says(/chilli/i) ? "leaf" : undefined);
  const bulbs: [number, number][] = [[34, 66], [64, 84], [98, 90], [132, 82], [164, 62], [46, 132], [78, 148], [112, 150], [146, 136]];
  const colours = [p.main.base, p.second.base];
  return line("M0 40C50 96 150 96 200 36M0 104c50 50 150 56 200-2", INK, 2) +
    bulbs.map(([x, y], i) => {
      const colour = colours[i % 2] ?? p.main.base;
      const figure = shape ? p.glyph(shape, x, y + 12, 0.95, colour, p.main.light) : fill(`M${x} ${y + 26}c-9-5-9-14-5-19h10c4 5 4 14-5 19Z`, colour);
      return `<circle cx="${x}" cy="${y + 12}" r="21" fill="#fff3c9" opacity=".6"/>` + fill(rect(x - 4, y - 3, 8, 8, 2), INK) + figure;
    }).join("");
}

function lamp(p: Paint): string {
  return shadow(100, 163, 36) + fill(oval(100, 98, 70, 62), "#fff3c9", 0.55) +
    p.solid("M92 104h16l4 42c12 3 18 8 18 14q0 3-4 3H74q-4 0-4-3c0-6 6-11 18-14Z", p.second.base) +
    p.solid("M74 44h52l22 62H52Z") + line("M100 106v12", INK, 1.5) + fill(oval(100, 120, 2.5), INK) + gleam("M80 54 66 96");
}

function incense(p: Paint): string {
  return shadow(100, 163, 50) + line("M100 84c-14-12 12-22 0-36s8-22 0-30", "#ffffff", 5).replace("/>", ' opacity=".8"/>') +
    p.solid("M60 96q40 14 80 0-2 20-20 26l6 34q1 6-5 6H79q-6 0-5-6l6-34q-18-6-20-26Z") + fill(oval(100, 96, 40, 8), p.main.deep, 0.5) +
    fill("M100 132c-9 8-10 14-6 20h12c4-6 3-12-6-20Z", "#ffe3a0") + flame(100, 152, 0.55);
}

function matches(p: Paint): string {
  const sticks = [70, 84, 98, 112, 126].map((x, i) => line(`M${x} 104V${52 + (i % 2) * 8}`, WOOD.light, 5) + fill(oval(x, 50 + (i % 2) * 8, 5, 7), p.main.deep)).join("");
  return shadow(100, 163, 52) + sticks + p.solid(rect(48, 92, 104, 70, 4)) + fill(rect(60, 104, 80, 46, 4), "#fff8ea") +
    p.emblem(100, 127, 1.5, p.main.base, p.main.deep, "star");
}

export const CANDLES: Drawings = {
  candle: table(candle),
  "t-light-holder": table(holder),
  "t-light-holder-hanging": wall(hangingHolder),
  "t-lights": table(tlights),
  "dinner-candles": table(dinner),
  candlestick: table(candlestick),
  "candle-pot": table(pot),
  lantern: wall(lantern),
  "fairy-lights": wall(fairyLights),
  lamp: table(lamp),
  incense: table(incense),
  matches: flat(matches),
};
