//! Changes of stored records on their way to the mirror: the latest of each key.
//! Must not live here: the mirror itself, which is the browser's business.

/// A record's key and its new text, or `None` where it was removed.
pub type Change = (String, Option<String>);

/// What the mirror has not been given yet.
#[derive(Clone, Debug, Default)]
pub struct Outbox(Vec<Change>);

impl Outbox {
    /// Notes a change; it takes the place of an earlier one of the same key.
    pub fn put(&mut self, key: &str, text: Option<&str>) {
        let text = text.map(str::to_owned);
        match self.0.iter_mut().find(|(known, _)| known == key) {
            Some((_, waiting)) => *waiting = text,
            None => self.0.push((key.to_owned(), text)),
        }
    }

    /// All that waits; nothing does afterwards.
    pub fn take(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_change_of_a_key_is_told_once() {
        let mut outbox = Outbox::default();
        outbox.put("a", Some("1"));
        outbox.put("b", None);
        outbox.put("a", Some("2"));
        assert_eq!(outbox.take(), [("a".to_owned(), Some("2".to_owned())), ("b".to_owned(), None)]);
        assert_eq!(outbox.take(), []);
    }
}
