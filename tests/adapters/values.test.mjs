// The one reader of prices that all adapters share, against what browsers
// themselves write in the languages that shops are in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { build } from "esbuild";
import fc from "fast-check";

// The source itself: the built package does not hand this module out.
const { outputFiles } = await build({ entryPoints: [fileURLToPath(new URL("../../pkg/src/adapters/values.ts", import.meta.url))], bundle: true, format: "esm", write: false, logLevel: "error" });
const { amount } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);

const golden = [
  [9.99, 9.99], [0, 0], ["9.99", 9.99], ["9,99", 9.99], ["1299", 1299], ["1299.5", 1299.5], ["1299,5", 1299.5], ["007", 7],
  ["Rs. 1,299.00", 1299], ["Rs.1,299/-", 1299], ["Rs.99", 99], ["₹1,23,456.78", 123456.78], ["₹ 12,34,567", 1234567],
  ["1.299,00 €", 1299], ["€ 1.299,00", 1299], ["1.299 €", 1299], ["1.299,- €", 1299], ["299,-", 299], ["1.234.567,89 €", 1234567.89],
  ["CHF 1'299.-", 1299], ["CHF 1’299.00", 1299], ["Fr. 49.–", 49], ["1'299'000", 1299000],
  ["1 299,00 kr", 1299], ["1\u00a0299:-", 1299], ["1\u202f299,00\u00a0€", 1299], ["kr 49,50", 49.5], ["12 345 678", 12345678],
  ["£1,299.00 GBP", 1299], ["US$ 5", 5], ["1299.00USD", 1299], ["R$ 1.299,90", 1299.9], ["S/.1,299.00", 1299], ["S/. 9.90", 9.9],
  ["$.99", 0.99], [".5", 0.5], ["0.299", 0.299], ["0,299", 0.299], ["¥1,299", 1299], ["￥1,299", 1299], ["₫1.299.000", 1299000],
  ["1,299", 1299], ["12,345", 12345], ["ab 1.299,00", 1299], ["1234,567", 1234.567], ["299.- ", 299],
  // A program's number: nobody groups thousands and leaves the currency out.
  ["1.299", 1.299], ["12.345", 12.345], [1.299, 1.299],
];
for (const [said, number] of golden) test(`${JSON.stringify(said)} is ${number}`, () => assert.equal(amount(said), number));

const nothing = ["", " ", "free", "on request", -1, "-1", "-$5.00", "$-5.00", "−5", "USD -5.00", NaN, Infinity, -Infinity, "NaN", "Infinity", "1e3", "0x10", null, undefined, true, {}, [], [9.99], () => 1, Symbol("1"), 10n,
  "10.00 - 20.00", "£10 – £20", "2 for 10.00", "was 20 now 15", "1.2.3", "1,2,3.4", "1.299,00,00", "1,299 000", "1.299.00", "1 29", "12 34,00", "1,,299", "x".repeat(300)];
for (const said of nothing) test(`${inspect(said).slice(0, 20)} is no amount`, () => assert.equal(amount(said), undefined));

const LOCALES = ["en-US", "en-GB", "en-IN", "en-ZA", "de-DE", "de-AT", "de-CH", "fr-FR", "fr-CH", "fr-CA", "it-IT", "it-CH", "es-ES", "es-MX", "es-CL", "pt-BR", "pt-PT", "nl-NL", "sv-SE", "nb-NO", "da-DK", "fi-FI", "pl-PL", "cs-CZ", "sk-SK", "hu-HU", "ro-RO", "bg-BG", "hr-HR", "sl-SI", "el-GR", "tr-TR", "ru-RU", "uk-UA", "et-EE", "lt-LT", "lv-LV", "ja-JP", "ko-KR", "zh-CN", "vi-VN", "th-TH", "id-ID", "he-IL"];
// Of two decimals, of none, and of two in words.
const STYLES = [["EUR", "symbol"], ["USD", "symbol"], ["CHF", "symbol"], ["INR", "symbol"], ["SEK", "symbol"], ["BRL", "symbol"], ["PLN", "symbol"], ["EUR", "code"], ["USD", "name"], ["JPY", "symbol"], ["VND", "symbol"]];

test("what a browser writes in any of these languages and currencies is read back", () => {
  const price = fc.oneof(fc.nat(9_999), fc.nat(99_999_999)).map(cents => cents / 100);
  fc.assert(
    fc.property(price, fc.constantFrom(...LOCALES), fc.constantFrom(...STYLES), (price, locale, [currency, currencyDisplay]) => {
      const format = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay, numberingSystem: "latn" });
      const whole = format.resolvedOptions().maximumFractionDigits === 0;
      const wanted = whole ? Math.round(price) : price;
      assert.equal(amount(format.format(wanted)), wanted, format.format(wanted));
    }),
    { numRuns: 5_000 },
  );
});

test("what a program writes is read back, and nothing else throws or is negative", () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 1e15, noNaN: true }).filter(number => !/e/.test(String(number))), number => assert.equal(amount(String(number)), number)), { numRuns: 2_000 });
  const letters = fc.string({ unit: fc.constantFrom(..."0123456789.,'’ -€$kr"), maxLength: 24 });
  fc.assert(fc.property(fc.oneof(letters, fc.string()), text => {
    const number = amount(text);
    assert.ok(number === undefined || (number >= 0 && number < Infinity));
  }), { numRuns: 5_000 });
});

test("three decimals, as dinars have them, are taken for thousands where no other mark tells: docs/adapters.md says so", () => {
  assert.equal(amount("KWD 1.250"), 1250);
  assert.equal(amount("KWD 1,250.500"), 1250.5);
});
