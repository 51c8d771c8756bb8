/** Garden things, and what parties and feasts are made of. */
import { type Drawings, flat, table, wall } from "./drawing.js";
import { bauble } from "./hanging.js";
import type { Paint } from "./paint.js";
import { INK, PAPER, WICKER, WOOD, ZINC } from "./palette.js";
import { fill, gleam, line, oval, rect, shadow, soft } from "./shapes.js";

const LEAF = "#6d8c5f";

function wateringCan(p: Paint): string {
  const body = p.has("material:zinc") ? ZINC.base : p.surface;
  return shadow(100, 163, 58) + line("M120 84c50-30 60 50 10 62", p.main.deep, 7) + line("M74 84c4-40 44-40 48 0", p.main.deep, 6) +
    p.solid("M62 132 26 78l12-6 34 30Z", body, 4) + p.solid("M20 66l22 14-8 12-22-14Z", p.second.base, 3) +
    p.solid("M62 84q36 10 72 0l8 70q-44 14-88 0Z", body) + (body.startsWith("url") ? "" : p.emblem(98, 122, 2, p.main.light, p.main.deep, "flower")) +
    [[10, 96], [20, 106], [8, 116]].map(([x, y]) => fill(oval(x!, y!, 2.5, 4), "#7299bd")).join("");
}

function birdhouse(p: Paint): string {
  if (p.says(/bath/i)) return line("M100 0 40 110M100 0l60 110", INK, 2) + p.solid("M28 108q72 20 144 0-8 40-72 40t-72-40Z") +
    fill(oval(100, 108, 70, 11), "#b5cbda") + p.glyph("bird", 132, 92, 1.8, p.second.base, p.second.deep);
  return line("M100 0v34", INK, 2) + p.solid("M56 92h88v60q0 8-8 8H64q-8 0-8-8Z") + p.solid("M100 28 166 98H34Z", p.second.base, 6) +
    fill(oval(100, 120, 17), INK) + line("M100 146v18", WOOD.deep, 5) + p.glyph("bird", 142, 84, 1.5, p.main.light, p.main.deep);
}

function parasol(p: Paint): string {
  if (p.says(/bucket|spade/i)) return shadow(100, 163, 60) + line("M136 40v60", WOOD.base, 7) +
    p.solid("M118 98h36v34c0 20-36 20-36 0Z", p.second.base, 4) + line("M52 82c2-44 66-44 70 0", p.main.deep, 4) +
    p.solid("M46 80q42 12 84 0l-12 76q-30 12-60 0Z") + p.emblem(88, 118, 1.8, p.main.light, p.main.deep, "star");
  if (p.says(/windsock|flag/i)) return line("M40 20v160", WOOD.base, 7) + p.flag("M44 40h120l-16 40 16 40H44Z", 44, 40, 120, 80);
  return shadow(100, 166, 34) + line("M100 44v120", WOOD.base, 7) +
    p.solid("M18 104C26 58 60 38 100 38s74 20 82 66q-20 12-41 0-20 12-41 0-21 12-41 0-21 12-41 0Z") +
    line("M59 104q8-46 41-66 33 20 41 66", p.main.light, 2.5) + fill(oval(100, 36, 6), p.second.base);
}

function plantPot(p: Paint): string {
  const plant = line("M100 92V52M100 80C82 80 74 66 74 54M100 74c18 0 26-12 26-26", LEAF, 4) +
    fill("M74 54c-14-4-16-16-12-24 12 0 18 12 12 24ZM126 48c14-4 16-16 12-24-12 0-18 12-12 24Z", LEAF) +
    p.glyph("flower", 100, 42, 2, p.second.base, "#edc55f");
  if (p.says(/cage|hanging|holder|planter$/i)) return line("M100 0v26", INK, 2) +
    `<path d="M54 150V90C54 10 146 10 146 90v60Z" fill="none" stroke="${p.main.base}" stroke-width="5"/><path d="M80 150V56M120 150V56M100 150V30M54 104h92" stroke="${p.main.base}" stroke-width="3.5" fill="none"/>` +
    `<g transform="translate(28 60) scale(.72)">${plant}</g>` + p.solid(rect(46, 146, 108, 16, 5), p.main.base, 4);
  if (p.says(/bucket|pail|tub|barrow/i)) return shadow(100, 163, 48) + line("M54 84c0-60 92-60 92 0", "#8b8078", 4) +
    p.solid("M50 82q50 14 100 0l-12 74q-38 12-76 0Z", p.has("material:zinc") ? ZINC.base : p.surface) + fill(oval(100, 82, 50, 9), p.main.deep, 0.5) +
    (p.surface.startsWith("url") ? "" : p.emblem(100, 122, 2, p.main.light, p.main.deep)) + gleam("M62 98l6 48");
  return shadow(100, 163, 42) + plant + p.solid("M62 104h76l-10 52q-28 10-56 0Z", p.has("material:zinc") ? ZINC.base : p.surface) +
    p.solid(rect(56, 88, 88, 20, 4), p.has("material:zinc") ? ZINC.base : p.main.base, 4);
}

function gardenTools(p: Paint): string {
  if (p.says(/gnome/i)) return shadow(100, 163, 40) + p.solid("M64 120h72l8 42H56Z", p.second.base) +
    fill("M66 96c0 40 24 44 34 44s34-4 34-44Z", "#fffaf0") + fill(oval(100, 92, 24), "#f6d9bf") + p.solid("M100 20 136 88q-36-16-72 0Z", "#c84a43") +
    fill(oval(100, 98, 6), "#e7a1ad") + fill(oval(90, 88, 2.5), INK) + fill(oval(110, 88, 2.5), INK);
  if (p.says(/glove/i)) return p.solid("M66 164V110c-20-8-24-34-12-36l14 16V56c0-12 16-12 16 0V42c0-12 18-12 18 0v8c0-10 16-10 16 0v14c0-8 14-8 14 2v98Z") +
    p.solid(rect(60, 148, 78, 20, 5), p.second.base, 4) + p.emblem(98, 118, 1.6, p.main.light, p.main.deep, "flower");
  if (p.says(/thermometer/i)) return p.solid(rect(74, 24, 52, 150, 24), p.main.base) + fill(rect(94, 44, 12, 100, 6), "#fffaf0") +
    fill(rect(97, 84, 6, 62, 3), "#c84a43") + fill(oval(100, 150, 12), "#c84a43") + line("M112 60h8M112 80h8M112 100h8M112 120h8", p.main.deep, 3);
  if (p.says(/chime/i)) return line("M100 0v40M60 52v40M80 54v54M100 54v66M120 54v54M140 52v40", INK, 1.5) +
    p.solid(oval(100, 46, 50, 12), WOOD.base, 4) +
    [60, 80, 100, 120, 140].map((x, i) => p.solid(rect(x - 5, 70 + (i % 2) * 10, 10, 78, 4), "#c4cacc", 3)).join("");
  if (p.says(/marker/i)) return shadow(100, 163, 20) + line("M100 110v54", ZINC.deep, 5) + p.solid(rect(58, 52, 84, 60, 8)) +
    p.emblem(100, 82, 1.9, p.main.light, p.main.deep, "flower");
  const handle = (x: number) => p.solid(rect(x - 8, 106, 16, 62, 8), p.surface, 4);
  const spade = fill("M54 32h36v44q0 16-18 18-18-2-18-18Z", "#b4bcbf") + line("M72 92v18", "#b4bcbf", 6);
  const fork = line("M112 34v34q0 12 16 12t16-12V34M128 34v74", "#b4bcbf", 6);
  return spade + fork + handle(72) + handle(128);
}

function picnic(p: Paint): string {
  if (p.says(/bag/i)) return shadow(100, 164, 60) + line("M70 78c0-50 60-50 60 0", p.second.base, 7) + p.solid(rect(38, 74, 124, 88, 12)) +
    line("M38 96h124", p.second.deep, 4) + fill(rect(92, 90, 16, 14, 3), "#d8ac54") +
    (p.surface.startsWith("url") ? "" : p.emblem(100, 130, 2.2, p.main.light, p.main.deep, "flower"));
  if (p.says(/bucket/i)) return plantPot(p);
  const weave = p.pattern(14, WICKER.base, `<path d="M0 3h7v8H0Z" fill="${WICKER.deep}" opacity=".3"/>`);
  return shadow(100, 164, 64) + `<path d="M56 88C58 26 142 26 144 88" fill="none" stroke="${WICKER.deep}" stroke-width="8"/>` +
    fill("M70 92 62 54q38-14 76 0l-8 38Z", p.surface) + p.solid("M34 88h132l-10 68q0 6-6 6H50q-6 0-6-6Z", weave) +
    p.solid(rect(28, 82, 144, 18, 6), WICKER.base, 5) + fill(rect(92, 94, 16, 18, 3), p.main.base);
}

function bunting(p: Paint): string {
  const flags: [number, number][] = [[22, 60], [60, 78], [100, 84], [140, 78], [178, 60]];
  const prints = [p.surface, p.second.base, p.main.light];
  return line("M0 44Q100 96 200 44", p.main.deep, 4) + flags.map(([x, y], i) => {
    const d = `M${x - 18} ${y - 6}h36L${x} ${y + 46}Z`;
    return p.has("style:union-jack") ? p.solid(d, "#3f5f8a", 3) + p.flag(d, x - 18, y - 6, 36, 40) : p.solid(d, prints[i % 3]!, 4);
  }).join("") + line("M0 132Q100 176 200 132", p.second.deep, 3) + [[40, 146], [82, 156], [122, 156], [164, 144]].map(([x, y], i) => p.solid(`M${x! - 13} ${y! - 2}h26l-13 32Z`, prints[(i + 1) % 3]!, 3)).join("");
}

function balloons(p: Paint): string {
  const one = (x: number, y: number, print: string) => line(`M${x} ${y + 36}Q${(x + 100) / 2} 150 100 186`, INK, 1.5) +
    p.solid(`M${x} ${y + 36}C${x - 40} ${y + 14} ${x - 34} ${y - 40} ${x} ${y - 40}s40 54 0 76Z`, print, 6) +
    fill(`M${x - 5} ${y + 42}h10l-5-8Z`, p.main.deep) + gleam(`M${x - 16} ${y - 6}q2-16 12-20`, 4);
  return one(58, 84, p.second.base) + one(142, 78, p.main.light === "#fdfaf2" ? p.second.base : "#edc55f") + one(100, 62, p.surface) +
    (p.motif && !p.surface.startsWith("url") ? p.emblem(100, 62, 1.7) : "");
}

function honeycomb(p: Paint): string {
  if (p.says(/parasol/i)) return line("M112 96 60 184", WOOD.base, 6) +
    Array.from({ length: 12 }, (_, i) => `<path d="M112 92 104 30q8-6 16 0Z" fill="${i % 2 ? p.main.base : p.second.base}" transform="rotate(${i * 30} 112 92)"/>`).join("") +
    `<circle cx="112" cy="92" r="30" fill="none" stroke="${p.main.light}" stroke-width="3"/>` + fill(oval(112, 92, 6), INK);
  if (p.says(/chain/i)) return [[30, 74], [64, 96], [100, 104], [136, 96], [170, 74]].map(([x, y], i) => `<ellipse cx="${x}" cy="${y}" rx="24" ry="17" fill="none" stroke="${[p.main.base, p.second.base, p.main.light][i % 3]}" stroke-width="9"/>`).join("") + [[46, 150], [86, 160], [126, 158], [162, 146]].map(([x, y], i) => `<ellipse cx="${x}" cy="${y}" rx="24" ry="15" fill="none" stroke="${[p.second.base, p.main.base][i % 2]}" stroke-width="9"/>`).join("");
  if (p.says(/cone/i)) return shadow(100, 163, 60) + [[64, p.main.base], [136, p.second.base]].map(([x, c]) => p.solid(`M${Number(x) - 28} 60h56l-28 100Z`, String(c), 5) + [[-12, 52], [4, 44], [16, 54]].map(([dx, y]) => fill(oval(Number(x) + dx!, y!, 9), ["#edc55f", "#e7a1ad", "#7299bd"][Math.abs(dx!) % 3]!)).join("")).join("");
  if (p.says(/confetti/i)) return shadow(100, 163, 30) +
    Array.from({ length: 22 }, (_, i) => p.glyph("heart", 34 + p.chance(`x${i}`, 132), 18 + p.chance(`y${i}`, 74), 0.5, [p.main.base, p.second.base, "#edc55f"][i % 3]!)).join("") +
    p.solid(rect(80, 96, 40, 66, 5));
  if (p.says(/rosette/i)) return p.solid("M76 118 62 184l22-12 8 14 8-50Z", p.second.base, 3) +
    p.solid("M124 118l14 66-22-12-8 14-8-50Z", p.second.base, 3) +
    Array.from({ length: 14 }, (_, i) => `<circle cx="100" cy="46" r="14" fill="${p.main.base}" transform="rotate(${i * 25.7} 100 88)"/>`).join("") +
    fill(oval(100, 88, 34), PAPER.base) + p.glyph("star", 100, 88, 2, p.main.base);
  const ball = (x: number, y: number, r: number, colour: string) => line(`M${x} 0V${y - r}`, INK, 1.4) + p.solid(oval(x, y, r), colour, 5) +
    Array.from({ length: 5 }, (_, i) => `<ellipse cx="${x}" cy="${y}" rx="${r * (0.9 - i * 0.2)}" ry="${r}" fill="none" stroke="#fff" stroke-opacity=".4" stroke-width="1.8"/>`).join("");
  return ball(64, 84, 36, p.second.base) + ball(136, 70, 28, p.main.light === p.second.base ? p.second.deep : "#edc55f") + ball(116, 138, 40, p.main.base);
}

function easter(p: Paint): string {
  if (p.says(/chick|hen\b/i)) return shadow(100, 163, 44) +
    p.solid("M48 122c0-20 10-28 18-40C70 50 118 46 126 78c4 14 26 24 26 46 0 24-22 36-54 36s-50-14-50-38Z", p.has("colour:multi") ? "#edc55f" : p.main.base) +
    p.solid("M86 120c12-14 40-10 46 4-10 16-38 18-46-4Z", p.second.base, 4) + fill(oval(84, 82, 3.5), INK) + fill("M64 88 46 94l18 8Z", "#e08d57") +
    line("M88 158v10M110 158v10", "#e08d57", 4);
  if (p.has("motif:rabbit")) return shadow(100, 165, 44) + p.solid(oval(84, 46, 12, 34), p.main.base, 4) +
    p.solid(oval(118, 46, 12, 34), p.main.base, 4) + fill(oval(84, 48, 5, 22), p.second.base) + fill(oval(118, 48, 5, 22), p.second.base) +
    p.solid("M60 128c0-24 14-30 14-44 0-32 54-32 54 0 0 14 14 20 14 44 0 24-14 34-41 34s-41-10-41-34Z") + fill(oval(88, 86, 3.5), INK) +
    fill(oval(114, 86, 3.5), INK) + fill("M96 96h10l-5 6Z", "#b25468") + p.glyph("flower", 101, 134, 1.7, p.main.light, p.second.base);
  if (p.says(/basket|bucket/i)) return shadow(100, 163, 50) +
    `<path d="M58 100C60 30 140 30 142 100" fill="none" stroke="${p.second.base}" stroke-width="8"/>` +
    [[76, 92, p.second.base], [100, 84, "#edc55f"], [124, 92, "#dae6ed"]].map(([x, y, c]) => fill(oval(Number(x), Number(y), 17, 21), String(c))).join("") +
    p.solid("M44 98q56 14 112 0l-12 56q-44 16-88 0Z");
  const egg = (x: number, y: number, s: number, print: string) => p.solid(`M${x} ${y - 44 * s}c${24 * s} 0 ${36 * s} ${34 * s} ${36 * s} ${54 * s}a${36 * s} ${34 * s} 0 0 1-${72 * s} 0c0-${20 * s} ${12 * s}-${54 * s} ${36 * s}-${54 * s}Z`, print, 6);
  const plain = !p.surface.startsWith("url");
  return shadow(100, 163, 52) + egg(100, 112, 1.2, p.surface) +
    (plain ? line("M62 100l12 10 13-10 13 10 13-10 13 10 12-10M60 126h80", p.main.light, 5) + p.emblem(100, 144, 0.9, p.second.base, p.main.light, "flower") : "") +
    gleam("M74 112q0-26 14-40", 5);
}

function christmasTree(p: Paint): string {
  const tiers = p.solid("M100 34 132 82h-14l26 38h-16l26 36H46l26-36H56l26-38H68Z", p.surface);
  return shadow(100, 168, 46) + fill(rect(90, 154, 20, 14, 2), WOOD.deep) + tiers + p.glyph("star", 100, 32, 1.3, "#d8ac54") +
    [[88, 92], [112, 104], [78, 128], [102, 138], [128, 134]].map(([x, y], i) => fill(oval(x!, y!, 5), i % 2 ? "#d8ac54" : p.second.base)).join("");
}

function stocking(p: Paint): string {
  return line("M84 0v40", INK, 1.8) + p.solid("M68 62h64v52c0 10 12 14 24 22 18 12 8 34-12 32-30-2-76-4-76-40Z") +
    p.solid(rect(60, 40, 80, 28, 9), "#fffaf0", 5) + p.solid("M146 132c20 10 20 34-2 36-12 0-14-8-10-18 4-8 6-12 12-18Z", p.second.base, 4) +
    (p.surface.startsWith("url") ? "" : p.emblem(100, 98, 1.7, p.main.light, p.main.deep, "snowflake"));
}

function advent(p: Paint): string {
  const doors = Array.from({ length: 12 }, (_, i) => {
    const [x, y] = [50 + (i % 4) * 26, 74 + Math.floor(i / 4) * 28];
    return p.solid(rect(x, y, 22, 24, 2), [p.second.base, p.main.light, p.main.deep][i % 3]!, 3) + fill(oval(x + 17, y + 12, 1.8), "#d8ac54");
  }).join("");
  return shadow(100, 165, 62) + p.solid("M100 26 166 66v94q0 4-4 4H38q-4 0-4-4V66Z", p.surface) + fill(rect(44, 68, 112, 92, 3), "#43211f", 0.12) +
    doors + p.glyph("star", 100, 52, 1.2, "#d8ac54");
}

export const OUTDOORS: Drawings = {
  "watering-can": table(wateringCan),
  birdhouse: wall(birdhouse),
  parasol: table(parasol),
  "plant-pot": table(plantPot),
  "garden-tools": flat(gardenTools),
  picnic: table(picnic),
  bunting: wall(bunting),
  balloons: wall(balloons),
  honeycomb: wall(honeycomb),
  easter: table(easter),
  "christmas-tree": table(christmasTree),
  stocking: wall(stocking),
  advent: table(advent),
  gift: wall(p => bauble(p)),
  invites: flat(p => soft(rect(44, 60, 112, 84, 4)) + p.solid(rect(44, 60, 112, 84, 4), PAPER.base, 4) + `<path d="${rect(52, 68, 96, 68, 3)}" fill="none" stroke="${p.main.base}" stroke-width="4" stroke-dasharray="8 6"/>` + p.emblem(100, 92, 1.7, p.main.base, p.second.base, "star") + line("M78 118h44M86 127h28", p.main.deep, 3)),
};
