/**
 * The banners of the front page, in the shopkeeper's order. One is shown: the
 * first, which is the one that Reshelf may bring to the front.
 */
import { drawScene, type Prop } from "../pictures/picture.js";
import { h, svg } from "./dom.js";
import { link } from "./parameters.js";

interface Banner {
  id: string;
  slug: string;
  category: string;
  kicker: string;
  title: string;
  text: string;
  action: string;
  /** Wall, light circle and table of the scene. */
  colours: [string, string, string];
  props: Prop[];
}

const prop = (name: string, tags: string, x: number, y: number, scale: number): Prop => ({ name, tags: tags.split(" "), x, y, scale });

const BANNERS: readonly Banner[] = [
  {
    id: "tea", slug: "mugs-teatime", category: "Kitchen > Mugs & Teatime",
    kicker: "Four o’clock", title: "The kettle is on", text: "Spotted pots, regency cups and a stand for more cake than is sensible.", action: "Lay the tea table",
    colours: ["#f3d9d0", "#fae9e2", "#e3beb2"],
    props: [prop("Cake Stand 3 Tier", "type:cake-stand colour:cream", 60, 24, 1.5), prop("Teapot", "type:teapot colour:red style:retrospot", 268, 104, 1.12), prop("Cup", "type:teacup colour:blue", 442, 158, 0.8)],
  },
  {
    id: "party", slug: "party-easter", category: "Celebrate > Party & Easter",
    kicker: "Any excuse", title: "Put the bunting up", text: "Spots, stripes and paper chains. The guests can come later.", action: "Plan a party",
    colours: ["#d6e3ea", "#e9f1f5", "#b9cfdb"],
    props: [prop("Party Bunting", "type:bunting colour:red colour:cream style:spots", -20, -46, 1.62), prop("Bunting", "type:bunting colour:blue colour:yellow", 290, -46, 1.62), prop("Cake", "type:money-box colour:pink", 70, 152, 1.08), prop("Balloons", "type:balloons colour:red colour:yellow", 330, 110, 1.35)],
  },
  {
    id: "cards", slug: "cards-gift-wrap", category: "Paper > Cards & Gift Wrap",
    kicker: "Well wrapped", title: "Half of it is the paper", text: "Ribbon by the reel, wrap by the sheet, and a card that says it.", action: "Wrap something",
    colours: ["#e7e0cf", "#f4efe3", "#d3c9b0"],
    props: [prop("Ribbon", "type:ribbon colour:blue colour:cream", 40, 90, 1.3), prop("Wrap", "type:wrap colour:red style:retrospot", 190, 14, 1.2), prop("Gift Box", "type:gift-bag colour:green", 360, 112, 1.2)],
  },
  {
    id: "garden", slug: "garden-picnic", category: "Garden > Garden & Picnic",
    kicker: "Out of doors", title: "Tea on the grass", text: "Parasols, baskets and a watering can with a rabbit’s opinion.", action: "Go into the garden",
    colours: ["#dbe6cb", "#ecf2e1", "#b7cc9f"],
    props: [prop("Parasol", "type:parasol colour:red style:stripes", 130, -14, 1.75), prop("Picnic Basket Wicker", "type:picnic colour:red style:gingham material:wicker", 20, 118, 1.12), prop("Watering Can", "type:watering-can colour:blue", 390, 116, 1.12)],
  },
  {
    id: "candles", slug: "candles-lights", category: "Home > Candles & Lights",
    kicker: "Evenings in", title: "Light one, then another", text: "Hanging hearts, jam jars and tall plain candles for long evenings.", action: "See the candles",
    colours: ["#f6e0ae", "#fdf1cf", "#e5c47c"],
    props: [prop("Hanging Heart T-Light Holder", "type:t-light-holder colour:white motif:heart", 22, -6, 1.25), prop("Set of 3 Candle", "type:candle colour:red style:spots", 160, 86, 1.24), prop("Metal Lantern", "type:lantern colour:green", 348, -4, 1.3)],
  },
  {
    id: "hearts", slug: "hanging-decorations", category: "Home > Hanging Decorations",
    kicker: "What we are named after", title: "Hang your heart here", text: "Wicker, zinc, felt and glass. A hook is all they ask.", action: "Find a heart",
    colours: ["#eec5bf", "#f7ddd8", "#dba79f"],
    props: [prop("Heart of Wicker", "type:hanging-heart material:wicker colour:cream", 10, -10, 1.3), prop("Heart", "type:hanging-heart colour:red style:retrospot", 190, 4, 1.6), prop("Bird", "type:bird colour:blue", 402, 0, 1.2)],
  },
  {
    id: "children", slug: "toys-games", category: "Children > Toys & Games",
    kicker: "Rainy days", title: "Nothing needs charging", text: "Spinning tops, skittles, and a bear who has time for everybody.", action: "Play",
    colours: ["#e4dcec", "#f2edf6", "#cbbdd8"],
    props: [prop("Teddy", "type:soft-toy colour:brown colour:cream", 30, 54, 1.5), prop("Alphabet Blocks", "type:spinning-top colour:red colour:blue", 236, 112, 1.16), prop("Spinning Top", "type:spinning-top colour:yellow", 418, 150, 0.9)],
  },
];

const SCENE = { width: 600, height: 360 };

function bannerLink({ id, slug, category, kicker, title, text, action, colours, props }: Banner): HTMLAnchorElement {
  const [wall, light, table] = colours;
  const ground = `<rect width="600" height="360" fill="${wall}"/><circle cx="300" cy="160" r="184" fill="${light}"/><rect y="252" width="600" height="108" fill="${table}"/>`;
  return h("a", {
    class: `banner banner-${id}`,
    href: link("/category/", { c: slug }),
    "data-test": "banner",
    "data-reshelf-banner": id,
    "data-reshelf-category": category,
  },
    h("span", { class: "banner-picture" }, svg(drawScene(props, SCENE.width, SCENE.height, ground))),
    h("span", { class: "banner-text" },
      h("span", { class: "banner-kicker" }, kicker),
      h("strong", { class: "banner-title" }, title),
      h("span", { class: "banner-lead" }, text),
      h("span", { class: "button" }, action)));
}

export function bannerPlace(): HTMLElement {
  return h("div", {
    class: "banners",
    "data-test": "hero",
    "data-reshelf": "banners",
    "data-reshelf-placement": "hero",
    "data-reshelf-show": "1",
  }, ...BANNERS.map(bannerLink));
}
