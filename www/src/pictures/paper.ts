/** Cards, wrapping, pencils, stitching. */
import { type Drawings, flat, table } from "./drawing.js";
import type { Paint } from "./paint.js";
import { INK, PAPER, WOOD } from "./palette.js";
import { fill, heart, line, oval, rect, shadow, star, soft } from "./shapes.js";

const turned = (angle: number, inner: string) => `<g transform="rotate(${angle} 100 102)">${inner}</g>`;

function card(p: Paint): string {
  const d = rect(52, 42, 92, 122, 3);
  const flag = p.has("style:union-jack") ? p.flag(rect(62, 52, 72, 80, 2), 62, 52, 72, 80) : fill(rect(62, 52, 72, 80, 2), p.main.base) + p.emblem(98, 92, 2.7, p.main.light, p.second.base, p.pick("card", ["flower", "cake", "bird", "star", "heart", "cat"]));
  return turned(14, soft(rect(66, 56, 100, 70, 3)) + p.solid(rect(66, 56, 100, 70, 3), p.second.base, 4)) +
    turned(-5, soft(d) + p.solid(d, PAPER.base, 3) + flag + line("M76 144h44M84 153h28", p.main.deep, 3));
}

function wrap(p: Paint): string {
  const roll = (y: number, print: string) => soft(rect(24, y, 152, 34, 6)) + p.solid(rect(24, y, 152, 34, 6), print, 4) +
    fill(oval(172, y + 17, 7, 15), p.main.light) + fill(oval(172, y + 17, 3.5, 8), p.main.deep, 0.5);
  if (p.says(/tape/i)) return tape(p);
  return turned(-18, roll(52, p.second.base) + roll(92, p.surface) + line("M92 92v34", "#fffaf0", 5) + fill("M92 108c-12-12-26-6-22 4s16 4 22-4c6 8 18 14 22 4s-10-16-22-4Z", "#fffaf0") + (p.surface.startsWith("url") ? roll(132, p.main.base) : roll(132, p.print(p.second, p.main))));
}

function ribbon(p: Paint): string {
  const reel = (x: number, y: number, print: string, core: string) => fill(oval(x + 3, y + 5, 38), "#43211f", 0.12) +
    p.solid(oval(x, y, 38), print, 5) + `<circle cx="${x}" cy="${y}" r="28" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="3"/>` +
    fill(oval(x, y, 15), core) + fill(oval(x, y, 6), p.backdrop[0]);
  return line("M104 96c30 20 20 70 74 66", p.main.base, 10) + line("M62 160c-10 14-30 16-44 10", p.second.base, 10) +
    reel(72, 74, p.surface, PAPER.light) + reel(124, 116, p.second.base, PAPER.base) + reel(62, 138, p.main.base, PAPER.light);
}

function giftBag(p: Paint): string {
  if (p.says(/tag/i)) {
    const one = (angle: number, print: string) => turned(angle, soft("M84 70 100 50l16 20h14v92H70V70Z") + p.solid("M84 70 100 50l16 20h14v92H70V70Z", print, 4) + fill(oval(100, 72, 5), p.backdrop[0]) + p.emblem(100, 116, 2, p.main.light, p.main.deep));
    return line("M100 66C90 30 120 12 140 24", p.second.deep, 3) + one(-16, p.second.base) + one(10, p.main.base);
  }
  if (p.says(/box/i)) return shadow(100, 163, 54) + p.solid("M50 92h100v64q0 6-6 6H56q-6 0-6-6Z") + p.solid("M44 74h112v22H44Z", p.second.base, 4) +
    fill("M94 74h12v88H94Z", p.main.light) + fill("M100 74c-14-30-44-22-40-6s26 12 40 6c14 6 36 10 40-6s-26-24-40 6Z", p.main.light);
  if (p.says(/bottle/i)) return shadow(100, 163, 36) + p.solid("M70 72h60l6 90H64Z") + line("M82 78c0-34 36-34 36 0", p.second.base, 5) +
    p.emblem(100, 122, 2, p.main.light, p.main.deep);
  return shadow(100, 163, 54) + line("M80 68c0-32 14-34 14-4M106 64c0-30 14-28 14 4", p.second.deep, 4) + p.solid("M52 66h96v96H52Z") +
    fill("M132 66h16v96h-16Z", "#43211f", 0.08) + `<circle cx="98" cy="116" r="25" fill="#fffaf0"/>` +
    p.emblem(98, 116, 1.7, p.main.base, p.main.deep, "star");
}

function notebook(p: Paint): string {
  if (p.says(/calendar/i)) return line("M70 40v22M130 40v22", INK, 5) + soft(rect(44, 50, 112, 112, 6)) +
    p.solid(rect(44, 50, 112, 112, 6), PAPER.base, 4) + fill("M44 56q0-6 6-6h100q6 0 6 6v26H44Z", p.main.base) +
    [98, 118, 138].map(y => [62, 84, 106, 128].map(x => fill(rect(x, y - 4, 12, 12, 2), (x + y) % 44 === 4 ? p.second.base : PAPER.light)).join("")).join("");
  const d = rect(50, 38, 100, 126, 7);
  return turned(-6, soft(d) + fill(rect(54, 42, 100, 126, 6), PAPER.base) + p.solid(d, p.surface, 5) + fill("M50 45q0-7 7-7h9v126h-9q-7 0-7-7Z", p.main.deep, 0.55) + fill(rect(84, 70, 50, 30, 4), "#fffaf0") + line("M92 81h34M92 90h22", p.main.deep, 3) + (p.surface.startsWith("url") ? "" : p.emblem(108, 130, 1.6)) + line("M138 38v140", p.second.base, 5));
}

function pencils(p: Paint): string {
  const colours = ["#c84a43", "#edc55f", "#7299bd", "#88a97b", "#e08d57", "#9b83b3"];
  const pencil = (x: number, top: number, colour: string) => fill(`M${x - 7} ${top + 18}h14V120h-14Z`, colour) +
    fill(`M${x - 7} ${top + 18} ${x} ${top}l7 18Z`, WOOD.light) + fill(`M${x - 2.5} ${top + 6.5} ${x} ${top}l2.5 6.5Z`, colour);
  if (p.says(/case/i)) return soft(rect(24, 74, 152, 56, 20)) + p.solid(rect(24, 74, 152, 56, 20), p.surface, 5) +
    line("M38 84h124", p.second.deep, 4) + fill(rect(150, 82, 8, 20, 3), "#d8ac54") + p.emblem(100, 108, 1.6, p.main.light, p.main.deep);
  if (p.says(/paint|colouring set/i)) return soft(rect(34, 56, 132, 92, 10)) + p.solid(rect(34, 56, 132, 92, 10), p.main.base, 4) +
    colours.map((colour, i) => fill(oval(62 + (i % 3) * 38, 86 + Math.floor(i / 3) * 34, 14), colour)).join("") + line("M150 40 60 170", WOOD.base, 6);
  return shadow(100, 163, 40) + colours.map((colour, i) => pencil(70 + i * 12, 40 + ((i * 7) % 18), colour)).join("") +
    p.solid("M58 88q42 10 84 0v66q-42 16-84 0Z") + fill(rect(78, 112, 44, 28, 5), "#fffaf0") +
    p.emblem(100, 126, 1, p.main.base, p.main.deep, "star");
}

function pen(p: Paint): string {
  const feather = p.says(/feather/i);
  return turned(38, soft(rect(91, 30, 18, 120, 8)) + (feather ? p.solid("M100 96c-34-20-30-70 0-86 30 16 34 66 0 86Z", p.main.base, 5) + line("M100 20v70", p.main.light, 2) : p.solid(rect(91, 26, 18, 60, 8), p.second.base, 4)) + p.solid(rect(91, 78, 18, 68, 3), p.surface, 4) + fill("M91 146h18l-9 26Z", "#c4cacc") + fill("M97.5 164h5l-2.5 8Z", INK) + (feather ? "" : line("M113 32v34", "#d8ac54", 4)));
}

function stickers(p: Paint): string {
  const d = rect(44, 36, 112, 130, 6);
  const names = p.motif ? [p.motif, p.motif, "star", p.motif, "heart", p.motif] : ["heart", "star", "flower", "bird", "cake", "butterfly"];
  const inks = [p.main.base, p.second.base, p.main.deep];
  return turned(4, soft(d) + p.solid(d, PAPER.base, 4) + names.map((name, i) => {
    const [x, y] = [78 + (i % 2) * 44, 66 + Math.floor(i / 2) * 36];
    return fill(oval(x, y, 16), p.backdrop[1]) + p.glyph(name, x, y, 1.2, inks[i % 3]!, "#fffaf0");
  }).join("") + fill("M156 142v18q0 6-6 6h-18Z", p.backdrop[2]));
}

function envelope(p: Paint): string {
  if (p.says(/stamp/i)) return shadow(100, 163, 50) + p.solid("M86 54q14-10 28 0v44h14v24H72V98h14Z", WOOD.base) +
    p.solid(rect(60, 120, 80, 16, 4), p.main.base, 4) + line("M64 152h72", p.main.deep, 3, "4 6");
  return turned(-6, soft(rect(64, 40, 84, 100, 3)) + p.solid(rect(64, 40, 84, 100, 3), p.surface, 4) + fill(rect(74, 50, 64, 40, 2), PAPER.base) + line("M82 62h46M82 72h34", p.main.base, 3)) +
    soft(rect(38, 84, 124, 80, 5)) + p.solid(rect(38, 84, 124, 80, 5), PAPER.base, 4) + line("M40 86l60 44 60-44", PAPER.deep, 3) +
    p.glyph("heart", 100, 128, 1.2, p.main.base);
}

function calculator(p: Paint): string {
  const d = p.says(/heart/i) ? heart(100, 106, 150) : rect(56, 36, 88, 130, 10);
  const keys = [0, 1, 2].flatMap(row => [0, 1, 2].map(column => fill(oval(80 + column * 20, 96 + row * 18, 6.5), [p.main.light, p.second.base, p.main.deep][(row + column) % 3]!))).join("");
  return soft(d) + p.solid(d, p.main.base, 5) + fill(rect(72, 58, 56, 24, 4), "#dfe7d3") + line("M104 70h16", INK, 3.5) + keys;
}

function eraser(p: Paint): string {
  return turned(-20, soft(rect(42, 74, 116, 56, 10)) + p.solid(rect(42, 74, 116, 56, 10), p.second.base, 5) + p.solid(rect(42, 74, 74, 56, 10), p.surface, 4) + p.emblem(80, 102, 1.5, p.main.light, p.main.deep)) +
    fill(oval(156, 150, 4), p.second.base) + fill(oval(140, 160, 3), p.second.base);
}

function tape(p: Paint): string {
  return fill(oval(104, 108, 56), "#43211f", 0.12) +
    `<circle cx="98" cy="98" r="44" fill="none" stroke="${p.surface}" stroke-width="26"/><circle cx="98" cy="98" r="30" fill="none" stroke="${PAPER.deep}" stroke-width="4"/>` +
    line("M120 146q40 6 62-18", p.main.base, 12);
}

function magnets(p: Paint): string {
  const figure = (i: number) => p.motif ?? ["cake", "heart", "flower", "bird"][i]!;
  return [[64, 64], [136, 64], [64, 138], [136, 138]].map(([x, y], i) => fill(oval(x! + 3, y! + 4, 31), "#43211f", 0.13) + p.solid(oval(x!, y!, 31), i % 2 ? p.second.base : p.main.base, 4) + p.glyph(figure(i), x!, y!, 1.7, i % 2 ? p.second.light : p.main.light, i % 2 ? p.second.deep : p.main.deep)).join("");
}

function sewing(p: Paint): string {
  if (p.says(/scissor|secateur/i)) return line("M82 124 136 30M118 124 64 30", "#b4bcbf", 9) +
    `<circle cx="72" cy="144" r="22" fill="none" stroke="${p.main.base}" stroke-width="11"/><circle cx="128" cy="144" r="22" fill="none" stroke="${p.main.base}" stroke-width="11"/>` +
    fill(oval(100, 94, 5), INK);
  if (p.says(/tape/i)) return line("M52 150c50 26 76-8 132 12", "#edc55f", 15) + line("M52 150c50 26 76-8 132 12", INK, 7, "1.5 9") +
    p.solid(oval(84, 96, 50)) + fill(oval(84, 96, 30), p.main.light) + p.emblem(84, 96, 1.9, p.main.base, p.main.deep, "flower");
  if (p.says(/box/i)) return shadow(100, 163, 60) + line("M72 82c0-34 56-34 56 0", WOOD.deep, 6) + p.solid(rect(40, 80, 120, 82, 8)) +
    line("M40 112h120", p.main.deep, 3) + fill(rect(90, 104, 20, 18, 4), "#d8ac54");
  if (p.says(/cushion/i)) return shadow(100, 163, 52) + p.solid("M44 128c0-46 26-62 56-62s56 16 56 62c0 24-16 34-56 34s-56-10-56-34Z") +
    line("M100 66v-26M74 74 62 48M128 74l12-24", "#9aa2a6", 3) + fill(oval(100, 38, 6), "#c84a43") + fill(oval(61, 46, 6), "#7299bd") +
    fill(oval(141, 48, 6), "#edc55f");
  const button = (x: number, y: number, r: number, colour: string) => fill(oval(x + 2, y + 3, r), "#43211f", 0.13) +
    p.solid(oval(x, y, r), colour, 3) + [[-4, -4], [4, -4], [-4, 4], [4, 4]].map(([a, b]) => fill(oval(x + a!, y + b!, 2.2), INK)).join("");
  return p.solid(rect(48, 54, 52, 12, 4), WOOD.base, 3) + p.solid(rect(48, 128, 52, 12, 4), WOOD.base, 3) +
    p.solid(rect(54, 66, 40, 62), p.main.base, 5) + line("M54 78h40M54 90h40M54 102h40M54 114h40", p.main.deep, 1.5) +
    line("M94 116c40 0 10 50 66 44", p.main.base, 2.5) + line("M166 52 120 130", "#9aa2a6", 3.5) + button(142, 96, 18, p.second.base) +
    button(124, 150, 14, p.main.base);
}

function felt(p: Paint): string {
  const stitch = (d: string) => `<path d="${d}" fill="none" stroke="#fffaf0" stroke-width="2.5" stroke-dasharray="5 5"/>`;
  const [big, small] = p.says(/star/i) ? [star(100, 100, 66), star(100, 100, 54)] : [heart(100, 106, 138), heart(100, 104, 116)];
  if (p.says(/doll|princess|fairy|friends/i)) return fill(oval(100, 64, 34), "#f6d9bf") +
    fill("M64 62c0-50 72-50 72 0-6 8-4 34-2 40-8 2-14-6-14-34-14 0-30-2-40-14 0 30-4 50-14 48 2-8 4-32-2-40Z", WOOD.deep) + fill(oval(88, 70, 3), INK) +
    fill(oval(112, 70, 3), INK) + line("M92 82q8 6 16 0", "#c84a43", 3) + p.solid("M76 98h48l24 64q-48 14-96 0Z") +
    p.glyph("heart", 100, 132, 1.6, p.main.light);
  if (p.says(/mice|chick/i)) return [[62, 76], [136, 84], [98, 138]].map(([x, y], i) => p.glyph(p.says(/mice/i) ? "rabbit" : "bird", x!, y!, 3, i % 2 ? p.second.base : p.main.base, INK)).join("");
  return soft(big!) + p.solid(big!, p.main.base, 6) + stitch(small!) + p.emblem(100, 100, 2.8, p.second.base, p.main.light, "flower");
}

export const PAPERS: Drawings = {
  card: flat(card),
  wrap: flat(wrap),
  ribbon: flat(ribbon),
  "gift-bag": table(giftBag),
  notebook: flat(notebook),
  pencils: table(pencils),
  pen: flat(pen),
  stickers: flat(stickers),
  envelope: flat(envelope),
  calculator: flat(calculator),
  eraser: flat(eraser),
  tape: flat(tape),
  magnets: flat(magnets),
  sewing: table(sewing),
  "felt-kit": flat(felt),
};
