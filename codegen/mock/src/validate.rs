//! Received parameters against their types and constraints: the second reading of the validations.

use codegen::ir::{
    Api, Clear, Constraint, Fallback, Field, Format, If, Json, Location, Operation, Parameter, Presence, Rules, Shape,
    Type,
};
use codegen::source::Spanned;

use crate::fits::fits;
use crate::joined::{taken, unsayable};
use crate::parameters::{Parameters, declared};
use crate::received::Given;
use crate::reply::{Asked, Reply};
use crate::{json, known, paging, sends};

/// Answers the first parameter, in spec order, that breaks what the spec states.
///
/// Parameters that the spec does not know are nobody's business.
pub(crate) fn check(call: Asked<'_>, parameters: &Parameters) -> Result<(), Reply> {
    let (api, operation, _) = call;
    let left_out = paging::left_out(api, operation, parameters);
    match broken(api, operation, parameters, &left_out) {
        None => Ok(()),
        Some(Broken { name, is_missing: true }) => Err(Reply::missing(call, &name)),
        Some(Broken { name, is_missing: false }) => Err(Reply::invalid(api, &name)),
    }
}

/// The parameter, or the value in it by its path, for which a request with these values would be refused, or that no
/// request could have: the first.
pub fn refused(api: &Api, operation: &Operation, values: &[(String, Json)]) -> Option<String> {
    let of = |name: &str| declared(api, operation).into_iter().flatten().find(|parameter| parameter.name.wire == name);
    let body = operation.encoding.body;
    let arriving = |(name, value): &(String, Json)| match of(name) {
        Some(parameter) if !api.is_sent(parameter, body, value) => None,
        Some(parameter) => Some((name.clone(), sends::sent(api, parameter, body, value))),
        None => Some((name.clone(), value.clone())),
    };
    let values: &[(String, Json)] = &values.iter().filter_map(arriving).collect::<Vec<_>>();
    let given = |(name, json): &(String, Json)| (name.clone(), Given::json(json.clone(), json::write(json)));
    let broken = broken(api, operation, &values.iter().map(given).collect(), &[]).map(|broken| broken.name);
    let every: Vec<&Parameter> = declared(api, operation).into_iter().flatten().collect();
    let unsayable = || {
        declared(api, operation).into_iter().find_map(|list| {
            let sent = |parameter| Some((parameter, sent(list, parameter, values)?));
            let mut all = list.iter().filter_map(sent);
            all.find_map(|(parameter, value)| {
                taken(&every, parameter, value).or_else(|| unsayable(api, parameter, body, value))
            })
        })
    };
    broken.or_else(unsayable)
}

/// What a client sends of a parameter: its value, or that of the one that it is filled from.
fn sent<'v>(list: &[Parameter], parameter: &Parameter, values: &'v [(String, Json)]) -> Option<&'v Json> {
    let source = |parameter: &&Parameter| match &parameter.fallback {
        Fallback::Parameter(index) => list.get(index.value),
        Fallback::Nothing | Fallback::Server(_) | Fallback::Random => None,
    };
    let given = |parameter: &Parameter| values.iter().find(|(name, _)| *name == parameter.name.wire);
    std::iter::successors(Some(parameter), source).take(list.len()).find_map(given).map(|(_, value)| value)
}

/// A parameter that breaks what the spec states, or the value in it that does, by its path.
#[derive(Debug, PartialEq)]
struct Broken {
    name: String,
    /// It is not there, or empty where that cannot be.
    is_missing: bool,
}

/// The first of them. Of what is left out nobody knows what it was, or whether it was there.
fn broken(api: &Api, operation: &Operation, parameters: &Parameters, left_out: &[&str]) -> Option<Broken> {
    declared(api, operation).into_iter().find_map(|list| {
        let is_left_out = |parameter: &Parameter| left_out.contains(&parameter.name.wire.as_str());
        let find = |at: usize| {
            let parameter = list.get(at)?;
            Some((&parameter.ty, &parameters.get(&parameter.name.wire)?.json))
        };
        let is_known = |constraint: &&Spanned<Constraint>| {
            !constraint.neighbours().into_iter().filter_map(|at| list.get(at)).any(is_left_out)
        };
        list.iter().filter(|parameter| !is_left_out(parameter)).find_map(|parameter| {
            if left_out.is_empty() {
                return of_parameter(api, parameter, &parameter.rules, parameters, &find);
            }
            let constraints = parameter.rules.constraints.iter().filter(is_known).cloned().collect();
            of_parameter(api, parameter, &Rules { constraints, messages: Vec::new() }, parameters, &find)
        })
    })
}

fn of_parameter(
    api: &Api,
    parameter: &Parameter,
    rules: &Rules,
    parameters: &Parameters,
    find: Find<'_>,
) -> Option<Broken> {
    let name = parameter.name.wire.as_str();
    let given = parameters.get(name);
    let is_required = parameter.presence == Presence::Required;
    if given.is_some_and(|given| is_cleared(parameter, given)) {
        return None;
    }
    let value = given.map(|given| &given.json);
    let is_empty = given.is_some_and(|given| given.text.is_empty());
    if is_required && value.is_none() {
        return Some(Broken { name: name.to_owned(), is_missing: true });
    }
    // Of such a segment, servers make another path.
    if parameter.location == Location::Path && given.is_some_and(|given| matches!(&*given.text, "" | "." | "..")) {
        return Some(Broken { name: name.to_owned(), is_missing: false });
    }
    let at = if is_whole(api, parameter, value) {
        walk(api, rules, &parameter.ty, value, find, name)?
    } else {
        name.to_owned()
    };
    Some(Broken { name: at, is_missing: value.is_none() || (is_required && is_empty) })
}

/// Whether what was given is of the type, as is what was not.
fn is_whole(api: &Api, parameter: &Parameter, value: Option<&Json>) -> bool {
    value.is_none_or(|value| fits(api, &parameter.ty, value))
}

/// Whether a value is what the spec says clearing is.
pub(crate) fn is_cleared(parameter: &Parameter, given: &Given) -> bool {
    match parameter.clear.as_deref() {
        Some(Clear::Text(clear)) => *clear == given.text,
        Some(Clear::Null) => given.json == Json::Null,
        None => false,
    }
}

/// The values that one stands beside, with their types, by their places in the list.
type Find<'f> = &'f dyn Fn(usize) -> Option<(&'f Type, &'f Json)>;

/// The path of the first value, this one or one within it, that does not meet what is demanded of it.
fn walk(api: &Api, rules: &Rules, ty: &Type, value: Option<&Json>, find: Find<'_>, path: &str) -> Option<String> {
    if rules.constraints.iter().any(|constraint| !holds(api, constraint, ty, value, find)) {
        return Some(path.to_owned());
    }
    let value = value?;
    let of_type = || api.rules_of(ty).flat_map(|rules| &rules.constraints);
    if of_type().any(|constraint| !holds(api, constraint, ty, Some(value), &|_| None)) {
        return Some(path.to_owned());
    }
    within(api, ty, value, path)
}

/// The same of what is within a value.
fn within(api: &Api, ty: &Type, value: &Json, path: &str) -> Option<String> {
    let none: Find<'_> = &|_| None;
    let free = Rules::default();
    match (api.bare(ty), value) {
        (Type::List(item), Json::Array(items)) => items
            .iter()
            .enumerate()
            .find_map(|(at, value)| walk(api, &free, item, Some(value), none, &format!("{path}[{at}]"))),
        (Type::Map(item), Json::Object(members)) => {
            members.iter().find_map(|(_, value)| walk(api, &free, item, Some(value), none, &format!("{path}.*")))
        }
        (Type::JsonText(held), Json::String(text)) => walk(api, &free, held, json::value(text).as_ref(), none, path),
        (named, value) => match api.shape(named)? {
            Shape::Record(fields) => record(api, fields, value, path),
            Shape::Union(union) => {
                let word = json::member(value, &union.tag)?.spelling()?;
                let (_, ty) = union.variants.iter().find(|(variant, _)| variant.name.wire == word)?;
                match &union.content {
                    None => walk(api, &free, ty, Some(value), none, path),
                    Some(content) => {
                        walk(api, &free, ty, json::member(value, content), none, &format!("{path}.{content}"))
                    }
                }
            }
            Shape::Id(_) | Shape::Enum(..) | Shape::Alias(_) => None,
        },
    }
}

fn record(api: &Api, fields: &[Field], value: &Json, path: &str) -> Option<String> {
    let member = |field: &Field| json::member(value, &field.name.wire).filter(|member| **member != Json::Null);
    let find = |at: usize| {
        let field = fields.get(at)?;
        Some((&field.ty, member(field)?))
    };
    fields.iter().find_map(|field| {
        walk(api, &field.rules, &field.ty, member(field), &find, &format!("{path}.{}", field.name.wire))
    })
}

/// Whether a value, or that there is none, is as a constraint has it.
fn holds(api: &Api, constraint: &Constraint, ty: &Type, value: Option<&Json>, find: Find<'_>) -> bool {
    let given = |group: &[usize]| group.iter().filter(|at| find(**at).is_some()).count();
    match (constraint, value) {
        (Constraint::AtLeastOne(group), _) => given(group) > 0,
        (Constraint::ExactlyOne(group), _) => given(group) == 1,
        (Constraint::Unless(other), None) => find(*other).is_some(),
        (Constraint::RequiredIf(conditions), None) => !all_hold(api, conditions, find),
        (Constraint::ForbiddenIf(conditions), Some(_)) => !all_hold(api, conditions, find),
        (Constraint::Equals(other), Some(value)) => {
            let by = api.same_by(ty);
            find(*other).is_some_and(|(_, other)| by.of(value) == by.of(other))
        }
        (Constraint::After(other), Some(value)) => {
            let earlier = find(*other).and_then(|(ty, other)| api.moment(ty, other));
            let times = api.moment(ty, value).zip(earlier);
            times.is_none_or(|(later, earlier)| later > earlier)
        }
        (Constraint::MaxSize(most), Some(value)) => largest(value) <= *most,
        (Constraint::Format(format), Some(value)) => value.spelling().is_none_or(|text| has(*format, text)),
        (constraint, Some(value)) => constraint.is_met_by(value, api.same_by(ty)),
        (_, None) => true,
    }
}

fn has(format: Format, text: &str) -> bool {
    format.has(text) && known::is_known(format, text)
}

fn all_hold(api: &Api, conditions: &[If], find: Find<'_>) -> bool {
    conditions.iter().all(|condition| {
        let Some((ty, other)) = find(condition.other) else { return false };
        let by = api.same_by(ty);
        let is_one = |text: &str| condition.texts.have(by, text);
        condition.texts.is_empty() || other.spelling().is_some_and(is_one)
    })
}

/// How many bytes the largest file has.
fn largest(files: &Json) -> u64 {
    match files {
        Json::String(bytes) => bytes.chars().count() as u64,
        Json::Array(items) => items.iter().map(largest).max().unwrap_or(0),
        Json::Object(members) => members.iter().map(|(_, file)| largest(file)).max().unwrap_or(0),
        Json::Null | Json::Boolean(_) | Json::Number(_) => 0,
    }
}
