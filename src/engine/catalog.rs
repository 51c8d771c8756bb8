//! The shop's products as the engine sees them: handles, attributes, and how
//! common each attribute is in the shop. Nothing about the shopper is here.

use super::facts::Facts;
use super::intern::{FeatureKey, Index, Interner, Namespace};
use super::price;
use serde::Deserialize;
use std::rc::Rc;

/// A product row as the page or the contract fixtures hand it over.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ItemRow {
    /// The shop's own id.
    pub id: String,
    /// Path from the root, such as `["Home", "Candles"]`.
    pub category: Vec<String>,
    /// Brand, if any.
    pub brand: Option<String>,
    /// Price in the shop's currency; not finite or not above 0 means unknown.
    pub price: Option<f64>,
    /// Colour, if any; a tag `colour:…` does the same.
    pub colour: Option<String>,
    /// Free tags, such as `material:wood`.
    pub tags: Vec<String>,
    /// False when it cannot be bought now.
    pub in_stock: Option<bool>,
    /// What all variants of one product have in common.
    pub group: Option<String>,
    /// Bought again and again, such as coffee.
    pub replenishable: bool,
    /// How it looks or reads, by the shop's own encoder; only directions count.
    pub vector: Vec<i8>,
}

/// An attribute value that at least one item or placement has.
#[derive(Clone, Debug)]
pub struct Feature {
    /// What the ledger files evidence under.
    pub key: FeatureKey,
    /// Its kind.
    pub namespace: Namespace,
    /// The value in the shop's own words.
    pub label: Rc<str>,
    /// How many registered items have it.
    pub items: u32,
}

/// An attribute of one item: index of the feature, and the weight it enters
/// with (several values of one kind share a weight).
pub type Trait = (u32, f32);

#[derive(Debug, Default)]
struct Item {
    /// `None` until a row was registered: an unknown id keeps its place.
    traits: Option<Box<[Trait]>>,
    facts: Facts,
}

/// Most attribute values of one kind that count for one item.
const MOST_VALUES: usize = 8;
/// Longest category path, in levels.
const DEEPEST_PATH: usize = 8;

/// All registered items and attribute values.
#[derive(Debug, Default)]
pub struct Catalog {
    ids: Interner,
    groups: Interner,
    items: Vec<Item>,
    features: Vec<Feature>,
    by_key: Index,
    /// Item handle by stored key, for reading the ledger back.
    by_item_key: Index,
    /// Item mentions and distinct values per namespace.
    totals: [(u32, u32); Namespace::COUNT],
    /// Counts changes, so that what was derived from the catalogue can be renewed.
    version: u32,
}

impl Catalog {
    /// The handle of an id, known or not; `None` past the interner's limits.
    pub fn handle(&mut self, id: &str) -> Option<u32> {
        let handle = self.ids.intern(id)?;
        if handle as usize == self.items.len() {
            self.items.push(Item::default());
            self.by_item_key.insert(FeatureKey::new(Namespace::Item, id).index(), handle);
        }
        Some(handle)
    }

    /// The handle of an id seen before.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.ids.get(id)
    }

    /// The id behind a handle.
    pub fn id(&self, handle: u32) -> Option<&str> {
        self.ids.text(handle)
    }

    /// The item a stored key speaks about, if this page knows it.
    pub fn by_key(&self, key: FeatureKey) -> Option<u32> {
        self.by_item_key.get(&key.index()).copied()
    }

    /// The stored key of an item.
    pub fn key(&self, handle: u32) -> Option<FeatureKey> {
        self.id(handle).map(|id| FeatureKey::new(Namespace::Item, id))
    }

    /// Attributes of an item; `None` while no row of it was registered.
    pub fn traits(&self, handle: u32) -> Option<&[Trait]> {
        self.items.get(handle as usize)?.traits.as_deref()
    }

    /// What an item's row says beside its attributes.
    pub fn facts(&self, handle: u32) -> Option<&Facts> {
        self.items.get(handle as usize).map(|item| &item.facts)
    }

    /// The first attribute of this kind that an item has.
    #[inline(never)]
    pub fn first_of(&self, handle: u32, namespace: Namespace) -> Option<u32> {
        let of_kind = |feature: &u32| {
            self.features.get(*feature as usize).is_some_and(|known| known.namespace == namespace)
        };
        self.traits(handle)?.iter().map(|(feature, _)| *feature).find(of_kind)
    }

    /// Number of handles given out.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether no handle was given out yet.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Grows with every registered row.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// All features; a [`Trait`]'s index points here.
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// The value of a feature, in the shop's own words.
    pub fn label(&self, feature: u32) -> Option<&str> {
        self.features.get(feature as usize).map(|feature| &*feature.label)
    }

    /// A feature by its stored key.
    pub fn feature(&self, key: FeatureKey) -> Option<(u32, &Feature)> {
        let index = *self.by_key.get(&key.index())?;
        Some((index, self.features.get(index as usize)?))
    }

    /// The shop's own share of a feature among the values of its kind, 0 … 1,
    /// smoothed by one mention each: a value never seen is rare, not impossible.
    pub fn share(&self, feature: &Feature) -> f64 {
        let (mentions, values) =
            self.totals.get(feature.namespace as usize).copied().unwrap_or_default();
        f64::from(feature.items + 1) / f64::from(mentions + values).max(1.0)
    }

    /// Registers or replaces a row; its handle, or `None` past the limits.
    pub fn add(&mut self, row: &ItemRow) -> Option<u32> {
        let handle = self.handle(&row.id)?;
        let traits = self.describe(row);
        for (feature, _) in &traits {
            self.count(*feature, 1);
        }
        let group = row.group.as_deref().and_then(|group| self.groups.intern(group));
        let item = self.items.get_mut(handle as usize)?;
        let before = item.traits.replace(traits.into());
        item.facts = Facts::of(row, group);
        for (feature, _) in before.iter().flatten() {
            self.count(*feature, -1);
        }
        self.version += 1;
        Some(handle)
    }

    /// Index of the feature for a category path: as a leaf if the shop has such
    /// items, else as a parent, else new.
    pub fn category(&mut self, path: &[String]) -> Option<u32> {
        let path = join(path)?;
        let leaf = FeatureKey::new(Namespace::Category, &path);
        let parent = FeatureKey::new(Namespace::ParentCategory, &path);
        let has_items = |key| self.feature(key).is_some_and(|(_, feature)| feature.items > 0);
        if !has_items(leaf) && has_items(parent) {
            return self.by_key.get(&parent.index()).copied();
        }
        Some(self.intern(Namespace::Category, leaf, &path))
    }

    fn count(&mut self, feature: u32, change: i32) {
        if let Some(feature) = self.features.get_mut(feature as usize) {
            feature.items = feature.items.saturating_add_signed(change);
            if let Some((mentions, _)) = self.totals.get_mut(feature.namespace as usize) {
                *mentions = mentions.saturating_add_signed(change);
            }
        }
    }

    fn intern(&mut self, namespace: Namespace, key: FeatureKey, label: &str) -> u32 {
        if let Some(index) = self.by_key.get(&key.index()) {
            return *index;
        }
        let index = self.features.len() as u32;
        self.features.push(Feature { key, namespace, label: label.into(), items: 0 });
        self.by_key.insert(key.index(), index);
        if let Some((_, values)) = self.totals.get_mut(namespace as usize) {
            *values += 1;
        }
        self.version += 1;
        index
    }

    /// The attributes of a row, each feature once.
    fn describe(&mut self, row: &ItemRow) -> Vec<Trait> {
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
    !text.trim_ascii().is_empty() && text.len() <= super::intern::LONGEST_TEXT
}

/// "Home > Candles", or `None` for an empty, overlong or blank path.
fn join<'a>(path: impl AsRef<[String]> + 'a) -> Option<String> {
    let levels = path.as_ref().get(..path.as_ref().len().min(DEEPEST_PATH))?;
    let text = levels.iter().map(|level| level.trim_ascii()).collect::<Vec<_>>().join(" > ");
    (usable(&text) && !levels.is_empty()).then_some(text)
}

fn colour(tag: &str) -> Option<&str> {
    tag.strip_prefix("colour:").or_else(|| tag.strip_prefix("color:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, category: &[&str], tags: &[&str]) -> ItemRow {
        let own = |texts: &[&str]| texts.iter().map(|text| text.to_string()).collect();
        ItemRow { id: id.into(), category: own(category), tags: own(tags), ..ItemRow::default() }
    }

    fn labels(catalog: &Catalog, handle: u32) -> Vec<&str> {
        let traits = catalog.traits(handle).unwrap();
        traits.iter().map(|(index, _)| &*catalog.features()[*index as usize].label).collect()
    }

    #[test]
    fn a_row_becomes_features() {
        let mut catalog = Catalog::default();
        let mut candle = row("c", &["Home", "Candles"], &["colour:red", "material:wax", " "]);
        candle.price = Some(3.0);
        candle.brand = Some("Glow".into());
        let handle = catalog.add(&candle).unwrap();
        assert_eq!(
            labels(&catalog, handle),
            [
                "Home > Candles",
                "Home",
                "Glow",
                "Home > Candles, Glow",
                "2.83 to 4.00",
                "Home > Candles, 2.83 to 4.00",
                "red",
                "material:wax"
            ]
        );
    }

    #[test]
    fn replacing_a_row_keeps_counts_true() {
        let mut catalog = Catalog::default();
        catalog.add(&row("a", &["Toys"], &[]));
        catalog.add(&row("a", &["Candles"], &[]));
        let items = |catalog: &Catalog, text| {
            catalog.feature(FeatureKey::new(Namespace::Category, text)).unwrap().1.items
        };
        assert_eq!((items(&catalog, "Toys"), items(&catalog, "Candles")), (0, 1));
        let shares: f64 = catalog.features().iter().map(|f| catalog.share(f)).sum();
        assert!((shares - 1.0).abs() < 1e-9, "{shares}");
    }

    #[test]
    fn an_item_without_a_row_has_no_traits() {
        let mut catalog = Catalog::default();
        let handle = catalog.handle("ghost").unwrap();
        assert!(catalog.traits(handle).is_none());
        assert!(catalog.traits(99).is_none());
    }

    #[test]
    fn a_section_finds_a_leaf_or_a_parent() {
        let mut catalog = Catalog::default();
        catalog.add(&row("a", &["Home", "Candles"], &[]));
        let path = |text: &str| text.split(" > ").map(String::from).collect::<Vec<_>>();
        let mut namespace = |text| {
            let index = catalog.category(&path(text)).unwrap();
            catalog.features()[index as usize].namespace
        };
        assert_eq!(namespace("Home > Candles"), Namespace::Category);
        assert_eq!(namespace("Home"), Namespace::ParentCategory);
        assert_eq!(namespace("Garden"), Namespace::Category);
        assert_eq!(catalog.category(&[]), None);
    }
}
