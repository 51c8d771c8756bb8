/**
 * Draws a product: a deterministic picture from its type, tags and name, in the
 * shop's one style. Light comes from above left, things stand on a table, hang
 * on a wall or lie on paper.
 */
import { svg } from "../shop/dom.js";
import { CANDLES } from "./candles.js";
import { CARRIED } from "./carried.js";
import { COMFORTS } from "./comforts.js";
import { type Drawing, type Drawings, type Setting } from "./drawing.js";
import { HANGING } from "./hanging.js";
import { OUTDOORS } from "./outdoors.js";
import { Paint, type Subject } from "./paint.js";
import { PAPERS } from "./paper.js";
import { PLAYTHINGS } from "./playthings.js";
import { TABLEWARE } from "./tableware.js";
import { TEATIME } from "./teatime.js";
import { WALLS } from "./walls.js";

const DRAWINGS: Drawings = {
  ...CANDLES, ...TEATIME, ...TABLEWARE, ...WALLS, ...HANGING, ...COMFORTS, ...CARRIED, ...PAPERS, ...PLAYTHINGS, ...OUTDOORS,
};

/** Some types are drawn in more than one setting, by what the name says. */
const VARIANTS: [type: string, words: RegExp, drawing: string][] = [
  ["t-light-holder", /hanging|heart|bauble/i, "t-light-holder-hanging"],
  ["cake-cases", /doil/i, "doily"],
  ["baking-set", /pan\b/i, "pan"],
  ["plate", /toast|butter|beurre/i, "plate-standing"],
  ["clock", /alarm/i, "clock-standing"],
  ["bird", /owl/i, "owl"],
];

function drawingFor(type: string, name: string): Drawing {
  const variant = VARIANTS.find(([of, words]) => of === type && words.test(name));
  return DRAWINGS[variant?.[2] ?? type] ?? DRAWINGS["tree-decoration"]!;
}

function stage(p: Paint, setting: Setting): string {
  const [wall, light, table] = p.backdrop;
  const ground = `<rect width="200" height="200" fill="${wall}"/>`;
  if (setting === "flat") return `${ground}<circle cx="100" cy="102" r="84" fill="${light}"/>`;
  if (setting === "wall") return `${ground}<path d="M28 200V98a72 72 0 0 1 144 0V200Z" fill="${light}"/>`;
  return `${ground}<circle cx="100" cy="92" r="74" fill="${light}"/><rect y="154" width="200" height="46" fill="${table}"/>`;
}

/** The picture as SVG text. */
export function draw(subject: Subject): string {
  const p = new Paint(subject);
  const type = subject.tags.find(tag => tag.startsWith("type:"))?.slice(5) ?? "gift";
  const { setting, draw: drawThing } = drawingFor(type, subject.name);
  const thing = drawThing(p);
  return `<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 200 200" aria-hidden="true" focusable="false"><defs>${p.definitions}</defs>${stage(p, setting)}${thing}</svg>`;
}

/** A thing within a larger scene: no stage of its own, placed and scaled. */
export interface Prop {
  name: string;
  tags: string[];
  x: number;
  y: number;
  scale: number;
}

/** Several things side by side, for banners. */
export function drawScene(props: readonly Prop[], width: number, height: number, ground: string): string {
  let definitions = "";
  const things = props.map(({ name, tags, x, y, scale }) => {
    const p = new Paint({ id: name, name, tags });
    const type = tags[0]?.slice(5) ?? "gift";
    const thing = drawingFor(type, name).draw(p);
    definitions += p.definitions;
    return `<g transform="translate(${x} ${y}) scale(${scale})">${thing}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false"><defs>${definitions}</defs>${ground}${things.join("")}</svg>`;
}

/** The picture as an element, for a product whose name stands beside it. */
export const pictureOf = (subject: Subject): SVGElement => svg(draw(subject));
