/**
 * Motifs: small flat figures around the origin, about 20 units across. They
 * are printed on things, one big or many small, in one or two colours.
 */
type Glyph = (ink: string, second: string) => string;

const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`;
const dot = (x: number, y: number, r: number, fill: string) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;
const around = (count: number, draw: (angle: number) => string) =>
  Array.from({ length: count }, (_, i) => draw((360 / count) * i)).join("");

export const GLYPHS: Record<string, Glyph> = {
  heart: ink => path("M0 9C-8 3-10 0-10-4a5 5 0 0 1 10-1.5A5 5 0 0 1 10-4C10 0 8 3 0 9Z", ink),
  star: ink => path("M0-10 2.9-3.6 9.8-2.8 4.7 2 6 8.9 0 5.5-6 8.9-4.7 2-9.8-2.8-2.9-3.6Z", ink),
  flower: (ink, second) =>
    around(5, angle => `<ellipse cx="0" cy="-6" rx="3.8" ry="4.6" fill="${ink}" transform="rotate(${angle})"/>`) + dot(0, 0, 3, second),
  bird: (ink, second) =>
    path("M-10 1C-8-4-3-6 2-5c2-3 6-3 7 0l3 1-3 1.5C8 4 3 7-2 6l-8 3 3-5Z", ink) + path("M-4-1c3-1 6 0 7 2-3 2-6 1-7-2Z", second),
  owl: (ink, second) =>
    path("M-7-9 -4-7h8l3-2c2 6 1 17-7 18-8-1-9-12-7-18Z", ink) + dot(-3, -2, 2.6, second) + dot(3, -2, 2.6, second) + dot(-3, -2, 1.1, ink) +
      dot(3, -2, 1.1, ink),
  butterfly: (ink, second) =>
    path("M0-1C-3-9-11-9-10-3c0 3 4 4 7 3-4 1-6 8-2 8 3 0 4-4 5-7 1 3 2 7 5 7 4 0 2-7-2-8 3 1 7 0 7-3 1-6-7-6-10 2Z", ink) + `<path d="M0-4V5" stroke="${second}" stroke-width="1.6" stroke-linecap="round"/>`,
  cat: (ink, second) => path("M-7 8V-8l4 4h6l4-4V8Q0 11-7 8Z", ink) + dot(-3, 0, 1.2, second) + dot(3, 0, 1.2, second),
  dog: (ink, second) => path("M-10-4c2-3 5-3 6 0h7l2-4h2l1 4 2 1c0 3-2 4-4 4v8H3V4h-8v5h-3V2c-2-1-2-4-2-6Z", ink) + dot(6.5, -3, 0.9, second),
  rabbit: (ink, second) =>
    `<ellipse cx="-3" cy="-7" rx="2" ry="5.5" fill="${ink}"/><ellipse cx="3" cy="-7" rx="2" ry="5.5" fill="${ink}"/>` + dot(0, 2, 6.5, ink) +
      dot(-2.5, 1, 1, second) + dot(2.5, 1, 1, second),
  woodland: (ink, second) => path("M-9-1C-9-12 9-12 9-1Q0 2-9-1Z", ink) + path("M-3 0h6l1 9h-8Z", second) + dot(-4, -4, 1.5, second) +
    dot(2, -6, 1.7, second) + dot(5, -3, 1.2, second),
  strawberry: (ink, second) => path("M0 10C-7 5-9 0-7-4-4-7 4-7 7-4 9 0 7 5 0 10Z", ink) + path("M-6-5-2-9 0-6 2-9 6-5Q0-2-6-5Z", second) +
    dot(-3, 0, 0.9, second) + dot(3, 0, 0.9, second) + dot(0, 4, 0.9, second),
  apple: (ink, second) => path("M0-4C4-8 10-5 9 1 8 7 3 10 0 8-3 10-8 7-9 1-10-5-4-8 0-4Z", ink) + path("M0-5C0-9 3-10 6-10 6-7 3-5 0-5Z", second),
  cake: (ink, second) => path("M-8 0h16L6 9H-6Z", second) + path("M-9 0C-10-4-6-5-5-6-4-9 4-9 5-6c1 1 5 2 4 6Z", ink) + dot(0, -9, 2, second),
  skull: (ink, second) => path("M-8-2a8 8 0 0 1 16 0c0 3-1 4-3 5v4h-10V3C-7 2-8 1-8-2Z", ink) + dot(-3.2, -1.5, 2, second) +
    dot(3.2, -1.5, 2, second) + path("M-1 3 0 1.2 1 3Z", second),
  space: (ink, second) => path("M0-11C5-7 6-1 5 5h-10C-6-1-5-7 0-11Z", ink) + path("M-5 1-9 8l4-2ZM5 1l4 7-4-2Z", second) + dot(0, -3, 2.3, second),
  doll: (ink, second) => path("M0-10a5 5 0 0 1 4.5 7C9 1 8 10 0 10S-9 1-4.5-3A5 5 0 0 1 0-10Z", ink) + dot(0, -5, 3, second) + dot(0, 4, 2.6, second),
  circus: (ink, second) => path("M0-10 9-1V9H-9V-1Z", second) + path("M0-10 3-1v10h-6V-1ZM9-1V9H6V-1ZM-9-1v10h3V-1Z", ink),
  dinosaur: (ink, second) => path("M-11 5C-6 4-6-2-2-3c2-1 3-6 7-6 4 0 5 2 5 4L5-3c1 4 0 8-1 12H2L1 5h-4l-1 4h-2L-7 5Z", ink) + dot(6, -6, 0.9, second),
  angel: (ink, second) => path("M0-3 6 9H-6Z", ink) + dot(0, -6, 3, second) + path("M-1-1C-6-6-11-5-10 1c4 2 7 1 9-2ZM1-1c5-5 10-4 9 2-4 2-7 1-9-2Z", second),
  leaf: (ink, second) => path("M0 10C-8 4-8-5 0-11 8-5 8 4 0 10Z", ink) + `<path d="M0 10V-5" stroke="${second}" stroke-width="1.2"/>`,
  snowflake: ink => around(3, angle => `<path d="M0-10V10M-3-7 0-4 3-7M-3 7 0 4 3 7" stroke="${ink}" stroke-width="1.6" fill="none" stroke-linecap="round" transform="rotate(${angle})"/>`),
  paisley: (ink, second) => path("M2-10C9-8 10 6 0 9-9 9-9-1-3-2-1-5-1-8 2-10Z", ink) + dot(-1, 3, 2.6, second),
};
