/** A sentence or two about a product, said from its tags. */
import type { Product } from "./catalog.js";

const MATERIALS: Record<string, string> = {
  wood: "Made of wood", metal: "Made of metal", zinc: "In soft grey zinc", enamel: "In proper enamel",
  glass: "Made of glass", ceramic: "In glazed ceramic", paper: "Printed on good paper", felt: "Made of felt",
  fabric: "Made of fabric", wicker: "Woven by hand", slate: "Cut from slate",
};

const STYLES: Record<string, string> = {
  retrospot: "with our best-loved spots", spots: "with cheerful spots", stripes: "with deckchair stripes",
  gingham: "in gingham", paisley: "with a paisley pattern", "union-jack": "with a nod to the flag",
  vintage: "in an old-fashioned way", french: "with a French accent", folk: "in a folk style",
  baroque: "with a bit of sparkle", funny: "with a straight face",
};

const MOTIFS: Record<string, string> = {
  heart: "There are hearts on it, of course.", star: "With stars.", flower: "In bloom all year.", bird: "A bird comes with it.",
  owl: "Watched over by an owl.", butterfly: "Butterflies included.", cat: "Approved by cats.", dog: "For friends of dogs.",
  rabbit: "A rabbit has been at it.", woodland: "From the edge of the wood.", strawberry: "Strawberries, in season always.",
  apple: "Fresh from the orchard.", cake: "There is cake on it.", skull: "A little bit pirate.", space: "Ready for take-off.",
  doll: "One of a family.", circus: "Roll up, roll up.", dinosaur: "Older than it looks.", angel: "With wings.", leaf: "Green at heart.",
};

export function describe({ tags }: Product): string {
  const of = (kind: string) => tags.find(tag => tag.startsWith(`${kind}:`))?.slice(kind.length + 1) ?? "";
  const opening = [MATERIALS[of("material")], STYLES[of("style")]].filter(Boolean).join(", ");
  const sentence = opening ? `${opening.charAt(0).toUpperCase()}${opening.slice(1)}.` : "A small thing that makes a good present.";
  return [sentence, MOTIFS[of("motif")]].filter(Boolean).join(" ");
}
