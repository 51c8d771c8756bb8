//! `localStorage` as a [`StorageArea`]. Making one is the first touch of
//! storage, so it happens only after consent.

use crate::ports::{StorageArea, StorageError};
use gloo_storage::{LocalStorage, Storage as _};
use wasm_bindgen::{JsCast as _, JsValue};

/// The page's `localStorage`, known to exist.
#[derive(Clone, Debug)]
pub struct LocalArea(web_sys::Storage);

impl LocalArea {
    /// The area, or `None` where the browser blocks it. Browsers refuse in two
    /// ways, by throwing from the getter and by returning null; gloo-storage
    /// panics on both, so it is asked only after a probe of its own.
    pub fn open() -> Option<Self> {
        let exists = matches!(web_sys::window()?.local_storage(), Ok(Some(_)));
        exists.then(|| Self(LocalStorage::raw()))
    }
}

impl StorageArea for LocalArea {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.0.get_item(key).map_err(|_| StorageError::Unavailable)
    }

    // Asked before each write, so without the value's way into the engine.
    fn has(&self, key: &str) -> Result<bool, StorageError> {
        let value = js_sys::Reflect::get(&self.0, &JsValue::from_str(key));
        value.map(|value| !value.is_undefined()).map_err(|_| StorageError::Unavailable)
    }

    // Asked of all records where the store may be full: 64 KB would be copied each time.
    fn length(&self, key: &str) -> Result<usize, StorageError> {
        let value = js_sys::Reflect::get(&self.0, &JsValue::from_str(key));
        let value = value.map_err(|_| StorageError::Unavailable)?;
        // What is there is a text: a store of texts has nothing else under a key of ours.
        let length = || value.unchecked_ref::<js_sys::JsString>().length();
        Ok(if value.is_undefined() { 0 } else { length() as usize })
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.0.set_item(key, value).map_err(|_| StorageError::Refused)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.0.remove_item(key).map_err(|_| StorageError::Unavailable)
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        let length = self.0.length().map_err(|_| StorageError::Unavailable)?;
        let mut keys = Vec::new();
        for index in 0..length {
            let key = self.0.key(index).map_err(|_| StorageError::Unavailable)?;
            keys.extend(key.filter(|key| key.starts_with(prefix)));
        }
        Ok(keys)
    }
}
