//! A graph in shards: what a core says with some of them, with all, and with those
//! that are damaged or of another training.

use crate::bytes::damaged;
use crate::shop::{Random, Shop, corpus, roomy};
use crate::stock::{self, ITEMS, baskets, stock};
use reshelf::engine::artifact::container::{Container, SectionId};
use reshelf::engine::artifact::{Artifact, ArtifactError, Mode};
use reshelf::engine::catalog::ItemRow;
use reshelf::engine::event::{Event, EventKind};
use reshelf::engine::journal::DocumentId;
use reshelf::engine::recommend::kinds::Kind;
use reshelf::engine::recommend::{Query, Recommender};
use reshelf::engine::session::recommending::Request;
use reshelf::engine::time::Millis;
use reshelf::engine::{Config, Session};
use reshelf::train::plan::Settings;
use reshelf::train::sharding::Shard;
use reshelf::train::splitting::{BYTES, cut, join, split};
use reshelf::train::stock::Stock;
use std::path::PathBuf;

const NOW: f64 = 1_767_268_800_000.0;
const BUDGET: usize = 1_700;

/// Too little for all of a shop with sessions, orders and ten categories.
fn tight() -> Settings {
    Settings { budget: BUDGET, shards: 3, ..roomy(1) }
}

/// A shop of 300 sessions with this stock.
fn plan(seed: u64, stock: Stock, settings: Settings) -> (Vec<u8>, Vec<Shard>) {
    stock::plan(Shop::new(corpus(ITEMS, 300, seed)), stock, settings)
}

fn whole(seed: u64) -> Vec<u8> {
    plan(seed, stock(&baskets(300, 60, 7)), tight()).0
}

fn parts(seed: u64) -> Vec<Vec<u8>> {
    cut(whole(seed)).unwrap()
}

/// The core and these of its shards.
fn with(parts: &[Vec<u8>], shards: &[usize]) -> Artifact {
    let held = shards.iter().map(|shard| parts[1 + shard].clone());
    join(std::iter::once(parts[0].clone()).chain(held).collect()).unwrap()
}

type Rows = Vec<Option<Vec<(u32, u8)>>>;

/// The rows of both tables, by item.
fn rows(artifact: &Artifact) -> [Rows; 2] {
    let items = 0..artifact.meta().items;
    [
        items.clone().map(|at| Some(artifact.neighbours(at)?.entries().collect())).collect(),
        items.map(|at| Some(artifact.together(at)?.entries().collect())).collect(),
    ]
}

/// Generation and items of each prototype, in an order of their own.
fn prototypes(artifact: &Artifact) -> Vec<(usize, Vec<u32>)> {
    let all = artifact.prototypes();
    let numbers = 0..all.len() as u32;
    let mut found: Vec<_> =
        numbers.map(|at| (all.generation(at), all.items(at).to_vec())).collect();
    found.sort();
    found
}

fn shard_of(artifact: &Artifact, item: u64) -> usize {
    artifact.links().number(artifact.item(&format!("sku-{item}")).unwrap())
}

#[test]
fn the_golden_files_are_written_and_read_to_the_byte() {
    for (at, bytes) in parts(1).iter().enumerate() {
        let name = if at == 0 { "core".to_owned() } else { format!("{}", at - 1) };
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join(format!("tests/golden/artifact-shards-{name}.rsf"));
        if std::env::var_os("RESHELF_BLESS").is_some() {
            std::fs::write(&path, bytes).expect("a writable folder");
        }
        assert_eq!(bytes, &std::fs::read(&path).expect("a golden file"), "{name}");
    }
}

#[test]
fn whole_categories_share_a_shard_and_a_page_stays_within_the_budget() {
    let shop = stock(&baskets(300, 60, 7));
    let (file, shards) = plan(1, shop.clone(), tight());
    assert_eq!(shards.len(), 3);
    let mut items: Vec<u32> = shards.iter().flat_map(|shard| shard.items.clone()).collect();
    items.sort_unstable();
    assert_eq!(items, (0..ITEMS as u32).collect::<Vec<u32>>());
    for Shard { items, categories } in &shards {
        let own = items.iter().filter_map(|item| shop.category[*item as usize]);
        let known: Vec<u32> = own.collect();
        assert_eq!(categories[0], known.iter().min().copied());
        assert!(categories[1].is_none() || categories[1] == known.iter().max().copied());
    }
    // No category is in two of them.
    let bounds: Vec<u32> = shards.iter().flat_map(|shard| shard.categories).flatten().collect();
    assert!(bounds.is_sorted() && bounds[1] < bounds[2] && bounds[3] < bounds[4]);

    let files = cut(file.clone()).unwrap();
    assert_eq!(files.len(), 4);
    assert!(file.len() > BUDGET);
    let longest = files[1..].iter().map(Vec::len).max().unwrap();
    assert!(files[0].len() + longest <= BUDGET + BYTES, "{} and {longest}", files[0].len());
    // And makes use of it.
    assert!(files[0].len() + longest > BUDGET * 9 / 10);
    let artifact = Artifact::load(file).unwrap();
    assert_eq!(rows(&artifact), rows(&with(&files, &[2, 0, 1])));
    for (at, shard) in shards.iter().enumerate() {
        let joined = with(&files, &[]);
        assert!(shard.items.iter().all(|item| shard_of(&joined, u64::from(*item)) == at));
    }
}

#[test]
fn more_is_known_of_each_item_than_in_one_graph_of_the_same_budget() {
    let one = plan(1, stock(&baskets(300, 60, 7)), Settings { shards: 1, ..tight() });
    assert!(one.1.is_empty() && one.0.len() <= BUDGET);
    let [one, three] = [one.0, whole(1)].map(|file| Artifact::load(file).unwrap());
    let count = |artifact: &Artifact| -> usize {
        rows(artifact).iter().flatten().flatten().map(Vec::len).sum()
    };
    assert!(count(&three) > count(&one) * 3 / 2, "{} and {}", count(&three), count(&one));
}

#[test]
fn a_graph_that_fits_or_has_no_categories_is_not_cut() {
    let roomy = Settings { shards: 3, ..roomy(1) };
    let (file, shards) = plan(1, stock(&baskets(300, 60, 7)), roomy);
    assert!(shards.is_empty());
    assert_eq!(cut(file.clone()).unwrap(), Vec::<Vec<u8>>::new());
    assert_eq!(file, plan(1, stock(&baskets(300, 60, 7)), Settings { shards: 1, ..roomy }).0);
    assert!(split(file).is_ok());
    let (file, shards) = plan(1, Stock::default(), tight());
    assert!(shards.is_empty() && file.len() <= BUDGET);
    // Nor where the core leaves next to nothing.
    let (_, shards) = plan(1, stock(&baskets(300, 60, 7)), Settings { budget: 880, ..tight() });
    assert!(shards.is_empty());
}

#[test]
fn all_shards_in_any_order_say_what_the_whole_says() {
    let one = Artifact::load(whole(1)).unwrap();
    let files = parts(1);
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let all = with(&files, &order);
        assert_eq!(all.meta(), one.meta());
        assert_eq!(all.fingerprint(), one.fingerprint());
        assert_eq!(rows(&all), rows(&one));
        assert_eq!(prototypes(&all), prototypes(&one));
        let needs = |artifact: &Artifact| -> Vec<(u32, u8)> {
            (0..9).filter_map(|at| artifact.needs().row(at)).flat_map(|row| row.entries()).collect()
        };
        assert!(all.needs().row(0).is_some());
        assert_eq!(needs(&all), needs(&one));
        assert!(all.repeats().get(Some(1)).is_some());
    }
}

#[test]
fn without_a_shard_its_items_have_no_rows_and_all_others_have_theirs() {
    let files = parts(1);
    let all = with(&files, &[0, 1, 2]);
    for missing in 0..3 {
        let held: Vec<usize> = (0..3).filter(|shard| *shard != missing).collect();
        let some = with(&files, &held);
        for (some_rows, all_rows) in rows(&some).iter().zip(rows(&all)) {
            for (item, row) in all_rows.iter().enumerate() {
                let is_held = some.links().number(item as u32) != missing;
                assert_eq!(some_rows[item], row.clone().filter(|_| is_held));
            }
        }
        let known = prototypes(&all);
        assert!(prototypes(&some).len() < known.len());
        assert!(prototypes(&some).iter().all(|prototype| known.contains(prototype)));
    }
    let none = with(&files, &[]);
    assert!(rows(&none).iter().flatten().all(Option::is_none) && none.prototypes().is_empty());
}

#[test]
fn every_cut_and_flipped_bit_of_a_shard_is_refused_and_leaves_the_others() {
    let files = parts(1);
    let mut artifact = with(&files, &[0]);
    let before = (rows(&artifact), prototypes(&artifact));
    for file in &files[1..] {
        for length in 1..file.len() {
            let refused = Container::load(file[..length].to_vec()).map(|_| ());
            assert_eq!(refused, Err(ArtifactError::Truncated), "{length}");
        }
        let mut bytes = file.clone();
        for bit in 0..bytes.len() * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(Container::load(bytes.clone()).is_err(), "bit {bit}");
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
    }
    let stranger = Container::load(parts(2)[2].clone()).unwrap();
    assert_eq!(artifact.join(stranger), Err(ArtifactError::Unpaired));
    assert_eq!((rows(&artifact), prototypes(&artifact)), before);
    artifact.join(Container::load(files[2].clone()).unwrap()).unwrap();
    assert_eq!(rows(&artifact), rows(&with(&files, &[0, 1])));
}

#[test]
fn resealed_damage_of_any_file_is_refused_or_harmless() {
    let files = parts(1);
    let mut random = Random(23);
    let (mut refused, mut accepted) = (0, 0);
    for round in 0..10_000 {
        let mut spoilt = files.clone();
        spoilt[round % 4] = damaged(&files[round % 4], &mut random);
        let Ok(artifact) = join(spoilt) else {
            refused += 1;
            continue;
        };
        accepted += 1;
        let item = random.below(ITEMS) as u32;
        let mut recommender = Recommender::new(&artifact, artifact.mix(Mode::Excluded));
        let query = Query { session: &[item], excluded: &[item], ..Query::default() };
        let answers = recommender.recommend(&artifact, query, 20);
        let items = artifact.meta().items;
        assert!(answers.iter().all(|(item, score)| *item < items && !score.is_nan()));
    }
    assert!(refused > 500 && accepted > 500, "{refused} refused, {accepted} accepted");
}

#[test]
fn ends_that_do_not_rise_to_the_number_of_items_are_damage() {
    let files = parts(1);
    let core = Container::load(files[0].clone()).unwrap();
    let ends = core.section(SectionId::CUTS).unwrap().to_vec();
    assert_eq!(ends.len(), 12);
    for spoil in [&ends[..8], &ends[..11], &[ends.clone(), ends.clone()].concat(), &[]] {
        let sections: Vec<(SectionId, Vec<u8>)> = core
            .sections()
            .map(|(id, _)| match id {
                SectionId::CUTS => (id, spoil.to_vec()),
                _ => (id, core.section(id).unwrap().to_vec()),
            })
            .collect();
        let file = reshelf::train::writing::container(&sections);
        assert_eq!(Artifact::load(file).map(|_| ()).unwrap_err(), ArtifactError::Damaged);
    }
}

/// A page that knows all items.
fn page() -> Session {
    let mut session = Session::new(Config { quota: 10.0, ..Config::default() }, DocumentId(1));
    for item in 0..ITEMS {
        session.add_item(&ItemRow { id: format!("sku-{item}"), ..ItemRow::default() });
    }
    session
}

fn look(session: &mut Session, item: u64) {
    let at = Millis::from_js(NOW);
    let subject = session.item(&format!("sku-{item}"));
    session
        .track(Event { kind: EventKind::View, subject, at, dwell_ms: None, placement: None }, at);
}

fn order(session: &mut Session) -> Vec<u32> {
    let items: Vec<u32> =
        (0..ITEMS).filter_map(|item| session.item(&format!("sku-{item}"))).collect();
    session.order(None, &items, &[], None, Millis::from_js(NOW + 60_000.0))
}

#[test]
fn a_page_wants_the_shards_of_what_was_looked_at_and_asked_about() {
    let files = parts(1);
    let artifact = with(&files, &[]);
    let later = Millis::from_js(NOW + 60_000.0);
    let mut session = page();
    assert_eq!(session.wanted(later), 0);
    session.load_artifact(files[0].clone()).unwrap();
    assert_eq!(session.wanted(later), 0);
    look(&mut session, 0);
    let first = shard_of(&artifact, 0);
    assert_eq!(session.wanted(later), 1 << first);
    let other = (0..ITEMS).find(|item| shard_of(&artifact, *item) != first).unwrap();
    let item = session.item(&format!("sku-{other}"));
    let request = Request { kind: Kind::Related, item, basket: &[], excluded: &[], limit: 4 };
    session.recommend(request, later);
    assert_eq!(session.wanted(later), 1 << first | 1 << shard_of(&artifact, other));
}

#[test]
fn the_shard_of_what_was_looked_at_orders_a_list_and_their_order_does_not_matter() {
    let files = parts(1);
    let shard = shard_of(&with(&files, &[]), 0);
    let ordered = |shards: &[usize]| {
        let mut session = page();
        look(&mut session, 0);
        session.load_artifact(files[0].clone()).unwrap();
        let before = order(&mut session);
        for shard in shards {
            session.load_artifact(files[1 + shard].clone()).unwrap();
        }
        (before, order(&mut session))
    };
    let (untrained, trained) = ordered(&[shard]);
    assert_ne!(trained, untrained);
    // Another has visits at the most in which it was among things of other categories.
    let (_, other) = ordered(&[(shard + 1) % 3]);
    assert_ne!(other, trained);
    assert_eq!(ordered(&[0, 1, 2]).1, ordered(&[2, 1, 0]).1);
}
