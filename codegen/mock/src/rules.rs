//! What must hold before an operation has its effect; the first rule that is broken is answered.

use std::collections::BTreeSet;

use codegen::ir::{
    Api, Bound, Carries, CollectionId, Count, Effect, ErrorId, Free, Hole, Json, Member, NextPage, Overlap, Paging,
    Stretch,
};

use codegen::source::Spanned;

use crate::effect::{self, Call};
use crate::json;
use crate::reply::Reply;
use crate::selection::Selection;
use crate::store::{Store, Wanted, same};
use crate::time;
use crate::types::Kind;
use crate::value::Making;

/// So many objects are compared one by one, and no more: a call has to be answered.
const MAX_COMPARED: u64 = 1_000_000;

/// An error looks at so many of the objects that stand in its way, and no more.
const MAX_CARRIED: usize = 1000;

/// Why a rule of one of its operations could not compare the objects of a collection one by one, if there are so many.
pub(crate) fn too_large(api: &Api, stores: &[Store]) -> Option<String> {
    let is_large = |id: &CollectionId| stores.get(id.0).is_some_and(|it| it.synthetic_count() > MAX_COMPARED);
    let named = |id: CollectionId| api.collection(id).name.as_str();
    let of_times = |effect: &Effect| {
        let overlap = effect.overlap.as_ref();
        let overlap = overlap.filter(|rule| spokesmen(&rule.stretch, &stores[effect.collection.0]).is_none());
        let free = effect.free.as_ref();
        let others = free.filter(|rule| spokesmen_of_all(&rule.stretch, &stores[rule.collection.0]).is_none());
        // Of a list each object is looked at.
        let is_list = free.is_some() || !effect.bounds.is_empty();
        let listed = (overlap.is_some() || is_list).then_some(effect.collection);
        listed.filter(is_large).or(others.map(|rule| rule.collection).filter(is_large))
    };
    let of_members = |effect: &Effect| {
        let alike = effect.exists.iter().filter(|rule| rule.any_case).map(|rule| rule.collection);
        let counted = effect.counts.iter().filter(|count| !count.except.is_empty()).map(|count| count.collection);
        alike.chain(counted).find(is_large)
    };
    api.operations().filter_map(|(_, operation)| operation.effect.as_ref()).find_map(|effect| {
        let times = of_times(effect).map(|id| format!("the times of `{}` differ, and there are", named(id)));
        let why = times.or_else(|| of_members(effect).map(|id| format!("of `{}` there are", named(id))))?;
        Some(format!("{why} too many to compare them one by one"))
    })
}

/// How many of the objects that are made on demand speak for a million, where all take the same time: a member that
/// differs excepts one of them at most, and then the next one speaks.
fn spokesmen(rule: &Stretch, store: &Store) -> Option<u64> {
    let excepting = rule.except.iter().filter(|member| !store.is_same(&member.name)).count() as u64;
    [&rule.start, &rule.end].into_iter().all(|name| store.is_same(name)).then_some(1 + excepting)
}

/// The same, where objects are not looked for by what they have in common.
fn spokesmen_of_all(rule: &Stretch, store: &Store) -> Option<u64> {
    spokesmen(rule, store).filter(|_| rule.same.iter().all(|name| store.is_same(name)))
}

impl Call<'_> {
    /// Objects of other collections that must be there, or must not; those that are, by parameters.
    pub(crate) fn check_exists(&self, effect: &Effect, stores: &[Store]) -> Result<Vec<(usize, Json)>, Reply> {
        let mut all = Vec::new();
        for rule in &effect.exists {
            let Some(store) = stores.get(rule.collection.0) else { continue };
            let kind = store.types.kind(&rule.by).unwrap_or(Kind::Any);
            let making = self.making(effect, store);
            let Some(value) = making.parameter(rule.parameter, kind) else { continue };
            if value == Json::Null {
                continue;
            }
            let mut wanted = effect::wanted(&making, &rule.filter, store);
            let found = if rule.any_case {
                // Only the rules of what must be there say this, and those look at one object and no more.
                Selection::of(like(store, &wanted, &rule.by, &value).into_iter().collect())
            } else {
                wanted.push((rule.by.value.clone(), value));
                store.select(&wanted)
            };
            let first = found.first();
            if first.is_some() != rule.wanted {
                let named = rule.carries.as_ref().map(|carries| named(carries, store, &found, stores));
                return Err(self.error_of(rule, named.as_deref()));
            }
            all.extend(first.and_then(|serial| Some((rule.parameter, store.object(serial)?.into_owned()))));
        }
        Ok(all)
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
        let stretch = |object: &Json| self.stretch(&rule.stretch, effect, store, object);
        let Some((start, end)) = stretch(object) else { return false };
        let common = |name: &String| Some((name.clone(), json::member(object, name)?.clone()));
        let Some(wanted) = rule.stretch.same.iter().map(|name| common(name)).collect::<Option<Vec<Wanted>>>() else {
            return false;
        };
        // One that is changed is not held against itself: with one more, another one speaks for all of them.
        let most = spokesmen(&rule.stretch, store).map_or(u64::MAX, |most| most + 1);
        store.select_some(&wanted, most).filter(|serial| Some(*serial) != own).any(|serial| {
            let other = store.object(serial).and_then(|other| stretch(&other));
            other.is_some_and(|(other_start, other_end)| start < other_end && other_start < end)
        })
    }

    /// Those objects of a list whose time is neither past nor taken.
    pub(crate) fn free(&self, rule: &Free, effect: &Effect, stores: &[Store], found: &Selection) -> Selection {
        let (Some(store), Some(others)) = (stores.get(effect.collection.0), stores.get(rule.collection.0)) else {
            return Selection::default();
        };
        let common = |object: &Json| -> Vec<Json> {
            let member = |name: &Spanned<String>| json::member(object, name).cloned().unwrap_or(Json::Null);
            rule.stretch.same.iter().map(member).collect()
        };
        let most = spokesmen_of_all(&rule.stretch, others).unwrap_or(u64::MAX);
        let other = |serial: u64| {
            let object = others.object(serial)?;
            Some((self.stretch(&rule.stretch, effect, others, &object)?, common(&object)))
        };
        let taken: Vec<_> = others.select_some(&[], most).filter_map(other).collect();
        let is_free = |serial: &u64| {
            let Some(object) = self.listed(effect, store, *serial) else { return false };
            let Some((start, end)) = stretch(&rule.stretch, &object) else { return true };
            let own = common(&object);
            let is_taken = taken.iter().any(|((other_start, other_end), other)| {
                start < *other_end && *other_start < end && own.iter().zip(other).all(|(own, other)| same(own, other))
            });
            start >= self.now && !is_taken
        };
        Selection::of(found.skip(0).filter(is_free).collect())
    }

    /// Those objects of a list whose times are within what the call asks for.
    pub(crate) fn within(&self, effect: &Effect, store: &Store, found: Selection) -> Selection {
        let making = self.making(effect, store);
        let asked = |bound: &Bound| time::parse(&making.parameter(bound.parameter, Kind::Any)?);
        let asked: Vec<_> = effect.bounds.iter().filter_map(|bound| Some((bound, asked(bound)?))).collect();
        if asked.is_empty() {
            return found;
        }
        // The end of a stretch belongs to the next one, unless the spec says otherwise.
        let open = match self.api.paging_of(self.operation) {
            Some(Paging { next: NextPage::Window { to, .. }, inclusive: false, .. }) => Some(to),
            _ => None,
        };
        let is_open = |bound: &Bound| {
            self.operation.parameters.get(bound.parameter).is_some_and(|it| Some(&it.name.wire) == open)
        };
        let is_within = |serial: &u64| {
            let Some(object) = self.listed(effect, store, *serial) else { return false };
            asked.iter().all(|(bound, asked)| {
                let time = json::member(&object, &bound.member).and_then(time::parse);
                time.is_some_and(|time| match bound.not_before {
                    true => time >= *asked,
                    false if is_open(bound) => time < *asked,
                    false => time <= *asked,
                })
            })
        };
        Selection::of(found.skip(0).filter(is_within).collect())
    }

    /// From when to when an object takes its time; `None` where it takes none.
    fn stretch(&self, rule: &Stretch, effect: &Effect, store: &Store, object: &Json) -> Option<(i64, i64)> {
        let making = Making { object: Some(object), ..self.making(effect, store) };
        stretch(rule, object).filter(|_| !is_one_of(&making, &rule.except, store, object))
    }
}

/// How many objects there are.
pub(crate) fn count(count: &Count, making: &Making<'_>, stores: &[Store]) -> u64 {
    let Some(store) = stores.get(count.collection.0) else { return 0 };
    let found = store.select(&effect::wanted(making, &count.filter, store));
    if count.except.is_empty() {
        return found.len();
    }
    let counts =
        |serial: &u64| store.object(*serial).is_some_and(|object| !is_one_of(making, &count.except, store, &object));
    compared(&found).filter(counts).count() as u64
}

/// As many of those that were found as are compared.
fn compared(found: &Selection) -> impl Iterator<Item = u64> {
    found.skip(0).take(usize::try_from(MAX_COMPARED).unwrap_or(usize::MAX))
}

/// Whether an object has one of these members.
fn is_one_of(making: &Making<'_>, members: &[Member], store: &Store, object: &Json) -> bool {
    members.iter().any(|member| {
        let value = making.value(&member.name, &member.value, store.types.kind(&member.name));
        value.is_some_and(|value| json::member(object, &member.name).is_some_and(|own| same(own, &value)))
    })
}

/// The first with a member that is a text but for the case of its ASCII letters, among as many as are compared.
fn like(store: &Store, wanted: &[Wanted], name: &str, text: &Json) -> Option<u64> {
    let is_like = |serial: &u64| {
        let object = store.object(*serial);
        let member = object.as_deref().and_then(|object| json::member(object, name)).and_then(Json::spelling);
        member.zip(text.spelling()).is_some_and(|(member, text)| member.eq_ignore_ascii_case(text))
    };
    compared(&store.select(wanted)).find(is_like)
}

/// The objects that the ones that were found name, each once.
fn named(carries: &Carries, store: &Store, found: &Selection, stores: &[Store]) -> Vec<Json> {
    let Some(others) = stores.get(carries.collection.0) else { return Vec::new() };
    let mut seen = BTreeSet::new();
    let keys = found.skip(0).take(MAX_CARRIED).filter_map(|serial| {
        let object = store.object(serial)?;
        json::member(&object, &carries.by).filter(|key| **key != Json::Null).cloned()
    });
    let serials = keys.filter_map(|key| others.select(&[(others.key.clone(), key)]).first());
    serials
        .filter(|serial| seen.insert(*serial))
        .filter_map(|serial| Some(others.object(serial)?.into_owned()))
        .collect()
}

/// From when to when an object takes its time, in milliseconds since the epoch.
fn stretch(rule: &Stretch, object: &Json) -> Option<(i64, i64)> {
    let start = time::parse(json::member(object, &rule.start)?)?;
    let end = json::member(object, &rule.end)?;
    let end = if rule.in_minutes {
        let minutes: i64 = end.spelling()?.parse().ok()?;
        start.saturating_add(minutes.saturating_mul(60_000))
    } else {
        time::parse(end)?
    };
    Some((start, end))
}
