// Turns the warehouse's names ("WHITE HANGING HEART T-LIGHT HOLDER") into names
// for people. Everything here is a table: abbreviations and misspellings of the
// source, words that stay small, words that stay as they are.

/** Source spelling → what it stands for. Whole words only, upper case. */
const REPAIRS = {
  "HLDR": "HOLDER", "TLIGHT": "T-LIGHT", "TEALIGHT": "T-LIGHT", "TEALIGHTS": "T-LIGHTS", 
  "ASS": "ASSORTED", "ASST": "ASSORTED", "ASSTD": "ASSORTED", "ASSORT": "ASSORTED", "ANT": "ANTIQUE", "DEC": "DECORATION",
  "DECO.WHITE": "DECORATION WHITE", "COL": "COLOUR", "CHOC": "CHOCOLATE", "EMROIDR": "EMBROIDERED", "BLK": "BLACK",
  "FLOC": "FLOCK", "TURQ": "TURQUOISE", "MED": "MEDIUM", "PCS": "PIECES", "PC": "PIECE", "RECT": "RECTANGULAR",
  "STRAWBERY": "STRAWBERRY", "STRAWBRY": "STRAWBERRY", "STRWBERRY": "STRAWBERRY", "PAISELY": "PAISLEY",
  "CINAMMON": "CINNAMON", "LAQUERED": "LACQUERED", "FUSCHIA": "FUCHSIA", "CAMOFLAGE": "CAMOUFLAGE",
  "CAMOUFLAGUE": "CAMOUFLAGE", "FRAPPUCINO": "FRAPPUCCINO", "MINATURE": "MINIATURE", "BAKELIKE": "BAKELITE",
  "PANNETONE": "PANETTONE", "TASSLE": "TASSEL", "FLEURE": "FLEURS", "PARFUME": "PARFUM", "FILIGRIS": "FILIGREE", "SKIPPPING": "SKIPPING",
  "BUTTERFL": "BUTTERFLY", "BUTTERFILES": "BUTTERFLIES", "FLOWE": "FLOWER", "RASPBERR": "RASPBERRY", "FOLDIN": "FOLDING",
  "NEWBAROQUE": "NEW BAROQUE", "BAROQUECANDLESTICK": "BAROQUE CANDLESTICK", "CHOCOLATECANDLE": "CHOCOLATE CANDLE",
  "VIPPASSPORT": "VIP PASSPORT", "SMALLFOLKART": "SMALL FOLKART", "STOPMETAL": "STOP METAL", "DRAWERKNOB": "DRAWER KNOB",
  "PAPERLANTERNS": "PAPER LANTERNS", "CANDLEPOT": "CANDLE POT", "CAKESTAND": "CAKE STAND", "DOORMAT": "DOOR MAT",
  "PHOTOFRAME": "PHOTO FRAME", "TOASTRACK": "TOAST RACK", "TEATOWELS": "TEA TOWELS", "COATHOOK": "COAT HOOK",
  "CARDHOLDER": "CARD HOLDER", "P'WEIGHT": "PAPERWEIGHT", "B'DRAW": "BEDROOM DRAWER", "B'FLY": "BUTTERFLY", "20LIGHT": "20 LIGHTS",
  "XMAS": "CHRISTMAS", "ADE": "AID", "SPOTTY": "SPOTTY", "PIC": "PICTURE", "BOX/12": "BOX OF 12", "BASKET/8": "BASKET OF 8",
  "COLUMBIAN": "COLOMBIAN", "TRAVELING": "TRAVELLING", "GAOLERS": "GAOLER'S", "CHILDS": "CHILD'S", "CHILDRENS": "CHILDREN'S", "EXPRESSO": "ESPRESSO",
  "OF4": "OF 4", "SWIRLGLASS": "SWIRL GLASS", "N0": "No", "PENDANT": "PENDANT", "W": "WITH", "L.BLUE": "LIGHT BLUE",
  "DIAMANT": "DIAMANTE", "ENVELOPE50": "ENVELOPE 50", "SCANDISPOT": "SCANDI SPOT", "NEIGHBOURHOOD": "NEIGHBOURHOOD",
  "RETROSPOT": "RETROSPOT", "RETRODISC": "RETRO DISC", "CHILDREN": "CHILDREN",
};

/** Phrases repaired before the words are looked at; order matters. */
const PHRASES = [
  [/\bS\/(\d+)/g, "SET OF $1"],
  [/\bSET ?\/ ?(\d+)/g, "SET OF $1"],
  [/\bSET(\d+)\b/g, "SET OF $1"],
  [/\bPACK\/(\d+)/g, "PACK OF $1"],
  [/\bC\/COVER\b/g, "CUSHION COVER"],
  [/\bW\/(?=\S)/g, "WITH "],
  [/\bCHARLIE ?(?:\+|&|AND)? ?LOLA\b/g, "CHARLIE & LOLA"],
  [/\bT LIGHTS?\b/g, match => match.replace(" ", "-")],
  [/\bRETRO ?SPOTS?\b/g, "RETROSPOT"],
  [/\bPOLKA ?DOTS?\b/g, "POLKA DOT"],
  [/(\d+)'S\b/g, "$1S"],
  [/"([A-Z])"/g, "$1"],
  [/(?<=[A-Z])"(?=[A-Z]{2})/g, " \""],
  [/\bDES (?=CHILD|TEA|PINK|PADDED)/g, "DESIGN "],
  [/ -(?= ?[A-Z])/g, " "],
  [/\s*\+\s*/g, " & "],
  [/,(?=\S)/g, ", "],
  [/\s+,/g, ","],
];

const SMALL = new Set(["of", "and", "with", "in", "on", "the", "for", "to", "a", "at", "by", "or", "from", "du", "des", "de", "aux"]);
const AS_IS = new Set(["LED", "TV", "WC", "VIP", "UK", "USA", "DIY", "CD", "ABC", "I", "A5", "A6", "A7", "3D"]);

function word(text, first) {
  if (AS_IS.has(text)) return text;
  if (/^\d/.test(text)) return text.toLowerCase();
  const small = text.toLowerCase();
  if (!first && SMALL.has(small)) return small;
  // Capital after a hyphen, slash, bracket or quote too: "T-Light", "Pink/White".
  return small.replace(/(^|[-/("“!])([a-zé])/g, (_, before, letter) => before + letter.toUpperCase());
}

/** "12 PENCILS TALL TUBE RED SPOTTY" → "12 Pencils Tall Tube Red Spotty" */
export function nameForPeople(source) {
  let text = source.toUpperCase();
  for (const [from, to] of PHRASES) text = text.replace(from, to);
  text = text
    .split(/\s+/)
    .map(part => {
      const [, before, core, after] = /^(["(]*)(.*?)([",).!]*)$/.exec(part);
      const repaired = REPAIRS[core] ?? core.split("/").map(half => REPAIRS[half] ?? half).join("/");
      return before + repaired + after;
    })
    .join(" ");
  text = text.replace(/[\s.,;:/]+$/, "").replace(/^[\s.,;:/]+/, "");
  return text
    .split(/\s+/)
    .map((part, index, all) => word(part, index === 0 || all[index - 1] === "LETTER"))
    .join(" ");
}
