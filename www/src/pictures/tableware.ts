/** What lies on the table and hangs in the kitchen. */
import { type Drawings, flat, table, wall } from "./drawing.js";
import type { Paint } from "./paint.js";
import { GLASS, INK, WICKER, WOOD } from "./palette.js";
import { fill, gleam, line, oval, rect, shadow, soft } from "./shapes.js";

function plate(p: Paint): string {
  if (p.says(/toast/i)) {
    const slice = (x: number) => fill(`M${x} 92c-8-4-8-26 12-26s20 22 12 26v46h-24Z`, "#e3b878") + fill(`M${x + 4} 94c-5-6-2-20 8-20s13 14 8 20v38h-16Z`, "#f6ddb0");
    return shadow(100, 163, 62) + slice(50) + slice(88) + slice(126) + p.solid("M40 122h120v26q0 14-14 14H54q-14 0-14-14Z") + gleam("M50 132v14");
  }
  if (p.says(/butter|beurre/i)) {
    const body = p.has("material:glass") ? GLASS.base : p.surface;
    return shadow(100, 163, 66) + p.solid("M34 146h132q-6 16-24 16H58q-18 0-24-16Z", body, 5) +
      p.solid("M50 146v-34q0-26 26-26h48q26 0 26 26v34Z", body) + fill(oval(100, 80, 9), p.second.base) + gleam("M62 134v-18q0-14 14-18");
  }
  const rim = oval(100, 100, 70);
  const flag = p.has("style:union-jack") ? p.flag(rim, 30, 30, 140, 140) : "";
  return soft(rim) + p.solid(rim, p.surface, 5) + flag +
    `<circle cx="100" cy="100" r="48" fill="${p.main.light}"/><circle cx="100" cy="100" r="48" fill="none" stroke="${p.main.deep}" stroke-opacity=".25" stroke-width="2"/>` +
    p.emblem(100, 100, 2.6, p.main.base, p.main.deep, "flower");
}

function bowl(p: Paint): string {
  const inside = p.says(/dolly|marshmallow|licorice|jelly|chocolates|nuts|popcorn|biscuits/i)
    ? [[66, 84], [84, 78], [102, 82], [120, 77], [136, 84], [76, 90], [112, 90]].map(([x, y], i) => fill(oval(x!, y!, 10), [p.second.base, "#fdf7e8", p.main.light][i % 3]!)).join("")
    : "";
  return shadow(100, 163, 46) + p.solid("M82 150h36l6 13H76Z", p.main.deep, 4) + fill(oval(100, 92, 68, 13), p.main.deep, 0.55) + inside +
    p.solid("M32 92q68 22 136 0c0 38-26 62-68 62S32 130 32 92Z") +
    (p.surface.startsWith("url") ? "" : p.emblem(100, 124, 1.8, p.main.light, p.main.deep, "flower")) + gleam("M46 110q8 22 26 32");
}

function cutlery(p: Paint): string {
  if (p.says(/straw/i)) {
    return shadow(100, 163, 40) +
      [60, 74, 88, 102, 116, 130].map((x, i) => line(`M${x + 4} 130 ${x - 4} 48l12-14`, i % 2 ? p.second.base : p.main.base, 6)).join("") +
      p.solid("M62 92h76l-8 70H70Z", GLASS.base, 6) + gleam("M74 104l4 44");
  }
  if (p.says(/chopstick/i)) return line("M70 30 88 172M104 28 104 172", p.main.base, 8) + line("M70 30l4 34M104 28v34", p.second.base, 8) +
    p.emblem(140, 80, 2.4, p.main.base, p.main.deep);
  const handle = (x: number) => p.solid(rect(x - 9, 96, 18, 78, 8), p.surface, 4);
  return `<g stroke-linecap="round">` + handle(56) + handle(100) + handle(144) + line("M45 32v26q0 14 11 14t11-14V32M56 32v64", "#a3abae", 5) +
    fill("M94 98V40q0-14 10-14 6 34-2 72Z", "#c4cacc") + fill(oval(144, 52, 15, 23), "#c4cacc") + fill(rect(140, 70, 8, 30), "#c4cacc") + "</g>";
}

function tray(p: Paint): string {
  if (p.says(/coaster/i)) {
    const one = (x: number, y: number) => soft(rect(x, y, 62, 62, 8)) + p.solid(rect(x, y, 62, 62, 8), p.surface, 4) +
      fill(oval(x + 31, y + 31, 20), p.main.light) + p.emblem(x + 31, y + 31, 1.1, p.main.base, p.main.deep, "flower");
    return one(34, 34) + one(104, 34) + one(34, 104) + one(104, 104);
  }
  const d = rect(26, 48, 148, 104, 16);
  const flag = p.has("style:union-jack") ? p.flag(rect(38, 60, 124, 80, 8), 38, 60, 124, 80) : fill(rect(38, 60, 124, 80, 8), p.main.light, 0.9) + p.emblem(100, 100, 3, p.main.base, p.main.deep, "flower");
  return soft(d) + p.solid(d, p.surface, 6) + flag + line("M26 88q-12 12 0 24M174 88q12 12 0 24", p.main.deep, 5);
}

function jug(p: Paint): string {
  const flowers = p.says(/flower|vase|posy/i)
    ? [[78, 42], [104, 28], [126, 46]].map(([x, y]) => line(`M100 84Q${x} 70 ${x} ${y}`, "#6d8c5f", 3) + p.glyph("flower", x!, y!, 1.7, p.second.base, p.second.deep)).join("")
    : "";
  if (p.says(/bottle|flask/i)) {
    const body = "M88 40h24v28c18 10 24 22 24 40v42q0 12-12 12H76q-12 0-12-12v-42c0-18 6-30 24-40Z";
    return shadow(100, 163, 44) + fill(rect(90, 26, 20, 18, 4), WOOD.base) + p.solid(body, p.has("material:glass") ? GLASS.base : p.surface) +
      fill(rect(74, 104, 52, 36, 4), "#fffaf0") + p.emblem(100, 122, 1.2, p.main.base, p.main.deep, "flower") + gleam("M74 104q2-16 14-26");
  }
  return shadow(100, 163, 44) + flowers + line("M136 82c34-8 34 52-6 54", p.main.base, 9) +
    p.solid("M58 62 84 74h54c-4 20 8 30 8 52 0 26-16 36-46 36s-46-10-46-36c0-28 18-34 4-64Z") +
    (p.surface.startsWith("url") ? "" : p.emblem(100, 122, 1.9)) + gleam("M66 116q0 18 10 28");
}

function jar(p: Paint): string {
  return shadow(100, 163, 46) + p.solid("M60 74q40-10 80 0 8 10 8 22v48q0 18-18 18H70q-18 0-18-18V96q0-12 8-22Z", GLASS.base) +
    fill("M58 102h84v40q0 12-12 12H70q-12 0-12-12Z", p.second.base, 0.6) + p.solid(rect(64, 46, 72, 28, 6), p.main.base, 5) +
    fill(rect(72, 104, 56, 34, 4), "#fffaf0") + line("M82 116h36M88 126h24", p.main.deep, 3.5) + gleam("M64 96v44");
}

function glass(p: Paint): string {
  if (p.says(/wine|chalice|sundae|goblet/i)) {
    return shadow(100, 163, 34) +
      p.solid("M62 42h76c2 40-12 60-32 64v36c12 3 22 8 24 16q1 4-4 4H74q-5 0-4-4c2-8 12-13 24-16v-36C74 102 60 82 62 42Z", p.main.base === "#4a3f43" ? p.main.base : GLASS.base) +
      fill("M66 62h68c-2 24-14 36-34 36S68 86 66 62Z", p.main.base, 0.55) + gleam("M72 52q0 24 12 38");
  }
  return shadow(100, 163, 36) + p.solid("M64 54h72l-8 98q-1 10-11 10H83q-10 0-11-10Z", GLASS.base) +
    fill("M67 84h66l-6 66q-1 6-8 6H81q-7 0-8-6Z", p.main.base, 0.5) + line("M68 74h64", "#d8ac54", 3) +
    p.emblem(100, 118, 1.7, "#d8ac54", "#fff", "star") + gleam("M76 64l6 78");
}

function cover(p: Paint): string {
  if (p.says(/napkin|place setting/i)) {
    const ring = (x: number, y: number) => p.solid(`M${x - 32} ${y - 14}h64v28h-64Z`, p.second.light, 3) +
      p.solid(rect(x - 12, y - 20, 24, 40, 8), p.surface, 4) + p.emblem(x, y, 0.8);
    return `<g transform="rotate(-14 100 100)">${ring(84, 66)}${ring(112, 128)}</g>`;
  }
  if (p.says(/salt/i)) {
    const toadstool = (x: number, colour: string) => p.solid(`M${x - 18} 112h36l6 50h-48Z`, "#fdf7e8", 5) +
      p.solid(`M${x - 36} 114c0-56 72-56 72 0q-36 14-72 0Z`, colour, 6) + fill(oval(x - 14, 92, 5), "#fff") + fill(oval(x + 6, 84, 6), "#fff") +
      fill(oval(x + 20, 102, 4), "#fff");
    return shadow(100, 163, 66) + toadstool(60, "#c84a43") + toadstool(138, p.second.base);
  }
  return shadow(100, 163, 74) + fill(oval(100, 154, 70, 10), WOOD.base) +
    p.solid("M32 152c0-60 28-92 68-92s68 32 68 92q-68 14-136 0Z", p.pattern(10, p.main.light, `<path d="M0 0 10 10M10 0 0 10" stroke="${WICKER.base}" stroke-width="1.4"/>`)) +
    line("M32 152q68 14 136 0", p.main.base, 6) + fill(oval(100, 56, 8), p.main.base) +
    [[66, 116], [100, 96], [134, 116]].map(([x, y]) => p.emblem(x!, y!, 1.3, p.main.base, p.second.base, "flower")).join("");
}

function apron(p: Paint): string {
  const d = "M78 60h44l4 34c16 4 24 10 26 18v50q0 8-8 8H56q-8 0-8-8v-50c2-8 10-14 26-18Z";
  const flag = p.has("style:union-jack") ? p.flag(d, 48, 60, 104, 110) : "";
  return line("M80 62C70 20 130 20 120 62M50 112l-22 12M150 112l22 12", p.second.base, 5) + p.solid(d) + flag +
    p.solid("M76 120h48v26q0 8-8 8H84q-8 0-8-8Z", p.second.base, 4) + p.emblem(100, 136, 1.1, p.second.light, p.main.base);
}

function teaTowel(p: Paint): string {
  if (p.says(/glove|mitt/i)) {
    return line("M92 0v34", INK, 1.6) + p.solid("M64 96c-18-20-2-38 12-22V62c0-38 52-38 52 0v92H76v-42Z") +
      p.solid(rect(72, 144, 60, 24, 5), p.second.base, 4) + (p.surface.startsWith("url") ? "" : p.emblem(104, 104, 1.7)) +
      line("M92 34q0 8 8 8", INK, 2);
  }
  if (p.says(/cloth|iron/i)) {
    return shadow(100, 163, 66) + p.solid("M30 96q70-16 140 0l8 62q-12-8-22 0-10 8-20 0-12-8-24 0-12 8-24 0-12-8-22 0-10 8-20 0-10-8-24 0Z") +
      fill(oval(100, 92, 70, 12), p.main.light, 0.5);
  }
  const d = "M52 34h96v122H52Z";
  const flag = p.has("style:union-jack") ? p.flag(d, 52, 34, 96, 122) : "";
  return line("M20 34h160", WOOD.base, 8) + p.solid(d, p.surface, 6) + flag + fill("M52 132h96v6H52ZM52 144h96v4H52Z", p.second.base) +
    line("M100 34v122", "#43211f", 1).replace("/>", ' opacity=".15"/>') +
    (p.surface.startsWith("url") || flag ? "" : p.emblem(100, 86, 2.4, p.main.light, p.main.deep));
}

function napkins(p: Paint): string {
  if (p.says(/cup/i)) {
    const cup = (x: number, y: number) => p.solid(`M${x - 26} ${y}h52l-8 66h-36Z`, p.surface, 5) + fill(oval(x, y, 26, 6), p.main.light);
    return shadow(100, 163, 66) + cup(66, 66) + cup(136, 72) + cup(100, 96);
  }
  if (p.says(/plate/i)) return plate(p);
  const sheet = (turn: number, print: string) => `<g transform="rotate(${turn} 100 104)">${p.solid(rect(52, 56, 96, 96, 3), print, 5)}</g>`;
  return soft(rect(52, 56, 96, 96, 3)) + sheet(-14, p.second.base) + sheet(8, p.surface) +
    `<g transform="rotate(8 100 104)">${line("M52 104h96M100 56v96", "#43211f", 1).replace("/>", ' opacity=".16"/>')}</g>`;
}

export const TABLEWARE: Drawings = {
  plate: flat(plate),
  "plate-standing": table(plate),
  bowl: table(bowl),
  pet: table(p => bowl(p) + p.glyph(p.says(/cat/i) ? "cat" : "dog", 100, 124, 1.7, p.main.light, p.main.deep)),
  cutlery: flat(cutlery),
  tray: flat(tray),
  jug: table(jug),
  jar: table(jar),
  glass: table(glass),
  "food-cover": table(cover),
  apron: wall(apron),
  "tea-towel": wall(teaTowel),
  napkins: flat(napkins),
};
