//! Rules over the members of what the mock remembers: that they are known, and what they hold.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::misfit::Misfit;
use super::values::{self, Direction};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{
    Action, Api, CollectionId, Effect, EnumKind, FILE_MEMBERS, Field, Hole, IdKind, Json, Member, MemberValue,
    Operation, Shape, Stretch, Type, Written,
};
use crate::source::{Span, Spanned};

/// What is said of the members of one collection, in all places.
struct Said<'a> {
    fields: Vec<&'a Field>,
    /// What is looked at.
    read: Vec<(&'a str, Span)>,
    /// What is stored.
    written: Vec<(&'a str, Span)>,
    /// What is stored or looked for, with its value.
    values: Vec<(&'a str, &'a MemberValue)>,
}

/// Without it, the mock would mind a member that no object has, or keep one that nobody sees.
pub(super) fn unknown_member(api: &Api, diagnostics: &mut Diagnostics) {
    for (at, collection) in api.collections.iter().enumerate() {
        hidden(api, CollectionId(at), diagnostics);
        let Some(said) = said(api, CollectionId(at)) else { continue };
        let parameters = api.collection_parameters(CollectionId(at)).map(|parameter| parameter.name.wire.as_str());
        let answered: IndexSet<&str> =
            said.fields.iter().map(|field| field.name.wire.as_str()).chain(parameters).collect();
        let of_items = collection.items.iter().flat_map(|item| members(&item.json).map(|(name, _)| name));
        let names = |list: &[(&'_ str, Span)]| list.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>();
        let (read, written) = (names(&said.read), names(&said.written));
        let stored: HashSet<&str> =
            of_items.chain(written.iter().map(String::as_str)).chain(answered.iter().copied()).collect();
        let seen: HashSet<&str> = read.iter().map(String::as_str).chain(answered.iter().copied()).collect();
        let mut tell = |name: &str, span: Span| {
            let help = diagnostics.suggest(name, answered.iter().copied());
            diagnostics.report(&rules::UNKNOWN_FIELD, span, format!("unknown field `{name}`")).help(help);
        };
        for (name, span) in said.read.iter().filter(|(name, _)| !stored.contains(name)) {
            tell(name, *span);
        }
        // A collection that nothing shows is asked only whether there is an object.
        if said.fields.is_empty() {
            continue;
        }
        for (name, span) in said.written.iter().filter(|(name, _)| !seen.contains(name)) {
            tell(name, *span);
        }
        for Written { json, place } in &collection.items {
            for (at, (name, _)) in members(json).enumerate().filter(|(_, (name, _))| !seen.contains(name)) {
                tell(name, place.at([at]));
            }
        }
    }
    for (_, operation) in api.operations() {
        let Some(effect) = &operation.effect else { continue };
        for hole in effect.values().flat_map(MemberValue::holes) {
            let value = if let Hole::Time(timed, _) = &hole.value { timed } else { &hole.value };
            let Hole::Within(parameter, name) = value else { continue };
            let Some(known) = known_within(api, operation, effect, *parameter) else { continue };
            if !known.contains(name.as_str()) {
                let help = diagnostics.suggest(name, known);
                diagnostics.report(&rules::UNKNOWN_FIELD, hole.span, format!("unknown field `{name}`")).help(help);
            }
        }
        let counted = effect.counts.iter().map(|count| &count.name);
        let said = effect.answer.iter().map(|member| &member.name).chain(counted);
        for name in said.filter(|name| !may_answer(api, operation, name)) {
            let known = record(api, operation).into_iter().flatten().map(|field| field.name.wire.as_str());
            let help = diagnostics.suggest(name, known);
            let message = format!("the answer has no field `{}`", **name);
            diagnostics.report(&rules::UNKNOWN_FIELD, name.span, message).help(help);
        }
    }
}

/// The same of members that answers leave out.
fn hidden(api: &Api, id: CollectionId, diagnostics: &mut Diagnostics) {
    let collection = api.collection(id);
    let of_items = collection.items.iter().flat_map(|item| members(&item.json).map(|(name, _)| name));
    let parameters = api.collection_parameters(id).map(|parameter| parameter.name.wire.as_str());
    let written = all(api, id, Vec::new()).written.into_iter().map(|(name, _)| name);
    let key = Some(collection.key.as_str()).filter(|key| !key.is_empty());
    let held: IndexSet<&str> = of_items.chain(parameters).chain(written).chain(key).collect();
    for name in collection.hidden.iter().filter(|name| !held.contains(name.as_str())) {
        let help = diagnostics.suggest(name, held.iter().copied());
        let message = format!("no object has a member `{}`", name.value);
        diagnostics.report(&rules::UNKNOWN_FIELD, name.span, message).help(help);
    }
}

/// Without it, the mock would answer what the client cannot read, or look for what no object holds.
pub(super) fn member_type(api: &Api, diagnostics: &mut Diagnostics) {
    for (at, collection) in api.collections.iter().enumerate() {
        let Some(said) = said(api, CollectionId(at)) else { continue };
        for Written { json, place } in &collection.items {
            for (position, (name, value)) in members(json).enumerate() {
                let mut first = None;
                for field in said.fields.iter().filter(|field| field.name.wire == *name) {
                    let tell = &mut |misfit| _ = first.get_or_insert(misfit);
                    values::member(api, field, position, value, Direction::Received, tell);
                }
                if let Some(misfit) = first {
                    report(diagnostics, misfit.span(place), misfit);
                }
            }
        }
        for (name, value) in said.values {
            let misfit =
                said.fields.iter().filter(|field| field.name.wire == *name).find_map(|field| unfit(api, field, value));
            if let Some(misfit) = misfit {
                report(diagnostics, value.span(), misfit);
            }
        }
    }
    for (_, operation) in api.operations() {
        let fields = record(api, operation).unwrap_or_default();
        for count in operation.effect.iter().flat_map(|effect| &effect.counts) {
            let Some(field) = fields.iter().find(|field| field.name.wire == *count.name) else { continue };
            if !is_number(api, &field.ty) {
                let mut misfit = Misfit::new("cannot hold a number").under(&field.name.wire, None);
                misfit.field = Some(field.span);
                report(diagnostics, count.name.span, misfit);
            }
        }
        for member in operation.effect.iter().flat_map(|effect| &effect.answer) {
            let Some(field) = fields.iter().find(|field| field.name.wire == *member.name) else { continue };
            if let Some(misfit) = unfit(api, field, &member.value) {
                report(diagnostics, member.value.span(), misfit);
            }
        }
    }
}

fn report(diagnostics: &mut Diagnostics, span: Span, misfit: Misfit) {
    let diagnostic = diagnostics.report(&rules::MEMBER_TYPE, span, misfit.to_string());
    diagnostic.help("write a value of the type that the field has");
    if let Some(field) = misfit.field {
        diagnostic.also(field, "the field");
    }
}

/// What about a value is not what a field says.
fn unfit(api: &Api, field: &Field, value: &MemberValue) -> Option<Misfit> {
    let ty = &field.ty;
    let mut first = match value {
        MemberValue::Text(..) => {
            let fits = match value.lone() {
                Some(Hole::Parameter(_) | Hole::Within(..) | Hole::Member(_)) => true,
                Some(Hole::Next | Hole::Now(_) | Hole::Time(..)) => is_number(api, ty) || is_text(api, ty),
                Some(Hole::Uuid | Hole::Token(_)) | None => is_text(api, ty),
            };
            (!fits).then(|| Misfit::new("cannot be made of a text"))
        }
        MemberValue::Literal(written) if field.nullable && written.json == Json::Null => None,
        MemberValue::Literal(written) => values::misfit(api, ty, &written.json, Direction::Sent),
    }?;
    first = first.under(&field.name.wire, None);
    first.field = Some(field.span);
    Some(first)
}

fn is_number(api: &Api, ty: &Type) -> bool {
    let bare = api.bare(ty);
    matches!(bare, Type::Integer | Type::Unsigned | Type::Decimal)
        || matches!(api.shape(bare), Some(Shape::Id(_) | Shape::Enum(_, EnumKind::Integer)))
}

fn is_text(api: &Api, ty: &Type) -> bool {
    match api.bare(ty) {
        Type::Boolean | Type::Integer | Type::Unsigned | Type::Decimal | Type::List(_) | Type::Map(_) => false,
        bare @ Type::Named(_) => {
            matches!(
                api.shape(bare),
                Some(Shape::Enum(_, EnumKind::String) | Shape::Id(IdKind::String | IdKind::NumberOrString))
            )
        }
        _ => true,
    }
}

/// Everything that is said of a collection; `None` where its objects may have any member.
fn said(api: &Api, id: CollectionId) -> Option<Said<'_>> {
    Some(all(api, id, api.collection_fields(id)?))
}

/// The same of objects with these fields.
fn all<'a>(api: &'a Api, id: CollectionId, fields: Vec<&'a Field>) -> Said<'a> {
    let collection = api.collection(id);
    let mut said = Said { fields, read: Vec::new(), written: Vec::new(), values: Vec::new() };
    // An object that nobody is shown may be called anything.
    if !collection.key.is_empty() && !said.fields.is_empty() {
        said.name(&collection.key);
    }
    said.write(collection.synthesis.iter().flat_map(|synthesis| &synthesis.item));
    for (_, operation) in api.operations() {
        let Some(effect) = &operation.effect else { continue };
        if effect.collection == id {
            said.effect(effect);
        }
        for rule in effect.exists.iter().filter(|rule| rule.collection == id) {
            said.look(&rule.filter);
            let by = (!rule.by.is_empty()).then_some(&rule.by);
            by.into_iter().chain(rule.carries.as_ref().map(|carries| &carries.by)).for_each(|name| said.name(name));
        }
        for count in effect.counts.iter().filter(|count| count.collection == id) {
            said.look(&count.filter);
            said.look(&count.except);
        }
        for side in effect.also.iter().filter(|side| side.collection == id) {
            said.look(&side.filter);
            said.write(&side.set);
            // What is put is that which is looked for; where nothing shows it, nothing else says what it has.
            if side.action == Action::Put && said.fields.is_empty() {
                said.write(&side.filter);
            }
        }
        for rule in effect.free.iter().filter(|rule| rule.collection == id) {
            said.stretch(&rule.stretch);
            said.look(&rule.stretch.except);
        }
    }
    said
}

impl<'a> Said<'a> {
    /// What is said where an operation is about objects of the collection.
    fn effect(&mut self, effect: &'a Effect) {
        self.look(&effect.filter);
        self.write(effect.set.iter().chain(&effect.defaults));
        for guard in &effect.guards {
            self.name(&guard.member);
            self.values.extend(guard.values.iter().map(|value| (guard.member.as_str(), value)));
        }
        effect.unique.iter().for_each(|(name, _)| self.name(name));
        effect.bounds.iter().for_each(|bound| self.name(&bound.member));
        if let Some(rule) = &effect.overlap {
            self.stretch(&rule.stretch);
            self.look(&rule.stretch.except);
        }
        if let Some(rule) = &effect.free {
            self.stretch(&rule.stretch);
        }
        let holes = effect.values().flat_map(MemberValue::holes);
        for hole in holes.chain(effect.times.iter().map(|rule| &rule.time)) {
            let value = if let Hole::Time(timed, _) = &hole.value { timed } else { &hole.value };
            if let Hole::Member(name) = value {
                self.read.push((name, hole.span));
            }
        }
    }

    fn stretch(&mut self, stretch: &'a Stretch) {
        [&stretch.start, &stretch.end].into_iter().chain(&stretch.same).for_each(|name| self.name(name));
    }

    fn name(&mut self, name: &'a Spanned<String>) {
        self.read.push((name.as_str(), name.span));
    }

    fn look(&mut self, members: &'a [Member]) {
        for member in members {
            self.name(&member.name);
            self.values.push((&member.name, &member.value));
        }
    }

    fn write(&mut self, members: impl IntoIterator<Item = &'a Member>) {
        for member in members {
            self.written.push((&member.name, member.name.span));
            self.values.push((&member.name, &member.value));
        }
    }
}

fn members(json: &Json) -> impl Iterator<Item = (&str, &Json)> {
    let members = if let Json::Object(members) = json { members.as_slice() } else { &[] };
    members.iter().map(|(name, value)| (name.as_str(), value))
}

/// The members of what a parameter stands for; `None` where it may have any.
fn known_within<'a>(
    api: &'a Api,
    operation: &'a Operation,
    effect: &'a Effect,
    parameter: usize,
) -> Option<IndexSet<&'a str>> {
    if let Some(rule) = effect.exists.iter().find(|rule| rule.wanted && rule.parameter == parameter) {
        let fields = api.collection_fields(rule.collection)?.into_iter().map(|field| field.name.wire.as_str());
        let parameters = api.collection_parameters(rule.collection).map(|parameter| parameter.name.wire.as_str());
        let items = api.collection(rule.collection).items.iter();
        let items = items.flat_map(|item| members(&item.json).map(|(name, _)| name));
        return Some(fields.chain(parameters).chain(items).collect());
    }
    match api.bare(&operation.parameters.get(parameter)?.ty) {
        Type::Json => None,
        Type::File => Some(FILE_MEMBERS.into_iter().collect()),
        ty => Some(api.fields(ty).iter().map(|field| field.name.wire.as_str()).collect()),
    }
}

/// The fields of what an operation answers, where that is a record.
fn record<'a>(api: &'a Api, operation: &Operation) -> Option<&'a [Field]> {
    match api.shape(api.answered(operation)?)? {
        Shape::Record(fields) => Some(fields),
        _ => None,
    }
}

fn may_answer(api: &Api, operation: &Operation, name: &str) -> bool {
    match (record(api, operation), api.answered(operation)) {
        (Some(fields), _) => fields.iter().any(|field| field.name.wire == *name),
        (None, Some(Type::Json)) => true,
        (None, _) => false,
    }
}
