//! The mix: how the parts of a score are weighted. A property of the shop, so the
//! trainer fits it, on the packed bytes. Must not live here: how it is fitted.

use crate::engine::artifact::reading::Reader;

const FIELDS: usize = 12;
/// Bytes of a mix.
pub const MIX_BYTES: usize = FIELDS * 4;
/// Most prototypes that are looked into.
const MOST_NEAREST: f32 = 2_000.0;
/// Largest value of any other field.
const LARGEST: f32 = 1_000.0;
/// Smallest value of a decay.
const SHORTEST_DECAY: f32 = 0.05;

/// Weights and decays. Decays are ages, in items, after which a part has fallen
/// to 1/e.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Mix {
    /// Share of the table, 0 … 1; the rest is that of the prototypes.
    pub table: f32,
    /// Of the session's items in the table's part.
    pub table_decay: f32,
    /// Of the session's items, in how similar a prototype is.
    pub session_decay: f32,
    /// Of the newest shared item, in what a similar prototype is worth.
    pub shared_decay: f32,
    /// Prototypes that are looked into: the most similar.
    pub nearest: f32,
    /// What a prototype loses with each generation, in nats.
    pub ageing: f32,
    /// Of a prototype's items, by their distance from the shared one.
    pub proximity: f32,
    /// What stands before the shared item counts so much of what stands after it.
    pub behind: f32,
    /// Power of the inverse document frequency of an item.
    pub rarity: f32,
    /// What the current item gets, relative to the best of the other parts: much
    /// where shoppers return to it at once, less than nothing where they never do.
    pub current: f32,
    /// The same for the other own items.
    pub reminder: f32,
    /// Of own items; the current one has age 0.
    pub reminder_decay: f32,
}

impl Default for Mix {
    /// Where the fit starts, and stays where there is too little to fit on. Chosen on
    /// the validation sets of two shops (Serenade's toy set and RSC15).
    fn default() -> Self {
        Self {
            table: 0.5,
            table_decay: 1.0,
            session_decay: 2.0,
            shared_decay: 10.0,
            nearest: 100.0,
            ageing: 0.0,
            proximity: 10.0,
            behind: 1.0,
            rarity: 1.0,
            current: 0.6,
            reminder: 0.6,
            reminder_decay: 3.0,
        }
    }
}

impl Mix {
    /// Reads a mix; every field must be within its bounds.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let mut field = |low: f32, high: f32| reader.f32().filter(|v| (low..=high).contains(v));
        Some(Self {
            table: field(0.0, 1.0)?,
            table_decay: field(SHORTEST_DECAY, LARGEST)?,
            session_decay: field(SHORTEST_DECAY, LARGEST)?,
            shared_decay: field(SHORTEST_DECAY, LARGEST)?,
            nearest: field(1.0, MOST_NEAREST)?,
            ageing: field(0.0, LARGEST)?,
            proximity: field(SHORTEST_DECAY, LARGEST)?,
            behind: field(0.0, 1.0)?,
            rarity: field(0.0, 4.0)?,
            current: field(-LARGEST, LARGEST)?,
            reminder: field(0.0, LARGEST)?,
            reminder_decay: field(SHORTEST_DECAY, LARGEST)?,
        })
    }

    /// The bytes of a mix.
    pub fn bytes(&self) -> [u8; MIX_BYTES] {
        let fields: [f32; FIELDS] = [
            self.table,
            self.table_decay,
            self.session_decay,
            self.shared_decay,
            self.nearest,
            self.ageing,
            self.proximity,
            self.behind,
            self.rarity,
            self.current,
            self.reminder,
            self.reminder_decay,
        ];
        let mut bytes = [0; MIX_BYTES];
        for (slot, field) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(fields) {
            *slot = field.to_le_bytes();
        }
        bytes
    }
}
