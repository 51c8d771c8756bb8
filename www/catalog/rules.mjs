// Which shelf a product belongs on, told from its name. One table, read from
// the top: the first row whose words occur decides the type (what it is, and so
// how it is drawn) and the shelf. Special things stand above general ones:
// "candle plate" above "plate", "lunch box" above "box".

export const CATEGORIES = {
  candles: ["Home", "Candles & Lights"],
  decor: ["Home", "Hanging Decorations"],
  walls: ["Home", "Frames, Clocks & Signs"],
  storage: ["Home", "Storage & Hooks"],
  comfort: ["Home", "Cushions & Comforts"],
  tea: ["Kitchen", "Mugs & Teatime"],
  baking: ["Kitchen", "Cake & Baking"],
  table: ["Kitchen", "Table & Linen"],
  bags: ["Style", "Bags & Travel"],
  jewellery: ["Style", "Jewellery & Accessories"],
  paper: ["Paper", "Cards & Gift Wrap"],
  desk: ["Paper", "Stationery & Craft"],
  toys: ["Children", "Toys & Games"],
  garden: ["Garden", "Garden & Picnic"],
  christmas: ["Celebrate", "Christmas"],
  party: ["Celebrate", "Party & Easter"],
  other: ["Everything Else"],
};

/** [type, shelf, words]. A word may be followed by a plural s; `-?` is optional. */
const TYPES = [
  // Cards and wrapping first: their names quote every other thing.
  ["card", "paper", "greetings? card|birthday card|christmas card|card|postcard|fun card|notelet|message cards with envelopes", "card holder|playing card|snap card|card game|card kit|kit card"],
  ["wrap", "paper", "gift wrap|wrapping paper|wrap|wrapping tape|gift tape|tissue ream", "wrapped"],
  ["ribbon", "paper", "ribbon|ribbon reel|tinsel reel", "ribbons purse|gingham ribbon"],
  ["gift-bag", "paper", "gift bag|bottle bag|gift box|gift boxe|gift tag|boxes christmas panettone|boxes bird panettone|paper boxe|party bag", "in gift box"],
  ["card-holder", "walls", "card holder"],
  ["bunting", "party", "bunting|pennant|flag|flags|banner", "luggage|passport|cushion|door mat|doormat|windsock|pan|hot water|pink union flag"],
  ["balloons", "party", "balloon|balloons|balloon pump", "writing set|water bomb|badge|card kit|flower"],
  ["invites", "party", "invite|invites"],
  ["stocking", "christmas", "stocking|stockings"],
  ["advent", "christmas", "advent calendar|advent string"],
  ["bauble", "christmas", "bauble|baubles|christmas ball|christmas glass ball", "t-light|lights|stand|ribbon"],
  ["rocking-horse", "christmas", "rocking horse"],
  ["pet", "garden", "dog bowl|cat bowl|dog collar|cat collar|dog lead|dog food|cat food|and white dog bowl"],
  ["watering-can", "garden", "watering can", "marker|jigsaw"],
  ["garden-tools", "garden", "garden fork|garden trowel|garden spade|garden rake|garden brush|garden glove|garden marker|garden tool|gardening set"],

  // Light
  ["t-light-holder", "candles", "t-light holder|t-light setting|tlight holder|votive holder|hanging glass etched t-light|glass hanging t-light|t-light glass|t-light set|candle holder|candleholder|hurricane lamp|birdcage decoration"],
  ["t-lights", "candles", "t-light|t-light candle|nightlight candle"],
  ["candlestick", "candles", "candlestick|candle stick|candlestand|candle stand|candelabra|candle plate|candle bowl|candle lamp"],
  ["dinner-candles", "candles", "dinner candle|taper candle|botanical candle|party candle|birthday candle|celebration candle|fairy cake candle"],
  ["candle-pot", "candles", "candle pot|candle in .* tin|candle flowerpot|candle garden pot|candle citronella|candle in glass|candles in glass|jewelled box|jewel box|jewelled drawer|votive candle|candle&cup|candle & cup|candle in bowl|candles in bowl|shed rose candle"],
  ["candle", "candles", "candle", "candle snuffer"],
  ["lantern", "candles", "lantern|lanterns"],
  ["fairy-lights", "candles", "lights|light garland|light chain|light string|string 20 lights|lights string", "traffic lights"],
  ["lamp", "candles", "lamp|lampshade|shade|night light|nightlight|table light|lightbulb|torch|led", "parasol"],
  ["incense", "candles", "incense|oil burner|joss"],
  ["matches", "candles", "matches"],

  // Cake and teatime
  ["cake-stand", "tea", "cake stand|cakestand|cake cover|glass cloche|basket cake stand|cake plate"],
  ["teapot", "tea", "teapot|tea for one|tea set|coffee set|tea cosy|coffee pot"],
  ["teacup", "tea", "cup and saucer|teacup|cup & saucer|espresso cup|cups|cup", "egg cup|paper cup|cup cake|cupcake|catch cup|cup holder|muffin"],
  ["mug", "tea", "mug|mugs|beaker|tumbler", "mug cosy|mug warmer|in enamel mug"],
  ["cake-tin", "baking", "cake tin|biscuit tin|biscuits tin|biscuits small bowl tin|tea caddy|coffee caddy|cake tins|stacking tin|round tins|biscuit bin|bread bin|tin tea|tea, coffee|container|caddy|storage jar|storage tin|tins"],
  ["cake-cases", "baking", "cake case|petit four case|cup cake case|cupcake lace|doilies|doily|mini cases|cake cases"],
  ["baking-set", "baking", "cookie cutter|biscuit cutter|baking set|cooking set|mixing bowl|jam making|measuring spoon|toast its|recipe box|recipe book|cake server|rolling pin|measuring jug|kitchen scale|colander|cake mould|bun tin|whisk|lolly holder|baking mould|jelly mould|ladle|frying pan|milk pan|sieve"],
  ["apron", "table", "apron|overall", "pinafore"],
  ["tea-towel", "table", "tea towel|ironing board|oven glove|oven mitt|table cloth|tablecloth|washing up glove|dish cloth|tea towels|kitchen towel"],
  ["napkins", "party", "paper napkin|napkins|paper cup|paper plate|napkin", "napkin ring|napkin charm|napkin box"],
  ["egg-cup", "table", "egg cup|egg holder|egg warmer|egg cosy|egg spoon|wire egg"],
  ["jug", "table", "jug|milk bottle|vase|posy holder|flask|french bottle|decanter|carafe|bathroom bottle"],
  ["jar", "table", "jam jar|glass jar|ginger jar|honey pot|bonbon jar|jars|jar|sweet jar|storage pot", "wasp"],
  ["glass", "table", "wine glass|tea glass|milkshake glass|chalice|sundae dish|goblet|champagne|glasses", "glasses case"],
  ["cutlery", "table", "cutlery|teaspoon|spoon|salad server|chopstick|straws|knife|fork and spoon|sugar tongs", "cutlery shelf|lunch box|cutlery box|greasy spoon|utensil|napkin charm"],
  ["tray", "table", "tray|platter|placemat|coaster|tv dinner tray", "trinket tray"],
  ["plate", "table", "plate|pizza dish|slice dish|butter dish|beurre dish|toast rack|dish", "soap dish|name plate|number plate"],
  ["bowl", "table", "bowl|basin|popcorn holder|colander", "cat bowl|dog bowl|birdbath"],
  ["food-cover", "table", "food cover|cake dome|napkin ring|napkin charm|salt and pepper|fly swat|utensil holder|place setting|peg place setting|place settings"],

  // On the wall
  ["sign", "walls", "metal sign|sign|doorsign|door sign|door hanger|billboard|rest stop metal", "sign language"],
  ["clock", "walls", "clock"],
  ["frame", "walls", "photo frame|picture frame|frame|frames|photo album|photo cube|photo clip|album|kitchen print|shells print|wall art|photo shelf", "frame sticker|fridge magnet"],
  ["mirror", "walls", "mirror", "mirror magnet|decoration|trinket|candle|t-light|mirror mobile"],
  ["blackboard", "walls", "blackboard|chalkboard|memo board|memoboard|memo holder|black board|notice board|slate tile|heart slate|message board"],
  ["letters", "walls", "wood letters|block letters|painted letters|building block word|word block|wooden letter|block word"],
  ["paperweight", "walls", "paperweight|doorbell"],
  ["wall-ducks", "walls", "flying duck|wallhanging|wall hanging|wall decoration|ornament|porcelain rose|postcard spring"],

  // Comforts, before bags because of "hot water bottle" and "cushion"
  ["hot-water-bottle", "comfort", "hot water bottle|hottie|hand warmer|pocket warmer|mug warmer|mug cosy"],
  ["hammock", "garden", "hammock"],
  ["cushion", "comfort", "cushion|cushion cover|filler pad|throw|pouffe|seat pad|blanket|pads to match", "pin cushion|throwing"],
  ["doormat", "comfort", "door mat|doormat|bath mat|rug"],
  ["doorstop", "comfort", "doorstop|door stop|draught excluder"],
  ["bath", "comfort", "bath sponge|soap|flannel|towel|toilet roll|shower cap|bath salts|bathroom set|bathroom scale|bath|essential balm|hand cream|washroom|clam shell|cockle shell", "bird bath|sign"],
  ["slippers", "comfort", "slipper|slipper sock|slipper shoe|bed sock|slippers"],

  // Bags and travel
  ["lunch-box", "bags", "lunch box|snack box|snack boxes|picnic boxes|lunchbox|sandwich box|breakfast set"],
  ["lunch-bag", "bags", "lunch bag|charlotte bag|candy bag|pocket bag|bum bag|drawstring bag|cool bag|lunch bags"],
  ["umbrella", "bags", "umbrella|rain mac|rain hat|rain poncho|poncho|rainmac"],
  ["picnic", "garden", "picnic|hamper|barbecue bucket|ice lolly"],
  ["tote", "bags", "tote bag|shopping bag|shopper bag|jumbo bag|shopper|storage bag|recycling bag|beach bag|peg bag|carry-all|kids bag|laundry bag|jumbo storage|cotton bag", "skittles|marbles"],
  ["handbag", "bags", "handbag|shoulder bag|airline bag|weekend bag|overnight bag|cabin bag|backpack|rucksack|back pack|suitcase|holdall|cases woodland", "handbag gift|felt handbag kit"],
  ["luggage-tag", "bags", "luggage tag|passport cover|passport"],
  ["purse", "bags", "purse|washbag|wash bag|cosmetic bag|cosmetics bag|make up bag|glasses case|toiletry bag|wallet", "purse notebook|purse kit|purse, button"],

  // To wear
  ["necklace", "jewellery", "necklace|pendant|choker|lariat|jewellery set|locket|\"leis\""],
  ["bracelet", "jewellery", "bracelet|bangle"],
  ["earrings", "jewellery", "earring|brooch|bag charm|bubble gum ring|ring purse|diamante ring|phone charm|cufflink"],
  ["hair", "jewellery", "hair band|hairband|hair clip|hairclip|hair comb|hair clips|hair grip|butterfly clips|tiara|hair slide|hairslide|headband|hair tie"],
  ["keyring", "jewellery", "key ring|keyring|key fob|key-ring|bag tag"],
  ["clothes", "jewellery", "scarf|glove|gloves|sunglasses|ear muff|hat|sombrero|grass skirt|hand fan|silk fan|wood fan|sandalwood fan|travelling fan|coat hanger|padded hanger|hangers|fan with flower|socks|mittens|leg warmer|slippers", "garden glove|knitting kit|washing up|advent|scarf hot|cat with scarf"],

  // Stationery and craft
  ["notebook", "desk", "notebook|journal|sketchbook|pocket book|address book|scrap book|notepad|memo pad|diary|book mark|calendar|sketch book|picture book", "advent|picture book egg"],
  ["calculator", "desk", "calculator|ruler"],
  ["eraser", "desk", "eraser|rubber|rubbers|pencil sharpener|sharpener|paper clip|desk tidy", "pencil/rubber"],
  ["pencils", "desk", "pencil|pencils|crayon|chalk stick|colouring pencil|pencil case|paint set|colouring set|chalk"],
  ["pen", "desk", "pen|pens|highlighter", "dough pen"],
  ["stickers", "desk", "sticker|tattoo|transfer|iron on patches|patches|badge|wall art sticker|stickers", "party bag"],
  ["envelope", "desk", "writing set|envelope|letter set|stationery|stationery set|letter rack|postcard set|stamp set|wood stamp|images|note paper"],
  ["tape", "desk", "tape|tapes|spot tape|cats tape", "tape measure|measuring tape"],
  ["magnets", "desk", "magnet|magnets"],
  ["sewing", "desk", "sewing|tape measure|measuring tape|pin cushion|scissor|scissors|needle|button box|knitting|twine|repair kit|button|thread|crochet kit|haberdashery|knitting nancy|shoe shine", "decoration|calculator"],
  ["felt-kit", "desk", "feltcraft|felt craft|craft kit|stencil craft|stencil|purse kit|handbag kit|make your own|paint your own|canvas set|card kit|decoupage kit|3d kit|kit cards|modelling clay|origami|craft"],

  // Children
  ["money-box", "toys", "money bank|money box|piggy bank|moneybox"],
  ["jigsaw", "toys", "jigsaw|puzzle|dominoes|ludo|snakes & ladders|playing card|snap card|card game|bingo|snap|drawing slate|heads and tails|noughts|chess|backgammon|solitaire|game"],
  ["helicopter", "toys", "helicopter|glider|flying disc|rocket|plane"],
  ["radio", "toys", "radio|headphones|speaker|boom box"],
  ["toy-car", "toys", "racing car|pull back|fire engine|toy car|train|robot", "soft toy"],
  ["spinning-top", "toys", "spinning top|skittle|skittles|skipping rope|catch cup|harmonica|marble|marbles|jacobs ladder|yo-?yo|croquet|rounders|wooden toy|alphabet block|blocks|bubbles|quoits|whistle|kazoo|boomerang|cup and ball|windmill|tool set|peg doll|rattle"],
  ["playhouse", "toys", "playhouse"],
  ["doll", "toys", "doll|dolls|dolly|princess|babushka|russian doll|fairy doll", "pegs|doorstop|nesting|dolly girl|dolly mix|monkey doll|garland"],
  ["soft-toy", "toys", "soft toy|teddy|puppet|monkey|monster|stuffed|mouse|ninja rabbit|lamb|elephant|scottie dog|pony|penguin|crocheted animal|canary|rabbit toy|toy|toys|cat with scarf|larry|candy spot rabbit|hilda|felt farm animal|mice|furry|cow|singing|cat with scarf", "tidy|toybox|hanging|garland|bag.? funky|skittles|monkey mug"],
  ["dinosaur", "toys", "dinosaur|dolphin|creepy crawl|creepy crawlie|snake|animals in bucket|farmyard|water bomb|glow in dark|slinky|sheep wool|sea creature|globe"],
  ["toy-tidy", "toys", "toy tidy|treasure chest|children's|childs|child's|baby|nursery|kids|height chart|bib|wastepaper bin", "wall tidy"],

  // Garden
  ["birdhouse", "garden", "birdhouse|bird house|bird box|bird feeder|birdfeeder|bird table|birdbath|bird bath|bird feeder|nest box|nesting box|insect|wasp", "tree decoration|decoration|nesting boxes"],
  ["parasol", "garden", "parasol|windsock|windmill|beach spade|seaside bucket|gazebo|hammock", "cocktail parasol|paper parasol"],
  ["plant-pot", "garden", "plant|planter|plant pot|flower pot|flowerpot|herb|seed|grow your own|grow a|pail|bucket|plant holder|potting|planters|herbs|trough|tub|wheelbarrow|cactus", "love bucket|pack|pegs|eggs|easter|tin bucket"],
  ["garden-tools", "garden", "garden|gardener|trowel|rake|secateur|garden fork|garden marker|gnome|kneeling pad|thermometer|chime|wind chime|sundial|gardening|solar", "magic garden|incense|path"],

  // Party and Easter
  ["honeycomb", "party", "honeycomb|paper chain|party cone|paper lantern|paper garland|confetti|streamer|paper fan|paper ball|paper parasol|cocktail parasol|popper|rosette|paper flowers|tissue paper"],
  ["easter", "party", "easter|hanging egg|egg bunny|bunny|bunnies|chick|chicks|rabbit|egg|eggs|hen|chicken|spring dec"],

  // Storage
  ["tissues", "storage", "tissue box|tissues|napkin box|tissue"],
  ["hook", "storage", "hook|hooks|coat rack|hanger|coathanger|coat hanger|hooks hanger"],
  ["drawer-knob", "storage", "drawer knob|door knob|knob"],
  ["cabinet", "storage", "cabinet|wall tidy|drawer|shelf|chest|organiser|rack|drawers|stool|table|bench|stand|chair|newspaper stand|ladder|trolley|storage cube|steel", "jewellery stand|table decoration|dressing table"],
  ["pegs", "storage", "pegs", "place setting"],
  ["basket", "storage", "basket|baskets|crate|crates|log basket|laundry tub|waste bin|bin"],
  ["tin", "storage", "tin|tins|first aid|plasters|cigar box|pillbox|pill box|canister|popcorn"],
  ["trinket", "storage", "trinket|jewellery box|keepsake|treasure|jewellery stand|dressing table pot|jewel box|ring holder|glass gem|silver stones|pot|purse mirror"],
  ["box", "storage", "box|boxes|nesting box|storage box"],

  // Things that hang
  ["wreath", "decor", "wreath|garland"],
  ["christmas-tree", "christmas", "christmas tree \\d+cm|magic christmas tree|feather christmas tree|glitter christmas tree|christmas tree painted|christmas tree scand"],
  ["bird", "decor", "bird|birds|dove|swallow|lovebird|owl|owls|robin|flamingo|finch|feather|peacock|duck"],
  ["hanging-star", "decor", "star|stars|snowflake"],
  ["hanging-heart", "decor", "heart|hearts|love|wicker|lattice|filigree"],
  ["bell", "decor", "bell|bells|sleigh bell|jingle"],
  ["butterfly", "decor", "butterfly|butterflies|dragonfly|ladybird|bee"],
  ["toadstool", "decor", "toadstool|toadstools|mushroom"],
  ["angel", "decor", "angel|angels|cherub|fairy|cupid", "cake"],
  ["christmas-tree", "christmas", "christmas tree|tree christmas|retrospot tree|gingham tree|zinc tree|metal tree"],
  ["tree-decoration", "decor", "decoration|decorations|hanging|mobile|curtain|ball|disco ball|canopy|tree|flower|flowers|rose|daisy|droplet|crochet|pear|pears|hand open|mount fuji|magic"],
];

/** Occasions move a product to their shelf whatever it is. */
const OCCASIONS = [
  ["christmas", "christmas|xmas|advent|santa|santas|reindeer|snowman|snowmen|noel|bauble|baubles|tinsel|yuletide|sleigh|stocking|jingle|holly|merry|snowflake|rocking horse"],
  ["party", "easter"],
  ["toys", "children's|child's|childs|childrens|kids|nursery"],
];

const words = text => new RegExp(`(?<![\\w-])(?:${text})(?:e?s)?(?![\\w-])`, "i");
const types = TYPES.map(([type, shelf, yes, no]) => ({ type, shelf, yes: words(yes), no: no && words(no) }));
const occasions = OCCASIONS.map(([shelf, yes]) => ({ shelf, yes: words(yes) }));

/** What a product is and where it stands, from its name for people. */
export function shelve(name) {
  const rule = types.find(({ yes, no }) => yes.test(name) && !no?.test(name));
  const occasion = occasions.find(({ yes }) => yes.test(name));
  return { type: rule?.type ?? "gift", shelf: occasion?.shelf ?? rule?.shelf ?? "other" };
}
