//! What must hold before an operation has its effect; the first rule that is broken is answered.

use codegen::ir::{Api, Effect, ErrorId, Hole, Json, Overlap};

use crate::effect::Call;
use crate::json;
use crate::store::{Store, Wanted, same};
use crate::time;
use crate::types::Kind;
use crate::value::Making;

/// So many objects are compared one by one, and no more: a call has to be answered.
const MAX_COMPARED: u64 = 1_000_000;

/// A collection with more objects than a rule of one of its operations could compare one by one.
pub(crate) fn too_large<'a>(api: &'a Api, stores: &[Store]) -> Option<&'a str> {
    let too_large = |effect: &Effect| {
        let store = stores.get(effect.collection.0)?;
        let compares = effect.overlap.as_ref().is_some_and(|rule| !are_alike(rule, store));
        (compares && store.synthetic_count() > MAX_COMPARED).then_some(effect.collection)
    };
    let effects = api.operations().filter_map(|(_, operation)| operation.effect.as_ref());
    effects.filter_map(too_large).next().map(|id| api.collection(id).name.as_str())
}

/// Whether the objects that are made on demand all take the same time, so that one of them speaks for a million.
fn are_alike(rule: &Overlap, store: &Store) -> bool {
    let except = rule.except.iter().map(|member| member.name.value.as_str());
    [rule.start.value.as_str(), rule.end.value.as_str()].into_iter().chain(except).all(|name| store.is_same(name))
}

impl Call<'_> {
    /// Objects of other collections that must be there, or must not.
    pub(crate) fn check_exists(&self, effect: &Effect, stores: &[Store]) -> Result<(), ErrorId> {
        for rule in &effect.exists {
            let Some(store) = stores.get(rule.collection.0) else { continue };
            let kind = store.types.kind(&rule.by).unwrap_or(Kind::Any);
            let Some(value) = self.making(effect, store).parameter(rule.parameter, kind) else { continue };
            let is_there = || store.select(&[(rule.by.value.clone(), value.clone())]).first().is_some();
            if value != Json::Null && is_there() != rule.wanted {
                return Err(rule.error.value);
            }
        }
        Ok(())
    }

    /// What the object must be, before anything happens to it.
    pub(crate) fn check_guards(&self, effect: &Effect, store: &Store, object: &Json) -> Result<(), ErrorId> {
        let making = Making { object: Some(object), ..self.making(effect, store) };
        for guard in &effect.guards {
            let name = guard.member.as_str();
            let member = json::member(object, name).unwrap_or(&Json::Null);
            let mut values = guard.values.iter().filter_map(|value| making.value(name, value, store.types.kind(name)));
            if values.any(|value| same(member, &value) || *member == value) != guard.wanted {
                return Err(guard.error.value);
            }
        }
        Ok(())
    }

    /// The sides of the present on which times must lie.
    pub(crate) fn check_times(&self, effect: &Effect, store: &Store, object: &Json) -> Result<(), ErrorId> {
        let making = Making { object: Some(object), ..self.making(effect, store) };
        for rule in &effect.times {
            let value = match &rule.time.value {
                Hole::Parameter(index) => making.parameter(*index, Kind::Any),
                other => making.hole("", other, Kind::Any),
            };
            let Some(time) = value.as_ref().and_then(time::parse) else { continue };
            let holds = if rule.not_past { time >= self.now } else { time <= self.now };
            if !holds {
                return Err(rule.error.value);
            }
        }
        Ok(())
    }

    /// What no other object may have; `own` is the serial number of the object that is changed.
    pub(crate) fn check_others(
        &self,
        effect: &Effect,
        store: &Store,
        object: &Json,
        own: Option<u64>,
    ) -> Result<(), ErrorId> {
        for (name, error) in &effect.unique {
            let Some(value) = json::member(object, name).filter(|value| **value != Json::Null) else { continue };
            let taken = store.select(&[(name.value.clone(), value.clone())]);
            if taken.skip(0).take(2).any(|serial| Some(serial) != own) {
                return Err(error.value);
            }
        }
        match &effect.overlap {
            Some(rule) if self.overlaps(rule, effect, store, object, own) => Err(rule.error.value),
            Some(_) | None => Ok(()),
        }
    }

    fn overlaps(&self, rule: &Overlap, effect: &Effect, store: &Store, object: &Json, own: Option<u64>) -> bool {
        let is_excepted = |object: &Json| {
            let making = Making { object: Some(object), ..self.making(effect, store) };
            rule.except.iter().any(|member| {
                let value = making.value(&member.name, &member.value, store.types.kind(&member.name));
                value.is_some_and(|value| json::member(object, &member.name).is_some_and(|own| same(own, &value)))
            })
        };
        let Some((start, end)) = stretch(rule, object).filter(|_| !is_excepted(object)) else { return false };
        let common = |name: &String| Some((name.clone(), json::member(object, name)?.clone()));
        let Some(wanted) = rule.same.iter().map(|name| common(name)).collect::<Option<Vec<Wanted>>>() else {
            return false;
        };
        // One that is changed is not held against itself: with two, another one speaks for all of them.
        let most = if are_alike(rule, store) { 2 } else { u64::MAX };
        store.select_some(&wanted, most).filter(|serial| Some(*serial) != own).any(|serial| {
            let Some(other) = store.object(serial) else { return false };
            let Some((other_start, other_end)) = stretch(rule, &other) else { return false };
            start < other_end && other_start < end && !is_excepted(&other)
        })
    }
}

/// From when to when an object takes its time, in milliseconds since the epoch.
fn stretch(rule: &Overlap, object: &Json) -> Option<(i64, i64)> {
    let start = time::parse(json::member(object, &rule.start)?)?;
    let end = json::member(object, &rule.end)?;
    let end = if rule.in_minutes {
        let minutes: i64 = json::scalar_text(end)?.parse().ok()?;
        start.saturating_add(minutes.saturating_mul(60_000))
    } else {
        time::parse(end)?
    };
    Some((start, end))
}
