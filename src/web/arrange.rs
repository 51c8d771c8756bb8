//! Reads marked containers and moves their children into the personal order.
//!
//! Only containers under the given root are touched, only their marked children
//! move, among the places of marked children, and only when the order changes.
//! The engine is asked between reading and moving and holds nothing while
//! elements move, because moving can run the page's own code.

use super::dom::{children, method, property, select};
use super::markup::{self, Placement};
use crate::engine::intern::{FeatureKey, KeyMap, Namespace};
use crate::engine::rank::unchanged;
use crate::engine::sorting::{longest_rising, order_by, pick};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Node};

/// Containers that are remembered; of more, the one arranged longest ago goes.
const MOST_REMEMBERED: usize = 64;

/// Containers that are arranged: not what a framework renders in order itself, whose
/// elements are not ours to move.
const CONTAINERS: &str = "[data-reshelf]:not([data-reshelf-rendered])";

/// What loses its state when an element is taken out of the page and put back.
const FRAGILE: &str = "iframe, object, embed, audio, video, :focus";

/// Children that must not move.
const PINNED: &str = ":scope > [data-reshelf-pin]";

/// Children that nobody sees.
const HIDDEN: &str = ":scope > [hidden]";

/// Remembers what was arranged in this visit, so that nothing jumps.
#[derive(Debug, Default)]
pub struct Arranger(Vec<Memory>);

#[derive(Debug)]
struct Memory {
    container: Element,
    /// Another search in the same container is another list.
    query: Option<String>,
    /// Ids in the merchant's order; new ones come last.
    before: Vec<String>,
    /// Ids in the order they got.
    after: Vec<String>,
}

impl Memory {
    /// What the inline stub settled before the first paint binds as what was
    /// arranged here. It leaves it in the container's property `reshelf`, as
    /// texts of an id a line (`pkg/src/stub/inline.iife.ts`).
    fn settled_by_the_stub(container: &Element, placement: &Placement) -> Option<Self> {
        // Mostly there is nothing, and each reading of nothing throws and is caught.
        let settled = Some(property(container, "reshelf")).filter(JsValue::is_truthy)?;
        let text = |name| property(&settled, name).as_string();
        let ids = |name| Some(text(name)?.lines().map(str::to_owned).collect::<Vec<_>>());
        let (query, before, after) = (text("query"), ids("before")?, ids("after")?);
        let container = container.clone();
        (query == placement.query).then_some(Self { container, query, before, after })
    }
}

/// One container, ready to be ordered.
#[derive(Debug)]
pub struct Shelf {
    /// What the container is.
    pub placement: Placement,
    /// Its entries, in the order to start from.
    pub entries: Vec<Entry>,
    container: Element,
    before: Vec<String>,
    /// All children as they stood, and which of them are entries.
    present: Vec<Element>,
    slots: Vec<u32>,
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
    /// Its place among all children of the container.
    place: u32,
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
    container: Element,
}

impl Arranger {
    /// All marked containers at or under `root`, outer ones first.
    pub fn shelves(&self, root: &Node, refresh: bool) -> Vec<Shelf> {
        let own = root.dyn_ref::<Element>().cloned();
        let marked = own.into_iter().chain(select(root, CONTAINERS));
        marked.filter_map(|container| self.shelf(container, refresh)).collect()
    }

    /// Keeps the order a container got for the rest of the visit.
    pub fn remember(&mut self, arranged: &Arranged) {
        self.0.retain(|memory| memory.container != arranged.container);
        // A page that goes on making containers must not be kept alive by us.
        if self.0.len() == MOST_REMEMBERED {
            self.0.remove(0);
        }
        self.0.push(Memory {
            container: arranged.container.clone(),
            query: arranged.placement.query.clone(),
            before: arranged.before.clone(),
            after: arranged.after.clone(),
        });
    }

    fn shelf(&self, container: Element, refresh: bool) -> Option<Shelf> {
        let placement = Placement::of(&container)?;
        let all = children(&container);
        let (slots, present) = marked(&container, &all, &placement);
        let of_this =
            |memory: &&Memory| memory.container == container && memory.query == placement.query;
        let settled;
        let memory = match self.0.iter().find(of_this) {
            None => {
                settled = Memory::settled_by_the_stub(&container, &placement);
                settled.as_ref()
            }
            arranged => arranged,
        };
        let (before, after) = memory.map_or((&[][..], &[][..]), |m| (&m.before, &m.after));
        // Places of the entries that were arranged before, and these places in
        // the order the merchant had, and in the one they got.
        let known = known(&present, before);
        let (merchant, personal) =
            (sorted(&present, &known, before), sorted(&present, &known, after));
        // What was arranged holds while the page leaves it, or renders its own
        // order anew. Any other order is a new one of the merchant's.
        let holds = known == personal || known == merchant;
        let keeps = holds && !refresh;
        let base = fill(present.len(), &known, if holds { &merchant } else { &known });
        let start = if keeps { fill(present.len(), &known, &personal) } else { base.clone() };
        let mut entries = pick(&present, &start);
        for place in known.iter().filter(|_| keeps) {
            if let Some(entry) = entries.get_mut(*place as usize) {
                entry.fixed = true;
            }
        }
        let id = |place: &u32| Some(present.get(*place as usize)?.id.clone());
        let before = base.iter().filter_map(id).collect();
        Some(Shelf { placement, entries, container, before, present: all, slots })
    }
}

/// Places of the entries whose ids are among these.
fn known(present: &[Entry], ids: &[String]) -> Vec<u32> {
    let positions = positions(ids);
    let places = 0..present.len() as u32;
    places.filter(|place| position(present, *place, &positions) != u32::MAX).collect()
}

/// These places in the order of their ids in `ids`.
fn sorted(present: &[Entry], places: &[u32], ids: &[String]) -> Vec<u32> {
    let positions = positions(ids);
    let key = |at: usize| places.get(at).map_or(0, |place| position(present, *place, &positions));
    pick(places, &order_by(places.len(), key))
}

/// All places, with those of `slots` in another order; new entries stay where
/// the page has them.
fn fill(len: usize, slots: &[u32], order: &[u32]) -> Vec<u32> {
    let mut places = unchanged(len);
    for (slot, place) in slots.iter().zip(order) {
        if let Some(filled) = places.get_mut(*slot as usize) {
            *filled = *place;
        }
    }
    places
}

fn position(present: &[Entry], place: u32, positions: &KeyMap<u32>) -> u32 {
    let entry = present.get(place as usize);
    entry.and_then(|entry| positions.get(id_key(&entry.id))).copied().unwrap_or(u32::MAX)
}

impl Shelf {
    /// Moves the entries into `order`, as the engine gave it. If the page
    /// resists, everything goes back to where it was.
    pub fn apply(self, order: &[u32]) -> Arranged {
        let Self { placement, entries, container, before, present, slots } = self;
        let ordered = pick(&entries, order);
        let places: Vec<u32> = ordered.iter().map(|entry| entry.place).collect();
        let places = fill(present.len(), &slots, &places);
        let wanted = pick(&present, &places);
        // Every reading of the page costs as much as scoring the entry: only a list that
        // the page's own code changed meanwhile, or as it was moved, is read again.
        let stands = |list: &[Element]| children(&container) == list;
        let moves = places != unchanged(places.len());
        let rearranged = || rearrange(&container, &present, &wanted, &longest_rising(&places));
        let is_moved = moves && stands(&present) && rearranged();
        let is_known = !moves || is_moved && stands(&wanted);
        let now = || marked(&container, &children(&container), &placement).1;
        let after = ids(if is_known { ordered } else { now() });
        Arranged { placement, before, after, container }
    }
}

/// Moves all children to where they are wanted, or back if the page resists.
fn rearrange(container: &Element, present: &[Element], wanted: &[Element], keeps: &[bool]) -> bool {
    // What is hidden is a place, not a banner: the shown one shows. A long list is all
    // shown, or not yet at all.
    let count = select(container, HIDDEN).len();
    let is_mixed = count > 0 && count < present.len();
    let hidden: Vec<bool> = present.iter().filter(|_| is_mixed).map(is_hidden).collect();
    let is_moved = place(container, wanted, keeps);
    if is_moved {
        for (element, hide) in wanted.iter().zip(hidden) {
            set_hidden(element, hide);
        }
    } else {
        place(container, present, &[]);
    }
    is_moved
}

fn ids(entries: Vec<Entry>) -> Vec<String> {
    entries.into_iter().map(|entry| entry.id).collect()
}

/// Which children of the container are entries, and these.
fn marked(
    container: &Element,
    children: &[Element],
    placement: &Placement,
) -> (Vec<u32>, Vec<Entry>) {
    // Most lists have none, and one question is cheaper than one an entry.
    let some_are_pinned = !select(container, PINNED).is_empty();
    let entry = |(at, element): (usize, &Element)| {
        let fixed = some_are_pinned && markup::is_pinned(element);
        let (id, element) = (placement.entry_id(element)?, element.clone());
        Some((at as u32, Entry { id, element, fixed, place: at as u32 }))
    };
    children.iter().enumerate().filter_map(entry).unzip()
}

/// Moves all but those that keep their places among each other, from the last on; false as
/// soon as the page refuses a move.
fn place(container: &Element, target: &[Element], keeps: &[bool]) -> bool {
    // `moveBefore` keeps playing media, iframes and focus. Where it is missing, what
    // has any of them stays as it is.
    let mover = method(container, "moveBefore").or_else(|| {
        let is_safe = select(container, FRAGILE).is_empty();
        method(container, "insertBefore").filter(|_| is_safe)
    });
    let Some(mover) = mover else { return false };
    let mut next = JsValue::NULL;
    for (at, element) in target.iter().enumerate().rev() {
        let keeps = keeps.get(at).copied().unwrap_or(false);
        if !keeps && mover.call2(container, element, &next).is_err() {
            return false;
        }
        next = element.into();
    }
    true
}

fn is_hidden(element: &Element) -> bool {
    element.get_attribute("hidden").is_some()
}

fn set_hidden(element: &Element, hide: bool) {
    if is_hidden(element) != hide {
        // An element that refuses an attribute cannot be helped.
        let _ = match hide {
            true => element.set_attribute("hidden", ""),
            false => element.remove_attribute("hidden"),
        };
    }
}

fn id_key(id: &str) -> u64 {
    FeatureKey::new(Namespace::Item, id).index()
}

fn positions(ids: &[String]) -> KeyMap<u32> {
    ids.iter().enumerate().map(|(at, id)| (id_key(id), at as u32)).collect()
}
