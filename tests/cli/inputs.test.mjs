// What a shop hands over: the same clicks whatever the file is, feeds and exports
// with their mistakes, and a word about every row that was left out.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { Database } from "../../cli/src/database.mjs";
import { readCatalog, readOrders, readSessions } from "../../cli/src/reading/inputs.mjs";
import { folder, reshelf, visits, write } from "./command.mjs";

/** A text as a file; a `.gz` is compressed. */
function file(path, text) {
  writeFileSync(path, path.endsWith(".gz") ? gzipSync(text) : text);
  return path;
}

/** Runs `work` with a database of its own; resolves to what it resolves to. */
async function withDatabase(work) {
  const database = await Database.open();
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

const clicksOf = database => database.rows(
  "SELECT session, day, item_id, place FROM clicks JOIN items USING (item) JOIN sessions USING (session) ORDER BY session, place",
);

/** The rows of a table as a Parquet file. */
const parquet = (path, select) => withDatabase(async database => {
  await database.execute(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  return path;
});

const compress = path => file(`${path}.gz`, readFileSync(path));

test("events are the same as CSV, TSV, JSON and Parquet, gzipped or not, by any names", async t => {
  const out = folder(t);
  const tsv = write(join(out, "plain"), "events", visits(60, 1));
  const rows = readFileSync(tsv, "utf8").trimEnd().split("\n").slice(1).map(line => line.split("\t"));
  const objects = rows.map(([session, item, time]) => ({ visit_id: session, sku: item, timestamp: Number(time) * 1000 }));
  const iso = ([session, item, time]) => [`"${item}"`, new Date(time * 1000).toISOString(), session].join(";");
  const files = [
    file(join(out, "a.csv"), `Session ID,Item ID,Time\r\n${rows.map(row => row.join(",")).join("\r\n")}\r\n`),
    file(join(out, "b.txt.gz"), `\ufeffProductId;Event Time;session\n${rows.map(iso).join("\n")}`),
    file(join(out, "c.json"), JSON.stringify(objects)),
    file(join(out, "d.ndjson.gz"), objects.map(object => JSON.stringify(object)).join("\n")),
    await parquet(join(out, "e.parquet"), `SELECT CAST(SessionId AS BIGINT) AS session, ItemId AS item, CAST(Time AS DOUBLE) AS time FROM read_csv('${tsv}', delim = '\t', all_varchar = true)`),
  ];
  files.push(compress(files[4]));
  const expected = await withDatabase(async database => (await readSessions(database, tsv, "events"), clicksOf(database)));
  assert.equal(expected.length, rows.length);
  for (const path of files) {
    const found = await withDatabase(async database => (await readSessions(database, path, "events"), clicksOf(database)));
    assert.deepEqual(found, expected, path);
  }
});

test("ids and times of JSON are as they are written", async t => {
  const ids = ["0012", "550E8400-E29B-41D4-A716-446655440000", "2020-01-01", "12345678901234567890", "1.0", "true"];
  const clicks = ids.map((id, at) => ({ session: 1, item: id, time: `2020-09-13T12:26:4${at}+02:00` }));
  // Numbers are ids too; one that a program holds as a float is the whole number.
  const text = [...clicks.map(click => JSON.stringify(click)), '{"session": 1.0, "item": 7.0, "time": 1600000007}'].join("\n");
  await withDatabase(async database => {
    await readSessions(database, file(join(folder(t), "ids.ndjson"), text), "events");
    assert.deepEqual((await clicksOf(database)).map(([session, , item]) => [session, item]), [...ids, "7"].map(id => [0, id]));
    const [[at]] = await database.rows("SELECT day FROM sessions");
    assert.equal(at, Math.floor(1_600_000_007 / 86_400));
  });
});

test("lists are the same as text, CSV, JSON and Parquet", async t => {
  const out = folder(t);
  const sessions = visits(60, 2).filter(items => items.length > 1);
  const lists = sessions.map(items => ({ items, prefix: items.slice(0, -1), target: items.at(-1) }));
  const reference = write(join(out, "lines"), "session-lines", sessions);
  const asParquet = (path, columns) => parquet(join(out, path), `SELECT ${columns} FROM read_csv('${reference}', delim = '\x01', header = false, columns = {'line': 'VARCHAR'})`);
  const ids = "string_split(line, ' ')";
  const files = {
    "session-lines": [
      file(join(out, "commas.csv"), lists.map(({ items }) => items.join(",")).join("\n")),
      file(join(out, "header.csv.gz"), `items\n${lists.map(({ items }) => `"${items.join(" ")}"`).join("\n")}`),
      file(join(out, "bare.json"), JSON.stringify(sessions)),
      file(join(out, "objects.ndjson"), lists.map(({ items }) => JSON.stringify({ items })).join("\n")),
      await asParquet("lines.parquet", "line AS items"),
      await asParquet("lists.parquet", `${ids} AS items`),
    ],
    "prefix-target": [
      file(join(out, "plain.tsv"), lists.map(({ prefix, target }) => `${prefix.join(" ")}\t${target}`).join("\n")),
      file(join(out, "header.tsv"), `prefix\ttarget\n${lists.map(({ prefix, target }) => `${prefix.join(" ")}\t${target}`).join("\n")}`),
      file(join(out, "plain.csv"), lists.map(({ prefix, target }) => `${prefix.join(" ")},${target}`).join("\n")),
      file(join(out, "lists.json"), JSON.stringify(lists.map(({ prefix, target }) => ({ prefix, target })))),
      await asParquet("prefix.parquet", `${ids}[:-2] AS prefix, ${ids}[-1] AS target`),
    ],
    "category-sessions": [
      file(join(out, "quoted.csv"), `sessionId,categorys,items\n${lists.map(({ items }, at) => `${at},"1,2","${items.join(",")}"`).join("\n")}`),
      file(join(out, "lists.ndjson.gz"), lists.map(({ items }) => JSON.stringify({ sessionId: 1, categorys: "1", items })).join("\n")),
      await asParquet("commas.parquet", `replace(line, ' ', ',') AS items`),
    ],
  };
  const expected = await withDatabase(async database => (await readSessions(database, reference, "session-lines"), clicksOf(database)));
  assert.equal(expected.length, sessions.flat().length);
  for (const [format, paths] of Object.entries(files)) {
    for (const path of paths) {
      const found = await withDatabase(async database => (await readSessions(database, path, format), clicksOf(database)));
      assert.deepEqual(found, expected, path);
    }
  }
});

test("of a person the newest five sessions count, under one number", async t => {
  const lines = ["SessionId\tItemId\tTime\tUserId"];
  for (let session = 0; session < 8; session++) lines.push(`s${session}\tsku-1\t${1_600_000_000 + session}\tanna`, `s${session}\tsku-2\t${1_600_000_001 + session}\tanna`);
  lines.push("t0\tsku-1\t1600000100\tNA", "t1\tsku-1\t1600000101\tNA");
  const path = file(join(folder(t), "events.tsv"), lines.join("\n"));
  await withDatabase(async database => {
    await readSessions(database, path, "events", { most: 5 });
    const sessions = await database.rows("SELECT session_id, CAST(person AS INTEGER) FROM sessions ORDER BY session");
    assert.deepEqual(sessions, [["s3", 0], ["s4", 0], ["s5", 0], ["s6", 0], ["s7", 0], ["t0", 5], ["t1", 6]]);
    const { rows, kept, problems } = database.report.json.sessions;
    assert.deepEqual([rows, kept], [18, 12]);
    assert.deepEqual(problems, [
      { problem: "of people with more than 5 sessions, from their older ones", count: 6, unit: "row", dropped: true, examples: ["session s0", "session s1", "session s2"] },
    ]);
  });
});

const CATALOG = ["item", "title", "category", "brand", "price", "list_price", "currency", "in_stock", "colour"];
const catalogOf = database => database.rows(`SELECT ${CATALOG.join(", ")} FROM catalog ORDER BY item`);

const PRODUCTS = [
  ["A1", "Candle, white", "Home > Candles", "Wick & Co", 12.5, null, "EUR", true, "white"],
  ["A2", "Lamp 24\"", "Home > Lamps", null, 30, 40, "EUR", false, null],
  ["A3", "Mug", null, "Potter", null, null, null, null, null],
];

const RSS = `<?xml version="1.0"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>
<item><g:id>A1</g:id><title><![CDATA[Candle, white]]></title><g:product_type>Home &gt; Candles</g:product_type>
  <g:google_product_category>588</g:google_product_category><g:brand>Wick & Co</g:brand><g:price>12.50 EUR</g:price>
  <g:shipping><g:price>4.90 EUR</g:price></g:shipping><g:availability>in stock</g:availability><g:color>white</g:color></item>
<item><g:shipping><g:price>4.90 EUR</g:price></g:shipping><g:id>A2</g:id><title>Lamp 24"</title><g:product_type>Home > Lamps</g:product_type>
  <g:price>40,00 EUR</g:price><g:sale_price>30.00 EUR</g:sale_price><g:availability>out_of_stock</g:availability></item>
<item><g:id>A3</g:id><title>Mug</title><g:brand>Potter</g:brand></item>
</channel></rss>`;

const catalogs = {
  "feed.xml": RSS,
  "feed.xml.gz": RSS,
  "atom.xml": RSS.replace('<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel>', '<feed xmlns="http://www.w3.org/2005/Atom">').replace("</channel></rss>", "</feed>").replaceAll("<item>", "<entry>").replaceAll("</item>", "</entry>"),
  "feed.tsv": `id\ttitle\tproduct_type\tbrand\tprice\tsale_price\tavailability\tcolor
A1\tCandle, white\tHome > Candles\tWick & Co\t12.50 EUR\t\tin_stock\twhite
A2\t"Lamp 24"""\tHome > Lamps\t\t40.00 EUR\t30.00 EUR\tout_of_stock\t
A3\tMug\t\tPotter\t\t\t\t`,
  "export.csv": `SKU,Name,Category,Vendor,Price,Compare-at price,Currency,In stock,Colour
A1,"Candle, white",Home / Candles,Wick & Co,"12,50",,eur,12,white
A2,"Lamp 24""",Home|Lamps,,30,40,EUR,0,
A3,Mug,,Potter,,,,,`,
  "products.json": JSON.stringify([
    { id: "A1", name: "Candle, white", category: ["Home", "Candles"], brand: "Wick & Co", price: 12.5, currency: "EUR", inStock: true, colour: "white" },
    { id: "A2", name: "Lamp 24\"", category: ["Home", "Lamps"], price: 30, listPrice: 40, currency: "EUR", inStock: false },
    { id: "A3", name: "Mug", brand: "Potter" },
  ]),
};

for (const [name, text] of Object.entries(catalogs)) {
  test(`a catalogue is read: ${name}`, async t => {
    const path = file(join(folder(t), name), text);
    await withDatabase(async database => {
      await readCatalog(database, path);
      assert.deepEqual(await catalogOf(database), PRODUCTS);
      const mistakes = database.report.json.catalog.problems.filter(({ problem }) => problem.includes("XML"));
      assert.equal(mistakes.length, name.includes("xml") ? 1 : 0);
    });
  });
}

test("what is wrong with a catalogue is told, with examples", async t => {
  const path = file(join(folder(t), "messy.csv"), `id,title,category,brand,price,sale_price,availability
1,One,A,X,10 EUR,,in stock
,Nameless,A,X,10 EUR,,in stock
1,One again,A,X,11 EUR,,in stock
2,Two,A,,9 USD,,perhaps
3,Three,A,X,call us,,in stock
4,Four,A,X,0 EUR,,in stock
5,Five,A,X,5 EUR,6 EUR,in stock
6,,,X,5 EUR,,in stock
7,"Seven
on two lines",A,X,7 EUR,,in stock
8,Eight,A,X,1 EUR,,in stock,one,too,many
`);
  const { rows, kept, problems } = await withDatabase(async database => (await readCatalog(database, path), database.report.json.catalog));
  assert.deepEqual([rows, kept], [10, 7]);
  const dropped = problems.filter(problem => problem.dropped).map(({ problem, count, examples }) => [problem, count, examples]);
  assert.deepEqual(dropped.map(([problem, count]) => [problem, count]), [
    ["that do not fit the header or leave a quote open", 1],
    ["with an id that another row has", 1],
    ["without an id", 1],
  ]);
  assert.match(dropped[0][2][0], /8,Eight/);
  assert.deepEqual(dropped[2][2], ["row 2: Nameless"]);
  const others = problems.filter(problem => !problem.dropped).map(({ problem, examples }) => [problem, examples]);
  assert.deepEqual(others, [
    ["in another currency than most", ["2: USD"]],
    ["with a price above the list price", ["5: 6.0 above 5.0"]],
    ["with a price that cannot be read", ["3: call us"]],
    ["with a price that is not above 0", ["4: 0.0"]],
    ["with an availability that cannot be read", ["2: perhaps"]],
    ["without a brand", ["2"]],
    ["without a category", ["6"]],
    ["without a title", ["6"]],
  ]);
});

const ORDERS = `Order,Article,When,Pieces,UnitPrice,Client
500,A1,12/1/2010 8:26,2,"1,50",7
500,A2,12/1/2010 8:26,1,3.00,7
C501,A1,12/2/2010 9:00,-2,1.50,7
502,A1,soon,1,1.50,8
503,A2,12/3/2010 10:00,-5,0,
504,A2,12/3/2010 11:00,1,3.00,
504,A2,12/3/2010 11:00,1,3.00,
,A2,12/3/2010 12:00,1,3.00,9
505,A9,12/31/2010 12:00,0,3.00,9
C506,A9,12/31/2010 12:00,1,3.00,9
`;

test("orders are read by named columns; refunds are negative; the rest is told", async t => {
  const path = file(join(folder(t), "orders.csv"), ORDERS);
  await withDatabase(async database => {
    await readOrders(database, path, { invoice: "Order", item: "article", time: "When", customer: "Client" });
    const order = ["500", "C501", "504", "C506"];
    const at = (...date) => BigInt(Date.UTC(...date) / 1000);
    assert.deepEqual(await database.rows("FROM orders"), [
      ["7", "500", "A1", at(2010, 11, 1, 8, 26), 2, 1.5],
      ["7", "500", "A2", at(2010, 11, 1, 8, 26), 1, 3],
      ["7", "C501", "A1", at(2010, 11, 2, 9), -2, 1.5],
      [null, "504", "A2", at(2010, 11, 3, 11), 1, 3],
      [null, "504", "A2", at(2010, 11, 3, 11), 1, 3],
      ["9", "C506", "A9", at(2010, 11, 31, 12), -1, 3],
    ].sort(([, a], [, b]) => order.indexOf(a) - order.indexOf(b)));
    const { rows, kept, problems } = database.report.json.orders;
    assert.deepEqual([rows, kept], [10, 6]);
    assert.deepEqual(problems.map(({ problem, count, dropped, examples }) => [problem, count, dropped, examples[0]]), [
      ["of no pieces", 1, true, "row 9: 505, A9, 12/31/2010 12:00, 0.0"],
      ["that correct the stock", 1, true, "row 5: 503, A2, 12/3/2010 10:00, -5.0"],
      ["with a date that cannot be read", 1, true, "row 4: 502, A1, soon, 1.0"],
      ["without an invoice", 1, true, "row 8: A2, 12/3/2010 12:00, 1.0"],
      ["of a customer who is not known", 2, false, "invoice 504"],
      ["that repeat a line of the same invoice", 1, false, "A2 in invoice 504, row 7"],
      ["that take a purchase back", 2, false, "A1 in invoice C501"],
    ]);
  });
});

test("days that come first are told from the whole column", async t => {
  const path = file(join(folder(t), "orders.csv"), "Invoice,StockCode,InvoiceDate\n1,A,1/2/2026 8:00\n2,A,13/2/2026 8:00\n3,A,1.2.2026 8:00\n");
  await withDatabase(async database => {
    await readOrders(database, path, {});
    const days = await database.rows("SELECT CAST(make_timestamp(seconds * 1000000) AS VARCHAR) FROM orders");
    assert.deepEqual(days.flat(), ["2026-02-01 08:00:00", "2026-02-01 08:00:00", "2026-02-13 08:00:00"]);
  });
});

test("training says what it left out, on stderr in words and in its object", t => {
  const out = folder(t);
  const sessions = file(join(out, "s.tsv"), `${readFileSync(write(join(out, "good"), "events", visits(200, 3)), "utf8")}x\tsku-1\tyesterday\nx\t\t1600000000\n\tsku-1\t1600000000\nx\n`);
  const catalog = file(join(out, "c.csv"), "id,title,price\nsku-1,One,1 EUR\nnever,Never,1 EUR\n");
  const orders = file(join(out, "o.csv"), "invoice,item,customer\n1,sku-1,7\n2,gone,7\n");
  const { status, stderr, json } = reshelf("train", "--sessions", sessions, "--format", "events", "--k", "2", "--catalog", catalog, "--orders", orders, "--out", out);
  assert.equal(status, 0, stderr);
  const told = name => json.data[name].problems.map(({ problem, count, dropped, examples }) => `${problem}: ${count} ${dropped} ${examples[0]}`);
  const clicks = visits(200, 3).flat().length;
  assert.deepEqual([json.data.sessions.rows, json.data.sessions.kept], [clicks + 4, clicks]);
  assert.deepEqual(told("sessions").slice(0, 4), [
    `that do not fit the header or leave a quote open: 1 true row ${clicks + 4}: x`,
    `with a time that cannot be read: 1 true row ${clicks + 1}: yesterday`,
    `without a session: 1 true row ${clicks + 3}`,
    `without an item: 1 true row ${clicks + 2}`,
  ]);
  assert.match(told("sessions")[4], /^that the catalogue does not have: \d+ false sku-10$/);
  assert.deepEqual(told("catalog").at(-1), "that no session has: 1 false never");
  assert.deepEqual(told("orders"), ["without a price above 0: 2 false sku-1 in invoice 1", "that the catalogue does not have: 1 false gone"]);
  assert.match(stderr, /left out: 1 row with a time that cannot be read: row \d+: yesterday/);
  assert.match(stderr, /kept: 1 id that no session has: never/);
});

test("a column that is not there is told with those that are", t => {
  const out = folder(t);
  const path = file(join(out, "a.csv"), "SessionId,Product,When\n1,2,3\n");
  const { status, stderr } = reshelf("train", "--sessions", path, "--format", "events", "--out", out);
  assert.equal(status, 1);
  assert.match(stderr, /no column for the time \(time, timestamp.*Its columns are SessionId, Product, When\./);
  const orders = reshelf("train", "--sessions", write(join(out, "s"), "events", visits(5, 1)), "--format", "events", "--orders", path, "--invoice", "Receipt", "--out", out);
  assert.match(orders.stderr, /there is no column 'Receipt' \(--invoice\)\. Its columns are SessionId, Product, When\./);
});

test("what is cut off, holds nothing, or cannot be written to stops the training in one sentence", t => {
  const out = folder(t);
  const whole = write(join(out, "s"), "events", visits(200, 3));
  const cut = join(out, "cut.tsv.gz");
  writeFileSync(cut, gzipSync(readFileSync(whole)).subarray(0, 500));
  const train = (sessions, ...more) => reshelf("train", "--sessions", sessions, "--format", "events", "--out", join(out, "artifact"), ...more);
  assert.match(train(cut).stderr, /cut off or damaged/);
  assert.match(train(file(join(out, "none.tsv"), "SessionId\tItemId\tTime\n")).stderr, /no item in what was given: nothing was written/);
  assert.match(train(whole, "--k", "4294967297").stderr, /--k must be a whole number from 1 to 2147483647/);
  const { status, stderr } = reshelf("train", "--sessions", whole, "--format", "events", "--out", whole);
  assert.deepEqual([status, /cannot be made a folder/.test(stderr)], [1, true]);
});
