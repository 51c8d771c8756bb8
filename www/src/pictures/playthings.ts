/** Toys, games, money boxes. */
import { type Drawings, flat, table } from "./drawing.js";
import type { Paint } from "./paint.js";
import { INK, PAPER, WOOD } from "./palette.js";
import { fill, gleam, line, oval, rect, shadow, soft } from "./shapes.js";

function moneyBox(p: Paint): string {
  if (p.says(/pig/i)) return shadow(100, 163, 56) + p.solid(rect(62, 136, 18, 26, 6), p.main.deep, 4) +
    p.solid(rect(118, 136, 18, 26, 6), p.main.deep, 4) + p.solid("M36 112c0-34 30-48 64-48s62 18 62 46-26 42-62 42-64-8-64-40Z") +
    p.solid("M62 78 56 52l28 14Z", p.main.base, 4) + fill(oval(38, 114, 13, 15), p.main.deep) + fill(oval(34, 114, 3), p.main.light) +
    fill(oval(43, 114, 3), p.main.light) + fill(oval(66, 98, 4), INK) + line("M92 68h28", INK, 5) + line("M160 104q16-4 10 12", p.main.deep, 4);
  const cake = p.says(/cake/i);
  if (cake) return shadow(100, 163, 50) + p.solid("M56 106h88l-12 50q-32 12-64 0Z", p.second.base) +
    line("M74 110l8 48M100 112v50M126 110l-8 48", p.second.deep, 2) +
    p.solid("M48 108c-6-26 18-28 20-40 10-26 54-26 64 0 2 12 26 14 20 40q-52 14-104 0Z", p.main.base) + fill(oval(100, 50, 11), "#c84a43") +
    (p.says(/bank|box/i) ? line("M88 80h24", INK, 4.5) : "");
  const toadstool = p.says(/toadstool/i);
  if (toadstool) return shadow(100, 163, 48) + p.solid("M80 106h40l12 56H68Z", "#fbf1da") +
    p.solid("M36 110c0-84 128-84 128 0q-64 18-128 0Z", "#c84a43") +
    [[70, 86, 8], [130, 84, 8], [104, 100, 6]].map(([x, y, r]) => fill(oval(x!, y!, r!), "#fffaf0")).join("") + line("M88 66h24", INK, 5);
  if (p.has("motif:strawberry")) return shadow(100, 163, 40) + p.solid("M100 162C62 134 48 110 58 84q42-22 84 0c10 26-4 50-42 78Z", "#c84a43") +
    fill("M58 86 74 62l26 10 26-10 16 24q-42 16-84 0Z", "#6d8c5f") +
    [[80, 104], [100, 116], [120, 104], [92, 134], [110, 134]].map(([x, y]) => fill(oval(x!, y!, 2.5), "#fdf0ee")).join("");
  return shadow(100, 163, 46) + p.solid("M56 66q44 10 88 0v88q-44 16-88 0Z") + fill(oval(100, 66, 44, 9), p.second.base) + line("M86 66h28", INK, 4) +
    fill(rect(72, 94, 56, 40, 5), "#fffaf0") + p.emblem(100, 114, 1.5, p.main.base, p.main.deep, "star") + gleam("M64 86v56");
}

function jigsaw(p: Paint): string {
  if (p.says(/slate/i)) return soft(rect(46, 40, 108, 124, 10)) + p.solid(rect(46, 40, 108, 124, 10), p.main.base, 5) +
    fill(rect(58, 52, 84, 72, 4), "#e3e6df") + p.emblem(100, 88, 2.4, p.main.deep, p.second.base, "star") +
    fill(rect(66, 138, 68, 10, 5), p.second.base) + line("M150 44l18-16", WOOD.base, 6);
  if (p.says(/card|snap|heads/i)) {
    const one = (angle: number, print: string, inner: string) => `<g transform="rotate(${angle} 100 160)">${soft(rect(64, 46, 72, 102, 8)) + p.solid(rect(64, 46, 72, 102, 8), print, 4) + inner}</g>`;
    return one(-20, PAPER.base, p.glyph("star", 100, 96, 2, p.second.base)) + one(2, p.surface, fill(rect(74, 56, 52, 82, 5), p.main.light, 0.35)) +
      one(22, PAPER.base, p.glyph("heart", 100, 96, 2.3, p.main.base));
  }
  if (p.says(/domino/i)) return [[-14, 62, 60], [10, 118, 78], [-4, 88, 140]].map(([a, x, y], i) => `<g transform="rotate(${a} ${x} ${y})">${p.solid(rect(x! - 44, y! - 23, 88, 46, 7), i === 1 ? p.main.base : WOOD.light, 4) + line(`M${x} ${y! - 18}v36`, INK, 2) + [[-30, -9], [-14, 9], [16, -9], [30, 9], [23, 0]].map(([dx, dy]) => fill(oval(x! + dx!, y! + dy!, 4), INK)).join("")}</g>`).join("");
  if (p.says(/ludo|snakes|bingo|game|ladders/i)) {
    const cells = Array.from({ length: 16 }, (_, i) => fill(rect(46 + (i % 4) * 27, 46 + Math.floor(i / 4) * 27, 27, 27), (i + Math.floor(i / 4)) % 2 ? p.main.base : PAPER.base)).join("");
    return soft(rect(38, 38, 124, 124, 6)) + p.solid(rect(38, 38, 124, 124, 6), WOOD.base, 4) + cells +
      line("M60 140c10-30 40 0 46-34s34-16 34-46", p.second.deep, 8) + fill(oval(86, 60, 9), "#c84a43") + fill(oval(140, 114, 9), "#7299bd");
  }
  const piece = "M52 56h34c-6-16 28-16 22 0h36v34c16-6 16 28 0 22v36h-36c6 16-28 16-22 0H52v-36c-16 6-16-28 0-22Z";
  return `<g transform="rotate(-8 100 104)">${soft(piece) + p.solid(piece, p.surface, 6) + (p.surface.startsWith("url") ? "" : p.emblem(100, 104, 2.2))}</g>`;
}

function car(p: Paint): string {
  return shadow(100, 163, 74) + p.solid("M22 138c0-24 18-28 38-30 14-26 62-30 80 0 24 0 38 8 38 30 0 8-4 12-12 12H34c-8 0-12-4-12-12Z") +
    fill("M72 108c8-16 40-18 52 0Z", "#dae6ed") + fill(oval(104, 128, 16), "#fffaf0") +
    `<text x="104" y="135" text-anchor="middle" font-family="Georgia, serif" font-size="20" font-weight="bold" fill="${INK}">${1 + p.chance("number", 9)}</text>` +
    [58, 144].map(x => fill(oval(x, 150, 18), INK) + fill(oval(x, 150, 8), "#c4cacc")).join("");
}

function helicopter(p: Paint): string {
  if (p.says(/disc/i)) return fill(oval(104, 112, 70, 30), "#43211f", 0.12) + p.solid("M30 104c0-44 140-44 140 0 0 30-140 30-140 0Z") +
    fill(oval(100, 96, 44, 13), p.main.light, 0.6);
  if (p.says(/glider|plane/i)) return p.solid("M20 100 180 60 128 96l-10 52-22-38Z", p.main.base) + p.solid("M96 110 180 60 128 96Z", p.second.base, 4);
  return line("M30 52h140", "#8b8078", 6) + line("M100 52v22", INK, 5) + line("M128 108 178 92", p.main.deep, 9) +
    p.solid("M166 74h12v36h-12Z", p.second.base, 4) + p.solid("M44 112c0-30 26-40 56-40s42 16 42 38-18 34-46 34-52-8-52-32Z") +
    fill("M52 108c2-16 16-24 34-26v26Z", "#dae6ed") + line("M64 158h76M78 144v14M120 144v14", INK, 5);
}

function radio(p: Paint): string {
  return shadow(100, 163, 66) + line("M130 78 158 30", "#8b8078", 4) + p.solid(rect(34, 76, 132, 86, 16)) + fill(oval(74, 118, 28), p.main.light) +
    fill(oval(74, 118, 14), p.main.deep) + fill(rect(114, 94, 40, 18, 4), "#fffaf0") + fill(oval(122, 138, 8), p.second.base) +
    fill(oval(146, 138, 8), p.second.base);
}

function spinning(p: Paint): string {
  if (p.says(/skittle/i)) return shadow(100, 163, 70) + [[52, "red"], [100, "main"], [148, "second"]].map(([x, which]) => p.solid(`M${Number(x) - 12} 70c-6 20-14 40-12 70q0 22 24 22t24-22c2-30-6-50-12-70Z`, which === "main" ? p.main.base : which === "second" ? p.second.base : WOOD.light, 5) + fill(oval(Number(x), 58, 15), "#f6d9bf") + fill(oval(Number(x) - 5, 58, 2), INK) + fill(oval(Number(x) + 5, 58, 2), INK)).join("");
  if (p.says(/rope/i)) return line("M52 60C-10 190 210 190 148 60", p.main.base, 7) + p.solid(rect(42, 34, 20, 50, 9), WOOD.base, 4) +
    p.solid(rect(138, 34, 20, 50, 9), WOOD.base, 4) + fill("M42 50h20v10H42ZM138 50h20v10h-20Z", p.second.base);
  if (p.says(/marble/i)) return [[70, 84, 26], [126, 74, 22], [100, 132, 30], [150, 126, 18], [50, 138, 16]].map(([x, y, r], i) => fill(oval(x! + 3, y! + 4, r!), "#43211f", 0.12) + p.solid(oval(x!, y!, r!), [p.main.base, p.second.base, "#7299bd", "#88a97b", "#edc55f"][i]!, 4) + line(`M${x! - r! * 0.5} ${y! + r! * 0.3}q${r! * 0.5}-${r!} ${r!}-${r! * 0.4}`, "#fff", 4)).join("");
  if (p.says(/windmill/i)) return line("M100 96v94", WOOD.base, 6) +
    [0, 90, 180, 270].map((a, i) => `<g transform="rotate(${a} 100 92)">${p.solid("M100 92 100 36c28 4 46 26 44 56Z", i % 2 ? p.second.base : p.surface, 3)}</g>`).join("") +
    fill(oval(100, 92, 8), "#d8ac54");
  if (p.says(/harmonica/i)) return soft(rect(28, 76, 144, 52, 10)) + p.solid(rect(28, 76, 144, 52, 10), p.main.base, 5) +
    Array.from({ length: 9 }, (_, i) => fill(rect(40 + i * 14, 94, 8, 18, 2), p.main.deep)).join("");
  if (p.says(/block/i)) return shadow(100, 163, 60) + [[44, 112, "A", 0], [102, 112, "C", 1], [73, 60, "B", 2]].map(([x, y, letter, i]) => p.solid(rect(Number(x), Number(y), 52, 50, 5), [p.main.base, p.second.base, WOOD.light][Number(i)]!, 5) + `<text x="${Number(x) + 25}" y="${Number(y) + 37}" text-anchor="middle" font-family="Georgia, serif" font-size="34" font-weight="bold" fill="#fffaf0">${letter}</text>`).join("");
  if (p.says(/croquet|rounders|catch/i)) return line("M60 40 130 160", WOOD.base, 9) + p.solid("M24 62 68 26l18 20-44 38Z", p.main.base, 4) +
    fill(oval(146, 140, 18), p.second.base) + gleam("M138 136q2-6 8-8", 3);
  return shadow(100, 164, 24) + line("M100 76V38", WOOD.base, 8) + fill(oval(100, 36, 9), "#c84a43") +
    p.solid("M36 96c0-34 128-34 128 0-8 34-48 44-64 66-16-22-56-32-64-66Z") + line("M44 112q56 20 112 0", p.second.base, 8) +
    line("M62 132q38 12 76 0", p.main.light, 5);
}

function doll(p: Paint): string {
  if (p.says(/babushka|russian|nesting/i)) return shadow(100, 163, 44) +
    p.solid("M100 32c26 0 38 20 36 44 26 26 24 86-36 86S38 102 64 76c-2-24 10-44 36-44Z") + fill(oval(100, 66, 22), "#f6d9bf") +
    fill(oval(92, 66, 2.4), INK) + fill(oval(108, 66, 2.4), INK) + line("M94 76q6 5 12 0", "#c84a43", 2.5) +
    p.glyph("flower", 100, 122, 2.8, p.main.light, p.second.base);
  return shadow(100, 163, 40) + line("M72 108 46 132M128 108l26 24M86 154v10M114 154v10", "#f6d9bf", 9) + p.solid("M78 96h44l22 62q-44 12-88 0Z") +
    fill(oval(100, 66, 32), "#f6d9bf") +
    fill("M66 66c-4-48 72-48 68 0 2 14 6 22 4 32-10 0-12-16-14-28-18 0-32-4-40-14-4 20-6 42-20 42-2-10 0-18 2-32Z", p.pick("hair", [WOOD.deep, "#d8ac54", "#8c2a2c"])) +
    fill(oval(90, 72, 3), INK) + fill(oval(110, 72, 3), INK) + line("M94 84q6 5 12 0", "#c84a43", 2.5) +
    p.glyph("heart", 100, 124, 1.5, p.main.light);
}

function softToy(p: Paint): string {
  const rabbit = p.has("motif:rabbit");
  const mouse = p.says(/mouse|mice|monkey|elephant/i);
  const ears = rabbit
    ? p.solid(oval(80, 40, 11, 30), p.main.base, 4) + p.solid(oval(120, 40, 11, 30), p.main.base, 4) + fill(oval(80, 42, 5, 20), p.second.base) +
      fill(oval(120, 42, 5, 20), p.second.base)
    : p.solid(oval(64, 54, mouse ? 25 : 17), p.main.base, 4) + p.solid(oval(136, 54, mouse ? 25 : 17), p.main.base, 4) +
      fill(oval(64, 54, mouse ? 14 : 9), p.second.base) + fill(oval(136, 54, mouse ? 14 : 9), p.second.base);
  const nose = p.says(/elephant/i) ? line("M100 88c0 18 4 28 18 26", p.main.deep, 11) : fill(oval(100, 88, 15, 11), p.main.light) + fill(oval(100, 84, 5, 3.5), INK);
  return shadow(100, 165, 56) + ears + p.solid(oval(100, 128, 44, 36), p.surface) + p.solid(oval(58, 148, 16, 14), p.main.base, 4) +
    p.solid(oval(142, 148, 16, 14), p.main.base, 4) + p.solid(oval(100, 76, 42, 36), p.main.base) + fill(oval(85, 70, 4), INK) +
    fill(oval(115, 70, 4), INK) + nose + p.glyph("heart", 100, 132, 1.4, p.second.base);
}

function dinosaur(p: Paint): string {
  if (p.says(/globe|ball/i)) return shadow(100, 163, 36) + p.solid(oval(100, 102, 58), "#7299bd") +
    fill("M60 80c16-20 44-10 40 6s18 10 10 30-34 12-30-8-28-8-20-28ZM124 62c20 4 32 24 32 40-14 4-30-20-32-40Z", "#88a97b");
  if (p.says(/snake/i)) return shadow(100, 163, 60) + line("M36 150c40 20 50-30 14-36s0-50 34-36 64 26 60-8", p.main.base, 18) +
    fill(oval(146, 64, 17, 14), p.main.base) + fill(oval(150, 60, 3), INK) + line("M162 68l14 4", "#c84a43", 3);
  return shadow(100, 163, 66) +
    p.solid("M18 146c26-4 30-30 52-40 22-8 30-12 32-40 2-24 40-32 54-10 6 10 4 22-6 24l-20 2c0 26 2 40-8 58l4 20H106l-4-18H82l-2 18H60l2-26c-14 6-26 16-44 12Z") +
    [[64, 100], [82, 90], [96, 74]].map(([x, y]) => fill(`M${x! - 9} ${y! + 4} ${x} ${y! - 14}l9 14Z`, p.second.base)).join("") +
    fill(oval(138, 62, 4), INK);
}

function toyBox(p: Paint): string {
  return shadow(100, 163, 64) + p.glyph("star", 66, 70, 2, "#edc55f") + p.solid(oval(104, 66, 20), p.second.base, 4) +
    p.glyph("rabbit", 140, 66, 2, "#8d6752", "#fffaf0") + p.solid("M36 84h128l-10 72q0 6-6 6H52q-6 0-6-6Z") +
    (p.surface.startsWith("url") ? "" : p.emblem(100, 122, 2.4)) + line("M36 86h128", p.main.deep, 6);
}

function playhouse(p: Paint): string {
  return shadow(100, 164, 70) + p.solid("M42 86h116v76H42Z", p.main.light) + p.solid("M100 32 172 90H28Z", p.main.base) +
    p.solid(rect(84, 116, 32, 46, 3), p.second.base, 4) +
    [[54, 102], [126, 102]].map(([x, y]) => fill(rect(x!, y!, 22, 22, 2), "#dae6ed") + line(`M${x! + 11} ${y}v22M${x} ${y! + 11}h22`, p.main.deep, 2)).join("") +
    fill(oval(108, 140, 2.5), "#fffaf0") + p.glyph("heart", 100, 70, 1.5, p.main.light);
}

function rockingHorse(p: Paint): string {
  return shadow(100, 168, 60) + line("M34 140q66 44 132 0", WOOD.base, 9) + line("M70 122 58 152M130 122l12 30", p.main.deep, 9) +
    p.solid("M48 84 62 50l26 2 8 26c28-4 46 2 50 20 2 20-10 28-26 28H78c-16 0-18-16-16-34l-8 6Z") + line("M88 52c10 8 12 20 8 32", p.second.base, 8) +
    line("M146 96c16 4 16 22 10 30", p.second.base, 7) + fill(oval(66, 66, 3), INK) + p.solid("M98 76h34l4 30H96Z", p.second.base, 4);
}

export const PLAYTHINGS: Drawings = {
  "money-box": table(moneyBox),
  jigsaw: flat(jigsaw),
  "toy-car": table(car),
  helicopter: flat(helicopter),
  radio: table(radio),
  "spinning-top": table(spinning),
  doll: table(doll),
  "soft-toy": table(softToy),
  dinosaur: table(dinosaur),
  "toy-tidy": table(toyBox),
  playhouse: table(playhouse),
  "rocking-horse": table(rockingHorse),
};
