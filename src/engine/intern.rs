//! Text to numbers: dense handles for what this document uses, and 32-bit keys
//! for what is stored. A key is a hash: the ledger never holds a shop's words.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Longest text that gets a handle, in bytes. Anything longer is hostile or a
/// mistake, and is treated as unknown.
pub const LONGEST_TEXT: usize = 1024;
/// Most texts one interner keeps; later ones stay unknown.
const MOST_TEXTS: usize = 500_000;

/// Texts and their dense handles, counted from 0.
#[derive(Debug, Default)]
pub struct Interner {
    /// Handle by hash of the text; a hash taken by another text leads to the next.
    handles: Index,
    texts: Vec<Box<str>>,
}

impl Interner {
    /// The handle of `text`, new if need be; `None` past the limits.
    pub fn intern(&mut self, text: &str) -> Option<u32> {
        let (found, free) = self.look_up(text);
        if found.is_none() && text.len() <= LONGEST_TEXT && self.texts.len() < MOST_TEXTS {
            let handle = self.texts.len() as u32;
            self.texts.push(text.into());
            self.handles.insert(free, handle);
            return Some(handle);
        }
        found
    }

    /// The handle of `text` if it has one.
    pub fn get(&self, text: &str) -> Option<u32> {
        self.look_up(text).0
    }

    /// The text behind a handle.
    pub fn text(&self, handle: u32) -> Option<&str> {
        self.texts.get(handle as usize).map(|text| &**text)
    }

    /// The handle of `text`, and the hash where a new one would go.
    fn look_up(&self, text: &str) -> (Option<u32>, u64) {
        let mut hash = Fnv::default();
        hash.write(text.as_bytes());
        let mut place = hash.finish();
        while let Some(handle) = self.handles.get(&place) {
            if self.text(*handle) == Some(text) {
                return (Some(*handle), place);
            }
            place = place.wrapping_add(1);
        }
        (None, place)
    }
}

/// What a stored key speaks about. Four bits; the numbers are part of the
/// stored format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Namespace {
    /// A product.
    Item = 0,
    /// The whole category path.
    Category = 1,
    /// A shorter path above it.
    ParentCategory = 2,
    /// A brand.
    Brand = 3,
    /// Half an octave of price.
    PriceBand = 4,
    /// A colour.
    Colour = 5,
    /// Any other tag.
    Tag = 6,
    /// That an item was bought, and how often.
    Purchase = 7,
    /// That an item was put into the basket, taken out, or dismissed.
    Holding = 8,
    /// Category and brand together.
    CategoryBrand = 9,
    /// Category and price band together: taste in price is local to a category.
    CategoryPrice = 10,
    /// A word of a search and the category chosen after it.
    QueryCategory = 11,
    /// What the shopper said about a value of the profile.
    Muting = 12,
    /// A section of a placement.
    SectionArm = 13,
    /// A banner of a placement.
    BannerArm = 14,
    /// Totals about the shopper, such as the number of events.
    Statistic = 15,
}

impl Namespace {
    /// All that exist, for tables indexed by namespace.
    pub const COUNT: usize = 16;

    /// Whether a value of it is one word of the shop's, not two together.
    pub fn is_simple(self) -> bool {
        !matches!(self, Self::CategoryBrand | Self::CategoryPrice)
    }

    /// The word the public API uses, for the kinds a shopper has taste in.
    pub fn interest(self) -> Option<&'static str> {
        Some(match self {
            Self::Category => "category",
            Self::ParentCategory => "parentCategory",
            Self::Brand => "brand",
            Self::PriceBand => "price",
            Self::Colour => "colour",
            Self::Tag => "tag",
            Self::CategoryBrand => "categoryBrand",
            Self::CategoryPrice => "categoryPrice",
            _ => return None,
        })
    }
}

/// Four bits of namespace and 28 of hash. 512 live keys in 2^28 collide with a
/// probability of 0.05 %, so collisions are not corrected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeatureKey(pub u32);

impl FeatureKey {
    /// Key of a text. ASCII case and outer white space do not count, except in
    /// item ids, which are taken as they are.
    pub fn new(namespace: Namespace, text: &str) -> Self {
        Self::pair(namespace, text, None)
    }

    /// Key of two texts together; `pair(ns, a, Some(b))` differs from any single text.
    pub fn pair(namespace: Namespace, text: &str, second: Option<&str>) -> Self {
        let mut hash = Fnv::default();
        for part in [Some(text), second].into_iter().flatten() {
            if namespace == Namespace::Item {
                hash.write(part.as_bytes());
            } else {
                part.trim_ascii().bytes().for_each(|byte| hash.write_u8(byte.to_ascii_lowercase()));
            }
            // A byte that UTF-8 never uses keeps ("ab", "c") and ("a", "bc") apart.
            hash.write_u8(0xff);
        }
        let hash = hash.finish();
        let folded = (hash ^ (hash >> 28) ^ (hash >> 56)) as u32 & 0x0fff_ffff;
        Self((namespace as u32) << 28 | folded)
    }

    /// The key of the same text in another namespace: `Item`, `Purchase` and
    /// `Holding` speak about the same ids.
    pub fn within(self, namespace: Namespace) -> Self {
        Self((namespace as u32) << 28 | self.0 & 0x0fff_ffff)
    }

    /// As the key of an [`Index`].
    pub fn index(self) -> u64 {
        u64::from(self.0)
    }

    /// The namespace's number, 0 … 15.
    pub fn namespace(self) -> usize {
        (self.0 >> 28) as usize
    }

    /// Whether it belongs to this namespace.
    pub fn is(self, namespace: Namespace) -> bool {
        self.namespace() == namespace as usize
    }
}

/// FNV-1a, 64 bit: the stored keys depend on it, so it is spelled out here
/// rather than taken from a library that may change it.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u8(*byte));
    }

    fn write_u8(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Hasher for keys that are hashes already: one multiplication spreads them.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u32(&mut self, key: u32) {
        self.write_u64(u64::from(key));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = (self.0.rotate_left(5) ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Position by hashed key. The one shape of map in the engine: each other would
/// be kilobytes of WebAssembly.
pub type Index = HashMap<u64, u32, BuildHasherDefault<KeyHasher>>;

/// Values by hashed key, in the order of their first use.
#[derive(Clone, Debug)]
pub struct KeyMap<V> {
    index: Index,
    entries: Vec<(u64, V)>,
}

impl<V> Default for KeyMap<V> {
    fn default() -> Self {
        Self { index: Index::default(), entries: Vec::new() }
    }
}

impl<V: Default> KeyMap<V> {
    /// The value of a key, a new default one if need be.
    pub fn entry(&mut self, key: u64) -> Option<&mut V> {
        let next = self.entries.len();
        let at = *self.index.entry(key).or_insert(next as u32) as usize;
        if at == next {
            self.entries.push((key, V::default()));
        }
        self.entries.get_mut(at).map(|(_, value)| value)
    }
}

impl<V> KeyMap<V> {
    /// The value of a key.
    pub fn get(&self, key: u64) -> Option<&V> {
        let at = *self.index.get(&key)?;
        self.entries.get(at as usize).map(|(_, value)| value)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: u64) -> Option<&mut V> {
        let at = *self.index.get(&key)?;
        self.entries.get_mut(at as usize).map(|(_, value)| value)
    }

    /// All entries, in the order of their first use.
    pub fn iter(&self) -> impl Iterator<Item = &(u64, V)> + Clone {
        self.entries.iter()
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<V> FromIterator<(u64, V)> for KeyMap<V> {
    fn from_iter<I: IntoIterator<Item = (u64, V)>>(entries: I) -> Self {
        let entries: Vec<(u64, V)> = entries.into_iter().collect();
        let index = entries.iter().enumerate().map(|(at, (key, _))| (*key, at as u32)).collect();
        Self { index, entries }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_has_one_handle_and_long_text_none() {
        let mut interner = Interner::default();
        let handle = interner.intern("__proto__");
        assert_eq!(handle, Some(0));
        assert_eq!(interner.intern("__proto__"), handle);
        assert_eq!(interner.text(0), Some("__proto__"));
        assert_eq!(interner.intern(&"x".repeat(LONGEST_TEXT + 1)), None);
    }

    #[test]
    fn keys_fold_case_except_of_items() {
        let key = |text| FeatureKey::new(Namespace::Brand, text);
        assert_eq!(key(" ACME "), key("acme"));
        assert_ne!(FeatureKey::new(Namespace::Item, "a1"), FeatureKey::new(Namespace::Item, "A1"));
        assert_eq!(key("acme").namespace(), Namespace::Brand as usize);
    }

    #[test]
    fn pairs_do_not_run_together() {
        let pair = |a, b| FeatureKey::pair(Namespace::CategoryBrand, a, Some(b));
        assert_ne!(pair("ab", "c"), pair("a", "bc"));
    }

    /// The stored format depends on these numbers.
    #[test]
    fn keys_are_pinned() {
        assert_eq!(FeatureKey::new(Namespace::Item, "85123A").0, 75_923_441);
        assert_eq!(FeatureKey::new(Namespace::Category, "Home > Candles").0, 374_918_539);
    }
}
