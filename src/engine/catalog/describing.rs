//! A row as attributes: its category path, brand, price band, colours and tags.
//! Must not live here: what is kept of them (`catalog`).

use super::{Catalog, FeatureKey, ItemRow, Namespace, Trait};
use crate::engine::intern::LONGEST_TEXT;
use crate::engine::price;

/// Most attribute values of one kind that count for one item.
const MOST_VALUES: usize = 8;
/// Longest category path, in levels.
const DEEPEST_PATH: usize = 8;

impl Catalog {
    /// The attributes of a row, each feature once.
    pub(super) fn describe(&mut self, row: &ItemRow) -> Vec<Trait> {
        let mut traits = Traits { catalog: self, found: Vec::new() };
        let path = join(&row.category);
        if let Some(path) = &path {
            traits.add(Namespace::Category, path, None, 1.0);
            let above = row.category.len().min(DEEPEST_PATH).saturating_sub(1);
            for levels in 1..=above {
                if let Some(parent) = row.category.get(..levels).and_then(join) {
                    traits.add(Namespace::ParentCategory, &parent, None, 1.0 / above as f32);
                }
            }
        }
        if let Some(brand) = row.brand.as_deref().filter(|brand| usable(brand)) {
            traits.add(Namespace::Brand, brand, None, 1.0);
            if let Some(path) = &path {
                traits.add(Namespace::CategoryBrand, path, Some(brand), 1.0);
            }
        }
        if let Some(band) = row.price.and_then(price::band) {
            traits.add(Namespace::PriceBand, &band, None, 1.0);
            if let Some(path) = &path {
                traits.add(Namespace::CategoryPrice, path, Some(&band), 1.0);
            }
        }
        let colours = row.tags.iter().filter_map(|tag| colour(tag)).chain(row.colour.as_deref());
        traits.add_all(Namespace::Colour, colours);
        let tags = row.tags.iter().filter(|tag| colour(tag).is_none());
        traits.add_all(Namespace::Tag, tags.map(String::as_str));
        traits.found
    }
}

/// Collects the traits of one row.
struct Traits<'a> {
    catalog: &'a mut Catalog,
    found: Vec<Trait>,
}

impl Traits<'_> {
    fn add(&mut self, namespace: Namespace, text: &str, second: Option<&str>, weight: f32) {
        let key = FeatureKey::pair(namespace, text, second);
        let index = match second {
            Some(second) => self.catalog.intern(namespace, key, &[text, ", ", second].concat()),
            None => self.catalog.intern(namespace, key, text.trim_ascii()),
        };
        if self.found.iter().all(|(known, _)| *known != index) {
            self.found.push((index, weight));
        }
    }

    /// Several values of one kind: evidence adds up slower than their number,
    /// so that an item with many tags has no advantage by that alone.
    fn add_all<'t>(&mut self, namespace: Namespace, values: impl Iterator<Item = &'t str>) {
        let values: Vec<&str> = values.filter(|value| usable(value)).take(MOST_VALUES).collect();
        let weight = 1.0 / (values.len() as f32).sqrt();
        for value in values {
            self.add(namespace, value, None, weight);
        }
    }
}

fn usable(text: &str) -> bool {
    !text.trim_ascii().is_empty() && text.len() <= LONGEST_TEXT
}

/// "Home > Candles", or `None` for an empty, overlong or blank path.
pub fn join<'a>(path: impl AsRef<[String]> + 'a) -> Option<String> {
    let levels = path.as_ref().get(..path.as_ref().len().min(DEEPEST_PATH))?;
    let text = levels.iter().map(|level| level.trim_ascii()).collect::<Vec<_>>().join(" > ");
    (usable(&text) && !levels.is_empty()).then_some(text)
}

fn colour(tag: &str) -> Option<&str> {
    tag.strip_prefix("colour:").or_else(|| tag.strip_prefix("color:"))
}
