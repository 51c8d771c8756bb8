//! An invented shop: items in aisles, and sessions that mostly stay in one. The
//! same seed gives the same shop.

use reshelf::engine::artifact::Artifact;
use reshelf::engine::recommend::mix::Mix;
use reshelf::train::corpus::{Corpus, Session, counts};
use reshelf::train::groups::prototypes;
use reshelf::train::pairs::{self, Pair};
use reshelf::train::plan::{Plan, Settings, Source};
use reshelf::train::trainer::{Sample, Trained, Training, split};

/// A generator of numbers that is the same everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % end
    }
}

/// So many items and sessions; every third person comes twice.
pub fn corpus(items: u64, sessions: u64, seed: u64) -> Corpus {
    const AISLE: u64 = 12;
    let mut random = Random(seed);
    let mut corpus = Corpus::default();
    for item in 0..items {
        corpus.number(&format!("sku-{item}"));
    }
    for number in 0..sessions {
        let aisle = random.below(items.div_ceil(AISLE));
        let length = 1 + random.below(7);
        let items = (0..length).map(|_| {
            let strays = random.below(8) == 0;
            let item =
                if strays { random.below(items) } else { aisle * AISLE + random.below(AISLE) };
            (item % items) as u32
        });
        let items = items.collect();
        let person = (number - number % 3 / 2) as u32;
        corpus.sessions.push(Session { items, person, day: (number / 40) as i32 });
    }
    corpus
}

/// A corpus with what is counted in it.
pub struct Shop {
    pub corpus: Corpus,
    pub pairs: Vec<Pair>,
    pub counts: Vec<u32>,
}

impl Shop {
    pub fn new(corpus: Corpus) -> Self {
        let pairs = pairs::count(&corpus.sessions);
        let counts = counts(&corpus.sessions, corpus.ids.len());
        Self { corpus, pairs, counts }
    }

    pub fn source(&self) -> Source<'_> {
        let Self { corpus, pairs, counts } = self;
        Source { ids: &corpus.ids, sessions: &corpus.sessions, pairs, counts, extras: None }
    }

    /// The bytes for these settings, without a fit.
    pub fn pack(&self, settings: Settings, mix: Mix) -> Vec<u8> {
        let source = self.source();
        let groups = prototypes(source.sessions, source.ids.len(), settings.k as usize);
        let plan = Plan::new(&source, &groups, settings);
        plan.pack(&source, [mix; 2]).unwrap()
    }

    pub fn artifact(&self, settings: Settings, mix: Mix) -> Artifact {
        Artifact::load(self.pack(settings, mix)).unwrap()
    }

    pub fn train(&self, k: u32, budget: usize) -> Trained {
        let sessions = &self.corpus.sessions;
        let before = &sessions[..split(sessions)];
        let pairs = pairs::count(before);
        let training = Training {
            ids: &self.corpus.ids,
            all: Sample { sessions, pairs: &self.pairs },
            before: Sample { sessions: before, pairs: &pairs },
            extras: None,
            k,
            budget,
            shards: 1,
        };
        training.run().unwrap()
    }
}

/// Settings under which everything fits.
pub fn roomy(k: u32) -> Settings {
    Settings { k, budget: 1 << 20, support: k, share: 0.5, shards: 1 }
}
