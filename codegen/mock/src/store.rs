//! The objects of one collection, while the mock runs.
//!
//! Objects stand in the order of their serial numbers: those of the spec, then those that are made only when they are
//! asked for, then those that calls insert. Of the second kind, only what a call changed is in memory.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use codegen::ir::{Api, CollectionId, Json};

use crate::json;
use crate::selection::Selection;
use crate::synthesis::{Fit, Synthetic};
use crate::types::Types;

/// What the mock remembers of a collection; every object is a [`Json::Object`].
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) key: String,
    pub(crate) types: Types,
    objects: BTreeMap<u64, Json>,
    synthetic: Option<Synthetic>,
    /// Serial numbers of synthetic objects that were removed, or are in `objects`.
    hidden: BTreeSet<u64>,
    /// Of the members that objects are looked for by, each text with the objects that have it.
    index: HashMap<String, HashMap<String, BTreeSet<u64>>>,
    next_serial: u64,
    next: i64,
    bytes: usize,
    /// What the call that is being answered has changed, oldest first.
    changes: Vec<Change>,
    /// `next_serial` and `next` before it.
    before: (u64, i64),
}

/// What was where a call has changed something.
#[derive(Debug)]
struct Change {
    serial: u64,
    /// The object in memory.
    object: Option<Json>,
    /// Whether the serial number was not hidden and is now.
    hid: bool,
}

/// The store holds all that it may.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

/// A member and the value that it must have.
pub(crate) type Wanted = (String, Json);

impl Store {
    const MAX_BYTES: usize = 64 << 20;
    /// Roughly what a hidden serial number and an entry of an index take.
    const ENTRY: usize = 48;

    /// What is there at the start; `count` objects are made on demand.
    pub(crate) fn new(api: &Api, id: CollectionId, count: u64, seed: u64, now: i64) -> Self {
        let collection = api.collection(id);
        let types = Types::of(api, id);
        let mut store = Self {
            key: collection.key.value.clone(),
            objects: BTreeMap::new(),
            synthetic: None,
            hidden: BTreeSet::new(),
            index: types.looked_up().map(|name| (name.clone(), HashMap::new())).collect(),
            types,
            next_serial: 0,
            next: 1,
            bytes: 0,
            changes: Vec::new(),
            before: (0, 1),
        };
        for item in &collection.items {
            let object = store.types.object(&item.json);
            store.add(object);
        }
        if let Some(synthesis) = &collection.synthesis {
            let first = (store.next_serial, store.next);
            let synthetic = Synthetic::new(collection, synthesis, count, first, &store.types, (seed, now));
            store.next_serial = store.next_serial.saturating_add(synthetic.count());
            store.next = store.next.saturating_add_unsigned(synthetic.count());
            store.synthetic = Some(synthetic);
        }
        store
    }

    /// From here on it is one call that changes something: all of that or nothing.
    pub(crate) fn begin(&mut self) {
        self.changes = Vec::new();
        self.before = (self.next_serial, self.next);
    }

    /// Undoes what was changed since then: the call was refused.
    pub(crate) fn undo(&mut self) {
        (self.next_serial, self.next) = self.before;
        while let Some(Change { serial, object, hid }) = self.changes.pop() {
            self.take(serial);
            if hid && self.hidden.remove(&serial) {
                self.bytes = self.bytes.saturating_sub(Self::ENTRY);
            }
            if let Some(object) = object {
                self.keep(serial, object);
            }
        }
    }

    /// The number of the next object.
    pub(crate) fn next_number(&self) -> i64 {
        self.next
    }

    /// Sees to it that a number is never used again.
    pub(crate) fn use_number(&mut self, number: i64) {
        self.next = self.next.max(number.saturating_add(1));
    }

    /// The objects whose members have all these values, oldest first.
    pub(crate) fn select(&self, wanted: &[Wanted]) -> Selection {
        let stored = self.stored(wanted);
        let Some(synthetic) = &self.synthetic else { return Selection::of(stored) };
        let range = synthetic.serials();
        match synthetic.fit(wanted) {
            Fit::None => Selection::of(stored),
            Fit::One(serial) if self.hidden.contains(&serial) => Selection::of(stored),
            Fit::One(serial) => {
                let mut all = stored;
                all.insert(all.partition_point(|other| *other < serial), serial);
                Selection::of(all)
            }
            Fit::All => {
                let kept: BTreeSet<u64> = stored.iter().copied().filter(|serial| range.contains(serial)).collect();
                let gaps = self.hidden.iter().copied().filter(|serial| !kept.contains(serial));
                Selection::with_range(stored, range, gaps)
            }
        }
    }

    /// The same in any order, and only so many of those that are made on demand and were never changed.
    pub(crate) fn select_some(&self, wanted: &[Wanted], most: u64) -> impl Iterator<Item = u64> {
        let synthetic = self.synthetic.as_ref();
        let made = synthetic.map_or(0..0, |synthetic| match synthetic.fit(wanted) {
            Fit::All => synthetic.serials(),
            Fit::One(serial) => serial..serial.saturating_add(1),
            Fit::None => 0..0,
        });
        let untouched = made.filter(|serial| !self.hidden.contains(serial));
        self.stored(wanted).into_iter().chain(untouched.take(usize::try_from(most).unwrap_or(usize::MAX)))
    }

    /// How many were made on demand at the start.
    pub(crate) fn synthetic_count(&self) -> u64 {
        self.synthetic.as_ref().map_or(0, Synthetic::count)
    }

    /// Whether a member is the same in all that are made on demand.
    pub(crate) fn is_same(&self, name: &str) -> bool {
        self.synthetic.as_ref().is_none_or(|synthetic| synthetic.is_same(name))
    }

    /// The object of a serial number.
    pub(crate) fn object(&self, serial: u64) -> Option<Cow<'_, Json>> {
        match self.objects.get(&serial) {
            Some(object) => Some(Cow::Borrowed(object)),
            None if self.hidden.contains(&serial) => None,
            None => self.synthetic.as_ref()?.object(serial).map(Cow::Owned),
        }
    }

    /// Whether the object is one that was made on demand: all of these are alike.
    pub(crate) fn is_synthetic(&self, serial: u64) -> bool {
        !self.objects.contains_key(&serial)
    }

    /// Adds an object.
    pub(crate) fn insert(&mut self, object: Json) -> Result<(), Full> {
        if self.bytes + self.weight(&object) > Self::MAX_BYTES {
            return Err(Full);
        }
        self.add(object);
        Ok(())
    }

    /// Puts an object in the place of another.
    pub(crate) fn replace(&mut self, serial: u64, object: Json) -> Result<(), Full> {
        let old = self.objects.get(&serial).map_or(0, |old| self.weight(old));
        if self.bytes.saturating_sub(old) + self.weight(&object) > Self::MAX_BYTES {
            return Err(Full);
        }
        self.hide(serial);
        self.put(serial, object);
        Ok(())
    }

    /// Removes an object.
    pub(crate) fn remove(&mut self, serial: u64) -> Result<(), Full> {
        if self.is_synthetic(serial) && self.bytes + Self::ENTRY > Self::MAX_BYTES {
            return Err(Full);
        }
        self.hide(serial);
        Ok(())
    }

    fn add(&mut self, object: Json) {
        let serial = self.next_serial;
        self.next_serial = self.next_serial.saturating_add(1);
        if let Some(key) = json::member(&object, &self.key).and_then(Json::spelling)
            && let Ok(key) = key.parse::<i64>()
        {
            self.use_number(key);
        }
        self.put(serial, object);
    }

    fn put(&mut self, serial: u64, object: Json) {
        self.changes.push(Change { serial, object: None, hid: false });
        self.keep(serial, object);
    }

    fn keep(&mut self, serial: u64, object: Json) {
        self.bytes += self.weight(&object);
        for (name, texts) in &mut self.index {
            if let Some(text) = json::member(&object, name).and_then(Json::spelling) {
                texts.entry(text.to_owned()).or_default().insert(serial);
            }
        }
        self.objects.insert(serial, object);
    }

    /// Takes an object out of sight, wherever it was.
    fn hide(&mut self, serial: u64) {
        let hid = self.synthetic.as_ref().is_some_and(|synthetic| synthetic.serials().contains(&serial))
            && self.hidden.insert(serial);
        if hid {
            self.bytes += Self::ENTRY;
        }
        let object = self.take(serial);
        self.changes.push(Change { serial, object, hid });
    }

    /// Takes an object out of memory.
    fn take(&mut self, serial: u64) -> Option<Json> {
        let object = self.objects.remove(&serial)?;
        self.bytes = self.bytes.saturating_sub(self.weight(&object));
        for (name, texts) in &mut self.index {
            let Some(text) = json::member(&object, name).and_then(Json::spelling) else { continue };
            if let Some(serials) = texts.get_mut(text) {
                serials.remove(&serial);
                if serials.is_empty() {
                    texts.remove(text);
                }
            }
        }
        Some(object)
    }

    /// The objects in memory that fit.
    fn stored(&self, wanted: &[Wanted]) -> Vec<u64> {
        let nothing = BTreeSet::new();
        let indexed = wanted.iter().filter_map(|(name, value)| {
            let texts = self.index.get(name)?;
            Some(value.spelling().and_then(|text| texts.get(text)).unwrap_or(&nothing))
        });
        let fits = |serial: &u64| self.objects.get(serial).is_some_and(|object| fits(object, wanted));
        match indexed.min_by_key(|serials| serials.len()) {
            Some(serials) => serials.iter().copied().filter(fits).collect(),
            None => self.objects.keys().copied().filter(fits).collect(),
        }
    }

    fn weight(&self, object: &Json) -> usize {
        json::weight(object) + Self::ENTRY * (1 + self.index.len())
    }
}

/// Whether the members of an object have these values; null is no value.
pub(crate) fn fits(object: &Json, wanted: &[Wanted]) -> bool {
    wanted.iter().all(|(name, value)| json::member(object, name).is_some_and(|member| same(member, value)))
}

/// Whether two members have the same value, whatever they are spelled as in JSON.
pub(crate) fn same(one: &Json, other: &Json) -> bool {
    match (one.spelling(), other.spelling()) {
        (Some(one), Some(other)) => one == other,
        _ => one == other && *one != Json::Null,
    }
}
