//! What an operation does to the mock's memory.

use std::borrow::Cow;

use codegen::ir::{Action, Api, Effect, ErrorId, Hole, Json, Member, Operation, SideEffect};

use crate::json;
use crate::parameters::Parameters;
use crate::received::Received;
use crate::record;
use crate::reply::Reply;
use crate::store::{Full, Store, Wanted};
use crate::types::Kind;
use crate::value::Making;

/// A valid call, on its way to the memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) api: &'a Api,
    pub(crate) operation: &'a Operation,
    pub(crate) parameters: &'a Parameters,
    /// Milliseconds since the epoch.
    pub(crate) now: i64,
    /// Of what is random.
    pub(crate) seed: u64,
    pub(crate) request: &'a Received,
    /// No page has more items.
    pub(crate) largest_page: u64,
    /// The objects that `exists` found, by parameters.
    pub(crate) found: &'a [(usize, Json)],
}

impl<'a> Call<'a> {
    /// The effect and the answer. The stores are in the order of `Api::collections`.
    pub(crate) fn run(&self, stores: &mut [Store]) -> Result<Reply, Reply> {
        let Some(effect) = &self.operation.effect else { return Ok(self.example()) };
        let found = self.check_exists(effect, stores)?;
        stores.iter_mut().for_each(Store::begin);
        let outcome = Call { found: &found, ..*self }.act(effect, stores);
        // What is refused has changed nothing, other objects neither.
        if outcome.is_err() {
            stores.iter_mut().for_each(Store::undo);
        }
        outcome
    }

    fn act(&self, effect: &Effect, stores: &mut [Store]) -> Result<Reply, Reply> {
        let Some(store) = stores.get(effect.collection.0) else { return Ok(self.example()) };
        let wanted = self.wanted(effect, store);
        match effect.action {
            Action::List => {
                // What happens to other objects shows in the list.
                self.others(effect, stores, &Json::Object(Vec::new()))?;
                let store = &stores[effect.collection.0];
                let found = self.within(effect, store, store.select(&wanted));
                let found = match &effect.free {
                    Some(rule) => self.free(rule, effect, stores, &found),
                    None => found,
                };
                match &effect.missing {
                    Some(error) if found.len() == 0 => Err(self.error(effect, error.value)),
                    Some(_) | None => self.list(effect, stores, &found),
                }
            }
            Action::Show => {
                let (_, object) = self.find(effect, store, &wanted)?;
                self.check_times(effect, store, &object).map_err(|error| self.error(effect, error))?;
                let making = self.making(effect, store);
                if effect.also.is_empty() {
                    return Ok(self.record(&making, effect, stores, &object));
                }
                let object = object.into_owned();
                self.others(effect, stores, &object)?;
                Ok(self.record(&making, effect, stores, &object))
            }
            Action::Insert => self.change(effect, stores, None),
            Action::Put => {
                let found = store.select(&wanted).first();
                self.change(effect, stores, found)
            }
            Action::Update => {
                let (serial, _) = self.find(effect, store, &wanted)?;
                self.change(effect, stores, Some(serial))
            }
            Action::Delete => {
                let (serial, object) = self.find(effect, store, &wanted)?;
                self.check_times(effect, store, &object).map_err(|error| self.error(effect, error))?;
                let (making, object) = (self.making(effect, store), object.into_owned());
                stores[effect.collection.0].remove(serial).map_err(|full| self.full(full))?;
                self.others(effect, stores, &object)?;
                Ok(self.record(&making, effect, stores, &object))
            }
        }
    }

    /// What values of this call are made of.
    pub(crate) fn making(&self, effect: &Effect, store: &Store) -> Making<'a> {
        Making {
            api: self.api,
            operation: self.operation,
            parameters: self.parameters,
            now: self.now,
            seed: self.seed,
            collection: self.api.collections.get(effect.collection.0).map_or("", |collection| &collection.name),
            number: store.next_number(),
            object: None,
            found: self.found,
        }
    }

    /// The members of the objects that are meant, as far as the call gives them.
    fn wanted(&self, effect: &Effect, store: &Store) -> Vec<Wanted> {
        wanted(&self.making(effect, store), &effect.filter, store)
    }

    /// The object that is meant, which is what it must be.
    fn find<'s>(&self, effect: &Effect, store: &'s Store, wanted: &[Wanted]) -> Result<(u64, Cow<'s, Json>), Reply> {
        let found = store.select(wanted).first().and_then(|serial| Some((serial, store.object(serial)?)));
        let Some((serial, object)) = found else {
            return Err(match &effect.missing {
                Some(error) => self.error(effect, error.value),
                None => Reply::refused(self.api, 404, "there is no such object"),
            });
        };
        self.check_guards(effect, store, &object).map_err(|error| self.error(effect, error))?;
        Ok((serial, object))
    }

    /// Changes the object of a serial number, or makes one.
    fn change(&self, effect: &Effect, stores: &mut [Store], found: Option<u64>) -> Result<Reply, Reply> {
        let store = &stores[effect.collection.0];
        let making = self.making(effect, store);
        let old = found.and_then(|serial| store.object(serial));
        let object = match &old {
            Some(old) => record::changed_object(&making, effect, old, &store.key, &store.types),
            None => record::new_object(&making, effect, &store.key, &store.types),
        };
        self.check(effect, store, &object, old.as_deref(), found).map_err(|error| self.error(effect, error))?;
        if self.is_key_taken(store, &object, found) {
            return Err(Reply::refused(self.api, 409, "there is such an object already"));
        }
        let store = &mut stores[effect.collection.0];
        let stored = match found {
            Some(serial) => store.replace(serial, object.clone()),
            None => store.insert(object.clone()),
        };
        stored.map_err(|full| self.full(full))?;
        if found.is_none() || has_number(effect) {
            store.use_number(making.number);
        }
        self.others(effect, stores, &object)?;
        Ok(self.record(&making, effect, stores, &object))
    }

    fn check(
        &self,
        effect: &Effect,
        store: &Store,
        object: &Json,
        old: Option<&Json>,
        found: Option<u64>,
    ) -> Result<(), ErrorId> {
        if let (Action::Put, Some(old)) = (effect.action, old) {
            self.check_guards(effect, store, old)?;
        }
        self.check_times(effect, store, object)?;
        self.check_others(effect, store, object, found)
    }

    /// An object could not be found by a key that another one has.
    fn is_key_taken(&self, store: &Store, object: &Json, own: Option<u64>) -> bool {
        let key = json::member(object, &store.key).cloned().unwrap_or(Json::Null);
        store.select(&[(store.key.clone(), key)]).skip(0).take(2).any(|serial| Some(serial) != own)
    }

    /// What happens to other objects.
    fn others(&self, effect: &Effect, stores: &mut [Store], object: &Json) -> Result<(), Reply> {
        for side in &effect.also {
            let Some(store) = stores.get_mut(side.collection.0) else { continue };
            self.side(effect, side, store, object).map_err(|full| self.full(full))?;
        }
        Ok(())
    }

    fn side(&self, effect: &Effect, side: &SideEffect, store: &mut Store, object: &Json) -> Result<(), Full> {
        let collection = self.api.collections.get(side.collection.0).map_or("", |collection| &collection.name);
        let making = Making { collection, object: Some(object), ..self.making(effect, store) };
        let found = store.select(&wanted(&making, &side.filter, store));
        // The numbers are known before anything changes; all of them together take less memory than what they name.
        let serials: Vec<u64> = if side.action == Action::Insert { Vec::new() } else { found.skip(0).collect() };
        match side.action {
            Action::Insert => self.add(&making, side, store),
            Action::Put if serials.is_empty() => self.add(&making, side, store),
            Action::Put | Action::Update => serials.into_iter().try_for_each(|serial| {
                let Some(mut other) = store.object(serial).map(Cow::into_owned) else { return Ok(()) };
                record::set(&mut other, &making, &side.set, &store.types);
                store.replace(serial, other)
            }),
            Action::Delete => serials.into_iter().try_for_each(|serial| store.remove(serial)),
            Action::List | Action::Show => Ok(()),
        }
    }

    fn add(&self, making: &Making<'_>, side: &SideEffect, store: &mut Store) -> Result<(), Full> {
        let kind = store.types.kind(&store.key).unwrap_or(Kind::Any);
        let key = making.hole(&store.key, &Hole::Next, kind).filter(|_| !store.key.is_empty());
        let mut other = Json::Object(key.map(|key| (store.key.clone(), key)).into_iter().collect());
        record::set(&mut other, making, &side.filter, &store.types);
        record::set(&mut other, making, &side.set, &store.types);
        if self.is_key_taken(store, &other, None) {
            return Ok(());
        }
        store.insert(other)?;
        store.use_number(making.number);
        Ok(())
    }

    pub(crate) fn full(&self, _: Full) -> Reply {
        Reply::refused(self.api, 507, "the mock server remembers no more objects")
    }
}

/// Whether an object gets something that belongs to one number only.
fn has_number(effect: &Effect) -> bool {
    let mut holes = effect.set.iter().flat_map(|member| member.value.holes());
    holes.any(|hole| matches!(hole.value, Hole::Next | Hole::Uuid | Hole::Token(_)))
}

/// The members of the objects that are meant, as far as the call gives them.
pub(crate) fn wanted(making: &Making<'_>, filter: &[Member], store: &Store) -> Vec<Wanted> {
    let value = |member: &Member| {
        let value = making.value(&member.name, &member.value, store.types.kind(&member.name))?;
        Some((member.name.value.clone(), value))
    };
    filter.iter().filter_map(value).collect()
}
