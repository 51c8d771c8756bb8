//! What the inline stub settled before the first paint, and what must not be
//! lost where a browser cannot move elements without taking them out.

use crate::page::*;
use crate::shop::*;
use js_sys::{Array, Object};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const PRODUCTS: &str = r#"
  <ul data-reshelf="products" data-reshelf-placement="search" data-reshelf-query="heart">
    <li data-reshelf-item="bag" data-reshelf-category="Bags"></li>
    <li data-reshelf-item="mug" data-reshelf-category="Mugs"></li>
    <li data-reshelf-item="candle" data-reshelf-category="Candles"><input></li>
  </ul>"#;

#[wasm_bindgen_test]
fn what_the_stub_settled_stays_and_the_merchants_order_is_known() {
    let host = mount(PRODUCTS);
    let list = find(&host, "ul");
    settle(&list, Some("heart"), "mug bag candle", "bag mug candle");
    let core = core(100.0);
    likes(&core, &["Candles"]);
    let changes = mutations(&host);
    let report = arrange(&core, &host, false);
    assert_eq!(mutated(&changes), 0);
    assert_eq!((&*report[0].before, &*report[0].after), ("mug bag candle", "bag mug candle"));
    // When asked, it is decided anew, from the merchant's order.
    let report = arrange(&core, &host, true);
    assert_eq!((&*report[0].before, &*report[0].after), ("mug bag candle", "candle mug bag"));
    unmount(&host);
}

#[wasm_bindgen_test]
fn what_was_settled_for_another_search_or_is_no_order_binds_nothing() {
    let odd: JsValue = Object::new().into();
    let listed: JsValue = Array::of1(&JsValue::from_f64(7.0)).into();
    let odds = [JsValue::NULL, JsValue::from_f64(1.0), JsValue::from_str("bag"), odd, listed];
    for odd in odds.into_iter().map(Some).chain([None]) {
        let host = mount(PRODUCTS);
        let list = find(&host, "ul");
        match &odd {
            Some(odd) => settle_oddly(&list, odd),
            None => settle(&list, None, "mug bag candle", "bag mug candle"),
        }
        let core = core(100.0);
        likes(&core, &["Candles"]);
        arrange(&core, &host, false);
        assert_eq!(shown(&list), "candle bag mug", "{odd:?}");
        unmount(&host);
    }
}

#[wasm_bindgen_test]
fn without_move_before_nothing_moves_that_would_lose_its_state() {
    for inside in
        ["<input autofocus>", "<iframe></iframe>", "<video></video>", "<audio></audio>", ""]
    {
        let host = mount(&PRODUCTS.replace("<input>", inside));
        let list = find(&host, "ul");
        without_move_before(&list);
        if inside.starts_with("<input") {
            focus(&find(&host, "input"));
        }
        let core = core(100.0);
        likes(&core, &["Candles"]);
        let report = arrange(&core, &host, false);
        let expected = if inside.is_empty() { "candle bag mug" } else { "bag mug candle" };
        assert_eq!(shown(&list), expected, "{inside}");
        assert_eq!(report[0].after, expected, "{inside}");
        unmount(&host);
    }
}
