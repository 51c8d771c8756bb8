//! The shop's products as the engine sees them: handles, attributes, and how
//! common each attribute is in the shop. Nothing about the shopper is here.

mod describing;

use super::facts::Facts;
use super::intern::{FeatureKey, Index, Interner, Namespace};
use describing::join;
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

    /// Registers a row; its handle, or `None` past the limits. A kind of attribute that it
    /// does not name stays as it was known: the page's marks, an adapter and the shop each
    /// know some.
    pub fn add(&mut self, row: &ItemRow) -> Option<u32> {
        self.put(row, false)
    }

    /// As `add`, but what was known wins: the row only fills its gaps.
    pub fn fill(&mut self, row: &ItemRow) -> Option<u32> {
        self.put(row, true)
    }

    fn put(&mut self, row: &ItemRow, fills: bool) -> Option<u32> {
        let handle = self.handle(&row.id)?;
        let told = self.describe(row);
        let group = row.group.as_deref().and_then(|group| self.groups.intern(group));
        let item = self.items.get_mut(handle as usize)?;
        let known = item.traits.take();
        let fills = fills && known.is_some();
        if !fills {
            item.facts = Facts::of(row, group);
        }
        let known = known.map_or(Vec::new(), Vec::from);
        for (feature, _) in &known {
            self.count(*feature, -1);
        }
        let (mut traits, rest) = if fills { (known, told) } else { (told, known) };
        let kind = |(feature, _): &Trait| self.features.get(*feature as usize).map(|f| f.namespace);
        let named: Vec<_> = traits.iter().map(kind).collect();
        traits.extend(rest.into_iter().filter(|other| !named.contains(&kind(other))));
        for (feature, _) in &traits {
            self.count(*feature, 1);
        }
        if let Some(item) = self.items.get_mut(handle as usize) {
            item.traits = Some(traits.into());
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::price;

    fn row(id: &str, category: &[&str], tags: &[&str]) -> ItemRow {
        let own = |texts: &[&str]| texts.iter().map(|text| text.to_string()).collect();
        ItemRow { id: id.into(), category: own(category), tags: own(tags), ..ItemRow::default() }
    }

    fn labels(catalog: &Catalog, handle: u32) -> Vec<&str> {
        let traits = catalog.traits(handle).unwrap();
        traits.iter().map(|(index, _)| &*catalog.features()[*index as usize].label).collect()
    }

    #[test]
    fn what_a_row_does_not_name_stays_as_it_was_known() {
        let mut catalog = Catalog::default();
        let priced = |price| ItemRow { price: Some(price), ..row("a", &[], &[]) };
        let sold_out = ItemRow { in_stock: Some(false), ..row("a", &[], &["wax"]) };
        let handle = catalog.add(&row("a", &["Candles"], &["old"])).unwrap();
        let band = |price| price::band(price).unwrap().to_string();
        catalog.add(&priced(3.0));
        assert_eq!(labels(&catalog, handle), [&band(3.0), "Candles", "old"]);
        // The newest row wins where it says something, and in its facts.
        catalog.add(&sold_out);
        catalog.fill(&row("a", &["Mugs"], &[]));
        assert_eq!(labels(&catalog, handle), ["wax", &band(3.0), "Candles"]);
        assert!(catalog.facts(handle).unwrap().sold_out);
        // Marks fill what is missing, and leave what the row says.
        let other = catalog.add(&ItemRow { price: Some(3.0), ..row("b", &[], &[]) }).unwrap();
        catalog.fill(&ItemRow { price: Some(90.0), ..row("b", &["Mugs"], &[]) });
        assert_eq!(labels(&catalog, other)[..2], [&band(3.0), "Mugs"]);
        // Each feature is counted once an item that has it.
        let items = |namespace, text| {
            let key = FeatureKey::new(namespace, text);
            catalog.feature(key).map_or(0, |(_, feature)| feature.items)
        };
        assert_eq!(items(Namespace::Category, "Mugs"), 1);
        assert_eq!(items(Namespace::Category, "Candles"), 1);
        assert_eq!(items(Namespace::Tag, "old"), 0);
        assert_eq!(items(Namespace::PriceBand, &band(3.0)), 2);
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
