//! The browser's storage, clocks and randomness.

use crate::page::*;
use reshelf::engine::event::EventKind;
use reshelf::engine::intern::FeatureKey;
use reshelf::engine::journal::DocumentId;
use reshelf::engine::ledger::Ledger;
use reshelf::engine::time::Millis;
use reshelf::engine::vault::{Saved, Vault};
use reshelf::ports::{Clock as _, Entropy as _, StorageArea as _, StorageError};
use reshelf::web::clock::BrowserClock;
use reshelf::web::entropy::BrowserEntropy;
use reshelf::web::storage::LocalArea;
use wasm_bindgen_test::wasm_bindgen_test;

const KEY: &str = "reshelf-storing.key";

fn area() -> LocalArea {
    LocalArea::open().expect("storage")
}

#[wasm_bindgen_test]
fn values_are_kept_until_removed() {
    let area = area();
    assert_eq!(area.get(KEY), Ok(None));
    for value in ["", "a", "🕯️ and \u{0}", &"x".repeat(16 * 1024)] {
        assert_eq!(area.set(KEY, value), Ok(()));
        assert_eq!(area.get(KEY), Ok(Some(value.to_owned())));
    }
    assert_eq!(area.remove(KEY), Ok(()));
    assert_eq!(area.remove(KEY), Ok(()));
    assert_eq!(area.get(KEY), Ok(None));
}

#[wasm_bindgen_test]
fn keys_are_listed_by_their_beginning() {
    let area = area();
    let names = ["reshelf-storing.a", "reshelf-storing.b", "reshelf-storingc", "getItem"];
    names.iter().for_each(|name| store(name, "1"));
    let mut keys = area.keys("reshelf-storing.").unwrap();
    keys.sort();
    assert_eq!(keys, ["reshelf-storing.a", "reshelf-storing.b"]);
    assert_eq!(area.keys("no such beginning"), Ok(Vec::new()));
    assert!(area.keys("").unwrap().len() >= names.len());
    names.iter().for_each(|name| unstore(name));
}

#[wasm_bindgen_test]
fn a_full_storage_keeps_the_old_value() {
    let area = area();
    assert_eq!(area.set(KEY, "old"), Ok(()));
    fill("reshelf-storing.ballast");
    assert_eq!(area.set(KEY, &"new".repeat(1_000)), Err(StorageError::Refused));
    assert_eq!(area.get(KEY), Ok(Some("old".to_owned())));
    unstore("reshelf-storing.ballast");
    assert_eq!(area.set(KEY, "new"), Ok(()));
    unstore(KEY);
}

fn ledger(document: u64) -> Ledger {
    let mut ledger = Ledger::new(DocumentId(document));
    ledger.own_mut().credit(FeatureKey(0x1000_0001), Millis::from_js(1e12), [1.0; 3]);
    ledger.own_mut().touch(EventKind::View.is_act());
    ledger
}

fn vault() -> Vault {
    Vault::new(Box::new(area()), "storing", 7)
}

#[wasm_bindgen_test]
fn a_vault_keeps_journals_for_the_next_document() {
    assert_eq!(vault().save(&mut ledger(1)), Saved::Yes);
    assert_eq!(vault().save(&mut ledger(2)), Saved::Yes);
    assert_eq!(
        stored("reshelf.storing."),
        "reshelf.storing.j.0000000000000001 reshelf.storing.j.0000000000000002"
    );
    let mut read = Ledger::new(DocumentId(3));
    let mut last = vault();
    last.load(&mut read);
    assert_eq!(read.acts(), 2);
    assert_eq!(last.erase(), Ok(()));
    assert_eq!(stored("reshelf.storing."), "");
}

#[wasm_bindgen_test]
fn a_vault_without_room_says_so() {
    fill("reshelf-storing.ballast");
    assert_eq!(vault().save(&mut ledger(1)), Saved::Refused);
    unstore("reshelf-storing.ballast");
    assert_eq!(stored("reshelf.storing."), "");
}

#[wasm_bindgen_test]
async fn both_clocks_run() {
    let before = BrowserClock.read();
    sleep(30.0).await;
    let after = BrowserClock.read();
    assert!((20.0..20_000.0).contains(&(after.monotonic - before.monotonic)));
    assert!((20.0..20_000.0).contains(&(after.wall - before.wall)));
    assert!((after.wall - js_sys::Date::now()).abs() < 10_000.0);
}

#[wasm_bindgen_test]
fn chance_does_not_repeat() {
    let drawn: std::collections::BTreeSet<u64> =
        (0..64).map(|_| BrowserEntropy.random().expect("randomness")).collect();
    assert_eq!(drawn.len(), 64);
}
