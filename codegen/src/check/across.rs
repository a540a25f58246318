//! What the values of an example demand of each other: parameters of a request, members of an object.

use crate::ir::{Api, Clear, Constraint, Fallback, Field, If, Json, Location, Parameter, Rules, Type};

/// A place for a value among those that it stands beside.
pub(super) struct Place<'a> {
    name: &'a str,
    ty: &'a Type,
    rules: &'a Rules,
    /// What is there; nothing also where only that something is there is known.
    value: Option<&'a Json>,
    is_given: bool,
}

/// The parameters of a list with what a client sends for them, by what is said to be given.
pub(super) fn parameters<'a>(list: &'a [Parameter], given: impl Fn(&str) -> Option<&'a Json>) -> Vec<Place<'a>> {
    let source = |parameter: &&'a Parameter| match &parameter.fallback {
        Fallback::Parameter(index) => list.get(index.value),
        Fallback::Nothing | Fallback::Server(_) | Fallback::Random => None,
    };
    let place = |parameter: &'a Parameter| {
        // No chain of them is longer than the list, and one that goes round is a mistake of its own.
        let mut filled = std::iter::successors(Some(parameter), source).take(list.len());
        let value = filled.find_map(|parameter| given(&parameter.name.wire));
        // A documented path shows what is in it, and a client makes up a key.
        let is_there = parameter.location == Location::Path || parameter.fallback == Fallback::Random;
        Place {
            name: &parameter.name.wire,
            ty: &parameter.ty,
            rules: &parameter.rules,
            value,
            is_given: value.is_some() || is_there,
        }
    };
    list.iter().map(place).collect()
}

/// The fields of a record with the members of an object.
pub(super) fn fields<'a>(fields: &'a [Field], members: &'a [(String, Json)]) -> Vec<Place<'a>> {
    let place = |field: &'a Field| {
        let member = members.iter().find(|(name, _)| *name == field.name.wire).map(|(_, value)| value);
        let value = member.filter(|value| **value != Json::Null);
        Place { name: &field.name.wire, ty: &field.ty, rules: &field.rules, value, is_given: value.is_some() }
    };
    fields.iter().map(place).collect()
}

/// What is wrong with the value in a place, or with its absence, beside the rest.
pub(super) fn across(api: &Api, all: &[Place<'_>], at: usize) -> Option<String> {
    let own = all.get(at)?;
    let name = |at: usize| all.get(at).map_or("", |other| other.name);
    let is_given = |at: usize| all.get(at).is_some_and(|other| other.is_given);
    let given = |group: &[usize]| group.iter().filter(|at| is_given(**at)).count();
    own.rules.constraints.iter().find_map(|constraint| match &constraint.value {
        Constraint::Unless(other) if !own.is_given && !is_given(*other) => {
            Some(format!("is missing, and so is `{}`", name(*other)))
        }
        Constraint::RequiredIf(conditions) if !own.is_given && hold(api, all, conditions) => {
            Some("is missing, by `required_if`".to_owned())
        }
        Constraint::ForbiddenIf(conditions) if own.is_given && hold(api, all, conditions) => {
            Some("is there, against `forbidden_if`".to_owned())
        }
        Constraint::AtLeastOne(group) if given(group) == 0 => {
            Some("is missing, and so is all of `at_least_one`".to_owned())
        }
        Constraint::ExactlyOne(group) => match given(group) {
            0 => Some("is missing, and so is all of `exactly_one`".to_owned()),
            1 => None,
            _ => Some("is not the only one of `exactly_one`".to_owned()),
        },
        Constraint::Equals(other) if own.is_given && !is_given(*other) => {
            Some(format!("is there without `{}`, which it is to be equal to", name(*other)))
        }
        Constraint::Equals(other) => {
            let (by, one, two) = (api.same_by(own.ty), own.value?, all.get(*other)?.value?);
            (by.of(one) != by.of(two)).then(|| format!("is not what `{}` is", name(*other)))
        }
        Constraint::After(other) => {
            let moment = |place: &Place<'_>| api.moment(place.ty, place.value?);
            let (later, earlier) = (moment(own)?, moment(all.get(*other)?)?);
            (later <= earlier).then(|| format!("is not later than `{}`", name(*other)))
        }
        _ => None,
    })
}

/// Whether all conditions hold, as far as values are known.
fn hold(api: &Api, all: &[Place<'_>], conditions: &[If]) -> bool {
    conditions.iter().all(|If { other, texts }| {
        let Some(other) = all.get(*other).filter(|other| other.is_given) else { return false };
        let is_one = |text: &str| texts.have(api.same_by(other.ty), text);
        texts.is_empty() || other.value.and_then(Json::spelling).is_some_and(is_one)
    })
}

/// Whether a value is what clears a parameter: nothing is demanded of that.
pub(super) fn clears(parameter: &Parameter, value: &Json) -> bool {
    match parameter.clear.as_deref() {
        Some(Clear::Text(clear)) => value.spelling() == Some(clear),
        Some(Clear::Null) => *value == Json::Null,
        None => false,
    }
}
