//! Runs the contract fixtures, `tests/contract/*.json`, with the engine itself.
//! The same files run through the npm package in JavaScript; both must agree.
//!
//! A fixture's expectation names only what it cares about: of objects the given
//! keys, of lists every entry. Numbers are equal within a millionth. What the
//! facade does before it asks the engine is done here too: it knows by handle
//! what was registered or met in an event, and asks for nothing else.

use crate::shop::{NO_ITEM, millis};
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::event::{Event, EventKind, Subject};
use reshelf::engine::explain::Explanation;
use reshelf::engine::journal::DocumentId;
use reshelf::engine::muting::Word;
use reshelf::engine::recommend::kinds::Kind;
use reshelf::engine::report::Profile;
use reshelf::engine::session::recommending::{Recommended, Request};
use reshelf::engine::{Config, Session};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Fewer would mean that the folder was not found.
const FEWEST_FIXTURES: usize = 10;
/// Reasons by number, as `pkg/src/core.ts` names them.
const REASONS: [&str; 14] = [
    "lookedAtTogether",
    "lookedAt",
    "similar",
    "similarVisits",
    "taste",
    "popular",
    "shopOrder",
    "seen",
    "boughtBefore",
    "due",
    "goesWith",
    "looksLike",
    "boughtTogether",
    "nextNeed",
];
/// What the facade takes for a text it can name.
const LONGEST_TEXT: usize = 256;

#[test]
fn fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    paths.sort();
    assert!(paths.len() >= FEWEST_FIXTURES, "{} fixtures", paths.len());
    let failures: Vec<String> = paths.iter().filter_map(|path| run(path).err()).collect();
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

fn run(path: &Path) -> Result<(), String> {
    let fixture: Value = serde_json::from_str(&fs::read_to_string(path).unwrap())
        .map_err(|error| format!("{}: {error}", path.display()))?;
    let mut page = Page::new(&fixture);
    for (index, step) in fixture["steps"].as_array().unwrap().iter().enumerate() {
        let name = path.file_name().unwrap().to_string_lossy();
        page.step(step).map_err(|fault| format!("{name}: steps[{index}]{fault}"))?;
    }
    Ok(())
}

/// The facade's side of the engine.
struct Page {
    session: Session,
    /// Items the engine was told of.
    known: HashMap<String, u32>,
    now: f64,
}

impl Page {
    fn new(fixture: &Value) -> Self {
        let config = &fixture["config"];
        let number = |field: &str, otherwise: f64| config[field].as_f64().unwrap_or(otherwise);
        let config = Config {
            store: "contract".into(),
            strength: number("strength", 50.0),
            quota: number("quota", 3.0),
        };
        let session = Session::new(config, DocumentId(1));
        let now = fixture["start"].as_f64().expect("start");
        let mut page = Self { session, known: HashMap::new(), now };
        for row in fixture["items"].as_array().expect("items") {
            let row = row_of(row);
            let handle = page.session.add_item(&row).expect("a usable row");
            page.known.insert(row.id, handle);
        }
        page
    }

    fn step(&mut self, step: &Value) -> Result<(), String> {
        let step = step.as_object().expect("a step");
        self.now += step.get("after").map_or(0.0, |ms| ms.as_f64().expect("after"));
        let expected = step.get("expect");
        let acts: Vec<_> = step.keys().filter(|key| *key != "after" && *key != "expect").collect();
        let [act] = acts.as_slice() else { return Err(format!(": {acts:?} is not one step")) };
        let what = &step[*act];
        let answer = match act.as_str() {
            "track" => {
                self.track(what);
                Value::Null
            }
            "order" => self.order(what),
            "explain" => {
                let placement = what["placement"].as_str().expect("a placement");
                let why = self.session.explain(placement, &id_text(&what["id"]));
                why.map_or(Value::Null, |why| explanation(&why))
            }
            "recommend" => self.recommend(what),
            "profile" => profile(&self.session.profile(millis(self.now))),
            "mute" | "unmute" | "correct" => {
                self.amend(act, what);
                Value::Null
            }
            "forget" => {
                self.session.forget().expect("memory only");
                Value::Null
            }
            "pause" | "resume" => {
                self.session.set_paused(*act == "pause");
                Value::Null
            }
            other => return Err(format!(": no runner knows '{other}'")),
        };
        expected.map_or(Ok(()), |expected| agrees(&answer, expected, &format!(".{act}")))
    }

    fn amend(&mut self, word: &str, value: &Value) {
        const KINDS: [&str; 7] =
            ["category", "parentCategory", "brand", "price", "colour", "tag", "order"];
        let (kind, text) = value.as_object().expect("a value").iter().next().expect("a value");
        let number = |names: &[&str], name| names.iter().position(|known| *known == name);
        let word = number(&["mute", "unmute", "correct"], word).expect("a word");
        let kind = number(&KINDS, kind).expect("a known kind");
        let text = text.as_str().expect("a text");
        self.session.amend(kind, text, Word::ALL[word], millis(self.now));
    }

    fn track(&mut self, event: &Value) {
        let name = event["type"].as_str().expect("a type");
        let kind =
            EventKind::ALL.into_iter().find(|kind| kind.name() == name).expect("a known type");
        let subject = match (kind.subject(), kind) {
            (Subject::Item, _) => self.item(&event["item"]),
            (Subject::Section, _) => self.symbol(&event["section"]),
            (Subject::Banner, _) => self.symbol(&event["banner"]),
            (Subject::Query, _) => self.symbol(&event["query"]),
            (Subject::Other, EventKind::Filter | EventKind::Sort) => self.symbol(&event["value"]),
            (Subject::Other, _) => self.symbol(&event["offer"]),
        };
        let at = millis(event["at"].as_f64().unwrap_or(self.now));
        let dwell_ms = event["dwellMs"].as_f64().map(|ms| ms.max(0.0) as f32);
        let placement = self.symbol(&event["placement"]);
        self.session.track(Event { kind, subject, at, dwell_ms, placement }, millis(self.now));
    }

    fn order(&mut self, list: &Value) -> Value {
        let ids = list["ids"].as_array().expect("ids");
        let handle = |id: &Value| self.known.get(&id_text(id)).copied().unwrap_or(NO_ITEM);
        let items: Vec<u32> = ids.iter().map(handle).collect();
        let placement = self.symbol(&list["placement"]);
        let words = self.symbol(&list["query"]);
        let order = self.session.order(placement, &items, &[], words, millis(self.now));
        order.iter().map(|place| ids[*place as usize].clone()).collect()
    }

    /// Without the words of the reasons, which are the facade's.
    fn recommend(&mut self, row: &Value) -> Value {
        let kind = row["kind"].as_str().expect("a kind");
        let kind = Kind::ALL.into_iter().find(|known| known.name() == kind).expect("a known kind");
        let item = self.item(&row["item"]);
        let known = |field: &str| -> Vec<u32> {
            let ids = row[field].as_array().into_iter().flatten();
            ids.filter_map(|id| self.known.get(&id_text(id)).copied()).collect()
        };
        let (mut basket, excluded) = (known("items"), known("exclude"));
        // The page names the latest last.
        basket.reverse();
        let limit = row["limit"].as_u64().unwrap_or(8) as usize;
        let request = Request { kind, item, basket: &basket, excluded: &excluded, limit };
        let answer = self.session.recommend(request, millis(self.now));
        let catalog = self.session.catalog();
        let entry = |entry: &Recommended| {
            let mut reason = json!({ "code": REASONS[usize::from(entry.reason.code())] });
            let about = entry.reason.subject(catalog);
            if !about.is_empty() {
                reason["about"] = json!(about);
            }
            json!({ "id": catalog.id(entry.item), "score": entry.score, "reason": reason })
        };
        answer.iter().map(entry).collect()
    }

    /// Handle of an item in an event, which introduces it to the engine.
    fn item(&mut self, id: &Value) -> Option<u32> {
        let id = id_text(id);
        if let Some(known) = self.known.get(&id) {
            return Some(*known);
        }
        let handle = self.session.item(usable(&id)?)?;
        self.known.insert(id, handle);
        Some(handle)
    }

    fn symbol(&mut self, text: &Value) -> Option<u32> {
        self.session.symbol(usable(text.as_str()?)?)
    }
}

fn usable(text: &str) -> Option<&str> {
    (!text.is_empty() && text.encode_utf16().count() <= LONGEST_TEXT).then_some(text)
}

fn id_text(id: &Value) -> String {
    match id {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => String::new(),
    }
}

fn row_of(row: &Value) -> ItemRow {
    let text = |field: &str| row[field].as_str().map(str::to_owned);
    let texts = |field: &str| {
        let texts = row[field].as_array().into_iter().flatten();
        texts.map(|text| text.as_str().expect("a text").to_owned()).collect()
    };
    ItemRow {
        id: id_text(&row["id"]),
        category: texts("category"),
        brand: text("brand"),
        price: row["price"].as_f64(),
        colour: text("colour"),
        tags: texts("tags"),
        in_stock: row["inStock"].as_bool(),
        group: text("group"),
        replenishable: row["replenishable"] == true,
        vector: vector(&row["vector"]),
    }
}

/// What the facade makes of a vector: a byte a component.
fn vector(numbers: &Value) -> Vec<i8> {
    let numbers = numbers.as_array().into_iter().flatten();
    let numbers: Vec<f64> = numbers.map(|number| number.as_f64().expect("a number")).collect();
    let largest = numbers.iter().fold(0.0, |largest, number| f64::max(largest, number.abs()));
    numbers.into_iter().map(|number| (number / largest * 127.0).round() as i8).collect()
}

fn explanation(why: &Explanation) -> Value {
    let part = |part: &reshelf::engine::explain::Contribution| json!({ "code": part.code, "label": part.label, "value": part.value });
    let sum: f64 = why.contributions.iter().map(|part| part.value).sum();
    assert!((sum - why.score).abs() <= 1e-6 * why.score.abs().max(1.0), "{why:?}");
    json!({
        "id": why.id, "rank": why.rank, "merchantRank": why.merchant_rank, "score": why.score,
        "contributions": why.contributions.iter().map(part).collect::<Vec<_>>(),
        "rules": why.rules,
    })
}

fn profile(profile: &Profile) -> Value {
    let interest = |interest: &reshelf::engine::report::Interest| {
        let reshelf::engine::report::Interest { kind, value, score, share } = interest;
        json!({ "kind": kind, "value": value, "score": score, "share": share })
    };
    json!({
        "events": profile.events, "since": profile.since, "paused": profile.paused,
        "interests": profile.interests.iter().map(interest).collect::<Vec<_>>(),
        "recentlyViewed": profile.recently_viewed,
        "shopOrder": profile.shop_order,
        "muted": profile.muted.as_chunks().0.iter().map(|[kind, value]| json!({ "kind": kind, "value": value })).collect::<Vec<_>>(),
    })
}

/// Whether an answer is what a fixture expects of it.
fn agrees(actual: &Value, expected: &Value, path: &str) -> Result<(), String> {
    match (actual, expected) {
        (Value::Number(actual), Value::Number(expected)) => {
            let (actual, expected) = (actual.as_f64().unwrap(), expected.as_f64().unwrap());
            let close = (actual - expected).abs() <= 1e-6 * actual.abs().max(expected.abs());
            if close { Ok(()) } else { Err(format!("{path}: {actual} is not {expected}")) }
        }
        (Value::Array(actual), Value::Array(expected)) => {
            if actual.len() != expected.len() {
                return Err(format!("{path}: {actual:?} is not {expected:?}"));
            }
            let mut pairs = actual.iter().zip(expected).enumerate();
            pairs.try_for_each(|(at, (a, e))| agrees(a, e, &format!("{path}[{at}]")))
        }
        (Value::Object(actual), Value::Object(expected)) => {
            expected.iter().try_for_each(|(key, value)| {
                let of = actual.get(key).ok_or(format!("{path}: there is no {key}"))?;
                agrees(of, value, &format!("{path}.{key}"))
            })
        }
        _ if actual == expected => Ok(()),
        _ => Err(format!("{path}: {actual} is not {expected}")),
    }
}

#[test]
fn an_expectation_names_only_what_it_cares_about() {
    let actual = json!({ "rank": 0, "rules": ["pinned"], "score": -1.1, "why": null });
    for expected in
        [json!({}), json!({ "score": -1.100_000_1 }), json!({ "rank": 0.0, "why": null })]
    {
        assert_eq!(agrees(&actual, &expected, ""), Ok(()));
    }
    for expected in
        [json!({ "rules": [] }), json!({ "score": -1.2 }), json!({ "none": null }), json!([])]
    {
        assert!(agrees(&actual, &expected, "").is_err(), "{expected}");
    }
}
