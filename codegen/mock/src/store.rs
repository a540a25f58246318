//! The objects of one resource, while the mock runs.

use codegen::ir::{Collection, Json};

use crate::json;

/// What the mock remembers about a resource; every object is a [`Json::Object`].
#[derive(Debug)]
pub(crate) struct Store {
    key: String,
    objects: Vec<Json>,
    next: i64,
    bytes: usize,
}

/// The store holds all that it may.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl Store {
    const MAX_BYTES: usize = 64 << 20;

    /// What is there at the start.
    pub(crate) fn new(collection: &Collection) -> Self {
        let objects: Vec<Json> = collection.items.iter().map(|item| item.json.clone()).collect();
        let keys = objects.iter().filter_map(|object| json::member(object, &collection.key));
        let highest = keys.filter_map(|key| json::scalar_text(key)?.parse::<i64>().ok()).max().unwrap_or(0);
        Self {
            key: collection.key.clone(),
            bytes: objects.iter().map(json::weight).sum(),
            objects,
            next: highest.saturating_add(1),
        }
    }

    /// The key of the next object.
    pub(crate) fn next_key(&self) -> i64 {
        self.next
    }

    /// The objects whose members have all these texts, oldest first.
    pub(crate) fn all(&self, members: &[(String, String)]) -> Vec<&Json> {
        self.objects.iter().filter(|object| fits(object, members)).collect()
    }

    /// The first of them.
    pub(crate) fn first(&self, members: &[(String, String)]) -> Option<&Json> {
        self.objects.iter().find(|object| fits(object, members))
    }

    /// Whether another object than the one of that key has a member with this value; null is no value.
    pub(crate) fn is_taken(&self, name: &str, value: &Json, but: Option<&Json>) -> bool {
        let mut others = self.objects.iter().filter(|object| but.is_none() || json::member(object, &self.key) != but);
        *value != Json::Null && others.any(|object| json::member(object, name) == Some(value))
    }

    /// Adds an object under [`Store::next_key`].
    pub(crate) fn insert(&mut self, object: Json) -> Result<(), Full> {
        let bytes = self.bytes + json::weight(&object);
        if bytes > Self::MAX_BYTES {
            return Err(Full);
        }
        self.bytes = bytes;
        self.next = self.next.saturating_add(1);
        self.objects.push(object);
        Ok(())
    }

    /// Puts an object in the place of the one with the same key.
    pub(crate) fn replace(&mut self, object: Json) -> Result<(), Full> {
        let key = json::member(&object, &self.key);
        let Some(old) = self.objects.iter_mut().find(|old| json::member(old, &self.key) == key) else { return Ok(()) };
        let bytes = self.bytes.saturating_sub(json::weight(old)) + json::weight(&object);
        if bytes > Self::MAX_BYTES {
            return Err(Full);
        }
        self.bytes = bytes;
        *old = object;
        Ok(())
    }

    /// Removes the first object that fits; whether there was one.
    pub(crate) fn remove(&mut self, members: &[(String, String)]) -> bool {
        let Some(index) = self.objects.iter().position(|object| fits(object, members)) else { return false };
        self.bytes = self.bytes.saturating_sub(json::weight(&self.objects.remove(index)));
        true
    }
}

fn fits(object: &Json, members: &[(String, String)]) -> bool {
    members.iter().all(|(name, text)| json::member(object, name).is_some_and(|member| same(member, text)))
}

/// Whether a member has the value that a parameter spells: `01` and `1` are one number.
fn same(member: &Json, text: &str) -> bool {
    let Some(own) = json::scalar_text(member) else { return false };
    own == text || matches!((own.parse::<i64>(), text.parse::<i64>()), (Ok(own), Ok(other)) if own == other)
}

#[cfg(test)]
mod tests {
    use codegen::ir::{Place, Written};
    use codegen::source::Span;

    use super::*;

    fn object(id: &str, name: &str) -> Json {
        Json::Object(vec![("id".into(), Json::Number(id.into())), ("name".into(), Json::String(name.into()))])
    }

    fn store() -> Store {
        let written = |json| Written { json, place: Place { span: Span::default(), within: vec![] } };
        let items = vec![written(object("3", "a")), written(object("7", "b"))];
        Store::new(&Collection { key: "id".into(), scope: vec![], unique: vec![], missing: None, items })
    }

    #[test]
    fn keys_are_never_used_twice() {
        let mut store = store();
        assert_eq!(store.next_key(), 8);
        store.insert(object("8", "c")).unwrap();
        assert!(store.remove(&[("id".into(), "8".into())]));
        assert!(!store.remove(&[("id".into(), "8".into())]));
        assert_eq!(store.next_key(), 9);
    }

    #[test]
    fn an_object_does_not_clash_with_itself() {
        let store = store();
        let name = Json::String("a".into());
        assert!(store.is_taken("name", &name, None));
        assert!(!store.is_taken("name", &name, Some(&Json::Number("3".into()))));
        assert!(store.is_taken("name", &name, Some(&Json::Number("7".into()))));
    }

    #[test]
    fn memory_is_bounded() {
        let mut store = store();
        let big = "x".repeat(40 << 20);
        assert_eq!(store.insert(object("8", &big)), Ok(()));
        assert_eq!(store.insert(object("9", &big)), Err(Full));
        assert_eq!(store.replace(object("3", &big)), Err(Full));
        assert_eq!(store.replace(object("8", "small")), Ok(()));
        assert_eq!(store.insert(object("9", &big)), Ok(()));
    }
}
