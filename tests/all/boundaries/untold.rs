//! Which cases no server can be told, so that it sees what they are to show.

use codegen::ir::{
    Api, BodyKind, Expr, ExprKind, Function, Json, Lenience, Location, NextPage, Operation, Parameter, Presence, Shape,
    Signing, Source, Type,
};

use super::probes::Kind;
use super::values::{Values, get};
use super::{Case, lists, table};

/// The parameter that a case is about.
pub(super) fn about<'a>(api: &'a Api, operation: &'a Operation, case: &Case) -> &'a Parameter {
    let of =
        |parameter: &&Parameter| case.what.strip_prefix(&parameter.name.wire).is_some_and(|it| it.starts_with(' '));
    lists(api, operation).into_iter().flatten().find(of).unwrap_or_else(|| panic!("no parameter has {}", case.what))
}

/// Why no server can see what is the matter with a case.
pub(super) fn untold(api: &Api, operation: &Operation, case: &Case) -> Option<&'static str> {
    let (lists, body) = (lists(api, operation), operation.encoding.body);
    let (parameter, values) = (about(api, operation, case), &case.values);
    let value = get(values, &parameter.name.wire);
    if operation.signed && hides(&api.signing) {
        return Some("what is drawn for a signature shows nowhere, so that no server can check it");
    }
    if !table::are_sayable(body, &lists, values) {
        return Some("commas do not keep the items apart");
    }
    let kept = without_idle(api, &lists, values);
    if kept.len() < values.len() && table::accepts(api, body, &lists, &kept) != case.is_accepted {
        return Some("the server takes a value for none");
    }
    if let Some(NextPage::Cursor { parameter, .. }) = api.paging_of(operation).map(|paging| &paging.next)
        && case.is_accepted
        && get(values, parameter).is_some()
    {
        return Some("a server knows the cursors that it gave alone");
    }
    match (case.kind, value) {
        (Kind::WrongType, _) if parameter.location == Location::Body && body == BodyKind::Json => None,
        (Kind::WrongType, Some(value)) if parameter.location == Location::Body && body == BodyKind::List => {
            let is_read = matches!(value, Json::Array(_));
            (!is_read).then_some("a body that is no list is not read at all")
        }
        (Kind::WrongType, Some(value)) => {
            let sent = vec![(parameter.name.wire.clone(), in_texts(value))];
            let sent: Values = sent
                .into_iter()
                .chain(values.iter().filter(|(name, _)| *name != parameter.name.wire).cloned())
                .collect();
            match codegen_mock::refused(api, operation, &sent) {
                _ if !is_shaped(api, &parameter.ty, value) => Some("outside of JSON only texts can be of another type"),
                Some(_) => None,
                None => Some("outside of JSON all is text"),
            }
        }
        _ => None,
    }
}

/// Whether something random is signed that no part of a request tells.
fn hides(signing: &Signing) -> bool {
    let is_random = |step: &Expr| matches!(step.kind, ExprKind::Call(Function::Uuid | Function::NonceHex, _));
    let is_told = |at: usize| signing.placements().any(|placement| tells(signing, &placement.value, at));
    signing.steps.iter().enumerate().any(|(at, step)| is_random(&step.value) && !is_told(at))
}

/// Whether the text that an expression comes to has that of a step in it.
fn tells(signing: &Signing, expr: &Expr, step: usize) -> bool {
    match &expr.kind {
        ExprKind::Source(Source::Step(at)) => *at == step || tells(signing, &signing.steps[*at].value, step),
        ExprKind::Call(Function::Concat | Function::JoinParts, all) => all.iter().any(|it| tells(signing, it, step)),
        _ => false,
    }
}

/// Without the values that a lenient server takes for none: nothing, or a text in place of parts.
fn without_idle(api: &Api, lists: &[&[Parameter]], values: &Values) -> Values {
    let is_idle = |(name, value): &(String, Json)| {
        let parameter = lists.iter().copied().flatten().find(|it| it.name.wire == *name).unwrap();
        let is_open = parameter.presence == Presence::Optional && parameter.clear.is_none();
        let has_parts = api.has_parts(&parameter.ty) && *api.bare(&parameter.ty) != Type::Json;
        let is_nothing = matches!(value, Json::Null) || *value == Json::String(String::new());
        is_open
            && ((is_nothing && api.mock.takes(Lenience::Blanks))
                || (has_parts && matches!(value, Json::String(_)) && api.mock.takes(Lenience::Texts)))
    };
    values.iter().filter(|it| !is_idle(it)).cloned().collect()
}

/// A value as it is where there are only texts.
fn in_texts(value: &Json) -> Json {
    match value {
        Json::Array(items) => Json::Array(items.iter().map(in_texts).collect()),
        Json::Object(members) => {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), in_texts(value))).collect())
        }
        alone => table::text(alone).map_or(Json::Null, Json::String),
    }
}

/// Whether a value has the parts of its type, whatever is in them.
fn is_shaped(api: &Api, ty: &Type, value: &Json) -> bool {
    match (api.bare(ty), value) {
        (Type::Json, _) => true,
        (Type::List(item), Json::Array(items)) => items.iter().all(|value| is_shaped(api, item, value)),
        (Type::Map(item), Json::Object(members)) => members.iter().all(|(_, value)| is_shaped(api, item, value)),
        (Type::List(_) | Type::Map(_), _) => false,
        (bare, value) => match (api.shape(bare), value) {
            (Some(Shape::Record(fields)), Json::Object(members)) => fields.iter().all(|field| {
                let member = get(members, &field.name.wire);
                member.map_or(field.presence == Presence::Optional, |value| is_shaped(api, &field.ty, value))
            }),
            (Some(Shape::Union(union)), Json::Object(members)) => {
                get(members, &union.tag).is_some()
                    && union.content.as_ref().is_none_or(|content| get(members, content).is_some())
            }
            (Some(Shape::Record(_) | Shape::Union(_)), _) => false,
            (_, value) => table::text(value).is_some(),
        },
    }
}
