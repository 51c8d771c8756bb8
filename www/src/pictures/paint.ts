/**
 * The painter's box for one picture: colours, patterns and shading, all decided
 * by the product's id, tags and name, so that a product always looks the same.
 */
import { GLYPHS } from "./glyphs.js";
import { BACKDROPS, PARTNERS, TONES, UNNAMED, type Backdrop, type Tone } from "./palette.js";

export interface Subject {
  id: string;
  name: string;
  tags: readonly string[];
}

/** FNV-1a: a number that looks random and is the same everywhere. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  // The last bits of FNV are poor; a final mix makes small ranges even.
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
}

/** Ids of patterns must differ within a document that holds many pictures. */
let pictures = 0;

export class Paint {
  readonly main: Tone;
  readonly second: Tone;
  readonly backdrop: Backdrop;
  /** Motif printed on the thing; undefined for plain ones. */
  readonly motif: string | undefined;
  readonly #subject: Subject;
  readonly #prefix = `p${++pictures}`;
  #definitions: string[] = [];
  #surface: string | undefined;

  constructor(subject: Subject) {
    this.#subject = subject;
    const named = subject.tags.flatMap(tag => (tag.startsWith("colour:") ? [tag.slice(7)] : [])).filter(name => name in TONES);
    const first = named[0] ?? this.pick("colour", this.#usual());
    const partner = named[1] ?? this.pick("partner", PARTNERS[first] ?? ["cream"]);
    this.main = TONES[first] ?? TONES.red!;
    this.second = TONES[partner] ?? TONES.cream!;
    this.backdrop = this.pick("backdrop", BACKDROPS[first] ?? BACKDROPS.red!);
    const motifs = subject.tags.flatMap(tag => (tag.startsWith("motif:") ? [tag.slice(6)] : []));
    this.motif = motifs.find(name => name in GLYPHS) ?? (this.has("style:paisley") ? "paisley" : undefined);
  }

  /** Colours a thing without a named one is likely to have. */
  #usual(): string[] {
    if (this.has("material:zinc")) return ["silver"];
    if (this.has("style:union-jack")) return ["blue", "red"];
    if (this.has("motif:strawberry") || this.has("style:retrospot")) return ["red"];
    if (this.has("motif:leaf") || this.has("motif:apple")) return ["green"];
    if (this.has("motif:skull")) return ["black"];
    if (this.has("style:french")) return ["blue", "cream", "purple"];
    return UNNAMED;
  }

  has(tag: string): boolean {
    return this.#subject.tags.includes(tag);
  }

  says(words: RegExp): boolean {
    return words.test(this.#subject.name);
  }

  get name(): string {
    return this.#subject.name;
  }

  /** A whole number below `below`, the same for the same product and `what`. */
  chance(what: string, below: number): number {
    return hash(`${this.#subject.id} ${what}`) % below;
  }

  pick<T>(what: string, choices: readonly T[]): T {
    return choices[this.chance(what, choices.length)] as T;
  }

  get definitions(): string {
    return this.#definitions.join("");
  }

  #define(kind: string, element: (id: string) => string): string {
    const id = `${this.#prefix}${kind}${this.#definitions.length}`;
    this.#definitions.push(element(id));
    return id;
  }

  /** A repeated print: `draw` within a tile of the given size, on `ground`. */
  pattern(size: number, ground: string, draw: string, turn = 0): string {
    const id = this.#define("t", name =>
      `<pattern id="${name}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"${turn ? ` patternTransform="rotate(${turn})"` : ""}>` +
        `<rect width="${size}" height="${size}" fill="${ground}"/>${draw}</pattern>`);
    return `url(#${id})`;
  }

  /** The thing's own surface: its print if it has one, else its plain colour. */
  get surface(): string {
    return (this.#surface ??= this.print(this.main, this.second));
  }

  /** A print in these colours, by the style and motif of the product. */
  print(ground: Tone, other: Tone): string {
    const ink = ground.light;
    if (this.has("style:retrospot")) return this.pattern(26, ground.base, spots(26, 5, ink));
    if (this.has("style:spots")) return this.pattern(16, ground.base, spots(16, 2.6, ink));
    if (this.has("style:gingham")) {
      return this.pattern(16, ground.light, `<path d="M0 0h8v16H0ZM0 0h16v8H0Z" fill="${ground.base}" opacity=".55"/>`);
    }
    if (this.has("style:stripes")) return this.pattern(16, ground.light, `<rect width="8" height="16" fill="${ground.base}"/>`);
    if (this.has("style:union-jack")) return ground.base;
    if (this.motif && !["heart", "bird"].includes(this.motif)) {
      const tile = this.pick("tile", [30, 36]);
      const figure = GLYPHS[this.motif]!(ink, other.base === ground.base ? ground.deep : other.base);
      const half = tile / 2;
      return this.pattern(tile, ground.base,
        `<g transform="translate(${half / 2} ${half / 2}) scale(.62)">${figure}</g><g transform="translate(${half * 1.5} ${half * 1.5}) scale(.62)">${figure}</g>`);
    }
    if (this.motif === "heart") {
      const figure = GLYPHS.heart!(ink, ink);
      return this.pattern(24, ground.base, `<g transform="translate(6 6) scale(.42)">${figure}</g><g transform="translate(18 18) scale(.42)">${figure}</g>`);
    }
    return ground.base;
  }

  /** A solid body: a fill with a soft rim of shade, as if lit from above left. */
  solid(d: string, fill = this.surface, depth = 7): string {
    const id = this.#define("c", name => `<clipPath id="${name}"><path d="${d}" transform="translate(${-depth} ${-depth * 0.5})"/></clipPath>`);
    return `<path d="${d}" fill="${fill}"/><path d="${d}" fill="#43211f" opacity=".17"/><path d="${d}" fill="${fill}" clip-path="url(#${id})"/>`;
  }

  /** The motif once, big. */
  emblem(x: number, y: number, scale: number, ink = this.main.light, second = this.main.deep, fallback = "heart"): string {
    const draw = GLYPHS[this.motif ?? fallback]!;
    return `<g transform="translate(${x} ${y}) scale(${scale})">${draw(ink, second)}</g>`;
  }

  glyph(name: string, x: number, y: number, scale: number, ink: string, second = ink): string {
    return `<g transform="translate(${x} ${y}) scale(${scale})">${GLYPHS[name]!(ink, second)}</g>`;
  }

  /** The flag of the United Kingdom, clipped to an outline. */
  flag(d: string, x: number, y: number, w: number, h: number): string {
    const id = this.#define("c", name => `<clipPath id="${name}"><path d="${d}"/></clipPath>`);
    const cross = (width: number, stroke: string, lines: string) => `<path d="${lines}" stroke="${stroke}" stroke-width="${width}"/>`;
    const [mx, my, ex, ey] = [x + w / 2, y + h / 2, x + w, y + h];
    const diagonal = `M${x} ${y}L${ex} ${ey}M${ex} ${y}L${x} ${ey}`;
    const upright = `M${mx} ${y}V${ey}M${x} ${my}H${ex}`;
    const unit = Math.min(w, h) / 100;
    return `<g clip-path="url(#${id})"><rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#3f5f8a"/>` +
      cross(20 * unit, "#fbf3e6", diagonal) + cross(8 * unit, "#c0453f", diagonal) +
      cross(32 * unit, "#fbf3e6", upright) + cross(18 * unit, "#c0453f", upright) + "</g>";
  }
}

/** Spots in a half-drop repeat. */
function spots(size: number, r: number, ink: string): string {
  const spot = (x: number, y: number) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${ink}"/>`;
  return spot(size / 4, size / 4) + spot((size * 3) / 4, (size * 3) / 4);
}
