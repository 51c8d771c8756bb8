//! The HTML contract: the `data-reshelf` attributes and what they mean. The page
//! is input like any other; what cannot be read is not marked.

use crate::engine::ArmRow;
use crate::engine::catalog::ItemRow;
use crate::engine::ranking::Kind;
use web_sys::Element;

/// Marks a container: `sections`, `products`, `banners`, or `product` for the
/// page of one product.
pub const CONTAINER: &str = "data-reshelf";
/// Never moves.
const PIN: &str = "data-reshelf-pin";
/// Id of an item.
pub const ITEM: &str = "data-reshelf-item";
/// Category path of an item, section or banner.
pub const CATEGORY: &str = "data-reshelf-category";
/// Id of a section.
pub const SECTION: &str = "data-reshelf-section";
/// Id of a banner.
pub const BANNER: &str = "data-reshelf-banner";

/// A container that is ordered.
#[derive(Clone, Debug)]
pub struct Placement {
    /// What it holds.
    pub kind: Kind,
    /// Its name; the kind's own word where the page gives none.
    pub name: String,
    /// The search it answers, if any.
    pub query: Option<String>,
    /// How many of its banners are shown.
    pub show: Option<usize>,
}

impl Placement {
    /// Reads a marked container; `None` for any other element.
    pub fn of(container: &Element) -> Option<Self> {
        let mark = container.get_attribute(CONTAINER)?;
        let kind = match mark.as_str() {
            "sections" => Kind::Sections,
            "products" => Kind::Products,
            "banners" => Kind::Banners,
            _ => return None,
        };
        let name =
            container.get_attribute("data-reshelf-placement").filter(|name| !name.is_empty());
        Some(Self {
            kind,
            name: name.unwrap_or(mark),
            query: container.get_attribute("data-reshelf-query"),
            show: container.get_attribute("data-reshelf-show").and_then(|show| show.parse().ok()),
        })
    }

    /// The public API's word for the kind.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Sections => "sections",
            Kind::Products => "products",
            Kind::Banners => "banners",
        }
    }

    /// The id of an entry of this container; `None` for any other child.
    pub fn entry_id(&self, child: &Element) -> Option<String> {
        child.get_attribute(match self.kind {
            Kind::Sections => SECTION,
            Kind::Products => ITEM,
            Kind::Banners => BANNER,
        })
    }
}

/// Whether the element is the main part of a product's page.
pub fn is_product_page(element: &Element) -> bool {
    element.get_attribute(CONTAINER).is_some_and(|mark| mark == "product")
}

/// Whether an entry must not move.
pub fn is_pinned(entry: &Element) -> bool {
    entry.get_attribute(PIN).is_some()
}

/// A section or banner as a row.
pub fn arm(id: String, element: &Element) -> ArmRow {
    ArmRow { id, category: category(element), pinned: is_pinned(element) }
}

/// An item as a row.
pub fn item(id: String, element: &Element) -> ItemRow {
    let tags = element.get_attribute("data-reshelf-tags").unwrap_or_default();
    ItemRow {
        id,
        category: category(element),
        brand: element.get_attribute("data-reshelf-brand"),
        // The browser's own reading of numbers: Rust's brings 10 KB of tables.
        price: element.get_attribute("data-reshelf-price").map(|p| js_sys::Number::parse_float(&p)),
        colour: None,
        tags: tags.split_ascii_whitespace().map(str::to_owned).collect(),
        ..ItemRow::default()
    }
}

/// `Home > Candles` as a path; empty where nothing is said.
fn category(element: &Element) -> Vec<String> {
    let text = element.get_attribute(CATEGORY).unwrap_or_default();
    text.split('>')
        .map(str::trim_ascii)
        .filter(|level| !level.is_empty())
        .map(str::to_owned)
        .collect()
}
