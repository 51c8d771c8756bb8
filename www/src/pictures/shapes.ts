/** Outlines and strokes that many drawings share. All sizes on a 200 × 200 sheet. */
import { FLAME } from "./palette.js";

export const rect = (x: number, y: number, w: number, h: number, r = 0): string =>
  r === 0
    ? `M${x} ${y}h${w}v${h}h${-w}Z`
    : `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}Z`;

export const oval = (cx: number, cy: number, rx: number, ry = rx): string =>
  `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0Z`;

/** A heart `w` wide whose point is at the bottom. */
export function heart(cx: number, cy: number, w: number): string {
  const s = w / 100;
  const at = (x: number, y: number) => `${(cx + x * s).toFixed(1)} ${(cy + y * s).toFixed(1)}`;
  return `M${at(0, 46)}C${at(-38, 18)} ${at(-50, 2)} ${at(-50, -18)}C${at(-50, -48)} ${at(-10, -52)} ${at(0, -24)}C${at(10, -52)} ${at(50, -48)} ${at(50, -18)}C${at(50, 2)} ${at(38, 18)} ${at(0, 46)}Z`;
}

/** A five-pointed star with soft valleys. */
export function star(cx: number, cy: number, r: number): string {
  const point = (i: number) => {
    const radius = i % 2 === 0 ? r : r * 0.46;
    const angle = (Math.PI * (i * 36 - 90)) / 180;
    return `${(cx + radius * Math.cos(angle)).toFixed(1)} ${(cy + radius * Math.sin(angle)).toFixed(1)}`;
  };
  return `M${Array.from({ length: 10 }, (_, i) => point(i)).join("L")}Z`;
}

export const fill = (d: string, colour: string, opacity = 1): string =>
  `<path d="${d}" fill="${colour}"${opacity < 1 ? ` opacity="${opacity}"` : ""}/>`;

export const line = (d: string, colour: string, width = 3, dashes = ""): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${dashes ? ` stroke-dasharray="${dashes}"` : ""}/>`;

/** The soft shadow a standing thing throws. */
export const shadow = (cx: number, cy: number, rx: number): string =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${(rx * 0.14).toFixed(1)}" fill="#43211f" opacity=".14"/>`;

/** The shadow of a flat thing on what it lies or hangs on. */
export const soft = (d: string): string => `<path d="${d}" fill="#43211f" opacity=".13" transform="translate(4 6)"/>`;

/** A flame standing on (x, y). */
export const flame = (x: number, y: number, s = 1): string =>
  `<circle cx="${x}" cy="${y - 11 * s}" r="${20 * s}" fill="#fff3c9" opacity=".55"/>` +
    line(`M${x} ${y}v${-4 * s}`, "#5a4038", 1.8) +
    fill(`M${x} ${y - 24 * s}c${5 * s} ${8 * s} ${7 * s} ${11 * s} ${7 * s} ${15 * s}a${7 * s} ${7 * s} 0 0 1 ${-14 * s} 0c0 ${-4 * s} ${2 * s} ${-7 * s} ${7 * s} ${-15 * s}Z`, FLAME) +
    fill(`M${x} ${y - 14 * s}c${2.4 * s} ${3 * s} ${3.4 * s} ${5 * s} ${3.4 * s} ${7 * s}a${3.4 * s} ${3.4 * s} 0 0 1 ${-6.8 * s} 0c0 ${-2 * s} 1 ${-4 * s} ${3.4 * s} ${-7 * s}Z`, "#fff0b8");

/** A gleam along a left edge. */
export const gleam = (d: string, width = 4): string => line(d, "#ffffff", width).replace("/>", ' opacity=".55"/>');

/** How many, when the name says so ("Set of 3 …"), within bounds. */
export function many(name: string, least: number, most: number): number {
  const said = Number(/\b(?:set of |pack of |box of )?(\d+)\b/i.exec(name)?.[1] ?? least);
  return Math.min(most, Math.max(least, said));
}
