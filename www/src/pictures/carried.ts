/** Bags, umbrellas, jewellery: what people carry and wear. */
import { type Drawings, flat, table, wall } from "./drawing.js";
import type { Paint } from "./paint.js";
import { INK, PAPER, WICKER } from "./palette.js";
import { fill, gleam, heart, line, oval, rect, shadow, soft } from "./shapes.js";

const plain = (p: Paint) => !p.surface.startsWith("url");

function tote(p: Paint): string {
  const d = "M44 76h112l8 80q0 6-6 6H42q-6 0-6-6Z";
  const flag = p.has("style:union-jack") ? p.flag(d, 36, 76, 128, 86) : "";
  return shadow(100, 164, 64) + line("M70 84C66 22 134 22 130 84", p.second.base, 8) + p.solid(d) + flag +
    (plain(p) && !flag ? p.emblem(100, 120, 3, p.main.light, p.main.deep, "flower") : "") + line("M44 88h112", p.main.light, 2, "5 5");
}

function lunchBag(p: Paint): string {
  return shadow(100, 164, 54) + line("M80 58c0-34 40-34 40 0", p.second.base, 7) + p.solid("M52 58h96l8 98q0 6-6 6H50q-6 0-6-6Z") +
    p.solid("M50 58h100v26q-50 10-100 0Z", p.second.base, 5) + fill(oval(100, 84, 6), p.main.deep) +
    (plain(p) ? p.emblem(100, 124, 2.6, p.main.light, p.main.deep, "flower") : "");
}

function lunchBox(p: Paint): string {
  if (p.says(/snack|round|set of [34]/i)) {
    const round = (x: number, y: number, print: string) => p.solid(`M${x - 38} ${y}q38 10 76 0v28q-38 12-76 0Z`, print, 5) +
      fill(oval(x, y, 38, 9), p.second.base) + fill(oval(x, y, 28, 6), p.second.light);
    return shadow(100, 163, 76) + round(100, 70, p.surface) + round(60, 124, p.surface) + round(140, 124, p.surface);
  }
  return shadow(100, 164, 64) + line("M74 74c0-30 52-30 52 0", p.main.deep, 8) + p.solid(rect(36, 70, 128, 92, 16)) +
    line("M36 108h128", p.main.deep, 3) + fill(rect(88, 98, 24, 20, 5), p.second.base) +
    (plain(p) ? p.emblem(70, 136, 1.6, p.main.light, p.main.deep) + p.emblem(130, 136, 1.6, p.main.light, p.main.deep) : "") +
    gleam("M48 88v10M48 122v24");
}

function umbrella(p: Paint): string {
  if (p.says(/hat/i)) return shadow(100, 163, 70) + p.solid("M60 132c0-60 14-80 40-80s40 20 40 80Z") +
    p.solid("M26 138q74-28 148 0-74 40-148 0Z", p.second.base, 4);
  if (p.says(/mac|poncho/i)) return line("M72 44q28-34 56 0", INK, 3) + p.solid("M76 46q24 20 48 0l46 44-20 26-14-12v62H64v-62l-14 12-20-26Z") +
    line("M100 62v104", p.main.deep, 2) + [84, 108, 132].map(y => fill(oval(106, y, 4), p.second.base)).join("");
  return line("M100 30v118c0 22 26 22 26 2", "#8d6440", 6) + p.solid("M20 104c6-44 38-70 80-70s74 26 80 70q-13-12-26 0-13-12-27 0-13-12-27 0-13-12-27 0-14-12-27 0-13-12-26 0Z") +
    line("M73 104q4-46 27-70 23 24 27 70", p.main.deep, 2).replace("/>", ' opacity=".5"/>') + line("M100 34v-10", "#8d6440", 5) +
      (p.says(/ruffle/i) ? line("M20 104q13-12 26 0 13-12 27 0 13-12 27 0 13-12 27 0 14-12 27 0 13-12 26 0", p.second.base, 6) : "");
}

function handbag(p: Paint): string {
  if (p.says(/backpack|rucksack/i)) return shadow(100, 164, 50) + line("M82 56c0-30 36-30 36 0", p.second.base, 7) +
    p.solid("M54 90c0-30 18-42 46-42s46 12 46 42v58q0 14-14 14H68q-14 0-14-14Z") + p.solid(rect(68, 112, 64, 40, 8), p.second.base, 5) +
    line("M54 92h92", p.main.deep, 3);
  if (p.says(/case/i)) return shadow(100, 164, 64) + line("M82 70c0-22 36-22 36 0", p.main.deep, 7) + p.solid(rect(34, 68, 132, 94, 10)) +
    fill("M56 68h12v94H56ZM132 68h12v94h-12Z", p.second.base) + fill(rect(90, 62, 20, 12, 3), "#d8ac54");
  return shadow(100, 164, 60) + line("M62 84c0-70 76-70 76 0", p.second.base, 8) +
    p.solid("M46 82h108c16 30 20 58 8 74q-4 6-12 6H50q-8 0-12-6c-12-16-8-44 8-74Z") + p.solid("M46 82h108q4 34-54 34T46 82Z", p.second.base, 5) +
    fill(oval(100, 112, 7), "#d8ac54") + (plain(p) ? p.emblem(100, 140, 1.5, p.main.light, p.main.deep, "flower") : "");
}

function tag(p: Paint): string {
  if (p.says(/passport/i)) {
    const d = rect(54, 40, 92, 124, 8);
    const flag = p.has("style:union-jack") ? p.flag(d, 54, 40, 92, 124) : "";
    return soft(d) + p.solid(d, p.surface, 5) + flag + line("M64 40v124", p.main.deep, 2).replace("/>", ' opacity=".4"/>') +
      (flag ? "" : fill(oval(104, 88, 22), p.main.light) + p.emblem(104, 88, 1.5, p.main.base, p.main.deep, "star") + line("M86 128h38M92 138h26", p.main.light, 4));
  }
  const d = "M78 62 100 40l22 22h14q8 0 8 8v86q0 8-8 8H64q-8 0-8-8V70q0-8 8-8Z";
  const flag = p.has("style:union-jack") ? p.flag(rect(66, 88, 68, 60, 4), 66, 88, 68, 60) : fill(rect(66, 88, 68, 60, 4), PAPER.base) +
    p.emblem(100, 108, 1.2, p.main.base, p.main.deep, "star") + line("M78 130h44", p.main.base, 4);
  return line("M100 56C80 20 130 0 150 26", p.second.deep, 5) + soft(d) + p.solid(d, p.surface, 5) + fill(oval(100, 60, 6), p.backdrop[0]) + flag;
}

function purse(p: Paint): string {
  if (p.says(/wash|cosmetic|toilet|glasses/i)) return shadow(100, 163, 62) + p.solid("M38 84q62-14 124 0l8 62q0 16-16 16H46q-16 0-16-16Z") +
    line("M38 84q62-14 124 0", p.second.deep, 6) + fill(rect(146, 84, 9, 24, 4), "#d8ac54") +
    (plain(p) ? p.emblem(100, 124, 2.6, p.main.light, p.main.deep, "flower") : "") + gleam("M48 100q-4 24-2 40");
  return shadow(100, 163, 54) + p.solid("M50 84h100c26 34 14 78-18 78H68c-32 0-44-44-18-78Z") + line("M48 84h104", "#d8ac54", 8) +
    fill(oval(93, 74, 6), "#d8ac54") + fill(oval(107, 74, 6), "#d8ac54") +
    (plain(p) ? p.emblem(100, 124, 2.4, p.main.light, p.main.deep, "flower") : "");
}

const beads = (points: [number, number, number][], a: string, b: string) => points.map(([x, y, r], i) => fill(oval(x + 2, y + 3, r), "#43211f", 0.12) + fill(oval(x, y, r), i % 2 ? b : a) + fill(oval(x - r * 0.3, y - r * 0.3, r * 0.28), "#fff", 0.7)).join("");

function ringOfBeads(cx: number, cy: number, rx: number, ry: number, count: number, r: number, from = 0, to = 1): [number, number, number][] {
  return Array.from({ length: count }, (_, i) => {
    const angle = 2 * Math.PI * (from + ((to - from) * i) / count);
    return [Math.round(cx + rx * Math.cos(angle)), Math.round(cy + ry * Math.sin(angle)), r];
  });
}

function necklace(p: Paint): string {
  const string = ringOfBeads(100, 84, 58, 66, 22, 6.5, -0.06, 0.56);
  return line("M42 84C42 24 70 12 100 12s58 12 58 72", p.main.deep, 1.6) + beads(string, p.main.base, p.second.base) +
    fill(heart(100, 168, 34), p.main.base) + gleam("M90 162q-2-6 4-8", 2.5);
}

function bracelet(p: Paint): string {
  const charm = p.says(/sweetheart|charm/i) ? p.glyph("heart", 100, 164, 1.3, p.main.base) + line("M100 142v10", "#d8ac54", 2.5) : "";
  return fill(oval(103, 108, 62, 44), "#43211f", 0.08) + beads(ringOfBeads(100, 102, 60, 42, 20, 8.5), p.main.base, p.second.base) + charm;
}

function earrings(p: Paint): string {
  if (p.says(/brooch|bow/i)) return fill("M100 100C60 50 24 70 32 104s44 26 68-4c24 30 60 34 68 4s-28-54-68 0Z", p.main.base) +
    fill(oval(100, 100, 14), p.second.base) + beads([[52, 96, 5], [70, 90, 5], [148, 96, 5], [130, 90, 5]], "#fff", "#fff");
  if (p.says(/ring$/i)) return `<circle cx="100" cy="124" r="38" fill="none" stroke="#d8ac54" stroke-width="9"/>` + p.solid("M76 78 88 58h24l12 20-24 30Z", p.main.base, 5);
  const drop = (x: number) => line(`M${x} 44c-12 0-12 20 0 22v16`, "#d8ac54", 3) + p.solid(oval(x, 98, 15), p.main.base, 4) +
    p.solid(`M${x} 112c14 18 18 30 0 44-18-14-14-26 0-44Z`, p.second.base, 4);
  return p.says(/charm/i) ? drop(100) + line("M84 156v22M92 158v24M100 158v26M108 158v24M116 156v22", p.main.base, 4) : drop(68) + drop(132);
}

function hair(p: Paint): string {
  if (p.says(/band|tiara/i)) return `<path d="M40 150C20 40 180 40 160 150" fill="none" stroke="${p.main.base}" stroke-width="13" stroke-linecap="round"/>` +
    p.glyph("flower", 66, 74, 2.6, p.second.base, p.second.deep) + p.glyph(p.motif ?? "flower", 104, 58, 1.8, p.main.light, p.main.deep);
  if (p.says(/comb/i)) return p.solid("M44 66q56-30 112 0v22q-56-16-112 0Z") +
    Array.from({ length: 11 }, (_, i) => line(`M${50 + i * 10} 84v66`, p.main.deep, 4)).join("") +
    p.glyph("flower", 100, 66, 1.6, p.second.base, p.second.deep);
  const clip = (x: number, y: number) => p.solid(rect(x - 42, y + 8, 84, 12, 6), "#b9bfc1", 3) + p.glyph(p.motif ?? "flower", x, y, 2.6, p.main.base, p.second.base);
  return clip(88, 74) + clip(112, 134);
}

function keyring(p: Paint): string {
  const letter = /Letter (\w)/.exec(p.name)?.[1];
  return `<circle cx="100" cy="54" r="26" fill="none" stroke="#a3abae" stroke-width="7"/>` + line("M100 80v18", "#a3abae", 5) +
    p.solid(rect(66, 96, 68, 72, 16), p.surface, 6) +
    (letter ? `<text x="100" y="150" text-anchor="middle" font-family="Georgia, serif" font-size="50" font-weight="bold" fill="${p.main.light}">${letter}</text>` : p.emblem(100, 132, 2, p.main.light, p.main.deep, "heart"));
}

function clothes(p: Paint): string {
  if (p.says(/fan/i)) return Array.from({ length: 9 }, (_, i) => `<path d="M100 158 88 46q12-8 24 0Z" fill="${i % 2 ? p.second.base : p.main.base}" transform="rotate(${(i - 4) * 15} 100 158)"/>`).join("") + fill(oval(100, 156, 9), INK);
  if (p.says(/hanger/i)) return line("M100 56c0-14-18-14-16-28s26-8 20 6", "#8b8078", 4) + p.solid("M100 56c44 26 74 44 72 56-2 8-14 6-22 4H50c-8 2-20 4-22-4-2-12 28-30 72-56Z");
  if (p.says(/hat|sombrero/i)) return shadow(100, 163, 80) + p.solid("M64 138c0-56 10-78 36-78s36 22 36 78Z", WICKER.base) +
    p.solid("M16 130q84 46 168 0 0 32-84 32t-84-32Z", WICKER.base) + line("M66 128q34 12 68 0", p.main.base, 9);
  if (p.says(/muff|headphone/i)) return `<path d="M46 110C40 20 160 20 154 110" fill="none" stroke="${p.main.base}" stroke-width="9"/>` +
    p.solid(oval(48, 118, 28, 34)) + p.solid(oval(152, 118, 28, 34));
  if (p.says(/sunglasses/i)) return p.solid(oval(62, 100, 36)) + p.solid(oval(138, 100, 36)) + fill(oval(62, 100, 26), INK) +
    fill(oval(138, 100, 26), INK) + line("M92 92q8-8 16 0", p.main.base, 8) + gleam("M46 94l16-12M122 94l16-12");
  return p.solid("M80 40h40v60c0 30 10 40 12 62H68c2-22 12-32 12-62Z") + line("M72 162v14M86 162v16M100 162v16M114 162v16M128 162v14", p.second.base, 5);
}

export const CARRIED: Drawings = {
  tote: table(tote),
  "lunch-bag": table(lunchBag),
  "lunch-box": table(lunchBox),
  umbrella: wall(umbrella),
  handbag: table(handbag),
  "luggage-tag": flat(tag),
  purse: table(purse),
  necklace: flat(necklace),
  bracelet: flat(bracelet),
  earrings: flat(earrings),
  hair: flat(hair),
  keyring: flat(keyring),
  clothes: flat(clothes),
};
