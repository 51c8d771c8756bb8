//! The engine under test, through the class that JavaScript sees. What that
//! class takes and gives is written down here and nowhere else in these tests.

use crate::page::stored;
use js_sys::{Array, Reflect};
use reshelf::bindings::Core;
use reshelf::engine::event::EventKind;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Node;

/// 2026-01-01, noon UTC.
pub const NOW: f64 = 1_767_268_800_000.0;
/// "No item", "no placement".
pub const NONE: u32 = u32::MAX;

pub fn core(strength: f64) -> Core {
    named("web-tests", strength, 1.0)
}

/// An engine of this store whose journal has its name from the seed.
pub fn named(store: &str, strength: f64, seed: f64) -> Core {
    Core::new(store.to_owned(), strength, 3.0, Some(seed))
}

/// Keys of the tests' store.
pub fn keys() -> String {
    stored("reshelf.web-tests.")
}

/// Registers items: id and category path.
pub fn register(core: &Core, items: &[(&str, &[&str])]) -> Vec<u32> {
    let list =
        |values: &[&str]| values.iter().map(|value| format!("{value}\u{3}")).collect::<String>();
    let row = |(id, category): &(&str, &[&str])| {
        format!("{id}\u{2}{}{}", list(category), "\u{2}".repeat(7))
    };
    let texts: String = items.iter().map(row).collect();
    core.add_items(&texts, &vec![f64::NAN; items.len()], &[])
}

/// An event about an item.
pub fn tell(core: &Core, kind: EventKind, item: &str, dwell_ms: f64) {
    let item = core.item(item);
    core.track(
        &[f64::from(kind as u8), f64::from(item), NOW, dwell_ms, f64::from(NONE), -1.0],
        NOW,
    );
}

/// Somebody bought from these categories: twenty times each.
pub fn likes(core: &Core, category: &[&str]) {
    let id = format!("liked {}", category.join("/"));
    register(core, &[(&id, category)]);
    (0..20).for_each(|_| tell(core, EventKind::Purchase, &id, -1.0));
}

/// One arranged container.
#[derive(Clone, Debug, PartialEq)]
pub struct Arranged {
    pub placement: String,
    pub kind: String,
    pub before: String,
    pub after: String,
}

pub fn arrange(core: &Core, root: &Node, refresh: bool) -> Vec<Arranged> {
    let report: Vec<JsValue> = core.arrange(root, refresh, NOW).iter().collect();
    let text = |value: &JsValue| value.as_string().expect("a text");
    let ids = |value: &JsValue| {
        Array::from(value).iter().map(|id| text(&id)).collect::<Vec<_>>().join(" ")
    };
    let container = |row: &[JsValue]| Arranged {
        placement: text(&row[0]),
        kind: text(&row[1]),
        before: ids(&row[2]),
        after: ids(&row[3]),
    };
    report.chunks(4).map(container).collect()
}

/// Rank, merchant's rank and score; `None` where the engine has no answer.
pub fn explain(core: &Core, placement: &str, id: &str) -> Option<(f64, f64, f64)> {
    let why = core.explain(placement, id).expect("an answer");
    if why.is_undefined() || why.is_null() {
        return None;
    }
    let parts = Array::from(&why);
    let number = |at: u32| parts.get(at).as_f64().expect("a number");
    let sum: f64 = Array::from(&parts.get(3))
        .iter()
        .map(|part| Array::from(&part).get(2).as_f64().expect("a value"))
        .sum();
    assert!((sum - number(2)).abs() < 1e-6, "{sum} is not the score {}", number(2));
    Some((number(0), number(1), number(2)))
}

/// What the device knows: acts, and the ids looked at.
pub fn profile(core: &Core) -> (f64, Vec<String>) {
    let profile = core.profile(NOW).expect("an answer");
    let at = |index: u32| Reflect::get_u32(&profile, index).expect("a field");
    let recent = Array::from(&at(4)).into_iter().map(|id| id.as_string().expect("an id"));
    (at(0).as_f64().expect("a number"), recent.collect())
}

pub fn is_paused(core: &Core) -> bool {
    let profile = core.profile(NOW).expect("an answer");
    Array::from(&profile).get(2).unchecked_into::<js_sys::Boolean>().value_of()
}
