// Files as people have them: in any encoding, quoted by any habit, with and without a
// header, with rows that are no rows. What is read is the same, and what is not is told
// by the row in which it stands.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { Database } from "../../cli/src/database.mjs";
import { readCatalog, readCategories, readOrders, readSessions } from "../../cli/src/reading/inputs.mjs";
import { LineEnds, withEvenEnds } from "../../cli/src/reading/line-ends.mjs";
import { folder, reshelf, visits, write } from "./command.mjs";

function file(path, content) {
  writeFileSync(path, path.endsWith(".gz") ? gzipSync(content) : content);
  return path;
}

/** What a file gives when `read` has read it: the rows of this query, and the report. */
async function readBy(read, path, query) {
  const database = await Database.open();
  try {
    await read(database, path);
    return { rows: await database.rows(query), report: Object.values(database.report.json)[0] };
  } finally {
    database.close();
  }
}

const titlesOf = path => readBy(readCatalog, path, "SELECT item, title FROM catalog ORDER BY item");
const itemsOf = (path, format) => readBy((database, path) => readSessions(database, path, format), path, "SELECT CAST(session AS INTEGER), item_id FROM clicks JOIN items USING (item) ORDER BY session, place");
const told = ({ problems }) => problems.map(({ problem, count, dropped, examples }) => [problem, count, dropped, ...examples]);
const dropped = report => told(report).filter(([, , isDropped]) => isDropped);

// ---------------------------------------------------------------- encodings

const CSV = "id;title;brand;category;price\nA1;Kerze weiß;É;x;1\nA2;Öl;É;x;1\n";
const TITLES = [["A1", "Kerze weiß"], ["A2", "Öl"]];
const bigEndian = text => Buffer.from(text, "utf16le").swap16();

test("a text is the same in every encoding, marked or not, packed or not", async t => {
  const out = folder(t);
  const objects = JSON.stringify(TITLES.map(([id, title]) => ({ id, title, brand: "É", category: "x", price: 1 })));
  const contents = {
    "utf-8.csv": CSV,
    "marked.csv": `\ufeff${CSV}`,
    "marked.json": `\ufeff${objects}`,
    "marked.json.gz": `\ufeff${objects}`,
    "lines.ndjson": `\ufeff${TITLES.map(([id, title]) => JSON.stringify({ id, title, brand: "É", category: "x", price: 1 })).join("\r\n")}`,
    "latin.csv": Buffer.from(CSV, "latin1"),
    "latin.csv.gz": Buffer.from(CSV, "latin1"),
    "little.csv": Buffer.from(`\ufeff${CSV}`, "utf16le"),
    "little-unmarked.csv": Buffer.from(CSV, "utf16le"),
    "big.csv": bigEndian(`\ufeff${CSV}`),
    "big.csv.gz": bigEndian(`\ufeff${CSV}`),
    "big-unmarked.csv": bigEndian(CSV),
    "big.json": bigEndian(`\ufeff${objects}`),
  };
  for (const [name, content] of Object.entries(contents)) {
    const { rows, report } = await titlesOf(file(join(out, name), content));
    assert.deepEqual(rows, TITLES, name);
    // Only of Latin-1 the letters had to be guessed, and a row was never left out.
    const guessed = name.startsWith("latin") ? [["that is not UTF-8: the file was read as windows-1252", 4, false]] : [];
    assert.deepEqual(told(report), guessed, name);
  }
});

test("Latin-1 is noticed wherever it begins, also behind a first part that is ASCII", async t => {
  const lines = Array.from({ length: 60_000 }, (_, at) => `B${at};Plain title;X;x;1`);
  const content = Buffer.from(`${CSV.split("\n")[0]}\n${lines.join("\n")}\nA1;Kerze weiß;X;x;1\n`, "latin1");
  for (const name of ["late.csv", "late.csv.gz"]) {
    const { rows, report } = await titlesOf(file(join(folder(t), name), content));
    assert.equal(rows.length, 60_001);
    assert.deepEqual(rows[0], TITLES[0]);
    assert.deepEqual(told(report), [["that is not UTF-8: the file was read as windows-1252", 1, false]]);
  }
});

test("UTF-8 with a broken letter stays UTF-8, and no row is lost", async t => {
  const [head, tail] = [Buffer.from(`${CSV}A3;ab`), Buffer.from(";É;x;1\n")];
  const { rows, report } = await titlesOf(file(join(folder(t), "broken.csv"), Buffer.concat([head, Buffer.from([0xc3]), tail])));
  assert.deepEqual(rows, [...TITLES, ["A3", "ab\ufffd"]]);
  assert.deepEqual(told(report), [["that is not UTF-8, as the rest of the file is", 1, false]]);
});

test("letters are whole where the parts of a long file meet", async t => {
  // Three bytes a letter: no part of a power of two bytes ends between two of them for long.
  const long = "€".repeat(50);
  const lines = Array.from({ length: 20_000 }, (_, at) => `B${at};${long};X;x;1`);
  const { rows, report } = await titlesOf(file(join(folder(t), "long.csv"), `${CSV}${lines.join("\n")}\n`));
  assert.deepEqual([rows.length, report.problems], [20_002, []]);
  assert.ok(rows.slice(2).every(([, title]) => title === long));
});

test("an XML is read as it says, unless it is UTF-8 all the same", async t => {
  const feed = encoding => `<?xml version="1.0" encoding="${encoding}"?><rss><channel><item><id>A1</id><title>Свеча №</title></item></channel></rss>`;
  // Cyrillic as Microsoft's code page 1251 has it: А to я from 0xC0, № at 0xB9.
  const cyrillic = Buffer.from([...feed("windows-1251")].map(letter => (letter === "№" ? 0xb9 : letter > "\x7f" ? letter.charCodeAt(0) - 0x410 + 0xc0 : letter.charCodeAt(0))));
  const contents = { "1251.xml": cyrillic, "1251.xml.gz": cyrillic, "mistaken.xml": feed("windows-1251"), "unknown.xml": feed("x-nothing"), "big.xml": bigEndian(`\ufeff${feed("utf-16")}`) };
  for (const [name, content] of Object.entries(contents)) {
    const { rows } = await titlesOf(file(join(folder(t), name), content));
    assert.deepEqual(rows, [["A1", "Свеча №"]], name);
  }
});

// ---------------------------------------------------------------- line ends

/** All texts of so many of these letters or fewer. */
const textsOf = (letters, length) => (length === 0 ? [""] : textsOf(letters, length - 1).flatMap(text => [text, ...(text.length === length - 1 ? letters.map(letter => text + letter) : [])]));

test("ends of lines of several kinds are told and evened out, wherever a part ends", async () => {
  const evened = async parts => {
    let text = "";
    for await (const part of withEvenEnds(parts)) text += part;
    return text;
  };
  for (const text of textsOf(["a", "\r", "\n"], 6)) {
    const kinds = new Set(text.match(/\r\n|\n|\r/g));
    for (let cut = 0; cut <= text.length; cut++) {
      const parts = [text.slice(0, cut), text.slice(cut)];
      const ends = new LineEnds();
      for (const part of parts) ends.take(Buffer.from(part));
      ends.end();
      assert.equal(ends.mixed, kinds.size > 1, JSON.stringify(parts));
      assert.equal(await evened(parts), text.replace(/\r*\n/g, "\n").replace(/\r/g, "\n"), JSON.stringify(parts));
    }
  }
});

test("a file whose lines end unlike is read as if they did not", async t => {
  const out = folder(t);
  const lines = CSV.split("\n").slice(0, 3);
  const cells = lines.map(line => line.replaceAll(/[^;]+/g, '"$&"'));
  const ended = (ends, rows = lines) => rows.map((line, at) => line + ends[at]).join("");
  const contents = {
    "head.csv": ended(["\n", "\r\n", "\r\n"]),
    "rows.csv": ended(["\r\n", "\n", "\r\n"]),
    "rows.csv.gz": ended(["\r\n", "\n", "\n"]),
    "doubled.csv": ended(["\r\r\n", "\r\r\n", "\n"]),
    "quoted.csv": ended(["\n", "\r\n", "\n"], cells),
    "wide.csv": Buffer.from(`\ufeff${ended(["\n", "\r\n", "\n"])}`, "utf16le"),
    "old.csv": ended(["\r", "\r", "\r"]),
    "old-wide.csv": Buffer.from(`\ufeff${ended(["\r", "\r", "\r"])}`, "utf16le"),
    "old-head.csv": ended(["\r", "\n", "\r\n"]),
    "old-rows.csv": ended(["\n", "\r", "\r"]),
  };
  for (const [name, content] of Object.entries(contents)) {
    const { rows, report } = await titlesOf(file(join(out, name), content));
    assert.deepEqual(rows, TITLES, name);
    assert.deepEqual(told(report), [], name);
  }
  // Within quotes an end is part of the cell, of whatever kind.
  for (const within of ["\n", "\r\n", "\r"]) {
    const { rows, report } = await titlesOf(file(join(out, "cells.csv"), `${ended(["\r\n", "\r\n", "\n"], cells)}"A3";"two${within}lines";"É";"x";"1"\r\n`));
    assert.deepEqual([rows, told(report)], [[...TITLES, ["A3", "two\nlines"]], []]);
  }
  // One session a line: none is glued to the next.
  const lists = await itemsOf(file(join(out, "lists.txt"), "p1 p2\np3 p4\rp5 p6\rp7 p8\r"), "session-lines");
  assert.deepEqual([lists.rows.map(([session]) => session), told(lists.report)], [[0, 0, 1, 1, 2, 2, 3, 3], []]);
});

// ------------------------------------------------------- quotes and headers

test("between tabs a quote is one only where whole cells are quoted", async t => {
  const rows = [["A1", 'Lamp 24" wide'], ["A2", '"Best" seller'], ["A3", "a\tb"], ["A4", "two\nlines"], ["A5", "plain"]];
  const quote = cell => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const minimal = rows.map(row => row.map(quote).join("\t"));
  const { rows: found, report } = await titlesOf(file(join(folder(t), "minimal.tsv"), `id\ttitle\n${minimal.join("\n")}\n`));
  assert.deepEqual([found, report.rows, dropped(report)], [rows, 5, []]);
  // Also where only cells with a tab or a line in them are quoted.
  const few = await titlesOf(file(join(folder(t), "few.tsv"), `id\ttitle\n${minimal.slice(2).join("\n")}\n`));
  assert.deepEqual([few.rows, few.report.rows, dropped(few.report)], [rows.slice(2), 3, []]);
  // The habit of exports that never quote.
  const bare = [...rows.filter(([, title]) => !/[\t\n]/.test(title)), ["A6", '"Best"'], ["A7", '"Best" and "better"']];
  const never = await titlesOf(file(join(folder(t), "never.tsv"), `id\ttitle\n${bare.map(row => row.join("\t")).join("\n")}\n`));
  assert.deepEqual([never.rows, dropped(never.report)], [bare, []]);
});

test("lists in cells may be written as JSON or as Python has them", async t => {
  const lists = [["a", "b"], ["0012", "x y"], ["c"]];
  const python = list => `[${list.map(id => `'${id}'`).join(", ")}]`;
  const rows = [JSON.stringify, python].map(text => lists.map((list, at) => `${at}\t${text(list.map(() => "1"))}\t${text(list)}`));
  for (const lines of rows) {
    const { rows: found, report } = await itemsOf(file(join(folder(t), "lists.tsv"), `sessionId\tcategorys\titems\n${lines.join("\n")}\n`), "category-sessions");
    assert.deepEqual(found, lists.flatMap((list, session) => list.map(id => [session, id])));
    assert.deepEqual([report.rows, report.kept], [3, 3]);
  }
});

test("without a header places tell the columns where they can, and that is told", async t => {
  const out = folder(t);
  const expected = [[0, "p1"], [0, "p2"], [1, "p3"]];
  const guessed = columns => [["without a header: its columns were taken by their places", 1, false, columns]];
  const events = await itemsOf(file(join(out, "bare.tsv"), "s1\tp1\t1600000000\ns1\tp2\t1600000001\ns2\tp3\t1600000002\n"), "events");
  assert.deepEqual([events.rows, told(events.report)], [expected, guessed("session, item, time")]);
  const lists = await itemsOf(file(join(out, "lists.tsv"), "1\t5,5\tp1,p2\n2\t7\tp3\n"), "category-sessions");
  assert.deepEqual([lists.rows, told(lists.report)], [expected, guessed("session, categories, items")]);
  // As public data sets have them.
  const clicks = await itemsOf(file(join(out, "clicks.dat"), "1,2014-04-07T10:51:09.277Z,21,0\n1,2014-04-07T10:54:09.868Z,22,0\n2,2014-04-07T13:56:37.614Z,23,S\n"), "events");
  assert.deepEqual([clicks.rows, told(clicks.report)], [[[0, "21"], [0, "22"], [1, "23"]], guessed("session, time, item, -")]);
  const behaviour = await itemsOf(file(join(out, "behaviour.csv"), "1,21,9,pv,1511544070\n1,22,9,pv,1511544075\n2,23,9,pv,1511561733\n"), "events");
  assert.deepEqual([behaviour.rows, told(behaviour.report)[1]], [clicks.rows, guessed("person, item, -, event, time")[0]]);
  const buys = await readBy((database, path) => readOrders(database, path, {}), file(join(out, "buys.dat"), "420374,2014-04-06T18:44:58.314Z,214537888,12462,1\n"), "SELECT invoice, item, price FROM orders");
  assert.deepEqual([buys.rows, told(buys.report)[0]], [[["420374", "214537888", 12462]], guessed("invoice, time, item, price, quantity")[0]]);
  // A time that is none, words that we do not know, what only looks a little like those, a catalogue: nothing is guessed.
  const others = ["1,2014-04-06T20:21:58Z,p1", "832,2014-04-06T20:21:58.444Z,1214717095,214717095", "832,1600000000,214717095,0", "visitor,thing,moment\n1,p1,1600000000", "u1,2020-09-13T12:26:40Z,view,p1", "832,2014-04-06T20:21:58.444Z,30.2,-97.7,22847", "s1,4006381333931,2", "v1,4006381333931,view,1600000000", "1,21,9,3,1511544070"];
  for (const text of others) {
    await assert.rejects(itemsOf(file(join(out, "other.csv"), `${text}\n`), "events"), /there is no column for the session .* Its columns are/, text);
  }
  for (const text of ["536365,4006381333931,6,2.55,17850", "1001,20120315,2,9.99,2024-01-05"]) {
    await assert.rejects(readBy((database, path) => readOrders(database, path, {}), file(join(out, "lines.csv"), `${text}\n`), "FROM orders"), /there is no column for the invoice/, text);
  }
  await assert.rejects(titlesOf(file(join(out, "catalogue.csv"), "A1,Candle,12\n")), /there is no column for the item .* Its columns are A1, Candle, 12\./);
});

// ------------------------------------------------------------- row numbers

test("a row has the number that it has in the file, also after rows that were refused", async t => {
  const out = folder(t);
  const bad = "x,y,too,many,cells,by,far,in,this,row,of,all";
  const catalog = await titlesOf(file(join(out, "c.csv"), `id,title\n1,One\n${bad}\n,Two\n${bad}\n${bad}\n,Three\n1,Again\n`));
  assert.deepEqual(dropped(catalog.report).map(([problem, count, , ...examples]) => [problem, count, ...examples]), [
    ["that do not fit the header or leave a quote open", 3, ...[2, 4, 5].map(row => `row ${row}: ${bad}`)],
    ["with an id that another row has", 1, "1 in row 7"],
    ["without an id", 2, "row 3: Two", "row 6: Three"],
  ]);
  const orders = await readBy((database, path) => readOrders(database, path, {}), file(join(out, "o.csv"), `invoice,item\n${bad}\n1,\n1,a\n`), "FROM orders");
  assert.deepEqual(dropped(orders.report).at(-1), ["without an item", 1, true, "row 2: 1, 1.0"]);
  const events = await itemsOf(file(join(out, "e.csv"), `session,item,time\n1,a,1600000000\n${bad}\n1,,1600000000\n${bad}\n1,b,soon\n`), "events");
  assert.deepEqual(dropped(events.report).slice(1), [["with a time that cannot be read", 1, true, "row 5: soon"], ["without an item", 1, true, "row 3"]]);
  const twice = await itemsOf(file(join(out, "t.csv"), `session,item,time\n1,a,1600000001\n1,b,1600000002\n${bad}\n1,a,1600000001\n2,a,1600000001\n1,a,1600000003\n1,a,1600000001\n`), "events");
  assert.deepEqual(told(twice.report).at(-1), ["that repeat a click of the same session, item and time", 2, false, "a in session 1, row 7"]);
  // Without a header the first line is the first row.
  const bare = await itemsOf(file(join(out, "b.csv"), `1,a,1600000000\n${bad}\n1,,1600000000\n`), "events");
  assert.deepEqual(dropped(bare.report), [["that do not fit the header or leave a quote open", 1, true, `row 2: ${bad}`], ["without an item", 1, true, "row 3"]]);
});

test("a prefix without a target asks nothing, and is told; so is a session without items", async t => {
  const out = folder(t);
  const lines = ["a b\tc", "a b\t", "\tc", "a\tb", "   \t "];
  const { rows, report } = await itemsOf(file(join(out, "p.tsv"), `${lines.join("\n")}\n`), "prefix-target");
  assert.deepEqual(rows, [[0, "a"], [0, "b"], [0, "c"], [1, "a"], [1, "b"]]);
  assert.deepEqual([report.rows, report.kept], [5, 2]);
  assert.deepEqual(told(report), [
    ["without a target", 2, true, "row 2: a b", "row 5"],
    ["without anything before the target", 1, true, "row 3: c"],
  ]);
  const lists = await itemsOf(file(join(out, "l.tsv"), "sessionId\tcategorys\titems\n1\t1\ta,b\n2\t\t\n3\t1\t,\n"), "category-sessions");
  assert.deepEqual(told(lists.report), [["without an item", 2, true, "row 2", "row 3"]]);
});

// ----------------------------------------------- every evaluation, every format

const CATEGORIES = Object.fromEntries([...new Set(visits(600, 1).flat())].sort().map(id => [id, `Aisle > ${Number(id.slice(4)) % 7}`]));

test("categories of items are the same as TSV, CSV, JSON and Parquet, with and without a header", async t => {
  const out = folder(t);
  const pairs = Object.entries(CATEGORIES);
  const tsv = file(join(out, "plain.tsv"), pairs.map(pair => pair.join("\t")).join("\n"));
  const paths = [
    tsv,
    file(join(out, "header.tsv.gz"), `itemId\tcategory\n${pairs.map(pair => pair.join("\t")).join("\n")}\n`),
    file(join(out, "quoted.csv"), `sku,Category\n${pairs.map(([id, path]) => `${id},"${path}"`).join("\n")}\n`),
    file(join(out, "paths.json.gz"), JSON.stringify(pairs.map(([id, path]) => ({ id, category: path.split(" > ") })))),
    join(out, "c.parquet"),
  ];
  const database = await Database.open();
  await database.execute(`COPY (SELECT * FROM read_csv('${tsv}', delim = '\t', header = false, columns = {'item_id': 'VARCHAR', 'category': 'VARCHAR'})) TO '${paths.at(-1)}' (FORMAT parquet)`);
  database.close();
  for (const path of paths) {
    const { rows, report } = await readBy(readCategories, path, "FROM category_of");
    assert.deepEqual([rows, report.problems], [pairs, []], path);
  }
  const messy = await readBy(readCategories, file(join(out, "messy.tsv"), "a\tX\na\tY\na\tX\n\tZ\nb\t\nb\tW\n"), "FROM category_of");
  assert.deepEqual(messy.rows, [["a", "X"], ["b", "W"]]);
  assert.deepEqual(told(messy.report), [
    ["that repeat an item", 1, true, "a in row 3: X"],
    ["with another category of an item that has one", 1, true, "a in row 2: Y"],
    ["without a category", 1, true, "b in row 5"],
    ["without an item", 1, true, "row 4"],
  ]);
});

test("every evaluation tells on stderr what it left out of what it read", t => {
  const out = folder(t);
  const train = write(join(out, "train"), "category-sessions", visits(600, 1));
  const later = file(join(out, "later"), `${readFileSync(write(join(out, "x"), "category-sessions", visits(60, 2)), "utf8")}9\t1\t\n`);
  const categories = file(join(out, "categories.tsv"), `${Object.entries(CATEGORIES).map(pair => pair.join("\t")).join("\n")}\n\tnothing\n`);
  const shop = ["--train", train, "--test", later, "--categories", categories];
  const orders = name => file(join(out, name), `invoice,item,time,customer\n${visits(300, 3).map((items, at) => items.map(item => `${at},${item},${1_600_000_000 + at * 90_000},c${at % 40}`).join("\n")).join("\n")}\n8,,1600000000,c1\n`);
  const [before, after] = [orders("before.csv"), orders("after.csv")];
  const table = file(join(out, "visits.csv"), `Pages,Bought\n${Array.from({ length: 400 }, (_, at) => `${at % 20},${at % 20 > 12}`).join("\n")}\n3,\n`);
  const asked = {
    rerank: [shop, /categories: \d+ rows[^]*left out: 1 row without an item[^]*sessions: 61 rows, 60 kept[^]*without an item: row 61/],
    sections: [shop, /categories: \d+ rows[^]*sessions: 61 rows, 60 kept[^]*without an item: row 61/],
    baskets: [["--train", before, "--test", after, "--k", "1"], /(orders: [\d,]+ rows[^]*1 row without an item[^]*){2}/],
    again: [["--train", before, "--test", after, "--k", "1"], /(orders: [\d,]+ rows[^]*1 row without an item[^]*){2}/],
    intent: [["--train", table, "--test", table, "--label", "Bought"], /(table: 401 rows, 400 kept\n  left out: 1 row without a Bought: row 401\n[^]*){2}/],
    rules: [["--train", file(join(out, "baskets"), "a,b\n,\na,b,c\n")], /baskets: 3 rows, 2 kept\n  left out: 1 row without an item: row 2/],
  };
  for (const [task, [args, expected]] of Object.entries(asked)) {
    const { status, stderr, json } = reshelf("eval", task, ...args);
    assert.equal(status, 0, stderr);
    assert.equal(json.task, task);
    assert.match(stderr, expected, task);
  }
});

test("an artifact is evaluated as a folder or as its file, and what asks nothing is told", t => {
  const out = folder(t);
  const sessions = write(join(out, "train"), "session-lines", visits(1_500, 1));
  const { status, stderr } = reshelf("train", "--sessions", sessions, "--format", "session-lines", "--k", "2", "--budget", "20kB", "--out", out);
  assert.equal(status, 0, stderr);
  const later = file(join(out, "later.tsv"), `${readFileSync(write(join(out, "x"), "prefix-target", visits(50, 2)), "utf8")}sku-1 sku-2\t\n`);
  const [whole, one] = [out, join(out, "reshelf.rsf")].map(artifact => reshelf("eval", "next-item", "--artifact", artifact, "--test", later, "--format", "prefix-target"));
  const figures = ({ json: { p50_us, p90_us, ...others } }) => others;
  assert.deepEqual(figures(one), figures(whole));
  assert.equal(whole.json.pairs, visits(50, 2).reduce((sum, items) => sum + items.length - 1, 0));
  assert.match(whole.stderr, /left out: 1 row without a target: row \d+: sku-1 sku-2/);
  const foreign = reshelf("eval", "next-item", "--artifact", out, "--test", file(join(out, "foreign"), "SKU-1 sku-2 SKU-3\n"), "--format", "session-lines");
  assert.match(foreign.stderr, /the artifact does not know 2 of 3 items, which are never found: SKU-1; SKU-3\n/);
  assert.match(reshelf("eval", "next-item", "--artifact", join(out, "gone.rsf"), "--test", later, "--format", "prefix-target").stderr, /There is no file .*gone\.rsf/);
});

// ------------------------------------------------------------- small shops

const ofDays = (sessions, aDay) => ["SessionId\tItemId\tTime", ...sessions.flatMap((items, at) => items.map((id, place) => `${at}\t${id}\t${1_600_000_000 + Math.floor(at / aDay) * 86_400 + (at % aDay) * 60 + place}`))].join("\n");

test("of a small shop the last days are held out, and the card says how many sessions", t => {
  const out = folder(t);
  const sessions = file(join(out, "s.tsv"), ofDays(visits(3_000, 4), 30));
  const { json, stderr } = reshelf("train", "--sessions", sessions, "--format", "events", "--k", "2", "--out", out);
  // Whole days of 30 sessions, as many as ask at least 800 questions.
  const questions = visits(3_000, 4).map(items => items.length - 1);
  let days = 1;
  const asked = () => questions.slice(3_000 - 30 * days).reduce((sum, count) => sum + count, 0);
  while (asked() < 800) days++;
  assert.deepEqual([json.heldOutSessions, json.heldOut[0].pairs, json.fitted.questions], [30 * days, asked(), asked()]);
  assert.match(stderr, new RegExp(`on ${asked()} held-out clicks of the newest ${30 * days} sessions`));
});

test("what is too little to fit to is measured all the same, and nothing is said to be fitted", t => {
  const out = folder(t);
  const sessions = file(join(out, "s.tsv"), ofDays(visits(400, 4), 20));
  const { json, stderr } = reshelf("train", "--sessions", sessions, "--format", "events", "--k", "1", "--out", out);
  assert.deepEqual([json.heldOutSessions, json.fitted.questions], [80, 0]);
  assert.ok(json.heldOut[0].pairs >= 100 && json.heldOut[0].hr20 > 0.2, JSON.stringify(json.heldOut));
  assert.match(stderr, /too few held-out clicks to fit anything to/);
  assert.doesNotMatch(stderr, /fitted with/);
});

test("what is too little to be measured has no figures, and is said to have none", t => {
  const out = folder(t);
  const sessions = file(join(out, "s.tsv"), ofDays(visits(40, 4), 4));
  const { status, json, stderr } = reshelf("train", "--sessions", sessions, "--format", "events", "--k", "1", "--out", out);
  assert.equal(status, 0, stderr);
  assert.deepEqual([json.heldOut, json.coverage20, json.heldOutSessions], [null, null, null]);
  assert.match(stderr, /too few clicks to hold any out: nothing was measured/);
  assert.doesNotMatch(stderr, /among the answers/);
  assert.deepEqual(reshelf("inspect", out).json.card.coverage20, null);
});

test("a budget that cannot be kept is said to be too small", t => {
  const out = folder(t);
  const sessions = write(join(out, "s.tsv"), "events", visits(900, 4));
  const train = budget => reshelf("train", "--sessions", sessions, "--format", "events", "--k", "1", "--budget", budget, "--out", out);
  const { json, stderr } = train("1kB");
  assert.ok(json.bytes > 1_000);
  assert.match(stderr, new RegExp(`takes ${json.bytes} bytes: a --budget of 1000 cannot be kept`));
  assert.doesNotMatch(train("300kB").stderr, /budget/);
});

test("where people are named and sessions are not, a pause of half an hour ends one", async t => {
  const out = folder(t);
  const minute = 60_000;
  // As a public shop has its events: milliseconds, in no order.
  const rows = [
    [31, "ann", "c"], [0, "ann", "a"], [1, "bob", "d"], [61, "ann", "b"], [92, "ann", "e"], [5, "", "f"], ["?", "ann", "g"],
  ].map(([at, visitor, item]) => `${at === "?" ? "soon" : 1_600_000_000_000 + at * minute},${visitor},view,${item}`);
  const { rows: clicks, report } = await itemsOf(file(join(out, "events.csv"), ["timestamp,visitorid,event,itemid", ...rows].join("\n")), "events");
  assert.deepEqual(clicks, [[0, "a"], [1, "d"], [2, "c"], [2, "b"], [3, "e"]]);
  assert.deepEqual(told(report), [
    ["without sessions: what one person did without a pause of half an hour is one", 1, false],
    ["with a time that cannot be read", 1, true, "row 7: soon"],
    ["without a session", 1, true, "row 6"],
  ]);

  // Where only days are known, a day is a session.
  const days = ["t_dat,customer_id,article_id", "2020-09-01,1,a", "2020-09-01,1,b", "2020-09-02,1,c", "2020-09-02,2,a"];
  const byDay = await itemsOf(file(join(out, "days.csv"), days.join("\n")), "events");
  assert.deepEqual(byDay.rows, [[0, "a"], [0, "b"], [1, "c"], [2, "a"]]);
});
