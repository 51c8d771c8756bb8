//! How much each part of a list's score weighs: the file, what a page does with it, and
//! that the fit finds what was planted and nothing where nothing is.

use crate::shop::{Random, Shop, corpus, roomy};
use reshelf::engine::artifact::Artifact;
use reshelf::engine::artifact::container::SectionId;
use reshelf::engine::artifact::rank_weights::RankWeights;
use reshelf::engine::recommend::mix::Mix;
use reshelf::train::corpus::Session;
use reshelf::train::rank_weights::{section, train};
use reshelf::train::shopping::{Page, Shelves};
use reshelf::train::writing::extended;
use std::path::PathBuf;

const FITTED: RankWeights = RankWeights { graph: 2.0, doubt: 0.06, reminder: 0.5, taste: 1.5 };

fn written(weights: RankWeights) -> Vec<u8> {
    let plain = Shop::new(corpus(40, 30, 7)).pack(roomy(1), Mix::default());
    extended(plain, &[(SectionId::RANK_WEIGHTS, section(weights))]).unwrap()
}

#[test]
fn the_golden_file_is_written_and_read_to_the_byte() {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/artifact-rank-weights.rsf");
    if std::env::var_os("RESHELF_BLESS").is_some() {
        std::fs::write(&path, written(FITTED)).expect("a writable folder");
    }
    let golden = std::fs::read(path).expect("a golden file");
    assert_eq!(written(FITTED), golden);
    assert_eq!(Artifact::load(golden).unwrap().rank_weights(), FITTED);
    let plain = Shop::new(corpus(40, 30, 7)).artifact(roomy(1), Mix::default());
    assert_eq!(plain.rank_weights(), RankWeights::default());
}

/// Six brands of each of four categories, eighty items each: more than so few sessions
/// tell neighbours of.
struct World {
    ids: Vec<String>,
    names: Vec<String>,
    categories: Vec<u32>,
    brands: Vec<String>,
}

impl World {
    fn new() -> Self {
        let all = || 0..1_920u32;
        Self {
            ids: all().map(|at| format!("item {at}")).collect(),
            names: (0..4).map(|at| format!("Category {at}")).collect(),
            categories: all().map(|at| at % 4).collect(),
            brands: all().map(|at| format!("Brand {}", at / 4 % 6)).collect(),
        }
    }

    fn shelves(&self) -> Shelves<'_> {
        let Self { ids, names, categories, brands } = self;
        Shelves { ids, names, categories, brands, prices: &[] }
    }

    /// Visits to anything, or to what is of the brand of the first item.
    fn sessions(&self, loyal: bool, seed: u64) -> Vec<Session> {
        let mut random = Random(seed);
        let mut visit = |person| {
            let brand = random.below(6) as u32;
            let item = |random: &mut Random| {
                let at = random.below(320) as u32;
                let brand = if loyal { brand } else { random.below(6) as u32 };
                // Item 4 · (6 · number + brand) + category.
                4 * (6 * (at / 4) + brand) + at % 4
            };
            let items = (0..6).map(|_| item(&mut random)).collect();
            Session { items, person, ..Session::default() }
        };
        (0..1_500).map(&mut visit).collect()
    }
}

#[test]
fn a_page_orders_by_the_weights_of_its_shop() {
    let world = World::new();
    let shelves = world.shelves();
    // The last of the list is of the brand that was looked at, and the first was.
    let order = |weights| {
        let mut page = Page::new(&shelves, written(weights), 40.0).unwrap();
        (0..6).for_each(|at| page.click(at * 24));
        page.order(&[0, 4, 8, 12, 16, 20, 28, 32, 36, 40, 44, 168])
    };
    let place = |order: &[u32], of: u32| order.iter().position(|at| *at == of).unwrap();
    let start = RankWeights::default();
    let [plain, none, more] = [1.0, 0.0, 2.0].map(|taste| order(RankWeights { taste, ..start }));
    assert_eq!(place(&none, 11), 11);
    assert!(place(&plain, 11) < 11 && place(&more, 11) < place(&plain, 11), "{plain:?} {more:?}");
    let forgetful = RankWeights { reminder: 0.0, taste: 0.0, ..start };
    assert_eq!(order(forgetful), (0..12).collect::<Vec<u32>>());
}

#[test]
fn taste_is_raised_where_shoppers_keep_to_a_brand_and_nowhere_else() {
    let world = World::new();
    let shelves = world.shelves();
    let (bytes, report) = train(&shelves, &world.sessions(true, 5), 5).unwrap();
    assert!(report.weights.taste > 1.0, "{report:?}");
    assert!(report.with.reciprocal[1] > report.plain.reciprocal[1], "{report:?}");
    assert!(report.with.queries > 500);
    assert_eq!(bytes, section(report.weights));
    assert_eq!(train(&shelves, &world.sessions(true, 5), 5).unwrap(), (bytes, report));
    // Where nobody keeps to anything, whatever is personal only harms.
    let (_, report) = train(&shelves, &world.sessions(false, 5), 5).unwrap();
    let RankWeights { graph, reminder, taste, .. } = report.weights;
    assert!(graph <= 4.0 && reminder <= 1.0 && taste <= 1.0, "{report:?}");
    assert!(report.with.worse <= report.plain.worse, "{report:?}");
}

#[test]
fn what_is_too_small_to_ask_keeps_the_starting_values() {
    let world = World::new();
    for sessions in [Vec::new(), world.sessions(true, 1).into_iter().take(20).collect()] {
        let (bytes, report) = train(&world.shelves(), &sessions, 5).unwrap();
        assert!(bytes.is_empty() && report.weights == RankWeights::default(), "{report:?}");
    }
}
