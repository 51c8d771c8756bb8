//! What the trainer reads besides sessions: the catalogue, and sums over orders, by
//! the numbers of the corpus. Everything may be empty. Must not live here: texts of
//! orders, people (the command's SQL has counted them), or bytes.

/// Two items of one basket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bought {
    /// The item with the smaller number.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Distinct people who bought both at once.
    pub buyers: u32,
    /// Millionths, summed over baskets: (items of the basket − 1)^−0.7, so that a
    /// basket of two says more than one of two hundred.
    pub weight: u64,
}

/// Two categories that people bought from one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// What was bought from first.
    pub from: u32,
    /// What was bought from within 90 days.
    pub to: u32,
    /// Distinct people.
    pub buyers: u32,
}

/// How items of a category, or of the shop, are bought again.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Returning {
    /// Distinct people who bought of it.
    pub buyers: u32,
    /// Items they bought, each once a person.
    pub items: u32,
    /// Of these, how many the same person bought on a later day as well.
    pub again: u32,
    /// Distinct people who bought an item again.
    pub people: u32,
    /// Median days between two days of purchase of an item.
    pub interval: f64,
}

/// Catalogue and orders of a shop. Lists by item are as long as the corpus has
/// items, or empty.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    /// Number of categories, each by its path: the levels joined by ` > `.
    pub categories: Vec<String>,
    /// Leaf category by item.
    pub category: Vec<Option<u32>>,
    /// Number of brands.
    pub brands: u32,
    /// Brand by item.
    pub brand: Vec<Option<u32>>,
    /// Price by item.
    pub price: Vec<Option<f64>>,
    /// Title by item; empty where there is none.
    pub titles: Vec<String>,
    /// Baskets by item.
    pub baskets: Vec<u32>,
    /// The same, with what a basket counts after its age: thousandths of e^(−days/30).
    pub lately: Vec<u64>,
    /// Pairs of items, rising.
    pub bought: Vec<Bought>,
    /// Pairs of categories, rising.
    pub needs: Vec<Need>,
    /// By category, and of the whole shop at the end; or empty.
    pub returning: Vec<Returning>,
}

impl Stock {
    /// Leaf category of an item.
    pub fn category_of(&self, item: u32) -> Option<u32> {
        self.category.get(item as usize).copied().flatten()
    }

    /// Baskets an item is in.
    pub fn baskets_of(&self, item: u32) -> u32 {
        self.baskets.get(item as usize).copied().unwrap_or_default()
    }
}
