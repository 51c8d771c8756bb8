//! What the page's marks tell the engine: containers to order, and what stands in them.
//! Must not live here: what a mark means (`web::markup`).

use super::NONE;
use crate::engine::ranking::Kind;
use crate::engine::time::Millis;
use crate::engine::{ArmRow, Session};
use crate::web::arrange::Shelf;
use crate::web::{dom, markup};
use web_sys::{Element, Node};

/// The handle of a marked item, whose marks fill what its row leaves out.
fn marked(session: &mut Session, id: &str, element: &Element) -> Option<u32> {
    let names_none = || element.get_attribute(markup::CATEGORY).is_none();
    match session.has_category(id) || session.has_row(id) && names_none() {
        true => session.item(id),
        false => session.mark_item(&markup::item(id.to_owned(), element)),
    }
}

/// Learns what a product's page says of its product.
pub fn register_products(session: &mut Session, root: &Node) {
    for element in dom::select(root, "[data-reshelf=product][data-reshelf-category]") {
        if let Some(id) = element.get_attribute(markup::ITEM) {
            marked(session, &id, &element);
        }
    }
}

/// The personal order of a marked container.
pub fn order(session: &mut Session, shelf: &Shelf, now: Millis) -> Vec<u32> {
    let placement = &shelf.placement;
    if placement.kind != Kind::Products {
        let arms: Vec<_> = shelf
            .entries
            .iter()
            .map(|entry| {
                let arm = markup::arm(entry.id.clone(), &entry.element);
                ArmRow { pinned: entry.fixed, ..arm }
            })
            .collect();
        return session.order_arms(placement.kind, &placement.name, &arms, placement.show, now);
    }
    let mut items = Vec::with_capacity(shelf.entries.len());
    for entry in &shelf.entries {
        let item = marked(session, &entry.id, &entry.element);
        items.push(item.unwrap_or(NONE));
    }
    let fixed: Vec<bool> = shelf.entries.iter().map(|entry| entry.fixed).collect();
    let words = placement.query.as_deref().and_then(|query| session.symbol(query));
    let name = session.symbol(&placement.name);
    session.order(name, &items, &fixed, words, now)
}
