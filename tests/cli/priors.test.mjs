// What `reshelf train` makes of categories: where shoppers go, what the surroundings of
// a visit say, segments, the weights of a list; and what the report card tells of it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { folder, reshelf } from "./command.mjs";

/** Numbers from 0 below an end, always the same ones. */
function numbers() {
  let state = 5;
  return end => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

/** A shop in which evening visits are for lamps, and others of phones for rugs, where `planted`. */
function shop(out, planted) {
  const below = numbers();
  const aisles = ["Candles", "Vases", "Rugs", "Clocks", "Lamps"];
  const catalog = ["id\tcategory", ...aisles.flatMap((aisle, at) => Array.from({ length: 6 }, (_, item) => `i${at}-${item}\tHome > ${aisle}`))];
  const rows = Array.from({ length: 3_000 }, (_, session) => {
    const [hour, phone] = [below(24), below(2) === 0];
    const usual = Math.min(below(5), below(5));
    const aisle = planted && hour >= 18 ? 4 : planted && phone ? 2 : usual;
    const time = 1_767_225_600 + session * 86_400 + hour * 3_600;
    return [0, 1].map(place => [session, `i${aisle}-${below(6)}`, time + 60 * place, phone ? "Mobile" : "PC"].join("\t"));
  });
  const [sessions, items] = [join(out, "events.tsv"), join(out, "catalog.tsv")];
  writeFileSync(sessions, `SessionId\tItemId\tTime\tdevice\n${rows.flat().join("\n")}\n`);
  writeFileSync(items, `${catalog.join("\n")}\n`);
  return ["train", "--sessions", sessions, "--format", "events", "--catalog", items, "--k", "5", "--out", out];
}

/** A shop with more items than its visits tell neighbours of, in which everybody keeps to a brand. */
function loyalShop(out) {
  const below = numbers();
  const items = Array.from({ length: 1_920 }, (_, at) => [`i${at}`, `Home > Aisle ${at % 4}`, `Brand ${Math.floor(at / 4) % 12}`]);
  const rows = Array.from({ length: 1_500 }, (_, session) => {
    const brand = below(12);
    return Array.from({ length: 10 }, (_, place) => {
      const at = below(160);
      return [session, `i${4 * (12 * Math.floor(at / 4) + brand) + (at % 4)}`, 1_767_225_600 + session * 3_600 + 60 * place].join("\t");
    });
  });
  const [sessions, catalog] = [join(out, "events.tsv"), join(out, "catalog.tsv")];
  writeFileSync(sessions, `SessionId\tItemId\tTime\n${rows.flat().join("\n")}\n`);
  writeFileSync(catalog, `id\tcategory\tbrand\n${items.map(item => item.join("\t")).join("\n")}\n`);
  return ["train", "--sessions", sessions, "--format", "events", "--catalog", catalog, "--k", "5", "--out", out];
}

const sectionsOf = out => reshelf("inspect", out).json.sections.map(({ id }) => id);

test("planted surroundings are found, told on the card, and packed", t => {
  const out = folder(t);
  const { status, stderr, json } = reshelf(...shop(out, true));
  assert.equal(status, 0, stderr);
  const { kinds, questions, mrrWithout, mrrWith } = json.contexts;
  assert.equal(questions, 300);
  assert.ok(kinds.hour.weight > 0 && kinds.device.weight > 0, JSON.stringify(kinds));
  assert.equal(kinds.weekday.weight, 0);
  assert.ok(mrrWith > mrrWithout + 0.02, JSON.stringify(json.contexts));
  assert.match(stderr, /sections of a visit's first click, on 300 held-out sessions/);
  const sections = sectionsOf(out);
  assert.ok(sections.includes("ctxt") && sections.includes("mark"), String(sections));
});

test("surroundings that say nothing weigh nothing and are not packed", t => {
  const out = folder(t);
  const { status, stderr, json } = reshelf(...shop(out, false));
  assert.equal(status, 0, stderr);
  assert.ok(Object.values(json.contexts.kinds).every(({ weight }) => weight === 0), JSON.stringify(json.contexts));
  assert.equal(json.contexts.mrrWith, json.contexts.mrrWithout);
  assert.ok(!sectionsOf(out).includes("ctxt"));
  // Whose visits say nothing, has no use for other weights.
  assert.ok(json.rankWeights.taste <= 1 && json.rankWeights.graph <= 4, JSON.stringify(json.rankWeights));
});

test("taste counts more where shoppers keep to a brand: told on the card, and packed", t => {
  const out = folder(t);
  const { status, stderr, json } = reshelf(...loyalShop(out));
  assert.equal(status, 0, stderr);
  const { taste, graph, questions, mrrMerchant, mrrWithout, mrrWith } = json.rankWeights;
  assert.ok(taste > 1 && graph <= 4 && questions > 500, JSON.stringify(json.rankWeights));
  assert.ok(mrrWith > mrrWithout && mrrWithout > mrrMerchant, JSON.stringify(json.rankWeights));
  assert.match(stderr, /weights of a list's score: .* taste 2, .* held-out lists at/);
  assert.ok(sectionsOf(out).includes("rnkw"));
});
