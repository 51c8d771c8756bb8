//! Reads marked containers and moves their children into the personal order.
//!
//! Only containers under the given root are touched, only their marked children
//! move, among the places of marked children, and only when the order changes.
//! The engine is asked between reading and moving and holds nothing while
//! elements move, because moving can run the page's own code.

use super::markup::{self, Placement};
use js_sys::{Function, Reflect, Set, WeakMap, WeakSet};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Node};

/// Remembers, without keeping elements alive, what was arranged in this visit.
#[derive(Debug)]
pub struct Arranger {
    /// Container to the set of its entries, in the merchant's order.
    merchant: WeakMap,
    /// Entries that have got their place.
    placed: WeakSet,
}

/// One container, ready to be ordered.
#[derive(Debug)]
pub struct Shelf {
    /// What the container is.
    pub placement: Placement,
    /// Its entries: id, element, and whether it must stay.
    pub entries: Vec<Entry>,
    container: Element,
    /// Ids in the merchant's order, for the report.
    before: Vec<String>,
}

/// A marked child.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The element.
    pub element: Element,
    /// Pinned by the page, or placed earlier in this visit.
    pub fixed: bool,
}

/// What became of a container.
#[derive(Debug)]
pub struct Arranged {
    /// The container.
    pub placement: Placement,
    /// Ids in the merchant's order.
    pub before: Vec<String>,
    /// Ids as they stand now.
    pub after: Vec<String>,
}

impl Default for Arranger {
    fn default() -> Self {
        Self { merchant: WeakMap::new(), placed: WeakSet::new() }
    }
}

impl Arranger {
    /// All marked containers at or under `root`, outer ones first.
    pub fn shelves(&self, root: &Node, refresh: bool) -> Vec<Shelf> {
        let found = containers(root);
        found.into_iter().filter_map(|container| self.shelf(container, refresh)).collect()
    }

    fn shelf(&self, container: Element, refresh: bool) -> Option<Shelf> {
        let placement = Placement::of(&container)?;
        let known = self.merchant.get(&container);
        let known = known.dyn_into::<Set>().unwrap_or_else(|_| Set::new(&JsValue::UNDEFINED));
        let children = children(&container);
        let is_entry = |child: &&Element| placement.entry_id(child).is_some();
        for entry in children.iter().filter(is_entry) {
            // A set keeps the order of insertion, so new entries come last.
            known.add(entry);
        }
        self.merchant.set(&container, &known);
        let parent: &Node = &container;
        let merchant: Vec<Element> = elements(&known)
            .into_iter()
            .filter(|entry| entry.parent_node().as_ref() == Some(parent))
            .collect();

        let current = children.iter().filter(is_entry);
        let listed: Vec<Element> =
            if refresh { merchant.clone() } else { current.cloned().collect() };
        let entries = listed.into_iter().filter_map(|element| {
            let placed = !refresh && self.placed.has(&element);
            let fixed = placed || markup::is_pinned(&element);
            Some(Entry { id: placement.entry_id(&element)?, element, fixed })
        });
        let entries = entries.collect();
        let before = merchant.iter().filter_map(|element| placement.entry_id(element)).collect();
        Some(Shelf { placement, entries, container, before })
    }

    /// Moves a shelf's entries into `order`, as the engine gave it. If the page
    /// resists, everything goes back to where it was.
    pub fn apply(&self, shelf: Shelf, order: &[u32]) -> Arranged {
        let Shelf { placement, entries, container, before } = shelf;
        let wanted: Vec<&Entry> =
            order.iter().filter_map(|place| entries.get(*place as usize)).collect();
        let present = children(&container);
        let mut next = wanted.iter();
        let target: Vec<Element> = present
            .iter()
            .map(|child| match placement.entry_id(child) {
                Some(_) => next.next().map_or(child, |entry| &entry.element).clone(),
                None => child.clone(),
            })
            .collect();
        let hidden: Vec<bool> = present.iter().map(|child| child.has_attribute("hidden")).collect();
        let moved = wanted.len() == entries.len() && place(&container, &target);
        if moved {
            // What is hidden is a place, not a banner: the shown one shows.
            for ((was, now), hide) in present.iter().zip(&target).zip(hidden) {
                if was != now && now.has_attribute("hidden") != hide {
                    let _ = now.toggle_attribute_with_force("hidden", hide);
                }
            }
        } else {
            place(&container, &present);
        }
        for entry in &entries {
            self.placed.add(&entry.element);
        }
        let current = children(&container);
        let after = current.iter().filter_map(|child| placement.entry_id(child)).collect();
        Arranged { placement, before, after }
    }
}

/// Moves only what stands wrong; false as soon as the page refuses a move.
fn place(container: &Element, target: &[Element]) -> bool {
    // `moveBefore` keeps playing media, iframes and focus where it exists.
    let move_before = Reflect::get(container, &JsValue::from_str("moveBefore"))
        .ok()
        .and_then(|method| method.dyn_into::<Function>().ok());
    let mut at = container.first_element_child();
    for wanted in target {
        match at {
            Some(here) if here == *wanted => at = here.next_element_sibling(),
            Some(here) => {
                let moved = match &move_before {
                    Some(method) => method.call2(container, wanted, &here).map(drop),
                    None => container.insert_before(wanted, Some(&here)).map(drop),
                };
                if moved.is_err() {
                    return false;
                }
                at = Some(here);
            }
            None => return false,
        }
    }
    true
}

fn containers(root: &Node) -> Vec<Element> {
    let selector = "[data-reshelf]";
    let own = root.dyn_ref::<Element>().filter(|element| element.matches(selector) == Ok(true));
    own.cloned().into_iter().chain(select(root, selector)).collect()
}

/// Elements under a document, element or fragment that match; none elsewhere.
pub fn select(root: &Node, selector: &str) -> Vec<Element> {
    let list = if let Some(document) = root.dyn_ref::<web_sys::Document>() {
        document.query_selector_all(selector)
    } else if let Some(element) = root.dyn_ref::<Element>() {
        element.query_selector_all(selector)
    } else {
        // Shadow roots and fragments share the method without its interface.
        Reflect::get(root, &JsValue::from_str("querySelectorAll"))
            .and_then(|method| method.dyn_into::<Function>())
            .and_then(|method| method.call1(root, &JsValue::from_str(selector)))
            .and_then(|list| list.dyn_into::<web_sys::NodeList>())
    };
    let Ok(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.item(index)?.dyn_into().ok()).collect()
}

fn children(container: &Element) -> Vec<Element> {
    let list = container.children();
    (0..list.length()).filter_map(|index| list.item(index)).collect()
}

fn elements(set: &Set) -> Vec<Element> {
    set.values().into_iter().filter_map(|value| value.ok()?.dyn_into().ok()).collect()
}
