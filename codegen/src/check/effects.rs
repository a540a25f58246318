//! Rules over what operations do to the mock's memory.

use std::collections::HashSet;

use super::errors::tried;
use super::operation_id;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{
    Action, Api, Bound, CollectionId, Effect, ErrorId, Hole, Member, Operation, Parameter, Presence, Shape, Type,
};
use crate::lower::WORDS;
use crate::source::Spanned;

/// Every operation that does something to the mock's memory, with its id.
fn effects(api: &Api) -> impl Iterator<Item = (String, &Operation, &Effect)> {
    api.operations().filter_map(|(resource, operation)| {
        Some((operation_id(resource, operation), operation, operation.effect.as_ref()?))
    })
}

/// Without it, the mock would show, change or delete whatever it has.
pub(super) fn effect_without_key(api: &Api, diagnostics: &mut Diagnostics) {
    for (id, operation, effect) in effects(api) {
        let needs_one = match effect.action {
            Action::Show | Action::Put | Action::Update | Action::Delete => true,
            Action::List | Action::Insert => false,
        };
        if needs_one && !effect.filter.iter().any(|member| is_always_given(operation, member)) {
            let key = &*api.collection(effect.collection).key;
            let by_key =
                format!("; without `where` it is the object with the `{key}` that the parameter `{key}` gives");
            let message = format!("`{}` of `{id}` does not say which object", effect.action.word());
            diagnostics.report(&rules::EFFECT_WITHOUT_KEY, effect.span, message).help(format!(
                "say under `where` which members it has, one of them by a parameter that is always given{}",
                if key.is_empty() { "" } else { &by_key }
            ));
        }
        for rule in effect.exists.iter().filter(|rule| rule.by.is_empty()) {
            let collection = &api.collection(rule.collection).name;
            diagnostics
                .report(&rules::EFFECT_WITHOUT_KEY, rule.error.span, format!("objects of `{collection}` have no key"))
                .help("say under `key` of the collection which member names them");
        }
        for side in effect.also.iter().filter(|side| side.action != Action::Insert && side.filter.is_empty()) {
            let message = format!("`{}` under `also` does not say which objects", side.action.word());
            diagnostics
                .report(&rules::EFFECT_WITHOUT_KEY, side.span, message)
                .help("say under `where` which members they have");
        }
    }
}

fn is_always_given(operation: &Operation, member: &Member) -> bool {
    member.value.holes().all(|hole| match hole.value {
        Hole::Parameter(index) | Hole::Within(index, _) => {
            operation.parameters.get(index).is_some_and(|parameter| parameter.presence == Presence::Required)
        }
        Hole::Member(_) | Hole::Next | Hole::Uuid | Hole::Token(_) | Hole::Now(_) | Hole::Time(..) => true,
    })
}

/// Without it, a client that handles every error of an operation would meet one more.
pub(super) fn unlisted_error(api: &Api, diagnostics: &mut Diagnostics) {
    for (id, operation, effect) in effects(api) {
        let listed: HashSet<ErrorId> = tried(operation).copied().collect();
        for error in effect.errors().filter(|error| !listed.contains(error)) {
            let name = &api.error(**error).name.wire;
            diagnostics
                .report(&rules::UNLISTED_ERROR, error.span, format!("`{id}` does not document `{name}`"))
                .also(operation.span, "the operation")
                .help(format!("add `{name}` to its `errors`, or leave it out here"));
        }
    }
}

/// Without it, the mock would look for objects and say nothing of them.
pub(super) fn carries_nothing(api: &Api, diagnostics: &mut Diagnostics) {
    for (_, _, effect) in effects(api) {
        for rule in &effect.exists {
            let Some(carries) = &rule.carries else { continue };
            let (error, collection) = (api.error(rule.error.value), api.collection(carries.collection));
            let has_room = error.carries.iter().any(|carried| !api.fields(innermost(&carried.ty)).is_empty());
            let problem = match (has_room, collection.key.is_empty()) {
                (true, false) => continue,
                (false, _) => format!("`{}` carries no objects", error.name.wire),
                (true, true) => format!("objects of `{}` have no key", collection.name),
            };
            diagnostics
                .report(&rules::CARRIES_NOTHING, carries.by.span, problem)
                .also(error.span, "the error")
                .help("say under `carries` of the error which objects it has, and under `key` of the collection what names one");
        }
    }
}

/// What the lists of a type hold in the end.
fn innermost(ty: &Type) -> &Type {
    if let Type::List(item) = ty { innermost(item) } else { ty }
}

/// Without it, a rule about time would never be broken.
pub(super) fn not_a_time(api: &Api, diagnostics: &mut Diagnostics) {
    for (_, operation, effect) in effects(api) {
        let mut tell = |name: &str, span, wanted: &str, ty: Option<&Type>, fits: fn(&Api, &Type) -> bool| {
            if let Some(ty) = ty.filter(|ty| !api.is_unknown(ty) && !fits(api, ty)) {
                let message = format!("`{name}` is no {wanted}: its type is {}", words(api, ty));
                diagnostics.report(&rules::NOT_A_TIME, span, message).help(format!("name another that is a {wanted}"));
            }
        };
        for rule in &effect.times {
            let parameter = match &rule.time.value {
                Hole::Parameter(index) => operation.parameters.get(*index),
                _ => None,
            };
            let name = match &rule.time.value {
                Hole::Member(name) => name.as_str(),
                _ => parameter.map_or("", |parameter| &parameter.name.wire),
            };
            let ty = parameter.map(|parameter| &parameter.ty).or_else(|| member_type(api, effect.collection, name));
            tell(name, rule.time.span, "time", ty, may_be_time);
        }
        for Bound { member, parameter, .. } in &effect.bounds {
            tell(member, member.span, "time", member_type(api, effect.collection, member), may_be_time);
            let parameter = operation.parameters.get(*parameter);
            let name = parameter.map_or("", |parameter| &parameter.name.wire);
            tell(name, member.span, "time", parameter.map(|parameter| &parameter.ty), may_be_time);
        }
        let overlap = effect.overlap.iter().map(|rule| (effect.collection, &rule.stretch));
        let free =
            effect.free.iter().flat_map(|rule| [effect.collection, rule.collection].map(|it| (it, &rule.stretch)));
        for (collection, rule) in overlap.chain(free) {
            let Spanned { value: start, span } = &rule.start;
            tell(start, *span, "time", member_type(api, collection, start), may_be_time);
            let Spanned { value: end, span } = &rule.end;
            let (wanted, fits): (_, fn(&Api, &Type) -> bool) =
                if rule.in_minutes { ("number", may_be_number) } else { ("time", may_be_time) };
            tell(end, *span, wanted, member_type(api, collection, end), fits);
        }
    }
}

/// What the records that are answered say of a member, else what a parameter of its name is.
fn member_type<'a>(api: &'a Api, id: CollectionId, name: &str) -> Option<&'a Type> {
    let fields = api.collection_fields(id)?;
    let field = fields.into_iter().find(|field| field.name.wire == name).map(|field| &field.ty);
    let of_parameter = |parameter: &'a Parameter| (parameter.name.wire == name).then_some(&parameter.ty);
    field.or_else(|| api.collection_parameters(id).find_map(of_parameter))
}

/// Texts and numbers can spell a time.
fn may_be_time(api: &Api, ty: &Type) -> bool {
    let bare = api.bare(ty);
    matches!(bare, Type::DateTime | Type::CivilDateTime | Type::Date | Type::String | Type::Integer | Type::Unsigned)
}

fn may_be_number(api: &Api, ty: &Type) -> bool {
    matches!(api.bare(ty), Type::String | Type::Integer | Type::Unsigned)
}

/// A type in words.
fn words(api: &Api, ty: &Type) -> String {
    match api.bare(ty) {
        Type::Named(id) => {
            let of_id = if matches!(api.type_def(*id).shape, Shape::Id(_)) { "the id " } else { "" };
            format!("{of_id}`{}`", api.type_def(*id).name.wire)
        }
        Type::List(_) => "a list".to_owned(),
        Type::Map(_) => "a map".to_owned(),
        Type::JsonText(_) => "a text with JSON in it".to_owned(),
        plain => {
            let word = WORDS.iter().find(|(_, known)| known == plain).map_or("json", |(word, _)| word);
            format!("`{word}`")
        }
    }
}
